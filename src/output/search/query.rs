//! Queries over an index, file by file, as a browser does it.
//!
//! A query is folded and cut into phrases where nothing joins its symbols. A page answers exactly where
//! every phrase, or another name of it, stands in it; such pages come first, by where the phrases stand:
//! title, headings, text. Where few answer, pages that hold many of the query's rarer pairs follow:
//! that finds sentences and words with a wrong character.

mod otherwise;
mod phrase;
mod places;
mod walk;

use super::directory::{
    DIRECTORY, Directory, LAST, Row, shard_of, shard_path, table_path, text_path,
};
use super::index::TermRow;
use super::keys::{self, OUTLINE};
use super::pack::unpack;
use super::shard::{Posting, find};
use crate::text::fold::folded;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

pub use phrase::required;
use phrase::{Phrase, holds, lines, phrases};
use places::{add, common, places_score, ranked};
pub use walk::Walk;

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

/// Pages with their score and best passage.
type Places = BTreeMap<u32, (f64, Option<u16>)>;

/// With so many exact answers, others are not looked for.
const PLENTY: usize = 10;
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

    /// What is replaced ranks behind, editions that do not hold any more last of all.
    fn standing(&self, page: u32) -> f64 {
        match self.directory.class(page) {
            Some(class) if class.rank == LAST => 0.0001,
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
