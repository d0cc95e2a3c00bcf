//! The index after a few pages of many have changed.

use super::files::{row, shard_file};
use super::{
    Built, Common, Facts, File, Page, bits_for, count, finish, page_keys, seal, title_length,
};
use crate::output::search::directory::{shard_of, shard_path};
use crate::output::search::keys::TITLE;
use crate::output::search::pack::unpack;
use crate::output::search::shard::{self, Entry};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A page that has changed: its number, what it was and what it is.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its number.
    pub number: u32,
    /// What it was when the old index was built.
    pub old: Page,
    /// What it is.
    pub new: Page,
}

/// The index after a few pages of many have changed, made from the one before: only shards that hold
/// what changed are read and written. The same as [`build`] would make; nothing where that would have
/// other shards, or where an old shard is damaged.
#[must_use]
pub fn patch(
    old: &Built,
    facts: &[&Facts],
    changes: &[Change],
    common: &Common,
    read: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
) -> Option<Built> {
    let bits = old.directory.head.bits;
    let titles: Vec<u8> = facts.iter().map(|one| title_length(one)).collect();
    let keyed: Vec<_> = changes
        .par_iter()
        .map(|change| (page_keys(&change.old), page_keys(&change.new)))
        .collect();
    let mut counts = old.counts.clone();
    let mut touched: BTreeMap<usize, Vec<(Entry, bool)>> = BTreeMap::new();
    for (change, (before, after)) in changes.iter().zip(&keyed) {
        let page = change.number;
        *counts.get_mut(usize::try_from(page).ok()?)? = count(after);
        // The length of a title stands with each of its entries.
        let renamed = title_length(&change.old.facts) != title_length(&change.new.facts);
        let differs = |one: &(u32, u16), others: &[(u32, u16)]| {
            others.binary_search(one).is_err() || (renamed && one.1 == TITLE)
        };
        for (keys, others, added) in [(before, after, false), (after, before, true)] {
            for one in keys.iter().filter(|one| differs(one, others)) {
                let (key, passage) = *one;
                let entry = Entry { key, page, passage };
                touched
                    .entry(shard_of(key, bits))
                    .or_default()
                    .push((entry, added));
            }
        }
    }
    if bits_for(&counts) != bits {
        return None;
    }
    let patched: Vec<(usize, u32, File)> = touched
        .into_par_iter()
        .map(|(number, edits)| {
            let hash = *old.directory.shards.get(number)?;
            let bytes = unpack(&read(&shard_path(number, hash))?)?;
            let gone: Vec<Entry> = edits
                .iter()
                .filter(|(_, added)| !added)
                .map(|(one, _)| *one)
                .collect();
            let mut all = shard::entries(&bytes)?;
            all.retain(|entry| !gone.contains(entry));
            all.extend(
                edits
                    .iter()
                    .filter(|(_, added)| *added)
                    .map(|(one, _)| *one),
            );
            all.sort_unstable();
            all.dedup();
            let (hash, file) = shard_file(number, &all, &titles);
            Some((number, hash, file))
        })
        .collect::<Option<_>>()?;
    let mut rows = old.rows.clone();
    let mut texts = Vec::new();
    for change in changes {
        let (new, files) = row(&change.new);
        *rows.get_mut(usize::try_from(change.number).ok()?)? = new;
        texts.extend(files);
    }
    let known = old.directory.tables.iter().copied().enumerate().collect();
    let mut built = finish(facts, rows, common, &known);
    built.counts = counts;
    built.directory.head.bits = bits;
    built.directory.shards.clone_from(&old.directory.shards);
    for (number, hash, file) in patched {
        built.directory.shards[number] = hash;
        built.files.push(file);
    }
    built.files.extend(texts);
    Some(seal(built))
}
