//! What of a file is prose: its words without markup, code, addresses and ids, each piece with its place in the file.

use super::super::is_han;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Stands for what is no prose: code, addresses, directives.
pub const OPAQUE: char = '\u{fffc}';
/// Characters of the longest address that is looked for.
const LONGEST: usize = 2000;
/// Stands between two paragraphs, cells or values.
const END: char = '\u{1e}';

/// A file's prose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prose {
    text: String,
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
}

/// Some of the text that stands in the file as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    /// Where it begins in the prose.
    at: usize,
    /// How many bytes it has.
    length: usize,
    /// Where it begins in the file.
    from: usize,
}

/// What a part of the prose is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    bytes: Range<usize>,
    is_name: bool,
}

impl Prose {
    /// The prose as one text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How long it is so far.
    #[must_use]
    pub fn length(&self) -> usize {
        self.text.len()
    }

    /// Adds what stands in the file from byte `from` on: its words, and something opaque for each address, piece of code
    /// and directive in it.
    pub fn push(&mut self, text: &str, from: usize) {
        let mut done = 0;
        while let Some(no_prose) = next_opaque(text, done) {
            self.words(
                text.get(done..no_prose.start).unwrap_or_default(),
                from + done,
            );
            self.opaque();
            done = no_prose.end;
        }
        self.words(text.get(done..).unwrap_or_default(), from + done);
    }

    fn words(&mut self, text: &str, from: usize) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        self.text.push_str(text);
        match self.pieces.last_mut() {
            Some(last) if last.at + last.length == at && last.from + last.length == from => {
                last.length += text.len();
            }
            _ => self.pieces.push(Piece {
                at,
                length: text.len(),
                from,
            }),
        }
    }

    /// Adds something that is no prose.
    pub fn opaque(&mut self) {
        self.text.push(OPAQUE);
    }

    /// Adds the end of a line inside a paragraph.
    pub fn line(&mut self) {
        self.text.push('\n');
    }

    /// Ends a paragraph, a cell, a value.
    pub fn end(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(END) {
            self.text.push(END);
        }
    }

    /// Marks what came since `from` as quoted from elsewhere.
    pub fn quote(&mut self, from: usize) {
        self.mark(from, false);
    }

    /// Marks what came since `from` as something that an address is made of.
    pub fn name(&mut self, from: usize) {
        self.mark(from, true);
    }

    fn mark(&mut self, from: usize, is_name: bool) {
        if from < self.text.len() {
            self.marks.push(Mark {
                bytes: from..self.text.len(),
                is_name,
            });
        }
    }

    /// Adds the prose of a text that begins at byte `by` of the same file.
    pub fn append_from(&mut self, other: Self, by: usize) {
        self.end();
        let behind = self.text.len();
        self.text.push_str(&other.text);
        let pieces = other.pieces.into_iter().map(|piece| Piece {
            at: piece.at + behind,
            from: piece.from + by,
            ..piece
        });
        self.pieces.extend(pieces);
        let marks = other.marks.into_iter().map(|mark| Mark {
            bytes: mark.bytes.start + behind..mark.bytes.end + behind,
            ..mark
        });
        self.marks.extend(marks);
    }

    /// Paragraphs, cells and values, each with where it begins.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = 0;
        self.text.split(END).map(move |block| {
            let start = at;
            at += block.len() + 1;
            (start, block)
        })
    }

    /// The block that holds a byte.
    pub(super) fn block_of(&self, at: usize) -> Option<(usize, &str)> {
        let start = self.text.get(..at)?.rfind(END).map_or(0, |end| end + 1);
        let rest = self.text.get(start..)?;
        Some((start, rest.split(END).next()?))
    }

    /// Where in the file some of the text stands, and whether all of it stands there as it is.
    pub(super) fn place(&self, bytes: &Range<usize>) -> Option<(Range<usize>, bool)> {
        let behind = self.pieces.partition_point(|piece| piece.at <= bytes.start);
        let first = self.pieces.get(behind.checked_sub(1)?)?;
        let behind = self.pieces.partition_point(|piece| piece.at < bytes.end);
        let last = self.pieces.get(behind.checked_sub(1)?)?;
        let start = first.from + (bytes.start - first.at).min(first.length);
        let end = last.from + bytes.end.checked_sub(last.at)?.min(last.length);
        let is_exact = first.at == last.at && bytes.end <= first.at + first.length;
        (start <= end).then_some((start..end, is_exact))
    }

    /// Whether a byte of the text is quoted.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.is_marked(at, false)
    }

    /// Whether an address is made of it.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.is_marked(at, true)
    }

    fn is_marked(&self, at: usize, is_name: bool) -> bool {
        let mut marks = self.marks.iter();
        marks.any(|mark| mark.is_name == is_name && mark.bytes.contains(&at))
    }
}

/// The next address, mailbox, code, link's destination or directive in a text.
fn next_opaque(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let candidates = rest.char_indices().filter_map(|(at, character)| {
        let at = from + at;
        match character {
            ':' => directive(text, at).or_else(|| address(text, from, at)),
            '@' => mailbox(text, from, at),
            '`' => code(text, at),
            ']' => destination(text, at),
            'w' | 'W' => domain(text, from, at),
            _ => None,
        }
    });
    candidates.into_iter().next()
}

/// `:clause[…]` and `:blank[…]`.
fn directive(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let known = rest.starts_with(":clause[") || rest.starts_with(":blank[");
    known.then(|| at..at + rest.find(']').map_or(rest.len(), |end| end + 1))
}

/// `https://…`, `mailto:…` and their like.
fn address(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let is_web = text.get(at..)?.starts_with("://");
    let start = word_start(text, from, at);
    let scheme = text.get(start..at)?;
    (is_web || scheme.eq_ignore_ascii_case("mailto") || scheme.eq_ignore_ascii_case("tel"))
        .then(|| start..word_end(text, at))
}

fn domain(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let is_domain = text.get(at..at + 4)?.eq_ignore_ascii_case("www.");
    (is_domain && word_start(text, from, at) == at).then(|| at..word_end(text, at))
}

fn mailbox(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let start = word_start(text, from, at);
    if start == at {
        return None;
    }
    let end = word_end(text, at);
    text.get(at..end)?.contains('.').then_some(start..end)
}

/// Code in a value of data, which is no Markdown but may be written as if it were.
fn code(text: &str, at: usize) -> Option<Range<usize>> {
    let end = text.get(at + 1..)?.find('`')?;
    Some(at..at + end + 2)
}

fn destination(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at + 1..)?;
    let end = rest.strip_prefix('(')?.find(')')?;
    Some(at + 1..at + end + 3)
}

fn word_start(text: &str, from: usize, at: usize) -> usize {
    let before = text.get(from..at).unwrap_or_default();
    let word = before
        .bytes()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-._".contains(byte));
    at - word.count()
}

fn word_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    // Addresses may hold Han characters: what follows one without a blank or a mark is left alone with it.
    let inside =
        |one: &char| (one.is_ascii_graphic() && !matches!(one, '<' | '>' | '"')) || is_han(*one);
    let run = rest.chars().take(LONGEST).take_while(inside);
    let end = at + run.map(char::len_utf8).sum::<usize>();
    // Marks at the end belong to the sentence.
    let run = text.get(at..end).unwrap_or_default();
    at + run
        .trim_end_matches([',', '.', ';', ':', '!', '?', ')', '\''])
        .len()
}
