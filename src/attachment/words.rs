//! What the text of an attachment says of persons, with the part, sheet or page that says it. Bounded: a hostile file costs
//! no more than a large one, and what was not looked through is told.
//! Entry point: [`read`].

mod compound;
mod office;
mod pdf;
pub mod plain;
mod sheet;
mod xml;

use super::format::{Format, found};
use crate::text::personal::{Kind, find_with_names};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How many bytes are unpacked of one attachment: far more than anybody writes.
const MOST_BYTES: u64 = 64 << 20;
/// How many bytes of text are: a long book has two millions.
const MOST_TEXT: usize = 8 << 20;
/// How many findings are kept of one attachment: whoever has so many mends them all.
const MOST_FOUND: usize = 200;
/// How many files of an archive are looked into, and how deep archives stand in each other.
const MOST_PACKED: usize = 500;
const DEEPEST: usize = 2;

/// Where in an attachment something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// Its text, where nothing parts it.
    Text,
    /// A line of it, from 1.
    Line(u32),
    /// A page, from 1.
    Page(u32),
    /// A slide, from 1.
    Slide(u32),
    /// A row of a sheet, from 1.
    Row(String, u32),
    /// A header or footer.
    Margin,
    /// A footnote or endnote.
    Note,
    /// A remark.
    Remark,
    /// A field to fill in, or a remark on a page.
    Field,
    /// Its properties: title, subject, keywords.
    Properties,
    /// What a link leads to.
    Link,
    /// In a file of an archive.
    Within(String, Box<Place>),
}

impl Place {
    /// What readers of findings call it, in Chinese and in English.
    #[must_use]
    pub fn name(&self) -> [String; 2] {
        let both = |zh: &str, en: &str| [zh.to_owned(), en.to_owned()];
        match self {
            Self::Text => both("正文", "the text"),
            Self::Line(line) => [format!("第 {line} 行"), format!("line {line}")],
            Self::Page(page) => [format!("第 {page} 页"), format!("page {page}")],
            Self::Slide(slide) => [format!("第 {slide} 张幻灯片"), format!("slide {slide}")],
            Self::Row(sheet, row) => [
                format!("工作表“{sheet}”第 {row} 行"),
                format!("row {row} of the sheet `{sheet}`"),
            ],
            Self::Margin => both("页眉页脚", "a header or footer"),
            Self::Note => both("脚注尾注", "a note"),
            Self::Remark => both("批注", "a remark"),
            Self::Field => both("表单或批注", "a field or a remark"),
            Self::Properties => both("文件属性", "the properties"),
            Self::Link => both("超链接", "a link"),
            Self::Within(file, place) => {
                let [zh, en] = place.name();
                [format!("{file} 的{zh}"), format!("{en} of {file}")]
            }
        }
    }
}

/// Something personal in an attachment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Secret {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
    /// What is written there.
    pub value: String,
}

/// Why some of an attachment was not looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unread {
    /// There is more of it than anybody writes.
    TooLarge,
    /// Its pages are pictures.
    Scanned,
    /// Some of it cannot be read.
    Damaged,
}

/// What a look through an attachment showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What is personal in it, each once for each place.
    pub secrets: Vec<Secret>,
    /// Why some of it was not looked through.
    pub unread: Option<Unread>,
}

/// Looks through the text of a file whose name ends with `extension`; what has no text that is known here has none.
#[must_use]
pub fn read(extension: &str, bytes: &[u8]) -> Words {
    let mut look = Look {
        left: MOST_BYTES,
        text: MOST_TEXT,
        packed: MOST_PACKED,
        within: Vec::new(),
        secrets: BTreeSet::new(),
        unread: None,
    };
    look.file(extension, bytes);
    Words {
        secrets: look.secrets.into_iter().collect(),
        unread: look.unread,
    }
}

/// A look under way.
struct Look {
    /// How many bytes may yet be unpacked.
    left: u64,
    /// How much text may yet be looked at.
    text: usize,
    /// How many files of archives may yet be opened.
    packed: usize,
    /// The archives that are open, by the names of their files.
    within: Vec<String>,
    secrets: BTreeSet<Secret>,
    unread: Option<Unread>,
}

impl Look {
    fn file(&mut self, extension: &str, bytes: &[u8]) {
        let extension = extension.to_lowercase();
        if plain::ENDINGS.contains(&extension.as_str()) {
            return plain::read(self, bytes);
        }
        if super::format::expected(&extension).is_none() {
            return;
        }
        match found(bytes) {
            Format::Excel => sheet::read(self, bytes),
            Format::Word | Format::PowerPoint | Format::OpenDocument | Format::Ofd => {
                office::read(self, bytes);
            }
            Format::Pdf => pdf::read(self, bytes),
            Format::Compound => compound::read(self, bytes),
            Format::Html | Format::Rtf => plain::read(self, bytes),
            Format::Zip if self.within.len() < DEEPEST => office::archive(self, bytes),
            Format::Zip | Format::Rar | Format::SevenZip | Format::Unknown => {}
        }
    }

    /// Looks at a piece of text; numbers do not go on from one piece into the next.
    fn at(&mut self, place: &Place, text: &str) {
        let Some(left) = self.text.checked_sub(text.len()) else {
            self.miss(Unread::TooLarge);
            return;
        };
        self.text = left;
        for one in find_with_names(text) {
            if self.secrets.len() >= MOST_FOUND {
                return;
            }
            let Some(value) = text.get(one.bytes) else {
                continue;
            };
            let mut place = place.clone();
            for file in self.within.iter().rev() {
                place = Place::Within(file.clone(), Box::new(place));
            }
            self.secrets.insert(Secret {
                place,
                kind: one.kind,
                value: value.to_owned(),
            });
        }
    }

    /// Looks at each line of a text.
    fn lines(&mut self, place: &Place, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.at(place, line);
        }
    }

    /// Takes from what may yet be unpacked; whether there was enough.
    fn take(&mut self, bytes: usize) -> bool {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                true
            }
            None => {
                self.left = 0;
                self.miss(Unread::TooLarge);
                false
            }
        }
    }

    fn miss(&mut self, why: Unread) {
        self.unread.get_or_insert(why);
    }
}
