//! From a project's files to the assembled site, with everything that is wrong in them.

mod documents;
mod lists;
mod outside;
mod writing;

use super::BuildOptions;
use crate::cache::{Cache, Kept, Learned, Matter, Place, encode};
use crate::check;
use crate::check::language::Reviewer;
use crate::config::Strictness;
use crate::content::foreign;
use crate::content::words::Words;
use crate::diag::Diagnostic;
use crate::external::Link;
use crate::fs::Stat;
use crate::graph::{self, FileFacts, Parts, Site};
use crate::hash::Fingerprint;
use crate::parse::asset::Asset;
use crate::parse::{self, Parsed};
use crate::path::{SourcePath, UrlPath};
use crate::source::{Entry, SourceError, Sources};
use documents::documents;
use lists::{addresses, holidays, references, settings, terms, vocabularies};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The folder that holds a site's sources, below the project.
pub const CONTENT: &str = "content";

/// A loaded site.
pub struct Loaded {
    /// The site; complete even where something is wrong.
    pub site: Site,
    /// The HTML of each document's text, by source.
    pub html: HashMap<SourcePath, Html>,
    /// Everything that is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Sources of the site.
    pub files: usize,
    /// What the cache should keep.
    pub learned: Vec<Lesson>,
    /// Who looks at how the texts are written.
    pub reviewer: Reviewer,
    /// Addresses of the web in the keys of all files.
    pub links: Vec<Link>,
}

/// Where the HTML of a text is.
#[derive(Clone, Debug)]
pub enum Html {
    /// Parsed just now.
    Here(Arc<str>),
    /// In the cache.
    Kept(Place),
}

/// What a file below the content folder is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Settings,
    Addresses,
    ElementSets,
    Vocabulary,
    References,
    Glossary,
    Holidays,
    Words,
    Document,
    Asset,
    Ignored,
}

fn role(path: &SourcePath, root: &SourcePath) -> Role {
    let name = path.file_name();
    match below(path, root) {
        "site.toml" => Role::Settings,
        "addresses.toml" => Role::Addresses,
        "references.toml" => Role::References,
        "glossary.toml" => Role::Glossary,
        "holidays.toml" => Role::Holidays,
        "words.toml" => Role::Words,
        "vocabulary/elements.toml" => Role::ElementSets,
        list if list.starts_with("vocabulary/") && list.ends_with(".toml") => Role::Vocabulary,
        // What office programs and file managers leave lying about.
        _ if name.starts_with("~$") || ["Thumbs.db", "desktop.ini"].contains(&name) => {
            Role::Ignored
        }
        _ if matches!(path.extension(), "md" | "toml") => Role::Document,
        _ => Role::Asset,
    }
}

/// A path below the content folder.
#[must_use]
pub fn below<'p>(path: &'p SourcePath, root: &SourcePath) -> &'p str {
    let below = path.as_str().strip_prefix(root.as_str());
    below.unwrap_or_default().trim_start_matches('/')
}

struct File {
    path: SourcePath,
    role: Role,
    fingerprint: Fingerprint,
    parsed: Parsed,
    html: Html,
}

/// What was found out about one listed file.
enum Found {
    Source(Box<File>),
    Asset(SourcePath, FileFacts),
}

/// Reads and assembles a site without a cache.
///
/// # Errors
/// [`SourceError`] when a folder cannot be listed or a file cannot be read.
pub fn load_afresh(sources: &dyn Sources, options: &BuildOptions) -> Result<Loaded, SourceError> {
    let listed = sources.list(&content_folder()?)?;
    load(sources, listed, &Cache::in_memory(), options)
}

/// The content folder.
///
/// # Errors
/// None in truth: the name is a constant.
pub fn content_folder() -> Result<SourcePath, SourceError> {
    SourcePath::new(CONTENT).map_err(|_| SourceError::Name(CONTENT.into()))
}

