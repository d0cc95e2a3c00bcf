//! The self-check's way through an index: pages one after another, so that each list is read once.

use super::places::both;
use super::{Searcher, phrases};
use crate::output::search::keys;
use crate::output::search::shard::Cursor;
use std::collections::HashMap;

/// Looks for pages, in ascending order.
pub struct Walk<'a> {
    searcher: &'a Searcher<'a>,
    cursors: HashMap<u32, Option<Cursor>>,
}

impl<'a> Walk<'a> {
    /// Begins before the first page.
    #[must_use]
    pub fn new(searcher: &'a Searcher<'a>) -> Self {
        Self {
            searcher,
            cursors: HashMap::new(),
        }
    }

    /// Whether a page is among those that answer a phrase exactly: what [`Searcher::search`] does, for the
    /// postings of one page. No earlier page may be asked for after it.
    pub fn finds(&mut self, phrase: &str, page: u32) -> bool {
        let (phrases, _) = phrases(phrase);
        phrases.iter().all(|phrase| {
            let mut shared = None;
            for key in keys::phrase(&phrase.symbols) {
                let shard = self.searcher.shard_of(key);
                let cursor = self.cursors.entry(key);
                let cursor = cursor.or_insert_with(|| Cursor::new(&shard, key));
                let posting = cursor.as_mut().and_then(|one| one.find(&shard, page));
                shared = match (shared, posting) {
                    (_, None) => return false,
                    (None, posting) => posting,
                    (Some(before), Some(posting)) => both(&before, &posting),
                };
                if shared.is_none() {
                    return false;
                }
            }
            shared.is_some()
        })
    }
}
