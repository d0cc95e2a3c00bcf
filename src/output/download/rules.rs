//! Attainment rules as a workbook to score oneself: points lost are typed in, the rest adds itself up.

use super::sheet::{Area, Cell, Input, Piece, Sheet, Style, Value, columns, head};
use super::words::Words;
use crate::view::detail::rules::{RulesItemView, RulesView};

/// Columns: number, requirement, how points are lost, evidence, basis, points; then points lost, score, remark.
const HEADS: [&str; 9] = [
    "sheet_number",
    "sheet_requirement",
    "deduction",
    "evidence",
    "basis",
    "points",
    "sheet_lost",
    "sheet_score",
    "sheet_remark",
];
const WIDTHS: [u16; 9] = [6, 42, 36, 24, 22, 7, 8, 8, 18];
const POINTS: usize = 5;
const LOST: usize = 6;
const SCORE: usize = 7;

/// The sheet of attainment rules.
#[must_use]
pub fn sheet(title: &str, rules: &RulesView, words: &Words<'_>) -> Sheet {
    let mut lines = vec![format!(
        "{}{}　{}{} {}",
        words.of("sheet_size"),
        rules.size_class.title,
        words.of("edition"),
        rules.edition.edition,
        rules.edition.status.title,
    )];
    lines.extend(rules.intro.clone());
    lines.extend(rules.usage.clone());
    let mut rows = Vec::new();
    let vetoes = vetoes(&mut rows, rules, words);
    let mut items = Vec::new();
    for element in &rules.elements {
        let first = rows.len() + 1;
        let last = rows.len() + element.items.len();
        let text = format!("{} {}", element.number, element.title);
        rows.push(vec![
            Cell::text(&text, Style::Group).over(POINTS, 1),
            Cell::new(Value::Number(element.points), Style::Total),
            sum(&[(first, last)], LOST, ""),
            sum(&[(first, last)], SCORE, &element.points.to_string()),
            Cell::new(Value::Empty, Style::Text),
        ]);
        for item in &element.items {
            rows.push(row(item, rows.len()));
        }
        if !element.items.is_empty() {
            items.push((first, last));
        }
    }
    rows.push(vec![
        Cell::text(words.of("sheet_total"), Style::Group).over(POINTS, 1),
        Cell::new(Value::Number(rules.total), Style::Total),
        sum(&items, LOST, ""),
        sum(&items, SCORE, &rules.total.to_string()),
        Cell::new(Value::Empty, Style::Text),
    ]);
    if let Some(vetoes) = vetoes {
        rows.push(verdict(vetoes, words));
    }
    Sheet {
        title: title.to_owned(),
        lines,
        fields: ["sheet_unit", "sheet_scored_by", "sheet_scored_on"]
            .map(|word| words.of(word).to_owned())
            .into(),
        columns: columns(WIDTHS),
        head: head(*words, HEADS),
        rows,
        notes: vec![words.of("sheet_score_note").to_owned()],
        ..Sheet::default()
    }
}

/// Adds the items that decide alone, each with a yes or no, and returns where these stand.
fn vetoes(rows: &mut Vec<Vec<Cell>>, rules: &RulesView, words: &Words<'_>) -> Option<Area> {
    if rules.vetoes.is_empty() {
        return None;
    }
    rows.push(vec![
        Cell::text(words.of("sheet_vetoes"), Style::Group).over(WIDTHS.len(), 1),
    ]);
    let first = rows.len();
    let choices = [words.of("yes"), words.of("no")].map(ToOwned::to_owned);
    for (number, veto) in (1_i64..).zip(&rules.vetoes) {
        let basis: Vec<&str> = veto.basis.iter().map(|one| one.text.as_str()).collect();
        rows.push(vec![
            Cell::new(Value::Number(number), Style::Middle),
            Cell::text(&veto.text, Style::Label).over(3, 1),
            Cell::text(&basis.join("；"), Style::Label),
            Cell::text(words.of("sheet_violated"), Style::Middle),
            Cell::new(Value::Empty, Style::Middle)
                .over(2, 1)
                .takes(Input::Choice(choices.clone().into())),
            Cell::new(Value::Empty, Style::Text),
        ]);
    }
    Some(Area {
        rows: (first, rows.len() - 1),
        columns: (LOST, LOST),
    })
}

/// The row that tells whether an item that decides alone was violated.
fn verdict(vetoes: Area, words: &Words<'_>) -> Vec<Cell> {
    let text = |word: &str| format!("\"{}\"", words.of(word).replace('"', "\"\""));
    let formula = vec![
        Piece::Word("IF(COUNTIF(".to_owned()),
        Piece::Area(vetoes),
        Piece::Word(format!(
            ",{})>0,{},{})",
            text("yes"),
            text("sheet_vetoed"),
            text("sheet_not_vetoed")
        )),
    ];
    let result = words.of("sheet_not_vetoed").to_owned();
    vec![
        Cell::text(words.of("sheet_verdict"), Style::Group).over(POINTS, 1),
        Cell::new(Value::Formula(formula, result), Style::Total).over(4, 1),
    ]
}

fn row(item: &RulesItemView, at: usize) -> Vec<Cell> {
    let basis: Vec<&str> = item.basis.iter().map(|one| one.text.as_str()).collect();
    let score = vec![
        Piece::Area(Area::cell(at, POINTS)),
        Piece::Word("-".to_owned()),
        Piece::Area(Area::cell(at, LOST)),
    ];
    vec![
        Cell::text(&item.number, Style::Middle),
        Cell::text(&item.requirement, Style::Label),
        Cell::text(&item.deduction, Style::Label),
        Cell::text(item.evidence.as_deref().unwrap_or_default(), Style::Label),
        Cell::text(&basis.join("；"), Style::Label),
        Cell::new(Value::Number(item.points), Style::Middle),
        Cell::new(Value::Empty, Style::Middle).takes(Input::Whole(Some(item.points))),
        Cell::new(
            Value::Formula(score, item.points.to_string()),
            Style::Middle,
        ),
        Cell::new(Value::Empty, Style::Text),
    ]
}

/// The sum of rows in a column.
fn sum(rows: &[(usize, usize)], column: usize, before: &str) -> Cell {
    let mut formula = vec![Piece::Word("SUM(".to_owned())];
    for (at, rows) in rows.iter().enumerate() {
        if at > 0 {
            formula.push(Piece::Word(",".to_owned()));
        }
        formula.push(Piece::Area(Area {
            rows: *rows,
            columns: (column, column),
        }));
    }
    formula.push(Piece::Word(")".to_owned()));
    let before = if before.is_empty() { "0" } else { before };
    let value = match rows {
        [] => Value::Empty,
        _ => Value::Formula(formula, before.to_owned()),
    };
    Cell::new(value, Style::Total)
}
