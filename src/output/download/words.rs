//! The words of the interface that documents to download are written with.

use std::collections::BTreeMap;

/// Words of the site's language.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a>(pub &'a BTreeMap<String, String>);

impl<'a> Words<'a> {
    /// A word; empty where the theme lacks it.
    #[must_use]
    pub fn of(&self, key: &str) -> &'a str {
        self.0.get(key).map_or("", String::as_str)
    }
}
