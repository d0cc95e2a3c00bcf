//! Tables, with their cells merged where `:::table` stands before them.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag};

use super::Writer;
use crate::parse::markdown::escape;
use crate::parse::markdown::table::{Cell, merge};

/// The table being written.
#[derive(Default)]
pub(super) struct Table {
    aligns: Vec<Alignment>,
    cells: Vec<Vec<Cell>>,
    row: usize,
    column: usize,
}

impl<'a> Writer<'_, 'a> {
    pub(super) fn cell(&self) -> Cell {
        let row = self.table.cells.get(self.table.row);
        let known = row.and_then(|row| row.get(self.table.column)).copied();
        known.unwrap_or(Cell {
            columns: 1,
            rows: 1,
        })
    }

    pub(super) fn next_column(&mut self) {
        self.table.column += 1;
    }

    pub(super) fn next_row(&mut self) {
        self.table.row += 1;
        self.table.column = 0;
    }

    pub(super) fn open_table(&mut self, at: usize, aligns: &[Alignment], span: Range<usize>) {
        let merging = self.merging.take();
        let caption = merging
            .as_ref()
            .map_or("", |directive| directive.argument("caption").0)
            .to_owned();
        self.table = Table {
            aligns: aligns.to_vec(),
            ..Table::default()
        };
        if merging.is_some() {
            let (cells, faulty) = merge(&self.grid(at));
            self.table.cells = cells;
            if faulty {
                self.problem(
                    "table-merge",
                    span,
                    "",
                    [
                        "合并的单元格不成矩形，或没有可并入的单元格",
                        "merged cells form no rectangle or have nothing to join",
                    ],
                    ["检查表中的 `<` 与 `^`", "check `<` and `^` in the table"],
                );
            }
        }
        self.line();
        if self.options.directives {
            // Regions of one page have names of their own.
            let label = match caption.as_str() {
                "" => {
                    self.unnamed += 1;
                    match self.unnamed {
                        1 => "表格".to_owned(),
                        number => format!("表格 {number}"),
                    }
                }
                caption => escape::text(caption),
            };
            self.push(&format!("<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n"));
        }
        self.push("<table>\n");
        if !caption.is_empty() {
            self.push(&format!("<caption>{}</caption>\n", escape::text(&caption)));
        }
    }

    pub(super) fn close_table(&mut self) {
        self.push(if self.table.row > 1 {
            "</tbody>\n</table>\n"
        } else {
            "</table>\n"
        });
        if self.options.directives {
            self.push("</div>\n");
        }
        self.table = Table::default();
    }

    /// The merge marks of the table that begins at `at`.
    fn grid(&self, at: usize) -> Vec<Vec<char>> {
        let mut grid: Vec<Vec<char>> = Vec::new();
        for index in at..self.skip(at) {
            match self.events.get(index) {
                Some((Event::Start(Tag::TableHead | Tag::TableRow), _)) => grid.push(Vec::new()),
                Some((Event::Start(Tag::TableCell), _)) => {
                    let mark = self.mark(index);
                    if let Some(row) = grid.last_mut() {
                        row.push(mark);
                    }
                }
                _ => {}
            }
        }
        grid
    }

    /// The merge mark that is all of a cell, blank for a cell with a text. `\<` and `` `<` `` are texts.
    fn mark(&self, at: usize) -> char {
        let inner = self.events.get(at + 1..self.skip(at).saturating_sub(1));
        let Some([(Event::Text(_), span)]) = inner else {
            return ' ';
        };
        let escaped = self
            .source
            .get(..span.start)
            .is_some_and(|before| before.ends_with('\\'));
        match self.source.get(span.clone()) {
            Some("<") if !escaped => '<',
            Some("^") if !escaped => '^',
            _ => ' ',
        }
    }

    pub(super) fn open_cell(&mut self) {
        let name = if self.table.row == 0 { "th" } else { "td" };
        let align = match self.table.aligns.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let cell = self.cell();
        let mut html = format!("<{name}{align}");
        if cell.columns > 1 {
            html.push_str(&format!(" colspan=\"{}\"", cell.columns));
        }
        if cell.rows > 1 {
            html.push_str(&format!(" rowspan=\"{}\"", cell.rows));
        }
        self.push(&html);
        self.push(">");
    }

    pub(super) fn close_cell(&mut self) {
        self.push(match self.table.row {
            0 => "</th>\n",
            _ => "</td>\n",
        });
        self.next_column();
    }

    pub(super) fn open_row(&mut self) {
        self.push(match self.table.row {
            1 => "<tbody>\n<tr>\n",
            _ => "<tr>\n",
        });
    }
}
