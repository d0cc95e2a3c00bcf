//! What belongs to a person stands nowhere in a site's sources (个人信息保护法 articles 25, 28, 34). Findings do not
//! repeat what they found.

use crate::diag::{Diagnostic, Message, Severity, Span};
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
    let known: Vec<String> = allowed.iter().map(|one| plain(one)).collect();
    let unknown = personal
        .iter()
        .filter(|(_, value)| !known.contains(&plain(value)));
    let found = unknown.map(|(found, _)| {
        let mut one = finding(path, found);
        if lenient && found.kind != Kind::IdentityNumber {
            one.severity = Severity::Warning;
        }
        one
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

fn finding(path: &SourcePath, found: &Found) -> Diagnostic {
    let (zh, en) = match found.kind {
        Kind::IdentityNumber => ("身份证号码", "an identity number"),
        Kind::MobileNumber => ("手机号码", "a mobile number"),
        Kind::BankCard => ("银行卡号", "a bank card's number"),
        Kind::HomeAddress => ("住址", "a home address"),
        Kind::Email => ("邮箱", "an address of mail"),
    };
    let span = Span {
        source: path.clone(),
        bytes: found.bytes.clone(),
    };
    let message = Message::new(
        format!("这里有{zh}，不得公开（个人信息保护法第二十五条、第二十八条）"),
        format!(
            "here stands {en}, which must not be published (个人信息保护法 articles 25 and 28)"
        ),
    );
    let help = Message::new(
        format!(
            "删去，或写成{}；是本单位公开的联系方式，就写进 site.toml 的 [personal] allowed",
            mask(found.kind)
        ),
        format!(
            "delete it or write {}; a published contact of the office goes into [personal] allowed of site.toml",
            mask(found.kind)
        ),
    );
    Diagnostic::error("personal-data", span, message).with_help(help)
}
