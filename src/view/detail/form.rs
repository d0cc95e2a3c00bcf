//! A reporting table: the tree of heads as rows of cells that span columns and rows, and the rows of
//! the table under their groups.

use crate::content::fields::Located;
use crate::content::form::{Column, Constraint, Form, Row, means};
use serde::Serialize;

/// A reporting table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FormView {
    /// A short name.
    pub short_title: Option<String>,
    /// `monthly`, `quarterly`, `yearly` or `once`.
    pub period: String,
    /// Who fills it in.
    pub filled_by: String,
    /// Who receives it.
    pub submitted_to: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// What is not sure about it.
    pub uncertain: Option<String>,
    /// The fields above the table.
    pub header_fields: Vec<HeaderFieldView>,
    /// The head, a row at a time.
    pub head: Vec<Vec<HeadCell>>,
    /// Columns at the left that hold labels: of rows, and of their groups where there are any.
    pub stubs: usize,
    /// Whether the first of them holds the labels of groups.
    pub grouped: bool,
    /// The rows under their groups.
    pub groups: Vec<RowGroup>,
    /// What is not sure about columns; heads point at these by their place, from 1.
    pub marks: Vec<String>,
    /// Remarks about columns.
    pub column_notes: Vec<(String, String)>,
    /// What must hold between cells.
    pub constraints: Vec<ConstraintView>,
    /// Remarks below the table.
    pub notes: Vec<String>,
    /// Columns that are sums of others, as far as that is sure.
    pub sums: Vec<SumView>,
    /// Rows that are sums of the others.
    pub row_sums: Vec<RowSumView>,
}

/// A column that is the sum of others; places are those of the columns right of the labels.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SumView {
    /// The place of the total.
    pub total: usize,
    /// The places of its parts.
    pub parts: Vec<usize>,
}

/// A row that is the sum of all others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RowSumView {
    /// Its place among all rows.
    pub row: usize,
    /// The places of the columns.
    pub columns: Vec<usize>,
}

/// A field above the table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HeaderFieldView {
    /// Label.
    pub title: String,
    /// Whether it must be filled.
    pub required: bool,
}

/// A cell of the head.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HeadCell {
    /// Label.
    pub title: String,
    /// Unit.
    pub unit: Option<String>,
    /// Columns that it spans.
    pub colspan: usize,
    /// Rows that it spans.
    pub rowspan: usize,
    /// Whether it stands over one column of the table.
    pub leaf: bool,
    /// Its place in `marks`, from 1.
    pub mark: Option<usize>,
}

/// Rows of one group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RowGroup {
    /// The label of the group.
    pub title: Option<String>,
    /// Its rows.
    pub rows: Vec<RowView>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RowView {
    /// Label.
    pub title: String,
    /// The cells right of the label.
    pub cells: Vec<CellView>,
}

/// A cell to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CellView {
    /// Whether a number goes in.
    pub number: bool,
    /// Whether the number may have decimals.
    pub decimal: bool,
    /// Whether it names the row: a cell of a column of labels.
    pub label: bool,
    /// What stands there already.
    pub text: String,
    /// Columns that it spans.
    pub colspan: usize,
    /// Rows that it spans.
    pub rowspan: usize,
}

/// Something that must hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ConstraintView {
    /// A sentence for readers.
    pub text: String,
    /// `stated`, `evident` or `plausible`.
    pub certainty: String,
}

/// The view of a form.
#[must_use]
pub fn view(form: &Form) -> FormView {
    let mut head = Head::new(form);
    head.place(&form.columns, 0, "");
    let fields = form.header_fields.iter();
    let constraints = form.constraints.iter();
    FormView {
        short_title: form.short_title.clone(),
        period: form.period.value.clone(),
        filled_by: form.filled_by.clone(),
        submitted_to: form.submitted_to.clone(),
        due: form.due.clone(),
        uncertain: form.uncertain.clone(),
        header_fields: fields
            .map(|field| HeaderFieldView {
                title: field.title.clone(),
                required: field.required,
            })
            .collect(),
        stubs: head.stubs,
        grouped: head.grouped,
        groups: groups(form, &head.cells),
        sums: sums(form, &head.cells),
        row_sums: row_sums(form, &head.cells),
        head: head.rows,
        marks: head.marks,
        column_notes: head.notes,
        constraints: constraints
            .map(|one| ConstraintView {
                text: one.text.clone(),
                certainty: one.certainty.value.clone(),
            })
            .collect(),
        notes: form.notes.clone(),
    }
}

