//! The jobs of a build, each left alone or made and staged, and what that comes to: a new manifest, and
//! what changes.

use super::pictures::Pictures;
use super::{BuildError, Made, search};
use crate::attachment;
use crate::check::attachments::undecodable;
use crate::diag::Diagnostic;
use crate::hash::Fingerprint;
use crate::output::search::extract::{Passage, extract};
use crate::output::search::index::Facts;
use crate::output::search::pages;
use crate::output::{self, Content, Failure, Job, Planned, Stage, Texts};
use crate::path::OutputPath;
use crate::source::Sources;
use crate::text::lossy;
use crate::write::{Changes, Manifest, Output, Record};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What became of a job.
pub(super) enum Outcome {
    /// As published.
    Fresh(Record),
    /// Other bytes, which are staged.
    Staged(Record, Found),
    /// The author can mend it.
    Failed(Box<Diagnostic>),
    /// The cache is damaged.
    Damaged,
}

/// What is needed later of bytes that were made.
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// What can be found in a page.
    Passages(Arc<[Passage]>),
    /// A document to download, which kits hold.
    Document(Arc<[u8]>),
}

/// Makes what changed.
pub(super) struct Maker<'a> {
    pub(super) stage: Stage<'a>,
    pub(super) sources: &'a dyn Sources,
    pub(super) output: &'a dyn Output,
    pub(super) present: HashMap<OutputPath, u64>,
    pub(super) texts: &'a Texts<'a>,
    pub(super) searched: bool,
    pub(super) pictures: Pictures,
}

impl Maker<'_> {
    /// What becomes of jobs, in their order.
    pub(super) fn outcomes(&self, planned: &[Planned]) -> Result<Vec<Outcome>, BuildError> {
        let planned = planned.par_iter();
        planned.map(|planned| self.outcome(planned)).collect()
    }

    /// What becomes of a job.
    fn outcome(&self, planned: &Planned) -> Result<Outcome, BuildError> {
        let prepared = output::prepare(self.stage, planned);
        let inputs = prepared.inputs;
        let before = self.output.manifest().files.get(&planned.path);
        let stands = self.present.get(&planned.path);
        let before = before.filter(|record| stands == Some(&record.size));
        if let Some(record) = before.filter(|record| record.inputs == inputs) {
            return Ok(Outcome::Fresh(*record));
        }
        let bytes: Arc<[u8]> = match prepared.produce(self.texts) {
            Ok(Content::Bytes(bytes)) => bytes.into(),
            Ok(Content::CopyOf(source)) => self.sources.read(&source)?,
            Ok(Content::CleanedOf(source)) => {
                let bytes = self.sources.read(&source)?;
                let cleaned = attachment::examine(source.extension(), &bytes).cleaned;
                cleaned.map_or(bytes, Into::into)
            }
            Ok(Content::Picture(source, copy)) => {
                let read = || self.sources.read(&source);
                match self.pictures.copy(&source, copy, read)? {
                    Ok(bytes) => bytes,
                    Err(error) => {
                        let found = undecodable(self.stage.site, &source, &error);
                        return Ok(Outcome::Failed(Box::new(found)));
                    }
                }
            }
            Err(Failure::Site(found)) => return Ok(Outcome::Failed(found)),
            Err(Failure::Cache) => return Ok(Outcome::Damaged),
        };
        let record = Record {
            inputs,
            content: Fingerprint::of_bytes(&bytes),
            size: bytes.len().try_into().unwrap_or(u64::MAX),
        };
        if before.is_some_and(|before| before.content == record.content) {
            return Ok(Outcome::Fresh(record));
        }
        self.output.stage(&planned.path, &bytes)?;
        let found = match &planned.job {
            Job::Download(_) => Found::Document(bytes),
            _ if self.searched && self.facts(planned).is_some() => {
                Found::Passages(extract(&lossy(&bytes)).into())
            }
            _ => Found::Nothing,
        };
        Ok(Outcome::Staged(record, found))
    }

    /// What search knows of a page beside its text; nothing where it is none to be found.
    fn facts(&self, planned: &Planned) -> Option<Facts> {
        pages::facts(self.stage.site, &planned.job, self.stage.words)
    }

    /// The search index of what is published, its new files staged.
    pub(super) fn index(
        &self,
        planned: &[Planned],
        outcomes: &[Outcome],
        old: Option<search::State>,
    ) -> Result<Option<Index>, BuildError> {
        let mut sources = Vec::new();
        for (planned, outcome) in planned.iter().zip(outcomes) {
            let (record, passages) = match outcome {
                Outcome::Fresh(record) => (record, None),
                Outcome::Staged(record, Found::Passages(found)) => (record, Some(found.clone())),
                Outcome::Staged(record, _) => (record, None),
                // Nothing is published.
                Outcome::Failed(_) | Outcome::Damaged => return Ok(None),
            };
            if let Some(facts) = self.facts(planned) {
                sources.push(search::Source {
                    path: planned.path.clone(),
                    content: record.content,
                    facts,
                    passages,
                });
            }
        }
        let back = Standing(self.output);
        let common = pages::common(self.stage.site, self.stage.words);
        let kept = old.clone();
        let mut indexed = search::index(sources.clone(), &common, self.stage.stamp, old, &back);
        let mut records = self.records(&indexed);
        if records.is_none() && kept.is_some() {
            // A file of the old index is gone: all are made anew.
            indexed = search::index(sources, &common, self.stage.stamp, None, &back);
            records = self.records(&indexed);
        }
        let mut index = Index {
            records: Vec::new(),
            diagnostics: indexed.diagnostics,
            state: indexed.state,
        };
        let new: BTreeMap<&str, &[u8]> = indexed
            .files
            .iter()
            .map(|file| (file.path.as_str(), file.bytes.as_slice()))
            .collect();
        let staged: Vec<(OutputPath, Record, bool)> = records
            .unwrap_or_default()
            .into_par_iter()
            .map(|(path, record)| {
                let stands = self
                    .record(&path)
                    .is_some_and(|old| old.content == record.content);
                if let Some(bytes) = new.get(path.as_str()).filter(|_| !stands) {
                    self.output.stage(&path, bytes)?;
                }
                Ok((path, record, !stands))
            })
            .collect::<Result<_, BuildError>>()?;
        index.records = staged;
        Ok(Some(index))
    }

    /// The record of a published file that is there.
    fn record(&self, path: &OutputPath) -> Option<&Record> {
        let record = self.output.manifest().files.get(path)?;
        (self.present.get(path) == Some(&record.size)).then_some(record)
    }

    /// A record for each file of an index; nothing where one is neither new nor there.
    fn records(&self, indexed: &search::Indexed) -> Option<Vec<(OutputPath, Record)>> {
        let new = indexed.files.iter();
        let new: BTreeMap<&str, &[u8]> = new
            .map(|file| (file.path.as_str(), file.bytes.as_slice()))
            .collect();
        let paths = indexed.paths.par_iter();
        paths
            .map(|path| {
                let path = OutputPath::new(path).ok()?;
                let record = match new.get(path.as_str()) {
                    Some(bytes) => Record {
                        inputs: Fingerprint::ZERO,
                        content: Fingerprint::of_bytes(bytes),
                        size: bytes.len().try_into().unwrap_or(u64::MAX),
                    },
                    None => *self.record(&path)?,
                };
                Some((path, record))
            })
            .collect()
    }
}

