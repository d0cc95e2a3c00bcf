//! What a reader can read on a page, taken from the page itself: its passages, each under the anchor
//! that leads to it. Nothing stands between what is shown and what is found. The theme says where to
//! look: inside elements that carry `data-search`, but not where that is `off`.

use crate::parse::marked::Marked;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use serde::{Deserialize, Serialize};

/// A part of a page: blocks of text under one anchor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The id that leads to it; empty at the top of a page.
    pub anchor: String,
    /// The heading that it stands under.
    pub heading: String,
    /// Its blocks, a line each.
    pub text: String,
}

/// A passage without a new anchor ends with the block that takes it beyond this many bytes.
const FULL: usize = 1400;

/// Elements that hold no text to read.
const SKIPPED: &[&str] = &[
    "script", "style", "template", "svg", "nav", "button", "select", "noscript",
];
/// Elements inside a block; every other one begins and ends a block.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time",
    "u", "var",
];

/// The passages of a page.
#[must_use]
pub fn extract(html: &str) -> Vec<Passage> {
    let mut reader = Reader {
        marked: Marked::new("data-search", SKIPPED),
        passages: Vec::new(),
        block: String::new(),
        passage: Passage::default(),
        heading: None,
    };
    let tokens = Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span());
    for token in tokens.flatten() {
        match token {
            Token::StartTag(tag) => reader.enter(&tag),
            Token::EndTag(tag) => reader.leave(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) if reader.marked.is_on() => {
                reader.block.push_str(&String::from_utf8_lossy(&text.value));
            }
            _ => {}
        }
    }
    reader.end_block();
    reader.end_passage();
    reader.passages
}

struct Reader {
    passages: Vec<Passage>,
    marked: Marked,
    block: String,
    passage: Passage,
    /// The level of the heading that the block is.
    heading: Option<u8>,
}

impl Reader {
    fn enter(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let attribute = |wanted: &[u8]| {
            let mut attributes = tag.attributes.iter();
            let found = attributes.find(|(key, _)| key.as_slice() == wanted);
            found.map(|(_, value)| String::from_utf8_lossy(&value.value).into_owned())
        };
        let inline = INLINE.contains(&name.as_str());
        if name == "br" && self.marked.is_on() {
            self.block.push(' ');
        }
        if !self.marked.enter(tag) {
            return;
        }
        let on = self.marked.is_on();
        if !inline {
            self.end_block();
        }
        if on && let Some(id) = attribute(b"id").filter(|id| !id.is_empty()) {
            // Inside a line an anchor leads to the line.
            if !inline {
                self.end_passage();
                self.passage.anchor = id;
            }
        }
        if on && let Some(level) = heading_level(&name) {
            self.end_passage();
            self.heading = Some(level);
        }
    }

    fn leave(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            self.end_block();
        }
        self.marked.leave(name);
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        let level = self.heading.take();
        let mut words = block.split_whitespace();
        let Some(first) = words.next() else {
            // The heading's text may still come.
            self.heading = level;
            return;
        };
        let mut line = first.to_owned();
        for word in words {
            line.push(' ');
            line.push_str(word);
        }
        if level.is_some() {
            self.passage.heading.clone_from(&line);
        }
        if !self.passage.text.is_empty() {
            self.passage.text.push('\n');
        }
        self.passage.text.push_str(&line);
        if self.passage.text.len() > FULL {
            self.end_passage();
        }
    }

    fn end_passage(&mut self) {
        if self.passage.text.is_empty() {
            return;
        }
        let next = Passage {
            text: String::new(),
            ..self.passage.clone()
        };
        self.passages
            .push(std::mem::replace(&mut self.passage, next));
    }
}

fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}
