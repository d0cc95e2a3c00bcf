//! Papers as `.docx`. This module and its folder alone know the library; what stands on a paper is decided before
//! ([`super::paper`]). Measures are those of GB/T 9704-2012 (党政机关公文格式) for official papers: A4, margins of 37, 28,
//! 35 and 26 mm, 22 lines of 28 characters, title in 22 points, text in 16, page numbers as — 1 — in 14. Fonts are named
//! and never embedded; no seal and no red head is ever drawn.

mod measures;
mod package;
mod styles;
mod table;

use super::paper::{Block, Layout, Paper, Piece};
use docx_rs::{
    AlignmentType, BreakType, DocGrid, DocGridType, Docx, Footer, LineSpacing, LineSpacingType,
    PageNum, Paragraph, Run, SpecialIndentType, Table, TableCell as Cell, TableLayoutType,
    TableRow, WidthType,
};
use measures::{Measures, PAGE, fonts};
use package::{core, font_table, pack, with_default, with_repeated_heads};
use std::io::{Cursor, Error};
use styles::styles;
use table::table;
use unicode_width::UnicodeWidthStr;

/// Characters of room behind the name of a field.
const FIELD: usize = 14;
/// Characters of a title that stand in one line.
const TITLE_LINE: usize = 20;
/// The bytes of a paper whose own text is `text`.
///
/// # Errors
/// When the parts cannot be packed.
pub fn bytes(paper: &Paper, text: &[Block]) -> Result<Vec<u8>, Error> {
    let measures = Measures::of(paper.layout);
    let mut docx = Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(measures.margin.clone())
        .default_fonts(fonts(measures.body))
        .default_size(measures.text)
        // One property: the library keeps several in no order.
        .custom_property("anjian", format!("{} {}", paper.id, paper.edition).trim());
    // Lines alone: with a grid of characters LibreOffice gives each character of 16 points two places of 15.8. The 28
    // characters of a line come from letters that stand a quarter of a point closer.
    if paper.layout == Layout::Official {
        let grid = DocGrid::new().grid_type(DocGridType::Lines).line_pitch(579);
        docx.document.section_property = docx.document.section_property.clone().doc_grid(grid);
    }
    for style in styles(&measures) {
        docx = docx.add_style(style);
    }
    docx = docx
        .footer(footer(AlignmentType::Right))
        .even_footer(footer(AlignmentType::Left));
    docx = docx.add_paragraph(title(&paper.title));
    for line in &paper.subtitles {
        let label = Paragraph::new().style("Subtitle");
        docx = docx.add_paragraph(label.add_run(Run::new().add_text(format!("（{line}）"))));
    }
    let mut blocks = paper
        .above
        .iter()
        .chain(text)
        .chain(&paper.below)
        .peekable();
    while let Some(block) = blocks.next() {
        docx = match block {
            Block::Table(rows) => docx.add_table(table(rows, &measures)).add_paragraph(gap()),
            Block::Attachments(names) => attachments(names, &measures)
                .into_iter()
                .fold(docx, Docx::add_paragraph),
            Block::Issued(owner, date) => issued(owner, date, &measures)
                .into_iter()
                .fold(docx, Docx::add_paragraph),
            Block::Signature(..) => {
                let mut parties = vec![block];
                while let Some(next) =
                    blocks.next_if(|next| matches!(next, Block::Signature(..) | Block::Note(_)))
                {
                    parties.push(next);
                }
                // The line that must follow a table at the end of a paper makes no page of its own.
                docx.add_table(signatures(&parties, &measures))
                    .add_paragraph(thin(20))
            }
            other => {
                // Signatures never stand on a page of their own.
                let signed = matches!(blocks.peek(), Some(Block::Signature(..)));
                docx.add_paragraph(paragraph(other, &measures, signed))
            }
        };
    }
    let mut parts = docx.build();
    parts.doc_props.core = core(paper).into_bytes();
    parts.font_table = font_table().into_bytes();
    parts.document = with_repeated_heads(&parts.document).into_bytes();
    parts.styles = with_default(&parts.styles, measures.text).into_bytes();
    let mut stored = Cursor::new(Vec::new());
    parts.pack(&mut stored).map_err(Error::other)?;
    pack(stored)
}

