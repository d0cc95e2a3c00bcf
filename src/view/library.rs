//! The library of documents to download: all of them by purpose, and the same list for each purpose, industry, reader
//! and period, as a page of its own that needs no script. The columns follow what such lists on government sites name:
//! what it is, for which trade and reader, edition, format, size.

use super::LinkView;
use super::facet::{FacetView, ValueView};
use super::file::FileView;
use super::head::HeadView;
use super::index::plain;
use crate::content::Kind;
use crate::content::common::Specification;
use crate::content::fields::Located;
use crate::graph::downloads::{self, DOWNLOADS, kits, purpose, purposes, served};
use crate::graph::editions::specification;
use crate::graph::{PageId, Site};
use crate::path::{OutputPath, UrlPath};
use crate::view::DateView;
use serde::Serialize;
use std::collections::BTreeMap;

/// One value by which the library can be narrowed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Facet {
    /// One of [`KEYS`].
    pub key: &'static str,
    /// A purpose, a term of `industries` or `audiences`, or a period.
    pub value: String,
}

/// By what the library can be narrowed.
pub const KEYS: [&str; 4] = ["purpose", "industry", "audience", "period"];
const PERIODS: [&str; 4] = ["monthly", "quarterly", "yearly", "once"];

impl Facet {
    /// Where the narrowed list is published.
    #[must_use]
    pub fn url(&self) -> UrlPath {
        UrlPath::new(&format!("{DOWNLOADS}{}/{}/", self.key, self.value))
    }

    /// What readers call the value.
    fn title(&self, site: &Site, words: &BTreeMap<String, String>) -> String {
        let word = |key: String| words.get(&key).cloned().unwrap_or_default();
        match self.key {
            "purpose" => purpose_title(&self.value, words),
            "industry" => site.term_title("industries", &self.value).to_owned(),
            "audience" => site.term_title("audiences", &self.value).to_owned(),
            _ => word(format!("period_{}", self.value)),
        }
    }

    /// Whether a page's document belongs to the narrowed list. What names no trade or reader is for all of them.
    fn picks(&self, site: &Site, id: PageId) -> bool {
        let content = &site.pages[id].document.content;
        let among = |terms: &[Located<String>]| {
            terms.is_empty() || terms.iter().any(|term| term.value == self.value)
        };
        match self.key {
            "purpose" => purpose(&content.kind) == Some(&self.value),
            "industry" => among(&content.common.industries),
            "audience" => among(&content.common.audiences),
            _ => period(&content.kind) == Some(&self.value),
        }
    }
}

fn period(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Form(form) => Some(&form.period.value),
        _ => None,
    }
}

fn purpose_title(purpose: &str, words: &BTreeMap<String, String>) -> String {
    let key = match purpose {
        "checklist" | "rules" | "guide" | "patrol" => format!("spec_{purpose}"),
        "register" | "form" => format!("kind_{purpose}"),
        letter => format!("letter_{letter}"),
    };
    words.get(&key).cloned().unwrap_or_default()
}

/// The pages that are to be had as documents, in the order of lists: by purpose, then as in their folders.
fn offered(site: &Site) -> Vec<PageId> {
    let order = purposes();
    let kind = |id: &PageId| &site.pages[*id].document.content.kind;
    let pages = 0..site.pages.len();
    let mut pages: Vec<PageId> = pages.filter(|id| purpose(kind(id)).is_some()).collect();
    pages.sort_by_cached_key(|id| {
        let common = &site.pages[*id].document.content.common;
        let place = order.iter().position(|one| Some(*one) == purpose(kind(id)));
        let industries = site.vocabularies.ids("industries");
        let first = common.industries.first();
        let industry =
            first.and_then(|first| industries.iter().position(|one| *one == first.value));
        (place, industry, common.weight.unwrap_or(i64::MAX), *id)
    });
    pages
}

