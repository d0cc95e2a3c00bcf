//! The index of a build: taken over where nothing changed, patched where a few pages did, else built
//! from the texts of all pages, which are on the pages themselves or in the index from before.

use crate::diag::{Diagnostic, Message, Severity};
use crate::hash::Fingerprint;
use crate::output::search::directory::Directory;
use crate::output::search::extract::Passage;
use crate::output::search::index::{self, Built, Change, Common, Facts, File, Next, Page};
use crate::output::search::query::{Files, Searcher, Walk};
use crate::output::search::{directory, pack};
use crate::path::OutputPath;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// What a build keeps of its index for the next.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// The program, and what is the same for all pages.
    common: Fingerprint,
    /// The directory as published.
    directory: Vec<u8>,
    pages: Vec<Known>,
}

impl State {
    /// The files that hold the text of each page.
    #[must_use]
    pub fn texts(&self) -> BTreeMap<OutputPath, Vec<OutputPath>> {
        let pages = self.pages.iter();
        let texts = pages.map(|page| {
            let parts = page.row.parts.iter();
            let paths =
                parts.filter_map(|(_, name)| OutputPath::new(&directory::text_path(name)).ok());
            (page.path.clone(), paths.collect())
        });
        texts.collect()
    }
}

/// A page of the index.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Known {
    path: OutputPath,
    /// The published page.
    content: Fingerprint,
    facts: Facts,
    row: directory::Row,
    /// How many entries of the index are its own.
    count: u32,
    /// A string from the middle of its text, by which every build looks for it.
    probe: String,
}

impl Known {
    fn new(source: &Source, row: directory::Row, count: u32, probe: String) -> Self {
        Self {
            path: source.path.clone(),
            content: source.content,
            facts: source.facts.clone(),
            row,
            count,
            probe,
        }
    }
}

/// A page of this build.
#[derive(Clone)]
pub struct Source {
    /// The file.
    pub path: OutputPath,
    /// Its bytes' fingerprint.
    pub content: Fingerprint,
    /// What is known of it.
    pub facts: Facts,
    /// Its text, where it was made anew.
    pub passages: Option<Arc<[Passage]>>,
}

/// The index of this build.
pub struct Indexed {
    /// The files that were made anew.
    pub files: Vec<File>,
    /// The paths of all.
    pub paths: Vec<String>,
    /// Pages that it does not find.
    pub diagnostics: Vec<Diagnostic>,
    /// What to keep.
    pub state: State,
}

/// Where old files are read, and pages made again whose text is nowhere else.
pub trait Back: Sync {
    /// A published file.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
    /// The text of a page that stands as it was.
    fn passages(&self, path: &OutputPath) -> Vec<Passage>;
}

/// The index of pages.
#[must_use]
pub fn index(
    mut sources: Vec<Source>,
    common: &Common,
    stamp: Fingerprint,
    old: Option<State>,
    back: &dyn Back,
) -> Indexed {
    let print = Fingerprint::of(&(stamp, common));
    let old = old.filter(|state| state.common == print);
    sources.par_sort_by(|left, right| order(&left.facts).cmp(&order(&right.facts)));
    if let Some(state) = &old
        && let Some(done) = match has_same_pages(&sources, state) {
            true => update(&sources, common, state, back),
            false => renumber(&sources, common, state, back),
        }
    {
        return done;
    }
    let known = old.iter().flat_map(|state| &state.pages);
    let known: HashMap<&OutputPath, &Known> = known.map(|one| (&one.path, one)).collect();
    let pages: Vec<Page> = sources
        .par_iter()
        .map(|source| {
            let kept = known.get(&source.path);
            let kept = kept.filter(|one| one.content == source.content);
            Page {
                facts: source.facts.clone(),
                passages: text(source, kept.copied(), back),
            }
        })
        .collect();
    let built = index::build(&pages, common);
    let known = sources
        .par_iter()
        .zip(&pages)
        .zip(&built.rows)
        .zip(&built.counts);
    let known: Vec<Known> = known
        .map(|(((source, page), row), count)| Known::new(source, row.clone(), *count, probe(page)))
        .collect();
    let diagnostics = missed(&built, &known, back, |_| true);
    done(built, known, print, diagnostics)
}

fn order(facts: &Facts) -> (&directory::Class, &str) {
    (&facts.class, &facts.url)
}

