//! A patrol guideline as a paper to take along: what to look at and to ask with room to note what was found, when to
//! report to whom, what to leave behind.

use super::paper::{Block, Piece, TableCell};
use super::words::Words;
use crate::view::detail::patrol::PatrolView;

/// Characters of room for what was seen or answered.
const ROOM: usize = 16;

/// The blocks of a patrol guideline.
#[must_use]
pub fn blocks(patrol: &PatrolView, words: &Words<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let visit = format!(
        "{}{} {}",
        words.of("paper_visit"),
        patrol.minutes,
        words.of("minutes")
    );
    blocks.push(Block::Paragraph(vec![Piece::Text(visit)]));
    if let Some(intro) = &patrol.intro {
        blocks.push(Block::Paragraph(vec![
            Piece::Strong(words.of("paper_before_start").to_owned()),
            Piece::Text(intro.clone()),
        ]));
    }
    let mut section = |title: &str, heads: [&str; 4], rows: Vec<Vec<TableCell>>| {
        if rows.is_empty() {
            return;
        }
        blocks.push(heading(words.of(title)));
        let heads = ["sheet_number"].into_iter().chain(heads);
        let head = heads
            .filter(|word| !word.is_empty())
            .map(|word| head(words.of(word)));
        blocks.push(Block::Table(
            std::iter::once(head.collect()).chain(rows).collect(),
        ));
    };
    let look = patrol.look.iter().zip(1..).map(|(one, number)| {
        let risk = one.risk.as_ref().map_or("", |risk| &risk.title);
        let tip = one.tip.as_deref().unwrap_or_default();
        vec![
            cell(&format!("{number}")),
            cell(&one.text),
            cell(tip),
            cell(risk),
            room(),
        ]
    });
    section(
        "look_title",
        ["paper_look", "paper_how", "risk", "paper_seen"],
        look.collect(),
    );
    let ask = patrol.ask.iter().zip(1..).map(|(one, number)| {
        let expect = one.expect.as_deref().unwrap_or_default();
        vec![
            cell(&format!("{number}")),
            cell(&one.question),
            cell(expect),
            room(),
        ]
    });
    section(
        "ask_title",
        ["paper_ask", "paper_expect", "paper_answer", ""],
        ask.collect(),
    );
    let report = patrol.report.iter().zip(1..).map(|(one, number)| {
        vec![
            cell(&format!("{number}")),
            cell(&one.when),
            cell(&one.within),
            cell(&one.to),
        ]
    });
    section(
        "report_title",
        ["paper_when", "paper_within", "paper_to", ""],
        report.collect(),
    );
    if !patrol.leave.is_empty() {
        blocks.push(heading(words.of("leave_title")));
        for (text, number) in patrol.leave.iter().zip(1..) {
            let text = vec![Piece::Text(text.clone())];
            blocks.push(Block::Item(format!("{number}. "), text));
        }
    }
    let lines = ["paper_place", "paper_inspector", "paper_day"];
    blocks.push(Block::Fields(
        lines.map(|word| words.of(word).to_owned()).into(),
    ));
    blocks
}

fn heading(text: &str) -> Block {
    Block::Heading(1, vec![Piece::Text(text.to_owned())])
}

fn head(text: &str) -> TableCell {
    TableCell {
        head: true,
        ..cell(text)
    }
}

fn cell(text: &str) -> TableCell {
    TableCell {
        lines: match text {
            "" => Vec::new(),
            text => vec![vec![Piece::Text(text.to_owned())]],
        },
        colspan: 1,
        rowspan: 1,
        ..TableCell::default()
    }
}

/// A cell to write in.
fn room() -> TableCell {
    TableCell {
        room: ROOM,
        ..cell("")
    }
}
