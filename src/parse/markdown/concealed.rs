//! Links that readers cannot see (暗链): in an element that hides what it holds, or to another site and without anything to
//! see. What hides is not written to the page; the author is told all the same, since such links are put in by others.

use std::ops::Range;

use html5gum::StartTag;

use super::SlotKind;
use super::escape::{Address, judge};
use super::writer::Writer;

/// Classes by which style sheets hide.
const CLASSES: [&str; 7] = [
    "visually-hidden",
    "sr-only",
    "hidden",
    "d-none",
    "invisible",
    "hide",
    "screen-reader-text",
];

/// Declarations that hide, without blanks.
const STYLES: [&str; 14] = [
    "display:none",
    "visibility:hidden",
    "opacity:0;",
    "font-size:0",
    "width:0",
    "height:0",
    "width:1px",
    "height:1px",
    "text-indent:-",
    "left:-",
    "top:-",
    "clip:rect(0",
    "color:transparent",
    "overflow:hidden;height:0",
];

/// What is known of links that readers cannot see.
#[derive(Default)]
pub(super) struct Concealed {
    /// The places among open raw elements of those that hide.
    hiding: Vec<usize>,
    /// Raw links to other sites that are open: how many elements were open before, how much was written, where each stands.
    links: Vec<(usize, usize, String, Range<usize>)>,
}

/// Whether a text shows nothing.
pub(super) fn is_blank(text: &str) -> bool {
    let shows = |one: char| {
        !one.is_whitespace()
            && !matches!(
                one,
                '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
            )
    };
    !text.chars().any(shows)
}

/// Whether a tag hides what it holds.
fn hides(tag: &StartTag<usize>) -> bool {
    tag.attributes.iter().any(|(key, value)| {
        let value = String::from_utf8_lossy(&value.value).to_lowercase();
        match key.as_slice() {
            b"hidden" => value != "until-found",
            b"class" => value.split_whitespace().any(|one| CLASSES.contains(&one)),
            b"style" => {
                let plain: String = value.chars().filter(|one| !one.is_whitespace()).collect();
                let plain = format!("{plain};");
                STYLES.iter().any(|style| declares(&plain, style)) || is_of_one_colour(&plain)
            }
            _ => false,
        }
    })
}

/// Whether a style holds a declaration from its beginning: `max-width:0` is another than `width:0`, `width:0.5em` too.
fn declares(plain: &str, declaration: &str) -> bool {
    plain.match_indices(declaration).any(|(at, _)| {
        let before = plain.get(..at).unwrap_or_default();
        let behind = plain.get(at + declaration.len()..).unwrap_or_default();
        let is_whole = before.is_empty() || before.ends_with(';');
        let goes_on = declaration.ends_with('0') && behind.starts_with(['.', '0'])
            || behind.starts_with(|one: char| one.is_ascii_digit()) && declaration.ends_with('0');
        is_whole && !goes_on
    })
}

/// Letters in the colour of their ground.
fn is_of_one_colour(plain: &str) -> bool {
    let value = |names: &[&str]| {
        let mut declarations = plain.split(';').filter_map(|one| one.split_once(':'));
        declarations
            .find(|(name, _)| names.contains(name))
            .map(|(_, value)| value)
    };
    let colour = value(&["color"]);
    colour.is_some() && colour == value(&["background", "background-color"])
}

impl Writer<'_, '_> {
    /// Whether an element that hides is open.
    pub(super) fn conceals(&mut self) -> bool {
        let open = self.raw_open.len();
        self.concealed.hiding.retain(|at| *at < open);
        !self.concealed.hiding.is_empty()
    }

    /// Notes a raw element before it counts as open.
    pub(super) fn note_concealed(
        &mut self,
        tag: &StartTag<usize>,
        name: &str,
        place: &Range<usize>,
    ) {
        let mut is_hidden = self.conceals();
        if hides(tag) {
            self.concealed.hiding.push(self.raw_open.len());
            is_hidden = true;
        }
        let address = (name == "a")
            .then(|| tag.attributes.get(&b"href"[..]))
            .flatten();
        let Some(address) = address else { return };
        let address = String::from_utf8_lossy(&address.value).into_owned();
        if is_hidden {
            self.hidden_link(&address, place.clone());
        } else if judge(&address) == Address::External {
            let written = (self.raw_open.len(), self.body.html.len());
            self.concealed
                .links
                .push((written.0, written.1, address, place.clone()));
        }
    }

    /// When a raw link closes, it must have shown something.
    pub(super) fn expect_text_of_link(&mut self, name: &str) {
        if name != "a" {
            return;
        }
        let open = self.raw_open.len();
        while let Some((at, written, address, place)) = self.concealed.links.pop() {
            if at != open {
                continue;
            }
            let inside = self.body.html.get(written..).unwrap_or_default();
            let mut slots = self.body.slots.iter().rev();
            let shows = slots.any(|slot| {
                slot.at >= written
                    && matches!(
                        slot.kind,
                        SlotKind::Image | SlotKind::ClauseText | SlotKind::Blank
                    )
            });
            let is_empty = !shows && !inside.contains("<img") && is_blank(&without_tags(inside));
            if is_empty {
                self.hidden_link(&address, place);
            }
            return;
        }
    }

    /// Reports a link that readers cannot see.
    pub(super) fn hidden_link(&mut self, address: &str, place: Range<usize>) {
        self.problem(
            "hidden-link",
            place,
            address,
            [
                &format!("读者看不见的链接（暗链），指向 `{address}`"),
                &format!("a link that readers cannot see, to `{address}`"),
            ],
            [
                "不是自己写的，就查是谁放进来的；删去它，或者让它看得见、写上链接文字",
                "find out who put it there if you did not; delete it, or give it a text and let it be seen",
            ],
        );
    }
}

/// What stands between tags.
fn without_tags(html: &str) -> String {
    let mut is_inside = false;
    let kept = html.chars().filter(|one| match one {
        '<' => {
            is_inside = true;
            false
        }
        '>' => {
            is_inside = false;
            false
        }
        _ => !is_inside,
    });
    kept.collect::<String>().replace("&nbsp;", "")
}
