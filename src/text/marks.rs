//! What differs between two texts, marked so that it can be read: every Han character counts alone, a number or a Latin
//! word as a whole, white space not at all. Entry points: [`marks`], [`is_same`], [`likeness`].

use dissimilar::Chunk;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// What became of a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// In both texts.
    Same,
    /// In the earlier alone.
    Removed,
    /// In the later alone.
    Added,
}

/// A piece of text and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Piece {
    /// What became of it.
    pub mark: Mark,
    /// The text.
    pub text: String,
}

impl Piece {
    /// A piece.
    #[must_use]
    pub fn new(mark: Mark, text: &str) -> Self {
        Self {
            mark,
            text: text.to_owned(),
        }
    }
}

/// Texts of more tokens than this together are compared sentence by sentence: the time grows with the square.
const FINE: usize = 6_000;

/// Of a thousand characters, how many two texts must share for their marks to be read; else one replaces the other.
const READABLE: usize = 250;

/// Of a thousand characters of the shorter text, how many must stand in the longer for it to be taken as a part of that.
const CONTAINED: usize = 700;

/// The later text with what is gone from the earlier, piece by piece. Where both say the same, white space is as in the
/// later one.
#[must_use]
pub fn marks(old: &str, new: &str) -> Vec<Piece> {
    if is_same(old, new) {
        let text = new.trim();
        let whole = (!text.is_empty()).then(|| Piece::new(Mark::Same, text));
        return whole.into_iter().collect();
    }
    let (fine_old, fine_new) = (words(old.trim()), words(new.trim()));
    match fine_old.len() + fine_new.len() > FINE {
        true => difference(&sentences(old.trim()), &sentences(new.trim())),
        false => difference(&fine_old, &fine_new),
    }
}

/// Whether two texts say the same: white space does not count.
#[must_use]
pub fn is_same(old: &str, new: &str) -> bool {
    let (old, new) = (old.split_whitespace(), new.split_whitespace());
    old.flat_map(str::chars).eq(new.flat_map(str::chars))
}

/// How alike two texts are, in thousandths: by how many pairs of neighbouring characters both have. Punctuation and white
/// space do not count.
#[must_use]
pub fn likeness(left: &str, right: &str) -> usize {
    Shape::of(left).likeness(&Shape::of(right))
}

/// By what a text is held against many others.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// How often each pair of neighbours stands in it; in a text of one character, that one.
    pairs: BTreeMap<(char, char), usize>,
    total: usize,
}

impl Shape {
    /// The shape of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().filter(|one| one.is_alphanumeric()).collect();
        let mut pairs = BTreeMap::new();
        if let [only] = letters.as_slice() {
            pairs.insert((*only, *only), 1);
        }
        for (one, next) in letters.iter().zip(letters.iter().skip(1)) {
            *pairs.entry((*one, *next)).or_default() += 1;
        }
        Self {
            total: pairs.values().sum(),
            pairs,
        }
    }

    /// How alike two texts are, in thousandths.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> usize {
        let (few, many) = match self.pairs.len() <= other.pairs.len() {
            true => (self, other),
            false => (other, self),
        };
        let shared = few.pairs.iter().map(|(pair, count)| {
            let twin = many.pairs.get(pair).copied().unwrap_or_default();
            *count.min(&twin)
        });
        let shared: usize = shared.sum();
        (shared * 2_000)
            .checked_div(self.total + other.total)
            .unwrap_or_default()
    }
}

/// A token: what is compared, and the same with the white space behind it.
#[derive(Clone, Copy)]
struct Token<'a> {
    core: &'a str,
    whole: &'a str,
}

/// Characters, but numbers and Latin words whole.
fn words(text: &str) -> Vec<Token<'_>> {
    let inside = |one: char| one.is_ascii_alphanumeric();
    tokens(text, |before, next, after| {
        let joins = matches!(next, '.' | '-' | '/') && after.is_some_and(inside);
        inside(before) && (inside(next) || joins)
            || matches!(before, '.' | '-' | '/') && inside(next)
    })
}