/// Whether the pages are those of the old index, in its order and classes.
fn has_same_pages(sources: &[Source], state: &State) -> bool {
    let same = |(source, known): (&Source, &Known)| {
        source.path == known.path
            && source.facts.class == known.facts.class
            && source.facts.url == known.facts.url
    };
    sources.len() == state.pages.len() && sources.iter().zip(&state.pages).all(same)
}

/// The text of a page: made anew, in the old index, or made again.
fn text(source: &Source, kept: Option<&Known>, back: &dyn Back) -> Arc<[Passage]> {
    let own = source.passages.clone();
    own.or_else(|| kept.and_then(|one| kept_text(one, back)))
        .unwrap_or_else(|| back.passages(&source.path).into())
}

/// The text of a page as the old index has it; nothing where a file of it is gone or damaged.
fn kept_text(known: &Known, back: &dyn Back) -> Option<Arc<[Passage]>> {
    let mut passages = Vec::new();
    for (_, name) in &known.row.parts {
        let bytes = pack::unpack(&back.read(&directory::text_path(name))?)?;
        let rows: Vec<(String, String, String)> = serde_json::from_slice(&bytes).ok()?;
        passages.extend(rows.into_iter().map(|(anchor, heading, text)| Passage {
            anchor,
            heading,
            text,
        }));
    }
    Some(passages.into())
}

/// The old index with what has changed; nothing where it has to be built anew.
fn update(sources: &[Source], common: &Common, state: &State, back: &dyn Back) -> Option<Indexed> {
    let old = built_before(state)?;
    let differs = |(source, known): &(&Source, &Known)| {
        source.content != known.content || source.facts != known.facts
    };
    let pairs = sources.iter().zip(&state.pages);
    let changed: Vec<usize> = pairs
        .clone()
        .enumerate()
        .filter(|(_, pair)| differs(pair))
        .map(|(at, _)| at)
        .collect();
    if changed.is_empty() {
        return Some(done(old, state.pages.clone(), state.common, Vec::new()));
    }
    if changed.len() * 4 > sources.len() + 4 {
        return None;
    }
    let changes: Vec<Change> = changed
        .par_iter()
        .map(|at| {
            let (source, known) = (&sources[*at], &state.pages[*at]);
            let before = kept_text(known, back)?;
            let passages = match source.content == known.content {
                true => before.clone(),
                false => text(source, None, back),
            };
            Some(Change {
                number: u32::try_from(*at).ok()?,
                old: Page {
                    facts: known.facts.clone(),
                    passages: before,
                },
                new: Page {
                    facts: source.facts.clone(),
                    passages,
                },
            })
        })
        .collect::<Option<_>>()?;
    let facts: Vec<&Facts> = sources.iter().map(|source| &source.facts).collect();
    let built = index::patch(&old, &facts, &changes, common, &|path| back.read(path))?;
    let mut known = state.pages.clone();
    for change in &changes {
        let at = usize::try_from(change.number).ok()?;
        known[at] = Known {
            path: sources[at].path.clone(),
            content: sources[at].content,
            facts: sources[at].facts.clone(),
            row: built.rows[at].clone(),
            count: built.counts[at],
            probe: probe(&change.new),
        };
    }
    let touched: HashSet<usize> = old
        .directory
        .shards
        .iter()
        .zip(&built.directory.shards)
        .enumerate()
        .filter(|(_, (before, after))| before != after)
        .map(|(number, _)| number)
        .collect();
    let bits = built.directory.head.bits;
    let diagnostics = missed(&built, &known, back, |probe| {
        index::probe_shards(probe, bits)
            .iter()
            .any(|shard| touched.contains(shard))
    });
    Some(done(built, known, state.common, diagnostics))
}

