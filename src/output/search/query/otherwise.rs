//! What answers where few pages hold a query word for word: pinyin, many of its pairs, a wrong character.

use super::phrase::{Phrase, parts};
use super::places::{add, common, ranked};
use super::{Hit, Searcher};
use crate::output::search::keys::{self, OUTLINE};
use crate::output::search::pack::unpack;
use crate::text::fold::folded;
use std::collections::{BTreeMap, HashMap};

/// What a page holds of a query.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    /// The rarities of its keys together.
    all: f64,
    keys: usize,
    /// The same of its title.
    titled: f64,
    title_keys: u32,
    title_length: u8,
}

/// How much pages that answer only in part must hold of a query, of 1.
const ENOUGH: f64 = 0.2;
/// Longer runs of letters are no initials.
const INITIALS: usize = 8;

impl Searcher<'_> {
    /// The term that is read as the query is written.
    pub(super) fn by_reading(&self, query: &str) -> Option<String> {
        let letters: String = folded(query)
            .chars()
            .filter(|one| !one.is_whitespace())
            .collect();
        if letters.len() < 2 || !letters.chars().all(|one| one.is_ascii_alphabetic()) {
            return None;
        }
        let readings = self
            .files
            .read(&self.directory.head.readings)
            .as_deref()
            .and_then(unpack)?;
        let readings: Vec<Vec<String>> = serde_json::from_slice(&readings).ok()?;
        let mut rows = readings.iter().zip(&self.terms);
        rows.find_map(|(readings, row)| {
            let mut read = readings.iter().zip(&row.names);
            let found = read.find(|(reading, _)| {
                let whole: String = reading.split(' ').collect();
                let first: String = reading
                    .split(' ')
                    .filter_map(|one| one.chars().next())
                    .collect();
                whole == letters || first == letters
            });
            found.map(|(_, name)| name.clone())
        })
    }

    /// Pages whose title is read as the query is written.
    pub(super) fn by_letters(&self, query: &str) -> Vec<Hit> {
        let letters: String = folded(query)
            .chars()
            .filter(|one| !one.is_whitespace())
            .collect();
        if letters.len() < 2 || !letters.chars().all(|one| one.is_ascii_alphanumeric()) {
            return Vec::new();
        }
        let length = f64::from(u32::try_from(letters.len()).unwrap_or(u32::MAX));
        let whole = parts(&letters, 3).into_iter().map(keys::letters);
        let first = parts(&letters, 2).into_iter().map(keys::initials);
        let first = first.filter(|_| letters.len() <= INITIALS);
        let mut hits = Vec::new();
        for (keys, weight) in [
            (whole.collect::<Vec<_>>(), 4.0),
            (first.collect::<Vec<_>>(), 2.0),
        ] {
            let mut lists = keys.into_iter().map(|key| self.postings(key));
            let Some(first) = lists.next() else { continue };
            let shared = lists.fold(first, |shared, list| common(&shared, &list));
            let found = shared.iter().map(|posting| {
                let title = f64::from(posting.title.unwrap_or(u8::MAX).max(1));
                Hit {
                    page: posting.page,
                    score: weight * (length / title).min(4.0) * self.standing(posting.page),
                    exact: false,
                    passage: None,
                }
            });
            add(&mut hits, found.collect());
        }
        ranked(hits)
    }

    /// Pages that hold enough of the query's pairs, the rarer the more.
    pub(super) fn overlapping(&self, phrases: &[Phrase]) -> Vec<Hit> {
        let total = f64::from(self.directory.head.pages.max(1));
        let mut keys: Vec<u32> = Vec::new();
        for phrase in phrases {
            keys.extend(keys::phrase(&phrase.symbols));
            keys.extend(&phrase.runs);
        }
        keys.sort_unstable();
        keys.dedup();
        let asked = keys.len();
        let mut whole = 0.0;
        let mut pages: BTreeMap<u32, Held> = BTreeMap::new();
        let mut passages: BTreeMap<(u32, u16), f64> = BTreeMap::new();
        for key in keys {
            let postings = self.postings(key);
            // A pair that stands nowhere is a slip of the writer's, and no page lacks it.
            if postings.is_empty() {
                continue;
            }
            let pages_with = f64::from(u32::try_from(postings.len()).unwrap_or(u32::MAX));
            let rarity = (1.0 + (total - pages_with + 0.5) / (pages_with + 0.5))
                .ln()
                .max(0.05);
            whole += rarity;
            for posting in &postings {
                let held = pages.entry(posting.page).or_default();
                held.all += rarity;
                held.keys += 1;
                if let Some(length) = posting.title {
                    held.titled += rarity;
                    held.title_keys += 1;
                    held.title_length = length.max(1);
                }
                for passage in posting.passages.iter().filter(|place| **place > OUTLINE) {
                    *passages.entry((posting.page, *passage)).or_default() += rarity;
                }
            }
        }
        let mut best: HashMap<u32, (f64, u16)> = HashMap::new();
        for ((page, passage), held) in passages {
            let one = best.entry(page).or_insert((held, passage));
            if held > one.0 || (held == one.0 && passage < one.1) {
                *one = (held, passage);
            }
        }
        let hits = pages.into_iter().filter_map(|(page, held)| {
            let dense = best.get(&page).map_or(0.0, |(held, _)| *held);
            let enough = held.all / whole >= ENOUGH && held.keys * 3 >= asked;
            let share = f64::from(held.title_keys) / f64::from(held.title_length.max(1));
            let score = (dense + 3.0 * held.titled * share.min(1.0).sqrt()) / whole;
            let current = self
                .directory
                .class(page)
                .is_some_and(|class| class.status.is_empty());
            enough.then(|| Hit {
                page,
                score: if current { score } else { score * 0.3 },
                exact: false,
                passage: best.get(&page).map(|(_, passage)| *passage),
            })
        });
        ranked(hits.collect())
    }

    /// The term that differs from a query in one character alone: short ones with a wrong character share no
    /// pair with the right one. Figures are no slips: GB 33001 is not GB 33000.
    pub(super) fn by_slip(&self, query: &str) -> Option<String> {
        let plain = |text: &str| -> Vec<char> {
            let folded = folded(text);
            folded.chars().filter(|one| !one.is_whitespace()).collect()
        };
        let asked = plain(query);
        let mut names = self.terms.iter().flat_map(|row| &row.names);
        let near = names.find(|name| {
            let name = plain(name);
            let same = name.len() == asked.len() && asked.len() > 2;
            let pairs = || {
                name.iter()
                    .zip(&asked)
                    .filter(|(left, right)| left != right)
            };
            let worded = |one: &char| !one.is_ascii() && one.is_alphabetic();
            same && pairs().count() == 1
                && pairs().all(|(left, right)| worded(left) && worded(right))
        });
        near.cloned()
    }

    /// Terms that share the most characters with the query.
    pub(super) fn nearest(&self, query: &str) -> Vec<String> {
        let query = folded(query);
        let mut near: Vec<(usize, &str)> = Vec::new();
        for row in &self.terms {
            for name in &row.names {
                let shared = folded(name)
                    .chars()
                    .filter(|one| query.contains(*one))
                    .count();
                if shared > 0 {
                    near.push((shared * 100 / name.chars().count().max(1), name));
                }
            }
        }
        near.sort_by(|left, right| right.0.cmp(&left.0).then(left.1.cmp(right.1)));
        near.dedup_by_key(|one| one.1);
        near.into_iter()
            .take(5)
            .map(|(_, name)| name.to_owned())
            .collect()
    }
}
