//! By what a list can be narrowed: the facets with their values, each a page of its own.

use super::LinkView;
use serde::Serialize;

/// The values of one facet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FacetView {
    /// Its name, such as `industry`.
    pub key: &'static str,
    /// Its values.
    pub values: Vec<ValueView>,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ValueView {
    /// Its id, such as `gas` or `2026`.
    pub id: String,
    /// The narrowed list.
    pub link: LinkView,
    /// How many documents it holds.
    pub count: usize,
    /// Whether it is this page.
    pub current: bool,
}
