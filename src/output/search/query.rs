//! Queries over an index, file by file, as a browser does it.
//!
//! A query is folded and cut into phrases where nothing joins its symbols. A page answers exactly where
//! every phrase, or another name of it, stands in it; such pages come first, by where the phrases stand:
//! title, headings, text. Where few answer, pages that hold many of the query's rarer pairs follow:
//! that finds sentences and words with a wrong character.

mod phrase;
mod places;

use super::directory::{DIRECTORY, Directory, Row, shard_of, shard_path, table_path, text_path};
use super::index::TermRow;
use super::keys::{self, OUTLINE};
use super::pack::unpack;
use super::shard::{Posting, find, find_page};
use crate::text::fold::folded;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

pub use phrase::required;
use phrase::{Phrase, holds, lines, parts, phrases};
use places::{add, both, common, places_score, ranked};

/// Where the files of an index are.
pub trait Files {
    /// The bytes of a file, by its path below the site.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
}

/// A page that answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its number.
    pub page: u32,
    /// How well it answers.
    pub score: f64,
    /// Whether every phrase stands in it.
    pub exact: bool,
    /// The passage that answers best.
    pub passage: Option<u16>,
}

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The pages, best first.
    pub hits: Vec<Hit>,
    /// What was looked for in place of the query: the term of a reading, simplified characters.
    pub instead: Option<String>,
    /// The nearest terms, where nothing was found.
    pub nearest: Vec<String>,
}

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

/// Pages with their score and best passage.
type Places = BTreeMap<u32, (f64, Option<u16>)>;

/// How much pages that answer only in part must hold of a query, of 1.
const ENOUGH: f64 = 0.2;
/// With so many exact answers, others are not looked for.
const PLENTY: usize = 10;
/// Longer runs of letters are no initials.
const INITIALS: usize = 8;
/// Longer queries are cut.
const LONGEST: usize = 200;

/// An index opened for queries.
pub struct Searcher<'a> {
    files: &'a dyn Files,
    /// Its directory.
    pub directory: Directory,
    terms: Vec<TermRow>,
    shards: RefCell<HashMap<usize, Rc<Vec<u8>>>>,
}

impl<'a> Searcher<'a> {
    /// Opens an index; nothing where its directory is missing or damaged.
    #[must_use]
    pub fn open(files: &'a dyn Files) -> Option<Self> {
        let directory = Directory::decode(&files.read(DIRECTORY)?)?;
        let terms = files
            .read(&directory.head.terms)
            .as_deref()
            .and_then(unpack);
        let terms = terms.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Some(Self {
            files,
            directory,
            terms: terms.unwrap_or_default(),
            shards: RefCell::new(HashMap::new()),
        })
    }

    fn postings(&self, key: u32) -> Vec<Posting> {
        find(&self.shard_of(key), key)
    }

    /// The shard that holds a key; empty where it is missing or damaged.
    fn shard_of(&self, key: u32) -> Rc<Vec<u8>> {
        let number = shard_of(key, self.directory.head.bits);
        if let Some(shard) = self.shards.borrow().get(&number) {
            return Rc::clone(shard);
        }
        let hash = self.directory.shards.get(number).copied().unwrap_or(0);
        let bytes = self.files.read(&shard_path(number, hash));
        let bytes = Rc::new(bytes.as_deref().and_then(unpack).unwrap_or_default());
        self.shards.borrow_mut().insert(number, Rc::clone(&bytes));
        bytes
    }

    /// The row of a page.
    #[must_use]
    pub fn row(&self, page: u32) -> Option<Row> {
        let page = usize::try_from(page).ok()?;
        let size = usize::try_from(self.directory.head.table).ok()?;
        let number = page.checked_div(size)?;
        let path = table_path(number, *self.directory.tables.get(number)?);
        let table = unpack(&self.files.read(&path)?)?;
        let rows: Vec<Row> = serde_json::from_slice(&table).ok()?;
        rows.into_iter().nth(page % size)
    }

