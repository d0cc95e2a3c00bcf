//! Raw HTML in Markdown, held against an allow list.

use std::ops::Range;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use pulldown_cmark::{Event, TagEnd};

use super::SlotKind;
use super::escape::{Address, href, judge, push_text};
use super::writer::Writer;

/// Elements that may be written.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];
/// Elements without content.
const VOID: &[&str] = &["br", "col", "hr", "wbr"];
/// Elements dropped together with their content.
const WHOLE: &[&str] = &[
    "script", "style", "iframe", "object", "noscript", "template", "textarea", "svg", "math",
];
/// Attributes that may be written.
const ATTRIBUTES: &[&str] = &[
    "class", "id", "title", "lang", "dir", "role", "href", "colspan", "rowspan", "scope",
    "headers", "start", "reversed", "value", "datetime", "open", "cite", "span",
];

/// Empties what stands between the tags of an inline element that is dropped with its content: to the
/// parser `a <script>b</script>` is a tag, a text and a tag. An element that stays open ends with its block.
pub(super) fn empty_refused(events: &mut [(Event<'_>, Range<usize>)]) {
    let mut refused: Option<String> = None;
    for (event, _) in events {
        let kept = match event {
            Event::InlineHtml(html) => {
                let name = tag_name(html);
                match &refused {
                    Some(open) if name.strip_prefix('/') == Some(open) => {
                        refused = None;
                        true
                    }
                    Some(_) => false,
                    None => {
                        refused = WHOLE.contains(&name.as_str()).then_some(name);
                        true
                    }
                }
            }
            Event::Text(_) | Event::Code(_) | Event::FootnoteReference(_) => refused.is_none(),
            Event::End(
                TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image,
            ) => true,
            Event::End(_) => {
                refused = None;
                true
            }
            _ => true,
        };
        if !kept {
            *event = Event::Text("".into());
        }
    }
}

/// The name of a tag in lower case, an end tag's with its `/`.
fn tag_name(html: &str) -> String {
    html.chars()
        .skip(1)
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
        .collect::<String>()
        .to_ascii_lowercase()
}

impl Writer<'_, '_> {
    /// Writes the allowed part of some raw HTML that stands at `span`.
    pub(super) fn raw_html(&mut self, html: &str, span: Range<usize>) {
        if !self.options.raw_html {
            push_text(&mut self.body.html, html);
            return;
        }
        let exact = self.source.get(span.clone()) == Some(html);
        let mut dropped: Option<String> = None;
        for token in
            Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span()).flatten()
        {
            let place = |from: usize, to: usize| match exact && from < to && to <= html.len() {
                true => span.start + from..span.start + to,
                false => span.clone(),
            };
            match token {
                Token::StartTag(tag) if dropped.is_none() => {
                    let place = place(tag.span.start, tag.span.end);
                    dropped = self.start_tag(&tag, place);
                }
                Token::EndTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    if dropped.is_none() {
                        self.raw_end(&name, place(tag.span.start, tag.span.end));
                    } else if dropped.as_deref() == Some(name.as_str()) {
                        dropped = None;
                    }
                }
                Token::String(text) if dropped.is_none() => {
                    let text = String::from_utf8_lossy(&text.value).into_owned();
                    push_text(&mut self.body.html, &text);
                    self.count(&text);
                }
                _ => {}
            }
        }
    }

    /// Writes a start tag; the name comes back when its content is to be dropped too.
    fn start_tag(&mut self, tag: &StartTag<usize>, place: Range<usize>) -> Option<String> {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if name == "img" {
            self.raw_image(tag, place);
            return None;
        }
        if !TAGS.contains(&name.as_str()) {
            self.not_allowed(&name, place);
            return WHOLE.contains(&name.as_str()).then_some(name);
        }
        self.body.html.push('<');
        self.body.html.push_str(&name);
        for (key, value) in &tag.attributes {
            let key = String::from_utf8_lossy(key).into_owned();
            let value = String::from_utf8_lossy(&value.value).into_owned();
            self.attribute(&key, &value, &place);
        }
        if VOID.contains(&name.as_str()) {
            self.body.html.push_str(" />");
        } else {
            self.body.html.push('>');
            self.note_concealed(tag, &name, &place);
            self.raw_open.push((name, place));
        }
        None
    }

    /// A picture written as HTML is a picture: its address is resolved and its size is the file's own.
    fn raw_image(&mut self, tag: &StartTag<usize>, place: Range<usize>) {
        const IGNORED: [&str; 7] = [
            "width", "height", "align", "border", "loading", "decoding", "class",
        ];
        let (mut src, mut alt, mut title) = (String::new(), String::new(), String::new());
        for (key, value) in &tag.attributes {
            let key = String::from_utf8_lossy(key).into_owned();
            let value = String::from_utf8_lossy(&value.value).into_owned();
            match key.as_str() {
                "src" => src = value,
                "alt" => alt = value,
                "title" => title = value,
                other if IGNORED.contains(&other) => {}
                other => self.attribute_not_allowed(other, &place),
            }
        }
        self.expect_text(&src, &alt, &place);
        self.image(&src, &alt, &title, place);
    }

    fn attribute_not_allowed(&mut self, key: &str, place: &Range<usize>) {
        self.problem(
            "html-attribute-not-allowed",
            place.clone(),
            key,
            [
                &format!("不允许的 HTML 属性 `{key}`"),
                &format!("HTML attribute `{key}` is not allowed"),
            ],
            ["删去这个属性", "remove the attribute"],
        );
    }

    fn attribute(&mut self, key: &str, value: &str, place: &Range<usize>) {
        // The anchors of an older HTML.
        let key = if key == "name" { "id" } else { key };
        if key == "id" {
            self.body.anchors.push(value.to_owned());
        }
        if !ATTRIBUTES.contains(&key) && !key.starts_with("aria-") {
            self.attribute_not_allowed(key, place);
            return;
        }
        let address = key == "href" || key == "cite";
        if address && judge(value) == Address::Dangerous {
            self.dangerous(value, place.clone());
            return;
        }
        // An attribute name from the tokenizer may hold quotes; it is written escaped.
        self.body.html.push(' ');
        push_text(&mut self.body.html, key);
        self.body.html.push_str("=\"");
        if key == "href" && judge(value) == Address::Internal {
            self.slot(SlotKind::Href, value, place.clone());
        } else if key == "href" {
            self.slot(SlotKind::External, value, place.clone());
        } else if address {
            self.body.html.push_str(&href(value));
        } else {
            push_text(&mut self.body.html, value);
        }
        self.body.html.push('"');
    }

    /// Writes an end tag when it matches, with the end tags missing before it.
    fn raw_end(&mut self, name: &str, place: Range<usize>) {
        if VOID.contains(&name) || !TAGS.contains(&name) {
            return;
        }
        let floor = self.marks.last().copied().unwrap_or(0);
        let inside = self.raw_open.get(floor..).unwrap_or_default();
        match inside.iter().rposition(|(open, _)| open == name) {
            Some(index) => {
                self.raw_close(floor + index + 1);
                if self.raw_open.pop().is_some() {
                    self.expect_text_of_link(name);
                    self.body.html.push_str(&format!("</{name}>"));
                }
            }
            None => self.unbalanced(name, place),
        }
    }

    /// Ends raw elements until `floor` of them are left open.
    pub(super) fn raw_close(&mut self, floor: usize) {
        while self.raw_open.len() > floor {
            if let Some((name, place)) = self.raw_open.pop() {
                self.body.html.push_str(&format!("</{name}>"));
                if !matches!(name.as_str(), "p" | "li" | "td" | "th" | "tr" | "dt" | "dd") {
                    self.unbalanced(&name, place);
                }
            }
        }
    }

    fn unbalanced(&mut self, name: &str, place: Range<usize>) {
        self.problem(
            "html-unbalanced",
            place,
            name,
            [
                &format!("HTML 标签 `{name}` 没有成对"),
                &format!("HTML tag `{name}` has no counterpart"),
            ],
            [
                "补上或删去其中一个",
                "add the missing one or remove this one",
            ],
        );
    }

    fn not_allowed(&mut self, name: &str, place: Range<usize>) {
        let help = match name {
            "img" => ["用 `![替代文字](文件)`", "write `![text](file)`"],
            _ => [
                "删去标签，或用 Markdown 写法",
                "remove the tag or use Markdown",
            ],
        };
        self.problem(
            "html-not-allowed",
            place,
            name,
            [
                &format!("不允许的 HTML 标签 `{name}`"),
                &format!("HTML tag `{name}` is not allowed"),
            ],
            help,
        );
    }

    /// Reports an address that would run code.
    pub(super) fn dangerous(&mut self, address: &str, place: Range<usize>) {
        self.problem(
            "link-dangerous",
            place,
            address,
            [
                "不允许会执行代码的地址",
                "addresses that run code are not allowed",
            ],
            ["改用普通网址", "use an ordinary address"],
        );
    }
}
