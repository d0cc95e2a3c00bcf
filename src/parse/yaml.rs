//! YAML front matter as the same plain data as TOML, with the place of every key and value.
//! Reads the parser's events with a stack of its own, so that neither deep nesting nor aliases of
//! aliases cost more than the text is long. Knows nothing of what the keys mean. Entry point: [`parse`].

mod fault;
mod scalar;

use super::data::{Entry, Node, Value};
use crate::diag::{Checked, Diagnostic, Span};
use crate::path::SourcePath;
use fault::{Fault, fault};
use saphyr_parser::{Event, Parser, ScalarStyle};
use scalar::Scalar;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Lists and tables may nest this deep; what reads the values later may then go down them recursively.
const DEEPEST: usize = 64;

/// All aliases together may copy this many bytes and nodes.
const MOST_COPIED: usize = 1 << 20;

/// Whether a text is meant as YAML front matter: it begins a mapping, or holds nothing but blanks and
/// comments, or is faulty and has a line like `key: value`. What stands between two thematic breaks of
/// a Markdown text is none of these.
#[must_use]
pub fn is_front_matter(text: &str) -> bool {
    let mut parser = Parser::new_from_str(text);
    let mut is_other = false;
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::MappingStart(..), _)) if !is_other => return true,
            Ok((Event::StreamEnd, _)) => return !is_other,
            Ok((Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd, _)) => {}
            Ok(_) => is_other = true,
            Err(_) => return text.lines().any(is_pair),
        }
    }
    false
}

/// Whether a line is one word, an ASCII colon, and a value or nothing.
fn is_pair(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        let is_word = !key.is_empty() && !key.contains(char::is_whitespace);
        is_word && (value.is_empty() || value.starts_with(char::is_whitespace))
    })
}

/// Reads YAML that stands in `source` from byte `offset` on (front matter begins after its fence).
/// The first syntax error ends the reading; what stands before it is returned beside it.
/// A key without a value, or with `null`, counts as not written.
#[must_use]
pub fn parse(text: &str, source: &SourcePath, offset: usize) -> Checked<Vec<Entry>> {
    let mut reader = Reader {
        places: Places::new(text, offset),
        source,
        stack: Vec::new(),
        root: Vec::new(),
        anchors: BTreeMap::new(),
        copied: 0,
        end: offset,
        diagnostics: Vec::new(),
    };
    if let Err(fault) = reader.read(text) {
        reader.report(fault);
    }
    // After a fault the outermost table is still open; the others are not complete.
    if let Some(Frame {
        content: Content::Table(table),
        ..
    }) = reader.stack.into_iter().next()
    {
        reader.root = table.entries;
    }
    Checked {
        value: reader.root,
        diagnostics: reader.diagnostics,
    }
}

/// The bytes of the file for the parser's places, which count characters.
struct Places {
    /// The byte of each character and of the end; empty where every character is one byte.
    bytes: Vec<usize>,
    offset: usize,
    length: usize,
}

impl Places {
    fn new(text: &str, offset: usize) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).collect()
        };
        Self {
            bytes,
            offset,
            length: text.len(),
        }
    }

    fn byte(&self, character: usize) -> usize {
        let byte = if self.bytes.is_empty() {
            character.min(self.length)
        } else {
            self.bytes.get(character).copied().unwrap_or(self.length)
        };
        self.offset + byte
    }

    fn range(&self, span: saphyr_parser::Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }
}

/// A list or table that has begun.
struct Frame {
    anchor: usize,
    start: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Table(Table),
}

#[derive(Default)]
struct Table {
    entries: Vec<Entry>,
    known: BTreeSet<String>,
    /// The key whose value comes next.
    key: Option<(String, Range<usize>)>,
}

