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
const WIDTHS: [u16; 9] = [6, 38, 36, 20, 30, 7, 8, 8, 18];
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
            sum(&[(first, last)], LOST),
            sum(&[(first, last)], SCORE),
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
        sum(&items, LOST),
        sum(&items, SCORE),
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
        closing: ["sheet_scored_by", "sheet_principal", "sheet_signed_on"]
            .map(|word| words.of(word).to_owned())
            .into(),
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
            Cell::text(&veto.text, Style::Label).over(2, 1),
            Cell::text(&basis.join("；"), Style::Label).over(2, 1),
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
    let count = vetoes.rows.1 + 1 - vetoes.rows.0;
    // Nobody is cleared before every question is answered.
    let formula = vec![
        Piece::Word("IF(COUNTIF(".to_owned()),
        Piece::Area(vetoes),
        Piece::Word(format!(
            ",{})>0,{},IF(COUNTA(",
            text("yes"),
            text("sheet_vetoed")
        )),
        Piece::Area(vetoes),
        Piece::Word(format!(")<{count},\"\",{}))", text("sheet_not_vetoed"))),
    ];
    vec![
        Cell::text(words.of("sheet_verdict"), Style::Group).over(POINTS, 1),
        Cell::new(Value::Formula(formula, UNFILLED.to_owned()), Style::Total).over(4, 1),
    ]
}

fn row(item: &RulesItemView, at: usize) -> Vec<Cell> {
    let basis: Vec<&str> = item.basis.iter().map(|one| one.text.as_str()).collect();
    let lost = Area::cell(at, LOST);
    // A sheet that nobody has filled in says nothing yet.
    let score = vec![
        Piece::Word("IF(".to_owned()),
        Piece::Area(lost),
        Piece::Word("=\"\",\"\",".to_owned()),
        Piece::Area(Area::cell(at, POINTS)),
        Piece::Word("-".to_owned()),
        Piece::Area(lost),
        Piece::Word(")".to_owned()),
    ];
    vec![
        Cell::text(&item.number, Style::Middle),
        Cell::text(&item.requirement, Style::Label),
        Cell::text(&item.deduction, Style::Label),
        Cell::text(item.evidence.as_deref().unwrap_or_default(), Style::Label),
        Cell::text(&basis.join("；"), Style::Label),
        Cell::new(Value::Number(item.points), Style::Middle),
        Cell::new(Value::Empty, Style::Middle).takes(Input::Whole(Some(item.points))),
        Cell::new(Value::Formula(score, UNFILLED.to_owned()), Style::Middle),
        Cell::new(Value::Empty, Style::Text),
    ]
}

/// What a formula shows before anything is filled in. No result at all would show as 0 where nobody reckons before the
/// first edit.
const UNFILLED: &str = " ";

/// The sum of rows in a column, once all of them are filled in: a sum of some would look like the result.
fn sum(rows: &[(usize, usize)], column: usize) -> Cell {
    let count: usize = rows.iter().map(|(first, last)| last + 1 - first).sum();
    let mut areas = Vec::new();
    for (at, rows) in rows.iter().enumerate() {
        if at > 0 {
            areas.push(Piece::Word(",".to_owned()));
        }
        areas.push(Piece::Area(Area {
            rows: *rows,
            columns: (column, column),
        }));
    }
    let mut formula = vec![Piece::Word("IF(COUNT(".to_owned())];
    formula.extend(areas.iter().cloned());
    formula.push(Piece::Word(format!(")<{count},\"\",SUM(")));
    formula.extend(areas);
    formula.push(Piece::Word("))".to_owned()));
    let value = match rows {
        [] => Value::Empty,
        _ => Value::Formula(formula, UNFILLED.to_owned()),
    };
    Cell::new(value, Style::Total)
}
