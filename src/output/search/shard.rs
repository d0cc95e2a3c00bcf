//! A shard: the postings of the keys whose first bits are its number.
//!
//! ```text
//! shard    := { key-gap  length  postings }   keys ascending; the gap is from the key before, plus 0
//! postings := { page-gap*4 + form  rest }     pages ascending; the first gap is the page itself
//! form 0: one passage of the text             rest := passage
//! form 1: the page as a whole                 rest := nothing
//! form 2: several passages                    rest := count  first  gap ...
//! form 3: the title, and maybe more           rest := symbols-of-the-title  count  [first  gap ...]
//! ```
//!
//! All numbers are varints of seven bits a byte, the low ones first.

/// One thing filed: under a key, a page, at a place of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The key.
    pub key: u32,
    /// The page's number.
    pub page: u32,
    /// The passage, or [`super::keys::WHOLE`].
    pub passage: u16,
}

use super::keys::{TITLE, WHOLE};

/// The bytes of a shard. `entries` are sorted and each there once; `titles` has the symbols of each
/// page's title.
#[must_use]
pub fn encode(entries: &[Entry], titles: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(entries.len() * 3);
    let mut before = 0;
    let mut postings = Vec::new();
    for one in entries.chunk_by(|left, right| left.key == right.key) {
        let Some(first) = one.first() else { continue };
        postings.clear();
        let mut last_page = 0;
        for page in one.chunk_by(|left, right| left.page == right.page) {
            push_page(&mut postings, page, &mut last_page, titles);
        }
        push(&mut bytes, first.key - before);
        push(&mut bytes, postings.len().try_into().unwrap_or(u32::MAX));
        bytes.extend_from_slice(&postings);
        before = first.key;
    }
    bytes
}

fn push_page(out: &mut Vec<u8>, entries: &[Entry], last: &mut u32, titles: &[u8]) {
    let Some(first) = entries.first() else { return };
    let gap = (first.page - *last) << 2;
    *last = first.page;
    // The whole says nothing where a place is known.
    let places = entries.iter().map(|entry| entry.passage);
    let places: Vec<u16> = places.filter(|place| *place != WHOLE).collect();
    match places.as_slice() {
        [] => push(out, gap | 1),
        [TITLE, rest @ ..] => {
            push(out, gap | 3);
            let title = titles.get(usize::try_from(first.page).unwrap_or(usize::MAX));
            push(out, title.copied().unwrap_or(0).into());
            push_gaps(out, rest);
        }
        [one] => {
            push(out, gap);
            push(out, (*one).into());
        }
        several => {
            push(out, gap | 2);
            push_gaps(out, several);
        }
    }
}

fn push_gaps(out: &mut Vec<u8>, places: &[u16]) {
    push(out, places.len().try_into().unwrap_or(u32::MAX));
    let mut before = 0;
    for place in places {
        push(out, u32::from(place - before));
        before = *place;
    }
}

fn push(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}

/// The places of one page under one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The page.
    pub page: u32,
    /// The symbols of its title, where that holds the key.
    pub title: Option<u8>,
    /// The passages that hold it; empty where only the page as a whole is known.
    pub passages: Vec<u16>,
}

/// Reads numbers one after another; nothing beyond the end or in a number too long.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn next(&mut self) -> Option<u32> {
        let mut number: u32 = 0;
        for shift in (0..35).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

/// The postings of a key; none where the shard does not hold it or is damaged.
#[must_use]
pub fn find(shard: &[u8], key: u32) -> Vec<Posting> {
    let postings = postings(shard, key).and_then(|place| shard.get(place));
    let postings = postings.map(Postings::new);
    let all: Option<Vec<Posting>> = postings.map(Iterator::collect).unwrap_or_default();
    all.unwrap_or_default()
}

/// A place in the postings of a key, for one page after another.
#[derive(Clone, Debug)]
pub struct Cursor {
    rest: std::ops::Range<usize>,
    page: u32,
}

impl Cursor {
    /// Before the first posting of a key; nothing where the shard does not hold it.
    #[must_use]
    pub fn new(shard: &[u8], key: u32) -> Option<Self> {
        let rest = postings(shard, key)?;
        Some(Self { rest, page: 0 })
    }

