//! What belongs to a person stands nowhere in a site's sources (个人信息保护法 articles 25, 28, 34). Findings do not
//! repeat what they found.

use super::rules;
use crate::content::enforcement_case::EnforcementCase;
use crate::diag::{Diagnostic, Severity, Span};
use crate::path::SourcePath;
use crate::text::personal::{Found, Kind, mask};

/// The findings about one file; `allowed` are the office's own published contacts. In a folder of other people's
/// documents (`lenient`) all but identity numbers are only told: in texts on programs they often are examples.
#[must_use]
pub fn check(
    path: &SourcePath,
    personal: &[(Found, String)],
    allowed: &[String],
    lenient: bool,
) -> Vec<Diagnostic> {
    let found = personal
        .iter()
        .filter(|(found, value)| found.kind != Kind::PersonName && !is_allowed(value, allowed));
    let found = found.map(|(found, value)| {
        let mut one = finding(path, found, value);
        if lenient && found.kind != Kind::IdentityNumber {
            one.severity = Severity::Warning;
        }
        one
    });
    found.collect()
}

/// Whether the office publishes this itself.
#[must_use]
pub fn is_allowed(value: &str, allowed: &[String]) -> bool {
    let value = plain(value);
    allowed.iter().any(|one| plain(one) == value)
}

/// Whether a name is that of the party of a case: a record may say it, and of a teaching case another rule speaks.
#[must_use]
pub fn is_party(case: &EnforcementCase, name: &str) -> bool {
    let is_record = case.form.value == "record";
    case.party.trim() == name || is_record && case.party.contains(name)
}

/// The findings about names in a case. A record may name whom it is about, who alone is exposed to the public by it; a
/// teaching case that does so has a finding of its own.
#[must_use]
pub fn names(
    path: &SourcePath,
    personal: &[(Found, String)],
    case: &EnforcementCase,
    allowed: &[String],
) -> Vec<Diagnostic> {
    let found = personal.iter().filter(|(found, name)| {
        found.kind == Kind::PersonName && !is_party(case, name) && !is_allowed(name, allowed)
    });
    let found = found.map(|(found, name)| {
        let span = Span {
            source: path.clone(),
            bytes: found.bytes.clone(),
        };
        let mask = mask(Kind::PersonName, name);
        let message = [
            "案例里写出了自然人的姓名（个人信息保护法第二十五条、行政处罚法第五十条）".to_owned(),
            "this case names a natural person (个人信息保护法 article 25, 行政处罚法 article 50)"
                .to_owned(),
        ];
        let help = [
            format!("写成“{mask}”；用 anjian mask 一次改好"),
            format!("write {mask}; `anjian mask` does so everywhere"),
        ];
        rules::finding("person-named", span, message, help)
    });
    found.collect()
}

/// Numbers without what parts their groups, addresses of mail in small letters.
fn plain(value: &str) -> String {
    let kept = value
        .chars()
        .filter(|one| !matches!(one, ' ' | '-' | '－' | '\u{3000}' | '·' | '—' | '+'));
    kept.flat_map(char::to_lowercase).collect()
}

/// What each kind is called, in Chinese and in English.
#[must_use]
pub fn noun(kind: Kind) -> [&'static str; 2] {
    match kind {
        Kind::IdentityNumber => ["身份证号码", "an identity number"],
        Kind::MobileNumber => ["手机号码", "a mobile number"],
        Kind::BankCard => ["银行卡号", "a bank card's number"],
        Kind::HomeAddress => ["住址", "a home address"],
        Kind::Email => ["邮箱", "an address of mail"],
        Kind::PersonName => ["姓名", "a person's name"],
    }
}

fn finding(path: &SourcePath, found: &Found, value: &str) -> Diagnostic {
    let [zh, en] = noun(found.kind);
    let span = Span {
        source: path.clone(),
        bytes: found.bytes.clone(),
    };
    let message = [
        format!("这里有{zh}，不得公开（个人信息保护法第二十五条、第二十八条）"),
        format!(
            "here stands {en}, which must not be published (个人信息保护法 articles 25 and 28)"
        ),
    ];
    let mask = mask(found.kind, value);
    let help = [
        format!(
            "删去，或写成{mask}；是本单位公开的联系方式，就写进 site.toml 的 [personal] allowed"
        ),
        format!(
            "delete it or write {mask}; a published contact of the office goes into [personal] allowed of site.toml"
        ),
    ];
    rules::finding("personal-data", span, message, help)
}
