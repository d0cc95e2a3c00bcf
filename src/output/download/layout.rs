//! How a sheet lies on paper: which paper, at which scale, how high its rows are. A spreadsheet fits no height to
//! merged cells, and not all of them fit any before somebody edits, so all heights are reckoned here.

use super::sheet::{Cell, Column, Sheet, Value, placed};
use unicode_width::UnicodeWidthStr;

/// The paper that a sheet is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// A4 upright.
    UprightA4,
    /// A4 across.
    A4,
    /// A3 across.
    A3,
}

impl Paper {
    /// Columns of a spreadsheet's default letters that fit between the margins at full size: 179, 266 and 389 mm.
    fn columns(self) -> u32 {
        match self {
            Self::UprightA4 => 92,
            Self::A4 => 136,
            Self::A3 => 200,
        }
    }

    /// The height between the margins, in points: 264, 177 and 264 mm.
    fn height(self) -> f64 {
        match self {
            Self::UprightA4 | Self::A3 => 748.0,
            Self::A4 => 501.0,
        }
    }
}

/// A sheet on its paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// The paper.
    pub paper: Paper,
    /// How much smaller it is printed, at most 1.
    pub scale: f64,
}

/// The smallest print that is still good to read: 11 points at this scale are 8.2. Wider sheets go on larger paper.
const SMALLEST: f64 = 0.73;
/// A millimetre in points.
const MILLIMETRE: f64 = 72.0 / 25.4;

impl Layout {
    /// The paper of a sheet: the smallest on which it is good to read.
    #[must_use]
    pub fn of(sheet: &Sheet) -> Self {
        let width = width(&sheet.columns);
        let narrow = width <= Paper::UprightA4.columns();
        let paper = match () {
            () if sheet.upright || narrow => Paper::UprightA4,
            () if f64::from(Paper::A4.columns()) >= f64::from(width) * SMALLEST => Paper::A4,
            () => Paper::A3,
        };
        let scale = f64::from(paper.columns()) / f64::from(width.max(1));
        Self {
            paper,
            scale: scale.min(1.0),
        }
    }

    /// The height of a row to fill in, in points of the sheet, so that it is as high as the hand needs on paper.
    #[must_use]
    pub fn row(&self, sheet: &Sheet) -> f64 {
        f64::from(sheet.hand.max(HAND)) * MILLIMETRE / self.scale
    }

    /// The height of a page in points of the sheet.
    fn page(&self) -> f64 {
        self.paper.height() / self.scale
    }
}

/// The height of a row to fill in on paper, in millimetres, where a sheet asks for no other.
const HAND: u16 = 8;
/// The height of the line of fields above a table, in points.
pub const FIELD: f64 = 26.0;

fn width(columns: &[Column]) -> u32 {
    columns.iter().map(|one| u32::from(one.width)).sum()
}

/// The height of a text over all columns, in letters `size` times as large as those of the table.
#[must_use]
pub fn line(sheet: &Sheet, text: &str, size: f64) -> f64 {
    let lines = wrapped(text, f64::from(width(&sheet.columns)) / size);
    f64::from(lines) * 17.0 * size + 5.0
}

/// How large the title is, beside the letters of the table.
pub const TITLE: f64 = 1.7;
/// How large a note is.
pub const NOTE: f64 = 0.95;

/// How high rows must be for what is printed in them; 0 for those that only wait for a hand.
#[must_use]
pub fn heights(sheet: &Sheet, rows: &[Vec<Cell>], row_height: f64) -> Vec<f64> {
    let mut heights = vec![0.0_f64; rows.len()];
    let mut high = Vec::new();
    for (row, place, cell) in placed(rows) {
        let Value::Text(text) = &cell.value else {
            continue;
        };
        let end = (place + cell.colspan).min(sheet.columns.len());
        let columns = sheet.columns.get(place..end).unwrap_or_default();
        let lines = wrapped(text, room(width(columns)));
        let height = f64::from(lines) * 15.5 + 6.0;
        match cell.rowspan {
            1 => heights[row] = heights[row].max(height),
            rows => high.push((row, rows, height)),
        }
    }
    for (row, rows, height) in high {
        let end = (row + rows).min(heights.len());
        let there: f64 = heights[row..end]
            .iter()
            .map(|one| one.max(row_height))
            .sum();
        if height > there {
            heights[end - 1] = heights[end - 1].max(row_height) + height - there;
        }
    }
    heights
}

/// Half-width characters that stand beside each other in so many widths: a width is a digit of 7 pixels, half a Han
/// character takes 7.5, and the cell keeps a little for itself.
fn room(width: u32) -> f64 {
    (f64::from(width) * 14.0 / 15.0 - 1.0).max(2.0)
}

/// The width that a text needs to stand in one line.
#[must_use]
pub fn needed(text: &str) -> usize {
    text.width() * 15 / 14 + 2
}

/// A head in lines of at most `most` Han characters, parted alike: 规上企业 in lines of three stands as two and two. A
/// head that is not all Han characters is left alone.
#[must_use]
pub fn parted(text: &str, most: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let plain = letters.iter().all(|one| crate::text::is_han(*one));
    if letters.len() <= most || !plain || most == 0 {
        return text.to_owned();
    }
    let lines = letters.len().div_ceil(most);
    let each = letters.len().div_ceil(lines);
    let lines: Vec<String> = letters.chunks(each).map(String::from_iter).collect();
    lines.join("\n")
}

/// How many rows to fill in fill so many pages, below what stands above the table and over the notes; at least
/// `least`.
#[must_use]
pub fn filling(sheet: &Sheet, pages: usize, least: usize) -> usize {
    let layout = Layout::of(sheet);
    let row = layout.row(sheet);
    let sum = |rows: &[Vec<Cell>]| -> f64 {
        heights(sheet, rows, row)
            .into_iter()
            .map(|one| one.max(row))
            .sum()
    };
    let lines: f64 = sheet.lines.iter().map(|text| line(sheet, text, 1.0)).sum();
    let notes: f64 = sheet.notes.iter().map(|text| line(sheet, text, NOTE)).sum();
    let above = line(sheet, &sheet.title, TITLE) + lines + FIELD;
    let (head, rows) = (sum(&sheet.head), sum(&sheet.rows));
    let mut count = 0_usize;
    let mut left = layout.page() - above - head - rows;
    for page in 0..pages {
        if page > 0 {
            left = layout.page() - head;
        }
        let kept = if page + 1 == pages {
            notes + FIELD
        } else {
            0.0
        };
        while left - kept >= row {
            left -= row;
            count += 1;
        }
    }
    // Another program may set its letters a little higher: one row less keeps the last from a page of its own.
    count.saturating_sub(1).max(least)
}

/// How many lines a text takes in so many half-width characters.
fn wrapped(text: &str, width: f64) -> u32 {
    let count = |line: &str| {
        let length = u32::try_from(line.width()).unwrap_or(u32::MAX);
        let mut lines = 1;
        while f64::from(lines) * width < f64::from(length) {
            lines += 1;
        }
        lines
    };
    text.split('\n').map(count).sum()
}
