//! Laws, rules and standards (`content/references.toml`) and the citations of them.

use super::common::values;
use super::fields::context::Context;
use super::fields::{Fields, Located};
use super::vocabulary::Vocabularies;
use crate::diag::Checked;
use crate::parse::data::{Entry, Value};
use crate::path::SourcePath;
use jiff::civil::DateTime;

/// What holds of a reference: it is in force, a newer one took its place, it was repealed, a part of it was replaced, it
/// is a draft.
pub const STATUSES: [&str; 5] = [
    "current",
    "superseded",
    "repealed",
    "partly-replaced",
    "draft",
];

/// One law, rule or standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its id, which citations name.
    pub id: Located<String>,
    /// The full title.
    pub title: String,
    /// The title used in running text.
    pub short: Option<String>,
    /// Its number, such as 应急〔2021〕83号.
    pub number: Option<String>,
    /// Other forms of its number by which texts name it.
    pub numbers: Vec<String>,
    /// `law`, `regulation`, `rule`, `standard` or `document`.
    pub kind: Located<String>,
    /// How many articles it has: a citation beyond the last is an error.
    pub articles: Option<i64>,
    /// In force from.
    pub effective: Option<Located<DateTime>>,
    /// One of [`STATUSES`].
    pub status: Located<String>,
    /// The id of what replaces it.
    pub superseded_by: Option<Located<String>>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// A sentence for readers.
    pub note: Option<String>,
}

/// One citation: `{ ref = "work-safety-law", article = 41 }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The reference's id.
    pub reference: Located<String>,
    /// The article.
    pub article: Option<Located<i64>>,
    /// The paragraph of the article.
    pub paragraph: Option<i64>,
    /// The clause, for standards without articles.
    pub clause: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// Reads `references.toml`.
#[must_use]
pub fn references(source: &SourcePath, entries: &[Entry]) -> Checked<Vec<Reference>> {
    let none = Vocabularies::default();
    let context = Context::new(source, &none);
    let mut fields = Fields::new(&context, entries, 0..0);
    let value: Vec<Reference> = fields
        .tables("references")
        .into_iter()
        .map(reference)
        .collect();
    fields.finish();
    context.unique(value.iter().map(|reference| &reference.id));
    Checked {
        value,
        diagnostics: context.into_diagnostics(),
    }
}

fn reference(mut fields: Fields<'_>) -> Reference {
    let reference = Reference {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        short: fields.text("short").map(|text| text.value),
        number: fields.text("number").map(|text| text.value),
        numbers: values(fields.texts("numbers")),
        kind: fields.choice(
            "kind",
            &["law", "regulation", "rule", "standard", "document"],
        ),
        articles: fields.integer("articles").map(|articles| articles.value),
        effective: fields.date("effective"),
        status: fields.choice("status", &STATUSES),
        superseded_by: fields.text("superseded_by"),
        issuer: fields.text("issuer").map(|text| text.value),
        note: fields.text("note").map(|text| text.value),
    };
    fields.finish();
    reference
}

impl Reference {
    /// Whether it no longer holds.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        matches!(self.status.value.as_str(), "superseded" | "repealed")
    }
}

/// Whether a clause rests on sound practice alone and says so: `basis = "practice"`.
pub fn is_practice(fields: &mut Fields<'_>, key: &'static str) -> bool {
    let mut entries = fields.entries().iter().filter(|entry| entry.key == key);
    let is_said =
        entries.any(|entry| matches!(&entry.node.value, Value::Text(word) if word == "practice"));
    if is_said {
        fields.free(key);
    }
    is_said
}

/// Reads a list of citations.
pub fn citations(fields: &mut Fields<'_>, key: &'static str) -> Vec<Citation> {
    let mut citations = Vec::new();
    for mut one in fields.tables(key) {
        citations.push(Citation {
            reference: one.required_text("ref"),
            article: one.integer("article"),
            paragraph: one.integer("paragraph").map(|number| number.value),
            clause: one.text("clause").map(|text| text.value),
            note: one.text("note").map(|text| text.value),
        });
        one.finish();
    }
    citations
}
