//! A register as a workbook: its columns, an example, and rows to fill in.

use super::layout::filling;
use super::sheet::{Cell, Column, Input, Sheet, Style, Value};
use super::words::Words;
use crate::view::detail::register::{RegisterColumnView, RegisterView};

/// Printed pages of rows to fill in, and the fewest rows.
const PAGES: usize = 2;
const LEAST: usize = 10;
/// The height of a row on paper in millimetres: what was found and what was done take two lines of handwriting.
const HAND: u16 = 10;

/// The sheets of a register: the one to fill in, which is filed, and one that shows how.
#[must_use]
pub fn sheets(title: &str, register: &RegisterView, words: &Words<'_>) -> Vec<Sheet> {
    let mut lines = vec![format!("{}{}", words.of("sheet_purpose"), register.purpose)];
    lines.push(format!(
        "{}{}",
        words.of("sheet_filled_by"),
        register.filled_by
    ));
    if let Some(keep) = &register.keep {
        lines.push(format!("{}{keep}", words.of("sheet_keep")));
    }
    lines.extend(register.intro.clone());
    let columns = &register.columns;
    let examples = register.examples.iter().map(|cells| {
        let cells = cells.iter().zip(columns);
        let cells = cells.map(|(text, column)| match column.cells.as_str() {
            // The example stands in no number's place.
            "serial" => Cell::text(words.of("sheet_example"), Style::Example),
            _ => Cell::text(text, Style::Example),
        });
        cells.collect()
    });
    let rows: Vec<Vec<Cell>> = examples.collect();
    let notes = columns.iter().filter_map(|column| {
        let note = column.note.as_ref()?;
        Some(format!("{}：{note}", column.title))
    });
    let notes: Vec<String> = notes.chain(register.notes.iter().cloned()).collect();
    let mut ledger = Sheet {
        title: title.to_owned(),
        lines,
        fields: vec![
            words.of("sheet_unit").to_owned(),
            words.of("sheet_officer").to_owned(),
        ],
        columns: columns.iter().map(width).collect(),
        head: vec![columns.iter().map(head).collect()],
        hand: HAND,
        ..Sheet::default()
    };
    let count = filling(&ledger, PAGES, LEAST);
    ledger.rows = (1_i64..)
        .take(count)
        .map(|number| {
            columns
                .iter()
                .map(|column| blank(column, number, words))
                .collect()
        })
        .collect();
    if rows.is_empty() && notes.is_empty() {
        return vec![ledger];
    }
    let shown = Sheet {
        name: words.of("sheet_guidance").to_owned(),
        title: format!("{title}{}", words.of("sheet_guidance_of")),
        columns: ledger.columns.clone(),
        head: match rows.is_empty() {
            true => Vec::new(),
            false => ledger.head.clone(),
        },
        rows,
        notes,
        ..Sheet::default()
    };
    vec![ledger, shown]
}

fn head(column: &RegisterColumnView) -> Cell {
    let unit = column
        .unit
        .as_ref()
        .map_or_else(String::new, |unit| format!("\n（{unit}）"));
    // The unit on a line of its own, so that it is not torn.
    Cell::text(&format!("{}{unit}", column.title), Style::Head)
}

fn width(column: &RegisterColumnView) -> Column {
    Column {
        width: u16::try_from(column.width.clamp(5, 60) + 2).unwrap_or(10),
    }
}

fn blank(column: &RegisterColumnView, number: i64, words: &Words<'_>) -> Cell {
    let cell = Cell::new(Value::Empty, Style::Text);
    match column.cells.as_str() {
        "serial" => Cell::new(Value::Number(number), Style::Middle),
        "number" => cell.takes(Input::Decimal),
        "date" => Cell {
            style: Style::Middle,
            ..cell
        }
        .takes(Input::Date),
        "choice" if !column.choices.is_empty() => cell.takes(Input::Choice(column.choices.clone())),
        "yes-no" => {
            let choices = [words.of("yes"), words.of("no")];
            let choices = choices.into_iter().map(ToOwned::to_owned).collect();
            Cell {
                style: Style::Middle,
                ..cell
            }
            .takes(Input::Choice(choices))
        }
        _ => cell,
    }
}