/// The head being laid out.
struct Head {
    rows: Vec<Vec<HeadCell>>,
    marks: Vec<String>,
    notes: Vec<(String, String)>,
    /// Columns at the left that hold labels.
    stubs: usize,
    /// Whether rows stand in groups.
    grouped: bool,
    /// The columns right of them.
    cells: Vec<Cell>,
}

/// What a column's cells hold.
struct Cell {
    path: String,
    number: bool,
    decimal: bool,
    label: bool,
}

impl Head {
    fn new(form: &Form) -> Self {
        let grouped = form.rows.iter().any(|row| row.group.is_some());
        let labelled = form.columns.first().is_some_and(is_label);
        let stub = labelled || !form.rows.is_empty();
        // Rows that print their labels in columns of the tree need none at the left.
        let inside = grouped && form.rows.iter().any(|row| !row.cells.is_empty());
        let mut head = Self {
            rows: vec![Vec::new(); depth(&form.columns)],
            marks: Vec::new(),
            notes: Vec::new(),
            stubs: usize::from(stub) + usize::from(grouped && !inside),
            grouped,
            cells: Vec::new(),
        };
        // Without a column for them, the labels of the rows stand under an empty head.
        let rows = head.rows.len();
        if let Some(first) = head.rows.first_mut().filter(|_| stub && !labelled) {
            first.push(HeadCell {
                title: String::new(),
                unit: None,
                colspan: head.stubs,
                rowspan: rows,
                leaf: true,
                mark: None,
            });
        }
        head
    }

    /// Lays out sibling columns at a level and returns how many columns of the table they take.
    fn place(&mut self, columns: &[Column], level: usize, above: &str) -> usize {
        let mut width = 0;
        for column in columns {
            let path = format!("{above}{}", column.id.value);
            let at = self.rows[level].len();
            let cell = HeadCell {
                title: column.title.clone(),
                unit: column.unit.clone(),
                colspan: 1,
                rowspan: 1,
                leaf: column.children.is_empty(),
                mark: self.mark(column),
            };
            self.rows[level].push(cell);
            self.note(column);
            let (colspan, rowspan) = if !column.children.is_empty() {
                (
                    self.place(&column.children, level + 1, &format!("{path}.")),
                    1,
                )
            } else if level == 0 && at == 0 && is_label(column) {
                (self.stubs, self.rows.len())
            } else {
                self.cells.push(Cell {
                    path,
                    number: holds(column, &["int", "decimal"]),
                    decimal: holds(column, &["decimal"]),
                    label: is_label(column),
                });
                (1, self.rows.len() - level)
            };
            let cell = &mut self.rows[level][at];
            (cell.colspan, cell.rowspan) = (colspan, rowspan);
            width += colspan;
        }
        width
    }

    /// The place of a column's doubt among all; columns with the same doubt share it.
    fn mark(&mut self, column: &Column) -> Option<usize> {
        let text = column.uncertain.as_ref()?;
        let known = self.marks.iter().position(|mark| mark == text);
        let place = known.unwrap_or_else(|| {
            self.marks.push(text.clone());
            self.marks.len() - 1
        });
        Some(place + 1)
    }

    fn note(&mut self, column: &Column) {
        if let Some(note) = &column.note {
            self.notes.push((column.title.clone(), note.clone()));
        }
    }
}

fn depth(columns: &[Column]) -> usize {
    let below = columns.iter().map(|column| depth(&column.children));
    below.max().map_or(0, |below| below + 1)
}

fn holds(column: &Column, types: &[&str]) -> bool {
    let cells = column.cells.as_ref();
    cells.is_some_and(|cells| types.contains(&cells.value.as_str()))
}

