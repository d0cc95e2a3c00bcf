//! The walk over the parser's events that writes the HTML.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, LinkType, Options as Extensions, Parser, Tag, TagEnd,
};

use super::escape::{self, Address, judge, push_text};
use super::mask::{Masked, joins};
use super::table::{Cell, merge};
use super::{Body, Heading, Options, Problem, Slot, SlotKind};
use crate::parse::directive::{Directive, Kind, Mark, Marker, scan};
use crate::parse::highlight::highlight;
use crate::text::{Length, slug};

/// Characters of the excerpt.
const EXCERPT: usize = 160;

/// Everything the walk keeps.
pub(super) struct Writer<'e, 'a> {
    pub(super) source: &'e str,
    pub(super) options: &'e Options,
    events: &'e [(Event<'a>, Range<usize>)],
    masked: &'e Masked,
    markers: Vec<Marker>,
    next_marker: usize,
    pub(super) body: Body,
    problems: Vec<Problem>,
    ids: BTreeSet<String>,
    /// Raw elements that are open.
    pub(super) raw_open: Vec<(String, Range<usize>)>,
    /// How many raw elements were open where each Markdown element began.
    pub(super) marks: Vec<usize>,
    links: Vec<bool>,
    table: Table,
    merging: Option<Directive>,
    footnotes: Footnotes,
    last: char,
    depth: usize,
    in_excerpt: bool,
}

/// The table being written.
#[derive(Default)]
struct Table {
    aligns: Vec<Alignment>,
    cells: Vec<Vec<Cell>>,
    row: usize,
    column: usize,
}

/// Definitions by label as event ranges, and the labels in the order of reference.
#[derive(Default)]
struct Footnotes {
    definitions: BTreeMap<String, (Range<usize>, Range<usize>)>,
    order: Vec<(String, usize)>,
}

/// Parses and writes a text.
pub(super) fn write(source: &str, options: &Options) -> (Body, Vec<Problem>) {
    let (markers, problems) = if options.directives {
        scan(source)
    } else {
        Default::default()
    };
    let mut text = source.to_owned();
    for marker in markers.iter().filter(|marker| marker.span.len() >= 3) {
        let rule = format!("___{}", " ".repeat(marker.span.len() - 3));
        text.replace_range(marker.span.clone(), &rule);
    }
    let masked = if options.cjk {
        Masked::new(&text)
    } else {
        Masked::plain(&text)
    };
    let events: Vec<_> = Parser::new_ext(&masked.text, extensions(options))
        .into_offset_iter()
        .collect();
    let mut writer = Writer {
        source,
        options,
        events: &events,
        masked: &masked,
        markers,
        next_marker: 0,
        body: Body::default(),
        problems,
        ids: BTreeSet::new(),
        raw_open: Vec::new(),
        marks: Vec::new(),
        links: Vec::new(),
        table: Table::default(),
        merging: None,
        footnotes: Footnotes::default(),
        last: '\n',
        depth: 0,
        in_excerpt: false,
    };
    writer.find_footnotes();
    writer.render(0..events.len());
    writer.flush_markers(usize::MAX);
    writer.raw_close(0);
    writer.write_footnotes();
    (writer.body, writer.problems)
}

