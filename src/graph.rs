//! The whole site seen at once: pages, the folders they stand in, keywords, who cites whom, and which
//! address answers which name. Built once from all documents and never changed. Pure.
//! Entry point: [`assemble`].

pub mod citations;
pub mod comparison;
pub mod downloads;
pub mod due;
pub mod editions;
pub mod ended;
pub mod gallery;
pub mod glossary;
pub mod leaving;
pub mod links;
pub mod offline;
pub mod order;
pub mod pictures;
pub mod targets;
pub mod tree;

use crate::config::Config;
use crate::content::calendar::Calendar;
use crate::content::fields::Located;
use crate::content::glossary::Term;
use crate::content::reference::Reference;
use crate::content::vocabulary::Vocabularies;
use crate::content::{Content, Kind};
use crate::diag::{Diagnostic, Message, Span};
use crate::hash::Fingerprint;
use crate::parse::asset::Asset;
use crate::parse::markdown::Body;
use crate::parse::noted::Noted;
use crate::path::{SourcePath, UrlPath};
use crate::text::slug;
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use ended::EndedRecord;
pub use tree::Section;

/// Where the dates of policies are published.
pub const TIMELINE: &str = "/timeline/";

/// A page's place in [`Site::pages`].
pub type PageId = usize;
/// A section's place in [`Site::sections`].
pub type SectionId = usize;

/// One source file with its meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The file.
    pub path: SourcePath,
    /// The fingerprint of its bytes.
    pub fingerprint: Fingerprint,
    /// What its keys mean.
    pub content: Content,
    /// Its text; the HTML itself is kept elsewhere and its field empty.
    pub body: Body,
    /// What the rules of publishing ask of its words.
    pub noted: Noted,
}

/// A published document.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The document.
    pub document: Document,
    /// The name by which other documents link to it.
    pub target: String,
    /// Where readers find it.
    pub url: UrlPath,
    /// Its title: the key, else the first heading, else the file's name.
    pub title: String,
    /// The section it stands in; for a folder's index, that folder's own.
    pub section: SectionId,
    /// Whether it is its folder's index.
    pub is_index: bool,
}

/// A file that is published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// The fingerprint of its bytes.
    pub fingerprint: Fingerprint,
    /// What is known of it.
    pub asset: Asset,
    /// Where readers find it.
    pub url: UrlPath,
}

/// A word with the pages that carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The word as first written.
    pub word: String,
    /// Its list.
    pub url: UrlPath,
    /// The pages, newest first.
    pub pages: Vec<PageId>,
}

/// Everything that assembling needs.
#[derive(Debug)]
pub struct Parts {
    /// The settings.
    pub config: Config,
    /// The content folder.
    pub root: SourcePath,
    /// The closed lists.
    pub vocabularies: Vocabularies,
    /// Laws, rules and standards by id.
    pub references: BTreeMap<String, Reference>,
    /// The terms of the trade.
    pub terms: Vec<Term>,
    /// Which days are worked.
    pub calendar: Calendar,
    /// The published documents, sorted by path.
    pub documents: Vec<Document>,
    /// The targets of documents that exist but are not published.
    pub unpublished: BTreeSet<String>,
    /// The files that those documents and ended records name.
    pub unpublished_files: BTreeSet<SourcePath>,
    /// Records that are no longer shown.
    pub ended: Vec<EndedRecord>,
    /// Other files below the content folder.
    pub files: BTreeMap<SourcePath, FileFacts>,
    /// The addresses that earlier builds published.
    pub recorded: Vec<Located<String>>,
    /// Files whose data could not be read in full.
    pub damaged: BTreeSet<SourcePath>,
}

