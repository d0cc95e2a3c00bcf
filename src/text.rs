//! Chinese text as plain string functions: which characters are Han, counting and reading time,
//! the pinyin order of titles, names made from titles, folding and the symbols of search. Knows nothing of files or markup.

pub mod annexes;
pub mod figures;
pub mod fold;
pub mod liability;
pub mod marks;
pub mod mentions;
pub mod notice;
pub mod personal;
pub mod symbols;
pub mod writing;

use pinyin::ToPinyin;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Whether a character is a Han character (CJK unified ideographs with their extensions,
/// compatibility ideographs, 々 and 〇).
#[must_use]
pub fn is_han(character: char) -> bool {
    matches!(character,
        '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is punctuation of Chinese text: the CJK symbols block and full-width forms.
#[must_use]
pub fn is_cjk_punctuation(character: char) -> bool {
    matches!(character,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{303d}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// Bytes as text, what is no text replaced. The standard library's own goes character by character even where
/// nothing is to be replaced.
#[must_use]
pub fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// How long a text is: Han characters and Latin words are counted apart, because a reader takes a
/// word and a character at different speeds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Length {
    /// Han characters.
    pub han: usize,
    /// Words and numbers in other scripts.
    pub words: usize,
}

/// Han characters read in a minute.
const HAN_A_MINUTE: usize = 400;
/// Latin words read in a minute.
const WORDS_A_MINUTE: usize = 200;

impl Length {
    /// Counts a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut length = Self::default();
        let mut in_word = false;
        for character in text.chars() {
            if is_han(character) {
                length.han += 1;
                in_word = false;
            } else if character.is_alphanumeric() {
                length.words += usize::from(!in_word);
                in_word = true;
            } else if !matches!(character, '\'' | '’' | '-' | '.') {
                in_word = false;
            }
        }
        length
    }

    /// Whole minutes to read the text, never less than one.
    #[must_use]
    pub fn minutes(self) -> usize {
        let parts = self.han * WORDS_A_MINUTE + self.words * HAN_A_MINUTE;
        parts.div_ceil(HAN_A_MINUTE * WORDS_A_MINUTE).max(1)
    }
}

/// A piece of a title's sorting key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// Digits, or Chinese numerals: ordered by value.
    Number(u64),
    /// A reading or a letter, lower case, then the character itself to tell homophones apart.
    Sound(String, char),
}

/// The key by which titles sort: numbers by value (第二章 before 第十章), Han characters by pinyin,
/// everything else by its lower-case form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TitleKey(Vec<Piece>);

impl TitleKey {
    /// The key of a title.
    #[must_use]
    pub fn of(title: &str) -> Self {
        let characters: Vec<char> = title.chars().collect();
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < characters.len() {
            let ordinal = at > 0 && characters[at - 1] == '第';
            let (number, used) = leading_number(&characters[at..], ordinal);
            if let Some(number) = number {
                pieces.push(Piece::Number(number));
                at += used;
                continue;
            }
            let character = characters[at];
            if !character.is_whitespace() {
                pieces.push(Piece::Sound(sound(&characters, at), character));
            }
            at += 1;
        }
        Self(pieces)
    }
}

/// Compares two titles by their keys.
#[must_use]
pub fn compare_titles(left: &str, right: &str) -> Ordering {
    TitleKey::of(left).cmp(&TitleKey::of(right))
}

/// Place names and common words whose first character has a second reading that a reader expects.
const READINGS: [(&str, &str); 6] = [
    ("重庆", "chong"),
    ("重大", "zhong"),
    ("长沙", "chang"),
    ("长春", "chang"),
    ("厦门", "xia"),
    ("行业", "hang"),
];

fn sound(characters: &[char], at: usize) -> String {
    let pair: String = characters[at..].iter().take(2).collect();
    if let Some((_, reading)) = READINGS.iter().find(|(word, _)| *word == pair) {
        return (*reading).to_owned();
    }
    let character = characters[at];
    match character.to_pinyin() {
        Some(reading) => reading.plain().to_owned(),
        None => character.to_lowercase().collect(),
    }
}

/// The number a text begins with and how many characters it takes. Chinese numerals count as a
/// number only after 第 (`ordinal`): 三 in 三明 is part of a name.
fn leading_number(characters: &[char], ordinal: bool) -> (Option<u64>, usize) {
    let digits: String = characters
        .iter()
        .take_while(|one| one.is_ascii_digit())
        .collect();
    if !digits.is_empty() {
        return (Some(digits.parse().unwrap_or(u64::MAX)), digits.len());
    }
    if !ordinal {
        return (None, 0);
    }
    let numerals: Vec<char> = characters
        .iter()
        .copied()
        .take_while(|one| numeral(*one).is_some())
        .collect();
    (chinese_number(&numerals), numerals.len())
}

/// The value of a Chinese numeral: a digit below ten, or a unit of ten and more.
fn numeral(character: char) -> Option<u64> {
    const DIGITS: &str = "〇一二三四五六七八九";
    match character {
        '零' => Some(0),
        '两' => Some(2),
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        '万' => Some(10_000),
        other => DIGITS
            .chars()
            .position(|digit| digit == other)
            .and_then(|value| u64::try_from(value).ok()),
    }
}

/// The number that Chinese numerals write, such as 一百一十九; `None` for none at all.
#[must_use]
pub fn chinese_number(numerals: &[char]) -> Option<u64> {
    if numerals.is_empty() {
        return None;
    }
    let (mut total, mut section, mut digit) = (0_u64, 0_u64, 0_u64);
    for character in numerals {
        match numeral(*character)? {
            10_000 => {
                total = total.saturating_add((section + digit).max(1).saturating_mul(10_000));
                (section, digit) = (0, 0);
            }
            unit if unit >= 10 => {
                section = section.saturating_add(digit.max(1).saturating_mul(unit));
                digit = 0;
            }
            value => digit = digit.saturating_mul(10).saturating_add(value),
        }
    }
    Some(total.saturating_add(section).saturating_add(digit))
}

/// A number in Chinese numerals as laws write their articles: 41 is 四十一, 108 is 一百零八. Numbers of
/// ten thousand and more, and those below one, keep their digits.
#[must_use]
pub fn chinese_numeral(number: i64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const UNITS: [(usize, Option<char>); 4] = [
        (1000, Some('千')),
        (100, Some('百')),
        (10, Some('十')),
        (1, None),
    ];
    let Some(mut rest) = usize::try_from(number)
        .ok()
        .filter(|number| (1..10_000).contains(number))
    else {
        return number.to_string();
    };
    let mut numeral = String::new();
    let mut gap = false;
    for (value, unit) in UNITS {
        let digit = rest / value;
        rest %= value;
        if digit == 0 {
            gap = !numeral.is_empty();
            continue;
        }
        if gap {
            numeral.push('零');
        }
        gap = false;
        // 十五, not 一十五; but 一百一十五.
        if !(numeral.is_empty() && digit == 1 && value == 10) {
            numeral.push(DIGITS[digit]);
        }
        numeral.extend(unit);
    }
    numeral
}

/// A name for use in an address: ASCII letters in lower case and digits, Han kept as it is,
/// everything else one `-`. Never empty: `fallback` stands in.
#[must_use]
pub fn slug(text: &str, fallback: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_alphanumeric() {
            slug.extend(character.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { fallback } else { slug }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<const N: usize>(mut titles: [&str; N]) -> [&str; N] {
        titles.sort_by(|left, right| compare_titles(left, right));
        titles
    }

    #[test]
    fn titles_sort_by_pinyin() {
        assert_eq!(
            sorted(["重庆", "长沙", "北京", "安庆"]),
            ["安庆", "北京", "长沙", "重庆"]
        );
        assert_eq!(
            sorted(["厦门", "泉州", "三明", "福州"]),
            ["福州", "泉州", "三明", "厦门"]
        );
    }

    #[test]
    fn numbered_titles_sort_by_value() {
        assert_eq!(
            sorted([
                "第十一章",
                "第十章",
                "第二章",
                "第一百一十九条",
                "第一百零二条"
            ]),
            [
                "第二章",
                "第十章",
                "第十一章",
                "第一百零二条",
                "第一百一十九条"
            ]
        );
        assert_eq!(sorted(["附件10", "附件2"]), ["附件2", "附件10"]);
    }

    #[test]
    fn han_characters_and_words_are_counted_apart() {
        assert_eq!(
            Length::of("按 GB 30871-2022 执行，don't stop。"),
            Length { han: 3, words: 4 }
        );
        assert_eq!(Length { han: 401, words: 0 }.minutes(), 2);
        assert_eq!(
            Length {
                han: 200,
                words: 100
            }
            .minutes(),
            1
        );
        assert_eq!(Length::default().minutes(), 1);
    }

    #[test]
    fn chinese_numerals_have_values() {
        let value = |text: &str| chinese_number(&text.chars().collect::<Vec<_>>());
        assert_eq!(value("十"), Some(10));
        assert_eq!(value("二十一"), Some(21));
        assert_eq!(value("一百零八"), Some(108));
        assert_eq!(value("二〇二五"), Some(2025));
        assert_eq!(value("三万二千"), Some(32_000));
        assert_eq!(value(""), None);
        assert_eq!(value(&"九".repeat(60)), Some(u64::MAX));
    }

    #[test]
    fn numbers_are_written_as_laws_write_them() {
        let numerals = [
            1, 10, 15, 41, 100, 108, 110, 115, 119, 120, 1001, 1010, 1234,
        ];
        let written = numerals.map(chinese_numeral).join(" ");
        assert_eq!(
            written,
            "一 十 十五 四十一 一百 一百零八 一百一十 一百一十五 一百一十九 一百二十 一千零一 一千零一十 一千二百三十四"
        );
        assert_eq!(chinese_numeral(0), "0");
        assert_eq!(chinese_numeral(20_000), "20000");
    }

    #[test]
    fn a_slug_is_never_empty() {
        assert_eq!(slug("燃气（City Gas）", "x"), "燃气-city-gas");
        assert_eq!(slug("！！", "section"), "section");
    }
}
