//! Everything that is published, listed before anything is made: first a plan of paths and jobs, then
//! for each job its view and fingerprint, and only for those that changed the bytes. Pure; entry
//! points: [`plan`], [`prepare`].

pub mod catalogue;
pub mod changes;
pub mod coverage;
pub mod download;
pub mod feed;
pub mod offline;
mod page_like;
mod pages;
pub mod plan;
pub mod redirect;
pub mod robots;
pub mod search;
pub mod sitemap;

use crate::attachment::copies::Copy;
use crate::diag::Diagnostic;
use crate::graph::downloads::Kit;
use crate::graph::gallery;
use crate::graph::{PageId, SectionId, Site};
use crate::hash::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::render::{Renderer, ThemeAsset};
use crate::view::card::Cards;
use crate::view::library::Facet;
use crate::view::{
    ended, feed as feeds, glossary, home, index, leaving, library, listing, timeline,
};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::Arc;

use pages::{address_of, bytes, document, offered, page_view, plain, section, template};
pub use plan::plan;

/// Something to publish.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Job {
    /// The home page, made from the root's index.
    Home(PageId),
    /// A document.
    Page(PageId),
    /// A specification compared with the edition that it replaces.
    Changes(PageId),
    /// One page of a section's list, from 1.
    Section(SectionId, usize),
    /// All cases of a gallery on one page.
    AllCases(SectionId),
    /// The cases of a gallery that one value of a facet picks: facet, value, and the page's number from 1.
    Cases(SectionId, &'static str, String, usize),
    /// One page of a keyword's list: its place and the page's number from 1.
    Keyword(usize, usize),
    /// The list of keywords.
    Keywords,
    /// A law or standard.
    Reference(String),
    /// The list of laws and standards.
    References,
    /// The matrix of industries and specifications.
    Specifications,
    /// The list of terms.
    Glossary,
    /// The dates of all policies.
    Timeline,
    /// The page to search from.
    Search,
    /// The site map for readers.
    SiteMap,
    /// The page for addresses that do not exist.
    NotFound,
    /// The notice before an address of another site.
    Leaving(String),
    /// What stands at an address of a record that is no longer shown, by its place.
    Ended(usize),
    /// The feed of the site, or of a section.
    Feed(Option<SectionId>),
    /// The site map for search engines.
    Sitemap,
    /// What search engines may read.
    Robots,
    /// All documents as CSV.
    CatalogueCsv,
    /// All documents as JSON.
    CatalogueJson,
    /// A file of the theme, by its place.
    Theme(usize),
    /// A file next to the documents.
    File(SourcePath),
    /// A copy of a picture, or the upright one that is published in its place.
    Picture(SourcePath, Copy),
    /// What a reader's browser needs to keep an industry.
    Offline(offline::File),
    /// The service worker of a site that keeps nothing.
    NoWorker,
    /// A page that leads from a former address to a document.
    Redirect(PageId),
    /// A document to fill in, made from a page.
    Download(PageId),
    /// The documents of an industry and a size class in one file.
    Kit(Kit),
    /// The list of all documents to download, or of those that one value of a facet picks.
    Downloads(Option<Facet>),
}

impl Job {
    /// When it is made: kits hold documents, pages tell how large both and upright pictures are, and lists of what is kept
    /// tell of all.
    #[must_use]
    pub fn phase(&self) -> usize {
        match self {
            Self::Download(_) | Self::Picture(..) => 0,
            Self::Kit(_) => 1,
            Self::Offline(file) => INDEXED + file.phase(),
            _ => 2,
        }
    }
}

/// How many phases there are.
pub const PHASES: usize = INDEXED + 4;
/// The first phase in which the search index is there.
pub const INDEXED: usize = 3;

/// A job and where its result goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The file.
    pub path: OutputPath,
    /// What it holds.
    pub job: Job,
}