/// The site: immutable once assembled.
#[derive(Debug)]
pub struct Site {
    /// The settings.
    pub config: Config,
    /// The content folder.
    pub root: SourcePath,
    /// The closed lists.
    pub vocabularies: Vocabularies,
    /// Laws, rules and standards by id.
    pub references: BTreeMap<String, Reference>,
    /// The terms of the trade.
    pub glossary: glossary::Glossary,
    /// Which days are worked.
    pub calendar: Calendar,
    /// All pages, sorted by source path.
    pub pages: Vec<Page>,
    /// The folders as a tree; the first is the root.
    pub sections: Vec<Section>,
    /// Keywords in the order of pinyin.
    pub keywords: Vec<Keyword>,
    /// Who cites each reference, by its id.
    pub citing: BTreeMap<String, Vec<citations::Citing>>,
    /// Later editions by the target of the earlier.
    pub superseded_by: BTreeMap<String, PageId>,
    /// Enforcement cases by the clause (`target#id`) that would have caught them.
    pub caught_by: BTreeMap<String, Vec<PageId>>,
    /// Files that are published as they are.
    pub files: BTreeMap<SourcePath, FileFacts>,
    /// Records that are no longer shown.
    pub ended: Vec<EndedRecord>,
    /// The addresses that earlier builds published.
    pub recorded: Vec<Located<String>>,
    damaged: BTreeSet<SourcePath>,
    unpublished: BTreeSet<String>,
    by_target: HashMap<String, PageId>,
    by_path: HashMap<SourcePath, PageId>,
    keyword_urls: HashMap<String, UrlPath>,
}

/// Puts the site together. Two documents of one address are an error; the first keeps it.
#[must_use]
pub fn assemble(parts: Parts) -> (Site, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let (pages, sections) = tree::grow(parts.documents, &parts.root, &mut diagnostics);
    let hidden = ended::hidden_files(&parts.unpublished_files, &pages, &parts.root);
    let mut files = parts.files;
    files.retain(|path, _| !hidden.contains(path));
    let by_target = index(&pages, |page| page.target.clone());
    let by_path = index(&pages, |page| page.document.path.clone());
    let keywords = keywords(&pages);
    let keyword_urls = keywords.iter();
    let keyword_urls = keyword_urls
        .map(|one| (one.word.to_lowercase(), one.url.clone()))
        .collect();
    let urls = pages.iter();
    let urls = urls.map(|page| (page.target.clone(), page.url.clone()));
    let glossary = match parts.terms.is_empty() {
        true => glossary::Glossary::default(),
        false => glossary::Glossary::new(parts.terms, &urls.collect()),
    };
    let mut site = Site {
        config: parts.config,
        glossary,
        calendar: parts.calendar,
        root: parts.root,
        vocabularies: parts.vocabularies,
        references: parts.references,
        pages,
        sections,
        keywords,
        citing: BTreeMap::new(),
        superseded_by: BTreeMap::new(),
        caught_by: BTreeMap::new(),
        files,
        ended: parts.ended,
        recorded: parts.recorded,
        damaged: parts.damaged,
        unpublished: parts.unpublished,
        by_target,
        by_path,
        keyword_urls,
    };
    site.superseded_by = editions::later(&site);
    site.citing = citations::collect(&site);
    site.caught_by = citations::caught_by(&site);
    (site, diagnostics)
}

fn index<K: std::hash::Hash + Eq>(pages: &[Page], key: impl Fn(&Page) -> K) -> HashMap<K, PageId> {
    let keyed = pages.iter().enumerate();
    keyed.map(|(id, page)| (key(page), id)).collect()
}

fn keywords(pages: &[Page]) -> Vec<Keyword> {
    let mut words: BTreeMap<String, (String, Vec<PageId>)> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate() {
        for word in &page.document.content.common.keywords {
            let word = word.trim();
            if word.is_empty() {
                continue;
            }
            let (_, list) = words
                .entry(word.to_lowercase())
                .or_insert_with(|| (word.to_owned(), Vec::new()));
            if list.last() != Some(&id) {
                list.push(id);
            }
        }
    }
    let mut taken = BTreeSet::new();
    let mut keywords: Vec<Keyword> = words
        .into_values()
        .map(|(word, mut list)| {
            order::by_date(pages, &mut list);
            let base = slug(&word, "word");
            let mut name = base.clone();
            let mut number = 1;
            while !taken.insert(name.clone()) {
                number += 1;
                name = format!("{base}-{number}");
            }
            Keyword {
                url: UrlPath::new(&format!("/keywords/{name}/")),
                word,
                pages: list,
            }
        })
        .collect();
    keywords.sort_by_cached_key(|keyword| crate::text::TitleKey::of(&keyword.word));
    keywords
}