/// — 1 —, on odd pages at the right and on even pages at the left, one character from the edge.
fn footer(side: AlignmentType) -> Footer {
    let dash = |text: &str| Run::new().size(28).fonts(fonts("宋体")).add_text(text);
    let (start, end) = match side {
        AlignmentType::Right => (None, Some(280)),
        _ => (Some(280), None),
    };
    let number = Paragraph::new()
        .style("PageNumber")
        .align(side)
        .indent(start, None, end, None)
        .add_run(dash("— "))
        .add_page_num(PageNum::new())
        .add_run(dash(" —"));
    Footer::new().add_paragraph(number)
}

fn paragraph(block: &Block, measures: &Measures, signed: bool) -> Paragraph {
    let (style, sign, pieces) = match block {
        Block::Heading(1, pieces) => ("Heading1", None, pieces),
        Block::Heading(2, pieces) => ("Heading2", None, pieces),
        Block::Heading(_, pieces) => ("Heading3", None, pieces),
        Block::Paragraph(pieces) => ("Text", None, pieces),
        Block::Item(sign, pieces) => ("Item", Some(sign), pieces),
        Block::Note(text) => {
            return Paragraph::new()
                .style("Note")
                .add_run(Run::new().add_text(text));
        }
        Block::Fields(names) => {
            let start = Paragraph::new().style("Signature");
            return names.iter().fold(start, |line, name| {
                line.add_run(Run::new().add_text(name))
                    .add_run(underlined(FIELD))
                    .add_run(Run::new().add_text("\u{3000}"))
            });
        }
        Block::Table(_) | Block::Signature(..) | Block::Attachments(_) | Block::Issued(..) => {
            return Paragraph::new();
        }
    };
    // A heading does not stand alone at the foot of a page.
    let start = Paragraph::new()
        .style(style)
        .keep_next(signed || style.starts_with("Heading"));
    let start = match sign {
        Some(sign) => start.add_run(Run::new().add_text(sign)),
        None => start,
    };
    runs(start, pieces, measures)
}

/// The runs of a line. Blanks to write on are lines of their own: spaces around them only widen the gap.
fn runs(start: Paragraph, pieces: &[Piece], measures: &Measures) -> Paragraph {
    let is_blank = |at: usize| matches!(pieces.get(at), Some(Piece::Blank(_)));
    let plain = |at: usize, text: &str| {
        let text = if is_blank(at + 1) {
            text.trim_end()
        } else {
            text
        };
        let before = at.checked_sub(1).is_some_and(is_blank);
        let text = if before { text.trim_start() } else { text };
        text.to_owned()
    };
    pieces.iter().enumerate().fold(start, |line, (at, piece)| {
        line.add_run(match piece {
            Piece::Text(text) => Run::new().add_text(plain(at, text)),
            Piece::Strong(text) => Run::new().fonts(fonts("黑体")).add_text(plain(at, text)),
            Piece::Blank(width) => underlined(measures.blank(*width)),
            Piece::Break => Run::new().add_break(BreakType::TextWrapping),
        })
    })
}

/// Room to write, so many half characters wide. Underscores, not underlined spaces: these are not drawn at the end of
/// a line, where they would hang into the margin.
fn underlined(halves: usize) -> Run {
    Run::new().add_text("_".repeat(halves))
}

/// The title. A long one breaks before its bracket, not inside.
fn title(text: &str) -> Paragraph {
    let start = Paragraph::new().style("Title");
    let long = text.chars().count() > TITLE_LINE;
    match text.find('（').filter(|at| long && *at > 0) {
        None => start.add_run(Run::new().add_text(text)),
        Some(at) => start.add_run(
            Run::new()
                .add_text(&text[..at])
                .add_break(BreakType::TextWrapping)
                .add_text(&text[at..]),
        ),
    }
}

