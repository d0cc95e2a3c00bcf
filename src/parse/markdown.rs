//! Markdown to HTML with everything that needs the rest of the site left open as slots.
//!
//! Parsing one text needs no other file: links, pictures, clause texts and downloads stay holes in the HTML
//! that are filled when all documents are known. Faults are returned beside the result.

mod concealed;
pub mod escape;
mod heading_id;
pub mod mask;
mod prose;
mod raw;
mod table;
mod writer;

use std::ops::Range;

use crate::diag::{Diagnostic, Message, Severity, Span};
use crate::path::SourcePath;
use crate::text::Length;
use crate::text::writing::Prose;
use serde::{Deserialize, Serialize};

/// Which extensions to CommonMark are in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Headings get ids, written or derived.
    pub heading_ids: bool,
    /// Block and inline directives are read.
    pub directives: bool,
    /// Raw HTML passes when it is on the allow list; otherwise it is shown as text.
    pub raw_html: bool,
    /// Emphasis and line breaks follow Chinese usage.
    pub cjk: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            heading_ids: true,
            directives: true,
            raw_html: true,
            cjk: true,
        }
    }
}

/// A parsed text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// The HTML, with nothing at the places of the slots.
    pub html: String,
    /// What has to be inserted, in the order of `at`.
    pub slots: Vec<Slot>,
    /// All headings in order.
    pub headings: Vec<Heading>,
    /// Named blanks and where they stand in the source.
    pub blanks: Vec<(String, Range<usize>)>,
    /// Ids of raw HTML elements, which links may name as well.
    pub anchors: Vec<String>,
    /// The text of the first paragraph, shortened.
    pub excerpt: String,
    /// The length of the text.
    pub counts: Length,
}

impl Body {
    /// Moves every place in the source, for a text that begins at byte `by` of its file.
    pub fn shift(&mut self, by: usize) {
        let slots = self.slots.iter_mut().map(|slot| &mut slot.span);
        let headings = self.headings.iter_mut().map(|heading| &mut heading.span);
        let blanks = self.blanks.iter_mut().map(|(_, span)| span);
        for span in slots.chain(headings).chain(blanks) {
            *span = span.start + by..span.end + by;
        }
    }
}

/// A hole in the HTML.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// The byte offset in the HTML where the resolved text is inserted.
    pub at: usize,
    /// What is inserted.
    pub kind: SlotKind,
    /// The target as written.
    pub target: String,
    /// Its bytes in the source.
    pub span: Range<usize>,
}

/// What a slot asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SlotKind {
    /// An address inside `href=""`.
    Href,
    /// An address of another site inside `href=""`; what is inserted may close it and add attributes.
    External,
    /// A picture from its beginning to the value of `src`, with its size where that is known: `<img src=".."`.
    Image,
    /// What closes the picture.
    ImageEnd,
    /// The text of a clause reference.
    ClauseText,
    /// A whole download card.
    Download,
    /// A named blank of a letter.
    Blank,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// One to six.
    pub level: u8,
    /// The anchor, unique in the page; empty when ids are off.
    pub id: String,
    /// The title as HTML without links.
    pub title_html: String,
    /// The title as plain text.
    pub title_text: String,
    /// Its bytes in the source.
    pub span: Range<usize>,
}

/// A fault in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it keeps the site from being published.
    pub severity: Severity,
    /// The stable name of the fault.
    pub code: &'static str,
    /// Its bytes in the source.
    pub span: Range<usize>,
    /// What was found there.
    pub found: String,
    /// What is wrong, in Chinese.
    pub zh: String,
    /// What is wrong, in English.
    pub en: String,
    /// What to do, in Chinese.
    pub help_zh: String,
    /// What to do, in English.
    pub help_en: String,
}

impl Problem {
    /// An error with its message and its help, each in Chinese and English.
    pub fn new(
        code: &'static str,
        span: Range<usize>,
        found: &str,
        [zh, en]: [&str; 2],
        [help_zh, help_en]: [&str; 2],
    ) -> Self {
        Self {
            severity: Severity::Error,
            code,
            span,
            found: found.to_owned(),
            zh: zh.to_owned(),
            en: en.to_owned(),
            help_zh: help_zh.to_owned(),
            help_en: help_en.to_owned(),
        }
    }

    /// The same as a warning.
    #[must_use]
    pub fn warning(self) -> Self {
        Self {
            severity: Severity::Warning,
            ..self
        }
    }

    /// The fault in a text that begins at byte `start` of a file.
    #[must_use]
    pub fn diagnostic(self, path: &SourcePath, start: usize) -> Diagnostic {
        let span = Span {
            source: path.clone(),
            bytes: self.span.start + start..self.span.end + start,
        };
        let message = Message::new(self.zh, self.en);
        let found = match self.severity {
            Severity::Error => Diagnostic::error(self.code, span, message),
            Severity::Warning => Diagnostic::warning(self.code, span, message),
        };
        found.with_help(Message::new(self.help_zh, self.help_en))
    }
}

/// Parses a text; all spans are byte offsets in `source`.
pub fn parse(source: &str, options: &Options) -> (Body, Vec<Problem>) {
    writer::write(source, options, None)
}

/// The same with the text's prose, for the rules about how texts are written.
pub fn parse_with_prose(source: &str, options: &Options) -> (Body, Vec<Problem>, Prose) {
    let mut prose = Prose::default();
    let (body, problems) = writer::write(source, options, Some(&mut prose));
    (body, problems, prose)
}

/// The HTML with every slot filled by what `resolve` returns for it, inserted as it is.
pub fn fill(body: &Body, resolve: impl FnMut(&Slot) -> String) -> String {
    let fillings: Vec<String> = body.slots.iter().map(resolve).collect();
    fill_slots(&body.html, &body.slots, &fillings)
}

/// The HTML with what stands in `fillings` inserted at the slots, as it is.
pub fn fill_slots(html: &str, slots: &[Slot], fillings: &[String]) -> String {
    let more: usize = fillings.iter().map(String::len).sum();
    let mut out = String::with_capacity(html.len() + more);
    let mut done = 0;
    for (slot, filling) in slots.iter().zip(fillings) {
        out.push_str(html.get(done..slot.at).unwrap_or_default());
        out.push_str(filling);
        done = slot.at;
    }
    out.push_str(html.get(done..).unwrap_or_default());
    out
}
