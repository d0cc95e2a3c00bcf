//! The edition of a specification: its status, the editions before and after it, and for each clause of
//! an old edition the same clause now.

use super::optional_date;
use crate::content::common::Specification;
use crate::graph::editions::{after, changes_url, earlier, of_page};
use crate::graph::{PageId, Site};
use crate::view::card::TermView;
use crate::view::clauses::{clauses, successors};
use crate::view::{DateView, LinkView, site_path};
use serde::Serialize;
use std::collections::BTreeMap;

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
    /// Where this edition is compared with others: the name of the other and the page.
    pub changes: Vec<LinkView>,
    /// Whether it no longer holds.
    pub repealed: bool,
}

/// A specification's edition, and where its clauses stand now.
pub struct Edition<'a> {
    site: &'a Site,
    later: Option<PageId>,
    /// The clauses that hold now, id and number, by the ids of this edition; empty where this edition holds itself.
    now: BTreeMap<String, (String, String)>,
    /// What templates see.
    pub view: EditionView,
}

impl<'a> Edition<'a> {
    /// The edition of a page.
    #[must_use]
    pub fn of(site: &'a Site, page: PageId, keys: &Specification) -> Self {
        let link = |id: PageId| LinkView::new(&site.pages[id].title, &site.pages[id].url);
        let later = latest(site, page);
        let facts = later.and_then(|id| of_page(site, id));
        let before = keys.supersedes.as_ref();
        let before = before.and_then(|before| site.page_of_target(&before.value));
        let view = EditionView {
            edition: keys.edition.value.clone(),
            status: TermView::new(site, "specification-status", &keys.status.value),
            effective: optional_date(keys.effective.as_ref()),
            later: later.map(link),
            later_edition: facts.map(|facts| facts.edition.value.clone()),
            earlier: before.map(link),
            changes: changes(site, page),
            repealed: keys.status.value == "repealed",
        };
        let now = later.filter(|_| view.repealed);
        Self {
            now: now.map_or_else(BTreeMap::new, |later| standing(site, page, later)),
            site,
            later,
            view,
        }
    }

    /// The same clause in the edition that holds now: only where this one is repealed and the clause
    /// lives on, under whatever id.
    #[must_use]
    pub fn clause_now(&self, id: &str) -> Option<LinkView> {
        let later = &self.site.pages[self.later?];
        let (now, number) = self.now.get(id)?;
        let title = format!("{} {number}", later.title);
        let mut link = LinkView::new(title.trim_end(), &later.url);
        link.url = site_path(&format!("{}#{now}", later.url));
        Some(link)
    }
}

/// For each clause of an edition the id and number of the clause of another that it became.
fn standing(site: &Site, page: PageId, later: PageId) -> BTreeMap<String, (String, String)> {
    let clauses = clauses(site, later);
    let numbers = clauses.iter();
    let numbers: BTreeMap<&str, &str> = numbers
        .map(|one| (one.id.as_str(), one.number.as_str()))
        .collect();
    let now = successors(site, page, later).into_iter();
    now.map(|(id, now)| {
        let number = numbers.get(now.as_str()).copied().unwrap_or_default();
        (id, (now, number.to_owned()))
    })
    .collect()
}

/// Where an edition is compared with the one before it, and with the one after it.
fn changes(site: &Site, page: PageId) -> Vec<LinkView> {
    let named = |other: PageId, compared: PageId| {
        let url = changes_url(site, compared)?;
        Some(LinkView::new(&of_page(site, other)?.edition.value, &url))
    };
    let before = earlier(site, page).and_then(|before| named(before, page));
    let next = site.superseded_by.get(&site.pages[page].target);
    // Of two editions that replace the same one, one alone is known as the next.
    let next = next.filter(|next| earlier(site, **next) == Some(page));
    let next = next.and_then(|next| named(*next, *next));
    before.into_iter().chain(next).collect()
}

/// The last edition in force of those that follow a page; the last of all where none is.
fn latest(site: &Site, page: PageId) -> Option<PageId> {
    let chain = after(site, page);
    let current = chain.iter().rev().find(|id| {
        let edition = of_page(site, **id);
        edition.is_some_and(|one| one.status.value == "current")
    });
    current.or(chain.last()).copied()
}
