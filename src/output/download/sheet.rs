//! A workbook before anything writes it: what stands in each cell, what goes into it, how it prints. Equal
//! workbooks are equal bytes.

use super::words::Words;
use serde::Serialize;

/// A workbook.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Book {
    /// Which form it is: the page's target, by which a returned file is recognised.
    pub id: String,
    /// Its edition, or empty.
    pub edition: String,
    /// Its title.
    pub title: String,
    /// The issuing body, or empty.
    pub owner: String,
    /// The name of the hidden sheet that says so.
    pub identity: String,
    /// The sheets in order.
    pub sheets: Vec<Sheet>,
}

/// A sheet: a title, fields, a table and notes, printed on pages that repeat the head.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Sheet {
    /// The name of its tab; see [`tab_name`].
    pub name: String,
    /// The title over the table.
    pub title: String,
    /// Lines below the title.
    pub lines: Vec<String>,
    /// Fields above the table, each followed by room to write.
    pub fields: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The head, a row at a time: a cell that a span covers is left out.
    pub head: Vec<Vec<Cell>>,
    /// The rows of the table, likewise.
    pub rows: Vec<Vec<Cell>>,
    /// Remarks below the table.
    pub notes: Vec<String>,
    /// Fields below everything: who signs.
    pub closing: Vec<String>,
    /// Whether it is printed upright, however wide it is.
    pub upright: bool,
    /// The height of a row to fill in on paper, in millimetres; 0 for the usual one.
    pub hand: u16,
    /// The footer's words before, between and after the numbers of the page and of all pages.
    pub footer: [String; 3],
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Column {
    /// Its width in half-width characters.
    pub width: u16,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Cell {
    /// What stands in it.
    pub value: Value,
    /// What may be put in.
    pub input: Input,
    /// How it looks.
    pub style: Style,
    /// Columns that it spans.
    pub colspan: usize,
    /// Rows that it spans.
    pub rowspan: usize,
}

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub enum Value {
    /// Nothing yet.
    #[default]
    Empty,
    /// Text, whatever it looks like.
    Text(String),
    /// A whole number.
    Number(i64),
    /// The sum of parts, empty as long as they are.
    Sum(Vec<Area>),
    /// Something else worked out from the sheet, with what comes out before anybody fills it in.
    Formula(Vec<Piece>, String),
}

/// A part of a formula.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub enum Piece {
    /// As written.
    Word(String),
    /// Cells, as `A1:B2`.
    Area(Area),
}

/// Cells of the table by the places of rows and columns from 0, the last ones included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Area {
    /// Of the rows below the head.
    pub rows: (usize, usize),
    /// Of the columns.
    pub columns: (usize, usize),
}

impl Area {
    /// One cell.
    #[must_use]
    pub fn cell(row: usize, column: usize) -> Self {
        Self {
            rows: (row, row),
            columns: (column, column),
        }
    }
}

/// What may be put into a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub enum Input {
    /// Anything.
    #[default]
    Any,
    /// A whole number from 0, up to a limit where there is one.
    Whole(Option<i64>),
    /// A number from 0.
    Decimal,
    /// A day.
    Date,
    /// One of these.
    Choice(Vec<String>),
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Style {
    /// Room to write, text from the left.
    #[default]
    Text,
    /// Room to write in the middle.
    Middle,
    /// The head of a column.
    Head,
    /// The label of a row.
    Label,
    /// The heading of a group of rows.
    Group,
    /// An example of how to fill in.
    Example,
    /// A total.
    Total,
    /// A label on one of the four colours of risk.
    Red,
    /// See [`Style::Red`].
    Orange,
    /// See [`Style::Red`].
    Yellow,
    /// See [`Style::Red`].
    Blue,
}

impl Cell {
    /// A cell of one column and one row.
    #[must_use]
    pub fn new(value: Value, style: Style) -> Self {
        Self {
            value,
            input: Input::Any,
            style,
            colspan: 1,
            rowspan: 1,
        }
    }

    /// A cell with text; empty where there is none.
    #[must_use]
    pub fn text(text: &str, style: Style) -> Self {
        let value = match text {
            "" => Value::Empty,
            text => Value::Text(text.to_owned()),
        };
        Self::new(value, style)
    }

    /// The cell over several columns and rows.
    #[must_use]
    pub fn over(mut self, colspan: usize, rowspan: usize) -> Self {
        (self.colspan, self.rowspan) = (colspan.max(1), rowspan.max(1));
        self
    }

    /// The cell with what may be put in.
    #[must_use]
    pub fn takes(mut self, input: Input) -> Self {
        self.input = input;
        self
    }
}

/// A head of one row: a word for each column.
#[must_use]
pub fn head<const N: usize>(words: Words<'_>, keys: [&str; N]) -> Vec<Vec<Cell>> {
    vec![
        keys.map(|key| Cell::text(words.of(key), Style::Head))
            .into(),
    ]
}

/// Columns of these widths.
#[must_use]
pub fn columns<const N: usize>(widths: [u16; N]) -> Vec<Column> {
    widths.map(|width| Column { width }).into()
}

/// Where the cells of rows stand: row and column of each from 0, those that a span from above covers passed
/// over.
#[must_use]
pub fn placed(rows: &[Vec<Cell>]) -> Vec<(usize, usize, &Cell)> {
    let mut places = Vec::new();
    // For each column, how many rows are still covered.
    let mut covered: Vec<usize> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut column = 0;
        for cell in row {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            places.push((at, column, cell));
            let end = column + cell.colspan;
            if covered.len() < end {
                covered.resize(end, 0);
            }
            covered[column..end].fill(cell.rowspan);
            column = end;
        }
        for rows in &mut covered {
            *rows = rows.saturating_sub(1);
        }
    }
    places
}

/// The longest name of a tab that spreadsheets take.
const TAB: usize = 31;

/// A name of a tab that every spreadsheet takes: no sign that they refuse, at most 31 characters, and unlike those
/// that are taken.
#[must_use]
pub fn tab_name(title: &str, taken: &[String]) -> String {
    let plain: String = title
        .chars()
        .map(|one| match one {
            '[' | '【' => '（',
            ']' | '】' => '）',
            ':' => '：',
            '*' | '?' | '/' | '\\' | '\'' => ' ',
            one if one.is_control() => ' ',
            one => one,
        })
        .collect();
    let cut = |text: &str, count: usize| -> String {
        // Spreadsheets count in UTF-16.
        let mut units = 0;
        let fits = |one: &char| {
            units += one.len_utf16();
            units <= count
        };
        text.trim().chars().take_while(fits).collect()
    };
    let first = match cut(&plain, TAB) {
        name if name.is_empty() => "1".to_owned(),
        name => name,
    };
    let is_taken = |name: &String| {
        taken
            .iter()
            .any(|one| one.to_lowercase() == name.to_lowercase())
    };
    let numbered = (2..).map(|number: u32| {
        let end = format!(" {number}");
        format!("{}{end}", cut(&first, TAB - end.len()))
    });
    let mut names = std::iter::once(first.clone()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_default()
}
