//! Merged cells: `<` joins a cell to its left neighbour, `^` to the one above.

/// How a cell is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Columns covered; zero when the cell is part of another.
    pub columns: usize,
    /// Rows covered.
    pub rows: usize,
}

/// The cells of a table and whether some merge was not a rectangle or had nothing to join.
///
/// `grid` holds `<`, `^` or a blank for each cell, the heading row first.
pub fn merge(grid: &[Vec<char>]) -> (Vec<Vec<Cell>>, bool) {
    let mut faulty = false;
    let mut owners: Vec<Vec<(usize, usize)>> = Vec::new();
    for (r, row) in grid.iter().enumerate() {
        let mut line: Vec<(usize, usize)> = Vec::new();
        for (c, &mark) in row.iter().enumerate() {
            let above = if r > 1 {
                owners.last().and_then(|row| row.get(c))
            } else {
                None
            };
            let owner = match mark {
                '<' => line.last().copied(),
                '^' => above.copied(),
                _ => Some((r, c)),
            };
            faulty |= owner.is_none();
            line.push(owner.unwrap_or((r, c)));
        }
        owners.push(line);
    }
    let mut cells: Vec<Vec<Cell>> = grid
        .iter()
        .map(|row| {
            vec![
                Cell {
                    columns: 0,
                    rows: 0
                };
                row.len()
            ]
        })
        .collect();
    let mut area = 0;
    for (r, line) in owners.iter().enumerate() {
        for (c, &(top, left)) in line.iter().enumerate() {
            if let Some(cell) = cells.get_mut(top).and_then(|row| row.get_mut(left)) {
                cell.columns = cell.columns.max(c + 1 - left.min(c));
                cell.rows = cell.rows.max(r + 1 - top);
                area += 1;
            }
        }
    }
    let total: usize = cells
        .iter()
        .flatten()
        .map(|cell| cell.columns * cell.rows)
        .sum();
    (cells, faulty || total != area)
}
