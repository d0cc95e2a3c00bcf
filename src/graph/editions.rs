//! Editions of specifications: which later one replaces an earlier, so that the earlier can say so and
//! lead readers on; and where the two are compared.

use super::comparison::Retired;
use super::{PageId, Site};
use crate::content::Kind;
use crate::content::common::Specification;
use crate::path::UrlPath;
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

/// The keys that specifications share, where a page is one.
#[must_use]
pub fn of_page(site: &Site, page: PageId) -> Option<&Specification> {
    specification(&site.pages[page].document.content.kind)
}

/// Whether a page is an edition that does not hold any more.
#[must_use]
pub fn is_repealed(site: &Site, page: PageId) -> bool {
    of_page(site, page).is_some_and(|edition| edition.status.value == "repealed")
}

/// Whether a page is an edition that does not hold any more and that a later one, to which readers are led, has replaced.
#[must_use]
pub fn is_replaced(site: &Site, page: PageId) -> bool {
    is_repealed(site, page) && site.superseded_by.contains_key(&site.pages[page].target)
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

/// The edition that a page replaces: a published one of the same kind.
#[must_use]
pub fn earlier(site: &Site, page: PageId) -> Option<PageId> {
    let supersedes = of_page(site, page)?.supersedes.as_ref()?;
    let earlier = site.page_of_target(&supersedes.value)?;
    let word = |id: PageId| site.pages[id].document.content.kind.word();
    (earlier != page && word(earlier) == word(page)).then_some(earlier)
}

/// Where an edition is compared with the one that it replaces.
#[must_use]
pub fn changes_url(site: &Site, page: PageId) -> Option<UrlPath> {
    earlier(site, page)?;
    let url = site.pages[page].url.as_str();
    let below = url.strip_suffix('/').unwrap_or(url);
    Some(UrlPath::new(&format!("{below}/changes/")))
}

/// What an edition says of clauses of the one before.
#[must_use]
pub fn retired(edition: &Specification) -> Retired {
    let all = edition.retired.iter();
    all.map(|one| {
        let now = one.now.as_ref().map(|now| now.value.clone());
        (one.id.value.clone(), now)
    })
    .collect()
}

/// The editions after a page, each the one that replaces the one before it.
#[must_use]
pub fn after(site: &Site, page: PageId) -> Vec<PageId> {
    let mut chain: Vec<PageId> = Vec::new();
    let mut at = page;
    while let Some(next) = site.superseded_by.get(&site.pages[at].target) {
        // Two editions that replace each other must not lead round for ever.
        if *next == page || chain.contains(next) {
            break;
        }
        chain.push(*next);
        at = *next;
    }
    chain
}
