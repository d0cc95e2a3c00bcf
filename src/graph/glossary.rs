//! The terms of the trade, ready to be found in texts.

use crate::content::glossary::Term;
use crate::hash::Fingerprint;
use crate::path::UrlPath;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::HashMap;
use std::ops::Range;

/// Where the list of terms is published.
pub const GLOSSARY: &str = "/glossary/";

/// The terms in the order of their reading, and where they occur in a text.
#[derive(Debug, Default)]
pub struct Glossary {
    /// The terms, sorted by pinyin.
    pub terms: Vec<Term>,
    /// The fingerprint of everything that linking a text reads.
    pub fingerprint: Fingerprint,
    /// Finds names; nothing where no term is linked.
    finder: Option<AhoCorasick>,
    /// The term of each name that the finder knows.
    owners: Vec<usize>,
}

impl Glossary {
    /// Sorts the terms and prepares the finder. `urls` are the addresses of the documents that explain.
    #[must_use]
    pub fn new(mut terms: Vec<Term>, urls: &HashMap<String, UrlPath>) -> Self {
        terms.sort_by_cached_key(|term| (reading(&term.pinyin), term.term.value.clone()));
        let mut owners = Vec::new();
        let mut names = Vec::new();
        for (at, term) in terms.iter().enumerate().filter(|(_, term)| !term.unlinked) {
            for name in term.names().filter(|name| !name.value.trim().is_empty()) {
                names.push(crate::parse::markdown::escape::text(name.value.trim()));
                owners.push(at);
            }
        }
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&names);
        let explained = terms.iter();
        let explained = explained.map(|term| urls.get(term.target.as_ref()?.value.as_str()));
        let read = terms.iter().zip(explained).map(|(term, url)| {
            let names: Vec<&str> = term.names().map(|name| name.value.as_str()).collect();
            (&term.id.value, names, &term.meaning, term.unlinked, url)
        });
        let read: Vec<_> = read.collect();
        Self {
            fingerprint: Fingerprint::of(&read),
            finder: finder.ok().filter(|_| !names.is_empty()),
            owners,
            terms,
        }
    }

    /// Whether the site has terms.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Where terms occur in escaped text: the bytes and the term's place, longest names first, none
    /// overlapping. A Latin name counts only as a whole word.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let found = self.finder.iter().flat_map(move |finder| {
            finder
                .find_iter(text)
                .map(|found| (found.range(), found.pattern().as_usize()))
        });
        found.filter_map(|(range, name)| is_whole(text, &range).then(|| (range, self.owners[name])))
    }
}

/// Whether a match does not cut a Latin word or a number in two.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let word = |character: Option<char>| character.is_some_and(|one| one.is_ascii_alphanumeric());
    let found = &text[range.clone()];
    let cut_before = word(found.chars().next()) && word(text[..range.start].chars().next_back());
    let cut_after = word(found.chars().next_back()) && word(text[range.end..].chars().next());
    !cut_before && !cut_after
}

/// A reading without marks of tone and in lower case, by which terms sort.
#[must_use]
pub fn reading(pinyin: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let parts = pinyin.nfd().filter(|one| !is_tone(*one));
    parts.collect::<String>().to_lowercase()
}

/// The combining marks of the four tones: macron, acute, caron, grave. The two dots of `ü` stay.
fn is_tone(character: char) -> bool {
    matches!(character, '\u{0304}' | '\u{0301}' | '\u{030c}' | '\u{0300}')
}
