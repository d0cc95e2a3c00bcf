//! The index after pages have come or gone: the others have new numbers, and nothing of them is read anew.

use super::files::{row, shard_file};
use super::{
    Built, Common, Facts, File, Page, bits_for, count, finish, page_keys, seal, title_length,
};
use crate::output::search::directory::{Row, shard_of, shard_path};
use crate::output::search::pack::unpack;
use crate::output::search::shard::{self, Entry};
use rayon::prelude::*;

/// A page of the new index.
#[derive(Clone, Debug)]
pub enum Next {
    /// One of the old index by its number there, as it was.
    Kept(u32),
    /// A new or changed one.
    New(Box<Page>),
}

/// What a new page comes to: its entries, its row, the files of its text.
type Made = (Vec<(u32, u16)>, Row, Vec<File>);

/// The index of pages in their order ([`super::sort`]), made from an old one: its entries get the pages' new
/// numbers, and only new pages are cut into symbols. The same as [`super::build`] would make; nothing where an old
/// file is missing or damaged.
#[must_use]
pub fn renumber(
    old: &Built,
    pages: &[Next],
    facts: &[&Facts],
    common: &Common,
    read: &(dyn Fn(&str) -> Option<Vec<u8>> + Sync),
) -> Option<Built> {
    let titles: Vec<u8> = facts.iter().map(|one| title_length(one)).collect();
    let mut numbers: Vec<Option<u32>> = vec![None; old.rows.len()];
    for (page, number) in pages.iter().zip(0_u32..) {
        if let Next::Kept(before) = page {
            *numbers.get_mut(usize::try_from(*before).ok()?)? = Some(number);
        }
    }
    let made: Vec<Option<Made>> = pages
        .par_iter()
        .map(|page| match page {
            Next::Kept(_) => None,
            Next::New(page) => {
                let (row, files) = row(page);
                Some((page_keys(page), row, files))
            }
        })
        .collect();
    let mut fresh = Vec::new();
    let (mut rows, mut counts, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for ((page, made), number) in pages.iter().zip(made).zip(0_u32..) {
        match (page, made) {
            (Next::Kept(before), _) => {
                let before = usize::try_from(*before).ok()?;
                rows.push(old.rows.get(before)?.clone());
                counts.push(*old.counts.get(before)?);
            }
            (Next::New(_), Some((keys, row, files))) => {
                rows.push(row);
                counts.push(count(&keys));
                texts.extend(files);
                let keys = keys.into_iter();
                fresh.extend(keys.map(|(key, passage)| Entry {
                    key,
                    page: number,
                    passage,
                }));
            }
            (Next::New(_), None) => return None,
        }
    }
    fresh.par_sort_unstable();
    let before = old.directory.head.bits;
    let bits = bits_for(&counts);
    let shards: Vec<(u32, File)> = (0..1_usize << bits)
        .into_par_iter()
        .map(|number| {
            let is_mine = |entry: &Entry| shard_of(entry.key, bits) == number;
            // Where there are fewer shards than before one takes the place of several, where there are more it is a
            // part of one.
            let (first, count) = match before.checked_sub(bits) {
                Some(more) => (number << more, 1 << more),
                None => (number >> (bits - before), 1),
            };
            let mut entries = Vec::new();
            for number in first..first + count {
                let hash = *old.directory.shards.get(number)?;
                let bytes = unpack(&read(&shard_path(number, hash))?)?;
                for entry in shard::entries(&bytes)?.into_iter().filter(is_mine) {
                    let page = usize::try_from(entry.page).ok()?;
                    let page = *numbers.get(page)?;
                    entries.extend(page.map(|page| Entry { page, ..entry }));
                }
            }
            let start = fresh.partition_point(|entry| shard_of(entry.key, bits) < number);
            let mine = fresh[start..].iter().take_while(|entry| is_mine(entry));
            entries.extend(mine.copied());
            entries.sort_unstable();
            Some(shard_file(number, &entries, &titles))
        })
        .collect::<Option<_>>()?;
    let known = old.directory.tables.iter().copied().enumerate().collect();
    let mut built = finish(facts, rows, common, &known);
    built.counts = counts;
    built.directory.head.bits = bits;
    built.directory.shards = shards.iter().map(|(hash, _)| *hash).collect();
    let stands = |number: usize, hash: u32| {
        before == bits && old.directory.shards.get(number) == Some(&hash)
    };
    let shards = shards.into_iter().enumerate();
    let changed = shards.filter(|(number, (hash, _))| !stands(*number, *hash));
    built.files.extend(changed.map(|(_, (_, file))| file));
    built.files.extend(texts);
    Some(seal(built))
}
