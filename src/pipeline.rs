//! The one place that knows every stage: files → documents → site → findings → plan → outputs. Stages
//! are pure; what is read and written goes through `Sources` and `Output`. Entry point: [`build`].

pub mod addresses;
pub mod load;
pub mod search;
pub mod theme;

use crate::cache::{Cache, Last};
use crate::config::Overrides;
use crate::content::publish::PublishPolicy;
use crate::diag::{Diagnostic, Severity};
use crate::hash::Fingerprint;
use crate::output::plan::Offer;
use crate::output::search::extract::{Passage, extract};
use crate::output::search::index::Facts;
use crate::output::search::pages;
use crate::output::{self, Content, Failure, Planned, Stage, Texts};
use crate::path::{OutputPath, SourcePath};
use crate::render;
use crate::source::{Entry, SourceError, Sources};
use crate::view::card::Cards;
use crate::view::shared::shared;
use crate::write::{Changes, Manifest, Output, Record, WriteError};
use load::{Html, Loaded};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a build is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BuildOptions {
    /// Which documents are published.
    pub policy: PublishPolicy,
    /// What the command line says about settings.
    pub overrides: Overrides,
}

/// The moment of a build and the program that makes it; equal in two builds that may share results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// Nanoseconds since 1970 when the build began.
    pub now: i128,
    /// The program.
    pub stamp: Fingerprint,
}

