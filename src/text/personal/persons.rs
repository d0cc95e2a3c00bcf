//! Names of natural persons, told by what stands beside them and never by their characters alone: a role before, a sex
//! or an identity number behind, a punishment, a list that ends with 等人. Where one name is told so, it is found wherever
//! else it stands in the text. 张某, 李某某, 王某甲, posts and 甲、乙 are no names.

#[cfg(test)]
mod tests;
mod words;

use super::{Found, Kind};
use crate::text::is_han;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;
use words::{
    COMMON, COMPOUND, DOUBTFUL, FOLLOW, NO_NAMES, NOT_GIVEN, ROLES, STRUCK, SURNAMES, VERBS,
};

/// Roles, the longest first, so that 副总经理 is not read as 经理.
static ROLE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest);
    builder.build(ROLES).ok()
});
/// What stands right behind a name and tells that it is one.
static BEHIND: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let marks = [
        "（男",
        "（女",
        "(男",
        "(女",
        "，男，",
        "，女，",
        ",男,",
        ",女,",
        "、男、",
        "、女、",
        "（身份证",
        "(身份证",
        "，身份证",
        ",身份证",
        "，居民身份证",
        "（居民身份证",
        "，公民身份",
        "（公民身份",
        "同志",
        "先生",
        "女士",
    ];
    let all = marks.iter().copied().chain(STRUCK);
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest);
    builder.build(all).ok()
});
static STOPS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| NO_NAMES.split_whitespace().collect());

/// Every name of a person in a text, in order; nothing overlaps.
#[must_use]
pub fn persons(text: &str) -> Vec<Found> {
    let mut told = BTreeSet::new();
    after_roles(text, &mut told);
    before_marks(text, &mut told);
    in_lists(text, &mut told);
    everywhere(text, &told)
}

/// The surname that is written for a name in a public text, with 某.
#[must_use]
pub fn masked_name(name: &str) -> String {
    let surname = name.chars().take(surname_length(name).unwrap_or(1));
    surname.chain(['某']).collect()
}

/// Where each of these names stands.
fn everywhere(text: &str, names: &BTreeSet<&str>) -> Vec<Found> {
    if names.is_empty() {
        return Vec::new();
    }
    let mut builder = AhoCorasick::builder();
    builder.match_kind(MatchKind::LeftmostLongest);
    let Ok(finder) = builder.build(names) else {
        return Vec::new();
    };
    let found = finder.find_iter(text).map(|one| Found {
        kind: Kind::PersonName,
        bytes: one.range(),
    });
    found.collect()
}

/// How many characters the surname at the beginning of a text has.
fn surname_length(text: &str) -> Option<usize> {
    if COMPOUND.iter().any(|name| text.starts_with(name)) {
        return Some(2);
    }
    let first = text.chars().next()?;
    [SURNAMES, DOUBTFUL, VERBS]
        .iter()
        .any(|list| list.contains(first))
        .then_some(1)
}

/// Whether these characters, and no fewer, can be a name.
fn is_name(text: &str) -> bool {
    let Some(surname) = surname_length(text) else {
        return false;
    };
    let count = text.chars().count();
    let given = text.chars().skip(surname);
    let sound = given
        .clone()
        .all(|one| is_han(one) && !NOT_GIVEN.contains(one));
    let two: String = text.chars().take(2).collect();
    let title: String = given.collect();
    let titles = [
        "师傅", "老师", "先生", "女士", "小姐", "同志", "医生", "总", "哥", "姐", "嫂", "家", "方",
        "化", "性", "度", "率",
    ];
    (surname + 1..=surname + 2).contains(&count)
        && sound
        && !STOPS.contains(two.as_str())
        && !titles.contains(&title.as_str())
}

/// Whether a name begins like an everyday word.
fn is_doubtful(name: &str) -> bool {
    let first = name.chars().next();
    surname_length(name) == Some(1)
        && first.is_some_and(|one| DOUBTFUL.contains(one) || VERBS.contains(one))
}

/// The first `count` characters of a text, where it has so many.
fn head(text: &str, count: usize) -> Option<&str> {
    let end = text.char_indices().nth(count).map_or_else(
        || (text.chars().count() == count).then_some(text.len()),
        |(at, _)| Some(at),
    );
    text.get(..end?)
}

/// The last `count` characters of a text.
fn tail(text: &str, count: usize) -> Option<&str> {
    let (at, _) = text.char_indices().rev().nth(count.checked_sub(1)?)?;
    text.get(at..)
}

/// Whether a name may end before this character without a doubt.
fn ends(next: Option<char>) -> bool {
    next.is_none_or(|one| !is_han(one) && !one.is_alphanumeric() && one != '×')
}

/// The name that a text begins with: the longest that fits what stands behind it.
fn leading(text: &str) -> Option<&str> {
    let surname = surname_length(text)?;
    let first = text.chars().next()?;
    if surname == 1 && VERBS.contains(first) {
        return None;
    }
    let doubtful = surname == 1 && DOUBTFUL.contains(first);
    let runs_on = |count| !doubtful || count > surname + 1 && COMMON.contains(first);
    [surname + 2, surname + 1].into_iter().find_map(|count| {
        let name = head(text, count).filter(|name| is_name(name))?;
        let rest = text.get(name.len()..)?;
        let next = rest.chars().next();
        let goes_on = next.is_some_and(|one| FOLLOW.contains(one));
        (ends(next) || goes_on && runs_on(count)).then_some(name)
    })
}

