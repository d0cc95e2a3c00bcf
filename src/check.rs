//! Reads every source of a site and reports what is wrong: encoding, front matter, TOML, each kind's
//! keys, and citations of references that do not exist or end earlier. Entry point: [`site`].

use crate::content::reference::{self, Citation, Reference};
use crate::content::vocabulary::{self, Vocabularies};
use crate::content::{self, Content};
use crate::diag::{Checked, Diagnostic, Message, Span, nearest};
use crate::graph::Targets;
use crate::graph::links::{self, Known};
use crate::parse::{self, Parsed};
use crate::path::SourcePath;
use crate::source::{SourceError, Sources};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a check found.
#[derive(Debug, Default)]
pub struct Findings {
    /// The findings of all files.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that were read, for excerpts.
    pub texts: BTreeMap<SourcePath, Arc<[u8]>>,
}

impl Findings {
    /// The text of a file that was read, if it is text.
    #[must_use]
    pub fn text_of(&self, path: &SourcePath) -> Option<Arc<str>> {
        let bytes = self.texts.get(path)?;
        std::str::from_utf8(bytes).ok().map(Into::into)
    }
}

/// What a file below the content folder is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    ElementSets,
    Vocabulary,
    References,
    Site,
    Document,
}

fn role(path: &SourcePath, root: &SourcePath) -> Role {
    let below = path
        .as_str()
        .strip_prefix(root.as_str())
        .unwrap_or_default();
    match below.trim_start_matches('/') {
        "vocabulary/elements.toml" => Role::ElementSets,
        "references.toml" => Role::References,
        "site.toml" | "addresses.toml" => Role::Site,
        data if data.starts_with("vocabulary/") => Role::Vocabulary,
        _ => Role::Document,
    }
}

/// A file with what was read from it.
struct File {
    path: SourcePath,
    bytes: Arc<[u8]>,
    parsed: Parsed,
}

/// Checks every Markdown and TOML file below `root`, in parallel; the order of the findings does not
/// depend on the number of threads.
///
/// # Errors
/// [`SourceError`] when a folder cannot be listed or a file cannot be read.
pub fn site(sources: &dyn Sources, root: &SourcePath) -> Result<Findings, SourceError> {
    let mut paths = sources.list(root)?;
    let present: BTreeSet<SourcePath> = paths.iter().cloned().collect();
    paths.retain(|path| matches!(path.extension(), "md" | "toml"));
    let files: Vec<File> = paths
        .into_par_iter()
        .map(|path| {
            let bytes = sources.read(&path)?;
            let parsed = parse::file(&path, &bytes);
            Ok(File {
                path,
                bytes,
                parsed,
            })
        })
        .collect::<Result<_, SourceError>>()?;
    let mut diagnostics: Vec<Diagnostic> = files
        .iter()
        .map(|file| &file.parsed)
        .flat_map(|parsed| parsed.entries.diagnostics.iter().chain(&parsed.diagnostics))
        .cloned()
        .collect();
    let vocabularies = take(vocabularies(&files, root), &mut diagnostics);
    let references = take(references(&files, root), &mut diagnostics);
    let known = Known {
        root,
        files: &present,
        references: &references,
    };
    for file in &files {
        diagnostics.extend(links::check(&known, &file.path, &file.parsed.body, 0));
    }
    let documents = documents(&files, root, &vocabularies);
    let targets = Targets::new(
        root,
        documents
            .iter()
            .map(|(path, content)| (*path, &content.value)),
    );
    for (path, content) in documents {
        diagnostics.extend(targets.check(path, &content.value));
        diagnostics.extend(check_citations(path, &content.value, &references));
        diagnostics.extend(content.diagnostics);
    }
    let texts = files.into_iter().map(|file| (file.path, file.bytes));
    Ok(Findings {
        diagnostics,
        texts: texts.collect(),
    })
}

