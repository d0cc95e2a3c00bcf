//! What a policy wants reached: single figures, and tables that share them out with their sums.

use crate::content::fields::context::Context;
use crate::content::fields::{Fields, Located};
use crate::diag::{Message, suggest};
use jiff::civil::DateTime;

/// A figure to be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// What is counted.
    pub what: String,
    /// For whom it holds.
    pub scope: Option<String>,
    /// `at-least` or `exactly`.
    pub bound: Located<String>,
    /// The figure.
    pub value: Located<i64>,
    /// Its unit.
    pub unit: String,
    /// By when.
    pub by: Option<Located<DateTime>>,
    /// The column of a table that shares it out, such as `streets.benchmark`.
    pub shared_out: Option<Located<String>>,
    /// What is not sure about it, shown to the reader.
    pub uncertain: Option<String>,
}

/// A table of figures whose columns are summed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetTable {
    /// Its id.
    pub id: Located<String>,
    /// Its title.
    pub title: String,
    /// What its rows are.
    pub rows_title: String,
    /// The columns.
    pub columns: Vec<TargetColumn>,
    /// The rows.
    pub rows: Vec<TargetRow>,
    /// A remark.
    pub note: Option<String>,
}

/// A column of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetColumn {
    /// Its id.
    pub id: Located<String>,
    /// Its head.
    pub title: String,
    /// Its unit.
    pub unit: Option<String>,
    /// The sum that the document states.
    pub stated: Option<Located<i64>>,
}

/// A row of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetRow {
    /// Its label.
    pub title: String,
    /// A figure for each column, in the order of the columns.
    pub values: Vec<i64>,
    /// A remark.
    pub note: Option<String>,
}

impl TargetTable {
    /// The sum of a column by its place.
    #[must_use]
    pub fn sum(&self, column: usize) -> i64 {
        let values = self.rows.iter().filter_map(|row| row.values.get(column));
        values.fold(0, |sum, value| sum.saturating_add(*value))
    }
}

/// Reads one goal.
pub(super) fn goal(mut one: Fields<'_>) -> Goal {
    let fields = &mut one;
    let value = Goal {
        what: fields.required_text("what").value,
        scope: fields.text("scope").map(|text| text.value),
        bound: fields.choice("bound", &["at-least", "exactly"]),
        value: fields.required_integer("value"),
        unit: fields.required_text("unit").value,
        by: fields.date("by"),
        shared_out: fields.text("shared_out"),
        uncertain: fields.text("uncertain").map(|text| text.value),
    };
    one.finish();
    value
}

/// Reads one table; the sums it states must be those of its rows.
pub(super) fn target_table(mut one: Fields<'_>) -> TargetTable {
    let fields = &mut one;
    let before = fields.context.count();
    let columns: Vec<TargetColumn> = fields
        .tables("columns")
        .into_iter()
        .map(target_column)
        .collect();
    fields
        .context
        .unique(columns.iter().map(|column| &column.id));
    let rows = fields.tables("rows").into_iter();
    let table = TargetTable {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        rows_title: fields.required_text("rows_title").value,
        rows: rows.map(|row| target_row(row, &columns)).collect(),
        columns,
        note: fields.text("note").map(|text| text.value),
    };
    // A sum with a missing number in it is no second mistake.
    if !fields.context.lacks_values_since(before) {
        check_sums(fields.context, &table);
    }
    one.finish();
    table
}

fn target_column(mut one: Fields<'_>) -> TargetColumn {
    let fields = &mut one;
    let value = TargetColumn {
        id: fields.required_text("id"),
        title: fields.required_text("title").value,
        unit: fields.text("unit").map(|text| text.value),
        stated: fields.integer("stated"),
    };
    one.finish();
    value
}

/// A row holds a figure for every column, as many as there are columns.
fn target_row(mut one: Fields<'_>, columns: &[TargetColumn]) -> TargetRow {
    let fields = &mut one;
    let title = fields.required_text("title").value;
    let note = fields.text("note").map(|text| text.value);
    let place = fields.place();
    let written = fields.required_integers("values");
    let row = TargetRow {
        title,
        values: written.iter().map(|value| value.value).collect(),
        note,
    };
    let (found, wanted) = (row.values.len(), columns.len());
    if found != wanted && !written.is_empty() {
        fields.context.error(
            "row-width",
            place,
            Message::new(
                format!("这一行有 {found} 个数，表有 {wanted} 栏"),
                format!("figures in this row: {found}; columns of the table: {wanted}"),
            ),
            Message::new(
                "values 按栏的顺序写，每栏一个数，没有的写 0",
                "write one figure for each column in its order, 0 where there is none",
            ),
        );
    }
    one.finish();
    row
}

/// The sums that the document states must be those of its rows.
fn check_sums(context: &Context<'_>, table: &TargetTable) {
    for (at, column) in table.columns.iter().enumerate() {
        let Some(stated) = &column.stated else {
            continue;
        };
        let (sum, title) = (table.sum(at), &column.title);
        if stated.value != sum {
            let stated_value = stated.value;
            context.error(
                "column-sum",
                stated.bytes.clone(),
                Message::new(
                    format!("“{title}”各行合计 {sum}，与写明的 {stated_value} 不符"),
                    format!(
                        "the rows of `{title}` add up to {sum}, the stated sum is {stated_value}"
                    ),
                ),
                Message::new(
                    format!("核对各行的数；确认无误就写 stated = {sum}"),
                    format!("check the rows; if they are right write stated = {sum}"),
                ),
            );
        }
    }
}

/// The place of a table and its column, written as `table.column`.
#[must_use]
pub fn find_column<'a>(tables: &'a [TargetTable], path: &str) -> Option<(&'a TargetTable, usize)> {
    let (table, column) = path.split_once('.')?;
    let table = tables.iter().find(|one| one.id.value == table)?;
    let mut columns = table.columns.iter();
    let place = columns.position(|one| one.id.value == column)?;
    Some((table, place))
}

/// The column that a goal is shared out in must be there.
pub(super) fn known_column(context: &Context<'_>, path: &Located<String>, tables: &[TargetTable]) {
    if find_column(tables, &path.value).is_some() {
        return;
    }
    let known: Vec<String> = tables
        .iter()
        .flat_map(|table| {
            let columns = table.columns.iter();
            columns.map(|column| format!("{}.{}", table.id.value, column.id.value))
        })
        .collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let name = &path.value;
    context.error(
        "unknown-column",
        path.bytes.clone(),
        Message::new(
            format!("没有名为 `{name}` 的分解栏"),
            format!("there is no column `{name}` in the target tables"),
        ),
        suggest(name, &known),
    );
}
