//! A theme's words in the site's language (`i18n/*.toml`) and its options (`theme.toml`).

use super::{ThemeFile, ThemeFiles};
use crate::diag::{Checked, Diagnostic, Message, Span};
use crate::parse::data::{self, Entry, Value};
use std::collections::BTreeMap;

type Texts = BTreeMap<String, String>;

/// The words of the file nearest to a language. A word that it lacks is taken from another language,
/// with a warning, so that a theme's update does not stop a site that has its own words.
pub fn words(files: &ThemeFiles, language: &str) -> Checked<Texts> {
    let mut diagnostics = Vec::new();
    let mut languages = Vec::new();
    for (path, file) in files {
        let name = path.strip_prefix("i18n/");
        if let Some(name) = name.and_then(|name| name.strip_suffix(".toml")) {
            let read = texts(&entries(file, &mut diagnostics));
            languages.push((name, file, read));
        }
    }
    // Stable: among equally near files the first by name stays first.
    languages.sort_by_key(|(name, ..)| std::cmp::Reverse(nearness(name, language)));
    let mut languages = languages.into_iter();
    let Some((_, file, mut value)) = languages.next() else {
        let value = Texts::new();
        return Checked { value, diagnostics };
    };
    for (name, _, others) in languages {
        for (key, word) in others {
            if let std::collections::btree_map::Entry::Vacant(place) = value.entry(key) {
                diagnostics.push(missing(file, place.key(), name));
                place.insert(word);
            }
        }
    }
    Checked { value, diagnostics }
}

/// Two for the language itself, one for the same language elsewhere (`zh-CN` for `zh`).
fn nearness(name: &str, language: &str) -> u8 {
    let primary = |tag: &str| {
        tag.split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_lowercase()
    };
    if name.eq_ignore_ascii_case(language) {
        2
    } else {
        u8::from(primary(name) == primary(language))
    }
}

/// The options of `theme.toml` with their defaults.
pub fn options(files: &ThemeFiles) -> Checked<Texts> {
    let mut diagnostics = Vec::new();
    let all = files
        .get("theme.toml")
        .map(|file| entries(file, &mut diagnostics));
    let table = all.and_then(|all| all.into_iter().find(|entry| entry.key == "options"));
    let value = match table.map(|entry| entry.node.value) {
        Some(Value::Table(options)) => texts(&options),
        _ => Texts::new(),
    };
    Checked { value, diagnostics }
}

fn entries(file: &ThemeFile, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let text = String::from_utf8_lossy(&file.bytes);
    let read = data::parse(&text, &file.source, 0);
    diagnostics.extend(read.diagnostics);
    read.value
}

/// Strings, numbers and truths as text; anything else is no word.
fn texts(entries: &[Entry]) -> Texts {
    let text = |value: &Value| match value {
        Value::Text(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(truth) => Some(truth.to_string()),
        _ => None,
    };
    let entries = entries.iter();
    entries
        .filter_map(|entry| Some((entry.key.clone(), text(&entry.node.value)?)))
        .collect()
}

fn missing(file: &ThemeFile, key: &str, other: &str) -> Diagnostic {
    let span = Span {
        source: file.source.clone(),
        bytes: 0..0,
    };
    Diagnostic::warning(
        "missing-word",
        span,
        Message::new(
            format!("缺少界面用词 `{key}`，暂用 `{other}` 的"),
            format!("the interface word `{key}` is missing; that of `{other}` is used"),
        ),
    )
    .with_help(Message::new(
        format!("在这个文件中补上一行：{key} = \"…\""),
        format!("add a line to this file: {key} = \"…\""),
    ))
}