/// The search index of a build.
pub(super) struct Index {
    /// Its files, and which of them are staged.
    records: Vec<(OutputPath, Record, bool)>,
    diagnostics: Vec<Diagnostic>,
    state: search::State,
}

/// What stands from before.
struct Standing<'a>(&'a dyn Output);

impl search::Back for Standing<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.0.read(&OutputPath::new(path).ok()?)
    }

    fn passages(&self, path: &OutputPath) -> Vec<Passage> {
        // A page that was not made anew is the published one.
        let bytes = self.0.read(path);
        bytes.map_or_else(Vec::new, |bytes| extract(&lossy(&bytes)))
    }
}

/// The new manifest and what changes; nothing where the cache was damaged.
pub(super) fn reconcile(
    planned: Vec<Planned>,
    outcomes: Vec<Outcome>,
    index: Option<Index>,
    before: &Manifest,
    mut diagnostics: Vec<Diagnostic>,
) -> Option<Made> {
    let (mut manifest, mut write) = (Manifest::default(), BTreeSet::new());
    for (planned, outcome) in planned.into_iter().zip(outcomes) {
        match outcome {
            Outcome::Fresh(record) => {
                manifest.files.insert(planned.path, record);
            }
            Outcome::Staged(record, _) => {
                write.insert(planned.path.clone());
                manifest.files.insert(planned.path, record);
            }
            Outcome::Failed(found) => {
                // One mistake of a template fails on every page it makes: the first names it.
                let known = |one: &Diagnostic| one.span == found.span && one.code == found.code;
                if !diagnostics.iter().any(known) {
                    diagnostics.push(*found);
                }
            }
            Outcome::Damaged => return None,
        }
    }
    let mut search = None;
    if let Some(index) = index {
        diagnostics.extend(index.diagnostics);
        for (path, record, staged) in index.records {
            if staged {
                write.insert(path.clone());
            }
            manifest.files.insert(path, record);
        }
        search = Some(index.state);
    }
    let gone = before.files.keys();
    let remove = gone.filter(|path| !manifest.files.contains_key(*path));
    let changes = Changes {
        remove: remove.cloned().collect(),
        write,
    };
    Some(Made {
        diagnostics,
        changes,
        manifest,
        search,
    })
}
