//! Diagnostics as text for a terminal: place, excerpt, a marker that lines up under wide characters,
//! and one thing to try, in the reader's language. Knows nothing of how diagnostics arise.

use super::{Diagnostic, Message, Severity};
use crate::path::SourcePath;
use crate::text::personal::covered;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;
use unicode_width::UnicodeWidthChar;

/// The language a report is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The message's sentence in this language.
    #[must_use]
    pub fn of(self, message: &Message) -> &str {
        match self {
            Self::Chinese => &message.zh,
            Self::English => &message.en,
        }
    }
}

/// A line and column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The longest excerpt that is printed, in terminal columns.
const EXCERPT_WIDTH: usize = 100;

/// The position of a byte in a text; a byte inside a character counts as its first.
#[must_use]
pub fn position(text: &str, byte: usize) -> Position {
    let byte = floor_boundary(text, byte);
    let before = &text[..byte];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..]
            .trim_start_matches('\u{feff}')
            .chars()
            .count()
            + 1,
    }
}

/// All diagnostics as text, errors and warnings in the order of file and place, each once.
#[must_use]
pub fn report(
    diagnostics: &[Diagnostic],
    text_of: &dyn Fn(&SourcePath) -> Option<Arc<str>>,
    language: Language,
) -> String {
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().collect();
    ordered.sort_by_key(|diagnostic| order(diagnostic));
    ordered.dedup();
    let mut printed = String::new();
    let mut reader = Reader::default();
    for diagnostic in ordered {
        let span = diagnostic.span.as_ref();
        let place = span.and_then(|span| reader.place(&span.source, span.bytes.start, text_of));
        one(&mut printed, diagnostic, place, language);
        printed.push('\n');
    }
    printed
}

/// The file of the last finding, read up to its place: findings come in order, so that a file with
/// thousands of them is opened and counted once.
#[derive(Default)]
struct Reader {
    source: Option<SourcePath>,
    text: Option<Arc<str>>,
    byte: usize,
    position: Option<Position>,
}

impl Reader {
    fn place(
        &mut self,
        source: &SourcePath,
        byte: usize,
        text_of: &dyn Fn(&SourcePath) -> Option<Arc<str>>,
    ) -> Option<(Position, Arc<str>)> {
        if self.source.as_ref() != Some(source) {
            *self = Self {
                source: Some(source.clone()),
                text: text_of(source),
                ..Self::default()
            };
        }
        let text = self.text.clone()?;
        let byte = floor_boundary(&text, byte);
        let position = match self.position.filter(|_| self.byte <= byte) {
            Some(before) => advance(before, &text[self.byte..byte]),
            None => position(&text, byte),
        };
        (self.byte, self.position) = (byte, Some(position));
        Some((position, text))
    }
}

/// The position behind some text.
fn advance(mut position: Position, text: &str) -> Position {
    for character in text.chars() {
        match character {
            '\n' => {
                position.line += 1;
                position.column = 1;
            }
            '\u{feff}' if position.column == 1 => {}
            _ => position.column += 1,
        }
    }
    position
}

pub(super) type Order<'a> = (Option<(&'a SourcePath, usize)>, &'a str, &'a str);

pub(super) fn order(diagnostic: &Diagnostic) -> Order<'_> {
    let place = diagnostic
        .span
        .as_ref()
        .map(|span| (&span.source, span.bytes.start));
    (place, &diagnostic.code, &diagnostic.message.en)
}

fn one(
    printed: &mut String,
    diagnostic: &Diagnostic,
    place: Option<(Position, Arc<str>)>,
    language: Language,
) {
    let word = match (diagnostic.severity, language) {
        (Severity::Error, Language::Chinese) => "错误",
        (Severity::Error, Language::English) => "error",
        (Severity::Warning, Language::Chinese) => "警告",
        (Severity::Warning, Language::English) => "warning",
    };
    // What authors wrote may hold signs that steer a terminal.
    let message = visible(&covered(language.of(&diagnostic.message)));
    // Writing to a String cannot fail.
    let _ = match (&diagnostic.span, &place) {
        (Some(span), Some((place, _))) => {
            let (line, column) = (place.line, place.column);
            writeln!(
                printed,
                "{}:{line}:{column}: {word}[{}]: {message}",
                span.source, diagnostic.code
            )
        }
        (Some(span), None) => writeln!(
            printed,
            "{}: {word}[{}]: {message}",
            span.source, diagnostic.code
        ),
        (None, _) => writeln!(printed, "{word}[{}]: {message}", diagnostic.code),
    };
    if let (Some(span), Some((place, text))) = (&diagnostic.span, &place) {
        excerpt(printed, text, place.line, span.bytes.clone());
    }
    if let Some(help) = &diagnostic.help {
        let label = match language {
            Language::Chinese => "建议：",
            Language::English => "help: ",
        };
        let _ = writeln!(printed, "  {label}{}", visible(&covered(language.of(help))));
    }
}

