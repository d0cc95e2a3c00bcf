//! The edition of a specification: its status, the editions before and after it, and for each clause of
//! an old edition the same clause now.

use super::optional_date;
use crate::content::common::Specification;
use crate::graph::editions::specification;
use crate::graph::{PageId, Site};
use crate::view::card::TermView;
use crate::view::{DateView, LinkView, site_path};
use serde::Serialize;

/// The edition of a specification.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EditionView {
    /// Its name, such as `2025`.
    pub edition: String,
    /// Term of `specification-status`.
    pub status: TermView,
    /// In force from.
    pub effective: Option<DateView>,
    /// The edition that holds instead, else the next one.
    pub later: Option<LinkView>,
    /// The name of that edition.
    pub later_edition: Option<String>,
    /// The edition before.
    pub earlier: Option<LinkView>,
    /// Whether it no longer holds.
    pub repealed: bool,
}

/// A specification's edition, and where its clauses stand now.
pub struct Edition<'a> {
    site: &'a Site,
    later: Option<PageId>,
    /// What templates see.
    pub view: EditionView,
}

impl<'a> Edition<'a> {
    /// The edition of a page.
    #[must_use]
    pub fn of(site: &'a Site, page: PageId, keys: &Specification) -> Self {
        let link = |id: PageId| LinkView::new(&site.pages[id].title, &site.pages[id].url);
        let later = latest(site, page);
        let facts = later.and_then(|id| specification(&site.pages[id].document.content.kind));
        let earlier = keys.supersedes.as_ref();
        let earlier = earlier.and_then(|earlier| site.page_of_target(&earlier.value));
        let view = EditionView {
            edition: keys.edition.value.clone(),
            status: TermView::new(site, "specification-status", &keys.status.value),
            effective: optional_date(keys.effective.as_ref()),
            later: later.map(link),
            later_edition: facts.map(|facts| facts.edition.value.clone()),
            earlier: earlier.map(link),
            repealed: keys.status.value == "repealed",
        };
        Self { site, later, view }
    }

    /// The same clause in the edition that holds now: only where this one is repealed and the clause
    /// lives on.
    #[must_use]
    pub fn clause_now(&self, id: &str) -> Option<LinkView> {
        let later = &self.site.pages[self.later.filter(|_| self.view.repealed)?];
        let lives = later.document.content.clauses().contains(&id);
        let mut link = LinkView::new(&later.title, &later.url);
        link.url = site_path(&format!("{}#{id}", later.url));
        lives.then_some(link)
    }
}

/// The last edition in force of those that follow a page; the last of all where none is.
fn latest(site: &Site, page: PageId) -> Option<PageId> {
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
    let current = chain.iter().rev().find(|id| {
        let kind = &site.pages[**id].document.content.kind;
        specification(kind).is_some_and(|one| one.status.value == "current")
    });
    current.or(chain.last()).copied()
}
