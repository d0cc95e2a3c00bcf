//! Footnotes: numbered in the order of reference, written at the end of the text with a way back to
//! each place that refers to them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::Writer;
use crate::parse::markdown::Problem;

/// Definitions by label, and the labels that are referred to, in order. Labels are in lower case,
/// because the parser takes `[^A]` and `[^a]` for one.
#[derive(Default)]
pub(super) struct Footnotes {
    definitions: BTreeMap<String, Definition>,
    order: Vec<String>,
}

/// A footnote's text as events, and how often it is referred to.
struct Definition {
    inner: Range<usize>,
    span: Range<usize>,
    /// From 1; none while nothing refers to it.
    number: Option<usize>,
    /// References in the text and in the footnotes that are written.
    uses: usize,
    /// References written so far.
    written: usize,
}

impl<'a> Writer<'_, 'a> {
    /// Finds the definitions, and numbers them in the order in which they will be written.
    pub(super) fn find_footnotes(&mut self) {
        let events = self.events;
        for (index, (event, span)) in events.iter().enumerate() {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                self.define(label, index, span);
            }
        }
        self.count_references(0..events.len());
        let mut next = 0;
        while let Some(label) = self.footnotes.order.get(next) {
            let known = self.footnotes.definitions.get(label);
            let inner = known.map_or(0..0, |known| known.inner.clone());
            self.count_references(inner);
            next += 1;
        }
        self.report_unused();
    }

    fn define(&mut self, label: &str, index: usize, span: &Range<usize>) {
        let definition = Definition {
            inner: index + 1..self.skip(index).saturating_sub(1),
            span: span.clone(),
            number: None,
            uses: 0,
            written: 0,
        };
        let known = &mut self.footnotes.definitions;
        if let Entry::Vacant(place) = known.entry(label.to_lowercase()) {
            place.insert(definition);
            return;
        }
        self.problem(
            "footnote-duplicate",
            span.clone(),
            label,
            [
                &format!("脚注 `{label}` 写了两次，后一条不会显示"),
                &format!("footnote `{label}` is written twice; the second is not shown"),
            ],
            ["换一个编号", "choose another label"],
        );
    }

    /// Counts the references in some events, other than those inside definitions and pictures.
    fn count_references(&mut self, range: Range<usize>) {
        let events = self.events;
        let mut at = range.start;
        while at < range.end {
            match events.get(at).map(|(event, _)| event) {
                Some(Event::Start(Tag::FootnoteDefinition(_) | Tag::Image { .. })) => {
                    at = self.skip(at);
                    continue;
                }
                Some(Event::FootnoteReference(label)) => self.count_reference(label),
                _ => {}
            }
            at += 1;
        }
    }

    fn count_reference(&mut self, label: &str) {
        let (notes, key) = (&mut self.footnotes, label.to_lowercase());
        if let Some(known) = notes.definitions.get_mut(&key) {
            known.uses += 1;
            if known.number.is_none() {
                notes.order.push(key);
                known.number = Some(notes.order.len());
            }
        }
    }

    fn report_unused(&mut self) {
        for (label, known) in &self.footnotes.definitions {
            if known.number.is_none() {
                let problem = Problem::new(
                    "footnote-unused",
                    known.span.clone(),
                    label,
                    [
                        &format!("正文没有引用脚注 `{label}`，它不会显示"),
                        &format!("nothing refers to footnote `{label}`; it is not shown"),
                    ],
                    [
                        &format!("在正文中写 `[^{label}]`，或删去这条脚注"),
                        &format!("write `[^{label}]` in the text or remove the footnote"),
                    ],
                );
                self.problems.push(problem.warning());
            }
        }
    }

    pub(super) fn footnote_reference(&mut self, label: &CowStr<'a>) {
        let Some(known) = self.footnotes.definitions.get_mut(&label.to_lowercase()) else {
            return;
        };
        known.written += 1;
        let number = known.number.unwrap_or_default();
        let id = reference_id(number, known.written);
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{id}\">{number}</a></sup>"
        ));
    }

    /// Writes the footnotes in the order of reference.
    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.order.is_empty() {
            return;
        }
        self.block("<div class=\"footnotes\">\n<ol>\n");
        for (index, label) in std::mem::take(&mut self.footnotes.order).iter().enumerate() {
            let known = self.footnotes.definitions.get(label);
            let (inner, uses) = known.map_or((0..0, 0), |known| (known.inner.clone(), known.uses));
            self.block(&format!("<li id=\"fn-{}\">", index + 1));
            self.depth += 1;
            let open = self.raw_open.len();
            self.marks.push(open);
            self.render(inner);
            self.marks.pop();
            self.raw_close(open);
            self.depth -= 1;
            for use_number in 1..=uses {
                self.back_link(index + 1, use_number);
            }
            self.push("</li>\n");
        }
        self.push("</ol>\n</div>\n");
    }

    /// The way back from a footnote to one of its references.
    fn back_link(&mut self, number: usize, use_number: usize) {
        let id = reference_id(number, use_number);
        let (label, mark) = match use_number {
            1 => ("返回正文".to_owned(), String::new()),
            _ => (
                format!("返回正文第 {use_number} 处"),
                format!("<sup>{use_number}</sup>"),
            ),
        };
        self.push(&format!(
            "<a class=\"footnote-back\" href=\"#{id}\" aria-label=\"{label}\">↩{mark}</a>"
        ));
    }
}

/// The id of a footnote's reference: `fnref-1`, then `fnref-1-2` for the second to the same.
fn reference_id(number: usize, use_number: usize) -> String {
    match use_number {
        1 => format!("fnref-{number}"),
        _ => format!("fnref-{number}-{use_number}"),
    }
}
