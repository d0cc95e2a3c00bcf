//! A register as a workbook: its columns, an example, and rows to fill in.

use super::sheet::{Cell, Column, Input, Sheet, Style, Value};
use super::words::Words;
use crate::view::detail::register::{RegisterColumnView, RegisterView};

/// Rows to fill in: two printed pages.
const ROWS: i64 = 30;

/// The sheet of a register.
#[must_use]
pub fn sheet(title: &str, register: &RegisterView, words: &Words<'_>) -> Sheet {
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
    let blank = (1..=ROWS).map(|number| {
        columns
            .iter()
            .map(|column| blank(column, number, words))
            .collect()
    });
    let notes = columns.iter().filter_map(|column| {
        let note = column.note.as_ref()?;
        Some(format!("{}：{note}", column.title))
    });
    Sheet {
        title: title.to_owned(),
        lines,
        fields: vec![
            words.of("sheet_unit").to_owned(),
            words.of("sheet_officer").to_owned(),
        ],
        columns: columns.iter().map(width).collect(),
        head: vec![columns.iter().map(head).collect()],
        rows: examples.chain(blank).collect(),
        notes: notes.chain(register.notes.iter().cloned()).collect(),
        ..Sheet::default()
    }
}

fn head(column: &RegisterColumnView) -> Cell {
    let unit = column
        .unit
        .as_ref()
        .map_or_else(String::new, |unit| format!("（{unit}）"));
    Cell::text(&format!("{}{unit}", column.title), Style::Head)
}

fn width(column: &RegisterColumnView) -> Column {
    Column {
        width: u16::try_from(column.width.clamp(4, 60) + 2).unwrap_or(10),
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
