//! Small-cell suppression: a cell with fewer than three clients is not published, and neither is what would let it be
//! computed by subtraction.

use std::collections::BTreeSet;

use super::bridge::bridges;
use crate::OrganisationId;

/// Fewest clients that a published cell stands for.
pub const FEWEST_CLIENTS: usize = 3;
/// Fewest clients among whose values one by rank, as a median, is published: it is one client's own, and of three each
/// could be read by rank.
pub const FEWEST_RANKED: usize = 5;

/// One figure and the clients that it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub value: i64,
    pub clients: BTreeSet<OrganisationId>,
    /// Whether everybody knows that it is nothing, such as a form that a platform can't make: hiding it hides nothing.
    pub known: bool,
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
        Self::publish_without(rows, &BTreeSet::new())
    }

    /// The same, where the figures at `kept` (row and column, totals included) must not be shown for a reason of their
    /// own: another table would give them away.
    #[must_use]
    pub fn publish_without(rows: &[Vec<Cell>], kept: &BTreeSet<(usize, usize)>) -> Self {
        let full = with_totals(rows);
        let is_open = |row: usize, column: usize, cell: &Cell| {
            !is_small(&cell.clients) && !kept.contains(&(row, column))
        };
        let mut open: Vec<Vec<bool>> = full
            .iter()
            .enumerate()
            .map(|(row, cells)| {
                cells.iter().enumerate().map(|(column, cell)| is_open(row, column, cell)).collect()
            })
            .collect();
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

    /// The places of what is suppressed, totals included.
    fn hidden(&self) -> BTreeSet<(usize, usize)> {
        let cells = self.shown.iter().enumerate().flat_map(|(row, cells)| {
            cells.iter().enumerate().map(move |(column, shown)| ((row, column), shown))
        });
        cells.filter(|(_, shown)| shown.is_none()).map(|(place, _)| place).collect()
    }
}

fn is_small(clients: &BTreeSet<OrganisationId>) -> bool {
    !clients.is_empty() && clients.len() < FEWEST_CLIENTS
}

/// Whether these clients together are fewer than a published cell stands for; of many, the first are enough to tell.
fn are_few<'a>(sets: impl Iterator<Item = &'a BTreeSet<OrganisationId>>) -> bool {
    let mut seen = BTreeSet::new();
    !sets.flatten().any(|client| seen.insert(client) && seen.len() >= FEWEST_CLIENTS)
}

/// The rows with their totals. Of each cell's clients only the first few are kept: whether several cells together stand
/// for too few is told by them as well.
fn with_totals(rows: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    let few =
        |cell: &Cell| Cell { clients: cell.clients.iter().take(FEWEST_CLIENTS).copied().collect(), ..*cell };
    let with_total = |row: &Vec<Cell>| -> Vec<Cell> {
        let cells: Vec<Cell> = row.iter().map(few).collect();
        let total = sum(cells.iter());
        cells.into_iter().chain([total]).collect()
    };
    let mut full: Vec<Vec<Cell>> = rows.iter().map(with_total).collect();
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

/// Publishes two tables with the same rows together: a row's total, and the total of all, is one figure in both, so it
/// is shown in both or in neither.
#[must_use]
pub fn publish_together(one: &[Vec<Cell>], other: &[Vec<Cell>]) -> (Table, Table) {
    let mut hidden = BTreeSet::new();
    loop {
        let publish = |rows: &[Vec<Cell>]| {
            let width = rows.first().map_or(0, Vec::len);
            Table::publish_without(rows, &hidden.iter().map(|row| (*row, width)).collect())
        };
        let tables = (publish(one), publish(other));
        let totals = |table: &Table| -> BTreeSet<usize> {
            let hidden = |row: &Vec<Option<i64>>| row.last().is_some_and(Option::is_none);
            table.shown.iter().enumerate().filter(|(_, row)| hidden(row)).map(|(row, _)| row).collect()
        };
        let found = &totals(&tables.0) | &totals(&tables.1);
        if found == hidden {
            return tables;
        }
        hidden = found;
    }
}

/// A figure and what is left of the one that it is a part of, such as the placed requests and the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub of: Vec<Vec<Cell>>,
    pub rest: Vec<Vec<Cell>>,
}

