//! What earlier builds learned about source files, so that unchanged ones are neither read nor parsed
//! again. A kept result is used only where the file's bytes are known to be the same: by its stat
//! record, where that is beyond doubt, else by the fingerprint of its bytes. Another version of the
//! program, or anything damaged, is an empty cache and never an error.
//!
//! Three files: `index` (which file is where), and two that only grow, `data` (parsed keys, headings,
//! links) and `html` (texts). They are written anew when half of them is dead.

use crate::diag::Diagnostic;
use crate::fs::{self, Stat};
use crate::hash::Fingerprint;
use crate::parse::Parsed;
use crate::parse::asset::Asset;
use crate::path::SourcePath;
use crate::seal::{open, seal};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// What is kept about one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its outside, where that can be trusted.
    stat: Option<Stat>,
    /// The fingerprint of its bytes.
    pub fingerprint: Fingerprint,
    /// What it held.
    pub matter: Matter,
}

/// What a file held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Matter {
    /// A source: where its data and its text are kept.
    Source(Place, Place),
    /// A picture or other file.
    File(Asset),
}

/// A piece of a growing file, with the fingerprint it must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    bytes: Range<u64>,
    print: Fingerprint,
}

/// What a build learned about one file.
#[derive(Debug)]
pub enum Learned {
    /// Nothing new.
    Kept(Kept),
    /// A source was parsed: its encoded data and its text.
    Source(Fingerprint, Vec<u8>, std::sync::Arc<str>),
    /// A file was looked at.
    File(Fingerprint, Asset),
}

/// What the last published build began from and found, so that one with the same beginnings need not
/// run at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Last {
    /// Every source's stat record, the options and the program.
    pub inputs: Fingerprint,
    /// Its findings: warnings only.
    pub diagnostics: Vec<Diagnostic>,
    /// Documents of the site.
    pub sources: usize,
}

#[derive(Default, Serialize, Deserialize)]
struct Index {
    stamp: Fingerprint,
    generation: u32,
    data_length: u64,
    html_length: u64,
    files: Vec<(SourcePath, Kept)>,
}

/// Where the growing files are.
#[derive(Debug)]
enum Store {
    Folder(PathBuf),
    Memory { html: Vec<u8>, search: Vec<u8> },
}

/// The cache of one site.
#[derive(Debug)]
pub struct Cache {
    store: Store,
    stamp: Fingerprint,
    generation: u32,
    data: Vec<u8>,
    html_length: u64,
    files: HashMap<SourcePath, Kept>,
    last: Option<Last>,
    /// Whether the folder's index was read: a build that has nothing to do never asks for it.
    read: bool,
}

