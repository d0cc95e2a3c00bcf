//! Where persons live, and where mail reaches them.

use super::numbers::digit;
use super::{Found, Kind};

/// Words that announce where somebody lives.
const LIVES: [&str; 12] = [
    "家庭住址",
    "家庭地址",
    "居住地址",
    "现住址",
    "现住地",
    "户籍地址",
    "户籍所在地",
    "户籍地",
    "身份证住址",
    "住址",
    "家住",
    "居住在",
];

/// What an address of a house is made of, largest first.
const PLACES: &str = "省市州盟区县旗镇乡街路巷弄道村社组队号楼栋幢座单元室层湾园苑庄屯寨里";

/// The longest address in characters: whatever follows a word, a hostile text costs no more than its length.
const LONGEST: usize = 80;

/// The beginning of a text, as long as an address may be.
fn within(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST).map(|(at, _)| at);
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// What follows a word that announces it, up to the end of the part of the sentence; and whatever names a flat.
pub(super) fn addresses(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for word in LIVES {
        for (at, _) in text.match_indices(word) {
            let start = at + word.len();
            let rest = text.get(start..).unwrap_or_default();
            let value =
                rest.trim_start_matches([' ', '\u{3000}', '：', ':', '为', '是', '在', '于']);
            let begin = start + rest.len() - value.len();
            let value = within(value);
            let end = value.find(ends_address).unwrap_or(value.len());
            let value = value.get(..end).unwrap_or_default().trim_end();
            let numbered = value
                .chars()
                .any(|one| digit(one).is_some() || "一二三四五六七八九十".contains(one));
            let places = value.chars().filter(|one| PLACES.contains(*one)).count();
            if numbered && places >= 2 || places >= 3 {
                found.push(Found {
                    kind: Kind::HomeAddress,
                    bytes: begin..begin + value.len(),
                });
            }
        }
    }
    found.extend(flats(text));
    found.sort_by_key(|one| (one.bytes.start, usize::MAX - one.bytes.end));
    found
}

fn ends_address(one: char) -> bool {
    matches!(
        one,
        '，' | '。'
            | '；'
            | '、'
            | ','
            | ';'
            | '\n'
            | '（'
            | '('
            | '）'
            | ')'
            | '|'
            | '<'
            | '”'
            | '"'
    )
}

/// A flat: a building's number and a room's behind it, as in 3栋2单元501室.
fn flats(text: &str) -> Vec<Found> {
    const BUILDINGS: [&str; 4] = ["栋", "幢", "号楼", "座"];
    const ROOMS: [&str; 2] = ["室", "单元"];
    let mut found = Vec::new();
    for building in BUILDINGS {
        for (at, _) in text.match_indices(building) {
            let before = text.get(..at).unwrap_or_default();
            let numbered = before
                .chars()
                .next_back()
                .is_some_and(|one| digit(one).is_some() || one.is_ascii_alphabetic());
            let rest = text.get(at + building.len()..).unwrap_or_default();
            let near = within(rest);
            let near = near.get(..near.find(ends_address).unwrap_or(near.len()));
            let near = near.unwrap_or_default();
            let room = ROOMS.iter().filter_map(|room| {
                let place = near.find(room)?;
                let inside = near.get(..place)?;
                let number = inside
                    .chars()
                    .next_back()
                    .is_some_and(|one| digit(one).is_some());
                (number && inside.chars().count() <= 12).then_some(place + room.len())
            });
            let Some(end) = room.max().filter(|_| numbered) else {
                continue;
            };
            // From where the place begins to be named: the nearest end of a part of the sentence.
            let mut near = before.char_indices().rev().take(LONGEST);
            let start = near.find(|(_, one)| ends_address(*one) || matches!(one, '：' | ':' | ' '));
            let start = match (start, before.char_indices().rev().nth(LONGEST)) {
                (Some((place, one)), _) => place + one.len_utf8(),
                (None, Some((place, one))) => place + one.len_utf8(),
                (None, None) => 0,
            };
            found.push(Found {
                kind: Kind::HomeAddress,
                bytes: start..at + building.len() + end,
            });
        }
    }
    found
}

/// How far back an address of the web may have begun, in bytes: hostile texts are one long word.
const LONGEST_LOGIN: usize = 300;

/// Every address of mail in a text.
pub(super) fn emails(text: &str) -> Vec<Found> {
    let local = |one: char| one.is_ascii_alphanumeric() || "._%+-".contains(one);
    let domain = |one: char| one.is_ascii_alphanumeric() || ".-".contains(one);
    let found = text.match_indices('@').filter_map(|(at, _)| {
        let before = text.get(..at)?;
        let start = before
            .char_indices()
            .rev()
            .take_while(|(_, one)| local(*one))
            .last()?
            .0;
        // In an address of the web a name and a password stand there, no mailbox.
        let near = (before.len().saturating_sub(LONGEST_LOGIN)..)
            .find(|at| before.is_char_boundary(*at))?;
        let near = before.get(near..)?;
        let word = near.rsplit(|one: char| !one.is_ascii_graphic()).next()?;
        let login = word.rsplit_once("://").map(|(_, login)| login);
        if login.is_some_and(|login| !login.contains(['/', '?', '#'])) {
            return None;
        }
        let behind = text.get(at + 1..)?;
        let end = behind
            .char_indices()
            .take_while(|(_, one)| domain(*one))
            .last()?;
        let machine = behind.get(..end.0 + 1)?.trim_end_matches(['.', '-']);
        let (_, top) = machine.rsplit_once('.')?;
        let sound = top.len() >= 2 && top.bytes().all(|one| one.is_ascii_alphabetic());
        let after = behind.get(machine.len()..)?;
        let is_login = before.get(start..) == Some("git") && after.starts_with(':');
        (sound && !is_login && !is_reserved(machine)).then(|| Found {
            kind: Kind::Email,
            bytes: start..at + 1 + machine.len(),
        })
    });
    found.collect()
}

/// Names that are nobody's: kept for examples (RFC 2606), and units of a service manager.
fn is_reserved(machine: &str) -> bool {
    let machine = machine.to_ascii_lowercase();
    let ends = |name: &str| {
        let rest = machine.strip_suffix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let names = [
        "example.com",
        "example.net",
        "example.org",
        "example",
        "invalid",
        "test",
        "localhost",
        "service",
    ];
    names.into_iter().any(ends)
}
