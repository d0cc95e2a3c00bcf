//! Other people's documents, read where `unknown_keys = "warn"`: the names that other generators give
//! to the same keys, and mistakes that then only warn.

use crate::diag::{Diagnostic, Severity};
use crate::parse::data::{Entry, Node, Value};

/// Other generators' names with ours.
const NAMES: [(&str, &str); 9] = [
    ("tags", "keywords"),
    ("tag", "keywords"),
    ("categories", "keywords"),
    ("category", "keywords"),
    ("description", "summary"),
    ("lastmod", "updated"),
    ("lastUpdated", "updated"),
    ("order", "weight"),
    ("author", "source"),
];

/// The entries under our names. A key that is already written under our name is left alone; lists of
/// words under several names become one.
#[must_use]
pub fn adapt(entries: &[Entry]) -> Vec<Entry> {
    let mut adapted: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let known = NAMES.iter().find(|(name, _)| *name == entry.key);
        let key = known.map_or(entry.key.as_str(), |(_, ours)| ours);
        let mut node = entry.node.clone();
        if key == "keywords" {
            node.value = as_list(node.value, &node.bytes);
        }
        if !fits(key, &node.value) {
            adapted.push(entry.clone());
            continue;
        }
        match adapted.iter_mut().find(|one| one.key == key) {
            None => adapted.push(Entry {
                key: key.to_owned(),
                key_bytes: entry.key_bytes.clone(),
                node,
            }),
            Some(Entry {
                node:
                    Node {
                        value: Value::List(words),
                        ..
                    },
                ..
            }) if key == "keywords" => {
                if let Value::List(more) = node.value {
                    words.extend(more);
                }
            }
            Some(_) => adapted.push(entry.clone()),
        }
    }
    adapted
}

/// One word, or words with commas, as a list; numbers as their text.
fn as_list(value: Value, bytes: &std::ops::Range<usize>) -> Value {
    let text = |value: Value| match value {
        Value::Integer(number) => Value::Text(number.to_string()),
        other => other,
    };
    match value {
        Value::List(items) => Value::List(
            items
                .into_iter()
                .map(|item| Node {
                    value: text(item.value),
                    ..item
                })
                .collect(),
        ),
        Value::Text(words) => Value::List(
            words
                .split([',', '，'])
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .map(|word| Node {
                    bytes: bytes.clone(),
                    value: Value::Text(word.to_owned()),
                })
                .collect(),
        ),
        other => other,
    }
}

/// Whether a value can stand under our name; `order: false` and the like stay what they are.
fn fits(key: &str, value: &Value) -> bool {
    match key {
        "keywords" => matches!(value, Value::List(_)),
        "summary" | "source" => matches!(value, Value::Text(_)),
        "updated" => matches!(value, Value::Date(_) | Value::Text(_)),
        "weight" => matches!(value, Value::Integer(_)),
        _ => true,
    }
}

/// Mistakes in other people's documents that hide nothing and harm nobody are warnings: what is
/// refused (a tag, an attribute, a key) is left out of the page as it is where it is an error.
pub fn soften(diagnostics: &mut [Diagnostic]) {
    const SOFT: [&str; 21] = [
        "unknown-key",
        "wrong-type",
        "bad-date",
        "not-in-vocabulary",
        "bad-value",
        "duplicate-id",
        "html-not-allowed",
        "html-attribute-not-allowed",
        "html-unbalanced",
        "hidden-link",
        "heading-id-duplicate",
        "footnote-duplicate",
        "image-without-text",
        "table-merge",
        "directive-argument",
        "directive-argument-missing",
        "directive-nesting",
        "directive-stray",
        "directive-unclosed",
        "directive-unknown",
        "bad-alias",
    ];
    for found in diagnostics {
        if SOFT.contains(&found.code.as_ref()) {
            found.severity = Severity::Warning;
        }
    }
}
