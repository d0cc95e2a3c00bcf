//! The one place that knows every stage: files → documents → site → findings → plan → outputs. Stages
//! are pure; what is read and written goes through `Sources` and `Output`. Entry point: [`build`].

pub mod addresses;
pub mod compare;
pub mod load;
mod make;
mod pictures;
pub mod search;
pub mod theme;

use crate::cache::{Cache, Last};
use crate::check::{self, government};
use crate::config::{Overrides, RuleWeight};
use crate::content::publish::PublishPolicy;
use crate::diag::{Diagnostic, Severity, Span};
use crate::external::{self, Link};
use crate::graph::due::{self, Due};
use crate::graph::offline::WORKER;
use crate::graph::{EndedRecord, Site};
use crate::hash::Fingerprint;
use crate::output::offline::Searched;
use crate::output::plan::Offer;
use crate::output::{self, Stage};
use crate::parse::markdown::SlotKind;
use crate::path::{OutputPath, SourcePath};
use crate::render;
use crate::source::{Entry, SourceError, Sources};
use crate::view::card::Cards;
use crate::view::shared::shared;
use crate::write::{Changes, Manifest, Output, WriteError};
use load::{Html, Loaded};
use make::{Maker, reconcile};
use pictures::Pictures;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
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
    /// Links to other sites.
    pub links: Vec<Link>,
    /// How much rules weigh here.
    pub rules: Vec<RuleWeight>,
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
        mut links,
        ..
    } = load::load_afresh(sources, options)?;
    let theme_files = theme::files(sources, &site.config, &mut diagnostics)?;
    let theme = render::load(&theme_files, &site.config.language);
    diagnostics.extend(theme.diagnostics);
    diagnostics.extend(palette(&site, &theme_files));
    let offer = Offer {
        assets: theme.value.assets(),
        search: theme.value.has("search.html"),
        offline: keeps(&site, &theme.value),
    };
    let (_, found) = output::plan(&site, offer);
    diagnostics.extend(found);
    let recorded = site.recorded.iter();
    links.extend(links_in_texts(&site));
    Ok(Inspected {
        diagnostics,
        sources: files,
        addresses: site.pages.iter().map(|page| page.url.to_string()).collect(),
        recorded: recorded.map(|address| address.value.clone()).collect(),
        links,
        rules: site.config.rules.clone(),
    })
}

/// The links to other sites in the texts of all pages.
fn links_in_texts(site: &Site) -> impl Iterator<Item = Link> {
    site.pages.iter().flat_map(|page| {
        let slots = page.document.body.slots.iter();
        let slots = slots
            .filter(|slot| slot.kind == SlotKind::External && external::concerns(&slot.target));
        slots.map(|slot| Link {
            address: slot.target.clone(),
            span: Span {
                source: page.document.path.clone(),
                bytes: slot.span.clone(),
            },
        })
    })
}

/// The days ahead of a site's records and documents, with those records that have ended and whose sources still stand.
///
/// # Errors
/// [`SourceError`] when a file cannot be read.
pub fn due(
    sources: &dyn Sources,
    options: &BuildOptions,
) -> Result<(Vec<Due>, Vec<EndedRecord>), SourceError> {
    let Loaded { site, .. } = load::load_afresh(sources, options)?;
    let due = due::due(&site);
    Ok((due, site.ended))
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
        diagnostics.extend(palette(site, &files));
        let theme = theme.value;
        let (words, assets) = (theme.words().clone(), theme.assets().to_vec());
        let searched = theme.has("search.html");
        let offline = keeps(site, &theme);
        let worker = theme.worker().map(<[u8]>::to_vec);
        let paths = theme.asset_paths();
        let shared = shared(site, &words, theme.options(), &paths, offline);
        let renderer = theme.with_shared(&shared);
        self.watch.lap("theme");
        let offer = Offer {
            assets: &assets,
            search: searched,
            offline,
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
        let nothing = Searched::default();
        let none = BTreeMap::new();
        let maker = Maker {
            stage: Stage {
                site,
                cards: &cards,
                renderer: &renderer,
                words: &words,
                assets: &assets,
                worker: worker.as_deref(),
                stamp: self.occasion.stamp,
                made: &none,
                search: &nothing,
                published: &|path| output.read(path),
            },
            sources: self.sources,
            output,
            present: output.present()?,
            texts: &texts,
            searched,
            pictures: Pictures::new(&planned),
        };
        self.watch.lap("present");
        let watch = &mut self.watch;
        let produced = maker.produce(planned, cache.search(), &mut |lap| watch.lap(lap))?;
        let mut made = reconcile(produced, output.manifest(), diagnostics);
        if let Some(made) = &mut made {
            let files = &made.manifest.files;
            let size = |path: &OutputPath| files.get(path).map(|record| record.size);
            let heavy = government::heavy(site, loaded_by_all(&assets), size);
            made.diagnostics.extend(heavy);
        }
        Ok(made)
    }
}

/// Whether readers' browsers keep what they read: the settings want it, the theme can, and the author has no worker of
/// their own.
fn keeps(site: &Site, theme: &render::Theme) -> bool {
    let mut files = site.files.values();
    let own = files.any(|file| file.url.as_str() == WORKER);
    site.config.offline && theme.keeps() && !own
}

/// The finding about the colours of a theme, as heavy as the site has it.
fn palette(site: &Site, files: &render::ThemeFiles) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = government::palette::check(&site.config, files)
        .into_iter()
        .collect();
    check::rules::weigh(&mut found, &site.config.rules);
    found
}

/// The bytes of the style sheet and the scripts, at most what a page loads of them.
fn loaded_by_all(assets: &[render::assets::ThemeAsset]) -> u64 {
    let loaded = assets
        .iter()
        .filter(|asset| [".css", ".js"].iter().any(|end| asset.name.ends_with(end)));
    let bytes: usize = loaded.map(|asset| asset.bytes.len()).sum();
    bytes.try_into().unwrap_or(u64::MAX)
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
