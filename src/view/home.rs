//! The home page: the way from industry, size and role to the right pages, and what is new.

use super::card::CardView;
use super::page::PageView;
use crate::graph::Site;
use serde::Serialize;

/// The home page.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct HomeView {
    /// The view of the root's index.
    #[serde(flatten)]
    pub page: PageView,
    /// The newest documents.
    pub latest: Vec<CardView>,
}

/// The home page of a site whose root has an index.
#[must_use]
pub fn home(_site: &Site, page: PageView) -> HomeView {
    HomeView {
        page,
        latest: Vec::new(),
    }
}
