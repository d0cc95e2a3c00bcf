//! The walk over the parser's events that writes the HTML. What needs more than a tag is in the modules below.

mod blocks;
mod directives;
mod footnotes;
mod inline;
mod tables;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};

use super::concealed::{Concealed, is_blank};
use super::escape::{Address, judge, push_text};
use super::heading_id::take_ids;
use super::mask::Masked;
use super::raw::empty_refused;
use super::{Body, Options, Problem, Slot, SlotKind};
use crate::parse::directive::{Directive, Marker, scan};
use crate::text::Length;
use crate::text::writing::Prose;
use footnotes::Footnotes;
use tables::Table;

/// Characters of the excerpt.
const EXCERPT: usize = 160;

/// Everything the walk keeps.
pub(super) struct Writer<'e, 'a> {
    pub(super) source: &'e str,
    pub(super) options: &'e Options,
    events: &'e [(Event<'a>, Range<usize>)],
    /// For each event the index behind it, or behind the element that it begins.
    ends: Vec<usize>,
    masked: &'e Masked<'e>,
    markers: Vec<Marker>,
    next_marker: usize,
    pub(super) body: Body,
    problems: Vec<Problem>,
    /// The ids given so far, each with the last number tried for its repetitions.
    ids: BTreeMap<String, usize>,
    /// Raw elements that are open.
    pub(super) raw_open: Vec<(String, Range<usize>)>,
    /// What is known of links that readers cannot see.
    pub(super) concealed: Concealed,
    /// How many raw elements were open where each Markdown element began.
    pub(super) marks: Vec<usize>,
    links: Vec<bool>,
    table: Table,
    merging: Option<Directive>,
    footnotes: Footnotes,
    last: char,
    depth: usize,
    in_excerpt: bool,
    /// Tables so far that have no caption to be named by.
    unnamed: usize,
}

/// Parses and writes a text.
pub(super) fn write(
    source: &str,
    options: &Options,
    prose: Option<&mut Prose>,
) -> (Body, Vec<Problem>) {
    let (markers, problems) = if options.directives {
        scan(source)
    } else {
        Default::default()
    };
    let mut text = Cow::Borrowed(source);
    for marker in markers.iter().filter(|marker| marker.span.len() >= 3) {
        let rule = format!("___{}", " ".repeat(marker.span.len() - 3));
        text.to_mut().replace_range(marker.span.clone(), &rule);
    }
    let masked = if options.cjk {
        Masked::new(text)
    } else {
        Masked::plain(text)
    };
    let mut events: Vec<_> = Parser::new_ext(&masked.text, extensions())
        .into_offset_iter()
        .collect();
    if options.heading_ids {
        take_ids(&mut events, source);
    }
    if options.raw_html {
        empty_refused(&mut events);
    }
    if let Some(prose) = prose {
        *prose = super::prose::collect(source, &masked, &events, &markers);
    }
    let mut writer = Writer {
        source,
        options,
        events: &events,
        ends: ends(&events),
        masked: &masked,
        markers,
        next_marker: 0,
        body: Body::default(),
        problems,
        ids: BTreeMap::new(),
        raw_open: Vec::new(),
        concealed: Concealed::default(),
        marks: Vec::new(),
        links: Vec::new(),
        table: Table::default(),
        merging: None,
        footnotes: Footnotes::default(),
        last: '\n',
        depth: 0,
        in_excerpt: false,
        unnamed: 0,
    };
    writer.find_footnotes();
    writer.render(0..events.len());
    writer.flush_markers(usize::MAX);
    writer.raw_close(0);
    writer.write_footnotes();
    (writer.body, writer.problems)
}

/// CommonMark has U+FFFD in place of NUL, which no HTML or XML may hold.
fn no_nul(character: char) -> char {
    match character {
        '\0' => '\u{FFFD}',
        other => other,
    }
}

/// For each event the index behind it, or behind the element that it begins.
fn ends(events: &[(Event<'_>, Range<usize>)]) -> Vec<usize> {
    let mut ends: Vec<usize> = (1..=events.len()).collect();
    let mut open = Vec::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(_) => open.push(at),
            Event::End(_) => {
                if let Some(end) = open.pop().and_then(|start| ends.get_mut(start)) {
                    *end = at + 1;
                }
            }
            _ => {}
        }
    }
    ends
}

/// The parser's own extensions; ids of headings are ours, see [`take_ids`].
fn extensions() -> Extensions {
    Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
}

