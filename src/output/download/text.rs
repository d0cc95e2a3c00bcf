//! From a page's text to the blocks of a paper. Hints for the reader of the page (notes in a box) and pictures are
//! left out: a paper is signed or filed.

use super::paper::{Block, Piece, TableCell};
use crate::text::lossy;
use html5gum::{StartTag, Token, Tokenizer, emitters::default::DefaultEmitter};

/// Elements whose text is not for paper.
const SKIPPED: &[&str] = &[
    "aside", "figure", "svg", "script", "style", "template", "button", "nav",
];
/// Elements without content.
const VOID: &[&str] = &["br", "hr", "img", "wbr", "input", "col"];

/// Follows a page's text.
#[derive(Default)]
pub struct Reader {
    blocks: Vec<Block>,
    line: Vec<Piece>,
    /// Elements that are left out, open at present.
    skipped: usize,
    strong: usize,
    /// The width of the blank that is open.
    blank: Option<usize>,
    /// The open spans, and whether each is a blank.
    spans: Vec<bool>,
    heading: Option<u8>,
    /// The open lists: the number of the next item, or nothing where they are not numbered.
    lists: Vec<Option<u64>>,
    /// The sign of the item whose text comes next.
    sign: Option<String>,
    table: Option<Vec<Vec<TableCell>>>,
    cell: Option<TableCell>,
}

impl Reader {
    /// The blocks of a text.
    pub fn read(html: &str) -> Vec<Block> {
        let mut reader = Self::default();
        let tokens = Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span());
        for token in tokens.flatten() {
            match token {
                Token::StartTag(tag) => reader.enter(&tag),
                Token::EndTag(tag) => reader.leave(&lossy(&tag.name)),
                Token::String(text) => reader.text(&lossy(&text.value)),
                _ => {}
            }
        }
        reader.end_line();
        reader.blocks
    }

    fn enter(&mut self, tag: &StartTag<usize>) {
        let name = lossy(&tag.name).into_owned();
        let attribute = |wanted: &[u8]| {
            tag.attributes
                .get(wanted)
                .map(|value| lossy(&value.value).into_owned())
        };
        if self.skipped > 0 || SKIPPED.contains(&name.as_str()) {
            self.skipped += usize::from(!VOID.contains(&name.as_str()) && !tag.self_closing);
            return;
        }
        let span = |wanted: &[u8]| {
            attribute(wanted)
                .and_then(|value| value.parse().ok())
                .unwrap_or(1_usize)
                .max(1)
        };
        match name.as_str() {
            "br" => self.line.push(Piece::Break),
            "strong" | "b" => self.strong += 1,
            "span" => {
                let class = attribute(b"class").unwrap_or_default();
                let width = class
                    .split_once("letter__blank--")
                    .and_then(|(_, width)| width.parse().ok());
                self.spans.push(width.is_some());
                self.blank = self.blank.or(width);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_line();
                let level = name.as_bytes().get(1).map_or(2, |level| level - b'0');
                self.heading = Some(level.saturating_sub(1).clamp(1, 3));
            }
            "p" | "div" | "section" | "blockquote" | "dl" | "dt" | "dd" | "pre" => self.end_line(),
            "ul" => {
                self.end_line();
                self.lists.push(None);
            }
            "ol" => {
                self.end_line();
                let first = attribute(b"start").and_then(|value| value.parse().ok());
                self.lists.push(Some(first.unwrap_or(1)));
            }
            "li" => {
                self.end_line();
                self.sign = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "• ".to_owned(),
                });
            }
            "table" => {
                self.end_line();
                self.table = Some(Vec::new());
            }
            "tr" => {
                if let Some(table) = &mut self.table {
                    table.push(Vec::new());
                }
            }
            "th" | "td" => {
                self.cell = Some(TableCell {
                    lines: Vec::new(),
                    head: name == "th",
                    colspan: span(b"colspan"),
                    rowspan: span(b"rowspan"),
                    room: 0,
                });
            }
            _ => {}
        }
    }

    fn leave(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "strong" | "b" => self.strong = self.strong.saturating_sub(1),
            "span" => {
                if self.spans.pop() == Some(true)
                    && let Some(width) = self.blank.take()
                {
                    self.line.push(Piece::Blank(width));
                }
            }
            "p" | "div" | "section" | "blockquote" | "li" | "dl" | "dt" | "dd" | "pre" | "h1"
            | "h2" | "h3" | "h4" | "h5" | "h6" => self.end_line(),
            "ul" | "ol" => {
                self.end_line();
                self.lists.pop();
            }
            "th" | "td" => {
                self.end_line();
                if let (Some(cell), Some(table)) = (self.cell.take(), &mut self.table)
                    && let Some(row) = table.last_mut()
                {
                    row.push(cell);
                }
            }
            "table" => {
                if let Some(table) = self.table.take() {
                    self.blocks.push(Block::Table(table));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 || self.blank.is_some() {
            return;
        }
        // Line ends of the source are none of the paper's.
        let text = text.replace('\n', "");
        // A space after a full-width mark only widens its own.
        let text = text
            .replace("。 ", "。")
            .replace("； ", "；")
            .replace("： ", "：");
        let before = self.line.last().and_then(|piece| match piece {
            Piece::Text(text) | Piece::Strong(text) => text.chars().last(),
            _ => None,
        });
        let text = match before {
            Some('。' | '；' | '：') => text.trim_start().to_owned(),
            _ => text,
        };
        if text.is_empty() {
            return;
        }
        self.line.push(match self.strong {
            0 => Piece::Text(text),
            _ => Piece::Strong(text),
        });
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let is_empty = line
            .iter()
            .all(|piece| matches!(piece, Piece::Text(text) if text.trim().is_empty()));
        if is_empty {
            self.heading = None;
            return;
        }
        if let Some(cell) = &mut self.cell {
            cell.lines.push(line);
            return;
        }
        let block = match (self.heading.take(), self.sign.take()) {
            (Some(level), _) => Block::Heading(level, line),
            (None, Some(sign)) => Block::Item(sign, line),
            (None, None) => Block::Paragraph(line),
        };
        self.blocks.push(block);
    }
}
