//! The order of lists: by weight, then newest first, then by the title's pinyin.

use super::{Page, PageId};
use crate::text::TitleKey;
use std::cmp::Reverse;

/// Sorts by weight (smaller first, none last), then newest first, then title.
pub fn by_weight(pages: &[Page], list: &mut [PageId]) {
    sort(list, pages, |page| {
        let weight = page.document.content.common.weight;
        (weight.unwrap_or(i64::MAX), Reverse(page.date()))
    });
}

/// Sorts newest first, undated last, then title.
pub fn by_date(pages: &[Page], list: &mut [PageId]) {
    sort(list, pages, |page| Reverse(page.date()));
}

/// Sorts by a cheap key; only those that tie pay for the key of their title. The source path decides
/// between equal titles, so that the order never depends on discovery.
fn sort<K: Ord>(list: &mut [PageId], pages: &[Page], key: impl Fn(&Page) -> K) {
    list.sort_by_cached_key(|id| key(&pages[*id]));
    for run in list.chunk_by_mut(|left, right| key(&pages[*left]) == key(&pages[*right])) {
        if run.len() > 1 {
            run.sort_by_cached_key(|id| (TitleKey::of(&pages[*id].title), *id));
        }
    }
}
