//! Lists of documents, a page at a time: sections and keywords.

use super::card::{CardView, Cards};
use super::facet::{FacetView, ValueView};
use super::head::{HeadView, Role, Subject, head};
use super::page::PageView;
use super::{LinkView, site_path};
use crate::graph::gallery::{self, Narrowed};
use crate::graph::{PageId, SectionId, Site};
use crate::path::UrlPath;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One page of a list; `list` in templates, with `page` beside it where a section has an index.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct ListingView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// The index's own view, on the first page of a section that has an index.
    pub page: Option<PageView>,
    /// The folders below.
    pub sections: Vec<SectionView>,
    /// The documents of this page.
    pub cards: Vec<Arc<CardView>>,
    /// Documents on all pages.
    pub total: usize,
    /// Where this page stands.
    pub pager: PagerView,
    /// By what the cases of a gallery can be narrowed.
    pub gallery: Option<GalleryView>,
}

/// By what the cases of a gallery can be narrowed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GalleryView {
    /// The gallery itself.
    pub link: LinkView,
    /// All of its cases on one page, which scripts combine facets over.
    pub all: LinkView,
    /// How many cases it holds.
    pub total: usize,
    /// Which list this is: `first` page of the gallery, `more` of it, `all` on one page, or `value`.
    pub shown: &'static str,
    /// What narrows this list: the facet and what the value is called.
    pub value: Option<(&'static str, String)>,
    /// The facets.
    pub facets: Vec<FacetView>,
}

/// A folder below.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SectionView {
    /// Its title and address.
    pub link: LinkView,
    /// The summary of its index.
    pub summary: Option<String>,
    /// The kind's word of its index, such as `industry`.
    pub kind: &'static str,
    /// How many documents stand in it and below.
    pub count: usize,
}

/// Where a page of a list stands among the others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PagerView {
    /// From 1.
    pub current: usize,
    /// Pages of the list.
    pub total: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// Site paths of the pages near this one, with the first and the last; an empty path is a gap.
    pub pages: Vec<(usize, String)>,
}

/// How many pages a list of some documents has.
#[must_use]
pub fn pages_of(site: &Site, documents: usize) -> usize {
    documents.div_ceil(site.config.page_size).max(1)
}

/// The address of one page of a list, from 1.
#[must_use]
pub fn page_url(list: &UrlPath, number: usize) -> UrlPath {
    match number {
        1 => list.clone(),
        number => UrlPath::new(&format!("{list}page/{number}/")),
    }
}

/// One page of a section.
#[must_use]
pub fn section(
    site: &Site,
    cards: &Cards,
    id: SectionId,
    number: usize,
    page: Option<PageView>,
    words: &BTreeMap<String, String>,
) -> ListingView {
    let section = &site.sections[id];
    let index = section.index.map(|id| &site.pages[id].document);
    let summary = index.and_then(|document| document.content.common.summary.as_deref());
    let children = section.children.iter();
    let mut view = list(
        (site, cards),
        &section.url,
        &section.title,
        summary.unwrap_or_default(),
        (Some(id), &section.pages),
        number,
    );
    view.sections = children.map(|child| below(site, *child)).collect();
    if let Some(page) = &page {
        view.head.meta.clone_from(&page.head.meta);
        view.head.description.clone_from(&page.head.description);
    }
    view.page = page;
    let shown = if number == 1 { "first" } else { "more" };
    view.gallery = gallery_view(site, id, shown, None, words);
    view
}

/// What the facets of a gallery are called.
fn value_title(site: &Site, facet: &str, value: &str, words: &BTreeMap<String, String>) -> String {
    let word = |key: &str| words.get(key).cloned().unwrap_or_default();
    match gallery::vocabulary(facet) {
        _ if value == gallery::TYPICAL && facet == "status" => word("case_form_typical_short"),
        Some(vocabulary) => site.term_title(vocabulary, value).to_owned(),
        None => word("year_name").replace("{n}", value),
    }
}

/// A gallery as one page with all its cases, or narrowed to one value.
#[must_use]
pub fn narrowed(
    site: &Site,
    cards: &Cards,
    id: SectionId,
    value: Option<(&Narrowed, usize)>,
    words: &BTreeMap<String, String>,
) -> ListingView {
    let section = &site.sections[id];
    let word = |key: &str| words.get(key).cloned().unwrap_or_default();
    match value {
        Some((one, number)) => {
            let name = value_title(site, one.facet, &one.value, words);
            let url = gallery::value_url(site, id, one.facet, &one.value);
            let title = format!("{}：{name}", section.title);
            let pages = (Some(id), one.pages.as_slice());
            let mut view = list((site, cards), &url, &title, "", pages, number);
            view.gallery = gallery_view(site, id, "value", Some((one, name)), words);
            view
        }
        None => {
            let url = gallery::all_url(site, id);
            let title = format!("{}：{}", section.title, word("gallery_all"));
            let mut view = list((site, cards), &url, &title, "", (Some(id), &[]), 1);
            view.cards = section.pages.iter().map(|page| cards.of(*page)).collect();
            view.total = section.pages.len();
            view.head.noindex = true;
            view.gallery = gallery_view(site, id, "all", None, words);
            view
        }
    }
}

