//! The page of what a reader's browser keeps: the industries that can be kept, with their sizes. What is kept is known
//! to the browser alone.

use super::LinkView;
use super::file::size;
use super::head::HeadView;
use super::index::plain;
use crate::graph::Site;
use crate::graph::offline::{Keepable, OFFLINE};
use serde::Serialize;

/// The page of what is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct OfflineView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// The industries that can be kept.
    pub industries: Vec<KeepableView>,
}

/// An industry that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct KeepableView {
    /// Term of `industries`.
    pub id: String,
    /// What readers call it, and its page.
    pub link: LinkView,
    /// How much there is to keep, such as `5.2 MB`.
    pub size: String,
}

/// The view of the page; `sizes` in bytes. Search engines leave it out: it says something to one reader alone.
#[must_use]
pub fn offline(site: &Site, title: &str, sizes: Vec<(Keepable, u64)>) -> OfflineView {
    let mut head = plain(site, OFFLINE, title);
    head.noindex = true;
    let industries = sizes.into_iter().map(|(one, bytes)| KeepableView {
        link: LinkView::new(
            site.term_title("industries", &one.industry),
            &site.pages[one.hub].url,
        ),
        id: one.industry,
        size: size(bytes),
    });
    OfflineView {
        head,
        industries: industries.collect(),
    }
}
