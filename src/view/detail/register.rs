//! A ledger to fill in: its columns with what goes into them, and example rows in the order of the
//! columns.

use crate::content::register::{Example, Register, RegisterColumn};
use crate::parse::data::Value;
use crate::view::DateView;
use serde::Serialize;

/// A register.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RegisterView {
    /// What it is for.
    pub purpose: String,
    /// Who fills it in.
    pub filled_by: String,
    /// How long it is kept.
    pub keep: Option<String>,
    /// How to fill it in.
    pub intro: Option<String>,
    /// The columns.
    pub columns: Vec<RegisterColumnView>,
    /// Example rows, a cell for each column; empty where the example has none.
    pub examples: Vec<Vec<String>>,
    /// Remarks below.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RegisterColumnView {
    /// Label.
    pub title: String,
    /// `serial`, `text`, `number`, `date`, `choice` or `yes-no`.
    pub cells: String,
    /// Unit.
    pub unit: Option<String>,
    /// What may be chosen.
    pub choices: Vec<String>,
    /// Whether it must be filled.
    pub required: bool,
    /// How wide its cells are, in half-width characters.
    pub width: i64,
    /// The same in words: `narrow`, `medium` or `wide`.
    pub size: &'static str,
    /// A remark.
    pub note: Option<String>,
}

/// The view of a register.
#[must_use]
pub fn view(register: &Register) -> RegisterView {
    let examples = register.examples.iter();
    RegisterView {
        purpose: register.purpose.clone(),
        filled_by: register.filled_by.clone(),
        keep: register.keep.clone(),
        intro: register.intro.clone(),
        columns: register.columns.iter().map(column).collect(),
        examples: examples
            .map(|example| row(&register.columns, example))
            .collect(),
        notes: register.notes.clone(),
    }
}

fn column(column: &RegisterColumn) -> RegisterColumnView {
    let width = column.width.as_ref();
    RegisterColumnView {
        title: column.title.clone(),
        cells: column.cells.value.clone(),
        unit: column.unit.clone(),
        choices: column.choices.clone(),
        required: column.required,
        width: width.map_or(8, |width| width.value),
        size: match width.map_or(8, |width| width.value) {
            ..=9 => "narrow",
            10..=13 => "medium",
            _ => "wide",
        },
        note: column.note.clone(),
    }
}

fn row(columns: &[RegisterColumn], example: &Example) -> Vec<String> {
    let columns = columns.iter();
    columns
        .map(|column| {
            let mut cells = example.cells.iter();
            let cell = cells.find(|cell| cell.key == column.id.value);
            cell.map_or_else(String::new, |cell| text(&cell.node.value))
        })
        .collect()
}

/// A value as a cell shows it.
fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(true) => "是".to_owned(),
        Value::Boolean(false) => "否".to_owned(),
        Value::Date(date) => DateView::new(*date).text,
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| text(&item.value)).collect();
            items.join("、")
        }
        Value::Table(_) => String::new(),
    }
}
