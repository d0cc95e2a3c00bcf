//! What a document's own kind shows, one file per kind. Templates read it as `page.detail`.

use crate::graph::{PageId, Site};
use serde::Serialize;

/// What a document's own kind shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum DetailView {
    /// Kinds without fields of their own.
    None,
}

/// The details of a page.
#[must_use]
pub fn detail(_site: &Site, _id: PageId) -> DetailView {
    DetailView::None
}
