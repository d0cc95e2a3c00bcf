//! What in a text belongs to a person and not on a public page: identity numbers, mobile numbers, bank cards, home
//! addresses, addresses of mail (个人信息保护法 articles 25, 28 and 34; 行政处罚法 article 50), and how each is written
//! masked. No national rule fixes how many digits a mask leaves, so it leaves none.

mod numbers;
mod places;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

use numbers::numbers;
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
}

/// Personal data in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub bytes: Range<usize>,
}

/// Everything in a text that is personal, in order; nothing overlaps.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut found = numbers(text);
    found.extend(addresses(text));
    found.extend(emails(text));
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

/// What stands in a public text instead.
#[must_use]
pub fn mask(kind: Kind) -> &'static str {
    match kind {
        Kind::IdentityNumber => "（身份证号码略）",
        Kind::MobileNumber => "（手机号码略）",
        Kind::BankCard => "（银行账号略）",
        Kind::HomeAddress => "（住址略）",
        Kind::Email => "（邮箱略）",
    }
}

/// A text with everything personal masked, but for what `allowed` lets pass.
#[must_use]
pub fn masked(text: &str, allowed: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for one in find(text) {
        let (Some(before), Some(value)) =
            (text.get(done..one.bytes.start), text.get(one.bytes.clone()))
        else {
            continue;
        };
        if allowed(value) {
            continue;
        }
        out.push_str(before);
        out.push_str(mask(one.kind));
        done = one.bytes.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// A text in which everything personal is covered by stars: as many bytes and columns as before, so that places in it
/// stay what they are.
#[must_use]
pub fn covered(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for one in found {
        out.push_str(text.get(done..one.bytes.start).unwrap_or_default());
        for character in text.get(one.bytes.clone()).unwrap_or_default().chars() {
            out.push_str(match character.len_utf8() {
                1 => "*",
                2 => "¤",
                3 => "＊",
                _ => "＊*",
            });
        }
        done = one.bytes.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}
