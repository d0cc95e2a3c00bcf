//! `anjian fix`: changes in the sources what is safe to change. A file is changed until nothing safe is left, and never
//! so that it would be read as something else: the same keys, headings, links and tags. Pure, but for [`git`], which
//! asks whether a file can be had back, and [`disk`], which goes over a project.

pub mod disk;
pub mod git;

use crate::check::language::Reviewed;
use crate::parse::data::{Entry, Value};
use crate::parse::{self, Parsed};
use crate::path::SourcePath;
use crate::text::writing::{Edit, Found};
use similar::TextDiff;
use std::collections::BTreeMap;

/// How often a file is looked at again: a change may show another fault, and that one a third.
const ROUNDS: usize = 8;

/// A file as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Its text.
    pub text: String,
    /// How many findings were mended.
    pub mended: usize,
    /// How many are left for a person.
    pub left: usize,
}

/// Mends a file's text; `review` says what is wrong in it.
#[must_use]
pub fn mend(path: &SourcePath, text: &str, review: &dyn Fn(&Parsed) -> Vec<Reviewed>) -> Mended {
    let mut text = text.to_owned();
    let mut mended = 0;
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let parsed = parse::file(path, text.as_bytes());
        found = review(&parsed);
        let safe: Vec<&Found> = found
            .iter()
            .map(|(one, _)| one)
            .filter(|one| one.is_safe())
            .collect();
        let count = change(path, &mut text, &parsed, &safe);
        if count == 0 {
            break;
        }
        mended += count;
    }
    Mended {
        text,
        mended,
        left: found.len(),
    }
}

/// Makes the changes that leave the file's shape alone; how many findings that mends.
fn change(path: &SourcePath, text: &mut String, parsed: &Parsed, safe: &[&Found]) -> usize {
    if safe.is_empty() {
        return 0;
    }
    let shape = Shape::of(parsed);
    let keeps = |changed: &str| Shape::of(&parse::file(path, changed.as_bytes())) == shape;
    let mut tried = safe.to_vec();
    for _ in 0..2 {
        let (changed, count) = applied(text, &tried);
        if keeps(&changed) {
            *text = changed;
            return count;
        }
        // Once more with those that leave the shape alone, each by itself.
        tried.retain(|one| keeps(&applied(text, std::slice::from_ref(one)).0));
    }
    0
}

/// A text with the changes of some findings; what overlaps an earlier one waits for the next round.
fn applied(text: &str, safe: &[&Found]) -> (String, usize) {
    let mut chosen: BTreeMap<usize, &Edit> = BTreeMap::new();
    let mut count = 0;
    for found in safe {
        let overlaps = |edit: &Edit| {
            let before = chosen.range(..edit.bytes.end).next_back();
            before.is_some_and(|(_, before)| before.bytes.end > edit.bytes.start)
        };
        if !found.edits.iter().any(overlaps) {
            chosen.extend(found.edits.iter().map(|edit| (edit.bytes.start, edit)));
            count += 1;
        }
    }
    let mut changed = String::with_capacity(text.len() + text.len() / 16);
    let mut done = 0;
    for edit in chosen.into_values() {
        changed.push_str(text.get(done..edit.bytes.start).unwrap_or_default());
        changed.push_str(&edit.right);
        done = edit.bytes.end;
    }
    changed.push_str(text.get(done..).unwrap_or_default());
    (changed, count)
}

/// What a change of words must leave alone.
#[derive(PartialEq)]
struct Shape {
    keys: Vec<(String, &'static str)>,
    headings: Vec<(u8, String)>,
    targets: Vec<String>,
    tags: Vec<String>,
    problems: usize,
}

impl Shape {
    fn of(parsed: &Parsed) -> Self {
        let mut keys = Vec::new();
        collect_keys(&parsed.entries.value, &mut keys);
        let body = &parsed.body;
        Self {
            keys,
            headings: body
                .headings
                .iter()
                .map(|one| (one.level, one.id.clone()))
                .collect(),
            targets: body.slots.iter().map(|slot| slot.target.clone()).collect(),
            tags: tags(&body.html),
            problems: parsed.entries.diagnostics.len() + parsed.diagnostics.len(),
        }
    }
}

fn collect_keys(entries: &[Entry], keys: &mut Vec<(String, &'static str)>) {
    for entry in entries {
        let kind = collect_value(&entry.node.value, keys);
        keys.push((entry.key.clone(), kind));
    }
}

fn collect_value(value: &Value, keys: &mut Vec<(String, &'static str)>) -> &'static str {
    match value {
        Value::Text(_) => "text",
        Value::Table(entries) => {
            collect_keys(entries, keys);
            "table"
        }
        Value::List(items) => {
            for item in items {
                let kind = collect_value(&item.value, keys);
                keys.push((String::new(), kind));
            }
            "list"
        }
        _ => "other",
    }
}

/// The names of all tags, in order.
fn tags(html: &str) -> Vec<String> {
    let names = html.split('<').skip(1).map(|tag| {
        let inside = |one: &char| one.is_ascii_alphanumeric() || *one == '/';
        tag.chars().take_while(inside).collect()
    });
    names.collect()
}

/// The changes of a file as a unified diff that `git apply` takes.
#[must_use]
pub fn diff(path: &SourcePath, before: &str, after: &str) -> String {
    let lines = TextDiff::from_lines(before, after);
    let names = (format!("a/{path}"), format!("b/{path}"));
    let mut unified = lines.unified_diff();
    unified.header(&names.0, &names.1).to_string()
}