/// A column that holds the labels of the rows.
fn is_label(column: &Column) -> bool {
    column.children.is_empty() && holds(column, &["label"])
}

/// The places of the columns that a constraint names.
fn places(columns: &[Cell], written: &[Located<String>]) -> Vec<usize> {
    let places = written.iter().flat_map(|path| {
        let named = columns.iter().enumerate();
        named
            .filter(|(_, column)| means(&path.value, &column.path))
            .map(|(place, _)| place)
    });
    places.collect()
}

/// What is only plausible is not worked out for anybody.
fn certain<'a>(form: &'a Form, kind: &'a str) -> impl Iterator<Item = &'a Constraint> {
    let all = form.constraints.iter();
    all.filter(move |one| one.kind == kind && one.certainty.value != "plausible")
}

fn sums(form: &Form, columns: &[Cell]) -> Vec<SumView> {
    let sums = certain(form, "sum").filter_map(|one| {
        let places = places(columns, &one.columns);
        let (total, parts) = places.split_first()?;
        (!parts.is_empty() && !parts.contains(total)).then(|| SumView {
            total: *total,
            parts: parts.to_vec(),
        })
    });
    sums.collect()
}

fn row_sums(form: &Form, columns: &[Cell]) -> Vec<RowSumView> {
    let sums = certain(form, "row-sum").filter_map(|one| {
        let row = one.row.as_ref()?;
        Some(RowSumView {
            row: form.rows.iter().position(|one| one.id.value == row.value)?,
            columns: places(columns, &one.columns),
        })
    });
    sums.collect()
}

/// Neighbouring rows of one label together; a form without rows has one to fill in.
fn groups(form: &Form, columns: &[Cell]) -> Vec<RowGroup> {
    if form.rows.is_empty() {
        let cells = columns.iter().map(|column| cell(column, String::new()));
        let row = RowView {
            title: String::new(),
            cells: cells.collect(),
        };
        return vec![RowGroup {
            title: None,
            rows: vec![row],
        }];
    }
    let runs = form.rows.chunk_by(|left, right| left.group == right.group);
    runs.map(|run| RowGroup {
        title: run.first().and_then(|row| row.group.clone()),
        rows: run
            .iter()
            .enumerate()
            .map(|(at, row)| RowView {
                title: row.title.clone(),
                cells: row_cells(form, columns, row, at, run.len()),
            })
            .collect(),
    })
    .collect()
}

/// The cells of the row at place `at` of a group of `rows` rows: those that a cell above or to the left
/// covers are left out.
fn row_cells(form: &Form, columns: &[Cell], row: &Row, at: usize, rows: usize) -> Vec<CellView> {
    let mut cells = Vec::new();
    let mut covered = 0;
    for column in columns {
        if covered > 0 {
            covered -= 1;
            continue;
        }
        let mut per_group = form.per_group.iter();
        let shared = rows > 1 && per_group.any(|path| means(&path.value, &column.path));
        if shared && at > 0 {
            continue;
        }
        let mut merged = row.merged.iter();
        let merged = merged.find(|one| {
            let first = one.columns.first();
            first.is_some_and(|first| first.value == column.path)
        });
        let text = match merged {
            Some(one) => one.text.clone(),
            None => printed(row, column),
        };
        let mut view = cell(column, text);
        if let Some(one) = merged {
            view.colspan = one.columns.len().max(1);
            covered = view.colspan - 1;
        }
        if shared {
            view.rowspan = rows;
        }
        cells.push(view);
    }
    cells
}

/// What a row prints in a column: what it says itself; else its label, in columns of labels.
fn printed(row: &Row, column: &Cell) -> String {
    let mut cells = row.cells.iter();
    let own = cells.find(|one| one.column.value == column.path);
    match own {
        Some(one) => one.text.clone(),
        None if column.label && row.cells.is_empty() => row.title.clone(),
        None => String::new(),
    }
}

fn cell(column: &Cell, text: String) -> CellView {
    CellView {
        number: column.number,
        decimal: column.decimal,
        label: column.label && !text.is_empty(),
        text,
        colspan: 1,
        rowspan: 1,
    }
}
