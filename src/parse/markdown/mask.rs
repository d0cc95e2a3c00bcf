//! Emphasis next to Chinese punctuation.
//!
//! CommonMark decides by the neighbouring characters whether a run of `*` or `~` opens or closes, and takes
//! `：` or `”` for the end of a word, so `**注意：**正文` would stay unmarked. The text is changed before
//! parsing so that the rules come out right for Chinese, and changed back in every string that comes out.
//! A stand-in has as many bytes as the character it stands for, so that offsets stay true, and stands for
//! one character only in the whole text, so that restoring needs no positions.

use crate::text::is_han;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A text prepared for the Markdown parser.
pub struct Masked<'s> {
    /// The prepared text, byte for byte as long as the original.
    pub text: Cow<'s, str>,
    originals: BTreeMap<char, char>,
}

impl<'s> Masked<'s> {
    /// The text as it is, nothing masked.
    pub fn plain(text: Cow<'s, str>) -> Self {
        let originals = BTreeMap::new();
        Self { text, originals }
    }

    /// The text with the neighbours of emphasis runs masked.
    pub fn new(source: Cow<'s, str>) -> Self {
        if !source.contains(['*', '~']) || source.is_ascii() {
            return Self::plain(source);
        }
        let mut stand_ins = StandIns::new(&source);
        let mut changes: Vec<(usize, char, char)> = plan(&source, &mut stand_ins);
        if changes.is_empty() {
            return Self::plain(source);
        }
        changes.sort_unstable();
        changes.dedup_by_key(|change| change.0);
        let mut text = source.into_owned();
        for (at, old, new) in changes {
            text.replace_range(at..at + old.len_utf8(), new.encode_utf8(&mut [0; 4]));
        }
        Self {
            text: text.into(),
            originals: stand_ins.originals,
        }
    }

    /// The original of a string cut from the prepared text.
    pub fn restore<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.originals.is_empty() || !text.contains(|c| self.originals.contains_key(&c)) {
            return Cow::Borrowed(text);
        }
        let original = |c| self.originals.get(&c).copied().unwrap_or(c);
        text.chars().map(original).collect()
    }
}

/// What a neighbour of a run shall look like.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Letter,
    Punctuation,
}

/// Hands out stand-ins that do not occur in the text.
struct StandIns {
    letters: Box<dyn Iterator<Item = char>>,
    marks: Box<dyn Iterator<Item = char>>,
    given: BTreeMap<(Look, char), Option<char>>,
    originals: BTreeMap<char, char>,
}

impl StandIns {
    fn new(source: &str) -> Self {
        let candidate = |c: &char| matches!(c, '\u{2010}'..='\u{2E4F}' | '\u{E000}'..='\u{F8FF}');
        let used: BTreeSet<char> = source.chars().filter(candidate).collect();
        let taken = used.clone();
        let letters = ('\u{E000}'..='\u{F8FF}').filter(move |c| !taken.contains(c));
        let marks = ('\u{2E00}'..='\u{2E4F}')
            .chain('\u{2010}'..='\u{2027}')
            .chain('\u{2030}'..='\u{205E}')
            .filter(|&c| c != '\u{2E2F}' && c != '\u{2044}' && c != '\u{2052}')
            .filter(move |c| !used.contains(c));
        Self {
            letters: Box::new(letters),
            marks: Box::new(marks),
            given: BTreeMap::new(),
            originals: BTreeMap::new(),
        }
    }

    /// The stand-in for a character, none when they have run out or the lengths differ.
    fn get(&mut self, look: Look, original: char) -> Option<char> {
        if original.len_utf8() != 3 {
            return None;
        }
        if let Some(&known) = self.given.get(&(look, original)) {
            return known;
        }
        let new = match look {
            Look::Letter => self.letters.next(),
            Look::Punctuation => self.marks.next(),
        };
        self.given.insert((look, original), new);
        if let Some(new) = new {
            self.originals.insert(new, original);
        }
        new
    }
}

/// All changes for a text: position, character there, stand-in.
fn plan(source: &str, stand_ins: &mut StandIns) -> Vec<(usize, char, char)> {
    let mut changes = Vec::new();
    let mut previous: Option<(usize, char)> = None;
    let mut chars = source.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            previous = Some((at, c));
            if let Some(escaped) = chars.next_if(|(_, next)| next.is_ascii_punctuation()) {
                previous = Some(escaped);
            }
            continue;
        }
        if c == '*' || c == '~' {
            while chars.next_if(|&(_, next)| next == c).is_some() {}
            let next = chars.peek().copied();
            for (target, look) in neighbours(source, previous, next) {
                if let Some(new) = stand_ins.get(look, target.1) {
                    changes.push((target.0, target.1, new));
                }
            }
        }
        previous = Some((at, c));
    }
    changes
}

/// Which neighbours of one run have to change their look.
fn neighbours(
    source: &str,
    before: Option<(usize, char)>,
    after: Option<(usize, char)>,
) -> Vec<((usize, char), Look)> {
    let (Some(before), Some(after)) = (before, after) else {
        return Vec::new();
    };
    let inner_before = source[..before.0].chars().next_back();
    let inner_after = source[after.0 + after.1.len_utf8()..].chars().next();
    let first = Class::of(before.1, [Some(after.1), inner_before]);
    let last = Class::of(after.1, [Some(before.1), inner_after]);
    match (first, last) {
        (Class::Han, Class::Foreign) => vec![(before, Look::Punctuation)],
        (Class::Foreign, Class::Han) => vec![(after, Look::Punctuation)],
        (Class::Mark, Class::Foreign) | (Class::Foreign, Class::Mark) => Vec::new(),
        _ => [(before, first), (after, last)]
            .into_iter()
            .filter(|(_, class)| *class == Class::Mark)
            .map(|(target, _)| (target, Look::Letter))
            .collect(),
    }
}

/// The part a character plays beside a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Han,
    /// Chinese punctuation.
    Mark,
    /// Punctuation of other scripts.
    Foreign,
    Other,
}

impl Class {
    /// The class of a character; shared quotes and dashes are Chinese in Chinese company.
    fn of(c: char, company: [Option<char>; 2]) -> Self {
        if is_cjk_mark(c) {
            Class::Mark
        } else if is_shared_mark(c) {
            let chinese = company
                .into_iter()
                .flatten()
                .any(|c| is_cjk_mark(c) || is_cjk_letter(c));
            if chinese { Class::Mark } else { Class::Foreign }
        } else if is_cjk_letter(c) {
            Class::Han
        } else if c.is_ascii_punctuation() {
            Class::Foreign
        } else {
            Class::Other
        }
    }
}

/// Punctuation that Chinese and Western texts share.
fn is_shared_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203B}' | '\u{20AC}')
}

/// Punctuation of Chinese, Japanese and Korean, full-width forms included.
pub fn is_cjk_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{303D}' | '\u{30FB}')
        || matches!(c, '\u{FE10}'..='\u{FE19}' | '\u{FE30}'..='\u{FE6B}' | '\u{FF01}'..='\u{FF0F}')
        || matches!(c, '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}')
}

/// Letters of Chinese, Japanese and Korean.
pub fn is_cjk_letter(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3105}'..='\u{312F}' | '\u{AC00}'..='\u{D7A3}')
}

/// Whether a line break beside this character needs no blank.
pub fn joins(c: char) -> bool {
    is_han(c) || is_cjk_mark(c) || matches!(c, '\u{3040}'..='\u{30FF}') || is_shared_mark(c)
}
