//! Escaping for HTML text, attribute values and addresses, and the judgement of addresses.

use std::fmt::Write;

/// Appends `text` escaped for HTML text and for double-quoted attribute values.
pub fn push_text(out: &mut String, text: &str) {
    let mut done = 0;
    // Every byte that is replaced is a character of its own.
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\0' => "\u{FFFD}",
            _ => continue,
        };
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push_str(escaped);
        done = at + 1;
    }
    out.push_str(text.get(done..).unwrap_or_default());
}

/// `text` escaped for HTML text and for double-quoted attribute values.
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_text(&mut out, text);
    out
}

/// `address` percent-encoded where needed and escaped for an attribute.
pub fn href(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            _ if is_address_byte(byte) => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// Whether a byte may stand in an address as it is.
fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.+!*(),%#@?=;:/,$~".contains(&byte)
}

/// What an address is, by its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// Leads out of the site and is written as it is.
    External,
    /// A page, file, anchor or `ref:` target for the site to resolve.
    Internal,
    /// Would run code when followed.
    Dangerous,
}

/// Judges an address the way browsers read it: blanks and control characters do not count.
pub fn judge(address: &str) -> Address {
    let bare: String = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .take(64)
        .collect::<String>()
        .to_ascii_lowercase();
    if bare.starts_with("//") {
        return Address::External;
    }
    match scheme(&bare) {
        Some("javascript" | "vbscript") => Address::Dangerous,
        Some("data") if !is_picture(&bare) => Address::Dangerous,
        Some("ref") | None => Address::Internal,
        Some(_) => Address::External,
    }
}

/// Whether a `data:` address is a bitmap.
fn is_picture(address: &str) -> bool {
    ["png", "jpeg", "gif", "webp", "avif"].iter().any(|kind| {
        address
            .strip_prefix("data:image/")
            .is_some_and(|rest| rest.starts_with(kind))
    })
}

/// The scheme of an address, of two characters at least so that `c:` is none.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut chars = scheme.chars();
    let valid = chars.next()?.is_ascii_alphabetic()
        && scheme.len() > 1
        && chars.all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    valid.then_some(scheme)
}
