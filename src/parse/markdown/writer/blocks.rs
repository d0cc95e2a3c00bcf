//! Headings with their ids, code, and blocks of raw HTML.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event};
use unicode_normalization::UnicodeNormalization;

use super::Writer;
use crate::parse::highlight::highlight;
use crate::parse::markdown::{Heading, escape};
use crate::text::slug;

impl<'a> Writer<'_, 'a> {
    pub(super) fn heading(
        &mut self,
        at: usize,
        level: u8,
        id: Option<&CowStr<'a>>,
        span: Range<usize>,
    ) {
        let inner = at + 1..self.skip(at).saturating_sub(1);
        let (title_text, title_html) = (self.plain(inner.clone()), self.inline(inner));
        self.line();
        let mut anchor = String::new();
        if self.options.heading_ids {
            let written = id.map(|id| self.masked.restore(id).into_owned());
            anchor = self.anchor(written, &title_text, &span);
            self.push(&format!("<h{level} id=\"{}\">", escape::text(&anchor)));
        } else {
            self.push(&format!("<h{level}>"));
        }
        self.last = '\n';
        self.body.headings.push(Heading {
            level,
            id: anchor,
            title_html,
            title_text,
            span,
        });
    }

    /// A heading's id in composed characters, unique in the page.
    fn anchor(&mut self, written: Option<String>, title: &str, span: &Range<usize>) -> String {
        let explicit = written.is_some();
        let base = written.unwrap_or_else(|| slug(&composed(title), "section"));
        let base = composed(&base);
        let Some(&last) = self.ids.get(&base) else {
            self.ids.insert(base.clone(), 1);
            return base;
        };
        if explicit {
            self.problem(
                "heading-id-duplicate",
                span.clone(),
                &base,
                [
                    "本页已有同名的标题编号",
                    "another heading of this page has this id",
                ],
                ["换一个编号", "choose another id"],
            );
        }
        let mut number = last + 1;
        while self.ids.contains_key(&format!("{base}-{number}")) {
            number += 1;
        }
        let id = format!("{base}-{number}");
        self.ids.insert(id.clone(), 1);
        self.ids.insert(base, number);
        id
    }

    pub(super) fn code_block(&mut self, at: usize, kind: &CodeBlockKind<'a>) -> usize {
        let next = self.skip(at);
        let mut code = String::new();
        for (event, _) in self.events.get(at..next).unwrap_or_default() {
            if let Event::Text(text) = event {
                code.push_str(text);
            }
        }
        let code = self.masked.restore(&code);
        let info = match kind {
            CodeBlockKind::Fenced(info) => self.masked.restore(info),
            CodeBlockKind::Indented => Cow::Borrowed(""),
        };
        let language = info.split_whitespace().next().unwrap_or_default();
        self.block("<pre><code");
        if !language.is_empty() {
            self.push(&format!(" class=\"language-{}\"", escape::text(language)));
        }
        let inner = highlight(&code, language).unwrap_or_else(|| escape::text(&code));
        self.push(&format!(">{inner}</code></pre>\n"));
        next
    }

    pub(super) fn html_block(&mut self, at: usize) -> usize {
        let next = self.skip(at);
        let span = self.events.get(at).map_or(0..0, |(_, span)| span.clone());
        let mut html = String::new();
        for (event, _) in self.events.get(at..next).unwrap_or_default() {
            if let Event::Html(part) | Event::Text(part) = event {
                html.push_str(part);
            }
        }
        let html = self.masked.restore(&html);
        self.line();
        self.raw_html(&html, span);
        next
    }
}

/// The text in Unicode's composed form (NFC): a letter with its accent is one character.
fn composed(text: &str) -> String {
    text.nfc().collect()
}