    /// The anchor, heading and text of a passage.
    #[must_use]
    pub fn passage(&self, row: &Row, passage: u16) -> Option<(String, String, String)> {
        let part = row
            .parts
            .iter()
            .rev()
            .find(|(first, _)| *first <= passage)?;
        let bytes = unpack(&self.files.read(&text_path(&part.1))?)?;
        let rows: Vec<(String, String, String)> = serde_json::from_slice(&bytes).ok()?;
        rows.into_iter().nth(usize::from(passage - part.0))
    }

    /// All text of a page, passage by passage.
    #[must_use]
    pub fn passages(&self, row: &Row) -> Vec<(String, String, String)> {
        let parts = row.parts.iter();
        let texts = parts.filter_map(|(_, name)| unpack(&self.files.read(&text_path(name))?));
        texts
            .filter_map(|bytes| serde_json::from_slice::<Vec<_>>(&bytes).ok())
            .flatten()
            .collect()
    }

    /// Answers a query.
    #[must_use]
    pub fn search(&self, query: &str) -> Found {
        let query: String = query.chars().take(LONGEST).collect();
        let (phrases, required) = phrases(&query);
        if phrases.is_empty() {
            return Found::default();
        }
        let mut found = Found {
            hits: self.exact(&phrases),
            ..Found::default()
        };
        if !required {
            add(&mut found.hits, self.named_otherwise(&phrases));
        }
        if found.hits.is_empty()
            && let Some(term) = self.by_reading(&query)
        {
            let (phrases, _) = phrase::phrases(&term);
            found.hits = self.exact(&phrases);
            found.instead = Some(term);
        }
        if found.hits.len() < PLENTY {
            let more = self.by_letters(&query);
            add(&mut found.hits, more);
        }
        if found.hits.len() < PLENTY && !required {
            let more = self.overlapping(&phrases);
            add(&mut found.hits, more);
        }
        if found.hits.is_empty()
            && !required
            && let Some(term) = self.by_slip(&query)
        {
            let (phrases, _) = phrase::phrases(&term);
            found.hits = self.exact(&phrases);
            found.instead = Some(term);
        }
        if found.hits.is_empty() {
            found.nearest = self.nearest(&query);
        }
        found
    }

    /// Whether a page is among those that answer a phrase exactly: what [`Searcher::search`] does, for
    /// the postings of one page.
    #[must_use]
    pub fn finds(&self, phrase: &str, page: u32) -> bool {
        let (phrases, _) = phrases(phrase);
        phrases.iter().all(|phrase| {
            let keys = keys::phrase(&phrase.symbols);
            let mut postings = keys
                .iter()
                .map(|key| find_page(&self.shard_of(*key), *key, page));
            let Some(Some(first)) = postings.next() else {
                return false;
            };
            let shared = postings.try_fold(first, |shared, posting| both(&shared, &posting?));
            shared.is_some()
        })
    }

    /// The pages in which every phrase stands.
    fn exact(&self, phrases: &[Phrase]) -> Vec<Hit> {
        let pages = phrases.iter().map(|phrase| self.pages_of(phrase));
        self.shared(pages, true)
    }

    /// The pages in which every phrase stands, or another name of it.
    fn named_otherwise(&self, phrases: &[Phrase]) -> Vec<Hit> {
        let mut any = false;
        let mut lists = Vec::new();
        for phrase in phrases {
            let mut pages = self.pages_of(phrase);
            for name in self.other_names(&phrase.text) {
                let (others, _) = phrase::phrases(&name);
                let [other] = others.as_slice() else { continue };
                any = true;
                for (page, (score, passage)) in self.pages_of(other) {
                    pages.entry(page).or_insert((score, passage));
                }
            }
            lists.push(pages);
        }
        match any {
            true => self.shared(lists.into_iter(), false),
            false => Vec::new(),
        }
    }