/// The line of the place with a marker under it. A long line is cut around the marker, a tab is
/// printed as four spaces, other control characters as `·`, so that widths stay known.
fn excerpt(printed: &mut String, text: &str, line: usize, bytes: Range<usize>) {
    let start = floor_boundary(text, bytes.start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = floor_boundary(text, bytes.end).clamp(start, line_end);
    let number = line.to_string();

    // A line may be many megabytes long; more than this is never shown of it.
    let near = |from: usize, to: usize| {
        let first = floor_boundary(text, to.saturating_sub(8 * EXCERPT_WIDTH));
        let last = floor_boundary(text, from.saturating_add(8 * EXCERPT_WIDTH));
        (first.max(from), last.clamp(from, to))
    };
    // What a report is about must not be read in it: logs are kept and shown.
    let (from, to) = (near(line_start, start).0, near(end, line_end).1);
    let line = covered(&text[from..to]);
    let cut = |part: Range<usize>| {
        line.get(part.start - from..part.end - from)
            .unwrap_or_default()
    };
    let before = visible(cut(from..start));
    let marked = visible(cut(start..near(start, end).1));
    let marked = clip_end(&marked, EXCERPT_WIDTH / 2);
    let after = visible(cut(end..to));
    let before = clip_start(&before, EXCERPT_WIDTH / 2);
    let used = width(&before) + width(&marked);
    let after = clip_end(&after, EXCERPT_WIDTH.saturating_sub(used));

    let gutter = " ".repeat(number.len());
    let _ = writeln!(printed, "{gutter} |");
    let _ = writeln!(printed, "{number} | {before}{marked}{after}");
    let _ = writeln!(
        printed,
        "{gutter} | {}{}",
        " ".repeat(width(&before)),
        "^".repeat(width(&marked).max(1))
    );
}

fn floor_boundary(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{feff}' | '\r' => {}
            '\t' => visible.push_str("    "),
            control if control.is_control() => visible.push('·'),
            other => visible.push(other),
        }
    }
    visible
}

fn width(text: &str) -> usize {
    text.chars().map(|one| one.width().unwrap_or(0)).sum()
}

fn clip_end(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let mut clipped: String = text
        .chars()
        .take_while(|one| {
            used += one.width().unwrap_or(0);
            used <= columns
        })
        .collect();
    clipped.push('…');
    clipped
}

fn clip_start(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut used = 1;
    let kept: Vec<char> = text
        .chars()
        .rev()
        .take_while(|one| {
            used += one.width().unwrap_or(0);
            used <= columns
        })
        .collect();
    std::iter::once('…').chain(kept.into_iter().rev()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Span;
    use super::*;

    fn printed(text: &str, bytes: std::ops::Range<usize>, language: Language) -> String {
        let Ok(source) = SourcePath::new("content/a.md") else {
            return String::new();
        };
        let diagnostic = Diagnostic::error(
            "unknown-key",
            Span { source, bytes },
            Message::new("不认识的字段", "unknown key"),
        )
        .with_help(Message::new("改成 `title`", "write `title`"));
        report(&[diagnostic], &|_| Some(text.into()), language)
    }

    #[test]
    fn the_marker_lines_up_under_wide_characters() {
        let text = "a = 1\n标题 = \"安全\"\n";
        let start = text.find('"').unwrap_or(0);
        assert_eq!(
            printed(text, start..start + 8, Language::Chinese),
            "content/a.md:2:6: 错误[unknown-key]: 不认识的字段\n  |\n2 | 标题 = \"安全\"\n  |        ^^^^^^\n  建议：改成 `title`\n\n"
        );
    }

    #[test]
    fn english_reads_alike() {
        assert!(printed("tilte = 1", 0..5, Language::English).starts_with(
            "content/a.md:1:1: error[unknown-key]: unknown key\n  |\n1 | tilte = 1\n  | ^^^^^\n"
        ));
    }

    #[test]
    fn a_place_beyond_the_text_or_inside_a_character_is_no_panic() {
        for bytes in [0..999, 1..2, 4..4, 999..1000] {
            assert!(printed("安全", bytes, Language::English).contains('^'));
        }
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_marker() {
        let text = format!("{}x{}", "安".repeat(4000), "全".repeat(4000));
        let shown = printed(&text, 12000..12001, Language::English);
        assert!(shown.lines().all(|line| width(line) < 120), "{shown}");
    }
}
