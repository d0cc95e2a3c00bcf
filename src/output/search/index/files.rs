//! The files of an index: shards, tables, texts and lists, each named by what it holds.

use super::{Facts, File, Page, place};
use crate::hash::Fingerprint;
use crate::output::search::directory::{
    Head, Row, TRADITIONAL, shard_path, table_path, text_path, traditional_path,
};
use crate::output::search::extract::Passage;
use crate::output::search::pack::pack;
use crate::output::search::shard::{self, Entry};
use rayon::prelude::*;

/// A file of text ends with the passage that takes it beyond this many bytes.
const PART: usize = 1800;

/// The name of bytes: the first three bytes of their hash.
fn short(bytes: &[u8]) -> u32 {
    let bytes = Fingerprint::of_bytes(bytes).to_bytes();
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0])
}

/// A name that two different files do not share.
fn long(bytes: &[u8]) -> String {
    let bytes = Fingerprint::of_bytes(bytes).to_bytes();
    bytes[..6]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A shard, and the hash that names it.
pub(super) fn shard_file(number: usize, entries: &[Entry], titles: &[u8]) -> (u32, File) {
    let bytes = pack(&shard::encode(entries, titles), 4);
    let hash = short(&bytes);
    let path = shard_path(number, hash);
    (hash, File { path, bytes })
}

/// A page's row with the files of its text.
pub(super) fn row(page: &Page) -> (Row, Vec<File>) {
    let mut parts = Vec::new();
    let mut files = Vec::new();
    let mut start = 0;
    let passages = &page.passages;
    while start < passages.len() {
        let mut size = 0;
        let mut end = start;
        while end < passages.len() && (end == start || size + passages[end].text.len() <= PART) {
            size += passages[end].text.len();
            end += 1;
        }
        let bytes = pack(&part(&passages[start..end]), 3);
        let name = long(&bytes);
        parts.push((place(start), name.clone()));
        files.push(File {
            path: text_path(&name),
            bytes,
        });
        start = end;
    }
    let row = Row {
        url: page.facts.url.clone(),
        title: page.facts.title.clone(),
        date: page.facts.date.clone(),
        parts,
    };
    (row, files)
}

/// Passages as a client reads them: anchor, heading and text of each.
fn part(passages: &[Passage]) -> Vec<u8> {
    let rows: Vec<(&str, &str, &str)> = passages
        .iter()
        .map(|one| (one.anchor.as_str(), one.heading.as_str(), one.text.as_str()))
        .collect();
    serde_json::to_vec(&rows).unwrap_or_default()
}

/// The tables of all rows, so many in each, with the hashes that name them.
pub(super) fn tables(rows: &[Row], size: usize) -> Vec<(u32, File)> {
    let tables = rows.par_chunks(size).enumerate();
    tables
        .map(|(number, rows)| {
            let bytes = pack(&serde_json::to_vec(rows).unwrap_or_default(), 9);
            let hash = short(&bytes);
            let path = table_path(number, hash);
            (hash, File { path, bytes })
        })
        .collect()
}

/// The classes of pages and how many stand in each.
pub(super) fn classes(facts: &[&Facts]) -> Head {
    let mut head = Head::default();
    for one in facts.chunk_by(|left, right| left.class == right.class) {
        head.classes.push(one[0].class.clone());
        head.runs.push(u32::try_from(one.len()).unwrap_or(u32::MAX));
    }
    head
}

/// A file of its own.
pub(super) fn file(name: &str, bytes: &[u8]) -> File {
    let bytes = pack(bytes, 9);
    File {
        path: format!("search/{name}-{:06x}.bin", short(&bytes)),
        bytes,
    }
}

/// Traditional characters and their simplified forms, one after the other, with the hashes that name the files.
pub(super) fn traditional() -> Vec<(u32, File)> {
    let mut pairs: Vec<(char, char)> = crate::text::fold::simplifications()
        .iter()
        .map(|(from, to)| (*from, *to))
        .collect();
    pairs.sort_unstable();
    let files = (0..TRADITIONAL).map(|number| {
        let of = pairs
            .iter()
            .filter(|(from, _)| u32::from(*from) % TRADITIONAL == number);
        let text: String = of.flat_map(|(from, to)| [*from, *to]).collect();
        let bytes = pack(text.as_bytes(), 9);
        let hash = short(&bytes);
        let path = traditional_path(usize::try_from(number).unwrap_or(0), hash);
        (hash, File { path, bytes })
    });
    files.collect()
}