/// What a build did.
#[derive(Debug, Default)]
pub struct Report {
    /// Everything that is wrong; with an error among it nothing was published.
    pub diagnostics: Vec<Diagnostic>,
    /// Documents that were read.
    pub sources: usize,
    /// Files of the site.
    pub outputs: usize,
    /// Files that were made anew.
    pub written: usize,
    /// Files that were removed.
    pub removed: usize,
    /// Time spent by stage, in order.
    pub timings: Vec<(&'static str, Duration)>,
}

impl Report {
    /// Whether the site was kept from being published.
    #[must_use]
    pub fn failed(&self) -> bool {
        any_error(&self.diagnostics)
    }
}

/// Why a build could not run at all.
#[derive(Debug)]
pub enum BuildError {
    /// Something could not be read.
    Source(SourceError),
    /// Something could not be written.
    Write(WriteError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => error.fmt(formatter),
            Self::Write(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<SourceError> for BuildError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl From<WriteError> for BuildError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

/// Builds a site: everything that changed is made and staged, then published in one step. With an
/// error among the findings nothing is published.
///
/// # Errors
/// [`BuildError`] when a file cannot be read or written.
pub fn build(
    sources: &dyn Sources,
    output: &mut dyn Output,
    cache: &mut Cache,
    options: &BuildOptions,
    occasion: Occasion,
) -> Result<Report, BuildError> {
    let mut watch = Watch {
        last: Instant::now(),
        timings: Vec::new(),
    };
    let listed = sources.list(&load::content_folder()?)?;
    let themes = sources.list(&theme::folder()?)?;
    let inputs = inputs(&listed, &themes, options, occasion);
    watch.lap("list");
    if let Some(last) = cache
        .last()
        .filter(|last| Some(last.inputs) == inputs.print)
        && stands(output)?
    {
        watch.lap("compare");
        return Ok(Report {
            diagnostics: last.diagnostics.clone(),
            sources: last.sources,
            outputs: output.manifest().files.len(),
            timings: watch.timings,
            ..Report::default()
        });
    }
    cache.ready();
    watch.lap("cache");
    let mut run = Run {
        sources,
        options,
        occasion,
        watch,
    };
    let mut report = run.attempt(listed.clone(), output, cache)?;
    if report.is_none() {
        // A kept text was damaged: once more with an empty cache, which holds none.
        cache.clear();
        report = run.attempt(listed, output, cache)?;
    }
    let mut report = report.unwrap_or_default();
    let last = inputs.print.filter(|_| inputs.settled && !report.failed());
    cache.keep_last(last.map(|inputs| Last {
        inputs,
        diagnostics: report.diagnostics.clone(),
        sources: report.sources,
    }));
    report.timings = run.watch.timings;
    Ok(report)
}

/// What a build begins from.
struct Inputs {
    /// Every source's stat record, the options and the program; nothing where a source has no record.
    print: Option<Fingerprint>,
    /// Whether a later change would show in the records.
    settled: bool,
}

fn inputs(
    listed: &[Entry],
    themes: &[Entry],
    options: &BuildOptions,
    occasion: Occasion,
) -> Inputs {
    let mut all = listed.iter().chain(themes);
    let known = all.clone().all(|entry| entry.stat.is_some());
    let settled = all.all(|entry| entry.stat.is_some_and(|stat| stat.is_settled(occasion.now)));
    let print = Fingerprint::of(&(listed, themes, options, occasion.stamp));
    Inputs {
        print: known.then_some(print),
        settled,
    }
}

/// Whether every published file is there with its size.
fn stands(output: &dyn Output) -> Result<bool, WriteError> {
    let present = output.present()?;
    let files = &output.manifest().files;
    let whole = files
        .iter()
        .all(|(path, record)| present.get(path) == Some(&record.size));
    Ok(whole && !files.is_empty())
}

/// What a look at a site without building it showed.
#[derive(Debug)]
pub struct Inspected {
    /// Everything that is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Documents that were read.
    pub sources: usize,
    /// The addresses of all documents.
    pub addresses: Vec<String>,
    /// The addresses recorded before.
    pub recorded: Vec<String>,
}

/// Everything that is wrong in a site's sources, its theme and its plan.
///
/// # Errors
/// [`SourceError`] when a file cannot be read.
pub fn inspect(sources: &dyn Sources, options: &BuildOptions) -> Result<Inspected, SourceError> {
    let Loaded {
        site,
        mut diagnostics,
        files,
        ..
    } = load::load_afresh(sources, options)?;
    let theme_files = theme::files(sources, &site.config, &mut diagnostics)?;
    let theme = render::load(&theme_files, &site.config.language);
    diagnostics.extend(theme.diagnostics);
    let offer = Offer {
        assets: theme.value.assets(),
        search: theme.value.has("search.html"),
    };
    let (_, found) = output::plan(&site, offer);
    diagnostics.extend(found);
    let recorded = site.recorded.iter();
    Ok(Inspected {
        diagnostics,
        sources: files,
        addresses: site.pages.iter().map(|page| page.url.to_string()).collect(),
        recorded: recorded.map(|address| address.value.clone()).collect(),
    })
}

/// Stage by stage, with the time that each took.
struct Watch {
    last: Instant,
    timings: Vec<(&'static str, Duration)>,
}

impl Watch {
    fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.timings.push((stage, now - self.last));
        self.last = now;
    }
}

/// A build under way: where it reads, what it was asked for, how long its stages take.
struct Run<'a> {
    sources: &'a dyn Sources,
    options: &'a BuildOptions,
    occasion: Occasion,
    watch: Watch,
}

impl Run<'_> {
    /// One build; nothing where the cache turned out to be damaged.
    fn attempt(
        &mut self,
        listed: Vec<Entry>,
        output: &mut dyn Output,
        cache: &mut Cache,
    ) -> Result<Option<Report>, BuildError> {
        let loaded = load::load(self.sources, listed, cache, self.options)?;
        self.watch.lap("load");
        let Some(made) = self.make(&loaded, output, cache)? else {
            return Ok(None);
        };
        let mut report = Report {
            diagnostics: loaded.diagnostics,
            sources: loaded.files,
            ..Report::default()
        };
        report.diagnostics.extend(made.diagnostics);
        if !report.failed() {
            report.outputs = made.manifest.files.len();
            report.written = made.changes.write.len();
            report.removed = made.changes.remove.len();
            output.commit(&made.changes, made.manifest)?;
            self.watch.lap("publish");
            if let Some(state) = &made.search {
                cache.keep_search(state);
            }
        }
        cache.keep(loaded.learned, self.occasion.now);
        self.watch.lap("keep");
        Ok(Some(report))
    }

    /// Plans all outputs, makes and stages those that changed.
    fn make(
        &mut self,
        loaded: &Loaded,
        output: &dyn Output,
        cache: &Cache,
    ) -> Result<Option<Made>, BuildError> {
        let site = &loaded.site;
        let mut diagnostics = Vec::new();
        let files = theme::files(self.sources, &site.config, &mut diagnostics)?;
        let theme = render::load(&files, &site.config.language);
        diagnostics.extend(theme.diagnostics);
        let theme = theme.value;
        let (words, assets) = (theme.words().clone(), theme.assets().to_vec());
        let searched = theme.has("search.html");
        let shared = shared(site, &words, theme.options(), &theme.asset_paths());
        let renderer = theme.with_shared(&shared);
        self.watch.lap("theme");
        let offer = Offer {
            assets: &assets,
            search: searched,
        };
        let (planned, found) = output::plan(site, offer);
        diagnostics.extend(found);
        self.watch.lap("plan");
        if any_error(&diagnostics) || any_error(&loaded.diagnostics) {
            return Ok(Some(Made {
                diagnostics,
                ..Made::default()
            }));
        }
        let texts = |path: &SourcePath| text(loaded, cache, path);
        let cards = Cards::new(site);
        let maker = Maker {
            stage: Stage {
                site,
                cards: &cards,
                renderer: &renderer,
                words: &words,
                assets: &assets,
                stamp: self.occasion.stamp,
            },
            sources: self.sources,
            output,
            present: output.present()?,
            texts: &texts,
            searched,
        };
        self.watch.lap("present");
        let outcomes: Vec<Outcome> = planned
            .par_iter()
            .map(|planned| maker.outcome(planned))
            .collect::<Result<_, BuildError>>()?;
        self.watch.lap("produce");
        let indexed = match searched {
            true => maker.index(&planned, &outcomes, cache.search())?,
            false => None,
        };
        self.watch.lap("search");
        Ok(reconcile(
            planned,
            outcomes,
            indexed,
            output.manifest(),
            diagnostics,
        ))
    }
}

fn any_error(found: &[Diagnostic]) -> bool {
    found.iter().any(|one| one.severity == Severity::Error)
}

/// What is to be published.
#[derive(Default)]
struct Made {
    diagnostics: Vec<Diagnostic>,
    changes: Changes,
    manifest: Manifest,
    /// What to keep of the search index, where it has changed.
    search: Option<search::State>,
}

/// The HTML of a document's text.
fn text<'a>(loaded: &'a Loaded, cache: &Cache, path: &SourcePath) -> Option<Cow<'a, str>> {
    match loaded.html.get(path)? {
        Html::Here(html) => Some(Cow::Borrowed(html)),
        Html::Kept(place) => cache.html(place).map(Cow::Owned),
    }
}