/// Publishes `whole` with figures each of which is a part of the one before: where a difference between two of them
/// would stand for too few, the lesser one is hidden, and with it what lets it be computed. Answers a table for each,
/// the whole first.
#[must_use]
pub fn publish_parts(whole: &[Vec<Cell>], parts: &[Part]) -> Vec<Table> {
    let mut tables = vec![Table::publish(whole)];
    for part in parts {
        // Of something hidden nothing is told: the difference to what it is itself a part of would be.
        let mut hidden = tables.last().map(Table::hidden).unwrap_or_default();
        // Whoever knows the whole knows the rest from the part, so both are hidden at the same places.
        let table = loop {
            let table = Table::publish_without(&part.of, &hidden);
            let rest = Table::publish_without(&part.rest, &hidden);
            let found = &table.hidden() | &rest.hidden();
            if found == hidden {
                break table;
            }
            hidden = found;
        };
        tables.push(table);
    }
    tables
}

/// A suppressed cell that the published ones give away, alone or together with others that stand for too few.
fn exposed(full: &[Vec<Cell>], open: &[Vec<bool>]) -> Option<(usize, usize)> {
    let hidden = |row: usize, column: usize| !open[row][column];
    let (height, width) = (full.len(), full.first().map_or(0, Vec::len));
    // What is hidden in a row or column adds up to what is published, so together it must stand for enough; where the
    // total is hidden too, nobody knows to what it adds up.
    let sums_to_few = |cells: &mut dyn Iterator<Item = (usize, usize)>| {
        let cells: Vec<_> = cells.collect();
        let adds_up = cells.last().is_some_and(|(row, column)| !hidden(*row, *column));
        let cells: Vec<_> = cells.into_iter().filter(|(row, column)| hidden(*row, *column)).collect();
        let few = adds_up && are_few(cells.iter().map(|(row, column)| &full[*row][*column].clients));
        cells.first().copied().filter(|_| cells.len() == 1 || few)
    };
    let by_row = (0..height).find_map(|row| sums_to_few(&mut (0..width).map(|column| (row, column))));
    let by_column = || (0..width).find_map(|column| sums_to_few(&mut (0..height).map(|row| (row, column))));
    let by_both = || bridges(open).first().copied();
    by_row.or_else(by_column).or_else(by_both)
}

/// The published cell to hide beside an exposed one: in its row or column, if possible one that stands for somebody;
/// then one beside which something is hidden already, so that it needs no protection of its own; then the least figure.
/// Else any cell at all.
fn protector(full: &[Vec<Cell>], open: &[Vec<bool>], row: usize, column: usize) -> Option<(usize, usize)> {
    let width = open.first().map_or(0, Vec::len);
    let all_open_in_row: Vec<bool> = open.iter().map(|cells| cells.iter().all(|open| *open)).collect();
    let all_open_in_column: Vec<bool> =
        (0..width).map(|column| open.iter().all(|cells| cells[column])).collect();
    let mut best: Option<(bool, bool, bool, i64, usize, usize)> = None;
    for (r, cells) in full.iter().enumerate() {
        for (c, cell) in cells.iter().enumerate() {
            if open[r][c] && !cell.known {
                let apart = r != row && c != column;
                let alone = if r == row { all_open_in_column[c] } else { all_open_in_row[r] };
                let rank = (apart, cell.clients.is_empty(), alone, cell.value, r, c);
                best = Some(best.map_or(rank, |known| known.min(rank)));
            }
        }
    }
    best.map(|(_, _, _, _, row, column)| (row, column))
}
