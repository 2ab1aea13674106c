//! A line of the plant with the rows that the round has put on it so far.

use std::collections::BTreeSet;

use crate::{
    OccupancyId, Second,
    chain::{Change, Writes, relink},
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    snapshot::LineState,
};

/// A line.
#[derive(Debug)]
pub(super) struct Line {
    /// As it was before the round, without expired holds.
    base: LineState,
    /// What the round has put on it, each with its wish's number, in order.
    pub added: Vec<(usize, Occupancy)>,
}

impl Line {
    /// A line at `now`. A hold that has expired is gone, but for a cleaning where its neighbours don't fit each other.
    pub fn new(state: &LineState, now: Second) -> Self {
        let expired = state.rows().iter().filter(|row| row.is_expired(now));
        let release: Vec<OccupancyId> = expired.map(|row| row.id).collect();
        if release.is_empty() {
            return Self { base: state.clone(), added: Vec::new() };
        }
        let change = Change { release, ..Change::default() };
        // Ids of rows that only this computation sees.
        let mut number = 0_u128;
        let mut fresh = || {
            number += 1;
            OccupancyId(uuid::Uuid::from_u128(number))
        };
        // Of an unrepairable line the holds stay: too little is offered then, and never too much.
        let base = match relink(state, &change, &mut fresh) {
            Ok(writes) => state.with(written(state, &writes)),
            Err(_) => state.clone(),
        };
        Self { base, added: Vec::new() }
    }

    pub fn add(&mut self, wish: usize, row: Occupancy) {
        let at = self.added.partition_point(|(_, known)| known.interval.start < row.interval.start);
        self.added.insert(at, (wish, row));
    }

    /// Removes the rows of `wish`.
    pub fn remove(&mut self, wish: usize) {
        self.added.retain(|(other, _)| *other != wish);
    }

    /// The line with its added rows, by the rules of the chain.
    ///
    /// # Errors
    /// Why some row doesn't fit behind the ones before it.
    pub fn state(&self) -> Result<LineState, Refusal> {
        let writes = self.writes(|_| true)?;
        Ok(self.base.with(written(&self.base, &writes)))
    }

    /// The line with its added rows, whether they fit or not.
    pub fn state_as_is(&self) -> LineState {
        let mut rows: Vec<Occupancy> = self.base.rows().to_vec();
        rows.extend(self.added.iter().map(|(_, row)| *row));
        rows.sort_by_key(|row| (row.kind != Kind::Head, row.interval.start));
        self.base.with(rows)
    }

    /// A wish, none of `kept`, whose rows must go for the rest to fit: one that alone is enough, if there is one.
    pub fn torn(&self, kept: &BTreeSet<usize>) -> Option<usize> {
        if self.writes(|_| true).is_ok() {
            return None;
        }
        let wishes = || self.added.iter().map(|(wish, _)| *wish).filter(move |wish| !kept.contains(wish));
        wishes().find(|gone| self.writes(|wish| wish != *gone).is_ok()).or_else(|| wishes().next())
    }

    fn writes(&self, stays: impl Fn(usize) -> bool) -> Result<Writes, Refusal> {
        let rows = self.added.iter().filter(|(wish, _)| stays(*wish));
        let change = Change { add: rows.map(|(_, row)| *row).collect(), ..Change::default() };
        relink(&self.base, &change, &mut || OccupancyId(uuid::Uuid::nil()))
    }
}

/// The rows of a line once `writes` are written.
fn written(state: &LineState, writes: &Writes) -> Vec<Occupancy> {
    let gone = |row: &&Occupancy| writes.released.iter().all(|released| released.id != row.id);
    let current = |row: &Occupancy| {
        writes.relinked.iter().find(|relinked| relinked.id == row.id).copied().unwrap_or(*row)
    };
    let mut rows: Vec<Occupancy> = state.rows().iter().filter(gone).map(current).collect();
    rows.extend(&writes.added);
    rows.sort_by_key(|row| (row.kind != Kind::Head, row.interval.start));
    rows
}
