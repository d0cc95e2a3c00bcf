//! What a reader's first query needs of an index: how many shards and pages there are, what their files
//! are called, and what can be filtered by. Everything else is fetched by name from here.

use super::pack::{pack, unpack};
use serde::{Deserialize, Serialize};

/// Where the directory is published; every other file is named by what it holds.
pub const DIRECTORY: &str = "search/directory.bin";
/// Files that hold traditional characters; a character's number tells which.
pub const TRADITIONAL: u32 = 32;
/// The version of everything below; a client of another one does not read it.
pub const VERSION: u32 = 1;

/// The directory of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// The parts that are read as JSON.
    pub head: Head,
    /// The first three bytes of each shard's hash.
    pub shards: Vec<u32>,
    /// The same of each table of pages.
    pub tables: Vec<u32>,
    /// The same of each file of traditional characters.
    pub traditional: Vec<u32>,
}

/// The part of a directory that is JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// [`VERSION`].
    pub version: u32,
    /// Bits of a key that name its shard.
    pub bits: u32,
    /// How many pages there are.
    pub pages: u32,
    /// How many of them share a table.
    pub table: u32,
    /// What pages can be filtered by, each class once.
    pub classes: Vec<Class>,
    /// Pages stand by class: how many of each.
    pub runs: Vec<u32>,
    /// What ids are called, by `kind:…`, `industry:…`, `status:…`.
    pub names: Vec<(String, String)>,
    /// The file of terms.
    pub terms: String,
    /// The file of their readings.
    pub readings: String,
    /// How many files of traditional characters there are.
    pub traditional: u32,
}

/// The rank of editions that do not hold any more: they come last, whatever they say. `search.js` knows it.
pub const LAST: u8 = u8::MAX;

/// What pages of one class have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Class {
    /// The place of its kind among kinds: what most readers want stands first.
    pub rank: u8,
    /// The kind's word.
    pub kind: String,
    /// Ids of its industries.
    pub industries: Vec<String>,
    /// The status of a specification or reference, where it is not in force.
    pub status: String,
}

/// A page as a table has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its site path, percent-encoded.
    #[serde(rename = "u")]
    pub url: String,
    /// Its title.
    #[serde(rename = "t")]
    pub title: String,
    /// Its date, or empty.
    #[serde(rename = "d")]
    pub date: String,
    /// The files of its text: the first passage and the name of each.
    #[serde(rename = "x")]
    pub parts: Vec<(u16, String)>,
}

/// The names of shards.
#[must_use]
pub fn shard_path(number: usize, hash: u32) -> String {
    format!("search/s/{number:x}-{hash:06x}.bin")
}

/// The names of tables.
#[must_use]
pub fn table_path(number: usize, hash: u32) -> String {
    format!("search/p/{number:x}-{hash:06x}.bin")
}

/// The names of files of traditional characters.
#[must_use]
pub fn traditional_path(number: usize, hash: u32) -> String {
    format!("search/c/{number:x}-{hash:06x}.bin")
}

/// How many pages share a table. A reader pays three bytes of the directory for every table, and for the ten that
/// a page of results reads about seventy bytes a row: together the least near this.
#[must_use]
pub fn table_size(pages: usize) -> usize {
    (pages / 200).isqrt().next_power_of_two()
}

/// The names of texts.
#[must_use]
pub fn text_path(name: &str) -> String {
    format!("search/t/{name}.bin")
}

impl Directory {
    /// Its bytes: the length of the JSON, the JSON, and three bytes a shard, a table, a file of characters.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let head = serde_json::to_vec(&self.head).unwrap_or_default();
        let names = [&self.shards, &self.tables, &self.traditional];
        let names: Vec<u32> = names.into_iter().flatten().copied().collect();
        let mut bytes = Vec::with_capacity(head.len() + 4 + 3 * names.len());
        bytes.extend_from_slice(&u32::try_from(head.len()).unwrap_or(0).to_le_bytes());
        bytes.extend_from_slice(&head);
        for hash in names {
            bytes.extend_from_slice(&hash.to_le_bytes()[..3]);
        }
        pack(&bytes, 9)
    }

    /// Reads it; nothing where it is damaged or of another version.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let bytes = unpack(bytes)?;
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (head, names) = rest.split_at_checked(length)?;
        let head: Head = serde_json::from_slice(head).ok()?;
        if head.version != VERSION || head.bits > 20 {
            return None;
        }
        let shards = 1_usize << head.bits;
        let tables =
            head.pages.checked_div(head.table)? + u32::from(!head.pages.is_multiple_of(head.table));
        let tables = usize::try_from(tables).ok()?;
        let characters = usize::try_from(head.traditional).ok()?;
        let mut names = names
            .chunks_exact(3)
            .map(|name| u32::from_le_bytes([name[0], name[1], name[2], 0]));
        let shards: Vec<u32> = names.by_ref().take(shards).collect();
        let tables: Vec<u32> = names.by_ref().take(tables).collect();
        let traditional: Vec<u32> = names.take(characters).collect();
        Some(Self {
            head,
            shards,
            tables,
            traditional,
        })
    }

    /// The class of a page.
    #[must_use]
    pub fn class(&self, page: u32) -> Option<&Class> {
        let mut before = 0;
        let mut runs = self.head.runs.iter().zip(&self.head.classes);
        let found = runs.find(|(count, _)| {
            before += **count;
            page < before
        });
        found.map(|(_, class)| class)
    }
}

/// The shard of a key.
#[must_use]
pub fn shard_of(key: u32, bits: u32) -> usize {
    let number = if bits == 0 { 0 } else { key >> (32 - bits) };
    usize::try_from(number).unwrap_or(0)
}