/// What jobs are made from.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    /// The site.
    pub site: &'a Site,
    /// The cards of all pages.
    pub cards: &'a Cards,
    /// The theme with what all pages share.
    pub renderer: &'a Renderer,
    /// The words of the interface.
    pub words: &'a BTreeMap<String, String>,
    /// The theme's published files.
    pub assets: &'a [ThemeAsset],
    /// The program: another version may make other bytes of the same view.
    pub stamp: Fingerprint,
    /// The theme's service worker.
    pub worker: Option<&'a [u8]>,
    /// What was made or stands of the phases before, and the search's files once they are there.
    pub made: &'a BTreeMap<OutputPath, Made>,
    /// The search's files, as far as readers keep them.
    pub search: &'a offline::Searched,
    /// The bytes of what is published, of the search's files as they will be.
    pub published: &'a Published<'a>,
}

/// Reads what is published; nothing where it cannot be read.
pub type Published<'a> = dyn Fn(&OutputPath) -> Option<Vec<u8>> + Sync + 'a;

/// A file that was made or stands.
#[derive(Clone, Debug)]
pub struct Made {
    /// In bytes.
    pub size: u64,
    /// Of its bytes.
    pub content: Fingerprint,
    /// Its bytes, where it was made just now and others hold it.
    pub bytes: Option<Arc<[u8]>>,
}

/// A text's HTML, by the document's source; nothing where it was kept and is damaged.
pub type Texts<'a> = dyn Fn(&SourcePath) -> Option<Cow<'a, str>> + Sync + 'a;

/// The bytes of a job, made only on demand.
pub struct Prepared<'a> {
    /// What it is made from: view, theme and program.
    pub inputs: Fingerprint,
    make: Box<Make<'a>>,
}

/// Makes a job's bytes from its view and, where it shows one, a document's text.
type Make<'a> = dyn FnOnce(&Texts<'_>) -> Result<Content, Failure> + 'a;

/// What a job published.
#[derive(Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a source.
    CopyOf(SourcePath),
    /// The bytes of a source without the names of its authors.
    CleanedOf(SourcePath),
    /// A copy of a picture.
    Picture(SourcePath, Copy),
}

/// Why a job failed.
#[derive(Debug)]
pub enum Failure {
    /// The author can mend it.
    Site(Box<Diagnostic>),
    /// A kept text is damaged: the cache must go.
    Cache,
}

impl Prepared<'_> {
    /// Makes the bytes.
    ///
    /// # Errors
    /// [`Failure`]: a template that fails on this view, or a damaged cache.
    pub fn produce(self, texts: &Texts<'_>) -> Result<Content, Failure> {
        (self.make)(texts)
    }
}