impl Site {
    /// The page that other documents name so, such as `industries/gas/checklist`.
    #[must_use]
    pub fn page_of_target(&self, target: &str) -> Option<PageId> {
        self.by_target.get(target).copied()
    }

    /// The page made from a source file.
    #[must_use]
    pub fn page_of_source(&self, path: &SourcePath) -> Option<PageId> {
        self.by_path.get(path).copied()
    }

    /// Whether a document of this name exists but is not published today.
    #[must_use]
    pub fn is_unpublished(&self, target: &str) -> bool {
        self.unpublished.contains(target)
    }

    /// The record that stood at this target and is no longer shown.
    #[must_use]
    pub fn ended_record(&self, target: &str) -> Option<&EndedRecord> {
        self.ended.iter().find(|record| record.target == target)
    }

    /// Whether a file's data could not be read in full: what it lacks may stand in it all the same.
    #[must_use]
    pub fn is_damaged(&self, path: &SourcePath) -> bool {
        self.damaged.contains(path)
    }

    /// Whether the list of laws and standards could not be read in full.
    #[must_use]
    pub fn are_references_damaged(&self) -> bool {
        let path = SourcePath::new(&format!("{}/references.toml", self.root));
        path.is_ok_and(|path| self.is_damaged(&path))
    }

    /// The list of a keyword.
    #[must_use]
    pub fn keyword_url(&self, word: &str) -> Option<&UrlPath> {
        self.keyword_urls.get(&word.trim().to_lowercase())
    }

    /// Where readers find a reference.
    #[must_use]
    pub fn reference_url(&self, id: &str) -> UrlPath {
        UrlPath::new(&format!("/references/{id}/"))
    }

    /// Whether the program makes a page or file of this address, beside those of documents.
    #[must_use]
    pub fn makes(&self, url: &str) -> bool {
        match url {
            glossary::GLOSSARY => !self.glossary.is_empty(),
            TIMELINE => self.has_timeline(),
            downloads::DOWNLOADS => downloads::any(self),
            offline::OFFLINE => self.config.offline,
            url => links::GENERATED.contains(&url),
        }
    }

    /// Whether a policy has phases or deadlines.
    #[must_use]
    pub fn has_timeline(&self) -> bool {
        let mut pages = self.pages.iter();
        pages.any(|page| match &page.document.content.kind {
            Kind::Policy(policy) => policy.has_dates(),
            _ => false,
        })
    }

    /// The pages before and after a page in its section.
    #[must_use]
    pub fn neighbours(&self, id: PageId) -> (Option<PageId>, Option<PageId>) {
        let page = &self.pages[id];
        if page.is_index {
            return (None, None);
        }
        self.sections[page.section].neighbours(page.place_in_section(self))
    }

    /// What a term of a vocabulary is called; its id where the vocabulary does not hold it.
    #[must_use]
    pub fn term_title<'a>(&'a self, vocabulary: &str, id: &'a str) -> &'a str {
        let terms = self.vocabularies.lists.get(vocabulary);
        let mut terms = terms.map_or(&[][..], |list| &list.terms).iter();
        terms
            .find(|term| term.id.value == id)
            .map_or(id, |term| &term.title)
    }
}

impl Page {
    /// The date that lists sort by and show.
    #[must_use]
    pub fn date(&self) -> Option<jiff::civil::DateTime> {
        let date = self.document.content.common.date.as_ref();
        date.map(|date| date.value)
    }

    fn place_in_section(&self, site: &Site) -> Option<usize> {
        let id = site.page_of_target(&self.target)?;
        site.sections[self.section].place_of(id)
    }
}

/// The finding about two documents of one address.
pub(crate) fn duplicate_url(path: &SourcePath, url: &UrlPath, first: &str) -> Diagnostic {
    let span = Span {
        source: path.clone(),
        bytes: 0..0,
    };
    Diagnostic::error(
        "duplicate-url",
        span,
        Message::new(
            format!("地址 `{url}` 已由 `{first}` 使用"),
            format!("the address `{url}` is already used by `{first}`"),
        ),
    )
    .with_help(Message::new(
        "给其中一个文件改名",
        "rename one of the two files",
    ))
}
