//! A checklist as a workbook: a line for each item, with room for what was found.

use super::sheet::{Cell, Input, Sheet, Style, Value, columns, head};
use super::words::Words;
use crate::view::detail::checklist::{ChecklistView, ItemView};

/// Columns: number, what to check, how, basis, risk, frequency, who; then the result, what was found, by when.
const HEADS: [&str; 10] = [
    "sheet_number",
    "sheet_check",
    "how",
    "basis",
    "risk",
    "frequency",
    "who",
    "sheet_result",
    "sheet_found",
    "sheet_rectified",
];
const WIDTHS: [u16; 10] = [6, 44, 30, 22, 6, 8, 12, 9, 22, 13];

/// The sheet of a checklist.
#[must_use]
pub fn sheet(title: &str, checklist: &ChecklistView, words: &Words<'_>) -> Sheet {
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
        rows.push(vec![Cell::text(&text, Style::Group).over(WIDTHS.len(), 1)]);
        rows.extend(group.items.iter().map(|item| row(item, words)));
    }
    Sheet {
        title: title.to_owned(),
        lines,
        fields: ["sheet_unit", "sheet_checked_by", "sheet_checked_on"]
            .map(|word| words.of(word).to_owned())
            .into(),
        columns: columns(WIDTHS),
        head: head(*words, HEADS),
        rows,
        notes: vec![words.of("sheet_result_note").to_owned()],
        ..Sheet::default()
    }
}

fn row(item: &ItemView, words: &Words<'_>) -> Vec<Cell> {
    let basis: Vec<&str> = item.basis.iter().map(|one| one.text.as_str()).collect();
    let colour = match item.risk.id.as_str() {
        "red" => Style::Red,
        "orange" => Style::Orange,
        "yellow" => Style::Yellow,
        "blue" => Style::Blue,
        _ => Style::Middle,
    };
    let results = ["sheet_met", "sheet_not_met", "sheet_not_applicable"]
        .map(|word| words.of(word).to_owned());
    let empty = |style| Cell::new(Value::Empty, style);
    vec![
        Cell::text(&item.number, Style::Middle),
        Cell::text(&item.check, Style::Label),
        Cell::text(&item.how, Style::Label),
        Cell::text(&basis.join("；"), Style::Label),
        Cell::text(&item.risk.title, colour),
        Cell::text(&item.frequency.title, Style::Middle),
        Cell::text(&item.who.title, Style::Middle),
        empty(Style::Middle).takes(Input::Choice(results.into())),
        empty(Style::Text),
        empty(Style::Middle).takes(Input::Date),
    ]
}