/// Makes the view of a job and its fingerprint.
#[must_use]
pub fn prepare<'a>(stage: Stage<'a>, planned: &'a Planned) -> Prepared<'a> {
    let site = stage.site;
    let word = |key: &str| stage.words.get(key).map_or("", String::as_str);
    match &planned.job {
        Job::Home(id) => {
            let view = home::home(site, page_view(stage, *id));
            document(stage, "home.html", view, *id)
        }
        Job::Page(id) => document(stage, template(site, *id), page_view(stage, *id), *id),
        Job::Changes(id) => {
            let page = changes::prepare(stage, *id);
            page.unwrap_or_else(|| bytes(Fingerprint::default(), Vec::new))
        }
        Job::Section(id, number) => section(stage, *id, *number),
        Job::AllCases(id) => {
            let view = listing::narrowed(site, stage.cards, *id, None, stage.words);
            plain(stage, "section.html", view)
        }
        Job::Cases(id, facet, value, number) => {
            let all = gallery::narrowed(site, *id).into_iter();
            let mut all = all.filter(|one| one.facet == *facet && one.value == *value);
            match all.next() {
                Some(one) => {
                    let value = Some((&one, *number));
                    let view = listing::narrowed(site, stage.cards, *id, value, stage.words);
                    plain(stage, "section.html", view)
                }
                None => bytes(Fingerprint::default(), Vec::new),
            }
        }
        Job::Keyword(at, number) => {
            let view = listing::keyword(site, stage.cards, *at, *number);
            plain(stage, "keyword.html", view)
        }
        Job::Keywords => plain(
            stage,
            "keywords.html",
            index::keywords(site, word("keywords")),
        ),
        Job::References => {
            let view = index::references(site, word("references"));
            plain(stage, "references.html", view)
        }
        Job::Reference(id) => match index::reference(site, id, word("references")) {
            Some(view) => plain(stage, "reference.html", view),
            None => bytes(Fingerprint::default(), Vec::new),
        },
        Job::Specifications => {
            let view = index::specifications(site, word("specifications"));
            plain(stage, "specifications.html", view)
        }
        Job::Glossary => plain(
            stage,
            "glossary.html",
            glossary::glossary(site, word("glossary")),
        ),
        Job::Timeline => plain(
            stage,
            "timeline.html",
            timeline::timeline(site, word("timeline")),
        ),
        Job::Search => {
            let view = index::search(site, search::pages::SEARCH, word("search"));
            plain(stage, "search.html", view)
        }
        Job::SiteMap => plain(stage, "site-map.html", index::site_map(site, stage.words)),
        Job::NotFound => {
            let view = index::not_found(site, word("not_found_title"));
            plain(stage, "404.html", view)
        }
        Job::Ended(at) => {
            let url = address_of(&planned.path);
            let view = ended::ended(site, &site.ended[*at], &url, stage.words);
            plain(stage, "ended.html", view)
        }
        Job::Leaving(address) => {
            let view = leaving::leaving(site, address, word("leaving_title"));
            plain(stage, "leaving.html", view)
        }
        Job::Feed(section) => {
            let view = match section {
                None => feeds::site_feed(site),
                Some(id) => feeds::section_feed(site, *id),
            };
            let base = site.config.base_url.as_str();
            let owner = site.config.owner.as_deref().unwrap_or(&site.config.title);
            let inputs = Fingerprint::of(&(stage.stamp, &view, base, owner));
            bytes(inputs, move || feed::atom(&view, base, owner))
        }
        Job::Sitemap => {
            let entries = feeds::sitemap(site);
            let base = site.config.base_url.as_str();
            let inputs = Fingerprint::of(&(stage.stamp, &entries, base));
            bytes(inputs, move || sitemap::xml(&entries, base))
        }
        Job::Robots => {
            let base = site.config.base_url.as_str();
            bytes(Fingerprint::of(&(stage.stamp, base)), move || {
                robots::txt(base)
            })
        }
        Job::CatalogueCsv | Job::CatalogueJson => {
            let entries = feeds::catalogue(site);
            let base = site.config.base_url.as_str();
            let inputs = Fingerprint::of(&(stage.stamp, &planned.job, &entries, base));
            let csv = planned.job == Job::CatalogueCsv;
            bytes(inputs, move || match csv {
                true => catalogue::csv(&entries, base),
                false => catalogue::json(&entries, base),
            })
        }
        Job::Download(id) => download::prepare::prepare(stage, *id),
        Job::Kit(kit) => download::prepare::prepare_kit(stage, kit),
        Job::Downloads(facet) => {
            let view = library::library(site, facet.as_ref(), &offered(stage));
            plain(stage, "downloads.html", view)
        }
        Job::Offline(file) => offline::prepare(stage, file),
        Job::NoWorker => bytes(Fingerprint::of(&stage.stamp), || offline::OFF.to_vec()),
        Job::Theme(at) => {
            let asset = &stage.assets[*at];
            let inputs = Fingerprint::of_bytes(&asset.bytes);
            bytes(inputs, || asset.bytes.clone())
        }
        Job::File(source) => {
            let file = site.files.get(source);
            let cleaned = file.is_some_and(|file| file.asset.cleaned);
            // Another version of the program may clean in another way.
            let stamp = cleaned.then_some(stage.stamp);
            Prepared {
                inputs: Fingerprint::of(&(file.map(|file| file.fingerprint), stamp)),
                make: Box::new(move |_| {
                    Ok(match cleaned {
                        true => Content::CleanedOf(source.clone()),
                        false => Content::CopyOf(source.clone()),
                    })
                }),
            }
        }
        Job::Picture(source, copy) => {
            let file = site.files.get(source).map(|file| file.fingerprint);
            Prepared {
                inputs: Fingerprint::of(&(stage.stamp, file, copy)),
                make: Box::new(move |_| Ok(Content::Picture(source.clone(), *copy))),
            }
        }
        Job::Redirect(id) => {
            let view = redirect::view(site, *id, &address_of(&planned.path));
            let inputs = Fingerprint::of(&(stage.stamp, &view));
            bytes(inputs, move || redirect::html(&view))
        }
    }
}
