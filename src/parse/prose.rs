//! The prose of data: the texts among the values of TOML and YAML that readers see, each with its place.

use super::data::{Entry, Node, Value};
use crate::text::writing::Prose;
use std::ops::Range;

/// Keys whose values are no prose: ids, targets, addresses, codes, and words for search, which hold what is *not* the
/// right name.
const NO_PROSE: [&str; 26] = [
    "id",
    "ref",
    "target",
    "targets",
    "file",
    "src",
    "path",
    "url",
    "source_url",
    "code",
    "codes",
    "aliases",
    "addresses",
    "keywords",
    "tags",
    "pinyin",
    "allowed",
    "hosts",
    "number",
    "decision_number",
    "document_number",
    "index_number",
    "theme",
    "kind",
    "supersedes",
    "superseded_by",
];

/// The prose of some entries of a file.
#[must_use]
pub fn of_data(entries: &[Entry], file: &str) -> Prose {
    let mut prose = Prose::default();
    table(entries, file, &mut prose);
    prose
}

fn table(entries: &[Entry], file: &str, prose: &mut Prose) {
    for entry in entries {
        if !NO_PROSE.contains(&entry.key.as_str()) {
            node(&entry.node, file, prose);
        }
    }
}

fn node(one: &Node, file: &str, prose: &mut Prose) {
    match &one.value {
        Value::Text(text) if !text.is_ascii() => {
            if let Some(written) = file.get(one.bytes.clone()) {
                value(text, written, one.bytes.start, prose);
                prose.end();
            }
        }
        Value::List(items) => items.iter().for_each(|item| node(item, file, prose)),
        Value::Table(entries) => table(entries, file, prose),
        _ => {}
    }
}

/// One value as it is written, quotation marks and all.
fn value(text: &str, written: &str, from: usize, prose: &mut Prose) {
    let inner = inner(written);
    let Some(inside) = written.get(inner.clone()) else {
        return;
    };
    if inside == text {
        return lines(inside, from + inner.start, prose);
    }
    // Escapes and folded lines: what stands between two of them is there as it is.
    if written.starts_with('"') {
        escaped(inside, from + inner.start, prose);
    }
}

/// The bytes between the quotation marks; a line break behind the first of three does not count.
fn inner(written: &str) -> Range<usize> {
    for mark in ["\"\"\"", "'''"] {
        if written.len() >= 6 && written.starts_with(mark) && written.ends_with(mark) {
            let rest = written.get(3..).unwrap_or_default();
            let skipped = ["\r\n", "\n"].iter().find(|end| rest.starts_with(**end));
            return 3 + skipped.map_or(0, |end| end.len())..written.len() - 3;
        }
    }
    for mark in ['"', '\''] {
        if written.len() >= 2 && written.starts_with(mark) && written.ends_with(mark) {
            return 1..written.len() - 1;
        }
    }
    0..written.len()
}

fn lines(text: &str, from: usize, prose: &mut Prose) {
    let mut at = from;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        prose.push(bare, at);
        if bare.len() < line.len() {
            prose.line();
        }
        at += line.len();
    }
}

fn escaped(text: &str, from: usize, prose: &mut Prose) {
    let mut rest = text;
    let mut at = from;
    while let Some(slash) = rest.find('\\') {
        lines(rest.get(..slash).unwrap_or_default(), at, prose);
        let behind = rest.get(slash + 1..).unwrap_or_default();
        let length = match behind.chars().next() {
            Some('u') => 5,
            Some('U') => 9,
            Some('x') => 3,
            Some(one) => one.len_utf8(),
            None => 0,
        };
        prose.opaque();
        let next = (slash + 1 + length).min(rest.len());
        at += next;
        rest = rest.get(next..).unwrap_or_default();
    }
    lines(rest, at, prose);
}
