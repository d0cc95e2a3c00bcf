//! The jobs of a build, each left alone or made and staged, and what that comes to: a new manifest, and
//! what changes.

use super::pictures::Pictures;
use super::{BuildError, Made, search};
use crate::attachment;
use crate::check::attachments::undecodable;
use crate::diag::Diagnostic;
use crate::hash::Fingerprint;
use crate::output::offline::{self, Searched};
use crate::output::search::extract::{Passage, extract};
use crate::output::search::index::Facts;
use crate::output::search::pages;
use crate::output::{self, Content, Failure, INDEXED, Job, PHASES, Planned, Stage, Texts};
use crate::path::OutputPath;
use crate::source::Sources;
use crate::text::lossy;
use crate::write::{Changes, Manifest, Output, Record};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What became of a job.
enum Outcome {
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
enum Found {
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

/// What came of all jobs.
#[derive(Default)]
pub(super) struct Produced {
    planned: Vec<Planned>,
    outcomes: Vec<Outcome>,
    /// What later phases ask of what was made or stands.
    known: BTreeMap<OutputPath, output::Made>,
    index: Option<Index>,
}

impl Produced {
    /// Whether every job so far was done.
    fn is_whole(&self) -> bool {
        let mut outcomes = self.outcomes.iter();
        !outcomes.any(|one| matches!(one, Outcome::Failed(_) | Outcome::Damaged))
    }

    /// Adds the jobs of a phase, done.
    fn add(&mut self, planned: Vec<Planned>, outcomes: Vec<Outcome>) {
        self.known.extend(made(&planned, &outcomes));
        self.planned.extend(planned);
        self.outcomes.extend(outcomes);
    }
}

/// What later phases ask of files that were made or stand.
fn made(
    planned: &[Planned],
    outcomes: &[Outcome],
) -> impl Iterator<Item = (OutputPath, output::Made)> {
    let pairs = planned.iter().zip(outcomes);
    pairs.filter_map(|(planned, outcome)| {
        let (record, bytes) = match outcome {
            Outcome::Fresh(record) => (record, None),
            Outcome::Staged(record, Found::Document(bytes)) => (record, Some(bytes.clone())),
            Outcome::Staged(record, _) => (record, None),
            Outcome::Failed(_) | Outcome::Damaged => return None,
        };
        Some((planned.path.clone(), known(record, bytes)))
    })
}

fn known(record: &Record, bytes: Option<Arc<[u8]>>) -> output::Made {
    output::Made {
        size: record.size,
        content: record.content,
        bytes,
    }
}

impl Maker<'_> {
    /// All jobs, phase by phase, and the search index before the phases that tell of it. `lap` is told when each part
    /// is done.
    pub(super) fn produce(
        &self,
        planned: Vec<Planned>,
        old: Option<search::State>,
        lap: &mut dyn FnMut(&'static str),
    ) -> Result<Produced, BuildError> {
        let mut phases: [Vec<Planned>; PHASES] = Default::default();
        for planned in planned {
            phases[planned.job.phase()].push(planned);
        }
        let mut produced = Produced::default();
        let mut phases = phases.into_iter();
        let first = phases.by_ref().take(INDEXED);
        for (jobs, name) in first.zip(["downloads", "kits", "produce"]) {
            let stage = Stage {
                made: &produced.known,
                ..self.stage
            };
            let outcomes = self.outcomes(stage, &jobs)?;
            produced.add(jobs, outcomes);
            lap(name);
        }
        if !produced.is_whole() {
            return Ok(produced);
        }
        if self.searched {
            let index = self.index(&produced.planned, &produced.outcomes, old)?;
            produced.known.extend(index.known());
            produced.index = Some(index);
            lap("search");
        }
        let index = produced.index.take();
        let search = index.as_ref().map(Index::searched).unwrap_or_default();
        let published = |path: &OutputPath| {
            let new = index.as_ref().and_then(|index| index.new.get(path));
            new.cloned().or_else(|| self.output.read(path))
        };
        for jobs in phases {
            let stage = Stage {
                made: &produced.known,
                search: &search,
                published: &published,
                ..self.stage
            };
            let outcomes = self.outcomes(stage, &jobs)?;
            produced.add(jobs, outcomes);
        }
        produced.index = index;
        lap("offline");
        Ok(produced)
    }

    /// What becomes of jobs, in their order.
    fn outcomes(&self, stage: Stage<'_>, planned: &[Planned]) -> Result<Vec<Outcome>, BuildError> {
        let planned = planned.par_iter();
        planned
            .map(|planned| self.outcome(stage, planned))
            .collect()
    }

    /// What becomes of a job.
    fn outcome(&self, stage: Stage<'_>, planned: &Planned) -> Result<Outcome, BuildError> {
        let prepared = output::prepare(stage, planned);
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
            // Kits hold documents, and the worker is told what the page of what is kept loads.
            Job::Download(_) | Job::Offline(offline::File::Page) => Found::Document(bytes),
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
    fn index(
        &self,
        planned: &[Planned],
        outcomes: &[Outcome],
        old: Option<search::State>,
    ) -> Result<Index, BuildError> {
        let mut sources = Vec::new();
        for (planned, outcome) in planned.iter().zip(outcomes) {
            let (record, passages) = match outcome {
                Outcome::Fresh(record) => (record, None),
                Outcome::Staged(record, Found::Passages(found)) => (record, Some(found.clone())),
                Outcome::Staged(record, _) => (record, None),
                // Nothing is published, and no index is asked for.
                Outcome::Failed(_) | Outcome::Damaged => continue,
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
            new: BTreeMap::new(),
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
        let files = indexed.files.into_iter();
        let files = files.filter_map(|file| Some((OutputPath::new(&file.path).ok()?, file.bytes)));
        index.new = files.collect();
        Ok(index)
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
struct Index {
    /// Its files, and which of them are staged.
    records: Vec<(OutputPath, Record, bool)>,
    diagnostics: Vec<Diagnostic>,
    state: search::State,
    /// The bytes of the files that were made anew.
    new: BTreeMap<OutputPath, Vec<u8>>,
}

impl Index {
    /// What later phases ask of its files.
    fn known(&self) -> impl Iterator<Item = (OutputPath, output::Made)> {
        let records = self.records.iter();
        records.map(|(path, record, _)| (path.clone(), known(record, None)))
    }

    /// Its files, as far as readers keep them.
    fn searched(&self) -> Searched {
        let texts = self.state.texts();
        let held: BTreeSet<&OutputPath> = texts.values().flatten().collect();
        let paths = self.records.iter().map(|(path, ..)| path);
        let keys = paths.filter(|path| !held.contains(path)).cloned();
        Searched {
            keys: keys.collect(),
            texts,
        }
    }
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
    produced: Produced,
    before: &Manifest,
    mut diagnostics: Vec<Diagnostic>,
) -> Option<Made> {
    let Produced {
        planned,
        outcomes,
        index,
        ..
    } = produced;
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