    /// The pages that every list holds; those with all phrases in one passage rank higher.
    fn shared(&self, lists: impl Iterator<Item = Places>, exact: bool) -> Vec<Hit> {
        let mut all: Option<Places> = None;
        for pages in lists {
            all = Some(match all {
                None => pages,
                Some(before) => {
                    let both = before.into_iter().filter_map(|(page, (score, passage))| {
                        let (more, place) = pages.get(&page)?;
                        let together = passage.is_some() && passage == *place;
                        let bonus = if together { 2.0 } else { 0.0 };
                        Some((page, (score + more + bonus, passage.or(*place))))
                    });
                    both.collect()
                }
            });
        }
        let hits = all.unwrap_or_default().into_iter();
        let hits = hits.map(|(page, (score, passage))| Hit {
            page,
            score: score * self.standing(page),
            exact,
            passage,
        });
        ranked(hits.collect())
    }

    /// What is repealed or replaced ranks behind.
    fn standing(&self, page: u32) -> f64 {
        match self.directory.class(page) {
            Some(class) if class.status.is_empty() => {
                1.0 + 0.02 * f64::from(8_u8.saturating_sub(class.rank))
            }
            _ => 0.3,
        }
    }

    /// The pages of a phrase with their score and best passage.
    fn pages_of(&self, phrase: &Phrase) -> Places {
        let keys = keys::phrase(&phrase.symbols);
        let mut lists: Vec<Vec<Posting>> = keys.iter().map(|key| self.postings(*key)).collect();
        lists.sort_by_key(Vec::len);
        let mut lists = lists.into_iter();
        let Some(mut shared) = lists.next() else {
            return BTreeMap::new();
        };
        for list in lists {
            shared = common(&shared, &list);
        }
        let length = f64::from(u32::try_from(phrase.symbols.len()).unwrap_or(u32::MAX));
        let pages = shared.into_iter().map(|posting| {
            let score = places_score(&posting, length);
            let body = posting.passages.iter().copied();
            let passage = body.clone().find(|place| *place > OUTLINE);
            (posting.page, (score, passage))
        });
        pages.collect()
    }

    /// Other names of a term. Those of a list of classes lead to the class alone: they are parts of it
    /// rather than names.
    fn other_names(&self, text: &str) -> Vec<String> {
        let mut others = Vec::new();
        for row in &self.terms {
            let mut names = row.names.iter();
            let Some(place) = names.position(|name| folded(name) == text) else {
                continue;
            };
            let names = match (row.one_way, place) {
                (true, 0) => &[],
                (true, _) => &row.names[..1],
                (false, _) => &row.names[..],
            };
            others.extend(names.iter().filter(|name| folded(name) != text).cloned());
        }
        others
    }

    /// The term that is read as the query is written.
    fn by_reading(&self, query: &str) -> Option<String> {
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
    fn by_letters(&self, query: &str) -> Vec<Hit> {
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
    fn overlapping(&self, phrases: &[Phrase]) -> Vec<Hit> {
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
    fn by_slip(&self, query: &str) -> Option<String> {
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
    fn nearest(&self, query: &str) -> Vec<String> {
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

    /// Whether a page holds every phrase of a query, and the passage where first; the title is the
    /// passage before the first.
    #[must_use]
    pub fn verify(&self, query: &str, row: &Row) -> Option<u16> {
        let passages = self.passages(row);
        let rows: Vec<Vec<Vec<u32>>> = passages
            .iter()
            .map(|(_, _, text)| lines(text))
            .chain(std::iter::once(lines(&row.title)))
            .collect();
        let mut first = None;
        for phrase in phrases(query).0 {
            let holding =
                |lines: &Vec<Vec<u32>>| lines.iter().any(|line| holds(line, &phrase.symbols));
            let place = rows.iter().position(holding)?;
            first = first.or(Some(place));
        }
        let title = rows.len() - 1;
        first.map(|place| match place == title {
            true => keys::TITLE,
            false => u16::try_from(place)
                .unwrap_or(u16::MAX)
                .saturating_add(keys::FIRST),
        })
    }
}
