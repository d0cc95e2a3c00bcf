//! A paragraph, cell or value as the rules look at it: character by character, with neighbours.

use super::super::{Length, is_cjk_punctuation, is_han};
use super::{Kind, OPAQUE};
use std::ops::Range;

/// A fault in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// What it is.
    pub kind: Kind,
    /// Its bytes in the block's text.
    pub bytes: Range<usize>,
    /// What belongs there.
    pub right: String,
    /// Whether that is beyond doubt.
    pub is_safe: bool,
}

/// A block of Chinese prose.
pub(super) struct Block<'b> {
    /// Where it begins in the prose.
    pub start: usize,
    /// Its text.
    pub text: &'b str,
    characters: &'b [(usize, char)],
    /// The bytes of titles between 《 and 》.
    titles: Vec<Range<usize>>,
}

impl<'b> Block<'b> {
    /// A block, where it is written in Chinese: with more Han characters than words of other scripts.
    pub fn new(
        start: usize,
        text: &'b str,
        characters: &'b mut Vec<(usize, char)>,
    ) -> Option<Self> {
        if text.is_ascii() {
            return None;
        }
        let length = Length::of(text);
        let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}');
        if length.han < length.words || text.contains(is_kana) {
            return None;
        }
        characters.clear();
        characters.extend(text.char_indices());
        Some(Self {
            start,
            text,
            characters,
            titles: titles(text),
        })
    }

    /// How many characters there are.
    pub fn length(&self) -> usize {
        self.characters.len()
    }

    /// The character at an index; an end of line outside.
    pub fn at(&self, index: usize) -> char {
        self.characters.get(index).map_or('\n', |(_, one)| *one)
    }

    /// The character before an index.
    pub fn before(&self, index: usize) -> char {
        index.checked_sub(1).map_or('\n', |before| self.at(before))
    }

    /// The bytes of some characters.
    pub fn bytes(&self, indices: Range<usize>) -> Range<usize> {
        let at = |index: usize| {
            let found = self.characters.get(index);
            found.map_or(self.text.len(), |(at, _)| *at)
        };
        at(indices.start)..at(indices.end)
    }

    /// The text of some characters.
    pub fn slice(&self, indices: Range<usize>) -> &'b str {
        self.text.get(self.bytes(indices)).unwrap_or_default()
    }

    /// The index before the blanks before an index, and the one behind the blanks from an index on.
    pub fn beyond_blanks(&self, index: usize) -> usize {
        let mut index = index;
        while self.at(index) == ' ' {
            index += 1;
        }
        index
    }

    /// The first of the blanks that end before an index; the index itself where there are none.
    pub fn blanks_before(&self, index: usize) -> usize {
        let mut index = index;
        while index > 0 && self.before(index) == ' ' {
            index -= 1;
        }
        index
    }

    /// A fault of some characters.
    pub fn slip(
        &self,
        kind: Kind,
        indices: Range<usize>,
        right: impl Into<String>,
        is_safe: bool,
    ) -> Slip {
        Slip {
            kind,
            bytes: self.bytes(indices),
            right: right.into(),
            is_safe,
        }
    }

    /// Whether a byte stands between 《 and 》: titles are quoted as they are.
    pub fn is_in_title(&self, byte: usize) -> bool {
        let behind = self.titles.partition_point(|title| title.start <= byte);
        let title = behind.checked_sub(1).and_then(|last| self.titles.get(last));
        title.is_some_and(|title| byte < title.end)
    }

    /// Some bytes with up to four characters on either side, for messages.
    pub fn around(&self, bytes: &Range<usize>) -> Range<usize> {
        let near = |one: &(usize, char)| one.1 != '\n' && one.1 != OPAQUE && !one.1.is_whitespace();
        let before = self.text.get(..bytes.start).unwrap_or_default();
        let before = before.char_indices().rev().take(4).take_while(near);
        let behind = self.text.get(bytes.end..).unwrap_or_default();
        let behind = behind.char_indices().take(4).take_while(near);
        let start = before.last().map_or(bytes.start, |(at, _)| at);
        let end = behind
            .last()
            .map_or(bytes.end, |(at, one)| bytes.end + at + one.len_utf8());
        start..end
    }
}

/// The bytes between 《 and 》; to the end where one is not closed.
fn titles(text: &str) -> Vec<Range<usize>> {
    let mut titles = Vec::new();
    let mut done = 0;
    while let Some(open) = text.get(done..).and_then(|rest| rest.find('《')) {
        let start = done + open;
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find('》').map_or(text.len(), |end| start + end);
        titles.push(start..end);
        done = end;
    }
    titles
}

/// Whether a mark that follows this character follows Chinese.
pub(super) fn ends_chinese(one: char) -> bool {
    is_han(one)
        || matches!(
            one,
            '）' | '》' | '」' | '』' | '】' | '〕' | '〉' | '”' | '’'
        )
}

/// Whether a mark that stands before this character stands before Chinese.
pub(super) fn begins_chinese(one: char) -> bool {
    is_han(one)
        || matches!(
            one,
            '（' | '《' | '「' | '『' | '【' | '〔' | '〈' | '“' | '‘'
        )
}

/// Whether a character is Chinese: a Han character or a mark.
pub(super) fn is_chinese(one: char) -> bool {
    is_han(one) || is_cjk_punctuation(one) || matches!(one, '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Digits of Chinese numerals as years and numbers are spelled.
pub(super) fn is_numeral(one: char) -> bool {
    matches!(
        one,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '〇'
    )
}
