//! What stands inside a paragraph: words, inline directives, line breaks, links and pictures.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::Writer;
use crate::parse::markdown::SlotKind;
use crate::parse::markdown::escape::{self, Address, judge, push_text};
use crate::parse::markdown::mask::joins;

impl<'a> Writer<'_, 'a> {
    pub(super) fn text(&mut self, text: &str, span: Range<usize>) {
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
    pub(super) fn soft_break(&mut self, at: usize) {
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

    pub(super) fn link(
        &mut self,
        kind: LinkType,
        url: &CowStr<'a>,
        title: &CowStr<'a>,
        span: Range<usize>,
    ) {
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
                self.push("<a href=\"");
                self.slot(SlotKind::External, &format!("{scheme}{url}"), span);
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

    /// A picture says what it shows (WCAG 2.2, 1.1.1).
    pub(in crate::parse::markdown) fn expect_text(
        &mut self,
        url: &str,
        alt: &str,
        span: &Range<usize>,
    ) {
        if alt.trim().is_empty() {
            self.problems.push(crate::parse::markdown::Problem::new(
                "image-without-text",
                span.clone(),
                url,
                [
                    &format!("图片 `{url}` 没有替代文字，看不见图的人不知道它说什么"),
                    &format!("the picture `{url}` has no text for those who cannot see it"),
                ],
                [
                    "在方括号里写图上有什么，如 ![配电箱门上贴的责任牌](图.jpg)",
                    "say in the brackets what it shows, such as ![the sign on the switchboard](sign.jpg)",
                ],
            ));
        }
    }

    pub(in crate::parse::markdown) fn image(
        &mut self,
        url: &str,
        alt: &str,
        title: &str,
        span: Range<usize>,
    ) {
        let judged = judge(url);
        if judged == Address::Dangerous {
            return self.dangerous(url, span);
        }
        match judged {
            Address::Internal => self.slot(SlotKind::Image, url, span.clone()),
            _ => self.push(&format!("<img src=\"{}\"", escape::href(url))),
        }
        self.push(&format!(" alt=\"{}", escape::text(alt)));
        self.title(title);
        self.push("\" />");
        if judged == Address::Internal {
            self.slot(SlotKind::ImageEnd, url, span);
        }
    }
}

/// The next `:clause[…]` or `:blank[…]` from a position on: where, name and target.
fn find_inline(text: &str, from: usize) -> Option<(usize, &str, &str)> {
    let rest = text.get(from..)?;
    // One pass for both names: looking for each alone would read the whole text for every place of the other.
    let (at, _) = rest.match_indices(':').find(|(at, _)| {
        let tail = rest.get(*at..).unwrap_or_default();
        tail.starts_with(":clause[") || tail.starts_with(":blank[")
    })?;
    let (name, tail) = rest.get(at + 1..)?.split_once('[')?;
    let (target, _) = tail.split_once(']')?;
    Some((from + at, name, target))
}
