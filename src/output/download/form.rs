//! A reporting table as a workbook: the head exactly as the tree of columns says, and totals that add themselves up.

use super::sheet::{Area, Cell, Column, Input, Sheet, Style, Value, placed};
use super::words::Words;
use crate::view::detail::form::{CellView, FormView, HeadCell};
use unicode_width::UnicodeWidthStr;

/// The sheet of a form.
#[must_use]
pub fn sheet(title: &str, form: &FormView, words: &Words<'_>) -> Sheet {
    let facts = [
        ("sheet_filled_by", Some(&form.filled_by)),
        ("sheet_submitted_to", form.submitted_to.as_ref()),
        ("sheet_due", form.due.as_ref()),
    ];
    let facts: Vec<String> = facts
        .into_iter()
        .filter_map(|(word, text)| Some(format!("{}{}", words.of(word), text?)))
        .collect();
    let head: Vec<Vec<Cell>> = form
        .head
        .iter()
        .map(|row| row.iter().map(head).collect())
        .collect();
    let mut rows = rows(form);
    totals(&mut rows, form);
    let fields = form.header_fields.iter().map(|field| field.title.clone());
    let marks = (1..)
        .zip(&form.marks)
        .map(|(number, mark)| format!("※{number} {mark}"));
    let notes = form
        .column_notes
        .iter()
        .map(|(title, note)| format!("{title}：{note}"));
    let certain = form
        .constraints
        .iter()
        .filter(|one| one.certainty != "plausible");
    Sheet {
        title: title.to_owned(),
        lines: vec![facts.join("　")],
        fields: fields.collect(),
        columns: widths(form, &head),
        head,
        rows,
        notes: form
            .notes
            .iter()
            .cloned()
            .chain(certain.map(|one| one.text.clone()))
            .chain(notes)
            .chain(marks)
            .chain(form.uncertain.clone())
            .collect(),
        ..Sheet::default()
    }
}

fn head(cell: &HeadCell) -> Cell {
    let unit = cell
        .unit
        .as_ref()
        .map_or_else(String::new, |unit| format!("（{unit}）"));
    let mark = cell
        .mark
        .map_or_else(String::new, |mark| format!("※{mark}"));
    let text = format!("{}{unit}{mark}", cell.title);
    Cell::text(&text, Style::Head).over(cell.colspan, cell.rowspan)
}

fn rows(form: &FormView) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for group in &form.groups {
        for (at, row) in group.rows.iter().enumerate() {
            let mut cells = Vec::new();
            if form.grouped && at == 0 {
                let title = group.title.as_deref().unwrap_or_default();
                cells.push(Cell::text(title, Style::Label).over(1, group.rows.len()));
            }
            if form.stubs > 1 || form.stubs > 0 && !form.grouped {
                cells.push(Cell::text(&row.title, Style::Label));
            }
            cells.extend(row.cells.iter().map(cell));
            rows.push(cells);
        }
    }
    rows
}

fn cell(cell: &CellView) -> Cell {
    let (style, input) = match (
        cell.label || !cell.text.is_empty(),
        cell.number,
        cell.decimal,
    ) {
        (true, ..) => (Style::Label, Input::Any),
        (false, true, true) => (Style::Middle, Input::Decimal),
        (false, true, false) => (Style::Middle, Input::Whole(None)),
        (false, false, _) => (Style::Text, Input::Any),
    };
    Cell::text(&cell.text, style)
        .over(cell.colspan, cell.rowspan)
        .takes(input)
}

/// Puts formulas where the form says that a cell is the sum of others, as far as all of them are cells of their own.
fn totals(rows: &mut [Vec<Cell>], form: &FormView) {
    let places: Vec<(usize, usize, bool)> = placed(rows)
        .into_iter()
        .map(|(row, column, cell)| (row, column, cell.colspan == 1 && cell.value == Value::Empty))
        .collect();
    let is_free = |row: usize, column: usize| places.contains(&(row, column, true));
    let mut sums = Vec::new();
    for row in 0..rows.len() {
        for sum in &form.sums {
            let (total, parts) = (
                form.stubs + sum.total,
                sum.parts.iter().map(|part| form.stubs + part),
            );
            let parts: Vec<usize> = parts.collect();
            if is_free(row, total) && parts.iter().all(|part| is_free(row, *part)) {
                sums.push((
                    row,
                    total,
                    areas(&parts)
                        .into_iter()
                        .map(|columns| Area {
                            rows: (row, row),
                            columns,
                        })
                        .collect(),
                ));
            }
        }
    }
    for sum in &form.row_sums {
        let others: Vec<usize> = (0..rows.len()).filter(|row| *row != sum.row).collect();
        for column in sum.columns.iter().map(|column| form.stubs + column) {
            if is_free(sum.row, column) && others.iter().all(|row| is_free(*row, column)) {
                let rows = areas(&others).into_iter();
                let parts = rows.map(|rows| Area {
                    rows,
                    columns: (column, column),
                });
                sums.push((sum.row, column, parts.collect::<Vec<Area>>()));
            }
        }
    }
    for (row, column, parts) in sums {
        let at = places
            .iter()
            .filter(|(one, ..)| *one == row)
            .position(|(_, one, _)| *one == column);
        if let Some(cell) = at.and_then(|at| rows[row].get_mut(at)) {
            cell.value = Value::Sum(parts);
            cell.style = Style::Total;
            cell.input = Input::Any;
        }
    }
}

/// Numbers in runs of neighbours: the first and the last of each.
fn areas(numbers: &[usize]) -> Vec<(usize, usize)> {
    let runs = numbers.chunk_by(|left, right| left + 1 == *right);
    runs.filter_map(|run| Some((*run.first()?, *run.last()?)))
        .collect()
}

/// Labels as wide as they read well, numbers as narrow as they can be written.
fn widths(form: &FormView, head: &[Vec<Cell>]) -> Vec<Column> {
    let end = placed(head)
        .into_iter()
        .map(|(_, column, cell)| column + cell.colspan)
        .max();
    let mut widths = vec![8_usize; end.unwrap_or(0)];
    for (_, column, cell) in placed(head) {
        if let (1, Value::Text(text)) = (cell.colspan, &cell.value) {
            // A head in at most four lines.
            widths[column] = widths[column].max((text.width() / 4 + 2).min(14));
        }
    }
    let rows = rows(form);
    for (_, column, cell) in placed(&rows) {
        if let (1, Value::Text(text), Some(width)) =
            (cell.colspan, &cell.value, widths.get_mut(column))
        {
            *width =
                (*width).max((text.width() + 2).min(if column < form.stubs { 22 } else { 12 }));
        }
    }
    widths
        .into_iter()
        .map(|width| Column {
            width: u16::try_from(width).unwrap_or(8),
        })
        .collect()
}