fn take<T>(checked: Checked<T>, diagnostics: &mut Vec<Diagnostic>) -> T {
    diagnostics.extend(checked.diagnostics);
    checked.value
}

fn vocabularies(files: &[File], root: &SourcePath) -> Checked<Vocabularies> {
    let mut value = Vocabularies::default();
    let mut diagnostics = Vec::new();
    for file in files {
        match role(&file.path, root) {
            Role::ElementSets => {
                let sets = vocabulary::element_sets(&file.path, &file.parsed.entries.value);
                value.element_sets = take(sets, &mut diagnostics);
            }
            Role::Vocabulary => {
                let list = vocabulary::vocabulary(&file.path, &file.parsed.entries.value);
                let name = file.path.file_name().trim_end_matches(".toml").to_owned();
                value.lists.insert(name, take(list, &mut diagnostics));
            }
            Role::References | Role::Site | Role::Document => {}
        }
    }
    Checked { value, diagnostics }
}

fn references(files: &[File], root: &SourcePath) -> Checked<BTreeMap<String, Reference>> {
    let list = files
        .iter()
        .find(|file| role(&file.path, root) == Role::References)
        .map(|file| reference::references(&file.path, &file.parsed.entries.value));
    match list {
        None => Checked {
            value: BTreeMap::new(),
            diagnostics: Vec::new(),
        },
        Some(list) => list.map(|list| {
            let named = list.into_iter().map(|one| (one.id.value.clone(), one));
            named.collect()
        }),
    }
}

fn documents<'a>(
    files: &'a [File],
    root: &SourcePath,
    vocabularies: &Vocabularies,
) -> Vec<(&'a SourcePath, Checked<Content>)> {
    files
        .par_iter()
        .filter(|file| role(&file.path, root) == Role::Document)
        // A file whose syntax is broken would only repeat its first mistake as missing keys.
        .filter(|file| file.parsed.entries.diagnostics.is_empty())
        .map(|file| {
            let content =
                content::document(&file.path, &file.parsed.entries.value, "page", vocabularies);
            (&file.path, content)
        })
        .collect()
}

fn check_citations(
    path: &SourcePath,
    content: &Content,
    references: &BTreeMap<String, Reference>,
) -> Vec<Diagnostic> {
    content
        .citations()
        .into_iter()
        .filter_map(|citation| check_citation(path, citation, references))
        .collect()
}

fn check_citation(
    path: &SourcePath,
    citation: &Citation,
    references: &BTreeMap<String, Reference>,
) -> Option<Diagnostic> {
    let at = |bytes: &std::ops::Range<usize>| Span {
        source: path.clone(),
        bytes: bytes.clone(),
    };
    let id = &citation.reference;
    let Some(reference) = references.get(&id.value) else {
        let name = &id.value;
        let found = Diagnostic::error(
            "unknown-reference",
            at(&id.bytes),
            Message::new(
                format!("`content/references.toml` 中没有 `{name}`"),
                format!("`content/references.toml` has no `{name}`"),
            ),
        );
        let help = match nearest(name, references.keys().map(String::as_str)) {
            Some(guess) => Message::new(
                format!("是不是 `{guess}`？"),
                format!("did you mean `{guess}`?"),
            ),
            None => Message::new(
                "先在 references.toml 中登记这部法规或标准",
                "list the law or standard in references.toml first",
            ),
        };
        return Some(found.with_help(help));
    };
    let (article, last) = (citation.article.as_ref()?, reference.articles?);
    if (1..=last).contains(&article.value) {
        return None;
    }
    let (title, number) = (&reference.title, article.value);
    let found = Diagnostic::error(
        "no-such-article",
        at(&article.bytes),
        Message::new(
            format!("《{title}》共 {last} 条，没有第 {number} 条"),
            format!("`{title}` has {last} articles, there is no article {number}"),
        ),
    );
    Some(found.with_help(Message::new(
        "对照法规原文核对条号",
        "compare the article's number with the text of the law",
    )))
}