/// Reads and assembles a site; files that the cache knows are neither read nor parsed.
///
/// # Errors
/// [`SourceError`] when a file cannot be read.
pub fn load(
    sources: &dyn Sources,
    mut listed: Vec<Entry>,
    cache: &Cache,
    options: &BuildOptions,
) -> Result<Loaded, SourceError> {
    let root = content_folder()?;
    // Everything that has an order of its own begins from this one, whoever lists the files.
    listed.sort_by(|left, right| left.path.cmp(&right.path));
    let found: Vec<(Found, Lesson)> = listed
        .into_par_iter()
        .filter_map(|entry| match role(&entry.path, &root) {
            Role::Ignored => None,
            Role::Asset => Some(asset(sources, cache, entry, &root)),
            role => Some(source(sources, cache, entry, role)),
        })
        .collect::<Result<_, SourceError>>()?;
    let mut files = Vec::with_capacity(found.len());
    let (mut assets, mut learned) = (BTreeMap::new(), Vec::with_capacity(found.len()));
    for (found, lesson) in found {
        learned.push(lesson);
        match found {
            Found::Source(file) => files.push(*file),
            Found::Asset(path, facts) => {
                assets.insert(path, facts);
            }
        }
    }
    let count = files.len();
    let links: Vec<Link> = files.iter().flat_map(outside::addresses).collect();
    let config = settings(&files, options);
    let words = writing::words(&files);
    let reviewer = Reviewer::new(&config.value, Words::new(words.value));
    let mut reviewed = writing::reviewed(&files, &root, &reviewer).into_iter();
    let mut diagnostics = Vec::new();
    for file in &files {
        diagnostics.extend(file.parsed.entries.diagnostics.iter().cloned());
        diagnostics.extend(file.parsed.diagnostics.iter().cloned());
        let personal = &file.parsed.personal;
        let lenient = config.value.unknown_keys == Strictness::Warn;
        let allowed = &config.value.allowed;
        diagnostics.extend(check::personal::check(
            &file.path, personal, allowed, lenient,
        ));
        diagnostics.extend(reviewed.next().unwrap_or_default());
    }
    if config.value.unknown_keys == Strictness::Warn {
        foreign::soften(&mut diagnostics);
    }
    let mut take = |mut found: Vec<Diagnostic>| diagnostics.append(&mut found);
    let damaged = damaged(&files);
    take(sound(config.diagnostics, &damaged));
    let vocabularies = vocabularies(&files);
    take(vocabularies.diagnostics);
    let references = references(&files);
    take(sound(references.diagnostics, &damaged));
    let terms = terms(&files);
    take(sound(terms.diagnostics, &damaged));
    let calendar = holidays(&files);
    take(sound(calendar.diagnostics, &damaged));
    take(sound(words.diagnostics, &damaged));
    let recorded = addresses(&files);
    take(sound(recorded.diagnostics, &damaged));
    let typed = documents(files, &root, &config.value, &vocabularies.value, options);
    take(sound(typed.diagnostics, &damaged));
    let (site, found) = graph::assemble(Parts {
        config: config.value,
        root,
        vocabularies: vocabularies.value,
        references: references.value,
        terms: terms.value,
        calendar: calendar.value,
        documents: typed.documents,
        unpublished: typed.unpublished,
        unpublished_files: typed.unpublished_files,
        ended: typed.ended,
        files: assets,
        recorded: recorded.value,
        damaged,
    });
    take(found);
    take(check::site(&site, options.policy.today));
    let text_of = |path: &SourcePath| match typed.html.get(path)? {
        Html::Here(html) => Some(Cow::Borrowed(&**html)),
        Html::Kept(place) => cache.html(place).map(Cow::Owned),
    };
    take(check::records::named_elsewhere(&site, &text_of));
    check::rules::weigh(&mut diagnostics, &site.config.rules);
    Ok(Loaded {
        site,
        html: typed.html,
        diagnostics,
        files: count,
        learned,
        reviewer,
        links,
    })
}

/// What was learned about one file.
pub type Lesson = (SourcePath, Option<Stat>, Learned);