/// Every value that picks something, in the order of keys and vocabularies: of trades those that have specifications,
/// of readers those that a document names.
#[must_use]
pub fn facets(site: &Site) -> Vec<Facet> {
    let offered = offered(site);
    let is_named = |audience: &str| {
        let mut offered = offered.iter();
        offered.any(|id| {
            let mut audiences = site.pages[*id].document.content.common.audiences.iter();
            audiences.any(|term| term.value == audience)
        })
    };
    let mut facets = Vec::new();
    for key in KEYS {
        let values: Vec<&str> = match key {
            "purpose" => purposes(),
            "industry" => served(site),
            "audience" => site.vocabularies.ids("audiences"),
            _ => PERIODS.to_vec(),
        };
        let values = values.into_iter().map(|value| Facet {
            key,
            value: value.to_owned(),
        });
        facets.extend(values.filter(|facet| match key {
            "audience" => is_named(&facet.value),
            _ => offered.iter().any(|id| facet.picks(site, *id)),
        }));
    }
    facets
}

/// What the builder of pages knows of documents to download.
pub struct Offered<'a> {
    /// The words of the interface.
    pub words: &'a BTreeMap<String, String>,
    /// The size in bytes of a document that was made.
    pub size: Box<dyn Fn(&OutputPath) -> u64 + 'a>,
}

impl Offered<'_> {
    /// The view of a document under a title.
    #[must_use]
    pub fn file(&self, title: &str, path: &OutputPath) -> FileView {
        FileView::made(title, path, (self.size)(path))
    }

    fn word(&self, key: &str) -> &str {
        self.words.get(key).map_or("", String::as_str)
    }
}

/// The library, or a narrowed list of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LibraryView {
    /// What every page has.
    #[serde(flatten)]
    pub head: HeadView,
    /// How many documents are listed.
    pub total: usize,
    /// Whether all are listed.
    pub all: bool,
    /// By what the library can be narrowed.
    pub facets: Vec<FacetView>,
    /// The kits, by industry.
    pub kits: Vec<KitsView>,
    /// The documents by purpose.
    pub groups: Vec<GroupView>,
}

/// The kits of an industry.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct KitsView {
    /// The industry.
    pub industry: String,
    /// A kit for each size class: what the class is called, and the file.
    pub files: Vec<(String, FileView)>,
}

/// The documents of one purpose.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GroupView {
    /// The anchor.
    pub id: String,
    /// What readers call the purpose.
    pub title: String,
    /// The documents.
    pub entries: Vec<EntryView>,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EntryView {
    /// Its page.
    pub link: LinkView,
    /// Invented, and labelled so.
    pub sample: bool,
    /// The trades it is for; empty for all.
    pub industries: Vec<String>,
    /// Who fills it in, or who it is for.
    pub who: String,
    /// How often, for reporting tables.
    pub period: Option<String>,
    /// Its edition, else the day of its last change.
    pub edition: String,
    /// The file.
    pub file: FileView,
}

/// The library, narrowed where a value is named.
#[must_use]
pub fn library(site: &Site, facet: Option<&Facet>, offered_files: &Offered<'_>) -> LibraryView {
    let words = offered_files.words;
    let all = offered(site);
    let title = offered_files.word("downloads");
    let head = match facet {
        None => plain(site, DOWNLOADS, title),
        Some(facet) => {
            let narrowed = format!("{}：{title}", facet.title(site, words));
            let mut head = plain(site, facet.url().as_str(), &narrowed);
            head.breadcrumbs
                .push(LinkView::new(title, &UrlPath::new(DOWNLOADS)));
            head
        }
    };
    let shown: Vec<PageId> = all
        .iter()
        .copied()
        .filter(|id| facet.is_none_or(|facet| facet.picks(site, *id)))
        .collect();
    LibraryView {
        head,
        total: shown.len(),
        all: facet.is_none(),
        facets: facet_views(site, facet, &all, words),
        kits: kit_views(site, facet, offered_files),
        groups: groups(site, &shown, offered_files),
    }
}

