//! A reporting table: a tree of column heads, rows, header fields and constraints.

use super::common::values;
use super::fields::{Fields, Located};

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
}

/// Something that must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// How it is checked.
    pub kind: String,
    /// A sentence for readers.
    pub text: String,
    /// Paths of columns.
    pub columns: Vec<String>,
    /// How sure it is.
    pub certainty: Located<String>,
}

/// Reads the keys of this kind.
pub fn read(fields: &mut Fields<'_>) -> Form {
    Form {
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
        notes: values(fields.texts("notes")),
    }
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
    };
    one.finish();
    value
}

fn constraint(mut one: Fields<'_>) -> Constraint {
    let fields = &mut one;
    let value = Constraint {
        kind: fields.required_text("kind").value,
        text: fields.required_text("text").value,
        columns: values(fields.texts("columns")),
        certainty: fields.choice("certainty", &["stated", "evident", "plausible"]),
    };
    one.finish();
    value
}