impl<'e, 'a> Writer<'e, 'a> {
    pub(super) fn problem(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        found: &str,
        say: [&str; 2],
        help: [&str; 2],
    ) {
        self.problems
            .push(Problem::new(code, span, found, say, help));
    }

    /// Leaves a hole at the end of the HTML.
    pub(super) fn slot(&mut self, kind: SlotKind, target: &str, span: Range<usize>) {
        let (at, target) = (self.body.html.len(), target.to_owned());
        self.body.slots.push(Slot {
            at,
            kind,
            target,
            span,
        });
    }

    fn push(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    /// Begins a new line unless at the start of one.
    fn line(&mut self) {
        if !self.body.html.is_empty() && !self.body.html.ends_with('\n') {
            self.body.html.push('\n');
        }
    }

    fn render(&mut self, range: Range<usize>) {
        let events = self.events;
        let mut at = range.start;
        while at < range.end {
            let Some((event, span)) = events.get(at) else {
                return;
            };
            if self.depth == 0 {
                let rule = matches!(event, Event::Rule);
                if self.flush_markers(span.start) && rule {
                    at += 1;
                    continue;
                }
            }
            at = self.event(at, event, span.clone());
        }
    }

    /// Writes one event; the index of the next comes back.
    fn event(&mut self, at: usize, event: &Event<'a>, span: Range<usize>) -> usize {
        match event {
            Event::Start(tag) => return self.start(at, tag, span),
            Event::End(tag) => self.end(*tag),
            Event::Text(_) => return self.text_run(at),
            Event::Code(code) => {
                let code = self.masked.restore(code);
                self.push("<code>");
                push_text(&mut self.body.html, &code);
                self.push("</code>");
                self.count(&code);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let html = self.masked.restore(html);
                self.raw_html(&html, span);
            }
            Event::SoftBreak => self.soft_break(at),
            Event::HardBreak => self.push("<br />\n"),
            Event::Rule => {
                self.line();
                self.push("<hr />\n");
            }
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::TaskListMarker(done) => {
                let checked = if *done { " checked=\"\"" } else { "" };
                // A box of a list has no label of its own; CommonMark's examples know none.
                let name = match (self.options.directives, done) {
                    (false, _) => "",
                    (true, true) => " aria-label=\"已完成\"",
                    (true, false) => " aria-label=\"未完成\"",
                };
                self.push(&format!(
                    "<input type=\"checkbox\" disabled=\"\"{checked}{name} /> "
                ));
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => {
                let text = self.masked.restore(text);
                push_text(&mut self.body.html, &text);
            }
        }
        at + 1
    }

    fn start(&mut self, at: usize, tag: &Tag<'a>, span: Range<usize>) -> usize {
        match tag {
            Tag::FootnoteDefinition(_) | Tag::MetadataBlock(_) => return self.skip(at),
            Tag::CodeBlock(kind) => return self.code_block(at, kind),
            Tag::HtmlBlock => return self.html_block(at),
            Tag::Image {
                dest_url, title, ..
            } => {
                let (url, title) = (self.masked.restore(dest_url), self.masked.restore(title));
                let alt = self.plain(at + 1..self.skip(at));
                self.count(&alt);
                self.expect_text(&url, &alt, &span);
                self.image(&url, &alt, &title, span);
                return self.skip(at);
            }
            Tag::TableCell if self.cell().columns == 0 => {
                self.next_column();
                return self.skip(at);
            }
            _ => {}
        }
        if matches!(tag, Tag::Paragraph) && self.depth == 0 {
            self.in_excerpt = self.body.excerpt.is_empty();
        }
        self.depth += 1;
        self.marks.push(self.raw_open.len());
        self.open(at, tag, span);
        at + 1
    }

    fn open(&mut self, at: usize, tag: &Tag<'a>, span: Range<usize>) {
        match tag {
            Tag::Paragraph => self.block("<p>"),
            Tag::Heading { level, id, .. } => self.heading(at, *level as u8, id.as_ref(), span),
            Tag::BlockQuote(_) => self.block("<blockquote>\n"),
            Tag::List(None) => self.block("<ul>\n"),
            Tag::List(Some(1)) => self.block("<ol>\n"),
            Tag::List(Some(start)) => self.block(&format!("<ol start=\"{start}\">\n")),
            Tag::Item => self.block("<li>"),
            Tag::Table(aligns) => self.open_table(at, aligns, span),
            Tag::TableHead => self.push("<thead>\n<tr>\n"),
            Tag::TableRow => self.open_row(),
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.expect_seen(at, dest_url, &span);
                self.link(*link_type, dest_url, title, span);
            }
            _ => {}
        }
    }

    fn block(&mut self, html: &str) {
        self.line();
        self.push(html);
        self.last = '\n';
    }

    fn end(&mut self, tag: TagEnd) {
        self.depth = self.depth.saturating_sub(1);
        if let Some(floor) = self.marks.pop() {
            self.raw_close(floor);
        }
        match tag {
            TagEnd::Paragraph => {
                self.in_excerpt = false;
                self.push("</p>\n");
            }
            TagEnd::Heading(level) => self.push(&format!("</{level}>\n")),
            TagEnd::BlockQuote(_) => self.block("</blockquote>\n"),
            TagEnd::List(true) => self.block("</ol>\n"),
            TagEnd::List(false) => self.block("</ul>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::Table => self.close_table(),
            TagEnd::TableHead => {
                self.push("</tr>\n</thead>\n");
                self.next_row();
            }
            TagEnd::TableRow => {
                self.push("</tr>\n");
                self.next_row();
            }
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Link if self.links.pop() == Some(true) => self.push("</a>"),
            _ => {}
        }
    }

    /// A link has something to see, and stands where it is seen.
    fn expect_seen(&mut self, at: usize, url: &str, span: &Range<usize>) {
        let inside = at + 1..self.skip(at);
        let events = self.events.get(inside.clone()).unwrap_or_default();
        let shows = |event: &Event<'_>| {
            matches!(
                event,
                Event::Start(Tag::Image { .. }) | Event::Html(_) | Event::InlineHtml(_)
            )
        };
        let is_empty =
            !events.iter().any(|(event, _)| shows(event)) && is_blank(&self.plain(inside));
        let url = self.masked.restore(url).into_owned();
        if self.conceals() || (is_empty && judge(&url) == Address::External) {
            self.hidden_link(&url, span.clone());
        }
    }

    /// The index behind the element that begins at `at`.
    fn skip(&self, at: usize) -> usize {
        self.ends.get(at).copied().unwrap_or(self.events.len())
    }

    /// The text of some events without markup.
    fn plain(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        for (event, _) in self.events.get(range).unwrap_or_default() {
            match event {
                Event::Text(text) | Event::Code(text) => out.push_str(text),
                Event::SoftBreak | Event::HardBreak => out.push(' '),
                _ => {}
            }
        }
        let text = self.masked.restore(&out);
        text.chars().map(no_nul).collect()
    }

    /// The HTML of some inline events without links and pictures.
    fn inline(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        for (event, _) in self.events.get(range).unwrap_or_default() {
            match event {
                Event::Text(text) => push_text(&mut out, &self.masked.restore(text)),
                Event::Code(text) => {
                    out.push_str("<code>");
                    push_text(&mut out, &self.masked.restore(text));
                    out.push_str("</code>");
                }
                Event::SoftBreak | Event::HardBreak => out.push(' '),
                Event::Start(Tag::Emphasis) => out.push_str("<em>"),
                Event::Start(Tag::Strong) => out.push_str("<strong>"),
                Event::End(TagEnd::Emphasis) => out.push_str("</em>"),
                Event::End(TagEnd::Strong) => out.push_str("</strong>"),
                _ => {}
            }
        }
        out
    }

    /// Counts a text and remembers how it ends.
    pub(super) fn count(&mut self, text: &str) {
        let length = Length::of(text);
        self.body.counts.han += length.han;
        self.body.counts.words += length.words;
        self.last = text.chars().last().unwrap_or(self.last);
        if self.in_excerpt {
            let left = EXCERPT.saturating_sub(self.body.excerpt.chars().count());
            let sound = text.chars().map(no_nul);
            self.body.excerpt.extend(sound.take(left));
        }
    }

    /// Writes neighbouring text events as one, so that inline directives are seen whole.
    fn text_run(&mut self, at: usize) -> usize {
        let events = self.events;
        let (mut text, mut span, mut next) = (Cow::Borrowed(""), 0..0, at);
        while let Some((Event::Text(part), place)) = events.get(next) {
            if next == at {
                (text, span) = (Cow::Borrowed(&**part), place.clone());
            } else if place.start == span.end {
                text.to_mut().push_str(part);
                span.end = place.end;
            } else {
                break;
            }
            next += 1;
        }
        let text = self.masked.restore(&text);
        self.text(&text, span);
        next
    }
}
