//! Pages that every site has: references with who cites them, keywords, the site map for readers, the
//! matrix of industries and specifications, and the page for addresses that do not exist.

use super::changes::{self, Words};
use super::head::{HeadView, Role, Subject, head};
use super::listing::{SectionView, below};
use super::matrix::{MatrixRow, SPECIFICATIONS, matrix};
use super::{DateView, LinkView};
use crate::content::reference::Reference;
use crate::graph::citations::Citing;
use crate::graph::{PageId, SectionId, Site};
use crate::path::UrlPath;
use serde::Serialize;
use std::collections::BTreeMap;

/// A law or standard with everything that cites it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ReferenceView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// The law or standard.
    pub reference: ReferenceFacts,
    /// Those that cite it as a whole.
    pub whole: Vec<CitingView>,
    /// Those that cite an article, by article.
    pub articles: Vec<ArticleView>,
}

/// What is known about a law or standard.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ReferenceFacts {
    /// Its page.
    pub link: LinkView,
    /// The title used in running text.
    pub short: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// `law`, `regulation`, `rule`, `standard` or `document`.
    pub kind: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// In force from.
    pub effective: Option<DateView>,
    /// One of the references' `STATUSES`.
    pub status: String,
    /// What replaces it.
    pub superseded_by: Option<LinkView>,
    /// A sentence for readers.
    pub note: Option<String>,
    /// How many places cite it.
    pub cited: usize,
}

/// An article with those that cite it; its anchor is `article-<number>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ArticleView {
    /// The article's number.
    pub number: i64,
    /// Who cites it.
    pub citing: Vec<CitingView>,
}

/// A place that cites.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CitingView {
    /// The page's title, its address with the clause as anchor.
    pub link: LinkView,
    /// The page's kind.
    pub kind: &'static str,
    /// The clause's id and words.
    pub clause: Option<(String, String)>,
}

/// A list of links under headings: all references, all keywords, the site map.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct IndexView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// Laws and standards, on the list of references.
    pub references: Vec<ReferenceFacts>,
    /// Keywords with how many documents carry them, on the list of keywords.
    pub keywords: Vec<(LinkView, usize)>,
    /// The tree of folders, on the site map.
    pub tree: Vec<BranchView>,
    /// The matrix of industries and specifications, on its own page.
    pub matrix: Vec<MatrixRow>,
    /// The specifications' kinds, as heads of the matrix.
    pub kinds: Vec<&'static str>,
}

/// A folder with its documents, at some depth.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BranchView {
    /// The folder.
    pub section: SectionView,
    /// How deep it stands, from 1.
    pub depth: usize,
    /// Its documents, each with its comparison where it has one; only the first hundred.
    pub pages: Vec<LinkView>,
    /// How many more there are.
    pub more: usize,
}

/// The head of a page that no document stands behind.
pub(super) fn plain(site: &Site, path: &str, title: &str) -> HeadView {
    let url = UrlPath::new(path);
    let subject = Subject {
        url: &url,
        title,
        description: "",
        role: Role::Column,
        section: Some(0),
        meta: Vec::new(),
    };
    head(site, subject)
}

fn index(head: HeadView) -> IndexView {
    IndexView {
        head,
        references: Vec::new(),
        keywords: Vec::new(),
        tree: Vec::new(),
        matrix: Vec::new(),
        kinds: Vec::new(),
    }
}

/// The page of one reference; `title` of the list is a breadcrumb.
#[must_use]
pub fn reference(site: &Site, id: &str, list_title: &str) -> Option<ReferenceView> {
    let one = site.references.get(id)?;
    let url = site.reference_url(id);
    let mut head = plain(site, url.as_str(), &one.title);
    let above = LinkView::new(list_title, &UrlPath::new("/references/"));
    head.breadcrumbs.push(above);
    head.description = one.note.clone().unwrap_or_default();
    let citing = site.citing.get(id).map_or(&[][..], Vec::as_slice);
    let mut articles: BTreeMap<i64, Vec<CitingView>> = BTreeMap::new();
    let mut whole = Vec::new();
    for place in citing {
        match place.article {
            Some(article) => articles
                .entry(article)
                .or_default()
                .push(cited(site, place)),
            None => whole.push(cited(site, place)),
        }
    }
    let articles = articles.into_iter();
    Some(ReferenceView {
        head,
        reference: facts(site, one),
        whole,
        articles: articles
            .map(|(number, citing)| ArticleView { number, citing })
            .collect(),
    })
}