/// Names behind a role: 法定代表人张三, 负责人：张三, 姓名 | 张三.
fn after_roles<'a>(text: &'a str, told: &mut BTreeSet<&'a str>) {
    let Some(finder) = &*ROLE else { return };
    for role in finder.find_iter(text) {
        let rest = text.get(role.end()..).unwrap_or_default();
        let gap = rest.find(|one: char| !is_gap(one)).unwrap_or(rest.len());
        let (gap, mut rest) = rest.split_at_checked(gap).unwrap_or(("", rest));
        if gap.matches('\n').count() > 0 {
            continue;
        }
        for word in ["姓名", "为", "是", "系"] {
            if let Some(inner) = rest.strip_prefix(word) {
                let inner_gap = inner.find(|one: char| !is_gap(one)).unwrap_or(0);
                rest = inner.get(inner_gap..).unwrap_or_default();
                break;
            }
        }
        // 弱电工程、电工程序 are no electricians, 确保安全 is no guard.
        let called = text.get(role.range()).unwrap_or_default();
        let before = text.get(..role.start()).unwrap_or_default();
        if called.ends_with('工') && rest.starts_with('程')
            || called == "保安" && before.ends_with('确')
        {
            continue;
        }
        names_in_row(rest, told);
    }
}

/// A name, and those that follow it with 、 or 和.
fn names_in_row<'a>(text: &'a str, told: &mut BTreeSet<&'a str>) {
    let mut rest = text;
    // Nobody writes down more in a row; a hostile text might.
    for _ in 0..64 {
        let Some(name) = leading(rest) else {
            return;
        };
        told.insert(name);
        let behind = rest.get(name.len()..).unwrap_or_default();
        let next = ["、", "和", "与", "及", "，"]
            .iter()
            .find_map(|between| behind.strip_prefix(between));
        match next {
            Some(next) => rest = next,
            None => return,
        }
    }
}

fn is_gap(one: char) -> bool {
    matches!(
        one,
        ' ' | '\u{3000}'
            | '\t'
            | '：'
            | ':'
            | '|'
            | '＝'
            | '='
            | '“'
            | '"'
            | '`'
            | '*'
            | '_'
            | '—'
            | '\n'
    )
}

/// Names before a sex, an identity number, 同志, or a punishment that follows 对 or 给予.
fn before_marks<'a>(text: &'a str, told: &mut BTreeSet<&'a str>) {
    let Some(finder) = &*BEHIND else { return };
    for mark in finder.find_iter(text) {
        let before = text.get(..mark.start()).unwrap_or_default();
        let word = text.get(mark.range()).unwrap_or_default();
        let struck = STRUCK.contains(&word);
        let polite = ["同志", "先生", "女士"].contains(&word);
        let name = [4, 3, 2].into_iter().find_map(|count| {
            let name = tail(before, count).filter(|name| is_name(name))?;
            let left = before.get(..before.len() - name.len())?;
            let doubtful = is_doubtful(name);
            let opened = left.chars().next_back().is_none_or(|one| !is_han(one));
            let called = left.ends_with([
                '对', '由', '是', '系', '为', '名', '叫', '和', '与', '将', '给',
            ]);
            let fits = match (struck, polite) {
                (true, _) => left.ends_with('对') && !doubtful,
                (_, true) => (opened || called) && !doubtful && count >= 3,
                _ => opened || called || !doubtful,
            };
            fits.then_some(name)
        });
        told.extend(name);
    }
}

/// How many bytes before 等人 are looked at: a list of twenty-five names.
const LIST: usize = 300;

/// The last bytes of a text, from a character's beginning on.
fn last(text: &str, bytes: usize) -> &str {
    let mut start = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..).unwrap_or_default()
}

/// Names in a list that ends with 等人 or 等3人.
fn in_lists<'a>(text: &'a str, told: &mut BTreeSet<&'a str>) {
    for (at, _) in text.match_indices('等') {
        let behind = text.get(at + '等'.len_utf8()..).unwrap_or_default();
        let number = |one: char| one.is_ascii_digit() || "一二三四五六七八九十两几多".contains(one);
        let behind = behind.trim_start_matches(number);
        if !["人", "名"].iter().any(|word| behind.starts_with(word)) {
            continue;
        }
        let items = listed(last(text.get(..at).unwrap_or_default(), LIST));
        // One name before 等人 must stand alone; of several all must be names.
        let (first, others) = match items.split_last() {
            Some((first, others)) => (*first, others),
            None => continue,
        };
        if !others.iter().all(|name| is_name(name)) {
            continue;
        }
        let sure = |name: &str| !is_doubtful(name);
        let lead = match is_name(first) {
            true => Some(first),
            false => [4, 3, 2].into_iter().find_map(|count| {
                let name = tail(first, count).filter(|name| is_name(name) && sure(name))?;
                let role = first.strip_suffix(name)?;
                ROLES.iter().any(|one| role.ends_with(one)).then_some(name)
            }),
        };
        if others.is_empty() && !lead.is_some_and(sure) {
            continue;
        }
        told.extend(lead);
        told.extend(others);
    }
}

/// The items of the list that a text ends with, the last first.
fn listed(text: &str) -> Vec<&str> {
    let mut rest = text;
    let mut items = Vec::new();
    while items.len() < 64 {
        let (start, between) = match rest.char_indices().rev().find(|(_, one)| !is_han(*one)) {
            Some((at, one)) => (at + one.len_utf8(), Some((at, one))),
            None => (0, None),
        };
        items.push(rest.get(start..).unwrap_or_default());
        match between {
            Some((at, '、')) => rest = rest.get(..at).unwrap_or_default(),
            _ => break,
        }
    }
    items
}
