//! The view of one document.

use super::body::fillings;
use super::detail::{self, DetailView};
use super::file::FileView;
use super::head::{HeadView, MetaView, Role, Subject, head};
use super::{DateView, LinkView};
use crate::graph::{Page, PageId, Site};
use crate::hash::Fingerprint;
use serde::Serialize;

/// One document; `page` in templates. Its text comes beside it as `body`.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct PageView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// The kind's word, such as `checklist`.
    pub kind: &'static str,
    /// Published on.
    pub date: Option<DateView>,
    /// Last changed on.
    pub updated: Option<DateView>,
    /// The issuing body.
    pub source: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// Invented, and labelled so.
    pub sample: bool,
    /// Keywords with their lists.
    pub keywords: Vec<LinkView>,
    /// Parts that the kind has, then headings of level two and three, in order.
    pub contents: Vec<ContentsView>,
    /// Whole minutes to read the text; 0 where there is no text.
    pub minutes: usize,
    /// The page before in its section.
    pub previous: Option<LinkView>,
    /// The page after.
    pub next: Option<LinkView>,
    /// Files offered with the page.
    pub attachments: Vec<FileView>,
    /// Documents made from the page.
    pub downloads: Vec<FileView>,
    /// On an industry's page, its kits: what the size class is called, and the file.
    pub kits: Vec<(String, FileView)>,
    /// What its kind holds.
    pub detail: DetailView,
    /// The text, by what it was made from and what its slots hold.
    #[serde(skip)]
    pub body: (Fingerprint, Vec<String>),
    /// Whether there is a text.
    pub has_body: bool,
}

/// An entry of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ContentsView {
    /// Two or three.
    pub level: u8,
    /// The anchor.
    pub id: String,
    /// The title as HTML.
    pub title: String,
}

/// The view of a document.
#[must_use]
pub fn page(site: &Site, id: PageId) -> PageView {
    let one = &site.pages[id];
    let document = &one.document;
    let common = &document.content.common;
    let link = |id: PageId| LinkView::new(&site.pages[id].title, &site.pages[id].url);
    let (previous, next) = site.neighbours(id);
    let files = common.attachments.iter();
    let files = files.filter_map(|one| {
        let path = document
            .path
            .join(site.root.as_str(), &one.file.value)
            .ok()?;
        Some(FileView::new(site, &path, one.title.as_deref()))
    });
    let detail = detail::detail(site, id);
    let mut parts = detail.contents();
    parts.extend(contents(site, id));
    PageView {
        head: page_head(site, id),
        kind: document.content.kind.word(),
        date: common.date.as_ref().map(|date| DateView::new(date.value)),
        updated: common
            .updated
            .as_ref()
            .map(|date| DateView::new(date.value)),
        source: common.source.clone(),
        summary: common.summary.clone(),
        sample: common.sample,
        keywords: keywords(site, &common.keywords),
        contents: parts,
        minutes: match document.body.counts {
            counts if counts.han + counts.words == 0 => 0,
            counts => counts.minutes(),
        },
        previous: previous.map(link),
        next: next.map(link),
        attachments: files.collect(),
        downloads: Vec::new(),
        kits: Vec::new(),
        detail,
        has_body: document.body.counts.han + document.body.counts.words > 0
            || !document.body.slots.is_empty(),
        body: (document.fingerprint, fillings(site, id)),
    }
}

/// The head of a document's page.
#[must_use]
pub fn page_head(site: &Site, id: PageId) -> HeadView {
    let one = &site.pages[id];
    let common = &one.document.content.common;
    let description = common.summary.as_deref();
    let description = description.unwrap_or(&one.document.body.excerpt);
    let role = role(one);
    let mut meta = Vec::new();
    if role == Role::Article && site.config.government.present {
        meta.push(MetaView::new("ArticleTitle", &one.title));
        if let Some(date) = &common.date {
            meta.push(MetaView::new("PubDate", &DateView::new(date.value).minute));
        }
        let source = common.source.as_ref().or(site.config.owner.as_ref());
        meta.push(MetaView::new(
            "ContentSource",
            source.map_or("", String::as_str),
        ));
        meta.push(MetaView::new("Description", description));
    }
    if !common.keywords.is_empty() {
        let name = if site.config.government.present {
            "Keywords"
        } else {
            "keywords"
        };
        meta.push(MetaView::new(name, &common.keywords.join(",")));
    }
    head(
        site,
        Subject {
            url: &one.url,
            title: &one.title,
            description,
            role,
            section: Some(one.section),
            meta,
        },
    )
}

/// What a document's page is to search engines and to the government's page tags.
#[must_use]
pub fn role(page: &Page) -> Role {
    match (page.target.as_str(), page.is_index) {
        ("", _) => Role::Home,
        (_, true) => Role::Column,
        (_, false) => Role::Article,
    }
}

/// Keywords with their lists.
#[must_use]
pub fn keywords(site: &Site, words: &[String]) -> Vec<LinkView> {
    let linked = words.iter();
    linked
        .filter_map(|word| Some(LinkView::new(word, site.keyword_url(word)?)))
        .collect()
}

/// The first heading is left out where it is the page's title itself.
fn contents(site: &Site, id: PageId) -> Vec<ContentsView> {
    let headings = site.pages[id].document.body.headings.iter();
    headings
        .filter(|heading| (2..=3).contains(&heading.level) && !heading.id.is_empty())
        .map(|heading| ContentsView {
            level: heading.level,
            id: heading.id.clone(),
            title: heading.title_html.clone(),
        })
        .collect()
}
