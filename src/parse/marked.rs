//! Parts of a page that its theme marks: inside an element with an attribute such as `data-terms`, but not
//! where that is `off`, nor in elements that are left alone unless they carry it themselves.

/// Elements without content.
const VOID: &[&str] = &[
    "area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

/// Follows the tags of a page and knows whether the present place is marked.
#[derive(Debug)]
pub struct Marked {
    attribute: &'static str,
    alone: &'static [&'static str],
    /// The open elements with whether they are marked.
    open: Vec<(String, bool)>,
}

impl Marked {
    /// Begins outside of everything. `alone` are the elements that are left alone.
    #[must_use]
    pub fn new(attribute: &'static str, alone: &'static [&'static str]) -> Self {
        Self {
            attribute,
            alone,
            open: Vec::new(),
        }
    }

    /// Whether the present place is marked.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.open.last().is_some_and(|(_, on)| *on)
    }

    /// The attribute that marks.
    #[must_use]
    pub fn attribute(&self) -> &'static str {
        self.attribute
    }

    /// Enters an element with the attribute's value, if it has one; nothing is entered of an element without
    /// content, and `false` says so.
    pub fn enter(&mut self, name: &str, value: Option<&[u8]>) -> bool {
        if VOID.contains(&name) {
            return false;
        }
        let asked = value.map(|value| value != b"off");
        let on = asked.unwrap_or_else(|| self.is_on() && !self.alone.contains(&name));
        self.open.push((name.to_owned(), on));
        true
    }

    /// Leaves the innermost element of a name; elements left open inside it end with it.
    pub fn leave(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            self.open.truncate(at);
        }
    }
}
