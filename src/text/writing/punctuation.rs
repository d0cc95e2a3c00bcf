//! Marks of the wrong width: `,` `;` `:` `?` `!` `.` `(` `)` `"` `--` `...` beside Han characters, and letters, digits and
//! their marks as wide as Han characters (GB/T 15834-2011, GB/T 15835-2011).

use super::super::is_han;
use super::block::{Block, Slip, begins_chinese, ends_chinese, is_chinese};
use super::{Kind, OPAQUE};
use std::ops::Range;

/// The faults of this kind.
pub(super) fn slips(block: &Block<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut index = 0;
    while index < block.length() {
        let found = match block.at(index) {
            ',' | ';' => stop(block, index),
            ':' => colon(block, index),
            '?' | '!' => outcry(block, index),
            '.' => dots(block, index),
            '-' => dash(block, index),
            one if wide(one).is_some() => wide_run(block, index),
            _ => None,
        };
        match found {
            Some((indices, right, is_safe)) => {
                index = indices.end.max(index + 1);
                slips.push(block.slip(Kind::Width, indices, right, is_safe));
            }
            None => index += 1,
        }
    }
    slips.extend(brackets(block));
    slips.extend(quotes(block));
    slips
}

/// Characters, what belongs there, and whether that is beyond doubt.
type Fault = (Range<usize>, String, bool);

/// A mark with the blanks that a wide one needs no more.
fn spread(block: &Block<'_>, indices: Range<usize>) -> Range<usize> {
    let before = block.blanks_before(indices.start);
    let start = if ends_chinese(block.before(before)) {
        before
    } else {
        indices.start
    };
    let behind = block.beyond_blanks(indices.end);
    let end = match block.at(behind) {
        '\n' => indices.end,
        _ => behind,
    };
    start..end
}

/// Whether Chinese stands before or behind a mark; blanks may part them.
fn is_beside(block: &Block<'_>, index: usize) -> bool {
    let before = block.before(block.blanks_before(index));
    let follows = ends_chinese(before);
    let leads = begins_chinese(block.at(block.beyond_blanks(index + 1)))
        && !block.before(index).is_whitespace();
    follows || leads
}

fn stop(block: &Block<'_>, index: usize) -> Option<Fault> {
    let mark = block.at(index);
    let repeated = block.before(index) == mark || block.at(index + 1) == mark;
    let right = if mark == ',' { "，" } else { "；" };
    (is_beside(block, index) && !repeated)
        .then(|| (spread(block, index..index + 1), right.to_owned(), true))
}

fn colon(block: &Block<'_>, index: usize) -> Option<Fault> {
    let (before, behind) = (block.before(index), block.at(index + 1));
    if before == ':' || matches!(behind, ':' | '/' | '=' | '-') || is_symbol(block, index) {
        return None;
    }
    is_beside(block, index).then(|| (spread(block, index..index + 1), "：".to_owned(), true))
}

/// Whether a colon begins or ends a name such as `:warning:`.
fn is_symbol(block: &Block<'_>, index: usize) -> bool {
    let inside = |one: char| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_';
    let mut end = index + 1;
    while inside(block.at(end)) {
        end += 1;
    }
    let mut start = index;
    while start > 0 && inside(block.before(start)) {
        start -= 1;
    }
    (end > index + 1 && block.at(end) == ':') || (start < index && block.before(start) == ':')
}

fn outcry(block: &Block<'_>, index: usize) -> Option<Fault> {
    if matches!(block.before(index), '?' | '!') {
        return None;
    }
    let mut end = index + 1;
    while matches!(block.at(end), '?' | '!') {
        end += 1;
    }
    let behind = block.at(end);
    let before = block.before(block.blanks_before(index));
    if !ends_chinese(before) || behind.is_ascii_alphanumeric() || matches!(behind, '=' | '[') {
        return None;
    }
    let marks = block.slice(index..end);
    let right = marks
        .chars()
        .map(|one| if one == '?' { '？' } else { '！' });
    Some((spread(block, index..end), right.collect(), true))
}

fn dots(block: &Block<'_>, index: usize) -> Option<Fault> {
    if !ends_chinese(block.before(index)) {
        return None;
    }
    let mut end = index + 1;
    while block.at(end) == '.' {
        end += 1;
    }
    let behind = block.at(end);
    match end - index {
        1 if is_number_of_heading(block, index) => {
            Some((spread(block, index..end), "、".to_owned(), false))
        }
        1 if is_end(block, end) => Some((spread(block, index..end), "。".to_owned(), true)),
        count if count >= 3 && !behind.is_ascii_alphanumeric() && behind != '/' => {
            Some((index..end, "……".to_owned(), true))
        }
        _ => None,
    }
}

/// Whether a sentence may end before an index.
fn is_end(block: &Block<'_>, index: usize) -> bool {
    let next = block.at(index);
    let beyond = block.at(block.beyond_blanks(index));
    matches!(next, '\n' | '”' | '’' | '）' | ')')
        || (next == ' ' && (is_chinese(beyond) || beyond == '\n' || beyond == OPAQUE))
}

