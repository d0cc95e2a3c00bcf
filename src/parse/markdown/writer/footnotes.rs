//! Footnotes: numbered in the order of reference, written at the end of the text.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag};

use super::Writer;

/// Definitions by label as event ranges, and the labels in the order of reference.
#[derive(Default)]
pub(super) struct Footnotes {
    definitions: BTreeMap<String, (Range<usize>, Range<usize>)>,
    order: Vec<(String, usize)>,
}

impl<'a> Writer<'_, 'a> {
    pub(super) fn find_footnotes(&mut self) {
        for (index, (event, span)) in self.events.iter().enumerate() {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                let inner = index + 1..self.skip(index).saturating_sub(1);
                let known = &mut self.footnotes.definitions;
                known
                    .entry(label.to_string())
                    .or_insert((inner, span.clone()));
            }
        }
    }

    pub(super) fn footnote_reference(&mut self, label: &CowStr<'a>) {
        let order = &mut self.footnotes.order;
        let index = order
            .iter()
            .position(|(known, _)| **known == **label)
            .unwrap_or_else(|| {
                order.push((label.to_string(), 0));
                order.len() - 1
            });
        let Some((_, uses)) = order.get_mut(index) else {
            return;
        };
        *uses += 1;
        let suffix = if *uses > 1 {
            format!("-{uses}")
        } else {
            String::new()
        };
        let number = index + 1;
        self.push(&format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{number}{suffix}\">{number}</a></sup>"
        ));
    }

    /// Writes the footnotes in the order of reference.
    pub(super) fn write_footnotes(&mut self) {
        let mut index = 0;
        while let Some((label, _)) = self.footnotes.order.get(index).cloned() {
            if index == 0 {
                self.block("<section class=\"footnotes\">\n<ol>\n");
            }
            index += 1;
            self.block(&format!("<li id=\"fn-{index}\">"));
            if let Some((range, _)) = self.footnotes.definitions.get(&label).cloned() {
                self.depth += 1;
                self.render(range);
                self.depth -= 1;
            }
            self.push(&format!("<a class=\"footnote-back\" href=\"#fnref-{index}\" aria-label=\"返回正文\">↩</a></li>\n"));
        }
        if index > 0 {
            self.push("</ol>\n</section>\n");
        }
    }
}
