//! A text as search sees it: a row of symbols. A Han character (or a kana, or a Hangul syllable) is a
//! symbol; so is a run of letters, and a run of digits. Nothing else counts. Two Han characters stand
//! together only where nothing stands between them; beside a run, signs and blanks are no gap, so that
//! `GB/T 33000`, `GBT33000` and `第 41 条` are found however they are written.
//! The bytes of `GB/T` hold its slash; what hashes a symbol passes over it.

use super::fold::push_folded;
use std::ops::Range;

/// The longest run that is one symbol; longer ones are cut.
const LONGEST: usize = 24;

/// One symbol of a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its bytes in the folded text.
    pub bytes: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// Whether it stands together with the symbol before.
    pub joined: bool,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A character that is a word of its own.
    Single,
    /// A run of letters.
    Letters,
    /// A run of digits.
    Digits,
}

/// Whether a character is a symbol by itself.
#[must_use]
pub fn is_single(character: char) -> bool {
    super::is_han(character)
        || matches!(character,
            '\u{3040}'..='\u{30ff}' | '\u{3100}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
            | '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}')
}

fn kind_of(character: char) -> Option<Kind> {
    if character.is_ascii_digit() {
        Some(Kind::Digits)
    } else if is_single(character) {
        character.is_alphanumeric().then_some(Kind::Single)
    } else {
        character.is_alphanumeric().then_some(Kind::Letters)
    }
}

/// The symbols of a folded text.
#[must_use]
pub fn symbols(folded: &str) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::with_capacity(folded.len() / 3 + 1);
    let mut gap = true;
    let mut length = 0;
    for (at, character) in folded.char_indices() {
        let Some(kind) = kind_of(character) else {
            gap = gap || !is_inside(folded, at, symbols.last());
            continue;
        };
        let end = at + character.len_utf8();
        if let Some(last) = symbols.last_mut()
            && !gap
            && kind != Kind::Single
            && last.kind == kind
            && length < LONGEST
        {
            last.bytes.end = end;
            length += 1;
            continue;
        }
        let before = symbols.last().map(|last| last.kind);
        let run = kind != Kind::Single || before.is_some_and(|before| before != Kind::Single);
        symbols.push(Symbol {
            bytes: at..end,
            kind,
            joined: before.is_some() && (!gap || run),
        });
        gap = false;
        length = 1;
    }
    symbols
}

/// Whether a `/` stands before a last single letter of a run: `GB/T` and `GBT` are one symbol.
fn is_inside(folded: &str, at: usize, last: Option<&Symbol>) -> bool {
    let mut rest = folded[at..].chars();
    let slash = rest.next() == Some('/');
    let letter = rest.next().and_then(kind_of) == Some(Kind::Letters);
    let ends = rest.next().and_then(kind_of) != Some(Kind::Letters);
    slash && letter && ends && last.is_some_and(|last| last.kind == Kind::Letters)
}

/// A folded text with, for each of its bytes' characters, where the character came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traced {
    /// The folded text.
    pub text: String,
    /// The start of each folded character, and the bytes of the original that it stands for.
    pub origins: Vec<(usize, Range<usize>)>,
}

impl Traced {
    /// Folds a text and remembers where everything came from.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut traced = Self::default();
        for (at, character) in text.char_indices() {
            let start = traced.text.len();
            push_folded(&mut traced.text, character);
            let origin = at..at + character.len_utf8();
            for (offset, _) in traced.text[start..].char_indices() {
                traced.origins.push((start + offset, origin.clone()));
            }
        }
        traced
    }

    /// The bytes of the original behind some bytes of the folded text.
    #[must_use]
    pub fn origin(&self, bytes: Range<usize>) -> Range<usize> {
        let at = |byte: usize| {
            let place = self.origins.partition_point(|(start, _)| *start <= byte);
            self.origins.get(place.saturating_sub(1))
        };
        match (at(bytes.start), at(bytes.end.saturating_sub(1))) {
            (Some((_, first)), Some((_, last))) if !bytes.is_empty() => first.start..last.end,
            _ => 0..0,
        }
    }
}
