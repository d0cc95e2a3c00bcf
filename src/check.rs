//! Reads every source of a site and reports what is wrong with each file by itself: encoding,
//! front matter, TOML. Entry point: [`sources`].

use crate::diag::Diagnostic;
use crate::parse::{data, front_matter};
use crate::path::SourcePath;
use crate::source::{SourceError, Sources};
use rayon::prelude::*;
use std::collections::BTreeMap;
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

/// Checks every Markdown and TOML file below `root`, in parallel; the order of the findings does not
/// depend on the number of threads.
///
/// # Errors
/// [`SourceError`] when a folder cannot be listed or a file cannot be read.
pub fn sources(sources: &dyn Sources, root: &SourcePath) -> Result<Findings, SourceError> {
    let mut paths = sources.list(root)?;
    paths.retain(|path| matches!(path.extension(), "md" | "toml"));
    let read: Vec<(SourcePath, Arc<[u8]>, Vec<Diagnostic>)> = paths
        .into_par_iter()
        .map(|path| {
            let bytes = sources.read(&path)?;
            let found = file(&path, &bytes);
            Ok((path, bytes, found))
        })
        .collect::<Result<_, SourceError>>()?;
    let mut findings = Findings::default();
    for (path, bytes, found) in read {
        findings.diagnostics.extend(found);
        findings.texts.insert(path, bytes);
    }
    Ok(findings)
}

/// The findings of one file.
#[must_use]
pub fn file(path: &SourcePath, bytes: &[u8]) -> Vec<Diagnostic> {
    let text = match front_matter::decode(bytes, path) {
        Ok(text) => text,
        Err(found) => return vec![*found],
    };
    if path.extension() == "toml" {
        let offset = if text.starts_with('\u{feff}') { 3 } else { 0 };
        return data::parse(&text[offset..], path, offset).diagnostics;
    }
    match front_matter::split(text, path) {
        Err(found) => vec![*found],
        Ok(parts) => match parts.front {
            Some(front) => data::parse(&text[front.clone()], path, front.start).diagnostics,
            None => Vec::new(),
        },
    }
}
