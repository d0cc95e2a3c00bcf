//! From one file's bytes to data and text. Pure: a result depends on the file's bytes alone.

pub mod data;
pub mod directive;
pub mod front_matter;
pub mod highlight;
pub mod markdown;
pub mod picture;

use crate::diag::{Checked, Diagnostic, Message, Span};
use crate::path::SourcePath;
use data::Entry;
use markdown::Body;

/// What one file holds.
pub struct Parsed {
    /// The TOML of the file, or of its front matter.
    pub entries: Checked<Vec<Entry>>,
    /// The text.
    pub body: Body,
    /// What is wrong in the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one file.
#[must_use]
pub fn file(path: &SourcePath, bytes: &[u8]) -> Parsed {
    let (mut body, start, diagnostics) = body(path, bytes);
    for slot in &mut body.slots {
        slot.span = slot.span.start + start..slot.span.end + start;
    }
    for heading in &mut body.headings {
        heading.span = heading.span.start + start..heading.span.end + start;
    }
    for (_, span) in &mut body.blanks {
        *span = span.start + start..span.end + start;
    }
    Parsed {
        entries: entries(path, bytes),
        body,
        diagnostics,
    }
}
/// The TOML of one file: the whole of a `.toml` file, the front matter of Markdown.
fn entries(path: &SourcePath, bytes: &[u8]) -> Checked<Vec<Entry>> {
    let nothing = |found: Vec<Diagnostic>| Checked {
        value: Vec::new(),
        diagnostics: found,
    };
    let text = match front_matter::decode(bytes, path) {
        Ok(text) => text,
        Err(found) => return nothing(vec![*found]),
    };
    if path.extension() == "toml" {
        let offset = if text.starts_with('\u{feff}') { 3 } else { 0 };
        return data::parse(&text[offset..], path, offset);
    }
    match front_matter::split(text, path) {
        Err(found) => nothing(vec![*found]),
        Ok(parts) => match parts.front {
            Some(front) => data::parse(&text[front.clone()], path, front.start),
            None => nothing(Vec::new()),
        },
    }
}

/// The text of a Markdown file, where it begins, and what is wrong in it: directives, raw HTML, dangerous addresses.
fn body(path: &SourcePath, bytes: &[u8]) -> (Body, usize, Vec<Diagnostic>) {
    let nothing = || (Body::default(), 0, Vec::new());
    let text = (path.extension() == "md").then(|| std::str::from_utf8(bytes).ok());
    let Some(text) = text.flatten() else {
        return nothing();
    };
    let Ok(parts) = front_matter::split(text, path) else {
        return nothing();
    };
    let start = parts.body.start;
    let (body, problems) = markdown::parse(&text[parts.body], &markdown::Options::default());
    let found = problems
        .into_iter()
        .map(|problem| {
            let span = Span {
                source: path.clone(),
                bytes: problem.span.start + start..problem.span.end + start,
            };
            let message = Message::new(problem.zh, problem.en);
            Diagnostic::error(problem.code, span, message)
                .with_help(Message::new(problem.help_zh, problem.help_en))
        })
        .collect();
    (body, start, found)
}
