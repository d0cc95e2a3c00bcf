//! The closed lists of `content/vocabulary/*.toml`: terms with their titles and aliases, and the
//! versioned element sets that guides and rules follow.

use super::fields::context::Context;
use super::fields::{Fields, Located};
use crate::diag::Checked;
use crate::parse::data::Entry;
use crate::path::SourcePath;
use std::collections::BTreeMap;

/// A term of a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its id, unique in the vocabulary.
    pub id: Located<String>,
    /// What readers see.
    pub title: String,
    /// A shorter form for narrow places.
    pub short: Option<String>,
    /// Other words for the same thing, for search.
    pub aliases: Vec<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// The id of the group it belongs to.
    pub group: Option<String>,
    /// Of `severities`: how many months a record is shown at least.
    pub shortest_months: Option<i64>,
    /// Of `severities`: how many months a record is shown at most.
    pub longest_months: Option<i64>,
}

/// A vocabulary: terms in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// What the list is called.
    pub title: String,
    /// Its terms.
    pub terms: Vec<Term>,
}

/// A named edition of a standard's elements; elements are versioned data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementSet {
    /// Its id, such as `gbt33000-2025`.
    pub id: Located<String>,
    /// What readers see.
    pub title: String,
    /// The set that replaces it.
    pub superseded_by: Option<String>,
    /// The elements in the standard's order.
    pub elements: Vec<Element>,
}

/// One element of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Its id, unique in the set.
    pub id: Located<String>,
    /// The number of its chapter.
    pub number: Option<String>,
    /// What readers see.
    pub title: String,
    /// A sentence about it.
    pub description: Option<String>,
}

/// All vocabularies by name, and the element sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabularies {
    /// Vocabularies by the name of their file.
    pub lists: BTreeMap<String, Vocabulary>,
    /// Element sets in the order of their file.
    pub element_sets: Vec<ElementSet>,
}

impl Vocabularies {
    /// The ids of a vocabulary; empty where the site has no such vocabulary, which then takes any word
    /// (a folder of plain Markdown has none).
    #[must_use]
    pub fn ids(&self, name: &str) -> Vec<&str> {
        let terms = self.lists.get(name).map_or(&[][..], |list| &list.terms);
        terms.iter().map(|term| term.id.value.as_str()).collect()
    }

    /// The element set with this id.
    #[must_use]
    pub fn element_set(&self, id: &str) -> Option<&ElementSet> {
        self.element_sets.iter().find(|set| set.id.value == id)
    }
}

/// Reads one vocabulary file (any but `elements.toml`).
#[must_use]
pub fn vocabulary(source: &SourcePath, entries: &[Entry]) -> Checked<Vocabulary> {
    let none = Vocabularies::default();
    let context = Context::new(source, &none);
    let value = {
        let mut fields = Fields::new(&context, entries, 0..0);
        let value = Vocabulary {
            title: fields.required_text("title").value,
            terms: fields.tables("terms").into_iter().map(term).collect(),
        };
        fields.finish();
        context.unique(value.terms.iter().map(|term| &term.id));
        value
    };
    Checked {
        value,
        diagnostics: context.into_diagnostics(),
    }
}

fn term(mut fields: Fields<'_>) -> Term {
    let term = Term {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        short: fields.text("short").map(|text| text.value),
        aliases: fields
            .texts("aliases")
            .into_iter()
            .map(|text| text.value)
            .collect(),
        description: fields.text("description").map(|text| text.value),
        group: fields.text("group").map(|text| text.value),
        shortest_months: fields.integer("shortest_months").map(|months| months.value),
        longest_months: fields.integer("longest_months").map(|months| months.value),
    };
    fields.integer("order");
    fields.finish();
    term
}

/// Reads `elements.toml`.
#[must_use]
pub fn element_sets(source: &SourcePath, entries: &[Entry]) -> Checked<Vec<ElementSet>> {
    let none = Vocabularies::default();
    let context = Context::new(source, &none);
    let value = {
        let mut fields = Fields::new(&context, entries, 0..0);
        fields.text("title");
        let sets: Vec<ElementSet> = fields.tables("sets").into_iter().map(element_set).collect();
        fields.finish();
        context.unique(sets.iter().map(|set| &set.id));
        sets
    };
    Checked {
        value,
        diagnostics: context.into_diagnostics(),
    }
}

fn element_set(mut fields: Fields<'_>) -> ElementSet {
    let set = ElementSet {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        superseded_by: fields.text("superseded_by").map(|text| text.value),
        elements: fields.tables("elements").into_iter().map(element).collect(),
    };
    fields.text("note");
    fields
        .context
        .unique(set.elements.iter().map(|element| &element.id));
    fields.finish();
    set
}

fn element(mut fields: Fields<'_>) -> Element {
    let element = Element {
        id: fields.required_text("id"),
        number: fields.text("number").map(|text| text.value),
        title: fields.required_text("title").value,
        description: fields.text("description").map(|text| text.value),
    };
    fields.finish();
    element
}
