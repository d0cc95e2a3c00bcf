//! The keys that every kind may have, and those that the four specifications share.

use super::fields::{Fields, Item, Located};
use jiff::civil::DateTime;

/// The keys of every kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Common {
    /// The title; empty where the file has none (a page may take it from its first heading).
    pub title: Option<Located<String>>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// When it was published, to the minute.
    pub date: Option<Located<DateTime>>,
    /// When it was last changed.
    pub updated: Option<Located<DateTime>>,
    /// The issuing body.
    pub source: Option<String>,
    /// Words for lists by keyword.
    pub keywords: Vec<String>,
    /// Terms of `industries`.
    pub industries: Vec<Located<String>>,
    /// Terms of `sizes`.
    pub sizes: Vec<Located<String>>,
    /// Terms of `audiences`.
    pub audiences: Vec<Located<String>>,
    /// Not published before.
    pub publish_at: Option<Located<DateTime>>,
    /// Not published from then on.
    pub expires_at: Option<Located<DateTime>>,
    /// To be looked at again by then.
    pub review_by: Option<Located<DateTime>>,
    /// Published only on request.
    pub draft: bool,
    /// Invented, and labelled so.
    pub sample: bool,
    /// A text of its time, which rests on what was in force then.
    pub historical: bool,
    /// 栏目类别 of a folder, for its `ColumnType` tag and for how often it should bring something new.
    pub column_type: Option<Located<String>>,
    /// Former addresses.
    pub aliases: Vec<Located<String>>,
    /// The place in its list; smaller comes first.
    pub weight: Option<i64>,
    /// Files offered with the page.
    pub attachments: Vec<Attachment>,
}

/// A file offered with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The file, as a path from the document.
    pub file: Located<String>,
    /// What readers see; the file's name where there is none.
    pub title: Option<String>,
}

/// The keys that the four specifications share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Specification {
    /// The edition's name, such as `2025`.
    pub edition: Located<String>,
    /// Term of `specification-status`.
    pub status: Located<String>,
    /// In force from.
    pub effective: Option<Located<DateTime>>,
    /// The document of the edition before.
    pub supersedes: Option<Located<String>>,
    /// Clauses of the edition before whose ids this one does not have.
    pub retired: Vec<Retired>,
}

/// A clause of the edition before that this one gave up, or keeps under another id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retired {
    /// Its id.
    pub id: Located<String>,
    /// The clause that holds instead.
    pub now: Option<Located<String>>,
}

/// Reads the keys of every kind.
pub fn read(fields: &mut Fields<'_>) -> Common {
    let common = Common {
        title: fields.text("title"),
        summary: fields.text("summary").map(|text| text.value),
        date: fields.date("date"),
        updated: fields.date("updated"),
        source: fields.text("source").map(|text| text.value),
        keywords: values(fields.texts("keywords")),
        industries: fields.terms("industries", "industries"),
        sizes: fields.terms("sizes", "sizes"),
        audiences: fields.terms("audiences", "audiences"),
        publish_at: fields.date("publish_at"),
        expires_at: fields.date("expires_at"),
        review_by: fields.date("review_by"),
        draft: fields.truth("draft"),
        sample: fields.truth("sample"),
        historical: fields.truth("historical"),
        column_type: fields.text("column_type"),
        aliases: fields.texts("aliases"),
        weight: fields.integer("weight").map(|weight| weight.value),
        attachments: fields.texts_or_tables("attachments", attachment),
    };
    fields.free("extra");
    common
}

/// `"form.docx"`, or `{ file = "form.docx", title = "附件1：登记表" }`.
fn attachment(item: Item<'_>) -> Attachment {
    match item {
        Item::Text(file) => Attachment { file, title: None },
        Item::Table(mut fields) => {
            let one = Attachment {
                file: fields.required_text("file"),
                title: fields.text("title").map(|title| title.value),
            };
            fields.finish();
            one
        }
    }
}

/// Reads the keys that the four specifications share.
pub fn specification(fields: &mut Fields<'_>) -> Specification {
    Specification {
        edition: fields.required_text("edition"),
        status: fields.required_term("status", "specification-status"),
        effective: fields.date("effective"),
        supersedes: fields.text("supersedes"),
        retired: fields.texts_or_tables("retired", retired),
    }
}

/// `"gas-105"`, or `{ id = "gas-105", now = "gas-112" }`.
fn retired(item: Item<'_>) -> Retired {
    match item {
        Item::Text(id) => Retired { id, now: None },
        Item::Table(mut fields) => {
            let one = Retired {
                id: fields.required_text("id"),
                now: fields.text("now"),
            };
            fields.finish();
            one
        }
    }
}

/// The values without their places.
#[must_use]
pub fn values(texts: Vec<Located<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}