/// What became of a job.
enum Outcome {
    /// As published.
    Fresh(Record),
    /// Other bytes, which are staged, with what can be found in them.
    Staged(Record, Option<Vec<Passage>>),
    /// The author can mend it.
    Failed(Box<Diagnostic>),
    /// The cache is damaged.
    Damaged,
}

struct Maker<'a> {
    stage: Stage<'a>,
    sources: &'a dyn Sources,
    output: &'a dyn Output,
    present: HashMap<OutputPath, u64>,
    texts: &'a Texts<'a>,
    searched: bool,
}

impl Maker<'_> {
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
        let found = self.searched && self.facts(planned).is_some();
        let passages = found.then(|| extract(&String::from_utf8_lossy(&bytes)));
        Ok(Outcome::Staged(record, passages))
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
    ) -> Result<Option<Index>, BuildError> {
        let mut sources = Vec::new();
        for (planned, outcome) in planned.iter().zip(outcomes) {
            let (record, passages) = match outcome {
                Outcome::Fresh(record) => (record, None),
                Outcome::Staged(record, passages) => (record, passages.clone()),
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
struct Index {
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
        bytes.map_or_else(Vec::new, |bytes| extract(&String::from_utf8_lossy(&bytes)))
    }
}

/// The new manifest and what changes; nothing where the cache was damaged.
fn reconcile(
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