fn facet_views(
    site: &Site,
    current: Option<&Facet>,
    all: &[PageId],
    words: &BTreeMap<String, String>,
) -> Vec<FacetView> {
    let facets = facets(site);
    let runs = facets.chunk_by(|left, right| left.key == right.key);
    runs.map(|run| FacetView {
        key: run.first().map_or("", |facet| facet.key),
        values: run
            .iter()
            .map(|facet| ValueView {
                id: facet.value.clone(),
                link: LinkView::new(&facet.title(site, words), &facet.url()),
                count: all.iter().filter(|id| facet.picks(site, **id)).count(),
                current: current == Some(facet),
            })
            .collect(),
    })
    .collect()
}

/// All kits on the whole list, those of an industry on its own.
fn kit_views(site: &Site, facet: Option<&Facet>, offered: &Offered<'_>) -> Vec<KitsView> {
    let kits = kits(site);
    let runs = kits.chunk_by(|left, right| left.industry == right.industry);
    let wanted = runs.filter(|run| {
        facet.is_none_or(|facet| {
            facet.key == "industry" && run.iter().all(|kit| kit.industry == facet.value)
        })
    });
    wanted
        .filter_map(|run| {
            let industry = site.term_title("industries", &run.first()?.industry);
            Some(KitsView {
                industry: industry.to_owned(),
                files: industry_kits(site, run, offered),
            })
        })
        .collect()
}

/// The files of kits, each with what its size class is called.
fn industry_kits(
    site: &Site,
    kits: &[downloads::Kit],
    offered: &Offered<'_>,
) -> Vec<(String, FileView)> {
    let files = kits.iter().map(|kit| {
        let size = site.term_title("sizes", &kit.size).to_owned();
        let title = kit.title(site, offered.word("kit_title"));
        (size, offered.file(&title, &kit.path()))
    });
    files.collect()
}

fn groups(site: &Site, shown: &[PageId], offered: &Offered<'_>) -> Vec<GroupView> {
    let of = |id: &PageId| purpose(&site.pages[*id].document.content.kind).unwrap_or_default();
    let runs = shown.chunk_by(|left, right| of(left) == of(right));
    runs.map(|run| {
        let purpose = run.first().map_or("", of);
        GroupView {
            id: format!("purpose-{purpose}"),
            title: purpose_title(purpose, offered.words),
            entries: run
                .iter()
                .filter_map(|id| entry(site, *id, offered))
                .collect(),
        }
    })
    .collect()
}

fn entry(site: &Site, id: PageId, offered: &Offered<'_>) -> Option<EntryView> {
    let page = &site.pages[id];
    let (kind, common) = (&page.document.content.kind, &page.document.content.common);
    let path = downloads::path(site, id)?;
    let audiences = common.audiences.iter();
    let audiences = audiences.map(|one| site.term_title("audiences", &one.value));
    let audiences: Vec<&str> = audiences.collect();
    let changed = common.updated.as_ref().or(common.date.as_ref());
    let changed = changed.map(|date| DateView::new(date.value).minute);
    Some(EntryView {
        link: LinkView::new(&page.title, &page.url),
        sample: common.sample,
        industries: common
            .industries
            .iter()
            .map(|term| site.term_title("industries", &term.value).to_owned())
            .collect(),
        who: match kind {
            Kind::Form(form) => form.filled_by.clone(),
            Kind::Register(register) => register.filled_by.clone(),
            _ => audiences.join("、"),
        },
        period: period(kind).map(|period| offered.word(&format!("period_{period}")).to_owned()),
        edition: match specification(kind) {
            Some(one) => edition(site, one, offered.word("edition_name")),
            None => changed.map_or_else(String::new, |day| day.chars().take(10).collect()),
        },
        file: offered.file(&page.title, &path),
    })
}

/// What an edition is called, with its status where it is not the one in force.
fn edition(site: &Site, one: &Specification, form: &str) -> String {
    let name = form.replace("{n}", &one.edition.value);
    match one.status.value.as_str() {
        "current" => name,
        status => format!("{name} {}", site.term_title("specification-status", status)),
    }
}

/// The kits of one industry, for its own page.
#[must_use]
pub fn kits_of(site: &Site, industry: &str, offered: &Offered<'_>) -> Vec<(String, FileView)> {
    let mut kits = kits(site);
    kits.retain(|kit| kit.industry == industry);
    industry_kits(site, &kits, offered)
}
