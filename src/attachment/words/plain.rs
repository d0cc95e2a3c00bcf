//! Files that are text: lines, whatever they are encoded in.

use super::{Look, Place};
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;

/// Endings of files that are text.
pub(super) const ENDINGS: [&str; 8] = ["txt", "csv", "tsv", "json", "xml", "htm", "html", "log"];

/// Looks at each line.
pub(super) fn read(look: &mut Look, bytes: &[u8]) {
    if !look.take(bytes.len()) {
        return;
    }
    let (text, _) = decoded(bytes);
    for (at, line) in text.lines().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        look.at(&Place::Line(number), line);
    }
}

/// Bytes as text, with what they are encoded in: by their mark, else as UTF-8, else as GB 18030, which Chinese programs
/// write.
#[must_use]
pub fn decoded(bytes: &[u8]) -> (Cow<'_, str>, &'static Encoding) {
    let known = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    match (known, std::str::from_utf8(bytes)) {
        (None, Ok(text)) => (Cow::Borrowed(text), UTF_8),
        (None, Err(_)) => (GB18030.decode(bytes).0, GB18030),
        (Some(encoding), _) => (encoding.decode(bytes).0, encoding),
    }
}

/// A text in the encoding that it came in; nothing where it cannot be written back.
#[must_use]
pub fn encoded(text: &str, encoding: &'static Encoding, before: &[u8]) -> Option<Vec<u8>> {
    let (bytes, same, damaged) = encoding.encode(text);
    if damaged || same != encoding {
        return None;
    }
    let mark: &[u8] = match before.starts_with(b"\xEF\xBB\xBF") {
        true => b"\xEF\xBB\xBF",
        false => b"",
    };
    Some([mark, &bytes].concat())
}
