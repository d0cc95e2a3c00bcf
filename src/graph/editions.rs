//! Editions of specifications: which later one replaces an earlier, so that the earlier can say so and
//! lead readers on.

use super::{PageId, Site};
use crate::content::Kind;
use crate::content::common::Specification;
use std::collections::BTreeMap;

/// The keys that specifications share, where the page is one.
#[must_use]
pub fn specification(kind: &Kind) -> Option<&Specification> {
    match kind {
        Kind::Checklist(edition, _)
        | Kind::Guide(edition, _)
        | Kind::Rules(edition, _)
        | Kind::Patrol(edition, _) => Some(edition),
        _ => None,
    }
}

/// The page of the later edition by the target of the earlier.
pub(super) fn later(site: &Site) -> BTreeMap<String, PageId> {
    let pages = site.pages.iter().enumerate();
    pages
        .filter_map(|(id, page)| {
            let edition = specification(&page.document.content.kind)?;
            let earlier = edition.supersedes.as_ref()?;
            Some((earlier.value.clone(), id))
        })
        .collect()
}