/// The old index with other pages than it had; nothing where most are new or it has to be built anew.
fn renumber(
    sources: &[Source],
    common: &Common,
    state: &State,
    back: &dyn Back,
) -> Option<Indexed> {
    let old = built_before(state)?;
    let numbered = (0_u32..).zip(&state.pages);
    let numbers: HashMap<&OutputPath, (u32, &Known)> = numbered
        .map(|(number, known)| (&known.path, (number, known)))
        .collect();
    let pages: Vec<Next> = sources
        .par_iter()
        .map(|source| {
            let known = numbers.get(&source.path).copied();
            let same = known.filter(|(_, known)| known.content == source.content);
            match same {
                Some((number, known)) if known.facts == source.facts => Next::Kept(number),
                same => Next::New(Box::new(Page {
                    facts: source.facts.clone(),
                    passages: text(source, same.map(|(_, known)| known), back),
                })),
            }
        })
        .collect();
    let kept = pages.iter().filter(|page| matches!(page, Next::Kept(_)));
    if kept.count() * 2 < sources.len() {
        return None;
    }
    let facts: Vec<&Facts> = sources.iter().map(|source| &source.facts).collect();
    let built = index::renumber(&old, &pages, &facts, common, &|path| back.read(path))?;
    let parts = sources
        .iter()
        .zip(&pages)
        .zip(&built.rows)
        .zip(&built.counts);
    let known: Vec<Known> = parts
        .map(|(((source, page), row), count)| {
            let probe = match page {
                Next::Kept(_) => numbers
                    .get(&source.path)
                    .map_or_else(String::new, |(_, known)| known.probe.clone()),
                Next::New(page) => probe(page),
            };
            Known::new(source, row.clone(), *count, probe)
        })
        .collect();
    let diagnostics = missed(&built, &known, back, |_| true);
    Some(done(built, known, state.common, diagnostics))
}

/// The index of the build before; nothing where its directory is damaged.
fn built_before(state: &State) -> Option<Built> {
    Some(Built {
        directory: Directory::decode(&state.directory)?,
        rows: state.pages.iter().map(|one| one.row.clone()).collect(),
        counts: state.pages.iter().map(|one| one.count).collect(),
        files: Vec::new(),
    })
}

fn done(
    built: Built,
    pages: Vec<Known>,
    common: Fingerprint,
    diagnostics: Vec<Diagnostic>,
) -> Indexed {
    Indexed {
        paths: built.paths(),
        state: State {
            common,
            directory: built.directory.encode(),
            pages,
        },
        files: built.files,
        diagnostics,
    }
}

/// Up to eight characters from the middle of a page's text, without a gap.
fn probe(page: &Page) -> String {
    let middle = page.passages.len() / 2;
    let passages = page.passages[middle..]
        .iter()
        .chain(&page.passages[..middle]);
    let texts = passages.map(|passage| passage.text.as_str());
    texts
        .chain(std::iter::once(page.facts.title.as_str()))
        .find_map(index::middle)
        .unwrap_or_default()
}

/// The files of a new index: those made now, else those that stand.
struct Standing<'a> {
    new: BTreeMap<&'a str, &'a [u8]>,
    back: &'a dyn Back,
}

impl Files for Standing<'_> {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        match self.new.get(path) {
            Some(bytes) => Some(bytes.to_vec()),
            None => self.back.read(path),
        }
    }
}

/// Looks for pages by a string from the middle of each, as a reader would. A miss is an error of ours.
fn missed(
    built: &Built,
    pages: &[Known],
    back: &dyn Back,
    wanted: impl Fn(&str) -> bool + Sync,
) -> Vec<Diagnostic> {
    let new = built.files.iter();
    let files = Standing {
        new: new
            .map(|file| (file.path.as_str(), file.bytes.as_slice()))
            .collect(),
        back,
    };
    let numbered: Vec<(u32, &Known)> = (0_u32..).zip(pages).collect();
    // Few searchers, as each unpacks what it reads.
    let size = numbered.len().div_ceil(rayon::current_num_threads()).max(1);
    numbered
        .par_chunks(size)
        .flat_map_iter(|chunk| {
            let searcher = Searcher::open(&files);
            let mut walk = searcher.as_ref().map(Walk::new);
            let asked = chunk.iter();
            let asked = asked.filter(|(_, page)| !page.probe.is_empty() && wanted(&page.probe));
            asked
                .filter_map(|(number, page)| {
                    let walk = walk.as_mut();
                    let found = walk.is_some_and(|walk| walk.finds(&page.probe, *number));
                    (!found).then(|| miss(page))
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn miss(page: &Known) -> Diagnostic {
    let (path, probe) = (&page.path, &page.probe);
    let message = Message::new(
        format!("搜索“{probe}”找不到含有它的页面 `{path}`"),
        format!("the search for `{probe}` does not find the page `{path}` that holds it"),
    );
    Diagnostic {
        severity: Severity::Error,
        code: "search-miss".into(),
        message,
        span: None,
        help: None,
    }
    .with_help(Message::new(
        "这是程序的错误，网站没有发布；请连同这一页的源文件报告给我们",
        "this is a fault of the program and nothing was published; please report it with the page's source",
    ))
}
