//! The index of a site: pages in, files out. A pure function: the same pages give the same files,
//! whatever was built before. Entry points: [`build`]; [`patch`] where a few pages of many
//! have changed, and [`renumber`] where some came or went.

mod files;
mod patch;
mod renumber;
mod runs;

use super::directory::{
    Class, DIRECTORY, Directory, Head, Row, TRADITIONAL, VERSION, shard_of, shard_path, table_path,
    table_size, text_path, traditional_path,
};
use super::extract::Passage;
use super::keys::{self, FIRST, Gathered, OUTLINE, TITLE};
use crate::text::fold::folded;
use crate::text::symbols::{Kind, symbols};
use files::{classes, file, row, shard_file, tables, traditional};
use rayon::prelude::*;
use runs::Runs;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

pub use patch::{Change, patch};
pub use renumber::{Next, renumber};

/// A page to be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What is known of it beside its text.
    pub facts: Facts,
    /// What stands on it.
    pub passages: Arc<[Passage]>,
}

/// What is known of a page beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Facts {
    /// Its site path, percent-encoded.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Further titles: a short one, a number.
    pub names: Vec<String>,
    /// Its date, or empty.
    pub date: String,
    /// Keywords.
    pub keywords: Vec<String>,
    /// What it can be filtered by.
    pub class: Class,
}

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the site.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is the same for every page of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Common {
    /// What ids are called.
    pub names: Vec<(String, String)>,
    /// The terms with their other names and readings.
    pub terms: Vec<TermRow>,
}

/// A term as the client has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TermRow {
    /// The term and its other names.
    #[serde(rename = "n")]
    pub names: Vec<String>,
    /// Whether the other names lead to the first and not the other way.
    #[serde(rename = "o", default, skip_serializing_if = "std::ops::Not::not")]
    pub one_way: bool,
    /// Letters of the reading of each; in a file of their own.
    #[serde(skip)]
    pub readings: Vec<String>,
}

/// The shards that a query for a text without gaps reads.
#[must_use]
pub fn probe_shards(probe: &str, bits: u32) -> Vec<usize> {
    let hashes: Vec<u32> = keys::hashed(&folded(probe))
        .into_iter()
        .map(|(_, hash)| hash)
        .collect();
    let keys = keys::phrase(&hashes);
    keys.into_iter().map(|key| shard_of(key, bits)).collect()
}

/// Up to eight characters from the middle of a text, without a gap; nothing where it has none.
#[must_use]
pub fn middle(text: &str) -> Option<String> {
    let folded = folded(text);
    let row = symbols(&folded);
    let half = row.len() / 2;
    let start = (half..row.len())
        .chain(0..half)
        .find(|at| row[*at].kind == Kind::Single)?;
    let mut end = start + 1;
    while end < row.len() && end - start < 8 && row[end].kind == Kind::Single && row[end].joined {
        end += 1;
    }
    Some(folded[row[start].bytes.start..row[end - 1].bytes.end].to_owned())
}

/// The order of pages: by class, then by address.
pub fn sort(pages: &mut [Page]) {
    pages.par_sort_by(|left, right| {
        let key = |page: &Page| (page.facts.class.clone(), page.facts.url.clone());
        key(left).cmp(&key(right))
    });
}

/// The entries of one page, sorted, each once.
#[must_use]
pub fn page_keys(page: &Page) -> Vec<(u32, u16)> {
    let Page { facts, passages } = page;
    let mut keys = Gathered::default();
    let title = folded(&facts.title);
    keys.push_text(&title, TITLE);
    for name in &facts.names {
        keys.push_text(&folded(name), TITLE);
    }
    keys.push_reading(&title);
    let mut headings: Vec<&String> = passages.iter().map(|one| &one.heading).collect();
    headings.dedup();
    headings.retain(|heading| **heading != facts.title);
    for line in headings.into_iter().chain(&facts.keywords) {
        keys.push_text(&folded(line), OUTLINE);
    }
    for (at, passage) in passages.iter().enumerate() {
        keys.push_text(&folded(&passage.text), place(at));
    }
    keys.sorted()
}

/// The place of the nth passage; those beyond the last place share it.
fn place(at: usize) -> u16 {
    u16::try_from(at)
        .unwrap_or(u16::MAX)
        .saturating_add(FIRST)
        .min(keys::WHOLE - 1)
}

/// The symbols of a page's shortest title.
fn title_length(facts: &Facts) -> u8 {
    let titles = facts.names.iter().chain(std::iter::once(&facts.title));
    let count = titles.map(|title| symbols(&folded(title)).len()).min();
    u8::try_from(count.unwrap_or(0)).unwrap_or(u8::MAX)
}

