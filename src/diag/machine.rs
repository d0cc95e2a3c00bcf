//! Diagnostics for other programs: JSON of our own, and SARIF 2.1.0 (OASIS), which code hosts show
//! beside the lines of a change. Data for standard output; the texts for people are in [`super::report`].

use super::report::{Language, Position, order, position};
use super::{Diagnostic, Message, Severity};
use crate::path::SourcePath;
use crate::text::personal::covered;
use serde_json::{Value, json};
use std::sync::Arc;

/// Where the text of a file can be had.
pub type TextOf<'a> = dyn Fn(&SourcePath) -> Option<Arc<str>> + 'a;

/// A finding's file with the places of its first and last character.
struct Place {
    file: String,
    start: Position,
    end: Position,
}

fn place(found: &Diagnostic, text_of: &TextOf<'_>) -> Option<Place> {
    let span = found.span.as_ref()?;
    let text = text_of(&span.source);
    let at = |byte: usize| match &text {
        Some(text) => position(text, byte),
        None => Position { line: 1, column: 1 },
    };
    Some(Place {
        file: span.source.to_string(),
        start: at(span.bytes.start),
        end: at(span.bytes.end.max(span.bytes.start)),
    })
}

/// The findings in the order of file and place, each once.
fn ordered(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut all: Vec<&Diagnostic> = diagnostics.iter().collect();
    all.sort_by_key(|found| order(found));
    all.dedup();
    all
}

/// All findings as JSON: `{"diagnostics": [{severity, code, file, line, column, message, help}]}` with
/// messages in both languages.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], text_of: &TextOf<'_>) -> String {
    let list: Vec<Value> = ordered(diagnostics)
        .into_iter()
        .map(|found| {
            let place = place(found, text_of);
            let place = place.as_ref();
            json!({
                "severity": word(found.severity),
                "code": found.code,
                "file": place.map(|place| &place.file),
                "line": place.map(|place| place.start.line),
                "column": place.map(|place| place.start.column),
                "end_line": place.map(|place| place.end.line),
                "end_column": place.map(|place| place.end.column),
                "message": both(&found.message),
                "help": found.help.as_ref().map(both),
            })
        })
        .collect();
    format!("{:#}\n", json!({ "diagnostics": list }))
}

/// A sentence in both languages. What findings quote may be personal; logs are kept and shown.
fn both(message: &Message) -> Value {
    json!({ "zh": covered(&message.zh), "en": covered(&message.en) })
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// What a rule is about, for readers of its findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// What it asks for.
    pub says: String,
    /// Where that is written.
    pub source: String,
}

/// All findings as a SARIF log with one run; `about` tells of publishing rules by their code.
#[must_use]
pub fn sarif(
    diagnostics: &[Diagnostic],
    text_of: &TextOf<'_>,
    language: Language,
    about: &dyn Fn(&str) -> Option<About>,
) -> String {
    let ordered = ordered(diagnostics);
    let mut codes: Vec<&str> = ordered.iter().map(|found| found.code.as_ref()).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<Value> = codes
        .into_iter()
        .map(|code| match about(code) {
            Some(rule) => json!({
                "id": code,
                "shortDescription": { "text": rule.says },
                "help": { "text": rule.source },
            }),
            None => json!({ "id": code }),
        })
        .collect();
    let results: Vec<Value> = ordered
        .into_iter()
        .map(|found| {
            let help = found.help.as_ref().map(|help| language.of(help));
            let text = match help {
                Some(help) => format!("{}\n{help}", language.of(&found.message)),
                None => language.of(&found.message).to_owned(),
            };
            let mut result = json!({
                "ruleId": found.code,
                "level": word(found.severity),
                "message": { "text": covered(&text) },
            });
            if let Some(place) = place(found, text_of) {
                result["locations"] = json!([{
                    "physicalLocation": {
                        "artifactLocation": { "uri": crate::path::percent_encode(&place.file) },
                        "region": {
                            "startLine": place.start.line,
                            "startColumn": place.start.column,
                            "endLine": place.end.line,
                            "endColumn": place.end.column,
                        },
                    },
                }]);
            }
            result
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "anjian", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}
