//! The list of terms, by the first letter of their reading.

use super::LinkView;
use super::head::HeadView;
use super::index::plain;
use crate::content::glossary::Term;
use crate::graph::Site;
use crate::graph::glossary::{GLOSSARY, reading};
use serde::Serialize;

/// The list of terms.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GlossaryView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// How many terms there are.
    pub total: usize,
    /// The terms by letter.
    pub letters: Vec<LetterView>,
}

/// The terms of one letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LetterView {
    /// The letter, or `#` for readings that begin with none.
    pub letter: String,
    /// The anchor.
    pub id: String,
    /// The terms in the order of their reading.
    pub terms: Vec<EntryView>,
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EntryView {
    /// The anchor.
    pub id: String,
    /// The term.
    pub term: String,
    /// Its reading.
    pub pinyin: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// What it means.
    pub meaning: String,
    /// The document that explains it.
    pub link: Option<LinkView>,
}

/// The view of the list of terms.
#[must_use]
pub fn glossary(site: &Site, title: &str) -> GlossaryView {
    let mut letters: Vec<LetterView> = Vec::new();
    for term in &site.glossary.terms {
        let first = reading(&term.pinyin).chars().next();
        let first = first.filter(char::is_ascii_alphabetic);
        let letter = first.map_or_else(|| "#".to_owned(), |one| one.to_uppercase().collect());
        let entry = entry(site, term);
        match letters.iter_mut().find(|one| one.letter == letter) {
            Some(group) => group.terms.push(entry),
            None => letters.push(LetterView {
                id: format!("letter-{}", letter.to_lowercase().replace('#', "other")),
                letter,
                terms: vec![entry],
            }),
        }
    }
    GlossaryView {
        head: plain(site, GLOSSARY, title),
        total: site.glossary.terms.len(),
        letters,
    }
}

fn entry(site: &Site, term: &Term) -> EntryView {
    let target = term.target.as_ref();
    let page = target.and_then(|target| site.page_of_target(&target.value));
    EntryView {
        id: term.id.value.clone(),
        term: term.term.value.clone(),
        pinyin: term.pinyin.clone(),
        aliases: term.aliases.iter().map(|one| one.value.clone()).collect(),
        meaning: term.meaning.clone(),
        link: page.map(|id| LinkView::new(&site.pages[id].title, &site.pages[id].url)),
    }
}
