//! Numbers of persons: whatever their digits look like and however their groups are parted.

use super::{Found, Kind};
use std::ops::Range;

/// A digit, however wide it is written.
pub(super) fn digit(one: char) -> Option<u32> {
    match one {
        '0'..='9' => one.to_digit(10),
        '０'..='９' => u32::from(one).checked_sub(u32::from('０')),
        _ => None,
    }
}

/// A group of digits that follow each other.
struct Group {
    bytes: Range<usize>,
    digits: Vec<u32>,
    /// Whether an `X` follows at once, the check digit of ten.
    ten: bool,
    /// What stands before and behind.
    before: Option<char>,
    behind: Option<char>,
}

fn groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut before = None;
    let mut open = false;
    for (at, one) in text.char_indices() {
        match digit(one) {
            Some(digit) if open => {
                if let Some(group) = groups.last_mut() {
                    group.digits.push(digit);
                    group.bytes.end = at + one.len_utf8();
                }
            }
            Some(digit) => {
                groups.push(Group {
                    bytes: at..at + one.len_utf8(),
                    digits: vec![digit],
                    ten: false,
                    before,
                    behind: None,
                });
                open = true;
            }
            None => {
                if let Some(group) = groups.last_mut().filter(|_| open) {
                    group.behind = Some(one);
                    group.ten = matches!(one, 'x' | 'X' | 'ｘ' | 'Ｘ');
                }
                open = false;
            }
        }
        before = Some(one);
    }
    groups
}

/// Whether a character belongs to the same word as a number beside it, which is then a code.
fn in_word(one: Option<char>) -> bool {
    one.is_some_and(|one| one.is_ascii_alphabetic() || one == '_')
}

/// Every number of a person in a text.
pub(super) fn numbers(text: &str) -> Vec<Found> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(group) = groups.get(at) {
        let (taken, one) = longest(text, &groups[at..]).unwrap_or((1, None));
        if let Some(kind) = one {
            let last = &groups[at + taken - 1];
            let mut bytes = group.bytes.start..last.bytes.end;
            if kind == Kind::IdentityNumber && last.ten {
                bytes.end += last.behind.map_or(0, char::len_utf8);
            }
            found.push(Found { kind, bytes });
        }
        at += taken;
    }
    found
}

/// What begins at the first group, alone or with groups that are parted from it by one blank or dash each.
fn longest(text: &str, groups: &[Group]) -> Option<(usize, Option<Kind>)> {
    let first = groups.first()?;
    let mut run = 1;
    while let (Some(left), Some(right)) = (groups.get(run - 1), groups.get(run)) {
        let between = text.get(left.bytes.end..right.bytes.start)?;
        let joined = matches!(between, " " | "-" | "－" | "\u{3000}" | "·" | "—");
        if !joined || run == 6 {
            break;
        }
        run += 1;
    }
    for taken in (1..=run).rev() {
        let parts = groups.get(..taken)?;
        let digits: Vec<u32> = parts
            .iter()
            .flat_map(|part| part.digits.iter().copied())
            .collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.digits.len()).collect();
        let last = parts.last()?;
        let code = in_word(first.before) || (in_word(last.behind) && !last.ten);
        if is_identity(&digits, last.ten) && (taken == 1 || written_identity(&lengths)) {
            return Some((taken, Some(Kind::IdentityNumber)));
        }
        let behind = text.get(last.bytes.end..).unwrap_or_default();
        let fraction = behind.strip_prefix(['.', '．']);
        let goes_on = fraction
            .and_then(|rest| rest.chars().next())
            .and_then(digit);
        if code || goes_on.is_some() || matches!(first.before, Some('.' | '．')) {
            continue;
        }
        if is_mobile(&digits) && (taken == 1 || lengths == [3, 4, 4]) {
            return Some((taken, Some(Kind::MobileNumber)));
        }
        // With the country's number before it.
        if lengths.first() == Some(&2) && digits.starts_with(&[8, 6]) && is_mobile(&digits[2..]) {
            return Some((taken, Some(Kind::MobileNumber)));
        }
        if is_card(&digits) && (taken == 1 || written_card(&lengths)) {
            return Some((taken, Some(Kind::BankCard)));
        }
    }
    Some((1, None))
}

/// Regions of GB/T 2260: the first two digits of an identity number.
pub(super) const REGIONS: [u32; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
];

/// Whether digits are an identity number: 18 of them, or 17 and an `X`, with a region, a birthday and the check digit
/// of ISO 7064 MOD 11-2.
fn is_identity(digits: &[u32], ten: bool) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let (body, check) = match (digits.len(), ten) {
        (18, false) => (&digits[..17], digits[17]),
        (17, true) => (digits, 10),
        _ => return false,
    };
    let number =
        |from: usize, to: usize| body[from..to].iter().fold(0, |sum, digit| sum * 10 + digit);
    let born = (1850..2100).contains(&number(6, 10))
        && (1..=12).contains(&number(10, 12))
        && (1..=31).contains(&number(12, 14));
    let sum: u32 = body
        .iter()
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    REGIONS.contains(&number(0, 2)) && born && (12 - sum % 11) % 11 == check
}

/// Region, birthday, the rest; or in fours.
fn written_identity(lengths: &[usize]) -> bool {
    matches!(
        lengths,
        [6, 8, 3 | 4] | [6, 4, 4, 3 | 4] | [6, 4, 2, 2, 3 | 4] | [4, 4, 4, 4, 1 | 2]
    )
}

fn is_mobile(digits: &[u32]) -> bool {
    digits.len() == 11 && digits[0] == 1 && (3..=9).contains(&digits[1])
}

/// Whether digits are a card's number: 16 to 19, of a bank by their beginning, with the check digit.
pub(super) fn is_card(digits: &[u32]) -> bool {
    let length = digits.len();
    // Cards of China's banks are of 16 to 19 digits, those of other makers of 16; times in databases are of 18.
    let bank = match digits {
        [6, 0 | 2, ..] => (16..=19).contains(&length),
        [4, ..] | [5, 1..=5, ..] => length == 16,
        [9, 5, 5, ..] => length == 19,
        _ => false,
    };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match at % 2 {
            0 => *digit,
            _ => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    bank && sum.is_multiple_of(10)
}

fn written_card(lengths: &[usize]) -> bool {
    let (last, before) = lengths.split_last().unwrap_or((&0, &[]));
    (1..=4).contains(last) && before.iter().all(|length| *length == 4)
        || matches!(lengths, [6, 10..=13])
}