/// Whether a block begins with a Chinese number and a dot: 一.总则.
fn is_number_of_heading(block: &Block<'_>, index: usize) -> bool {
    if index > 3 {
        return false;
    }
    let number = block.slice(0..index);
    let is_numeral = |one: char| "一二三四五六七八九十百".contains(one);
    !number.is_empty() && number.chars().all(is_numeral) && block.at(index + 1) != '\n'
}

fn dash(block: &Block<'_>, index: usize) -> Option<Fault> {
    let is_pair = block.at(index + 1) == '-' && block.at(index + 2) != '-';
    let alone = block.before(index) != '-';
    let between = is_chinese(block.before(index)) && is_chinese(block.at(index + 2));
    (is_pair && alone && between).then(|| (index..index + 2, "——".to_owned(), true))
}

/// The narrow form of a letter or digit, or of a mark that belongs to numbers.
fn wide(one: char) -> Option<char> {
    match one {
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '％' => {
            char::from_u32(u32::from(one) - 0xfee0)
        }
        _ => None,
    }
}

/// Marks that are narrow between narrow letters and digits.
fn wide_mark(one: char) -> Option<char> {
    match one {
        '．' | '／' | '－' | '＠' | '＿' => char::from_u32(u32::from(one) - 0xfee0),
        _ => None,
    }
}

/// Wide letters and digits from an index on, with the marks between them.
fn wide_run(block: &Block<'_>, index: usize) -> Option<Fault> {
    let mut right = String::new();
    let mut end = index;
    loop {
        let one = block.at(end);
        let next = block.at(end + 1);
        if let Some(narrow) = wide(one) {
            right.push(narrow);
        } else if let Some(narrow) = wide_mark(one)
            && end > index
            && (wide(next).is_some() || next.is_ascii_alphanumeric())
        {
            right.push(narrow);
        } else {
            break;
        }
        end += 1;
    }
    // `１.` at the beginning would become a number of a list.
    let begins = index == 0 || block.before(index) == '\n';
    let is_safe = !(begins && matches!(block.at(end), '.' | ')'));
    Some((index..end, right, is_safe))
}

/// Characters between two brackets that belong together.
const LONGEST: usize = 500;

/// Brackets: both of a pair are wide where Chinese stands in them or before them, and never one alone.
fn brackets(block: &Block<'_>) -> Vec<Slip> {
    let mut open: Vec<usize> = Vec::new();
    let mut slips = Vec::new();
    for index in 0..block.length() {
        match block.at(index) {
            '(' | '（' => open.push(index),
            ')' | '）' => {
                if let Some(start) = open.pop() {
                    slips.extend(pair(block, start, index));
                }
            }
            _ => {}
        }
    }
    slips
}

fn pair(block: &Block<'_>, start: usize, end: usize) -> Vec<Slip> {
    // Nobody puts a page into brackets: those do not belong together.
    if end - start > LONGEST {
        return Vec::new();
    }
    let is_half = [block.at(start) == '(', block.at(end) == ')'];
    let inside = block.slice(start + 1..end);
    let is_chinese_pair = inside.chars().any(is_han)
        || (ends_chinese(block.before(start)) && !inside.is_empty() && !inside.contains(OPAQUE));
    // `max(1000, 表的数量)` is a formula, not a remark.
    let is_call = matches!(block.before(start), 'a'..='z' | '_');
    let is_wrong = match is_half {
        [false, false] => false,
        [true, true] => is_chinese_pair && !is_call,
        _ => true,
    };
    if !is_wrong {
        return Vec::new();
    }
    let mut slips = Vec::new();
    let is_safe = !inside.contains('\n');
    if is_half[0] {
        let blanks = block.blanks_before(start);
        let from = if ends_chinese(block.before(blanks)) {
            blanks
        } else {
            start
        };
        slips.push(block.slip(Kind::Width, from..start + 1, "（", is_safe));
    }
    if is_half[1] {
        let blanks = block.beyond_blanks(end + 1);
        let to = if is_chinese(block.at(blanks)) {
            blanks
        } else {
            end + 1
        };
        slips.push(block.slip(Kind::Width, end..to, "）", is_safe));
    }
    slips
}

/// Straight quotation marks around Chinese, where every one has its partner.
fn quotes(block: &Block<'_>) -> Vec<Slip> {
    let marks: Vec<usize> = (0..block.length())
        .filter(|index| block.at(*index) == '"')
        .collect();
    let is_inch = |index: &usize| block.before(*index).is_ascii_digit();
    if marks.len() % 2 == 1 || marks.iter().any(is_inch) {
        return Vec::new();
    }
    let mut slips = Vec::new();
    for two in marks.chunks_exact(2) {
        let [start, end] = [two[0], two[1]];
        let inside = block.slice(start + 1..end);
        let sound = !inside.is_empty()
            && !inside.starts_with(char::is_whitespace)
            && !inside.ends_with(char::is_whitespace)
            && inside.chars().any(is_han);
        if sound {
            slips.push(block.slip(Kind::Width, start..start + 1, "“", true));
            slips.push(block.slip(Kind::Width, end..end + 1, "”", true));
        }
    }
    slips
}
