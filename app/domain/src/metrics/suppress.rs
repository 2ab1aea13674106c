//! Small-cell suppression: a cell with fewer than three clients is not published, and neither is what would let it be
//! computed by subtraction.

use std::collections::BTreeSet;

use crate::OrganisationId;

/// Fewest clients that a published cell stands for.
pub const FEWEST_CLIENTS: usize = 3;

/// One figure and the clients that it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub value: i64,
    pub clients: BTreeSet<OrganisationId>,
}

/// A table of figures with its totals, as it is published: by row (platforms, say) and column (dosage forms).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What may be shown; `None`: suppressed. Rows as given, with the row's total appended; the last row is the totals.
    pub shown: Vec<Vec<Option<i64>>>,
}

impl Table {
    /// Suppresses the cells of `rows`, all of one length. A cell that nobody is in is published as it is: it stands
    /// for nobody.
    #[must_use]
    pub fn publish(rows: &[Vec<Cell>]) -> Self {
        let full = with_totals(rows);
        let mut open: Vec<Vec<bool>> =
            full.iter().map(|row| row.iter().map(|cell| !is_small(&cell.clients)).collect()).collect();
        while let Some((row, column)) = exposed(&full, &open) {
            // Hide the least figure that helps, or everything in reach if none does.
            match protector(&full, &open, row, column) {
                Some((row, column)) => open[row][column] = false,
                None => break,
            }
        }
        let shown = full
            .iter()
            .zip(&open)
            .map(|(cells, open)| {
                cells.iter().zip(open).map(|(cell, open)| open.then_some(cell.value)).collect()
            })
            .collect();
        Self { shown }
    }
}

fn is_small(clients: &BTreeSet<OrganisationId>) -> bool {
    !clients.is_empty() && clients.len() < FEWEST_CLIENTS
}

fn with_totals(rows: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    let mut full: Vec<Vec<Cell>> = rows
        .iter()
        .map(|row| row.iter().cloned().chain(std::iter::once(sum(row.iter()))).collect())
        .collect();
    let width = full.first().map_or(0, Vec::len);
    full.push((0..width).map(|column| sum(full.iter().map(|row| &row[column]))).collect());
    full
}

fn sum<'a>(cells: impl Iterator<Item = &'a Cell>) -> Cell {
    cells.fold(Cell::default(), |mut total, cell| {
        total.value += cell.value;
        total.clients.extend(&cell.clients);
        total
    })
}

/// A suppressed cell that the published ones give away, alone or together with others that stand for too few.
fn exposed(full: &[Vec<Cell>], open: &[Vec<bool>]) -> Option<(usize, usize)> {
    let hidden = |row: usize, column: usize| !open[row][column];
    let (height, width) = (full.len(), full.first().map_or(0, Vec::len));
    // What is hidden in a row or column adds up to what is published, so together it must stand for enough.
    let sums_to_few = |cells: &mut dyn Iterator<Item = (usize, usize)>| {
        let cells: Vec<_> = cells.filter(|(row, column)| hidden(*row, *column)).collect();
        let clients: BTreeSet<_> =
            cells.iter().flat_map(|(row, column)| &full[*row][*column].clients).copied().collect();
        cells.first().copied().filter(|_| cells.len() == 1 || clients.len() < FEWEST_CLIENTS)
    };
    let by_row = (0..height).find_map(|row| sums_to_few(&mut (0..width).map(|column| (row, column))));
    let by_column = || (0..width).find_map(|column| sums_to_few(&mut (0..height).map(|row| (row, column))));
    // Rows and columns together give a figure away exactly if no other way leads from its row to its column.
    let by_both = || {
        let mut cells = (0..height).flat_map(|row| (0..width).map(move |column| (row, column)));
        cells.find(|(row, column)| hidden(*row, *column) && is_bridge(open, *row, *column))
    };
    by_row.or_else(by_column).or_else(by_both)
}

/// Whether the hidden cells other than this one leave its row and column unconnected.
fn is_bridge(open: &[Vec<bool>], row: usize, column: usize) -> bool {
    let mut rows = BTreeSet::from([row]);
    let mut columns = BTreeSet::new();
    loop {
        let before = (rows.len(), columns.len());
        for (r, cells) in open.iter().enumerate() {
            for (c, open) in cells.iter().enumerate() {
                if !*open && (r, c) != (row, column) {
                    if rows.contains(&r) {
                        columns.insert(c);
                    }
                    if columns.contains(&c) {
                        rows.insert(r);
                    }
                }
            }
        }
        if columns.contains(&column) {
            return false;
        }
        if before == (rows.len(), columns.len()) {
            return true;
        }
    }
}

/// The published cell to hide beside an exposed one: in its row or column, if possible one that stands for somebody, the
/// least figure first; else any cell at all.
fn protector(full: &[Vec<Cell>], open: &[Vec<bool>], row: usize, column: usize) -> Option<(usize, usize)> {
    let mut best: Option<(bool, bool, i64, usize, usize)> = None;
    for (r, cells) in full.iter().enumerate() {
        for (c, cell) in cells.iter().enumerate() {
            if open[r][c] {
                let apart = r != row && c != column;
                let rank = (apart, cell.clients.is_empty(), cell.value, r, c);
                best = Some(best.map_or(rank, |known| known.min(rank)));
            }
        }
    }
    best.map(|(_, _, _, row, column)| (row, column))
}
