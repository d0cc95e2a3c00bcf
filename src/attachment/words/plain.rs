//! Files that are text: lines, whatever they are encoded in.

use super::{Look, Place};
use encoding_rs::{Encoding, GB18030};

/// Endings of files that are text.
pub(super) const ENDINGS: [&str; 8] = ["txt", "csv", "tsv", "json", "xml", "htm", "html", "log"];

/// Looks at each line.
pub(super) fn read(look: &mut Look, bytes: &[u8]) {
    if !look.take(bytes.len()) {
        return;
    }
    let text = decoded(bytes);
    for (at, line) in text.lines().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        look.at(&Place::Line(number), line);
    }
}

/// Bytes as text: by their mark, else as UTF-8, else as GB 18030, which Chinese programs write.
#[must_use]
pub fn decoded(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    let known = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    match (known, std::str::from_utf8(bytes)) {
        (None, Ok(text)) => std::borrow::Cow::Borrowed(text),
        (None, Err(_)) => GB18030.decode(bytes).0,
        (Some(encoding), _) => encoding.decode(bytes).0,
    }
}