/// Sentences, each with its mark.
fn sentences(text: &str) -> Vec<Token<'_>> {
    tokens(text, |before, _, _| {
        !matches!(before, '。' | '！' | '？' | '；' | '.' | '\n')
    })
}

/// Cuts a text; `joins` says of the last character of a token, the next and the one after whether the next belongs to it.
fn tokens(text: &str, joins: impl Fn(char, char, Option<char>) -> bool) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, next)) = letters.next() {
        let after = letters.peek().map(|(_, one)| *one);
        let ends = match before {
            None => false,
            // White space stays with what it follows.
            Some(_) if next.is_whitespace() => false,
            Some(last) => !joins(last, next, after),
        };
        if ends {
            tokens.push(token(&text[start..at]));
            start = at;
        }
        before = Some(next);
    }
    if start < text.len() {
        tokens.push(token(&text[start..]));
    }
    tokens
}

fn token(whole: &str) -> Token<'_> {
    Token {
        core: whole.trim(),
        whole,
    }
}

/// The difference of two lists of tokens, readable: what two changes share by chance is no island between them.
fn difference(old: &[Token<'_>], new: &[Token<'_>]) -> Vec<Piece> {
    let mut names = Names::default();
    let left: Option<String> = old.iter().map(|one| names.of(one.core)).collect();
    let right: Option<String> = new.iter().map(|one| names.of(one.core)).collect();
    let (Some(left), Some(right)) = (left, right) else {
        return replaced(old, new);
    };
    let (mut left_over, mut right_over) = (old.iter(), new.iter());
    let mut pieces: Vec<Piece> = Vec::new();
    let mut shared = 0;
    for chunk in dissimilar::diff(&left, &right) {
        let (mark, names) = match chunk {
            Chunk::Equal(names) => (Mark::Same, names),
            Chunk::Delete(names) => (Mark::Removed, names),
            Chunk::Insert(names) => (Mark::Added, names),
        };
        let mut text = String::new();
        for _ in names.chars() {
            let earlier = (mark != Mark::Added).then(|| left_over.next()).flatten();
            let later = (mark != Mark::Removed).then(|| right_over.next()).flatten();
            if let Some(token) = later.or(earlier) {
                text.push_str(token.whole);
            }
        }
        if mark == Mark::Same {
            shared += text.chars().count();
        }
        pieces.push(Piece { mark, text });
    }
    let length = |tokens: &[Token<'_>]| -> usize {
        let lengths = tokens.iter().map(|one| one.whole.chars().count());
        lengths.sum()
    };
    let (one, other) = (length(old), length(new));
    let is_broken = shared * 1_000 < one.max(other) * READABLE;
    // Where one text stands almost whole in the other, the marks are few however much was added.
    let is_apart = shared * 1_000 < one.min(other) * CONTAINED;
    match is_broken && is_apart {
        true => replaced(old, new),
        false => pieces,
    }
}

/// All of the earlier text, then all of the later.
fn replaced(old: &[Token<'_>], new: &[Token<'_>]) -> Vec<Piece> {
    let whole = |tokens: &[Token<'_>]| -> String { tokens.iter().map(|one| one.whole).collect() };
    let pieces = [
        Piece::new(Mark::Removed, &whole(old)),
        Piece::new(Mark::Added, &whole(new)),
    ];
    pieces
        .into_iter()
        .filter(|one| !one.text.is_empty())
        .collect()
}

/// A character for each token, so that tokens can be compared as texts are: its own where it is one, else one that no text
/// uses.
#[derive(Default)]
struct Names<'a>(HashMap<&'a str, char>);

/// The two planes for private use.
const PRIVATE: std::ops::RangeInclusive<char> = '\u{f0000}'..='\u{10fffd}';

