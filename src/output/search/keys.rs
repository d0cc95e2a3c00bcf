//! From text to keys: what the index files a page under. A key is the hash of a pair of symbols that
//! stand together, of a single symbol, or of letters of a title's reading. Two things of one key only
//! mean a candidate too many, which its text then refutes.

use crate::text::symbols::{Kind, Symbol, symbols};
use pinyin::ToPinyin;

/// The passage of a page's title.
pub const TITLE: u16 = 0;
/// The passage of its headings and keywords.
pub const OUTLINE: u16 = 1;
/// The first passage of its text.
pub const FIRST: u16 = 2;
/// The place of what holds for the page as a whole.
pub const WHOLE: u16 = u16::MAX;

/// FNV-1a of a symbol's folded text.
#[must_use]
pub fn symbol_hash(text: &str) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for byte in text.bytes().filter(|byte| *byte != b'/') {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash
}

/// The last step of MurmurHash3: every bit of the input moves every bit of the output.
fn mix(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

/// The key of two symbols that stand together.
#[must_use]
pub fn pair(left: u32, right: u32) -> u32 {
    mix(left.wrapping_mul(31).wrapping_add(right))
}

/// The key of a symbol by itself.
#[must_use]
pub fn single(symbol: u32) -> u32 {
    mix(symbol ^ 0x9e37_79b9)
}

/// The keys of symbols that stand together: of their pairs, or of the one there is.
#[must_use]
pub fn phrase(symbols: &[u32]) -> Vec<u32> {
    match symbols {
        [one] => vec![single(*one)],
        many => many.windows(2).map(|two| pair(two[0], two[1])).collect(),
    }
}

/// The key of three letters of a reading.
#[must_use]
pub fn letters(three: &str) -> u32 {
    mix(symbol_hash(three) ^ 0x7069_6e79)
}

/// The key of two initials of a reading.
#[must_use]
pub fn initials(two: &str) -> u32 {
    mix(symbol_hash(two) ^ 0x696e_6974)
}

/// Keys with the places where they stand, as they are gathered from a page.
pub struct Gathered {
    row: Vec<(u32, u16)>,
    /// Single characters pushed of late, by their last bits: most of a page's characters stand on it many times.
    recent: Box<[u32; RECENT]>,
}

const RECENT: usize = 1024;

impl Default for Gathered {
    fn default() -> Self {
        Self {
            row: Vec::with_capacity(2048),
            recent: Box::new([0; RECENT]),
        }
    }
}

impl Gathered {
    /// Adds the keys of folded text at a place of its page.
    pub fn push_text(&mut self, folded: &str, passage: u16) {
        for line in folded.split('\n') {
            let row = symbols(line);
            let mut before = 0;
            for symbol in &row {
                let hash = symbol_hash(&line[symbol.bytes.clone()]);
                match symbol.kind {
                    // A Han character by itself is asked for so seldom that the page is enough.
                    Kind::Single => self.push_once(single(hash)),
                    Kind::Letters | Kind::Digits => self.row.push((single(hash), passage)),
                }
                if symbol.joined {
                    self.row.push((pair(before, hash), passage));
                }
                before = hash;
            }
        }
    }

    fn push_once(&mut self, key: u32) {
        let slot = usize::try_from(key).unwrap_or(0) % RECENT;
        if self.recent[slot] != key {
            self.recent[slot] = key;
            self.row.push((key, WHOLE));
        }
    }

    /// Adds the keys of a title's reading: letters of the whole, and its initials.
    pub fn push_reading(&mut self, folded: &str) {
        let (whole, first) = reading(folded);
        let windows = |text: &str, size: usize| -> Vec<String> {
            let letters: Vec<char> = text.chars().collect();
            let windows = letters.windows(size);
            windows.map(|few| few.iter().collect()).collect()
        };
        let whole = windows(&whole, 3);
        let first = windows(&first, 2);
        let keys = whole.iter().map(|three| letters(three));
        let keys = keys.chain(first.iter().map(|two| initials(two)));
        self.row.extend(keys.map(|key| (key, TITLE)));
    }

    /// All keys, sorted, each place of each once.
    #[must_use]
    pub fn sorted(mut self) -> Vec<(u32, u16)> {
        // One number compares faster than two.
        let number = |(key, passage): &(u32, u16)| u64::from(*key) << 16 | u64::from(*passage);
        self.row.sort_unstable_by_key(number);
        self.row.dedup();
        self.row
    }
}

/// How a folded text is read: all letters, and the first letter of each character.
#[must_use]
pub fn reading(folded: &str) -> (String, String) {
    let (mut whole, mut first) = (String::new(), String::new());
    for character in folded.chars() {
        match character.to_pinyin() {
            Some(read) => {
                // Keyboards have no ü.
                whole.push_str(&read.plain().replace('ü', "v"));
                first.push_str(read.first_letter());
            }
            None if character.is_ascii_alphanumeric() => {
                whole.push(character);
                first.push(character);
            }
            None => {}
        }
    }
    (whole, first)
}

/// The symbols of a folded text with their hashes.
#[must_use]
pub fn hashed(folded: &str) -> Vec<(Symbol, u32)> {
    let row = symbols(folded).into_iter();
    row.map(|symbol| {
        let hash = symbol_hash(&folded[symbol.bytes.clone()]);
        (symbol, hash)
    })
    .collect()
}
