//! Characters that look like the right ones and are others: radicals out of PDF files, dots and dashes of other scripts,
//! circles in years, letters in numbers; and what nobody sees or can read.

use super::super::is_han;
use super::Kind;
use super::block::{Block, Slip, is_chinese, is_numeral};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// Simplified radicals that Unicode gives no compatible character, as PDF files bring them, with the characters meant.
const RADICALS: &[(char, char)] = &[
    ('⺠', '民'),
    ('⻁', '虎'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻢', '马'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
];

/// Cyrillic letters that look like Latin ones.
const CYRILLIC: &[(char, char)] = &[
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('х', 'x'),
];

/// The faults of this kind.
pub(super) fn slips(block: &Block<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut index = 0;
    while index < block.length() {
        let one = block.at(index);
        let next = index + 1;
        if is_han(one) && !is_compatible(one) && !is_numeral(one) {
            index = next;
            continue;
        }
        let found = stray(block, index)
            .map(|(indices, right, is_safe)| (Kind::Stray, indices, right, is_safe))
            .or_else(|| {
                let (indices, right, is_safe) = character(block, index)
                    .or_else(|| number(block, index))
                    .or_else(|| word(block, index))?;
                Some((Kind::LookAlike, indices, right, is_safe))
            });
        let Some((kind, indices, right, is_safe)) = found else {
            index = next;
            continue;
        };
        index = indices.end.max(next);
        slips.push(block.slip(kind, indices, right, is_safe));
    }
    slips
}

type Fault = (Range<usize>, String, bool);

fn is_compatible(one: char) -> bool {
    matches!(one, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// One character for another.
fn character(block: &Block<'_>, index: usize) -> Option<Fault> {
    let one = block.at(index);
    let (before, behind) = (block.before(index), block.at(index + 1));
    let between_han = is_han(before) && is_han(behind);
    let alone = |right: &str| Some((index..index + 1, right.to_owned(), true));
    match one {
        '\u{2e80}'..='\u{2fd5}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' => {
            let known = RADICALS.iter().find(|(radical, _)| *radical == one);
            let right = known.map_or_else(
                || std::iter::once(one).nfkc().next(),
                |(_, right)| Some(*right),
            );
            let right = right.filter(|right| *right != one)?;
            alone(&right.to_string())
        }
        '・' | '･' | '‧' | '∙' | '⋅' | '•' if between_han => alone("·"),
        '―' | '─' | '⸺' | '━' => bar(block, index),
        '\u{fe30}' | '﹕' if is_han(before) => alone("："),
        '﹐' if is_han(before) => alone("，"),
        '﹑' | '､' if is_han(before) => alone("、"),
        '﹔' if is_han(before) => alone("；"),
        '﹖' if is_han(before) => alone("？"),
        '﹗' if is_han(before) => alone("！"),
        '｡' if is_han(before) => alone("。"),
        '﹪' => alone("%"),
        'º' | '˚' if before.is_ascii_digit() => alone("°"),
        _ => None,
    }
}

/// Bars in place of a dash.
fn bar(block: &Block<'_>, index: usize) -> Option<Fault> {
    let one = block.at(index);
    if block.before(index) == one {
        return None;
    }
    let mut end = index + 1;
    while block.at(end) == one {
        end += 1;
    }
    let between = is_chinese(block.before(index)) && is_chinese(block.at(end));
    let right = match (one, end - index) {
        ('―', 1) => "—",
        ('―' | '─' | '━', 2) | ('⸺', 1) => "——",
        _ => return None,
    };
    between.then(|| (index..end, right.to_owned(), true))
}

/// Circles, letters and noughts in numbers that are spelled digit by digit: 二○二五年.
fn number(block: &Block<'_>, index: usize) -> Option<Fault> {
    let is_circle =
        |one: char| matches!(one, '○' | '◯' | 'O' | 'o' | '0' | 'Ｏ' | '０' | 'Ο' | 'О');
    let is_part = |one: char| is_numeral(one) || is_circle(one);
    if !is_numeral(block.at(index)) || is_part(block.before(index)) {
        return None;
    }
    let mut end = index;
    while is_part(block.at(end)) {
        end += 1;
    }
    let written = block.slice(index..end);
    let numerals = written.chars().filter(|one| is_numeral(*one)).count();
    let is_year = end - index == 4 && block.at(end) == '年';
    let is_long = end - index >= 3 && numerals >= 2 && is_numeral(block.before(end));
    let is_apart =
        !block.at(end).is_ascii_alphanumeric() && !block.before(index).is_ascii_alphanumeric();
    if !written.contains(is_circle) || !is_apart || !(is_year || is_long) {
        return None;
    }
    let right = written.replace(is_circle, "〇");
    Some((index..end, right, is_year || !written.contains('0')))
}

/// Letters in numbers, and Cyrillic letters among Latin ones.
fn word(block: &Block<'_>, index: usize) -> Option<Fault> {
    let cyrillic = |one: char| CYRILLIC.iter().find(|(letter, _)| *letter == one);
    let is_part = |one: char| one.is_ascii_alphanumeric() || ('\u{400}'..='\u{4ff}').contains(&one);
    if !is_part(block.at(index)) || is_part(block.before(index)) {
        return None;
    }
    let mut end = index;
    while is_part(block.at(end)) {
        end += 1;
    }
    let written = block.slice(index..end);
    if written.contains(|one| cyrillic(one).is_some()) {
        let has_latin = written.contains(|one: char| one.is_ascii_alphabetic());
        let right: String = written
            .chars()
            .map(|one| cyrillic(one).map_or(one, |(_, latin)| *latin))
            .collect();
        return (has_latin && right.is_ascii()).then_some((index..end, right, true));
    }
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    let is_edge = |one: Option<char>| one.is_some_and(|one| one.is_ascii_digit());
    let is_number = digits >= 3
        && digits < written.len()
        && is_edge(written.chars().next())
        && is_edge(written.chars().next_back())
        && written
            .chars()
            .all(|one| one.is_ascii_digit() || matches!(one, 'O' | 'l' | 'I'));
    let right = written.replace('O', "0").replace(['l', 'I'], "1");
    is_number.then_some((index..end, right, false))
}

/// What nobody sees, between Chinese; what nobody can read, anywhere.
fn stray(block: &Block<'_>, index: usize) -> Option<Fault> {
    let is_hidden = |one: char| matches!(one, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}');
    let one = block.at(index);
    if is_hidden(one) && is_hidden(block.before(index)) {
        return None;
    }
    if is_hidden(one) {
        let mut end = index + 1;
        while is_hidden(block.at(end)) {
            end += 1;
        }
        let near = is_chinese(block.before(index)) || is_chinese(block.at(end));
        return near.then(|| (index..end, String::new(), true));
    }
    let is_unreadable = matches!(one, '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{1}'..='\u{8}' | '\u{e}'..='\u{1d}' | '\u{1f}' | '\u{7f}');
    is_unreadable.then(|| (index..index + 1, String::new(), false))
}
