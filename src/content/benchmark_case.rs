//! A benchmark case: the experience of an enterprise or place by twelve elements.

use super::fields::{Fields, Located};
use jiff::civil::DateTime;

/// A benchmark case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BenchmarkCase {
    /// Whose experience.
    pub subject: String,
    /// Enterprise or place.
    pub subject_kind: Located<String>,
    /// Term of `case-kinds`.
    pub case_kind: Located<String>,
    /// Term of `case-levels`.
    pub level: Located<String>,
    /// Term of `sizes`.
    pub size: Option<Located<String>>,
    /// The year it was named.
    pub year: Located<i64>,
    /// Stars, one to five.
    pub star: Option<Located<i64>>,
    /// The consent to be named.
    pub consent: Option<Consent>,
    /// The id of the element set that its sections follow.
    pub element_set: Located<String>,
    /// Figures before and after.
    pub results: Vec<Outcome>,
    /// Photographs.
    pub photos: Vec<Photo>,
}

/// The written consent of a named firm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Given on.
    pub granted: Option<Located<DateTime>>,
    /// Holds until.
    pub until: Option<Located<DateTime>>,
}

/// A figure before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What was measured.
    pub name: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A photograph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// The file.
    pub src: Located<String>,
    /// What it shows.
    pub alt: String,
    /// The caption.
    pub caption: Option<String>,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> BenchmarkCase {
    BenchmarkCase {
        subject: fields.required_text("subject").value,
        subject_kind: fields.choice("subject_kind", &["enterprise", "place"]),
        case_kind: fields.required_term("case_kind", "case-kinds"),
        level: fields.required_term("level", "case-levels"),
        size: fields.term("size", "sizes"),
        year: fields.required_integer("year"),
        star: fields.integer("star"),
        consent: fields.table("consent").map(consent),
        element_set: fields.required_text("element_set"),
        results: fields.tables("results").into_iter().map(outcome).collect(),
        photos: fields.tables("photos").into_iter().map(photo).collect(),
    }
}

fn consent(mut one: Fields<'_>) -> Consent {
    let fields = &mut one;
    let value = Consent {
        granted: fields.required_date("granted"),
        until: fields.required_date("until"),
    };
    one.finish();
    value
}

fn outcome(mut one: Fields<'_>) -> Outcome {
    let fields = &mut one;
    let value = Outcome {
        name: fields.required_text("name").value,
        before: fields.required_text("before").value,
        after: fields.required_text("after").value,
    };
    one.finish();
    value
}

fn photo(mut one: Fields<'_>) -> Photo {
    let fields = &mut one;
    let value = Photo {
        src: fields.required_text("src"),
        alt: fields.required_text("alt").value,
        caption: fields.text("caption").map(|text| text.value),
    };
    one.finish();
    value
}
