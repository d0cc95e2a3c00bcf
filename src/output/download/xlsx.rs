//! Workbooks as `.xlsx`. The only place that knows the library; what a workbook holds is decided before
//! ([`super::sheet`]). No clock and no name of a user or machine goes in: equal workbooks are equal bytes.

mod formats;
mod rules;

use super::sheet::{Area, Book, Cell, Input, Piece, Sheet, Style, Value, placed};
use formats::{cell_format, field_format, line_format, note_format, title_format};
pub use rules::Messages;
use rules::{FIRST_LIST, Rules};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;

/// Half-width characters that a landscape page takes at full size: 277 mm of A4, 400 mm of A3, between margins.
const A4: u32 = 140;
const A4_PAPER: u8 = 9;
const A3_PAPER: u8 = 8;
/// Wider tables than this go on A3, so that nobody needs a magnifier.
const FITS_A4: u32 = A4 * 5 / 4;
/// The height of a row to fill in, in points: room for a hand.
const ROW: f64 = 22.0;
/// The bytes of a workbook.
///
/// # Errors
/// [`XlsxError`] where a spreadsheet cannot hold it: more than 16,384 columns or 1,048,576 rows.
pub fn bytes(book: &Book, messages: &Messages) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let start = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(&book.title)
        .set_subject(&book.edition)
        .set_company(&book.owner)
        .set_creation_datetime(&start);
    workbook.set_properties(&properties);
    let mut rules = Rules::new(messages, &book.identity);
    for sheet in &book.sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name)?;
        let mut writer = Writer {
            worksheet,
            sheet,
            rules: &mut rules,
            formats: BTreeMap::new(),
        };
        writer.write()?;
    }
    let identity = workbook.add_worksheet();
    identity.set_name(&book.identity)?;
    identity.set_hidden(true);
    for (row, text) in (0..).zip([&book.id, &book.edition, &book.title]) {
        identity.write_string(row, 0, text)?;
    }
    for (column, choices) in (FIRST_LIST..).zip(rules.lists()) {
        for (row, choice) in (0..).zip(choices) {
            identity.write_string(row, column, choice)?;
        }
    }
    workbook.save_to_buffer()
}

/// Writes one sheet, line after line.
struct Writer<'a, 'm> {
    worksheet: &'a mut Worksheet,
    sheet: &'a Sheet,
    rules: &'a mut Rules<'m>,
    formats: BTreeMap<(Style, bool), Format>,
}

