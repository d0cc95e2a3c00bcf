//! Feeds (RFC 4287), the site map for search engines and the catalogue of all documents.

use super::card::card;
use super::head::feed_path;
use super::library::facets;
use super::{DateView, LinkView, site_path};
use crate::graph::downloads::DOWNLOADS;
use crate::graph::editions;
use crate::graph::gallery;
use crate::graph::glossary::GLOSSARY;
use crate::graph::{PageId, SectionId, Site, TIMELINE, order};
use crate::path::UrlPath;
use serde::Serialize;

/// A feed of the newest documents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FeedView {
    /// Its title.
    pub title: String,
    /// The site path of the list it follows.
    pub home: String,
    /// Its own site path.
    pub path: String,
    /// The newest change, `2025-03-01T09:30`.
    pub updated: String,
    /// Newest first.
    pub entries: Vec<FeedEntry>,
}

/// A document in a feed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FeedEntry {
    /// Its title and address.
    pub link: LinkView,
    /// The summary, else the text's first paragraph.
    pub summary: String,
    /// When it last changed, `2025-03-01T09:30`.
    pub updated: String,
}

/// One line of the site map for search engines.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SitemapEntry {
    /// The site path.
    pub path: String,
    /// `2025-03-01`, where known.
    pub changed: Option<String>,
}

/// One document of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CatalogueEntry {
    /// The title.
    pub title: String,
    /// The kind's word.
    pub kind: &'static str,
    /// The site path.
    pub path: String,
    /// Titles of its industries.
    pub industries: Vec<String>,
    /// Published on.
    pub date: Option<String>,
    /// Last changed on.
    pub updated: Option<String>,
    /// The issuing body.
    pub source: Option<String>,
    /// The edition of a specification.
    pub edition: Option<String>,
    /// The status of a specification.
    pub status: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// Invented.
    pub sample: bool,
}

/// The feed of the whole site.
#[must_use]
pub fn site_feed(site: &Site) -> FeedView {
    let dated = |id: &PageId| site.pages[*id].date().is_some() && !site.pages[*id].is_index;
    let mut pages: Vec<PageId> = (0..site.pages.len()).filter(dated).collect();
    // Only the newest are shown: the others need no order.
    pages.sort_by_key(|id| std::cmp::Reverse(site.pages[*id].date()));
    let last = pages.get(site.config.feed_limit.saturating_sub(1));
    let oldest = last.and_then(|id| site.pages[*id].date());
    pages.retain(|id| oldest.is_none_or(|oldest| site.pages[*id].date() >= Some(oldest)));
    feed(site, site.config.title.clone(), "", "feed.xml", pages)
}

/// The feed of a section.
#[must_use]
pub fn section_feed(site: &Site, id: SectionId) -> FeedView {
    let section = &site.sections[id];
    let pages = section.pages.iter().copied();
    let pages = pages
        .filter(|id| site.pages[*id].date().is_some())
        .collect();
    let title = format!("{} - {}", section.title, site.config.title);
    let home = site_path(section.url.as_str());
    feed(site, title, &home, &feed_path(site, id), pages)
}

fn feed(site: &Site, title: String, home: &str, path: &str, mut pages: Vec<PageId>) -> FeedView {
    order::by_date(&site.pages, &mut pages);
    pages.truncate(site.config.feed_limit);
    let entries: Vec<FeedEntry> = pages.iter().map(|id| entry(site, *id)).collect();
    let newest = entries.iter().map(|entry| entry.updated.clone()).max();
    FeedView {
        title,
        home: home.to_owned(),
        path: path.to_owned(),
        updated: newest.unwrap_or_else(|| NEVER.to_owned()),
        entries,
    }
}

/// The moment of a feed without entries, which has to name one.
const NEVER: &str = "1970-01-01T00:00";

fn entry(site: &Site, id: PageId) -> FeedEntry {
    let card = card(site, id);
    let minute = changed(site, id).map(|minute| minute.replace(' ', "T"));
    FeedEntry {
        link: card.link,
        summary: card.summary,
        updated: minute.unwrap_or_else(|| NEVER.to_owned()),
    }
}

/// When a page last changed, `2025-03-01 09:30`: its `updated`, else its `date`.
fn changed(site: &Site, id: PageId) -> Option<String> {
    let common = &site.pages[id].document.content.common;
    let date = common.updated.as_ref().or(common.date.as_ref())?;
    Some(DateView::new(date.value).minute)
}

/// Every page that search engines should find: the documents with the day of their last change, then
/// the lists. Pages two and on of a list are left out here as they are by their own head.
#[must_use]
pub fn sitemap(site: &Site) -> Vec<SitemapEntry> {
    let pages = (0..site.pages.len()).map(|id| SitemapEntry {
        path: site_path(site.pages[id].url.as_str()),
        changed: changed(site, id).map(|minute| minute.chars().take(10).collect()),
    });
    let list = |url: &UrlPath| SitemapEntry {
        path: site_path(url.as_str()),
        changed: None,
    };
    let bare = site.sections.iter().filter(|one| one.index.is_none());
    let fixed = [
        "/keywords/",
        "/references/",
        "/specifications/",
        DOWNLOADS,
        GLOSSARY,
        TIMELINE,
        "/sitemap/",
    ];
    // An author's own page of such an address is among the pages already.
    let written = |url: &str| site.pages.iter().any(|page| page.url.as_str() == url);
    let fixed = fixed.into_iter();
    let fixed = fixed.filter(|url| site.makes(url) && !written(url));
    let references = site.references.keys();
    let narrowed = (0..site.sections.len()).flat_map(|id| {
        let values = gallery::narrowed(site, id).into_iter();
        values.map(move |one| gallery::value_url(site, id, one.facet, &one.value))
    });
    let compared = (0..site.pages.len()).filter_map(|id| editions::changes_url(site, id));
    let compared = compared.filter(|url| !written(url.as_str()));
    pages
        .chain(compared.map(|url| list(&url)))
        .chain(bare.map(|section| list(&section.url)))
        .chain(site.keywords.iter().map(|keyword| list(&keyword.url)))
        .chain(references.map(|id| list(&site.reference_url(id))))
        .chain(fixed.map(|url| list(&UrlPath::new(url))))
        .chain(facets(site).iter().map(|facet| list(&facet.url())))
        .chain(narrowed.map(|url| list(&url)))
        .collect()
}

/// Every document, in the order of source paths.
#[must_use]
pub fn catalogue(site: &Site) -> Vec<CatalogueEntry> {
    let pages = site.pages.iter();
    pages
        .map(|page| {
            let content = &page.document.content;
            let common = &content.common;
            let edition = crate::graph::editions::specification(&content.kind);
            let industries = common.industries.iter();
            CatalogueEntry {
                title: page.title.clone(),
                kind: content.kind.word(),
                path: site_path(page.url.as_str()),
                industries: industries
                    .map(|term| site.term_title("industries", &term.value).to_owned())
                    .collect(),
                date: common
                    .date
                    .as_ref()
                    .map(|date| DateView::new(date.value).text),
                updated: common
                    .updated
                    .as_ref()
                    .map(|date| DateView::new(date.value).text),
                source: common.source.clone(),
                edition: edition.map(|one| one.edition.value.clone()),
                status: edition.map(|one| {
                    site.term_title("specification-status", &one.status.value)
                        .to_owned()
                }),
                summary: common.summary.clone(),
                sample: common.sample,
            }
        })
        .collect()
}