/// One source: from the cache by its stat record, else by its bytes, else parsed.
fn source(
    sources: &dyn Sources,
    cache: &Cache,
    entry: Entry,
    role: Role,
) -> Result<(Found, Lesson), SourceError> {
    let path = entry.path;
    let known = |kept: &Kept| {
        let Matter::Source(_, html) = &kept.matter else {
            return None;
        };
        let file = File {
            path: path.clone(),
            role,
            fingerprint: kept.fingerprint,
            parsed: cache.parsed(kept)?,
            html: Html::Kept(html.clone()),
        };
        let lesson = (path.clone(), entry.stat, Learned::Kept(kept.clone()));
        Some((Found::Source(Box::new(file)), lesson))
    };
    if let Some(found) = cache.by_stat(&path, entry.stat).and_then(known) {
        return Ok(found);
    }
    let bytes = sources.read(&path)?;
    let fingerprint = Fingerprint::of_bytes(&bytes);
    if let Some(found) = cache.by_content(&path, fingerprint).and_then(known) {
        return Ok(found);
    }
    let mut parsed = parse::file(&path, &bytes);
    let html: Arc<str> = std::mem::take(&mut parsed.body.html).into();
    let learned = Learned::Source(fingerprint, encode(&parsed), html.clone());
    let lesson = (path.clone(), entry.stat, learned);
    let file = File {
        path,
        role,
        fingerprint,
        parsed,
        html: Html::Here(html),
    };
    Ok((Found::Source(Box::new(file)), lesson))
}

/// One file that is published as it is.
fn asset(
    sources: &dyn Sources,
    cache: &Cache,
    entry: Entry,
    root: &SourcePath,
) -> Result<(Found, Lesson), SourceError> {
    let path = entry.path;
    let below = path.as_str().strip_prefix(root.as_str());
    let url = UrlPath::new(below.unwrap_or_default());
    let known = |kept: &Kept| {
        let Matter::File(asset) = &kept.matter else {
            return None;
        };
        let facts = FileFacts {
            fingerprint: kept.fingerprint,
            asset: asset.clone(),
            url: url.clone(),
        };
        let lesson = (path.clone(), entry.stat, Learned::Kept(kept.clone()));
        Some((Found::Asset(path.clone(), facts), lesson))
    };
    if let Some(found) = cache.by_stat(&path, entry.stat).and_then(known) {
        return Ok(found);
    }
    let bytes = sources.read(&path)?;
    let fingerprint = Fingerprint::of_bytes(&bytes);
    if let Some(found) = cache.by_content(&path, fingerprint).and_then(known) {
        return Ok(found);
    }
    let facts = FileFacts {
        fingerprint,
        asset: Asset::of(path.extension(), &bytes),
        url,
    };
    let learned = Learned::File(facts.fingerprint, facts.asset.clone());
    let lesson = (path.clone(), entry.stat, learned);
    Ok((Found::Asset(path, facts), lesson))
}

/// The findings about files that could be read: others would only repeat their first mistake.
fn sound(mut found: Vec<Diagnostic>, damaged: &BTreeSet<SourcePath>) -> Vec<Diagnostic> {
    found.retain(|one| {
        let span = one.span.as_ref();
        !span.is_some_and(|span| damaged.contains(&span.source))
    });
    found
}

/// Files whose data could not be read in full. Where the settings are among them, the kind of each
/// document that does not name its own is unknown, and with it what its keys mean.
fn damaged(files: &[File]) -> BTreeSet<SourcePath> {
    let faulty = |file: &&File| !file.parsed.entries.diagnostics.is_empty();
    let mut settings = files.iter().filter(|file| file.role == Role::Settings);
    let unsettled = settings.any(|file| faulty(&file));
    let names_kind = |file: &File| {
        file.parsed
            .entries
            .value
            .iter()
            .any(|one| one.key == "kind")
    };
    let unread = |file: &&File| {
        let of_no_kind = unsettled && file.role == Role::Document && !names_kind(file);
        faulty(file) || of_no_kind
    };
    let files = files.iter().filter(unread);
    files.map(|file| file.path.clone()).collect()
}
