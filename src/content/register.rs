//! A ledger to fill in: columns with types and choices, and example rows.

use super::common::values;
use super::fields::{Fields, Located};
use crate::diag::Message;
use crate::parse::data::Entry;

/// A register.
#[derive(Clone, Debug, PartialEq)]
pub struct Register {
    /// What it is for.
    pub purpose: String,
    /// Who fills it in.
    pub filled_by: String,
    /// How long it is kept.
    pub keep: Option<String>,
    /// How to fill it in.
    pub intro: Option<String>,
    /// The columns.
    pub columns: Vec<RegisterColumn>,
    /// Example rows.
    pub examples: Vec<Example>,
    /// Remarks below.
    pub notes: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterColumn {
    /// Id.
    pub id: Located<String>,
    /// Label.
    pub title: String,
    /// What its cells hold.
    pub cells: Located<String>,
    /// Unit.
    pub unit: Option<String>,
    /// What may be chosen.
    pub choices: Vec<String>,
    /// Width in characters.
    pub width: Option<Located<i64>>,
    /// Whether it must be filled.
    pub required: bool,
    /// A remark.
    pub note: Option<String>,
}

/// One example row: the cells as the author wrote them, by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The cells in the order of the file.
    pub cells: Vec<Entry>,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> Register {
    let register = Register {
        purpose: fields.required_text("purpose").value,
        filled_by: fields.required_text("filled_by").value,
        keep: fields.text("keep").map(|text| text.value),
        intro: fields.text("intro").map(|text| text.value),
        columns: fields
            .tables("columns")
            .into_iter()
            .map(register_column)
            .collect(),
        examples: fields.tables("examples").into_iter().map(example).collect(),
        notes: values(fields.texts("notes")),
    };
    fields
        .context
        .unique(register.columns.iter().map(|column| &column.id));
    check_columns(fields, &register);
    check_examples(fields, &register);
    register
}

fn register_column(mut one: Fields<'_>) -> RegisterColumn {
    let fields = &mut one;
    let value = RegisterColumn {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        cells: fields.choice(
            "type",
            &["serial", "text", "number", "date", "choice", "yes-no"],
        ),
        unit: fields.text("unit").map(|text| text.value),
        choices: values(fields.texts("choices")),
        width: fields.integer("width"),
        required: fields.truth("required"),
        note: fields.text("note").map(|text| text.value),
    };
    one.finish();
    value
}

fn example(one: Fields<'_>) -> Example {
    Example {
        cells: one.entries().to_vec(),
    }
}

/// There are columns, and those to choose in have something to choose.
fn check_columns(fields: &Fields<'_>, register: &Register) {
    if register.columns.is_empty() {
        fields.context.error(
            "no-columns",
            fields.place(),
            Message::new("台账没有一栏", "the register has no column"),
            Message::new(
                "用 [[columns]] 写出各栏的 id、title 和 type",
                "write a [[columns]] table with id, title and type for each column",
            ),
        );
    }
    let columns = register.columns.iter();
    for column in columns.filter(|one| one.cells.value == "choice" && one.choices.is_empty()) {
        fields.context.error(
            "no-choices",
            column.cells.bytes.clone(),
            Message::new(
                format!("“{}”一栏要从列表里选，却没有列出可选的", column.title),
                format!(
                    "`{}` is to be chosen from a list, and there is none",
                    column.title
                ),
            ),
            Message::new(
                "加上 choices = [\"一般\", \"重大\"]，或者把 type 改成 text",
                "add choices = [\"minor\", \"major\"], or give it the type text",
            ),
        );
    }
}

/// Each cell of an example must belong to a column.
fn check_examples(fields: &Fields<'_>, register: &Register) {
    let columns: Vec<&str> = register
        .columns
        .iter()
        .map(|column| column.id.value.as_str())
        .collect();
    for cell in register.examples.iter().flat_map(|example| &example.cells) {
        if !columns.contains(&cell.key.as_str()) {
            let key = &cell.key;
            fields.context.error(
                "unknown-column",
                cell.key_bytes.clone(),
                Message::new(
                    format!("没有名为 `{key}` 的列"),
                    format!("there is no column `{key}`"),
                ),
                Message::new(
                    format!("可用的列：`{}`", columns.join("`、`")),
                    format!("columns: `{}`", columns.join("`, `")),
                ),
            );
        }
    }
}
