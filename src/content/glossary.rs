//! The site's terms (`content/glossary.toml`): what a word of the trade means, in one line.

use super::fields::context::Context;
use super::fields::{Fields, Located};
use super::vocabulary::Vocabularies;
use crate::diag::{Checked, Message};
use crate::parse::data::Entry;
use crate::path::SourcePath;
use std::collections::BTreeMap;

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its id, the anchor on the glossary's page.
    pub id: Located<String>,
    /// The term.
    pub term: Located<String>,
    /// Its reading, syllables parted by blanks, with or without marks of tone.
    pub pinyin: String,
    /// Other names of the same thing.
    pub aliases: Vec<Located<String>>,
    /// What it means, in one line.
    pub meaning: String,
    /// The document that explains it.
    pub target: Option<Located<String>>,
    /// Whether texts leave it alone: words so common, or so short, that a link would often be wrong.
    pub unlinked: bool,
}

impl Term {
    /// The term and its other names.
    pub fn names(&self) -> impl Iterator<Item = &Located<String>> {
        std::iter::once(&self.term).chain(&self.aliases)
    }
}

/// Reads `glossary.toml`. A name that two terms claim is an error: a text could not tell which is meant.
#[must_use]
pub fn glossary(source: &SourcePath, entries: &[Entry]) -> Checked<Vec<Term>> {
    let none = Vocabularies::default();
    let context = Context::new(source, &none);
    let mut fields = Fields::new(&context, entries, 0..0);
    let value: Vec<Term> = fields.tables("terms").into_iter().map(term).collect();
    fields.finish();
    context.unique(value.iter().map(|term| &term.id));
    claimed_twice(&context, &value);
    Checked {
        value,
        diagnostics: context.into_diagnostics(),
    }
}

fn term(mut fields: Fields<'_>) -> Term {
    let term = Term {
        id: fields.required_text("id"),
        term: fields.required_text("term"),
        pinyin: fields.required_text("pinyin").value,
        aliases: fields.texts("aliases"),
        meaning: fields.required_text("meaning").value,
        target: fields.text("target"),
        unlinked: fields.truth("unlinked"),
    };
    fields.finish();
    term
}

fn claimed_twice(context: &Context<'_>, terms: &[Term]) {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for term in terms {
        for name in term.names().filter(|name| !name.value.is_empty()) {
            let Some(owner) = owners.insert(&name.value, &term.id.value) else {
                continue;
            };
            let name_text = &name.value;
            context.error(
                "duplicate-term",
                name.bytes.clone(),
                Message::new(
                    format!("`{name_text}` 已是词条 `{owner}` 的名称"),
                    format!("`{name_text}` is already a name of the term `{owner}`"),
                ),
                Message::new("一个名称只留给一个词条", "leave the name to one of the two"),
            );
        }
    }
}
