//! Sources held in memory: what tests build sites from.

use super::{Entry, SourceError, Sources};
use crate::path::{PathProblem, SourcePath};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Files by path.
#[derive(Clone, Debug, Default)]
pub struct MemorySources(BTreeMap<SourcePath, Arc<[u8]>>);

impl MemorySources {
    /// Reads several files from one text: each begins with a line `//- path`.
    ///
    /// # Errors
    /// [`PathProblem`] for a path that leaves the project.
    pub fn from_literal(text: &str) -> Result<Self, PathProblem> {
        let mut sources = Self::default();
        for part in text.split("//- ").skip(1) {
            let (path, body) = part.split_once('\n').unwrap_or((part, ""));
            sources.insert(SourcePath::new(path.trim())?, body.as_bytes());
        }
        Ok(sources)
    }

    /// Removes a file; whether there was one.
    pub fn remove(&mut self, path: &SourcePath) -> bool {
        self.0.remove(path).is_some()
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &SourcePath> {
        self.0.keys()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: SourcePath, bytes: &[u8]) {
        self.0.insert(path, bytes.into());
    }
}

impl Sources for MemorySources {
    fn list(&self, root: &SourcePath) -> Result<Vec<Entry>, SourceError> {
        let below = format!("{root}/");
        let inside =
            |path: &&SourcePath| root.as_str().is_empty() || path.as_str().starts_with(&below);
        let paths = self.0.keys().filter(inside);
        Ok(paths
            .map(|path| Entry {
                path: path.clone(),
                stat: None,
            })
            .collect())
    }

    fn read(&self, path: &SourcePath) -> Result<Arc<[u8]>, SourceError> {
        self.0
            .get(path)
            .cloned()
            .ok_or_else(|| SourceError::Missing(path.clone()))
    }
}