impl<'a> Names<'a> {
    /// The name of a token; nothing where there are more tokens than names.
    fn of(&mut self, token: &'a str) -> Option<char> {
        let mut letters = token.chars();
        if let (Some(only), None) = (letters.next(), letters.next())
            && !PRIVATE.contains(&only)
        {
            return Some(only);
        }
        if let Some(name) = self.0.get(token) {
            return Some(*name);
        }
        let number = u32::try_from(self.0.len()).ok()?;
        let name = char::from_u32(u32::from(*PRIVATE.start()).checked_add(number)?)?;
        self.0.insert(token, name);
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let pieces = marks(old, new).into_iter();
        let shown = pieces.map(|piece| match piece.mark {
            Mark::Same => piece.text,
            Mark::Removed => format!("[-{}-]", piece.text),
            Mark::Added => format!("{{+{}+}}", piece.text),
        });
        shown.collect()
    }

    #[test]
    fn numbers_and_words_are_marked_whole_and_han_one_by_one() {
        assert_eq!(
            shown("每60日查一次，记录存档。", "每30日查一次，记录存档。"),
            "每[-60-]{+30+}日查一次，记录存档。"
        );
        assert_eq!(
            shown("缺一项扣0.5分，最多扣3分", "缺一项扣1.5分，最多扣3分"),
            "缺一项扣[-0.5-]{+1.5+}分，最多扣3分"
        );
        assert_eq!(
            shown("依据 GB/T 33000-2016 编写", "依据GB/T 33000-2025编写"),
            "依据GB/T [-33000-2016 -]{+33000-2025+}编写"
        );
    }

    #[test]
    fn white_space_is_no_change() {
        assert_eq!(shown("甲 乙\n丙", "甲乙丙 "), "甲乙丙");
        assert!(is_same("甲 乙", "甲乙"));
        assert!(!is_same("甲乙", "甲、乙"));
        assert_eq!(marks("", ""), []);
    }

    #[test]
    fn a_text_that_grew_keeps_what_it_said() {
        assert_eq!(
            shown(
                "逐排清点，与台账核对。",
                "逐排清点，与台账和库门上的上限核对；看卸瓶平台、车内、楼道、办公室有没有临时存瓶。"
            ),
            "逐排清点，与台账[-核对-]{+和库门上的上限核对；看卸瓶平台、车内、楼道、办公室有没有临时存瓶+}。"
        );
    }

    #[test]
    fn what_is_shared_by_chance_is_no_island() {
        let text = shown(
            "看巡检记录，问值班员上一班有没有漏气。",
            "翻一周的交接班本，抽三次报警看怎么处理的。",
        );
        assert!(text.starts_with("[-") && text.ends_with("+}"), "{text}");
        assert_eq!(text.matches("[-").count(), 1, "{text}");
    }

    #[test]
    fn both_texts_come_back_from_the_pieces() {
        let texts = [
            "",
            "甲",
            "抽3瓶，逐瓶查角阀、O型圈和检验日期。",
            "抽5瓶，逐瓶查角阀、O形圈，看检验日期在不在有效期。",
            "\u{f0000}\u{f0001}甲",
            "One word, two words; 3.5 m and 10 %.",
            "One word, three words; 3.55 m and 10 %",
        ];
        let long = "灌装前后各称一次，误差写在本上。".repeat(700);
        let longer = format!("{long}误差大的退回。");
        let both = texts
            .iter()
            .copied()
            .chain([long.as_str(), longer.as_str()]);
        let all: Vec<&str> = both.collect();
        for old in &all {
            for new in &all {
                let pieces = marks(old, new);
                let without = |mark: Mark| -> String {
                    let kept = pieces.iter().filter(|piece| piece.mark != mark);
                    kept.map(|piece| piece.text.as_str()).collect()
                };
                assert!(is_same(&without(Mark::Added), old));
                assert!(is_same(&without(Mark::Removed), new));
            }
        }
    }

    #[test]
    fn likeness_is_of_letters_alone() {
        assert_eq!(likeness("瓶阀、减压阀完好", "瓶阀减压阀完好。"), 1_000);
        assert_eq!(likeness("瓶阀完好", "台账齐全"), 0);
        assert_eq!((likeness("", "甲"), likeness("", "")), (0, 0));
        assert!(likeness("每班查一次瓶阀", "每班查两次瓶阀") > 600);
    }
}
