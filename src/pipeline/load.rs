//! From a project's files to the assembled site, with everything that is wrong in them.

use super::BuildOptions;
use crate::cache::{Cache, Kept, Learned, Matter, Place, encode};
use crate::check;
use crate::config::{self, Config, Strictness};
use crate::content::fields::context::Context;
use crate::content::fields::{Fields, Located};
use crate::content::glossary::{self, Term};
use crate::content::reference::{self, Reference};
use crate::content::vocabulary::{self, Vocabularies};
use crate::content::{self, foreign};
use crate::diag::{Checked, Diagnostic};
use crate::fs::Stat;
use crate::graph::tree::targets;
use crate::graph::{self, Document, FileFacts, Parts, Site};
use crate::hash::Fingerprint;
use crate::parse::asset::Asset;
use crate::parse::{self, Parsed};
use crate::path::{SourcePath, UrlPath};
use crate::source::{Entry, SourceError, Sources};
use rayon::prelude::*;
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
    Document,
    Asset,
    Ignored,
}

fn role(path: &SourcePath, root: &SourcePath) -> Role {
    let below = path.as_str().strip_prefix(root.as_str());
    let below = below.unwrap_or_default().trim_start_matches('/');
    let name = path.file_name();
    match below {
        "site.toml" => Role::Settings,
        "addresses.toml" => Role::Addresses,
        "references.toml" => Role::References,
        "glossary.toml" => Role::Glossary,
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
    let config = settings(&files, options);
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
    let recorded = addresses(&files);
    take(sound(recorded.diagnostics, &damaged));
    let (documents, unpublished, html, found) =
        documents(files, &root, &config.value, &vocabularies.value, options);
    take(sound(found, &damaged));
    let (site, found) = graph::assemble(Parts {
        config: config.value,
        root,
        vocabularies: vocabularies.value,
        references: references.value,
        terms: terms.value,
        documents,
        unpublished,
        files: assets,
        recorded: recorded.value,
        damaged,
    });
    take(found);
    take(check::site(&site, options.policy.today));
    check::rules::weigh(&mut diagnostics, &site.config.rules);
    Ok(Loaded {
        site,
        html,
        diagnostics,
        files: count,
        learned,
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
    if let Some(kept) = cache.by_stat(&path, entry.stat)
        && let Matter::File(asset) = &kept.matter
    {
        let facts = FileFacts {
            fingerprint: kept.fingerprint,
            asset: asset.clone(),
            url,
        };
        let lesson = (path.clone(), entry.stat, Learned::Kept(kept.clone()));
        return Ok((Found::Asset(path, facts), lesson));
    }
    let bytes = sources.read(&path)?;
    let facts = FileFacts {
        fingerprint: Fingerprint::of_bytes(&bytes),
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

/// The addresses that earlier builds published (`content/addresses.toml`).
fn addresses(files: &[File]) -> Checked<Vec<Located<String>>> {
    let file = files.iter().find(|file| file.role == Role::Addresses);
    let none = Vocabularies::default();
    let Some(file) = file else {
        return Checked {
            value: Vec::new(),
            diagnostics: Vec::new(),
        };
    };
    let context = Context::new(&file.path, &none);
    let mut fields = Fields::new(&context, &file.parsed.entries.value, 0..0);
    let value = fields.texts("addresses");
    fields.finish();
    Checked {
        value,
        diagnostics: context.into_diagnostics(),
    }
}

fn settings(files: &[File], options: &BuildOptions) -> Checked<Config> {
    let file = files.iter().find(|file| file.role == Role::Settings);
    match (file, SourcePath::new("content/site.toml")) {
        (Some(file), _) => config::read(&file.path, &file.parsed.entries.value, &options.overrides),
        (None, Ok(path)) => config::read(&path, &[], &options.overrides),
        (None, Err(_)) => Checked {
            value: Config::default(),
            diagnostics: Vec::new(),
        },
    }
}

fn vocabularies(files: &[File]) -> Checked<Vocabularies> {
    let mut value = Vocabularies::default();
    let mut diagnostics = Vec::new();
    // A list with a fault in it would make mistakes of words that may stand behind the fault.
    let sound = |file: &&File| file.parsed.entries.diagnostics.is_empty();
    for file in files.iter().filter(sound) {
        let entries = &file.parsed.entries.value;
        match file.role {
            Role::ElementSets => {
                let sets = vocabulary::element_sets(&file.path, entries);
                diagnostics.extend(sets.diagnostics);
                value.element_sets = sets.value;
            }
            Role::Vocabulary => {
                let list = vocabulary::vocabulary(&file.path, entries);
                diagnostics.extend(list.diagnostics);
                let name = file.path.file_name().trim_end_matches(".toml").to_owned();
                value.lists.insert(name, list.value);
            }
            _ => {}
        }
    }
    Checked { value, diagnostics }
}

fn references(files: &[File]) -> Checked<BTreeMap<String, Reference>> {
    let file = files.iter().find(|file| file.role == Role::References);
    let list = file.map(|file| reference::references(&file.path, &file.parsed.entries.value));
    let list = list.unwrap_or(Checked {
        value: Vec::new(),
        diagnostics: Vec::new(),
    });
    list.map(|list| {
        let named = list.into_iter().map(|one| (one.id.value.clone(), one));
        named.collect()
    })
}

/// The terms of the trade (`content/glossary.toml`).
fn terms(files: &[File]) -> Checked<Vec<Term>> {
    let file = files.iter().find(|file| file.role == Role::Glossary);
    let list = file.map(|file| glossary::glossary(&file.path, &file.parsed.entries.value));
    list.unwrap_or(Checked {
        value: Vec::new(),
        diagnostics: Vec::new(),
    })
}

type Documents = (
    Vec<Document>,
    BTreeSet<String>,
    HashMap<SourcePath, Html>,
    Vec<Diagnostic>,
);

/// The typed documents, those that are not published today set apart.
fn documents(
    files: Vec<File>,
    root: &SourcePath,
    config: &Config,
    vocabularies: &Vocabularies,
    options: &BuildOptions,
) -> Documents {
    let files: Vec<File> = files
        .into_iter()
        .filter(|file| file.role == Role::Document)
        .collect();
    let paths: Vec<&SourcePath> = files.iter().map(|file| &file.path).collect();
    let targets = targets(&paths, root);
    let typed: Vec<_> = files
        .into_par_iter()
        .zip(targets)
        .map(|(file, target)| {
            let content = typed(&file, config.kind_of(&target), config, vocabularies);
            (file, target, content)
        })
        .collect();
    let mut documents = Vec::with_capacity(typed.len());
    let (mut unpublished, mut html) = (BTreeSet::new(), HashMap::new());
    let mut diagnostics = Vec::new();
    for (file, target, content) in typed {
        diagnostics.extend(content.diagnostics);
        if !options.policy.publishes(&content.value.common) {
            unpublished.insert(target);
            continue;
        }
        html.insert(file.path.clone(), file.html);
        documents.push(Document {
            path: file.path,
            fingerprint: file.fingerprint,
            content: content.value,
            body: file.parsed.body,
            noted: file.parsed.noted,
        });
    }
    (documents, unpublished, html, diagnostics)
}

fn typed(
    file: &File,
    folder_kind: &str,
    config: &Config,
    vocabularies: &Vocabularies,
) -> Checked<content::Content> {
    let entries = &file.parsed.entries;
    let lenient = config.unknown_keys == Strictness::Warn;
    let adapted = lenient.then(|| foreign::adapt(&entries.value));
    let entries_read = adapted.as_deref().unwrap_or(&entries.value);
    let language = file.parsed.language;
    let mut content = content::document(
        &file.path,
        entries_read,
        language,
        folder_kind,
        vocabularies,
    );
    if lenient {
        foreign::soften(&mut content.diagnostics);
    }
    content
}