/// How many bits of a key name its shard, for so many entries. A reader pays three bytes of the directory for
/// every shard, and for the half dozen that a query reads about 1.3 bytes an entry: together the least where
/// there are about as many shards as the root of thrice the entries.
fn bits_for(counts: &[u32]) -> u32 {
    let entries: u64 = counts.iter().copied().map(u64::from).sum();
    (entries * 3)
        .checked_ilog2()
        .map_or(0, |bits| (bits / 2).min(16))
}

fn count(keys: &[(u32, u16)]) -> u32 {
    u32::try_from(keys.len()).unwrap_or(u32::MAX)
}

/// An index as it was built, with what a later build needs to know of it.
#[derive(Clone, Debug)]
pub struct Built {
    /// Its directory.
    pub directory: Directory,
    /// The row of each page.
    pub rows: Vec<Row>,
    /// How many entries each page has.
    pub counts: Vec<u32>,
    /// The files that are new; others stand from before.
    pub files: Vec<File>,
}

/// The index of pages in their order ([`sort`]).
#[must_use]
pub fn build(pages: &[Page], common: &Common) -> Built {
    let titles: Vec<u8> = pages.iter().map(|page| title_length(&page.facts)).collect();
    let runs = Runs::of(pages);
    let bits = bits_for(&runs.counts);
    let shards: Vec<(u32, File)> = (0..1_usize << bits)
        .into_par_iter()
        .map(|number| shard_file(number, &runs.shard(number, bits), &titles))
        .collect();
    let (rows, texts): (Vec<Row>, Vec<Vec<File>>) = pages.par_iter().map(row).unzip();
    let facts: Vec<&Facts> = pages.iter().map(|page| &page.facts).collect();
    let mut built = finish(&facts, rows, common, &BTreeMap::new());
    built.counts = runs.counts;
    built.directory.head.bits = bits;
    built.directory.shards = shards.iter().map(|(hash, _)| *hash).collect();
    built.files.extend(shards.into_iter().map(|(_, file)| file));
    built.files.extend(texts.into_iter().flatten());
    seal(built)
}

/// Everything of an index but its shards and texts. Tables that are known already are not made again.
fn finish(
    facts: &[&Facts],
    rows: Vec<Row>,
    common: &Common,
    known: &BTreeMap<usize, u32>,
) -> Built {
    let mut files = Vec::new();
    let mut hashes = Vec::new();
    let table = table_size(rows.len());
    for (number, (hash, file)) in tables(&rows, table).into_iter().enumerate() {
        hashes.push(hash);
        if known.get(&number) != Some(&hash) {
            files.push(file);
        }
    }
    let terms = file(
        "terms",
        &serde_json::to_vec(&common.terms).unwrap_or_default(),
    );
    let readings: Vec<&Vec<String>> = common.terms.iter().map(|row| &row.readings).collect();
    let readings = file(
        "readings",
        &serde_json::to_vec(&readings).unwrap_or_default(),
    );
    let (traditional, characters): (Vec<u32>, Vec<File>) = traditional().into_iter().unzip();
    let directory = Directory {
        head: Head {
            version: VERSION,
            bits: 0,
            pages: u32::try_from(rows.len()).unwrap_or(u32::MAX),
            table: u32::try_from(table).unwrap_or(u32::MAX),
            names: common.names.clone(),
            terms: terms.path.clone(),
            readings: readings.path.clone(),
            traditional: TRADITIONAL,
            ..classes(facts)
        },
        shards: Vec::new(),
        tables: hashes,
        traditional,
    };
    files.extend([terms, readings]);
    files.extend(characters);
    Built {
        directory,
        rows,
        counts: Vec::new(),
        files,
    }
}

/// The directory is written last, when all names are known.
fn seal(mut built: Built) -> Built {
    built.files.push(File {
        path: DIRECTORY.to_owned(),
        bytes: built.directory.encode(),
    });
    built
        .files
        .sort_by(|left, right| left.path.cmp(&right.path));
    built.files.dedup_by(|left, right| left.path == right.path);
    built
}

impl Built {
    /// The paths of all files of the index.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        let Directory {
            head,
            shards,
            tables,
            traditional,
        } = &self.directory;
        let mut paths = vec![
            DIRECTORY.to_owned(),
            head.terms.clone(),
            head.readings.clone(),
        ];
        paths.extend(
            shards
                .iter()
                .enumerate()
                .map(|(number, hash)| shard_path(number, *hash)),
        );
        paths.extend(
            tables
                .iter()
                .enumerate()
                .map(|(number, hash)| table_path(number, *hash)),
        );
        let characters = traditional.iter().enumerate();
        paths.extend(characters.map(|(number, hash)| traditional_path(number, *hash)));
        let parts = self.rows.iter().flat_map(|row| &row.parts);
        paths.extend(parts.map(|(_, name)| text_path(name)));
        paths.sort_unstable();
        paths.dedup();
        paths
    }
}
