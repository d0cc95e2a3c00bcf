//! What every page has around its own matter: title, addresses, breadcrumbs, and the tags of `<head>`.

use super::{LinkView, site_path};
use crate::graph::{SectionId, Site};
use crate::path::UrlPath;
use serde::Serialize;

/// What every page has.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HeadView {
    /// The prefix that leads to the site's root: `../../`, `./`, or the base path on the 404 page.
    pub root: String,
    /// The page's own site path.
    pub path: String,
    /// Its whole address; empty where the site has no base address.
    pub canonical: String,
    /// Its title.
    pub title: String,
    /// One or two sentences; empty where there are none.
    pub description: String,
    /// From the home page down to the page above this one.
    pub breadcrumbs: Vec<LinkView>,
    /// `<meta name content>` pairs: keywords and the government page tags.
    pub meta: Vec<MetaView>,
    /// What the page is to Open Graph: `website` or `article`.
    pub og_type: &'static str,
    /// The feed of the page's section.
    pub feed: Option<String>,
    /// Whether search engines should leave it out.
    pub noindex: bool,
}

/// One `<meta>` tag.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MetaView {
    /// The tag's name.
    pub name: &'static str,
    /// Its value, never empty.
    pub content: String,
}

impl MetaView {
    /// A tag.
    #[must_use]
    pub fn new(name: &'static str, content: &str) -> Self {
        Self {
            name,
            content: content.to_owned(),
        }
    }
}

/// What a page is to search engines and to the government's page tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The home page.
    Home,
    /// A list.
    Column,
    /// A text.
    Article,
}

/// What the head of a page is made from.
pub struct Subject<'a> {
    /// Its address.
    pub url: &'a UrlPath,
    /// Its title.
    pub title: &'a str,
    /// One or two sentences.
    pub description: &'a str,
    /// Home, list or text.
    pub role: Role,
    /// The section that its breadcrumbs and column tags name.
    pub section: Option<SectionId>,
    /// Further `<meta>` tags.
    pub meta: Vec<MetaView>,
}

/// The head of a page.
#[must_use]
pub fn head(site: &Site, subject: Subject<'_>) -> HeadView {
    let config = &site.config;
    let path = site_path(subject.url.as_str());
    let breadcrumbs = breadcrumbs(site, subject.url, subject.section);
    let canonical = match config.base_url.as_str() {
        "" => String::new(),
        base => format!("{base}{path}"),
    };
    let mut meta = government(site, &subject);
    meta.extend(subject.meta);
    // Names of tags know no case: the government's `Description` is the description.
    if !meta
        .iter()
        .any(|tag| tag.name.eq_ignore_ascii_case("description"))
    {
        meta.push(MetaView::new("description", subject.description));
    }
    meta.retain(|tag| !tag.content.trim().is_empty());
    let feed = subject.section.filter(|section| has_feed(site, *section));
    HeadView {
        root: subject.url.to_root(),
        og_type: match subject.role {
            Role::Article => "article",
            Role::Home | Role::Column => "website",
        },
        feed: feed.map(|id| feed_path(site, id)),
        path,
        canonical,
        title: subject.title.to_owned(),
        description: subject.description.to_owned(),
        breadcrumbs,
        meta,
        noindex: false,
    }
}

/// Whether a section has a feed of its own: it holds a dated page.
#[must_use]
pub fn has_feed(site: &Site, section: SectionId) -> bool {
    let pages = &site.sections[section].pages;
    section != 0 && pages.iter().any(|page| site.pages[*page].date().is_some())
}

/// The site path of a section's feed.
#[must_use]
pub fn feed_path(site: &Site, section: SectionId) -> String {
    site_path(&format!("{}feed.xml", site.sections[section].url))
}

/// The sections above a page, from the home page down.
fn breadcrumbs(site: &Site, url: &UrlPath, section: Option<SectionId>) -> Vec<LinkView> {
    let mut trail = Vec::new();
    let mut next = section;
    while let Some(id) = next {
        let above = &site.sections[id];
        if above.url != *url {
            trail.push(LinkView::new(&above.title, &above.url));
        }
        next = above.parent;
    }
    trail.reverse();
    trail
}

/// The page tags of government sites: three of the site on every page, four of the column, three of
/// the text (国办发〔2017〕47号, annex; 3, 7 and 10 tags by kind of page). Unset ones are left out.
fn government(site: &Site, subject: &Subject<'_>) -> Vec<MetaView> {
    let government = &site.config.government;
    if !government.present {
        return Vec::new();
    }
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut tags = vec![
        MetaView::new("SiteName", &text(&government.site_name)),
        MetaView::new("SiteDomain", &text(&government.site_domain)),
        MetaView::new("SiteIDCode", &text(&government.site_id_code)),
    ];
    tags.extend(column(site, subject));
    tags
}

/// The four tags of the column that a page stands in; none on the home page. A list that is no folder's
/// (keywords, laws and standards) is a column of its own.
fn column(site: &Site, subject: &Subject<'_>) -> Vec<MetaView> {
    let folder = match (subject.role, subject.section) {
        (Role::Home, _) | (Role::Article, None) => return Vec::new(),
        (Role::Column, None | Some(0)) => None,
        (_, Some(id)) => Some(id),
    };
    let id = folder;
    let folder = id.map(|id| &site.sections[id]);
    let title = folder.map_or(subject.title, |section| &section.title);
    let index = folder.and_then(|section| section.index);
    let common = index.map(|id| &site.pages[id].document.content.common);
    let summary = match folder {
        Some(_) => common.and_then(|common| common.summary.as_deref()),
        None => Some(subject.description),
    };
    let words = common.map_or_else(String::new, |common| common.keywords.join(","));
    let or_title = |text: &str| if text.is_empty() { title } else { text }.to_owned();
    let place = match folder {
        Some(section) => &section.folder,
        None => subject.url.as_str().trim_start_matches('/'),
    };
    vec![
        MetaView::new("ColumnName", title),
        MetaView::new("ColumnDescription", &or_title(summary.unwrap_or_default())),
        MetaView::new("ColumnKeywords", &or_title(&words)),
        MetaView::new("ColumnType", column_type(site, id, place)),
    ]
}

/// 栏目类别 of a section: what its index says or that of a folder above it, else the nearest of the annex's column types
/// (an open list). A list that is no folder's has only its place.
#[must_use]
pub fn column_type<'a>(site: &'a Site, section: Option<SectionId>, folder: &str) -> &'a str {
    let mut next = section.map(|id| &site.sections[id]);
    while let Some(section) = next {
        let index = section.index.map(|id| &site.pages[id].document);
        let said = index.and_then(|index| index.content.common.column_type.as_ref());
        if let Some(said) = said.filter(|said| !said.value.trim().is_empty()) {
            return &said.value;
        }
        next = section.parent.map(|id| &site.sections[id]);
    }
    match folder.split('/').next().unwrap_or_default() {
        "policies" | "references" => "政策文件",
        "about" => "概况信息",
        "industries" | "templates" => "办事服务",
        "methods" => "政策解读",
        _ => "工作动态",
    }
}
