//! A reporting table as a workbook: the head exactly as the tree of columns says, and totals that add themselves up.

use super::layout::{needed, parted};
use super::sheet::{Area, Cell, Column, Input, Sheet, Style, Value, placed};
use super::words::Words;
use crate::view::detail::form::{CellView, FormView, HeadCell};

/// The sheets of a form: the table that is handed in, and one that says how it is filled in.
#[must_use]
pub fn sheets(title: &str, form: &FormView, words: &Words<'_>) -> Vec<Sheet> {
    let facts = [
        ("sheet_filled_by", Some(&form.filled_by)),
        ("sheet_submitted_to", form.submitted_to.as_ref()),
        ("sheet_due", form.due.as_ref()),
    ];
    let facts: Vec<String> = facts
        .into_iter()
        .filter_map(|(word, text)| Some(format!("{}{}", words.of(word), text?)))
        .collect();
    let mut rows = rows(form);
    totals(&mut rows, form);
    let columns = widths(form, &rows);
    let most = most(&columns);
    let head = form.head.iter();
    let head: Vec<Vec<Cell>> = head
        .map(|row| row.iter().map(|cell| self::head(cell, most)).collect())
        .collect();
    let fields = form.header_fields.iter().map(|field| field.title.clone());
    let notes = notes(form);
    let table = Sheet {
        title: title.to_owned(),
        lines: vec![facts.join("　")],
        fields: fields.collect(),
        columns,
        head,
        rows,
        ..Sheet::default()
    };
    if notes.is_empty() {
        return vec![table];
    }
    let guidance = Sheet {
        name: words.of("sheet_guidance").to_owned(),
        title: format!("{title}{}", words.of("sheet_guidance_of")),
        columns: GUIDANCE.map(|width| Column { width }).into(),
        rows: (1..)
            .zip(&notes)
            .map(|(number, note)| {
                let number = Cell::new(Value::Number(number), Style::Middle);
                vec![number, Cell::text(note, Style::Label)]
            })
            .collect(),
        ..Sheet::default()
    };
    vec![table, guidance]
}

/// The widths of the sheet that says how a form is filled in, number and text: an upright page.
const GUIDANCE: [u16; 2] = [6, 84];

/// How a form is filled in, what must hold between its cells, and what is not sure about it.
fn notes(form: &FormView) -> Vec<String> {
    let certain = form.constraints.iter();
    let certain = certain.filter(|one| one.certainty != "plausible");
    let columns = form.column_notes.iter();
    let columns = columns.map(|(title, note)| format!("{title}：{note}"));
    let marks = (1..).zip(&form.marks);
    let marks = marks.map(|(number, mark)| format!("※{number} {mark}"));
    let notes = form.notes.iter().cloned();
    notes
        .chain(certain.map(|one| one.text.clone()))
        .chain(columns)
        .chain(marks)
        .chain(form.uncertain.clone())
        .collect()
}

/// A cell of the head. That of a narrow column stands in lines of equal length, the unit on its own below.
fn head(cell: &HeadCell, most: usize) -> Cell {
    let is_narrow = cell.leaf && cell.colspan == 1;
    let title = match is_narrow {
        true => parted(&cell.title, most),
        false => cell.title.clone(),
    };
    let unit = cell.unit.as_ref();
    let unit = unit.map_or_else(String::new, |unit| match is_narrow {
        // Three Han characters wide, a column has no room for four.
        true => format!("\n({unit})"),
        false => format!("（{unit}）"),
    });
    let mark = cell
        .mark
        .map_or_else(String::new, |mark| format!("※{mark}"));
    let text = format!("{title}{unit}{mark}");
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

/// Columns of numbers beyond which each must be as narrow as it can be.
const MANY: usize = 24;
/// Widths of columns of numbers: where there are many, and where there are few.
const NARROW: usize = 6;
const USUAL: usize = 9;
/// The least width of a column of free text, and the most of a label.
const TEXT: usize = 28;
const LABEL: usize = 24;

/// Labels as wide as they read well, numbers as narrow as they can be written, free text as wide as the paper allows.
fn widths(form: &FormView, rows: &[Vec<Cell>]) -> Vec<Column> {
    let placed = placed(rows);
    let ends = placed.iter().map(|(_, column, cell)| column + cell.colspan);
    let count = ends.max().unwrap_or(0).max(form.stubs);
    let is_text = |column: usize| {
        let mut cells = placed.iter();
        column >= form.stubs
            && cells.any(|(_, at, cell)| {
                (*at, cell.colspan, cell.style, &cell.input)
                    == (column, 1, Style::Text, &Input::Any)
            })
    };
    let number = if count > MANY { NARROW } else { USUAL };
    let mut widths: Vec<usize> = (0..count)
        .map(|column| if is_text(column) { TEXT } else { number })
        .collect();
    for (_, column, cell) in &placed {
        let (1, Value::Text(text)) = (cell.colspan, &cell.value) else {
            continue;
        };
        let most = if *column < form.stubs { LABEL } else { 16 };
        widths[*column] = widths[*column].max(needed(text).min(most));
    }
    stretch(&mut widths, &|column| is_text(column));
    widths
        .into_iter()
        .map(|width| Column {
            width: u16::try_from(width).unwrap_or(8),
        })
        .collect()
}

/// The widths of paper upright and across, as far as columns are stretched to fill it.
const PAPERS: [usize; 2] = [92, 134];

/// Stretches narrow tables to the width of their paper: columns of free text where there are any, else all alike, but
/// no further than half as wide again.
fn stretch(widths: &mut [usize], is_text: &dyn Fn(usize) -> bool) {
    let sum: usize = widths.iter().sum();
    let Some(paper) = PAPERS.into_iter().find(|paper| sum <= *paper) else {
        return;
    };
    let texts: Vec<usize> = (0..widths.len()).filter(|at| is_text(*at)).collect();
    let room = paper - sum;
    match texts.is_empty() {
        false => {
            for at in &texts {
                widths[*at] += room / texts.len();
            }
        }
        true => {
            for width in widths {
                *width += (*width * room / sum.max(1)).min(*width / 2);
            }
        }
    }
}

/// How many Han characters stand in a line of the narrowest column.
fn most(columns: &[Column]) -> usize {
    let narrowest = columns.iter().map(|one| one.width).min().unwrap_or(8);
    usize::from(narrowest.saturating_sub(1) * 7 / 15).max(1)
}
