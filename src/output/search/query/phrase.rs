//! What a query asks for: phrases of symbols, and what lines of text hold of them.

use crate::output::search::keys;
use crate::text::fold::folded;
use crate::text::symbols::Kind;

/// A phrase: its symbols' hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The hashes of its symbols.
    pub symbols: Vec<u32>,
    /// The keys of its words and numbers.
    pub runs: Vec<u32>,
    /// Its folded text without gaps.
    pub text: String,
}

/// Whether a query stands in quotes: then nothing but its words answers.
#[must_use]
pub fn required(query: &str) -> bool {
    query.contains(['"', '“', '”', '「', '」'])
}

/// The phrases of a query, and whether it asks for them in quotes.
pub(super) fn phrases(query: &str) -> (Vec<Phrase>, bool) {
    let folded = folded(query);
    let mut phrases: Vec<Phrase> = Vec::new();
    for (symbol, hash) in keys::hashed(&folded) {
        let text = &folded[symbol.bytes.clone()];
        if !symbol.joined {
            phrases.push(Phrase::default());
        }
        let Some(last) = phrases.last_mut() else {
            continue;
        };
        last.symbols.push(hash);
        last.text.push_str(text);
        if symbol.kind != Kind::Single {
            last.runs.push(keys::single(hash));
        }
    }
    (phrases, required(query))
}

/// A text in parts of a size, the last one reaching back: fewer keys say as much as one at every letter.
pub(super) fn parts(letters: &str, size: usize) -> Vec<&str> {
    let Some(last) = letters.len().checked_sub(size) else {
        return Vec::new();
    };
    let starts = (0..last).step_by(size).chain(std::iter::once(last));
    starts.filter_map(|at| letters.get(at..at + size)).collect()
}

/// The symbols of each line of a text, with 0 where nothing joins two.
pub(super) fn lines(text: &str) -> Vec<Vec<u32>> {
    text.split('\n')
        .map(|line| {
            let mut row = Vec::new();
            for (symbol, hash) in keys::hashed(&folded(line)) {
                if !symbol.joined {
                    row.push(0);
                }
                row.push(hash);
            }
            row
        })
        .collect()
}

/// Whether a line holds a phrase.
pub(super) fn holds(line: &[u32], phrase: &[u32]) -> bool {
    line.windows(phrase.len().max(1))
        .any(|window| window == phrase)
}