impl Cache {
    /// A cache that lives as long as the value.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::empty(
            Store::Memory {
                html: Vec::new(),
                search: Vec::new(),
            },
            Fingerprint::default(),
        )
    }

    /// The cache in a folder; `stamp` stands for the program that made it.
    #[must_use]
    pub fn open(folder: &Path, stamp: Fingerprint) -> Self {
        let mut cache = Self::empty(Store::Folder(folder.to_owned()), stamp);
        let last = fs::read_if_present(&folder.join("last")).ok().flatten();
        cache.last = last.and_then(|bytes| open(&bytes));
        cache.read = false;
        cache
    }

    /// The same place without what was kept.
    pub fn clear(&mut self) {
        self.files.clear();
        self.last = None;
        self.read = true;
    }

    /// What the last published build began from.
    #[must_use]
    pub fn last(&self) -> Option<&Last> {
        self.last.as_ref()
    }

    /// Keeps what a published build began from; `None` where that cannot be told.
    pub fn keep_last(&mut self, last: Option<Last>) {
        if self.last == last {
            return;
        }
        if let Store::Folder(folder) = &self.store {
            let path = folder.join("last");
            let kept = match &last {
                Some(last) => fs::replace(&path, &seal(last)),
                None => fs::remove_file(&path),
            };
            // An old record that cannot be removed names other beginnings than the next build's.
            drop(kept);
        }
        self.last = last;
    }

    /// What the last published build kept of its search index.
    #[must_use]
    pub fn search<T: DeserializeOwned>(&self) -> Option<T> {
        match &self.store {
            Store::Folder(folder) => {
                let bytes = fs::read_if_present(&folder.join("search")).ok().flatten()?;
                open(&bytes)
            }
            Store::Memory { search, .. } => open(search),
        }
    }

    /// Keeps what a later build needs of a search index. That it cannot be kept only means more work.
    pub fn keep_search<T: Serialize>(&mut self, state: &T) {
        let bytes = seal(state);
        match &mut self.store {
            Store::Folder(folder) => drop(fs::replace(&folder.join("search"), &bytes)),
            Store::Memory { search, .. } => *search = bytes,
        }
    }

    /// Reads the index, once.
    pub fn ready(&mut self) {
        if self.read {
            return;
        }
        self.read = true;
        if let Store::Folder(folder) = &self.store
            && let Some(read) = Self::read(folder, self.stamp)
        {
            let last = self.last.take();
            *self = Self { last, ..read };
        }
    }

    fn empty(store: Store, stamp: Fingerprint) -> Self {
        Self {
            store,
            stamp,
            generation: 0,
            data: Vec::new(),
            html_length: 0,
            files: HashMap::new(),
            last: None,
            read: true,
        }
    }

    fn read(folder: &Path, stamp: Fingerprint) -> Option<Self> {
        let index = fs::read_if_present(&folder.join("index")).ok()??;
        let index: Index = open(&index)?;
        if index.stamp != stamp {
            return None;
        }
        let mut data = fs::read(&folder.join(format!("data.{}", index.generation))).ok()?;
        let length = usize::try_from(index.data_length).ok()?;
        let html = folder.join(format!("html.{}", index.generation));
        if data.len() < length || fs::size(&html)? < index.html_length {
            return None;
        }
        data.truncate(length);
        Some(Self {
            store: Store::Folder(folder.to_owned()),
            stamp,
            generation: index.generation,
            data,
            html_length: index.html_length,
            files: index.files.into_iter().collect(),
            last: None,
            read: true,
        })
    }

    /// What is kept about a file whose stat record has not changed.
    #[must_use]
    pub fn by_stat(&self, path: &SourcePath, stat: Option<Stat>) -> Option<&Kept> {
        let kept = self.files.get(path)?;
        (stat.is_some() && kept.stat == stat).then_some(kept)
    }

    /// What is kept about a file with these bytes.
    #[must_use]
    pub fn by_content(&self, path: &SourcePath, fingerprint: Fingerprint) -> Option<&Kept> {
        let kept = self.files.get(path)?;
        (kept.fingerprint == fingerprint).then_some(kept)
    }

    /// The data of a source, without its HTML; nothing where it is damaged.
    #[must_use]
    pub fn parsed(&self, kept: &Kept) -> Option<Parsed> {
        let Matter::Source(place, _) = &kept.matter else {
            return None;
        };
        let start = usize::try_from(place.bytes.start).ok()?;
        let end = usize::try_from(place.bytes.end).ok()?;
        let bytes = self.data.get(start..end)?;
        let whole = Fingerprint::of_bytes(bytes) == place.print;
        whole.then(|| postcard::from_bytes(bytes).ok()).flatten()
    }

    /// The HTML of a source; nothing where it is damaged.
    #[must_use]
    pub fn html(&self, place: &Place) -> Option<String> {
        let length = usize::try_from(place.bytes.end - place.bytes.start).ok()?;
        let bytes = match &self.store {
            Store::Folder(folder) => {
                let path = folder.join(format!("html.{}", self.generation));
                fs::read_range(&path, place.bytes.start, length).ok()?
            }
            Store::Memory { html, .. } => {
                let start = usize::try_from(place.bytes.start).ok()?;
                html.get(start..start + length)?.to_vec()
            }
        };
        let whole = Fingerprint::of_bytes(&bytes) == place.print;
        whole.then(|| String::from_utf8(bytes).ok()).flatten()
    }

    /// Keeps what a build learned about every file; what is not among them is forgotten. `now` is when
    /// the build began: files changed just before are read again next time. A cache that cannot be
    /// written is an empty one next time.
    pub fn keep(&mut self, learned: Vec<(SourcePath, Option<Stat>, Learned)>, now: i128) {
        let mut files = Vec::with_capacity(learned.len());
        let (mut data, mut html): (Vec<Vec<u8>>, Vec<Vec<u8>>) = (Vec::new(), Vec::new());
        let mut data_length = self.data.len() as u64;
        let mut html_length = self.html_length;
        for (path, stat, learned) in learned {
            let stat = stat.filter(|stat| stat.is_settled(now));
            let (fingerprint, matter) = match learned {
                Learned::Kept(kept) => (kept.fingerprint, kept.matter),
                Learned::File(print, asset) => (print, Matter::File(asset)),
                Learned::Source(print, bytes, text) => {
                    let text = text.as_bytes().to_vec();
                    let source = Matter::Source(
                        place(&mut data_length, &bytes),
                        place(&mut html_length, &text),
                    );
                    data.push(bytes);
                    html.push(text);
                    (print, source)
                }
            };
            let kept = Kept {
                stat,
                fingerprint,
                matter,
            };
            files.push((path, kept));
        }
        let unchanged = data.is_empty()
            && files.len() == self.files.len()
            && files
                .iter()
                .all(|(path, kept)| self.files.get(path) == Some(kept));
        if unchanged {
            return;
        }
        if !self.append(&data, &html, data_length, html_length, files) {
            // Whatever stands there now does not answer to an index; the next build starts empty.
            self.forget();
        }
    }

    fn append(
        &mut self,
        data: &[Vec<u8>],
        html: &[Vec<u8>],
        data_length: u64,
        html_length: u64,
        files: Vec<(SourcePath, Kept)>,
    ) -> bool {
        let old_data = self.data.len() as u64;
        match &mut self.store {
            Store::Memory { html: kept, .. } => kept.extend(html.iter().flatten()),
            Store::Folder(folder) => {
                let data_path = folder.join(format!("data.{}", self.generation));
                let html_path = folder.join(format!("html.{}", self.generation));
                let written = fs::append_at(&data_path, old_data, data)
                    .and_then(|()| fs::append_at(&html_path, self.html_length, html));
                if written.is_err() {
                    return false;
                }
            }
        }
        self.data.extend(data.iter().flatten());
        debug_assert_eq!(self.data.len() as u64, data_length);
        self.html_length = html_length;
        let live: u64 = files.iter().map(|(_, kept)| length(kept)).sum();
        let mut index = Index {
            stamp: self.stamp,
            generation: self.generation,
            data_length,
            html_length,
            files,
        };
        if live * 2 + (1 << 20) < data_length + html_length {
            let Some(compact) = self.compact(index) else {
                return false;
            };
            index = compact;
        }
        if let Store::Folder(folder) = &self.store
            && fs::replace(&folder.join("index"), &seal(&index)).is_err()
        {
            return false;
        }
        if index.generation != self.generation {
            self.drop_generation(self.generation);
            self.generation = index.generation;
        }
        self.files = index.files.into_iter().collect();
        true
    }

    /// Both growing files without their dead parts, under the next number.
    fn compact(&mut self, mut index: Index) -> Option<Index> {
        let (mut data, mut html) = (Vec::new(), Vec::new());
        let (mut data_length, mut html_length) = (0, 0);
        for (_, kept) in &mut index.files {
            if let Matter::Source(keys, text) = &mut kept.matter {
                let start = usize::try_from(keys.bytes.start).ok()?;
                let end = usize::try_from(keys.bytes.end).ok()?;
                let bytes = self.data.get(start..end)?.to_vec();
                let words = self.html(text)?.into_bytes();
                *keys = place(&mut data_length, &bytes);
                *text = place(&mut html_length, &words);
                data.push(bytes);
                html.push(words);
            }
        }
        index.generation = self.generation.wrapping_add(1);
        index.data_length = data_length;
        index.html_length = html_length;
        match &mut self.store {
            Store::Memory { html: kept, .. } => *kept = html.concat(),
            Store::Folder(folder) => {
                let name = |kind: &str| folder.join(format!("{kind}.{}", index.generation));
                fs::append_at(&name("data"), 0, &data).ok()?;
                fs::append_at(&name("html"), 0, &html).ok()?;
            }
        }
        self.data = data.concat();
        self.html_length = html_length;
        Some(index)
    }

    fn drop_generation(&self, generation: u32) {
        if let Store::Folder(folder) = &self.store {
            // Files left behind cost room and nothing else.
            let _ = fs::remove_file(&folder.join(format!("data.{generation}")));
            let _ = fs::remove_file(&folder.join(format!("html.{generation}")));
        }
    }

    fn forget(&mut self) {
        self.files.clear();
        if let Store::Folder(folder) = &self.store {
            // An index that cannot be removed either still names pieces by their fingerprints.
            let _ = fs::remove_file(&folder.join("index"));
        }
    }
}

/// The next piece of a growing file.
fn place(length: &mut u64, bytes: &[u8]) -> Place {
    let start = *length;
    *length += bytes.len() as u64;
    Place {
        bytes: start..*length,
        print: Fingerprint::of_bytes(bytes),
    }
}

fn length(kept: &Kept) -> u64 {
    match &kept.matter {
        Matter::Source(data, html) => {
            (data.bytes.end - data.bytes.start) + (html.bytes.end - html.bytes.start)
        }
        Matter::File(..) => 0,
    }
}

/// The encoded data of a source, for [`Learned::Source`].
#[must_use]
pub fn encode(parsed: &Parsed) -> Vec<u8> {
    // Plain data always serialises; empty bytes would only be refused when they are read.
    postcard::to_allocvec(parsed).unwrap_or_default()
}
