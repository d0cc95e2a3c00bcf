//! The home page: the way from industry, size and role to the right pages, and what is new. A site
//! without industries (anybody's documents) has a home page of its text, its folders and what is new.

use super::card::{CardView, TermView, card};
use super::listing::{SectionView, below};
use super::matrix::{MatrixRow, SPECIFICATIONS, matrix};
use super::page::PageView;
use super::{DateView, LinkView};
use crate::content::Kind;
use crate::content::industry::Industry;
use crate::graph::editions::is_replaced;
use crate::graph::{Page, PageId, SectionId, Site, order};
use jiff::civil::DateTime;
use serde::Serialize;
use std::cmp::Reverse;

/// The home page.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct HomeView {
    /// The root's index, its fields beside the others.
    #[serde(flatten)]
    pub page: PageView,
    /// The industries that have a page, in the order of the vocabulary.
    pub industries: Vec<IndustryView>,
    /// The list of all industries.
    pub all_industries: Option<LinkView>,
    /// The size classes; empty without industries.
    pub sizes: Vec<TermView>,
    /// The readers for whom some industry has a path.
    pub audiences: Vec<TermView>,
    /// The matrix of industries and specifications.
    pub matrix: Vec<MatrixRow>,
    /// The specifications' kinds, as heads of the matrix.
    pub kinds: Vec<&'static str>,
    /// The latest enforcement cases.
    pub cases: Vec<CardView>,
    /// The list of all enforcement cases.
    pub all_cases: Option<LinkView>,
    /// The documents changed last.
    pub latest: Vec<UpdateView>,
    /// The folders at the top.
    pub sections: Vec<SectionView>,
}

/// An industry that has a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct IndustryView {
    /// The industry.
    pub term: TermView,
    /// Its page.
    pub link: LinkView,
}

/// A document that has changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct UpdateView {
    /// Its title and address.
    pub link: LinkView,
    /// The kind's word.
    pub kind: &'static str,
    /// When.
    pub date: DateView,
}

/// Cases and updates that the home page shows.
const CASES: usize = 3;
const UPDATES: usize = 8;

/// The home page of a site whose root has an index with this view.
#[must_use]
pub fn home(site: &Site, page: PageView) -> HomeView {
    let hubs = hubs(site);
    let cases = enforcement_cases(site);
    let above = |id: &PageId| above(site, *id);
    HomeView {
        page,
        all_industries: hubs.first().and_then(|(id, _)| above(id)),
        sizes: if hubs.is_empty() {
            Vec::new()
        } else {
            terms(site, "sizes", |_| true)
        },
        audiences: terms(site, "audiences", |id| {
            let mut paths = hubs.iter().flat_map(|(_, hub)| &hub.paths);
            paths.any(|path| path.audience.value == id)
        }),
        matrix: matrix(site),
        kinds: SPECIFICATIONS.to_vec(),
        all_cases: cases.first().and_then(above),
        cases: cases.iter().take(CASES).map(|id| card(site, *id)).collect(),
        latest: latest(site),
        sections: top(site).map(|id| below(site, id)).collect(),
        industries: hubs
            .into_iter()
            .map(|(id, hub)| IndustryView {
                term: TermView::new(site, "industries", &hub.industry.value),
                link: link(&site.pages[id]),
            })
            .collect(),
    }
}

fn link(page: &Page) -> LinkView {
    LinkView::new(&page.title, &page.url)
}

/// The pages of industries, in the order of the vocabulary.
fn hubs(site: &Site) -> Vec<(PageId, &Industry)> {
    let order = site.vocabularies.ids("industries");
    let pages = site.pages.iter().enumerate();
    let mut hubs: Vec<(PageId, &Industry)> = pages
        .filter_map(|(id, page)| match &page.document.content.kind {
            Kind::Industry(hub) => Some((id, hub)),
            _ => None,
        })
        .collect();
    hubs.sort_by_key(|(_, hub)| order.iter().position(|id| *id == hub.industry.value));
    hubs
}

fn terms(site: &Site, vocabulary: &str, wanted: impl Fn(&str) -> bool) -> Vec<TermView> {
    let ids = site.vocabularies.ids(vocabulary).into_iter();
    ids.filter(|id| wanted(id))
        .map(|id| TermView::new(site, vocabulary, id))
        .collect()
}

fn enforcement_cases(site: &Site) -> Vec<PageId> {
    let is_case = |id: &PageId| {
        let kind = &site.pages[*id].document.content.kind;
        matches!(kind, Kind::EnforcementCase(_))
    };
    let mut cases: Vec<PageId> = (0..site.pages.len()).filter(is_case).collect();
    order::by_date(&site.pages, &mut cases);
    cases
}

/// The list in which a page stands; none where that is the home page itself.
fn above(site: &Site, id: PageId) -> Option<LinkView> {
    let page = &site.pages[id];
    let own = &site.sections[page.section];
    let list = if page.is_index {
        own.parent?
    } else {
        page.section
    };
    let list = (list != 0).then(|| &site.sections[list])?;
    Some(LinkView::new(&list.title, &list.url))
}

/// The documents changed last; the texts of lists are no news.
fn latest(site: &Site) -> Vec<UpdateView> {
    let changed = |page: &Page| -> Option<DateTime> {
        let common = &page.document.content.common;
        let date = common.updated.as_ref().or(common.date.as_ref())?;
        Some(date.value)
    };
    let pages = site.pages.iter().enumerate();
    let mut dated: Vec<(DateTime, PageId)> = pages
        .filter(|(_, page)| {
            !page.is_index || matches!(page.document.content.kind, Kind::Industry(_))
        })
        .filter(|(id, _)| !is_replaced(site, *id))
        .filter_map(|(id, page)| Some((changed(page)?, id)))
        .collect();
    // Pages stand in the order of their paths, which decides between equal dates.
    dated.sort_by_key(|(date, id)| (Reverse(*date), *id));
    dated.truncate(UPDATES);
    let views = dated.into_iter().map(|(date, id)| UpdateView {
        link: link(&site.pages[id]),
        kind: site.pages[id].document.content.kind.word(),
        date: DateView::new(date),
    });
    views.collect()
}

/// The folders at the top; the footer has `about/`.
fn top(site: &Site) -> impl Iterator<Item = SectionId> {
    let children = site.sections[0].children.iter().copied();
    children.filter(|id| site.sections[*id].folder != "about")
}
