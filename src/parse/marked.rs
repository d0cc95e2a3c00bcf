//! Parts of a page that its theme marks: inside an element with an attribute such as `data-terms`, but not
//! where that is `off`, nor in elements that are left alone unless they carry it themselves.

use html5gum::StartTag;

/// Elements without content.
const VOID: &[&str] = &[
    "area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

/// Follows the tags of a page and knows whether the present place is marked.
#[derive(Debug)]
pub struct Marked {
    attribute: &'static [u8],
    alone: &'static [&'static str],
    /// The open elements with whether they are marked.
    open: Vec<(String, bool)>,
}

impl Marked {
    /// Begins outside of everything. `alone` are the elements that are left alone.
    #[must_use]
    pub fn new(attribute: &'static str, alone: &'static [&'static str]) -> Self {
        Self {
            attribute: attribute.as_bytes(),
            alone,
            open: Vec::new(),
        }
    }

    /// Whether the present place is marked.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.open.last().is_some_and(|(_, on)| *on)
    }

    /// Enters an element; nothing is entered of one without content, and `false` says so.
    pub fn enter(&mut self, tag: &StartTag<usize>) -> bool {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        if tag.self_closing || VOID.contains(&name.as_str()) {
            return false;
        }
        let mut attributes = tag.attributes.iter();
        let asked = attributes.find(|(key, _)| key.as_slice() == self.attribute);
        let asked = asked.map(|(_, value)| value.value.as_slice() != b"off");
        let on = asked.unwrap_or_else(|| self.is_on() && !self.alone.contains(&name.as_str()));
        self.open.push((name, on));
        true
    }

    /// Leaves the innermost element of a name; elements left open inside it end with it.
    pub fn leave(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.open.truncate(at);
        }
    }
}
