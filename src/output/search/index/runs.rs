//! The entries of many pages, sorted without holding them twice: runs of a few hundred pages each, from
//! which a shard takes what is its own.

use super::{Page, count, page_keys};
use crate::output::search::shard::Entry;
use rayon::prelude::*;

/// Pages of a run: enough that a shard looks into few of them, and below the 2¹⁶ that [`packed`] has room for.
const PAGES: usize = 512;

/// Sorted entries, run by run.
pub(super) struct Runs {
    runs: Vec<Vec<u64>>,
    /// How many each page has.
    pub(super) counts: Vec<u32>,
}

/// An entry of a run as one number: key, page within the run, passage.
fn packed(key: u32, page: u16, passage: u16) -> u64 {
    u64::from(key) << 32 | u64::from(page) << 16 | u64::from(passage)
}

/// The entry of such a number.
fn unpacked(number: u64, first_page: u32) -> Entry {
    let [a, b, c, d, e, f, g, h] = number.to_be_bytes();
    Entry {
        key: u32::from_be_bytes([a, b, c, d]),
        page: first_page + u32::from(u16::from_be_bytes([e, f])),
        passage: u16::from_be_bytes([g, h]),
    }
}

impl Runs {
    /// The entries of pages.
    pub(super) fn of(pages: &[Page]) -> Self {
        let runs = pages.par_chunks(PAGES).map(|pages| {
            let (mut run, mut counts) = (Vec::new(), Vec::new());
            for (page, of) in (0_u16..).zip(pages) {
                let keys = page_keys(of);
                counts.push(count(&keys));
                run.extend(
                    keys.into_iter()
                        .map(|(key, passage)| packed(key, page, passage)),
                );
            }
            run.sort_unstable();
            run.shrink_to_fit();
            (run, counts)
        });
        let (runs, counts): (Vec<Vec<u64>>, Vec<Vec<u32>>) = runs.unzip();
        let counts = counts.concat();
        Self { runs, counts }
    }

    /// The sorted entries of a shard.
    pub(super) fn shard(&self, number: usize, bits: u32) -> Vec<Entry> {
        let place = |number: usize| u64::try_from(number).unwrap_or(u64::MAX) << (32 - bits);
        let (from, to) = (place(number), place(number + 1));
        let mut entries = Vec::new();
        for (run, first_page) in self.runs.iter().zip((0_u32..).step_by(PAGES)) {
            let start = run.partition_point(|one| one >> 32 < from);
            let length = run[start..].partition_point(|one| one >> 32 < to);
            let mine = &run[start..start + length];
            entries.extend(mine.iter().map(|one| unpacked(*one, first_page)));
        }
        // Each run is sorted already, and pages ascend from run to run.
        entries.sort_by_key(|entry| entry.key);
        entries
    }
}
