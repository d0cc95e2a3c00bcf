//! The prose of a Markdown text, from the parser's events: words with their places, without code, addresses, HTML and
//! directives. Titles of notes, captions and descriptions of pictures are prose too.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::mask::Masked;
use crate::parse::directive::{Directive, Mark, Marker};
use crate::text::writing::Prose;

/// Collects the prose of a text.
pub(super) fn collect(
    source: &str,
    masked: &Masked<'_>,
    events: &[(Event<'_>, Range<usize>)],
    markers: &[Marker],
) -> Prose {
    let mut collector = Collector {
        source,
        masked,
        prose: Prose::default(),
        run: (String::new(), 0),
        skipped: 0,
        links: Vec::new(),
        code: 0,
        quotes: Vec::new(),
        heading: 0,
    };
    for (event, span) in events {
        collector.event(event, span);
    }
    collector.finish_run();
    collector.prose.end();
    for marker in markers {
        collector.marker(&marker.mark);
    }
    collector.prose
}

struct Collector<'c> {
    source: &'c str,
    masked: &'c Masked<'c>,
    prose: Prose,
    /// Neighbouring words that are not handed over yet, and where they begin.
    run: (String, usize),
    /// Elements around this place whose text is not looked at: blocks of code, addresses as links.
    skipped: usize,
    /// The links around this place, and whether their text is an address.
    links: Vec<bool>,
    /// Tags of code around this place.
    code: usize,
    /// Where the quotations around this place began.
    quotes: Vec<usize>,
    /// Where the heading began.
    heading: usize,
}

impl Collector<'_> {
    fn event(&mut self, event: &Event<'_>, span: &Range<usize>) {
        if let Event::Text(text) = event {
            return self.text(text, span);
        }
        self.finish_run();
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::SoftBreak | Event::HardBreak => self.prose.line(),
            Event::InlineHtml(html) => self.tag(html),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.prose.opaque(),
            Event::Rule | Event::Html(_) => self.prose.end(),
            Event::Text(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str, span: &Range<usize>) {
        if self.skipped > 0 || self.code > 0 {
            return;
        }
        let words = self.masked.restore(text);
        let there = self.source.get(span.start..span.start + words.len());
        let before = self.source.get(..span.start).unwrap_or_default();
        if there != Some(&*words) {
            // An entity: what is shown does not stand there.
            self.finish_run();
            return self.prose.opaque();
        }
        if before.ends_with('\\') && words.starts_with(|one: char| one.is_ascii_punctuation()) {
            self.finish_run();
            self.prose.opaque();
            self.run = (
                words.get(1..).unwrap_or_default().to_owned(),
                span.start + 1,
            );
            return;
        }
        if self.run.1 + self.run.0.len() == span.start && !self.run.0.is_empty() {
            self.run.0.push_str(&words);
        } else {
            self.finish_run();
            self.run = (words.into_owned(), span.start);
        }
    }

    fn finish_run(&mut self) {
        let (words, from) = std::mem::take(&mut self.run);
        self.prose.push(&words, from);
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.prose.end();
                self.skipped += 1;
            }
            Tag::Link { link_type, .. } => {
                // Its text is its address.
                let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                if is_address {
                    self.prose.opaque();
                }
                self.skipped += usize::from(is_address);
                self.links.push(is_address);
            }
            Tag::Image { .. } => self.prose.opaque(),
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            _ => self.prose.end(),
        }
        match tag {
            Tag::BlockQuote(_) => self.quotes.push(self.prose.length()),
            Tag::Heading { id: None, .. } => self.heading = self.prose.length(),
            Tag::Heading { .. } => self.heading = usize::MAX,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            TagEnd::Link => {
                let is_address = self.links.pop() == Some(true);
                self.skipped = self.skipped.saturating_sub(usize::from(is_address));
            }
            TagEnd::Image => self.prose.opaque(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            TagEnd::Heading(_) => {
                self.prose.name(self.heading);
                self.prose.end();
            }
            TagEnd::BlockQuote(_) => {
                if let Some(start) = self.quotes.pop() {
                    self.prose.quote(start);
                }
                self.prose.end();
            }
            _ => self.prose.end(),
        }
        if matches!(tag, TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Item) {
            // A tag that nobody closed holds no longer than its paragraph.
            self.code = 0;
        }
    }

    /// Code may be marked by tags as well.
    fn tag(&mut self, html: &str) {
        self.prose.opaque();
        let name = html.trim_start_matches(['<', '/']);
        let name: String = name
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let name = name.to_ascii_lowercase();
        if !["code", "kbd", "samp", "var", "pre", "tt"].contains(&name.as_str()) {
            return;
        }
        if html.starts_with("</") {
            self.code = self.code.saturating_sub(1);
        } else if !html.ends_with("/>") {
            self.code += 1;
        }
    }

    fn marker(&mut self, mark: &Mark) {
        let (Mark::Open(directive) | Mark::Leaf(directive)) = mark else {
            return;
        };
        self.title(directive);
        for (name, value, span) in &directive.arguments {
            if !matches!(name.as_str(), "caption" | "alt") {
                continue;
            }
            // The place is that of the pair, which the value's quotation mark ends, perhaps with blanks behind it.
            let pair = self.source.get(span.clone()).unwrap_or_default();
            if let Some(at) = pair.rfind(value.as_str()) {
                self.prose.push(value, span.start + at);
                self.prose.end();
            }
        }
    }

    fn title(&mut self, directive: &Directive) {
        let line = self.source.get(directive.span.clone()).unwrap_or_default();
        if !directive.title.is_empty()
            && let Some(at) = line.rfind(&directive.title)
        {
            self.prose.push(&directive.title, directive.span.start + at);
            self.prose.end();
        }
    }
}
