//! Tables of a paper: cells that span, rows high enough to write in, columns as wide as what they hold.

use super::measures::Measures;
use super::runs;
use crate::output::download::paper::{Piece, TableCell};
use docx_rs::{
    HeightRule, Paragraph, Shading, Table, TableCell as Cell, TableCellMargins, TableLayoutType,
    TableRow, VAlignType, VMergeType, WidthType,
};

/// The height of a row in which people write, in twentieths of a point: 8 mm. That of a head is one more, by which it
/// is known again.
const ROW: f32 = 454.0;
pub(super) const HEAD_ROW: f32 = 455.0;

/// A table of the text.
pub(super) fn table(rows: &[Vec<TableCell>], measures: &Measures) -> Table {
    let columns = columns(rows);
    let grid = widths(rows, columns, measures);
    let mut made = Vec::new();
    // For each column, the rows that a cell above still covers, and how many columns that cell has.
    let mut covered: Vec<(usize, usize)> = vec![(0, 0); columns];
    let mut is_head = true;
    for row in rows {
        let mut cells = Vec::new();
        let mut waiting = row.iter();
        let mut column = 0;
        while column < columns {
            let (left, span) = covered[column];
            let width = |span: usize| {
                grid[column..(column + span.max(1)).min(columns)]
                    .iter()
                    .sum::<usize>()
            };
            if left > 0 {
                let cell = Cell::new()
                    .vertical_merge(VMergeType::Continue)
                    .grid_span(span.max(1));
                cells.push(
                    cell.width(width(span), WidthType::Dxa)
                        .add_paragraph(Paragraph::new().style("Cell")),
                );
                covered[column].0 -= 1;
                column += span.max(1);
                continue;
            }
            let Some(one) = waiting.next() else {
                let empty = Cell::new().width(width(1), WidthType::Dxa);
                cells.push(empty.add_paragraph(Paragraph::new().style("Cell")));
                column += 1;
                continue;
            };
            let span = one.colspan.min(columns - column).max(1);
            let mut cell = Cell::new()
                .grid_span(span)
                .width(width(span), WidthType::Dxa)
                .vertical_align(VAlignType::Center);
            if one.head {
                cell = cell.shading(Shading::new().fill("EEF1EE"));
            }
            if one.rowspan > 1 {
                cell = cell.vertical_merge(VMergeType::Restart);
                covered[column] = (one.rowspan - 1, span);
            }
            let style = if one.head { "CellHead" } else { "Cell" };
            // A head stays with the rows below it.
            let start = || Paragraph::new().style(style).keep_next(one.head);
            // A cell that is nothing but room to write needs no line in it.
            let is_room = |line: &Vec<Piece>| line.iter().all(|one| matches!(one, Piece::Blank(_)));
            cell = match one.lines.as_slice() {
                [] => cell.add_paragraph(start()),
                [line] if is_room(line) => cell.add_paragraph(start()),
                lines => lines.iter().fold(cell, |cell, line| {
                    cell.add_paragraph(runs(start(), line, measures))
                }),
            };
            cells.push(cell);
            column += span;
        }
        is_head = is_head && row.iter().all(|cell| cell.head);
        let height = if is_head { HEAD_ROW } else { ROW };
        let row = TableRow::new(cells).cant_split();
        made.push(row.row_height(height).height_rule(HeightRule::AtLeast));
    }
    let margins = TableCellMargins::new().margin(40, 100, 40, 100);
    Table::new(made)
        .margins(margins)
        .set_grid(grid)
        .layout(TableLayoutType::Fixed)
        .width(measures.width(), WidthType::Dxa)
}

fn columns(rows: &[Vec<TableCell>]) -> usize {
    let widths = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.colspan).sum());
    widths.max().unwrap_or(0)
}

/// Columns that hold no more characters than this get what they need; the others share the rest.
const NARROW: usize = 6;
/// The most characters that count for a share.
const WIDE: usize = 24;

/// Widths by what the columns hold: short words and figures stand in one line, the rest is shared by length.
fn widths(rows: &[Vec<TableCell>], columns: usize, measures: &Measures) -> Vec<usize> {
    let whole = measures.width();
    let mut needs = vec![2_usize; columns];
    for row in rows.iter().filter(|row| row.len() == columns) {
        for (need, cell) in needs.iter_mut().zip(row) {
            let lines = cell.lines.iter().map(|line| length(line));
            *need = (*need)
                .max(cell.room)
                .max(lines.max().unwrap_or(0).min(WIDE));
        }
    }
    // A character of the table's letters, and the room that a cell leaves at both sides.
    let (character, sides) = (measures.table * 10, 240);
    let all: usize = needs.iter().sum();
    // The longest words that stand in one line and leave half the table to the others.
    for narrow in (2..=NARROW).rev() {
        let fixed = |need: &usize| (*need <= narrow).then(|| need * character + sides);
        let taken: usize = needs.iter().filter_map(fixed).sum();
        let shares: usize = needs.iter().filter(|need| fixed(need).is_none()).sum();
        if shares > 0 && taken * 2 <= whole {
            let width = |need: &usize| fixed(need).unwrap_or((whole - taken) * need / shares);
            return needs.iter().map(width).collect();
        }
    }
    let alike = needs.iter().map(|need| whole * need / all.max(1));
    alike.collect()
}

/// The characters of a line.
fn length(pieces: &[Piece]) -> usize {
    let lengths = pieces.iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Strong(text) => text.chars().count(),
        Piece::Blank(width) => width / 2,
        Piece::Break => 0,
    });
    lengths.sum()
}
