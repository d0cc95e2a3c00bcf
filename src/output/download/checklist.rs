//! A checklist as a workbook: a line for each item, with room for what was found.

use super::layout::parted;
use super::sheet::{self, Cell, Input, Sheet, Style, Value};
use super::words::Words;
use crate::view::detail::checklist::{ChecklistView, ItemView};

/// A column: its head, and its width.
type Column = (&'static str, u16);

/// The columns of a list that an office works with: number, what to check, how, basis, risk, frequency, who; then the
/// result, what was found, by when.
const LIST: [Column; 10] = [
    ("sheet_number", 6),
    ("sheet_check", 34),
    ("how", 36),
    ("basis", 26),
    ("risk", 7),
    ("frequency", 9),
    ("who", 13),
    ("sheet_result", 9),
    ("sheet_found", 22),
    ("sheet_rectified", 13),
];

/// Those of a card that hangs at a post: one page upright, without what its worker has no use for.
const CARD: [Column; 7] = [
    ("sheet_number", 6),
    ("sheet_check", 36),
    ("how", 36),
    ("risk", 7),
    ("frequency", 9),
    ("sheet_result", 8),
    ("sheet_found", 20),
];

/// The sheet of a checklist.
#[must_use]
pub fn sheet(title: &str, checklist: &ChecklistView, words: &Words<'_>) -> Sheet {
    let is_card = checklist.level.id == "post";
    let columns: &[Column] = if is_card { &CARD } else { &LIST };
    let mut lines = Vec::new();
    let place = checklist.place.as_deref().unwrap_or_default();
    lines.push(format!(
        "{}{} {place}　{}{} {}",
        words.of("sheet_level"),
        checklist.level.title,
        words.of("edition"),
        checklist.edition.edition,
        checklist.edition.status.title,
    ));
    lines.extend(checklist.intro.clone());
    let mut rows = Vec::new();
    for group in &checklist.groups {
        let note = group
            .note
            .as_ref()
            .map_or_else(String::new, |note| format!("　{note}"));
        let text = format!("{} {}{note}", group.number, group.title);
        rows.push(vec![Cell::text(&text, Style::Group).over(columns.len(), 1)]);
        let items = group.items.iter();
        rows.extend(items.map(|item| {
            let cells = columns.iter().map(|(column, _)| cell(column, item, words));
            cells.collect()
        }));
    }
    let head = columns.iter();
    let head = head.map(|(word, _)| Cell::text(words.of(word), Style::Head));
    let closing = ["sheet_checked_by", "sheet_inspected", "sheet_signed_on"];
    Sheet {
        title: title.to_owned(),
        lines,
        fields: ["sheet_unit", "sheet_checked_by", "sheet_checked_on"]
            .map(|word| words.of(word).to_owned())
            .into(),
        columns: columns
            .iter()
            .map(|(_, width)| sheet::Column { width: *width })
            .collect(),
        head: vec![head.collect()],
        rows,
        notes: vec![words.of("sheet_result_note").to_owned()],
        closing: match is_card {
            true => Vec::new(),
            false => closing.map(|word| words.of(word).to_owned()).into(),
        },
        upright: is_card,
        ..Sheet::default()
    }
}

/// The cell of an item in a column.
fn cell(column: &str, item: &ItemView, words: &Words<'_>) -> Cell {
    let empty = |style| Cell::new(Value::Empty, style);
    match column {
        "sheet_number" => Cell::text(&item.number, Style::Middle),
        "sheet_check" => Cell::text(&item.check, Style::Label),
        "how" => Cell::text(&item.how, Style::Label),
        "basis" => {
            let basis: Vec<&str> = item.basis.iter().map(|one| one.text.as_str()).collect();
            Cell::text(&basis.join("；"), Style::Label)
        }
        "risk" => {
            let colour = match item.risk.id.as_str() {
                "red" => Style::Red,
                "orange" => Style::Orange,
                "yellow" => Style::Yellow,
                "blue" => Style::Blue,
                _ => Style::Middle,
            };
            Cell::text(&parted(&item.risk.title, 3), colour)
        }
        "frequency" => Cell::text(&item.frequency.title, Style::Middle),
        "who" => Cell::text(&item.who.title, Style::Middle),
        "sheet_result" => {
            let results = ["sheet_met", "sheet_not_met", "sheet_not_applicable"]
                .map(|word| words.of(word).to_owned());
            empty(Style::Middle).takes(Input::Choice(results.into()))
        }
        "sheet_rectified" => empty(Style::Middle).takes(Input::Date),
        _ => empty(Style::Text),
    }
}
