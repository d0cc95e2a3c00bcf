//! What a reader can read on a page, taken from the page itself: its passages, each under the anchor
//! that leads to it. Nothing stands between what is shown and what is found. The theme says where to
//! look: inside elements that carry `data-search`, but not where that is `off`.

use crate::parse::marked::Marked;
use crate::text::lossy;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
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
    let mut tag = Tag::default();
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        match event {
            CallbackEvent::OpenStartTag { name } => tag.open(name),
            CallbackEvent::AttributeName { name } => tag.attribute(name),
            CallbackEvent::AttributeValue { value } => tag.value(value),
            CallbackEvent::CloseStartTag { self_closing } => reader.enter(&tag, self_closing),
            CallbackEvent::EndTag { name } => reader.leave(&lossy(name)),
            CallbackEvent::String { value } if reader.marked.is_on() => {
                reader.block.push_str(&lossy(value));
            }
            _ => {}
        }
        None
    });
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(from_main(html), emitter).for_each(drop);
    reader.end_block();
    reader.end_passage();
    reader.passages
}

/// A page from the `<main>` around its first mark: nothing before is marked, and half of a page's tags stand there.
fn from_main(html: &str) -> &str {
    let mark = html.find("data-search").unwrap_or(html.len());
    let main = html[..mark].rfind("<main").unwrap_or(0);
    &html[main..]
}

/// What matters of a start tag.
#[derive(Default)]
struct Tag {
    name: String,
    id: Option<String>,
    mark: Option<Vec<u8>>,
    current: Attribute,
}

/// The attribute whose value comes next.
#[derive(Default, PartialEq)]
enum Attribute {
    Id,
    Mark,
    #[default]
    Other,
}

impl Tag {
    fn open(&mut self, name: &[u8]) {
        self.name.clear();
        self.name.push_str(&lossy(name));
        (self.id, self.mark) = (None, None);
        self.current = Attribute::Other;
    }

    /// An attribute, whose value may follow; the first of a name counts.
    fn attribute(&mut self, name: &[u8]) {
        self.current = match name {
            b"id" if self.id.is_none() => Attribute::Id,
            b"data-search" if self.mark.is_none() => Attribute::Mark,
            _ => Attribute::Other,
        };
        if self.current == Attribute::Mark {
            self.mark = Some(Vec::new());
        }
    }

    fn value(&mut self, value: &[u8]) {
        match self.current {
            Attribute::Id => self.id = Some(lossy(value).into_owned()),
            Attribute::Mark => self.mark = Some(value.to_vec()),
            Attribute::Other => {}
        }
    }
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
    fn enter(&mut self, tag: &Tag, self_closing: bool) {
        let name = tag.name.as_str();
        let inline = INLINE.contains(&name);
        if name == "br" && self.marked.is_on() {
            self.block.push(' ');
        }
        if self_closing || !self.marked.enter(name, tag.mark.as_deref()) {
            return;
        }
        let on = self.marked.is_on();
        if !inline {
            self.end_block();
        }
        if on && let Some(id) = tag.id.as_ref().filter(|id| !id.is_empty()) {
            // Inside a line an anchor leads to the line.
            if !inline {
                self.end_passage();
                self.passage.anchor.clone_from(id);
            }
        }
        if on && let Some(level) = heading_level(name) {
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
