//! A reporting table: a tree of column heads, rows, header fields and constraints.

mod check;

use super::common::values;
use super::fields::{Fields, Located};
use crate::diag::Message;
use crate::parse::data::Value;

/// A reporting table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// A short name.
    pub short_title: Option<String>,
    /// How often.
    pub period: Located<String>,
    /// Who fills it in.
    pub filled_by: String,
    /// Who receives it.
    pub submitted_to: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// What is not sure about it, shown to the reader.
    pub uncertain: Option<String>,
    /// The fields above the table.
    pub header_fields: Vec<HeaderField>,
    /// The tree of heads.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Columns that have one cell for all rows of a group, such as `enterprises.*`.
    pub per_group: Vec<Located<String>>,
    /// What must hold between cells.
    pub constraints: Vec<Constraint>,
    /// Remarks below the table.
    pub notes: Vec<String>,
}

/// A field above the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderField {
    /// Id.
    pub id: Located<String>,
    /// Label.
    pub title: String,
    /// Whether it must be filled.
    pub required: bool,
}

/// A head: with children, or a column of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Id, unique among its siblings.
    pub id: Located<String>,
    /// Label.
    pub title: String,
    /// Unit, inherited by the children.
    pub unit: Option<String>,
    /// What its cells hold; only on leaves.
    pub cells: Option<Located<String>>,
    /// A remark.
    pub note: Option<String>,
    /// What is not sure about it.
    pub uncertain: Option<String>,
    /// The heads below.
    pub children: Vec<Column>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Id.
    pub id: Located<String>,
    /// Label.
    pub title: String,
    /// The label of its group.
    pub group: Option<String>,
    /// What is printed in its cells, by column.
    pub cells: Vec<Printed>,
    /// Neighbouring cells that are one.
    pub merged: Vec<Merged>,
}

/// A cell that holds something already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The path of the column.
    pub column: Located<String>,
    /// What it holds.
    pub text: String,
}

/// Neighbouring cells of one row that are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Their columns, from left to right.
    pub columns: Vec<Located<String>>,
    /// What they hold; empty where nothing is printed.
    pub text: String,
}

/// Something that must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// How it is checked.
    pub kind: String,
    /// A sentence for readers.
    pub text: String,
    /// Paths of columns; `*` is every column, `a.*` every column below `a`.
    pub columns: Vec<Located<String>>,
    /// The row that is the sum of the others, where `kind` is `row-sum`.
    pub row: Option<Located<String>>,
    /// How sure it is.
    pub certainty: Located<String>,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> Form {
    let form = Form {
        short_title: fields.text("short_title").map(|text| text.value),
        period: fields.choice("period", &["monthly", "quarterly", "yearly", "once"]),
        filled_by: fields.required_text("filled_by").value,
        submitted_to: fields.text("submitted_to").map(|text| text.value),
        due: fields.text("due").map(|text| text.value),
        uncertain: fields.text("uncertain").map(|text| text.value),
        header_fields: fields
            .tables("header_fields")
            .into_iter()
            .map(header_field)
            .collect(),
        columns: fields.tables("columns").into_iter().map(column).collect(),
        rows: fields.tables("rows").into_iter().map(row).collect(),
        constraints: fields
            .tables("constraints")
            .into_iter()
            .map(constraint)
            .collect(),
        per_group: fields.texts("per_group"),
        notes: values(fields.texts("notes")),
    };
    check::check(fields, &form);
    form
}

impl Form {
    /// The paths of the columns from left to right: the ids from the top of the tree down, joined by dots.
    #[must_use]
    pub fn leaves(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for column in &self.columns {
            leaves(column, "", &mut paths);
        }
        paths
    }
}

impl Form {
    /// The paths of the columns with what their cells hold.
    fn types(&self) -> Vec<(String, String)> {
        fn below(column: &Column, above: &str, types: &mut Vec<(String, String)>) {
            let path = format!("{above}{}", column.id.value);
            match &column.cells {
                Some(cells) if column.children.is_empty() => {
                    types.push((path, cells.value.clone()))
                }
                _ => {
                    for child in &column.children {
                        below(child, &format!("{path}."), types);
                    }
                }
            }
        }
        let mut types = Vec::new();
        for column in &self.columns {
            below(column, "", &mut types);
        }
        types
    }
}

fn leaves(column: &Column, above: &str, paths: &mut Vec<String>) {
    let path = format!("{above}{}", column.id.value);
    if column.children.is_empty() {
        paths.push(path);
        return;
    }
    for child in &column.children {
        leaves(child, &format!("{path}."), paths);
    }
}

/// Whether a written path means a column: the column itself, `*`, or everything below a head (`a.*`).
#[must_use]
pub fn means(written: &str, leaf: &str) -> bool {
    let below = |head: &str| {
        leaf.strip_prefix(head)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    written == "*" || written == leaf || written.strip_suffix(".*").is_some_and(below)
}

fn header_field(mut one: Fields<'_>) -> HeaderField {
    let fields = &mut one;
    let value = HeaderField {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        required: fields.truth("required"),
    };
    one.finish();
    value
}

fn column(mut one: Fields<'_>) -> Column {
    let fields = &mut one;
    let value = Column {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        unit: fields.text("unit").map(|text| text.value),
        cells: fields.optional_choice("type", &["label", "int", "decimal", "text", "date"]),
        note: fields.text("note").map(|text| text.value),
        uncertain: fields.text("uncertain").map(|text| text.value),
        children: fields.tables("children").into_iter().map(column).collect(),
    };
    one.finish();
    value
}

fn row(mut one: Fields<'_>) -> Row {
    let fields = &mut one;
    let value = Row {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        group: fields.text("group").map(|text| text.value),
        cells: fields.table("cells").map_or_else(Vec::new, printed),
        merged: fields.tables("merged").into_iter().map(merged).collect(),
    };
    one.finish();
    value
}

/// The keys of the table are paths of columns.
fn printed(one: Fields<'_>) -> Vec<Printed> {
    let mut cells = Vec::new();
    for entry in one.entries() {
        let column = Located {
            value: entry.key.clone(),
            bytes: entry.key_bytes.clone(),
        };
        match &entry.node.value {
            Value::Text(text) => cells.push(Printed {
                column,
                text: text.clone(),
            }),
            _ => one.context.error(
                "wrong-type",
                entry.node.bytes.clone(),
                Message::new(
                    format!("`{}` 应当是文字", entry.key),
                    format!("`{}` must be a string", entry.key),
                ),
                Message::new("写在引号里", "write it in quotes"),
            ),
        }
    }
    cells
}

fn merged(mut one: Fields<'_>) -> Merged {
    let fields = &mut one;
    let value = Merged {
        columns: fields.texts("columns"),
        text: fields
            .text("text")
            .map_or_else(String::new, |text| text.value),
    };
    one.finish();
    value
}

fn constraint(mut one: Fields<'_>) -> Constraint {
    let fields = &mut one;
    let value = Constraint {
        kind: fields.required_text("kind").value,
        text: fields.required_text("text").value,
        columns: fields.texts("columns"),
        row: fields.text("row"),
        certainty: fields.choice("certainty", &["stated", "evident", "plausible"]),
    };
    one.finish();
    value
}