struct Reader<'a> {
    places: Places,
    source: &'a SourcePath,
    stack: Vec<Frame>,
    root: Vec<Entry>,
    /// What each anchor names; nothing where that is null.
    anchors: BTreeMap<usize, Option<Node>>,
    copied: usize,
    /// Where the last value ended: a block's own end would be the beginning of the next line.
    end: usize,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) -> Result<(), Fault> {
        if let Some(at) = text.find('\0') {
            let at = self.places.offset + at;
            return Err(fault("NUL character", at..at + 1));
        }
        let mut parser = Parser::new_from_str(text);
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| {
                let mut at = self.places.byte(error.marker().index());
                // The parser misses a key's colon only where the next line begins.
                if error.info().starts_with("simple key expect") {
                    let before = text.get(..at - self.places.offset).unwrap_or(text);
                    at = self.places.offset + before.trim_end().len();
                }
                fault(error.info(), at..at)
            })?;
            let bytes = self.places.range(span);
            if matches!(event, Event::DocumentStart(_)) {
                documents += 1;
            }
            if documents > 1 {
                return Err(fault("second document", bytes));
            }
            self.event(event, bytes)?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, bytes: Range<usize>) -> Result<(), Fault> {
        if !bytes.is_empty() {
            self.end = bytes.end;
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                if self.awaits_key() {
                    return self.anchored_key(anchor, text.into_owned(), bytes);
                }
                let is_text =
                    tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let node = match style {
                    ScalarStyle::Plain if !is_text => self.plain(&text, bytes),
                    _ => Some(Node {
                        bytes,
                        value: Value::Text(text.into_owned()),
                    }),
                };
                self.value(anchor, node)
            }
            Event::SequenceStart(anchor, _) => self.begin(anchor, bytes, Content::List(Vec::new())),
            Event::MappingStart(anchor, _) => {
                self.begin(anchor, bytes, Content::Table(Table::default()))
            }
            Event::SequenceEnd | Event::MappingEnd => self.finish(),
            Event::Alias(anchor) => self.alias(anchor, bytes),
            _ => Ok(()),
        }
    }

    fn awaits_key(&self) -> bool {
        match self.stack.last() {
            Some(Frame {
                content: Content::Table(table),
                ..
            }) => table.key.is_none(),
            _ => false,
        }
    }

    fn anchored_key(
        &mut self,
        anchor: usize,
        key: String,
        bytes: Range<usize>,
    ) -> Result<(), Fault> {
        if anchor > 0 {
            let value = Value::Text(key.clone());
            let bytes = bytes.clone();
            self.anchors.insert(anchor, Some(Node { bytes, value }));
        }
        self.key(key, bytes)
    }

    fn key(&mut self, key: String, bytes: Range<usize>) -> Result<(), Fault> {
        if let Some(Frame {
            content: Content::Table(table),
            ..
        }) = self.stack.last_mut()
        {
            if !table.known.insert(key.clone()) {
                return Err(fault("duplicate key", bytes));
            }
            table.key = Some((key, bytes));
        }
        Ok(())
    }

    fn plain(&mut self, text: &str, bytes: Range<usize>) -> Option<Node> {
        match scalar::resolve(text) {
            Scalar::Value(value) => Some(Node { bytes, value }),
            Scalar::Null => None,
            Scalar::Refused(why) => {
                let span = self.span(bytes);
                self.diagnostics.push(why.diagnostic(span));
                None
            }
        }
    }

    fn begin(&mut self, anchor: usize, bytes: Range<usize>, content: Content) -> Result<(), Fault> {
        if self.awaits_key() {
            return Err(fault("key is not text", bytes));
        }
        if self.stack.len() >= DEEPEST {
            return Err(fault("recursion limit exceeded", bytes));
        }
        if self.stack.is_empty() && matches!(content, Content::List(_)) {
            return Err(fault("not a mapping", bytes));
        }
        self.stack.push(Frame {
            anchor,
            start: bytes.start,
            content,
        });
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Fault> {
        let Some(frame) = self.stack.pop() else {
            return Ok(());
        };
        let value = match frame.content {
            Content::List(items) => Value::List(items),
            Content::Table(table) if self.stack.is_empty() => {
                self.root = table.entries;
                return Ok(());
            }
            Content::Table(table) => Value::Table(table.entries),
        };
        let bytes = frame.start..self.end.max(frame.start);
        self.value(frame.anchor, Some(Node { bytes, value }))
    }

    /// Takes a complete value into the list or table it stands in.
    fn value(&mut self, anchor: usize, node: Option<Node>) -> Result<(), Fault> {
        // Anchors count from 1.
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.stack.last_mut().map(|frame| &mut frame.content) {
            Some(Content::List(items)) => items.extend(node),
            Some(Content::Table(table)) => {
                let key = table.key.take();
                let entry = key.zip(node).map(|((key, key_bytes), node)| Entry {
                    key,
                    key_bytes,
                    node,
                });
                table.entries.extend(entry);
            }
            None => {
                if let Some(node) = node {
                    return Err(fault("not a mapping", node.bytes));
                }
            }
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, bytes: Range<usize>) -> Result<(), Fault> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(fault("alias inside its own anchor", bytes));
        };
        let (size, depth) = node.as_ref().map_or((0, 0), measure);
        self.copied += size;
        if self.copied > MOST_COPIED || self.stack.len() + depth > DEEPEST {
            return Err(fault("aliases copy too much", bytes));
        }
        let value = node.as_ref().map(|node| node.value.clone());
        match (self.awaits_key(), value) {
            (true, Some(Value::Text(text))) => self.key(text, bytes),
            (true, _) => Err(fault("key is not text", bytes)),
            (false, value) => self.value(0, value.map(|value| Node { bytes, value })),
        }
    }

    fn span(&self, bytes: Range<usize>) -> Span {
        Span {
            source: self.source.clone(),
            bytes,
        }
    }

    fn report(&mut self, fault: Fault) {
        let span = self.span(fault.bytes);
        self.diagnostics
            .push(Diagnostic::error("yaml-syntax", span, fault.message).with_help(fault.help));
    }
}

/// The bytes and nodes of a value together, and how deep lists and tables nest in it.
fn measure(node: &Node) -> (usize, usize) {
    let children: Vec<&Node> = match &node.value {
        Value::Text(text) => return (1 + text.len(), 0),
        Value::List(items) => items.iter().collect(),
        Value::Table(entries) => entries.iter().map(|entry| &entry.node).collect(),
        _ => return (1, 0),
    };
    let (mut size, mut depth) = (1, 0);
    for (inner_size, inner_depth) in children.into_iter().map(measure) {
        size += 1 + inner_size;
        depth = depth.max(inner_depth);
    }
    (size, depth + 1)
}
