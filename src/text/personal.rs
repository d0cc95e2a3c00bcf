//! What in a text belongs to a person and not on a public page: identity numbers, mobile numbers, bank cards, home
//! addresses, addresses of mail, names of persons in cases (个人信息保护法 articles 25, 28 and 34; 行政处罚法 article 50),
//! and how each is written masked. No national rule fixes how many digits a mask leaves, so it leaves none.

mod numbers;
pub mod persons;
mod places;
#[cfg(test)]
mod tests;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use numbers::numbers;
use persons::{masked_name, persons};
use places::{addresses, emails};

/// A kind of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A citizen's identity number with its check digit (GB 11643-1999).
    IdentityNumber,
    /// A mobile telephone's number.
    MobileNumber,
    /// A bank card's number with its check digit (ISO/IEC 7812-1, Luhn).
    BankCard,
    /// Where somebody lives.
    HomeAddress,
    /// An address of mail.
    Email,
    /// What a natural person is called. Only in cases of enforcement is it kept from readers.
    PersonName,
}

/// Personal data in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub bytes: Range<usize>,
}

/// Everything in a text that is personal but for names, in order; nothing overlaps.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut found = numbers(text);
    found.extend(addresses(text));
    found.extend(emails(text));
    apart(found)
}

/// Everything in a text that is personal, with names of persons.
#[must_use]
pub fn find_with_names(text: &str) -> Vec<Found> {
    let mut found = find(text);
    found.extend(persons(text));
    apart(found)
}

/// The findings in order; of those that overlap the first, and of those the longest.
fn apart(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| (one.bytes.start, usize::MAX - one.bytes.end));
    let mut end = 0;
    found.retain(|one| {
        let apart = one.bytes.start >= end;
        if apart {
            end = one.bytes.end;
        }
        apart
    });
    found
}

/// What stands in a public text instead of `value`.
#[must_use]
pub fn mask(kind: Kind, value: &str) -> Cow<'static, str> {
    Cow::Borrowed(match kind {
        Kind::IdentityNumber => "（身份证号码略）",
        Kind::MobileNumber => "（手机号码略）",
        Kind::BankCard => "（银行账号略）",
        Kind::HomeAddress => "（住址略）",
        Kind::Email => "（邮箱略）",
        Kind::PersonName => return Cow::Owned(masked_name(value)),
    })
}

/// How often a text is looked through: what stands beside a mask may only then be seen.
const ROUNDS: usize = 16;

/// A text with everything personal masked wherever it stands, but for what `allowed` lets pass; with names of persons
/// where `names` says so.
#[must_use]
pub fn masked(text: &str, names: bool, allowed: impl Fn(Kind, &str) -> bool) -> String {
    replaced(text, names, allowed, mask)
}

/// A text with whatever [`masked`] masks replaced by what `by` says.
#[must_use]
pub fn replaced<'a>(
    text: &str,
    names: bool,
    allowed: impl Fn(Kind, &str) -> bool,
    by: impl Fn(Kind, &str) -> Cow<'a, str>,
) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let found = match names {
            true => find_with_names(&text),
            false => find(&text),
        };
        let values = found.into_iter().filter_map(|one| {
            let value = text.get(one.bytes)?;
            (!allowed(one.kind, value)).then_some((value, one.kind))
        });
        let values: BTreeSet<(&str, Kind)> = values.collect();
        if values.is_empty() {
            break;
        }
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::LeftmostLongest);
        let Ok(finder) = builder.build(values.iter().map(|(value, _)| value)) else {
            break;
        };
        let masks: Vec<_> = values
            .iter()
            .map(|(value, kind)| by(*kind, value))
            .collect();
        text = finder.replace_all(&text, &masks);
    }
    text
}

/// A text in which everything personal is covered by stars: as many bytes and columns as before, so that places in it
/// stay what they are.
#[must_use]
pub fn covered(text: &str) -> Cow<'_, str> {
    let found = find_with_names(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for one in found {
        out.push_str(text.get(done..one.bytes.start).unwrap_or_default());
        out.push_str(&stars(text.get(one.bytes.clone()).unwrap_or_default()));
        done = one.bytes.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// As many bytes and columns of stars as a text has.
#[must_use]
pub fn stars(text: &str) -> String {
    let stars = text.chars().map(|character| match character.len_utf8() {
        1 => "*",
        2 => "¤",
        3 => "＊",
        _ => "＊*",
    });
    stars.collect()
}