fn extensions(options: &Options) -> Extensions {
    let mut extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS;
    extensions.set(Extensions::ENABLE_HEADING_ATTRIBUTES, options.heading_ids);
    extensions
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
                self.push(&format!(
                    "<input type=\"checkbox\" disabled=\"\"{checked} /> "
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
                self.image(&url, &alt, &title, span);
                return self.skip(at);
            }
            Tag::TableCell if self.cell().columns == 0 => {
                self.table.column += 1;
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
            Tag::TableRow if self.table.row == 1 => self.push("<tbody>\n<tr>\n"),
            Tag::TableRow => self.push("<tr>\n"),
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(*link_type, dest_url, title, span),
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
            TagEnd::TableCell => {
                self.push(if self.table.row == 0 {
                    "</th>\n"
                } else {
                    "</td>\n"
                });
                self.table.column += 1;
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Link if self.links.pop() == Some(true) => self.push("</a>"),
            _ => {}
        }
    }

    /// The index behind the element that begins at `at`.
    fn skip(&self, at: usize) -> usize {
        let mut depth = 0_usize;
        for (index, (event, _)) in self.events.iter().enumerate().skip(at) {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return index + 1;
            }
        }
        self.events.len()
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
        self.masked.restore(&out)
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
            self.body.excerpt.extend(text.chars().take(left));
        }
    }

    /// Writes neighbouring text events as one, so that inline directives are seen whole.
    fn text_run(&mut self, at: usize) -> usize {
        let (mut text, mut span, mut next) = (String::new(), 0..0, at);
        while let Some((Event::Text(part), place)) = self.events.get(next) {
            if next > at && place.start != span.end {
                break;
            }
            span = if next == at {
                place.clone()
            } else {
                span.start..place.end
            };
            text.push_str(part);
            next += 1;
        }
        let text = self.masked.restore(&text);
        self.text(&text, span);
        next
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        let escaped = self
            .source
            .get(..span.start)
            .is_some_and(|before| before.ends_with('\\'));
        if !self.options.directives || !self.links.is_empty() || escaped {
            return self.words(text);
        }
        let exact = self.source.get(span.clone()) == Some(text);
        let mut done = 0;
        while let Some((from, name, target)) = find_inline(text, done) {
            self.words(text.get(done..from).unwrap_or_default());
            done = from + name.len() + target.len() + 3;
            let place = if exact {
                span.start + from..span.start + done
            } else {
                span.clone()
            };
            self.inline_directive(name, target, place);
        }
        self.words(text.get(done..).unwrap_or_default());
    }

    fn words(&mut self, text: &str) {
        push_text(&mut self.body.html, text);
        self.count(text);
    }

    fn inline_directive(&mut self, name: &str, target: &str, place: Range<usize>) {
        if name == "clause" {
            self.push("<a class=\"clause-ref\" href=\"");
            self.slot(SlotKind::Href, target, place.clone());
            self.push("\">");
            self.slot(SlotKind::ClauseText, target, place);
            self.push("</a>");
        } else {
            self.slot(SlotKind::Blank, target, place.clone());
            self.body.blanks.push((target.to_owned(), place));
        }
        self.last = '字';
    }

    /// A line break is no blank between Chinese characters.
    fn soft_break(&mut self, at: usize) {
        let following = self.events.iter().skip(at + 1);
        let next = following
            .filter(|(event, _)| {
                !matches!(
                    event,
                    Event::Start(
                        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }
                    )
                )
            })
            .map(|(event, _)| match event {
                Event::Text(text) => self
                    .masked
                    .restore(
                        text.get(..text.chars().next().map_or(0, char::len_utf8))
                            .unwrap_or_default(),
                    )
                    .chars()
                    .next(),
                _ => None,
            })
            .next()
            .flatten();
        if self.options.cjk && joins(self.last) && next.is_some_and(joins) {
            return;
        }
        self.push("\n");
        if self.in_excerpt {
            self.body.excerpt.push(' ');
        }
    }

    fn link(&mut self, kind: LinkType, url: &CowStr<'a>, title: &CowStr<'a>, span: Range<usize>) {
        let (url, title) = (self.masked.restore(url), self.masked.restore(title));
        let email = kind == LinkType::Email;
        let judged = if email {
            Address::External
        } else {
            judge(&url)
        };
        self.links.push(judged != Address::Dangerous);
        match judged {
            Address::Dangerous => return self.dangerous(&url, span),
            Address::External => {
                let scheme = if email { "mailto:" } else { "" };
                self.push(&format!("<a href=\"{scheme}{}", escape::href(&url)));
            }
            Address::Internal => {
                self.push("<a href=\"");
                self.slot(SlotKind::Href, &url, span);
            }
        }
        self.title(&title);
        self.push("\">");
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.push(&format!("\" title=\"{}", escape::text(title)));
        }
    }

    fn image(&mut self, url: &str, alt: &str, title: &str, span: Range<usize>) {
        let judged = judge(url);
        if judged == Address::Dangerous {
            return self.dangerous(url, span);
        }
        self.push("<img src=\"");
        match judged {
            Address::Internal => self.slot(SlotKind::ImageSrc, url, span.clone()),
            _ => self.push(&escape::href(url)),
        }
        self.push(&format!("\" alt=\"{}", escape::text(alt)));
        self.title(title);
        self.push("\"");
        if judged == Address::Internal {
            self.slot(SlotKind::ImageSize, url, span);
        }
        self.push(" />");
    }

    fn heading(&mut self, at: usize, level: u8, id: Option<&CowStr<'a>>, span: Range<usize>) {
        let inner = at + 1..self.skip(at).saturating_sub(1);
        let (title_text, title_html) = (self.plain(inner.clone()), self.inline(inner));
        self.line();
        let mut anchor = String::new();
        if self.options.heading_ids {
            let written = id.map(|id| self.masked.restore(id));
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

    /// A heading's id, unique in the page.
    fn anchor(&mut self, written: Option<String>, title: &str, span: &Range<usize>) -> String {
        let explicit = written.is_some();
        let base = written.unwrap_or_else(|| slug(title, "section"));
        if explicit && self.ids.contains(&base) {
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
        let mut id = base.clone();
        let mut number = 1;
        while !self.ids.insert(id.clone()) {
            number += 1;
            id = format!("{base}-{number}");
        }
        id
    }

    fn code_block(&mut self, at: usize, kind: &CodeBlockKind<'a>) -> usize {
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
            CodeBlockKind::Indented => String::new(),
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

    fn html_block(&mut self, at: usize) -> usize {
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

    // Tables.

    fn cell(&self) -> Cell {
        let row = self.table.cells.get(self.table.row);
        let known = row.and_then(|row| row.get(self.table.column)).copied();
        known.unwrap_or(Cell {
            columns: 1,
            rows: 1,
        })
    }

    fn next_row(&mut self) {
        self.table.row += 1;
        self.table.column = 0;
    }

    fn open_table(&mut self, at: usize, aligns: &[Alignment], span: Range<usize>) {
        let merging = self.merging.take();
        let caption = merging
            .as_ref()
            .map_or("", |directive| directive.argument("caption").0)
            .to_owned();
        self.table = Table {
            aligns: aligns.to_vec(),
            ..Table::default()
        };
        if merging.is_some() {
            let (cells, faulty) = merge(&self.grid(at));
            self.table.cells = cells;
            if faulty {
                self.problem(
                    "table-merge",
                    span,
                    "",
                    [
                        "合并的单元格不成矩形，或没有可并入的单元格",
                        "merged cells form no rectangle or have nothing to join",
                    ],
                    ["检查表中的 `<` 与 `^`", "check `<` and `^` in the table"],
                );
            }
        }
        self.line();
        if self.options.directives {
            let label = if caption.is_empty() {
                "表格"
            } else {
                caption.as_str()
            };
            let label = escape::text(label);
            self.push(&format!("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n"));
        }
        self.push("<table>\n");
        if !caption.is_empty() {
            self.push(&format!("<caption>{}</caption>\n", escape::text(&caption)));
        }
    }

    fn close_table(&mut self) {
        self.push(if self.table.row > 1 {
            "</tbody>\n</table>\n"
        } else {
            "</table>\n"
        });
        if self.options.directives {
            self.push("</div>\n");
        }
        self.table = Table::default();
    }

    /// The merge marks of the table that begins at `at`.
    fn grid(&self, at: usize) -> Vec<Vec<char>> {
        let mut grid: Vec<Vec<char>> = Vec::new();
        for index in at..self.skip(at) {
            match self.events.get(index) {
                Some((Event::Start(Tag::TableHead | Tag::TableRow), _)) => grid.push(Vec::new()),
                Some((Event::Start(Tag::TableCell), _)) => {
                    let mark = match self.plain(index..self.skip(index)).as_str() {
                        "<" => '<',
                        "^" => '^',
                        _ => ' ',
                    };
                    if let Some(row) = grid.last_mut() {
                        row.push(mark);
                    }
                }
                _ => {}
            }
        }
        grid
    }

    fn open_cell(&mut self) {
        let name = if self.table.row == 0 { "th" } else { "td" };
        let align = match self.table.aligns.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let cell = self.cell();
        let mut html = format!("<{name}{align}");
        if cell.columns > 1 {
            html.push_str(&format!(" colspan=\"{}\"", cell.columns));
        }
        if cell.rows > 1 {
            html.push_str(&format!(" rowspan=\"{}\"", cell.rows));
        }
        self.push(&html);
        self.push(">");
    }

    // Directives.

    /// Writes the directives up to a place in the source; whether one stands just there.
    fn flush_markers(&mut self, until: usize) -> bool {
        let mut here = false;
        while let Some(marker) = self.markers.get(self.next_marker).cloned() {
            if marker.span.start > until {
                break;
            }
            self.next_marker += 1;
            here = marker.span.start == until;
            self.line();
            match marker.mark {
                Mark::Open(directive) => self.open_directive(directive),
                Mark::Close(kind) => self.close_directive(kind),
                Mark::Leaf(directive) => self.leaf(&directive),
                Mark::Nothing => {}
            }
        }
        here
    }

    fn open_directive(&mut self, directive: Directive) {
        self.marks.push(self.raw_open.len());
        let (class, word) = match directive.kind {
            Kind::Note => ("note", "说明"),
            Kind::Warning => ("warning", "注意"),
            Kind::Steps => return self.push("<div class=\"steps\">\n"),
            Kind::Table => {
                self.merging = Some(directive);
                return;
            }
            Kind::Figure | Kind::Download => return,
        };
        let title = if directive.title.is_empty() {
            word
        } else {
            directive.title.as_str()
        };
        let title = escape::text(title);
        self.push(&format!(
            "<aside class=\"{class}\">\n<p class=\"{class}__title\">{title}</p>\n"
        ));
    }

    fn close_directive(&mut self, kind: Kind) {
        if let Some(floor) = self.marks.pop() {
            self.raw_close(floor);
        }
        match kind {
            Kind::Note | Kind::Warning => self.push("</aside>\n"),
            Kind::Steps => self.push("</div>\n"),
            _ => self.merging = None,
        }
    }

    fn leaf(&mut self, directive: &Directive) {
        if directive.kind == Kind::Download {
            let (target, span) = directive.argument("target");
            self.slot(SlotKind::Download, target, span);
            return self.push("\n");
        }
        let (source, span) = directive.argument("src");
        self.push("<figure class=\"figure\">");
        self.image(source, directive.argument("alt").0, "", span);
        let caption = directive.argument("caption").0;
        if !caption.is_empty() {
            self.push(&format!(
                "<figcaption>{}</figcaption>",
                escape::text(caption)
            ));
        }
        self.push("</figure>\n");
    }

    // Footnotes.

    fn find_footnotes(&mut self) {
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

    fn footnote_reference(&mut self, label: &CowStr<'a>) {
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
    fn write_footnotes(&mut self) {
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

/// The next `:clause[…]` or `:blank[…]` from a position on: where, name and target.
fn find_inline(text: &str, from: usize) -> Option<(usize, &str, &str)> {
    let rest = text.get(from..)?;
    let names = [":clause[", ":blank["];
    let at = names.iter().filter_map(|name| rest.find(name)).min()?;
    let (name, tail) = rest.get(at + 1..)?.split_once('[')?;
    let (target, _) = tail.split_once(']')?;
    Some((from + at, name, target))
}