    /// The posting of a page in the same shard. Earlier pages are passed over for good.
    pub fn find(&mut self, shard: &[u8], page: u32) -> Option<Posting> {
        let mut postings = Postings {
            numbers: Numbers(shard.get(self.rest.clone())?),
            page: self.page,
        };
        postings.skip_to(page);
        self.page = postings.page;
        self.rest.start = self.rest.end - postings.numbers.0.len();
        let posting = postings.next().flatten();
        posting.filter(|posting| posting.page == page)
    }
}

/// Where the postings of a key stand.
fn postings(shard: &[u8], key: u32) -> Option<std::ops::Range<usize>> {
    let mut numbers = Numbers(shard);
    let mut at: u32 = 0;
    loop {
        at = at.wrapping_add(numbers.next()?);
        let length = usize::try_from(numbers.next()?).ok()?;
        let (postings, rest) = numbers.0.split_at_checked(length)?;
        match at.cmp(&key) {
            std::cmp::Ordering::Less => numbers.0 = rest,
            std::cmp::Ordering::Equal => {
                let end = shard.len() - rest.len();
                return Some(end - postings.len()..end);
            }
            std::cmp::Ordering::Greater => return None,
        }
    }
}

/// Reads postings one after another; a damaged one is the last and nothing.
struct Postings<'a> {
    numbers: Numbers<'a>,
    page: u32,
}

impl<'a> Postings<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            numbers: Numbers(bytes),
            page: 0,
        }
    }

    /// Passes over the postings of pages before one.
    fn skip_to(&mut self, page: u32) {
        while let Some(head) = Numbers(self.numbers.0).next() {
            if self.page.wrapping_add(head >> 2) >= page || self.skip().is_none() {
                return;
            }
        }
    }

    fn skip(&mut self) -> Option<()> {
        let head = self.numbers.next()?;
        self.page = self.page.wrapping_add(head >> 2);
        let numbers = match head & 3 {
            0 => 1,
            1 => 0,
            form => {
                if form == 3 {
                    self.numbers.next()?;
                }
                self.numbers.next()?
            }
        };
        (0..numbers).try_for_each(|_| self.numbers.next().map(drop))
    }

    fn read(&mut self) -> Option<Posting> {
        let numbers = &mut self.numbers;
        let head = numbers.next()?;
        self.page = self.page.wrapping_add(head >> 2);
        let mut posting = Posting {
            page: self.page,
            title: None,
            passages: Vec::new(),
        };
        match head & 3 {
            0 => posting.passages.push(u16::try_from(numbers.next()?).ok()?),
            1 => {}
            form => {
                if form == 3 {
                    posting.title = Some(u8::try_from(numbers.next()?).ok()?);
                }
                let mut passage: u32 = 0;
                for _ in 0..numbers.next()? {
                    passage = passage.checked_add(numbers.next()?)?;
                    posting.passages.push(u16::try_from(passage).ok()?);
                }
            }
        }
        Some(posting)
    }
}

impl Iterator for Postings<'_> {
    type Item = Option<Posting>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.numbers.0.is_empty() {
            return None;
        }
        let posting = self.read();
        if posting.is_none() {
            self.numbers.0 = &[];
        }
        Some(posting)
    }
}

/// Everything that a shard holds; nothing where it is damaged.
#[must_use]
pub fn entries(shard: &[u8]) -> Option<Vec<Entry>> {
    let mut numbers = Numbers(shard);
    let mut all = Vec::new();
    let mut key: u32 = 0;
    while !numbers.0.is_empty() {
        key = key.checked_add(numbers.next()?)?;
        let length = usize::try_from(numbers.next()?).ok()?;
        let (postings, rest) = numbers.0.split_at_checked(length)?;
        numbers.0 = rest;
        for posting in Postings::new(postings) {
            let posting = posting?;
            let page = posting.page;
            let mut add = |passage| all.push(Entry { key, page, passage });
            if posting.title.is_some() {
                add(TITLE);
            }
            if posting.title.is_none() && posting.passages.is_empty() {
                add(WHOLE);
            }
            posting.passages.iter().copied().for_each(add);
        }
    }
    Some(all)
}
