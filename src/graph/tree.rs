//! The folders of a site as a tree of sections, each with its index, its pages in order and its
//! subfolders. A folder's index is `_index.md`, else `index.md`, else `README.md`, as other people's
//! documents have it.

use super::ended::url_of;
use super::{Document, Page, PageId, SectionId, duplicate_url, order};
use crate::diag::Diagnostic;
use crate::path::{SourcePath, UrlPath};
use crate::text::TitleKey;
use std::collections::{BTreeMap, BTreeSet};

/// A folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The folder below the content folder; empty for the root.
    pub folder: String,
    /// Where readers find it.
    pub url: UrlPath,
    /// Its title: that of its index, else the folder's name.
    pub title: String,
    /// The page of its index.
    pub index: Option<PageId>,
    /// The folder above.
    pub parent: Option<SectionId>,
    /// The folders below, in order.
    pub children: Vec<SectionId>,
    /// Its pages without the index, in order.
    pub pages: Vec<PageId>,
    /// Where each page stands in `pages`: sorted by page.
    places: Vec<(PageId, usize)>,
}

impl Section {
    /// Where a page stands among [`Section::pages`].
    #[must_use]
    pub fn place_of(&self, page: PageId) -> Option<usize> {
        let found = self.places.binary_search_by_key(&page, |(id, _)| *id);
        found.ok().map(|at| self.places[at].1)
    }

    /// The pages before and after a place.
    #[must_use]
    pub fn neighbours(&self, place: Option<usize>) -> (Option<PageId>, Option<PageId>) {
        let Some(place) = place else {
            return (None, None);
        };
        let before = place.checked_sub(1).map(|before| self.pages[before]);
        (before, self.pages.get(place + 1).copied())
    }
}

/// The names of a folder's index without ending, best first.
const INDEX_NAMES: [&str; 4] = ["_index", "index", "README", "readme"];

/// The target of every path: its path without folder `root` and ending; a folder's index is the folder.
#[must_use]
pub fn targets(paths: &[&SourcePath], root: &SourcePath) -> Vec<String> {
    let stems: Vec<&str> = paths.iter().map(|path| stem(path, root)).collect();
    let present: BTreeSet<&str> = stems.iter().copied().collect();
    stems
        .iter()
        .map(|stem| {
            let (folder, name) = match stem.rsplit_once('/') {
                Some((folder, name)) => (format!("{folder}/"), name),
                None => (String::new(), *stem),
            };
            let rank = INDEX_NAMES.iter().position(|index| *index == name);
            let better = |rank: usize| {
                let mut above = INDEX_NAMES[..rank].iter();
                above.any(|index| present.contains(format!("{folder}{index}").as_str()))
            };
            match rank {
                Some(rank) if !better(rank) => folder,
                _ => (*stem).to_owned(),
            }
        })
        .collect()
}

fn stem<'a>(path: &'a SourcePath, root: &SourcePath) -> &'a str {
    let text = path.as_str();
    let below = text.strip_prefix(root.as_str()).unwrap_or(text);
    let below = below.trim_start_matches('/');
    let ending = path.extension().len();
    match ending {
        0 => below,
        ending => &below[..below.len() - ending - 1],
    }
}

/// Makes pages of documents and sections of their folders.
pub(super) fn grow(
    documents: Vec<Document>,
    root: &SourcePath,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Page>, Vec<Section>) {
    let paths: Vec<&SourcePath> = documents.iter().map(|document| &document.path).collect();
    let targets = targets(&paths, root);
    let mut sections = folders(&targets);
    let by_folder: BTreeMap<String, SectionId> = sections
        .iter()
        .enumerate()
        .map(|(id, section)| (section.folder.clone(), id))
        .collect();
    // Two of one name cannot both be kept; two names of one address are found with all other paths.
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let mut pages: Vec<Page> = Vec::with_capacity(documents.len());
    for (document, target) in documents.into_iter().zip(targets) {
        let is_index = target.is_empty() || target.ends_with('/');
        let url = url_of(&target);
        if let Some(first) = taken.get(&target) {
            diagnostics.push(duplicate_url(&document.path, &url, first));
            continue;
        }
        taken.insert(target.clone(), document.path.as_str().to_owned());
        let folder = target.rsplit_once('/').map_or("", |(folder, _)| folder);
        let section = by_folder.get(folder).copied().unwrap_or_default();
        let page = Page {
            title: title(&document, &target),
            document,
            target,
            url,
            section,
            is_index,
        };
        let id = pages.len();
        if is_index {
            sections[section].index = Some(id);
            sections[section].title.clone_from(&page.title);
        } else {
            sections[section].pages.push(id);
        }
        pages.push(page);
    }
    for section in &mut sections {
        order::by_weight(&pages, &mut section.pages);
        let places = section.pages.iter().enumerate();
        section.places = places.map(|(place, id)| (*id, place)).collect();
        section.places.sort_unstable();
    }
    order_children(&mut sections, &pages);
    (pages, sections)
}

/// A section for every folder that holds a document, and for those above it.
fn folders(targets: &[String]) -> Vec<Section> {
    let mut names: BTreeSet<&str> = BTreeSet::from([""]);
    for target in targets {
        let mut folder = target.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            if !names.insert(above) {
                break;
            }
            folder = above;
        }
    }
    let names: Vec<&str> = names.into_iter().collect();
    let mut sections: Vec<Section> = names.iter().map(|name| empty(name)).collect();
    for id in 1..sections.len() {
        let above = names[id].rsplit_once('/').map_or("", |(above, _)| above);
        let parent = names.binary_search(&above).unwrap_or_default();
        sections[id].parent = Some(parent);
        sections[parent].children.push(id);
    }
    sections
}

fn empty(folder: &str) -> Section {
    let name = folder.rsplit('/').next().unwrap_or_default();
    Section {
        folder: folder.to_owned(),
        url: UrlPath::new(&format!("/{folder}/")),
        title: name.to_owned(),
        index: None,
        parent: None,
        children: Vec::new(),
        pages: Vec::new(),
        places: Vec::new(),
    }
}

fn order_children(sections: &mut [Section], pages: &[Page]) {
    let keys: Vec<(i64, TitleKey)> = sections
        .iter()
        .map(|section| {
            let index = section.index.map(|id| &pages[id].document.content.common);
            let weight = index.and_then(|common| common.weight).unwrap_or(i64::MAX);
            (weight, TitleKey::of(&section.title))
        })
        .collect();
    for section in sections {
        section
            .children
            .sort_by(|left, right| (&keys[*left], left).cmp(&(&keys[*right], right)));
    }
}

/// The key, else the first heading, else the name of the file or folder.
fn title(document: &Document, target: &str) -> String {
    let written = document.content.common.title.as_ref();
    let heading = document.body.headings.first();
    let name = || target.trim_end_matches('/').rsplit('/').next();
    written
        .map(|title| title.value.clone())
        .or_else(|| heading.map(|heading| heading.title_text.clone()))
        .filter(|title| !title.trim().is_empty())
        .unwrap_or_else(|| name().unwrap_or_default().to_owned())
}