impl Writer<'_, '_> {
    fn write(&mut self) -> Result<(), XlsxError> {
        let sheet = self.sheet;
        for (column, one) in (0..).zip(&sheet.columns) {
            self.worksheet.set_column_width(column, one.width)?;
        }
        self.worksheet.set_default_row_height(ROW);
        let mut row = 0;
        row = self.line(row, &sheet.title, &title_format(), 1.7)?;
        for line in &sheet.lines {
            row = self.line(row, line, &line_format(), 1.0)?;
        }
        row = self.fields(row)?;
        let head = row;
        row = self.table(row, &sheet.head)?;
        let first = row;
        row = self.table(row, &sheet.rows)?;
        for note in &sheet.notes {
            row = self.line(row, note, &note_format(), 0.95)?;
        }
        self.page(head, first, row)
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    fn width(&self) -> u32 {
        self.sheet
            .columns
            .iter()
            .map(|one| u32::from(one.width))
            .sum()
    }

    /// A text over all columns, in a row high enough for it: a spreadsheet does not fit the height to merged cells.
    fn line(&mut self, row: u32, text: &str, format: &Format, size: f64) -> Result<u32, XlsxError> {
        let lines = wrapped(text, f64::from(self.width()) / size);
        self.merge((row, 0), (row, self.last_column()), text, format)?;
        self.worksheet
            .set_row_height(row, f64::from(lines) * 17.0 * size + 5.0)?;
        Ok(row + 1)
    }

    /// The fields above the table, side by side where there is room.
    fn fields(&mut self, row: u32) -> Result<u32, XlsxError> {
        let fields = &self.sheet.fields;
        let columns = self.sheet.columns.len();
        if fields.is_empty() {
            return Ok(row);
        }
        let beside = fields.len().min(columns).clamp(1, 4);
        let mut row = row;
        for few in fields.chunks(beside) {
            for (at, field) in few.iter().enumerate() {
                let first = column(columns * at / beside);
                let last = column(columns * (at + 1) / beside - 1);
                self.merge(
                    (row, first),
                    (row, last),
                    &format!("{field}："),
                    &field_format(),
                )?;
            }
            self.worksheet.set_row_height(row, 24)?;
            row += 1;
        }
        Ok(row)
    }

    fn table(&mut self, first: u32, rows: &[Vec<Cell>]) -> Result<u32, XlsxError> {
        for (row, height) in (first..).zip(self.heights(rows)) {
            if height > ROW {
                self.worksheet.set_row_height(row, height)?;
            }
        }
        for (at, place, cell) in placed(rows) {
            let row = first + u32::try_from(at).unwrap_or(u32::MAX);
            let end_row = row + u32::try_from(cell.rowspan - 1).unwrap_or(u32::MAX);
            let (start, end) = (column(place), column(place + cell.colspan - 1));
            let number = matches!(cell.input, Input::Whole(_) | Input::Decimal);
            let format = self.format(cell.style, number);
            let text = match &cell.value {
                Value::Text(text) => text.as_str(),
                _ => "",
            };
            if (row, start) != (end_row, end) {
                self.worksheet
                    .merge_range(row, start, end_row, end, text, &format)?;
            }
            match &cell.value {
                Value::Text(text) => {
                    self.worksheet
                        .write_string_with_format(row, start, text, &format)?;
                }
                Value::Empty => {
                    self.worksheet.write_blank(row, start, &format)?;
                }
                Value::Number(number) => {
                    // Whole numbers up to 2⁵³ are exact.
                    #[expect(
                        clippy::cast_precision_loss,
                        reason = "a spreadsheet has no other numbers"
                    )]
                    let number = *number as f64;
                    self.worksheet
                        .write_number_with_format(row, start, number, &format)?;
                }
                Value::Sum(areas) => {
                    let cells: Vec<String> = areas.iter().map(|area| range(first, area)).collect();
                    let cells = cells.join(",");
                    let formula = Formula::new(format!("=IF(COUNT({cells})=0,\"\",SUM({cells}))"));
                    // No result at all would show as 0 where nobody reckons before the first edit.
                    let formula = formula.set_result(" ");
                    self.worksheet
                        .write_formula_with_format(row, start, formula, &format)?;
                }
                Value::Formula(pieces, result) => {
                    let text: String = pieces
                        .iter()
                        .map(|piece| match piece {
                            Piece::Word(word) => word.clone(),
                            Piece::Area(area) => range(first, area),
                        })
                        .collect();
                    let formula = Formula::new(format!("={text}")).set_result(result);
                    self.worksheet
                        .write_formula_with_format(row, start, formula, &format)?;
                }
            }
            if let Some(rule) = self.rules.of(&cell.input)? {
                self.worksheet
                    .add_data_validation(row, start, row, start, &rule)?;
            }
        }
        Ok(first + u32::try_from(rows.len()).unwrap_or(u32::MAX))
    }

    /// How high rows must be for what is printed in them: spreadsheets fit no height to merged cells, and not all of
    /// them fit any before somebody edits. Rows to fill in keep the height that grows with what is put in.
    fn heights(&self, rows: &[Vec<Cell>]) -> Vec<f64> {
        let mut heights = vec![0.0_f64; rows.len()];
        let mut high = Vec::new();
        for (row, place, cell) in placed(rows) {
            let Value::Text(text) = &cell.value else {
                continue;
            };
            let end = (place + cell.colspan).min(self.sheet.columns.len());
            let columns = self.sheet.columns.get(place..end).unwrap_or_default();
            let width: u32 = columns.iter().map(|one| u32::from(one.width)).sum();
            let lines = wrapped(text, (f64::from(width) - 2.5) * 0.95);
            let height = f64::from(lines) * 15.5 + 6.0;
            match cell.rowspan {
                1 => heights[row] = heights[row].max(height),
                rows => high.push((row, rows, height)),
            }
        }
        for (row, rows, height) in high {
            let end = (row + rows).min(heights.len());
            let there: f64 = heights[row..end].iter().map(|one| one.max(ROW)).sum();
            if height > there {
                heights[end - 1] = heights[end - 1].max(ROW) + height - there;
            }
        }
        heights
    }

    /// Cells as one, with a text.
    fn merge(
        &mut self,
        from: (u32, u16),
        to: (u32, u16),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if from == to {
            self.worksheet
                .write_string_with_format(from.0, from.1, text, format)?;
        } else {
            self.worksheet
                .merge_range(from.0, from.1, to.0, to.1, text, format)?;
        }
        Ok(())
    }

    fn format(&mut self, style: Style, number: bool) -> Format {
        let made = self.formats.entry((style, number));
        made.or_insert_with(|| cell_format(style, number)).clone()
    }

    /// How it prints: the paper, the repeated head, the numbers of pages.
    fn page(&mut self, head: u32, first: u32, end: u32) -> Result<(), XlsxError> {
        let [before, between, after] = &self.sheet.footer;
        let paper = match self.width() {
            ..=FITS_A4 => A4_PAPER,
            _ => A3_PAPER,
        };
        let columns = self.last_column();
        let worksheet = &mut self.worksheet;
        worksheet
            .set_landscape()
            .set_paper_size(paper)
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true)
            .set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.35)
            .set_footer(format!("&C&10{before}&P{between}&N{after}"));
        if first > head {
            worksheet.set_repeat_rows(head, first - 1)?;
            worksheet.set_freeze_panes(first, 0)?;
        }
        if end > 0 {
            worksheet.set_print_area(0, 0, end - 1, columns)?;
        }
        Ok(())
    }
}

fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// A column's letters: `A`, `Z`, `AA`.
fn letters(column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().collect()
}

/// Cells of the table as a spreadsheet names them; `first` is the row of the sheet where the table begins, from 0.
fn range(first: u32, area: &Area) -> String {
    let name = |row: usize, place: usize| {
        let row = u64::from(first) + u64::try_from(row).unwrap_or(u64::MAX) + 1;
        format!("{}{row}", letters(column(place)))
    };
    let start = name(area.rows.0, area.columns.0);
    match area.rows.0 == area.rows.1 && area.columns.0 == area.columns.1 {
        true => start,
        false => format!("{start}:{}", name(area.rows.1, area.columns.1)),
    }
}

/// How many lines a text takes in so many half-width characters.
fn wrapped(text: &str, width: f64) -> u32 {
    use unicode_width::UnicodeWidthStr;
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