/// What is known about a reference.
#[must_use]
pub fn facts(site: &Site, one: &Reference) -> ReferenceFacts {
    let id = &one.id.value;
    let later = one.superseded_by.as_ref();
    let later = later.and_then(|later| site.references.get(&later.value));
    ReferenceFacts {
        link: LinkView::new(&one.title, &site.reference_url(id)),
        short: one.short.clone(),
        number: one.number.clone(),
        kind: one.kind.value.clone(),
        issuer: one.issuer.clone(),
        effective: one.effective.as_ref().map(|date| DateView::new(date.value)),
        status: one.status.value.clone(),
        superseded_by: later
            .map(|later| LinkView::new(&later.title, &site.reference_url(&later.id.value))),
        note: one.note.clone(),
        cited: site.citing.get(id).map_or(0, Vec::len),
    }
}

fn cited(site: &Site, place: &Citing) -> CitingView {
    let page = &site.pages[place.page];
    let mut link = LinkView::new(&page.title, &page.url);
    if let Some((clause, _)) = &place.clause {
        link.url = super::site_path(&format!("{}#{clause}", page.url));
    }
    CitingView {
        link,
        kind: page.document.content.kind.word(),
        clause: place.clause.clone(),
    }
}

/// The list of all references, in the order of `references.toml`'s ids.
#[must_use]
pub fn references(site: &Site, title: &str) -> IndexView {
    let mut view = index(plain(site, "/references/", title));
    let mut all: Vec<&Reference> = site.references.values().collect();
    all.sort_by_key(|one| one.id.bytes.start);
    view.references = all.into_iter().map(|one| facts(site, one)).collect();
    view
}

/// The list of all keywords.
#[must_use]
pub fn keywords(site: &Site, title: &str) -> IndexView {
    let mut view = index(plain(site, "/keywords/", title));
    let words = site.keywords.iter();
    view.keywords = words
        .map(|one| (LinkView::new(&one.word, &one.url), one.pages.len()))
        .collect();
    view
}

/// The page to search from; what it finds is no page of its own to search engines.
#[must_use]
pub fn search(site: &Site, url: &str, title: &str) -> IndexView {
    let mut view = index(plain(site, url, title));
    view.head.noindex = true;
    view
}

/// The site map for readers.
#[must_use]
pub fn site_map(site: &Site, words: &Words) -> IndexView {
    let title = words.get("site_map").map_or("", String::as_str);
    let mut view = index(plain(site, "/sitemap/", title));
    branches(site, 0, 0, words, &mut view.tree);
    view
}

/// Documents of one folder that the site map names.
const BRANCH_LIMIT: usize = 100;

fn branches(site: &Site, id: SectionId, depth: usize, words: &Words, tree: &mut Vec<BranchView>) {
    let section = &site.sections[id];
    let pages = section.pages.iter().take(BRANCH_LIMIT);
    let link = |id: &PageId| {
        let own = LinkView::new(&site.pages[*id].title, &site.pages[*id].url);
        std::iter::once(own).chain(changes::link(site, *id, words))
    };
    tree.push(BranchView {
        section: below(site, id),
        depth,
        pages: pages.flat_map(link).collect(),
        more: section.pages.len().saturating_sub(BRANCH_LIMIT),
    });
    for child in &section.children {
        branches(site, *child, depth + 1, words, tree);
    }
}

/// The matrix of industries and specifications on its own page.
#[must_use]
pub fn specifications(site: &Site, title: &str) -> IndexView {
    let mut view = index(plain(site, "/specifications/", title));
    view.matrix = matrix(site);
    view.kinds = SPECIFICATIONS.to_vec();
    view
}

/// The page for addresses that do not exist. It is served from any depth, so its links begin at the
/// base address.
#[must_use]
pub fn not_found(site: &Site, title: &str) -> IndexView {
    let mut view = index(plain(site, "/404.html", title));
    view.head.root = site.config.base_path().to_owned();
    view.head.noindex = true;
    view.head.canonical = String::new();
    view.tree = site.sections[0]
        .children
        .iter()
        .map(|id| BranchView {
            section: below(site, *id),
            depth: 1,
            pages: Vec::new(),
            more: 0,
        })
        .collect();
    view
}
