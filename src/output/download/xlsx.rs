//! Workbooks as `.xlsx`. The only place that knows the library; what a workbook holds is decided before
//! ([`super::sheet`]). No clock and no name of a user or machine goes in: equal workbooks are equal bytes.

mod formats;
mod rules;

use super::layout::{self, Layout, Paper};
use super::sheet::{Area, Book, Cell, Input, Piece, Sheet, Style, Value, placed};
use formats::{cell_format, default_format, field_format, line_format, note_format, title_format};
pub use rules::Messages;
use rules::{FIRST_LIST, Rules};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;

const A4_PAPER: u8 = 9;
const A3_PAPER: u8 = 8;
/// The usual height of a row and width of a column in pixels, where the default letters are 宋体 of 11 points.
const DEFAULT_ROW: u32 = 18;
const DEFAULT_COLUMN: u32 = 72;
/// A spreadsheet counts the widths of columns in digits of its default letters: 8 pixels in 宋体, where sheets are laid
/// out in digits of 7.
const DIGIT: f64 = 7.0 / 8.0;
/// Characters of the title at the foot of a page.
const FOOTER: usize = 50;

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
    workbook.set_default_format(&default_format(), DEFAULT_ROW, DEFAULT_COLUMN)?;
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
            self.worksheet
                .set_column_width(column, f64::from(one.width) * DIGIT)?;
        }
        let layout = Layout::of(sheet);
        self.worksheet.set_default_row_height(layout.row(sheet));
        let mut row = 0;
        row = self.line(row, &sheet.title, &title_format(), layout::TITLE)?;
        for line in &sheet.lines {
            row = self.line(row, line, &line_format(), 1.0)?;
        }
        row = self.fields(row, &sheet.fields)?;
        let head = row;
        row = self.table(row, &sheet.head)?;
        let first = row;
        row = self.table(row, &sheet.rows)?;
        for note in &sheet.notes {
            row = self.line(row, note, &note_format(), layout::NOTE)?;
        }
        row = self.fields(row, &sheet.closing)?;
        self.page(layout, head, first, row)
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.sheet.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// A text over all columns, in a row high enough for it: a spreadsheet does not fit the height to merged cells.
    fn line(&mut self, row: u32, text: &str, format: &Format, size: f64) -> Result<u32, XlsxError> {
        self.merge((row, 0), (row, self.last_column()), text, format)?;
        self.worksheet
            .set_row_height(row, layout::line(self.sheet, text, size))?;
        Ok(row + 1)
    }

    /// Fields to fill in, side by side where there is room.
    fn fields(&mut self, row: u32, fields: &[String]) -> Result<u32, XlsxError> {
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
            self.worksheet.set_row_height(row, layout::FIELD)?;
            row += 1;
        }
        Ok(row)
    }

    fn table(&mut self, first: u32, rows: &[Vec<Cell>]) -> Result<u32, XlsxError> {
        let least = Layout::of(self.sheet).row(self.sheet);
        for (row, height) in (first..).zip(layout::heights(self.sheet, rows, least)) {
            if height > least {
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

    /// How it prints: the paper, the repeated head, the title and the numbers of pages at the foot. The left margin is
    /// wide enough to be bound.
    fn page(&mut self, layout: Layout, head: u32, first: u32, end: u32) -> Result<(), XlsxError> {
        let [before, between, after] = &self.sheet.footer;
        let title: String = self.sheet.title.chars().take(FOOTER).collect();
        let title = title.replace('&', "&&");
        let columns = self.last_column();
        let worksheet = &mut self.worksheet;
        let worksheet = match layout.paper {
            Paper::UprightA4 => worksheet.set_portrait().set_paper_size(A4_PAPER),
            Paper::A4 => worksheet.set_landscape().set_paper_size(A4_PAPER),
            Paper::A3 => worksheet.set_landscape().set_paper_size(A3_PAPER),
        };
        worksheet
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true)
            .set_margins(0.7, 0.5, 0.6, 0.7, 0.3, 0.35)
            .set_footer(format!("&L&9{title}&R&9{before}&P{between}&N{after}"));
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