fn gallery_view(
    site: &Site,
    id: SectionId,
    shown: &'static str,
    value: Option<(&Narrowed, String)>,
    words: &BTreeMap<String, String>,
) -> Option<GalleryView> {
    gallery::facets(site, id)?;
    let all = gallery::narrowed(site, id);
    let is_current = |one: &Narrowed| {
        let current = value.as_ref().map(|(current, _)| *current);
        current.is_some_and(|current| (current.facet, &current.value) == (one.facet, &one.value))
    };
    let runs = all.chunk_by(|left, right| left.facet == right.facet);
    let facets = runs.map(|run| FacetView {
        key: run.first().map_or("", |one| one.facet),
        values: run
            .iter()
            .map(|one| ValueView {
                id: one.value.clone(),
                link: LinkView::new(
                    &value_title(site, one.facet, &one.value, words),
                    &gallery::value_url(site, id, one.facet, &one.value),
                ),
                count: one.pages.len(),
                current: is_current(one),
            })
            .collect(),
    });
    let section = &site.sections[id];
    let word = |key: &str| words.get(key).cloned().unwrap_or_default();
    Some(GalleryView {
        link: LinkView::new(&section.title, &section.url),
        all: LinkView::new(&word("gallery_all"), &gallery::all_url(site, id)),
        total: section.pages.len(),
        shown,
        facets: facets.collect(),
        value: value.map(|(one, name)| (one.facet, name)),
    })
}

/// One page of a keyword's list.
#[must_use]
pub fn keyword(site: &Site, cards: &Cards, at: usize, number: usize) -> ListingView {
    let keyword = &site.keywords[at];
    list(
        (site, cards),
        &keyword.url,
        &keyword.word,
        "",
        (None, &keyword.pages),
        number,
    )
}

fn list(
    (site, all): (&Site, &Cards),
    url: &UrlPath,
    title: &str,
    description: &str,
    (section, documents): (Option<SectionId>, &[PageId]),
    number: usize,
) -> ListingView {
    let here = page_url(url, number);
    let mut head = head(
        site,
        Subject {
            url: &here,
            title,
            description,
            role: if here.as_str() == "/" {
                Role::Home
            } else {
                Role::Column
            },
            section,
            meta: Vec::new(),
        },
    );
    // Pages two and on repeat no text of the first.
    head.noindex = number > 1;
    let shown = documents
        .iter()
        .skip((number - 1) * site.config.page_size)
        .take(site.config.page_size);
    ListingView {
        head,
        page: None,
        sections: Vec::new(),
        cards: shown.map(|id| all.of(*id)).collect(),
        total: documents.len(),
        pager: pager(url, number, pages_of(site, documents.len())),
        gallery: None,
    }
}

/// A folder below another, with how many documents it holds at any depth.
#[must_use]
pub fn below(site: &Site, id: SectionId) -> SectionView {
    let section = &site.sections[id];
    let index = section.index.map(|id| &site.pages[id].document.content);
    SectionView {
        link: LinkView::new(&section.title, &section.url),
        summary: index.and_then(|content| content.common.summary.clone()),
        kind: index.map_or("page", |content| content.kind.word()),
        count: count(site, id),
    }
}

fn count(site: &Site, id: SectionId) -> usize {
    let section = &site.sections[id];
    let children = section.children.iter();
    section.pages.len() + children.map(|child| count(site, *child)).sum::<usize>()
}

/// The first, the last, and two on each side.
fn pager(list: &UrlPath, current: usize, total: usize) -> PagerView {
    let path = |number: usize| site_path(page_url(list, number).as_str());
    let near = |number: &usize| *number == 1 || *number == total || number.abs_diff(current) <= 2;
    let mut pages = Vec::new();
    let mut before = 0;
    for number in (1..=total).filter(near) {
        if number > before + 1 {
            pages.push((0, String::new()));
        }
        pages.push((number, path(number)));
        before = number;
    }
    PagerView {
        current,
        total,
        previous: (current > 1).then(|| path(current - 1)),
        next: (current < total).then(|| path(current + 1)),
        pages,
    }
}