/// Who signs, two parties beside each other, and below who keeps the copies: a table without lines that is not torn.
fn signatures(parties: &[&Block], measures: &Measures) -> Table {
    let half = measures.width() / 2;
    let cell = |block: Option<&&Block>| -> Cell {
        let cell = Cell::new().width(half, WidthType::Dxa);
        let Some(Block::Signature(party, lines)) = block else {
            return cell.add_paragraph(Paragraph::new().style("Cell"));
        };
        let kept = |style: &str, text: &str| {
            let line = Paragraph::new()
                .style(style)
                .keep_next(true)
                .keep_lines(true);
            line.add_run(Run::new().add_text(text))
        };
        let lines = lines.iter().map(|line| kept("Signature", line));
        lines.fold(
            cell.add_paragraph(kept("Party", party)),
            Cell::add_paragraph,
        )
    };
    let (notes, parties): (Vec<&Block>, Vec<&Block>) = parties
        .iter()
        .partition(|block| matches!(block, Block::Note(_)));
    let mut rows: Vec<TableRow> = parties
        .chunks(2)
        .map(|pair| TableRow::new(vec![cell(pair.first()), cell(pair.get(1))]).cant_split())
        .collect();
    for note in notes {
        let line = paragraph(note, measures, false);
        let whole = Cell::new().grid_span(2).width(half * 2, WidthType::Dxa);
        rows.push(TableRow::new(vec![whole.add_paragraph(line)]).cant_split());
    }
    Table::without_borders(rows)
        .set_grid(vec![half, half])
        .layout(TableLayoutType::Fixed)
        .width(measures.width(), WidthType::Dxa)
}

/// 附件说明: a blank line below the text, then the names in their order, each under the one before.
fn attachments(names: &[String], measures: &Measures) -> Vec<Paragraph> {
    let character = i32::try_from(measures.text * 10).unwrap_or(320);
    let word = "附件：";
    let mut lines = vec![Paragraph::new().style("Signature").keep_next(true)];
    for (number, name) in (1..).zip(names) {
        let numbered = names.len() > 1;
        let text = match (numbered, number) {
            (false, _) => format!("{word}{name}"),
            (true, 1) => format!("{word}1. {name}"),
            (true, number) => format!("{number}. {name}"),
        };
        // The first line begins two characters in, the others of the name below its first character.
        let (start, first) = match number {
            1 if numbered => (6, -4),
            1 => (5, -3),
            _ => (6, -1),
        };
        let indent = SpecialIndentType::Hanging(-first * character);
        lines.push(
            Paragraph::new()
                .style("Signature")
                .indent(Some(start * character), Some(indent), None, None)
                .add_run(Run::new().add_text(text)),
        );
    }
    lines
}

/// 署名 and 成文日期 of a paper without a seal: a blank line, the name two characters from the right, below it the date,
/// which begins two characters right of the name's first; where the date is the longer one, the date stands two
/// characters from the right and the name moves left.
fn issued(owner: &str, date: &str, measures: &Measures) -> Vec<Paragraph> {
    // In half characters, as figures are.
    let width = |text: &str| i32::try_from(text.width()).unwrap_or(0);
    let (name, day) = (width(owner), width(date));
    let (name_right, day_right) = match day > name {
        true => (8 + day - name, 4),
        false => (4, (name - day).max(0)),
    };
    let half = i32::try_from(measures.text * 5).unwrap_or(160);
    let line = |text: &str, right: i32| {
        Paragraph::new()
            .style("Signature")
            .align(AlignmentType::Right)
            .indent(None, None, Some(right * half), None)
            .keep_next(true)
            .add_run(Run::new().add_text(text))
    };
    let blank = Paragraph::new().style("Signature").keep_next(true);
    vec![
        blank,
        line(owner, name_right),
        line(date, day_right).keep_next(false),
    ]
}

/// A small line below a table, so that two tables do not become one.
fn gap() -> Paragraph {
    thin(160)
}

/// A line as high as said, in twentieths of a point.
fn thin(height: i32) -> Paragraph {
    let spacing = LineSpacing::new()
        .line_rule(LineSpacingType::Exact)
        .line(height);
    Paragraph::new().line_spacing(spacing).snap_to_grid(false)
}
