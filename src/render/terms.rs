//! Terms of the glossary, linked where a page first uses them. The theme says where: inside elements
//! that carry `data-terms`. Nothing is linked inside another link, a heading, a head of a table or a
//! list of facts, code, a drawing, a control, or an element with `data-terms="off"`.

use crate::graph::glossary::{GLOSSARY, Glossary};
use crate::parse::markdown::escape;
use crate::parse::marked::Marked;
use crate::path::percent_encode;
use crate::text::lossy;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use std::collections::BTreeSet;

/// Elements whose texts are left alone.
const OFF: &[&str] = &[
    "a", "h1", "h2", "h3", "h4", "h5", "h6", "th", "dt", "caption", "code", "pre", "kbd", "svg",
    "button", "select", "label", "summary", "script", "style", "template", "time", "abbr", "dfn",
];
/// A page with its terms linked. `root` leads from the page to the site's root; `own` is the page's
/// name, which terms that it explains itself are not linked on.
#[must_use]
pub fn link(html: &str, root: &str, own: &str, glossary: &Glossary) -> String {
    let mut linker = Linker {
        glossary,
        root,
        own,
        marked: Marked::new("data-terms", OFF),
        used: BTreeSet::new(),
        out: String::with_capacity(html.len() + 1024),
    };
    let mut copied = 0;
    for token in
        Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span()).flatten()
    {
        match token {
            Token::StartTag(tag) if tag.self_closing => {}
            Token::StartTag(tag) => {
                let value = tag.attributes.get(linker.marked.attribute().as_bytes());
                let value = value.map(|value| value.value.as_slice());
                linker.marked.enter(&lossy(&tag.name), value);
            }
            Token::EndTag(tag) => linker.marked.leave(&lossy(&tag.name)),
            Token::String(text) if linker.marked.is_on() => {
                let (from, to) = (text.span.start, text.span.end);
                if let (Some(before), Some(text)) = (html.get(copied..from), html.get(from..to)) {
                    linker.out.push_str(before);
                    linker.text(text);
                    copied = to;
                }
            }
            _ => {}
        }
    }
    linker.out.push_str(html.get(copied..).unwrap_or_default());
    linker.out
}

struct Linker<'a> {
    glossary: &'a Glossary,
    root: &'a str,
    own: &'a str,
    marked: Marked,
    /// Terms that the page has used.
    used: BTreeSet<usize>,
    out: String,
}

impl Linker<'_> {
    fn text(&mut self, text: &str) {
        let mut copied = 0;
        for (range, at) in self.glossary.find(text) {
            let term = &self.glossary.terms[at];
            let explained_here = term
                .target
                .as_ref()
                .is_some_and(|one| one.value == self.own);
            if explained_here || !self.used.insert(at) {
                continue;
            }
            self.out.push_str(&text[copied..range.start]);
            let address = format!(
                "{}{}#{}",
                self.root,
                GLOSSARY.trim_start_matches('/'),
                percent_encode(&term.id.value)
            );
            self.out.push_str("<a class=\"term\" href=\"");
            self.out.push_str(&escape::text(&address));
            self.out.push_str("\" title=\"");
            self.out.push_str(&escape::text(&term.meaning));
            self.out.push_str("\">");
            self.out.push_str(&text[range.clone()]);
            self.out.push_str("</a>");
            copied = range.end;
        }
        self.out.push_str(&text[copied..]);
    }
}
