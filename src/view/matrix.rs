//! The matrix of industries and specifications: what exists of each, and in which edition.

use super::LinkView;
use super::card::{CardView, TermView, card};
use crate::content::Kind;
use crate::content::common::Specification;
use crate::graph::editions::{is_replaced, specification};
use crate::graph::{Page, PageId, Site};
use serde::Serialize;

/// One industry's specifications.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MatrixRow {
    /// The industry.
    pub industry: TermView,
    /// Its page.
    pub link: Option<LinkView>,
    /// What exists of each specification, in the order of [`SPECIFICATIONS`].
    pub cells: Vec<Vec<MatrixEntry>>,
}

/// Specifications of one kind that differ in nothing a matrix can show: one, or the sheets of one level.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MatrixEntry {
    /// The level of a checklist, the size class of rules, else the status.
    pub label: String,
    /// The document; for several the industry's page, where it has one.
    pub link: LinkView,
    /// How many documents.
    pub count: usize,
    /// The edition of the first.
    pub edition: String,
    /// The status, where it is not the one in force.
    pub status: Option<TermView>,
}

/// The four specifications (四项规范) in their order.
pub const SPECIFICATIONS: [&str; 4] = ["checklist", "guide", "rules", "patrol"];

/// Every industry that has a page or a specification, in the order of the vocabulary.
#[must_use]
pub fn matrix(site: &Site) -> Vec<MatrixRow> {
    let ids = site.vocabularies.ids("industries");
    let rows = ids.into_iter().map(|industry| {
        let hub = site
            .pages
            .iter()
            .find(|page| match &page.document.content.kind {
                Kind::Industry(hub) => hub.industry.value == industry,
                _ => false,
            });
        let link = hub.map(|page| LinkView::new(&page.title, &page.url));
        let cells = SPECIFICATIONS.iter();
        MatrixRow {
            industry: TermView::new(site, "industries", industry),
            cells: cells
                .map(|kind| entries(site, &found(site, industry, kind), link.as_ref()))
                .collect(),
            link,
        }
    });
    rows.filter(|row| row.link.is_some() || row.cells.iter().any(|cell| !cell.is_empty()))
        .collect()
}

/// The specifications of one kind for an industry: current ones first, then by level or size class.
#[must_use]
pub fn cards(site: &Site, industry: &str, kind: &str) -> Vec<CardView> {
    let found = found(site, industry, kind).into_iter();
    found.map(|id| card(site, id)).collect()
}

fn found(site: &Site, industry: &str, kind: &str) -> Vec<PageId> {
    let pages = site.pages.iter().enumerate();
    let of_industry = |page: &Page| {
        let content = &page.document.content;
        let mut industries = content.common.industries.iter();
        content.kind.word() == kind && industries.any(|one| one.value == industry)
    };
    let found = pages.filter(|(_, page)| of_industry(page));
    let found = found.map(|(id, _)| id);
    // Whoever looks for an edition that was replaced finds it from the one that holds.
    let mut found: Vec<PageId> = found.filter(|id| !is_replaced(site, *id)).collect();
    found.sort_by_cached_key(|id| {
        let page = &site.pages[*id];
        let current = edition(page).is_some_and(|one| one.status.value == "current");
        let class = class(page).and_then(|(vocabulary, class)| {
            let order = site.vocabularies.ids(vocabulary);
            order.iter().position(|one| *one == class)
        });
        let weight = page.document.content.common.weight.unwrap_or(i64::MAX);
        (!current, class.unwrap_or(usize::MAX), weight, *id)
    });
    found
}

fn edition(page: &Page) -> Option<&Specification> {
    specification(&page.document.content.kind)
}

/// What tells specifications of one kind apart: the vocabulary and its term.
fn class(page: &Page) -> Option<(&'static str, &str)> {
    match &page.document.content.kind {
        Kind::Checklist(_, checklist) => Some(("checklist-levels", &checklist.level.value)),
        Kind::Rules(_, rules) => Some(("sizes", &rules.size_class.value)),
        _ => None,
    }
}

fn entries(site: &Site, found: &[PageId], hub: Option<&LinkView>) -> Vec<MatrixEntry> {
    let alike = |left: &PageId, right: &PageId| {
        let (left, right) = (&site.pages[*left], &site.pages[*right]);
        let status = |page: &Page| edition(page).map(|one| one.status.value.clone());
        class(left).is_some() && class(left) == class(right) && status(left) == status(right)
    };
    let runs = found.chunk_by(alike);
    runs.filter_map(|run| {
        let page = &site.pages[*run.first()?];
        let edition = edition(page)?;
        let status = TermView::new(site, "specification-status", &edition.status.value);
        let one = LinkView::new(&page.title, &page.url);
        let label = match class(page) {
            Some((vocabulary, class)) => site.term_title(vocabulary, class).to_owned(),
            None => status.title.clone(),
        };
        Some(MatrixEntry {
            link: match hub {
                Some(hub) if run.len() > 1 => LinkView {
                    title: hub.title.clone(),
                    url: format!("{}#section-specifications", hub.url),
                    external: false,
                },
                _ => one,
            },
            label,
            count: run.len(),
            edition: edition.edition.value.clone(),
            status: (class(page).is_some() && status.id != "current").then_some(status),
        })
    })
    .collect()
}
