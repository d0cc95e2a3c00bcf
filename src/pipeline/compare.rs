//! Two editions of a specification compared outside a build: documents of the site, or files anywhere in the project that
//! are read as if they stood in it. Entry point: [`compare`].

use super::load::{CONTENT, Html, Loaded, load_afresh};
use super::{BuildOptions, theme};
use crate::config::Config;
use crate::graph::editions::{earlier, of_page};
use crate::graph::{PageId, Site};
use crate::output::changes::compared;
use crate::path::SourcePath;
use crate::render;
use crate::source::memory::MemorySources;
use crate::source::{Entry, SourceError, Sources};
use crate::view::changes::{ComparisonView, EndView, Words, end};
use serde::Serialize;
use std::borrow::Cow;
use std::sync::Arc;

/// Two editions and what has changed between them.
#[derive(Debug, Serialize)]
pub struct Compared {
    /// The earlier.
    pub old: EndView,
    /// The later.
    pub new: EndView,
    /// What has changed.
    #[serde(flatten)]
    pub comparison: ComparisonView,
}

/// Why two documents could not be compared.
#[derive(Debug)]
pub enum Refusal {
    /// Something could not be read.
    Source(SourceError),
    /// There is no such document, or it is not published today.
    NoDocument(String),
    /// It is none of the four specifications.
    NoSpecification(String),
    /// They are of two kinds.
    OtherKind,
    /// It names none that it replaces, or that one is not there.
    NothingBefore(String),
}

impl From<SourceError> for Refusal {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

/// Compares two documents, or one with the edition that it replaces. Parts are called in `language`, such as `zh-CN`.
///
/// # Errors
/// [`Refusal`] where there are no two specifications of one kind to compare.
pub fn compare(
    sources: &dyn Sources,
    options: &BuildOptions,
    names: [&str; 2],
    language: &str,
) -> Result<Compared, Refusal> {
    let mut project = Project {
        sources,
        added: Vec::new(),
    };
    let names = names.map(|name| name.trim().trim_start_matches("./"));
    for name in names {
        project.add(name);
    }
    let loaded = load_afresh(&project, options)?;
    let site = &loaded.site;
    let [first, second] = names;
    let one = project.page(site, first)?;
    let (old, new) = match second {
        "" => {
            let before = earlier(site, one);
            (
                before.ok_or_else(|| Refusal::NothingBefore(first.to_owned()))?,
                one,
            )
        }
        second => (one, project.page(site, second)?),
    };
    let word = |page: PageId| site.pages[page].document.content.kind.word();
    if word(old) != word(new) {
        return Err(Refusal::OtherKind);
    }
    let texts = |path: &SourcePath| text(&loaded, path);
    let comparison = compared(site, old, new, &words(language)?, &texts);
    Ok(Compared {
        old: end(site, old),
        new: end(site, new),
        // Nothing was kept, so nothing can be damaged.
        comparison: comparison.ok_or_else(|| Refusal::NoDocument(first.to_owned()))?,
    })
}

fn text<'a>(loaded: &'a Loaded, path: &SourcePath) -> Option<Cow<'a, str>> {
    match loaded.html.get(path)? {
        Html::Here(html) => Some(Cow::Borrowed(html)),
        Html::Kept(_) => None,
    }
}

/// What the built-in theme calls things in a language: messages are in the reader's, whatever the site's is.
fn words(language: &str) -> Result<Words, SourceError> {
    let files = theme::files(
        &MemorySources::default(),
        &Config::default(),
        &mut Vec::new(),
    )?;
    Ok(render::load(&files, language).value.words().clone())
}

/// A project with files added to its site that stand elsewhere in it.
struct Project<'a> {
    sources: &'a dyn Sources,
    /// The place in the site, and where the file is.
    added: Vec<(SourcePath, SourcePath)>,
}

impl Project<'_> {
    /// Adds a file that is named by its path and stands outside the content folder.
    fn add(&mut self, name: &str) {
        let Ok(path) = SourcePath::new(name) else {
            return;
        };
        let is_source = matches!(path.extension(), "md" | "toml");
        let inside = name.starts_with(&format!("{CONTENT}/"));
        if !is_source || inside || self.sources.read(&path).is_err() {
            return;
        }
        let place = format!(
            "{CONTENT}/compared-{}.{}",
            self.added.len() + 1,
            path.extension()
        );
        if let Ok(place) = SourcePath::new(&place) {
            self.added.push((place, path));
        }
    }

    /// The page of a document: by its source, by the name that other documents call it, or by its address.
    fn page(&self, site: &Site, name: &str) -> Result<PageId, Refusal> {
        let added = self.added.iter().find(|(_, path)| path.as_str() == name);
        let source = match added {
            Some((place, _)) => Some(place.clone()),
            None => SourcePath::new(name).ok(),
        };
        let by_source = source.and_then(|path| site.page_of_source(&path));
        let target = name.trim_matches('/');
        let target = target
            .strip_prefix(&format!("{CONTENT}/"))
            .unwrap_or(target);
        let stem = target
            .strip_suffix(".toml")
            .or_else(|| target.strip_suffix(".md"));
        let found = by_source
            .or_else(|| site.page_of_target(target))
            .or_else(|| site.page_of_target(stem?));
        let page = found.ok_or_else(|| Refusal::NoDocument(name.to_owned()))?;
        match of_page(site, page) {
            Some(_) => Ok(page),
            None => Err(Refusal::NoSpecification(name.to_owned())),
        }
    }
}

impl Sources for Project<'_> {
    fn list(&self, root: &SourcePath) -> Result<Vec<Entry>, SourceError> {
        let mut listed = self.sources.list(root)?;
        let below = format!("{root}/");
        let added = self
            .added
            .iter()
            .filter(|(place, _)| place.as_str().starts_with(&below));
        listed.extend(added.map(|(place, _)| Entry {
            path: place.clone(),
            stat: None,
        }));
        Ok(listed)
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>, SourceError> {
        let added = self.added.iter().find(|(place, _)| place == path);
        self.sources.read(added.map_or(path, |(_, path)| path))
    }
}
