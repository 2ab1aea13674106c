//! A snapshot as it would be: without what somebody holds, with what is to be put somewhere. Nothing of it is written.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    Interval, LineId, Minute, OccupancyId, PoolId, ProductId, Second,
    availability::{self, Placement},
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    request::Request,
    snapshot::{LineState, PoolState, Snapshot},
};

/// What a booking holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Its live rows.
    pub rows: Vec<(LineId, OccupancyId)>,
    /// Its shares of pools: of which cell, by the cell's first minute, how much.
    pub claims: Vec<(PoolId, Minute, u32)>,
}

impl Snapshot {
    /// Takes away what is held, as if it were free. Lines and pools that the snapshot lacks are passed over.
    pub fn release(&mut self, held: &Held) {
        let mut lines: Vec<LineId> = held.rows.iter().map(|(line, _)| *line).collect();
        lines.sort_unstable();
        lines.dedup();
        for line in lines {
            let Some(state) = self.lines.get_mut(&line) else { continue };
            *state = Arc::new(state.without(held));
        }
        for (pool, cell, amount) in &held.claims {
            let Some(state) = self.pools.get_mut(pool) else { continue };
            let state: &mut PoolState = Arc::make_mut(state);
            if let Some(used) = state.used.get_mut(cell) {
                *used = used.saturating_sub(*amount);
            }
        }
    }

    /// Puts `request` where `placement` says, with its shares of pools. Whether it fits there is not asked, but for the
    /// bare time. Holds that have expired at `now` are in nobody's way: they go from the lines that it touches.
    ///
    /// # Errors
    /// [`Refusal::NotCapable`], [`Refusal::NoClass`], [`Refusal::Occupied`]: nothing is put then.
    pub fn put(&mut self, request: &Request, placement: &Placement, now: Second) -> Result<(), Refusal> {
        let rows =
            availability::rows(self, request, placement, None, &mut || OccupancyId(uuid::Uuid::nil()))?;
        let mut states = Vec::with_capacity(rows.len());
        for row in rows {
            let known = states.iter_mut().find(|state: &&mut LineState| state.line.id == row.line);
            let with = |state: &LineState| -> Result<LineState, Refusal> {
                let mut rows: Vec<Occupancy> =
                    state.rows().iter().filter(|other| !other.is_expired(now)).copied().collect();
                let at = rows.partition_point(|other| other.interval.end <= row.interval.start);
                if let Some(next) = rows.get(at).filter(|next| next.interval.start < row.interval.end) {
                    return Err(Refusal::Occupied { line: row.line, by: next.id, interval: next.interval });
                }
                rows.insert(at, row);
                Ok(state.with_rows(rows))
            };
            match known {
                Some(state) => *state = with(state)?,
                None => states.push(with(&self.lines[&row.line])?),
            }
        }
        for state in states {
            self.lines.insert(state.line.id, Arc::new(state));
        }
        for claim in availability::claims(self, placement) {
            if let Some(state) = self.pools.get_mut(&claim.pool) {
                *Arc::make_mut(state).used.entry(claim.cell).or_default() += claim.amount;
            }
        }
        Ok(())
    }
}

impl LineState {
    /// The line as if what is held of it were free.
    #[must_use]
    pub fn without(&self, held: &Held) -> Self {
        let goes = |row: &Occupancy| held.rows.iter().any(|(_, id)| *id == row.id);
        self.with_rows(self.rows().iter().filter(|row| !goes(row)).copied().collect())
    }

    /// The line with other rows; closures carry what is now ahead of them.
    fn with_rows(&self, mut rows: Vec<Occupancy>) -> Self {
        for index in 1..rows.len() {
            if rows[index].kind == Kind::Closure {
                rows[index].leaves = rows[index - 1].leaves;
                rows[index].product = rows[index - 1].product;
            }
        }
        self.with(rows)
    }

    /// The part of the line that decides what may lie in `interval`, without holds that have expired at `now`: on each
    /// side to the second row that isn't a closure, or to the end of the run that a campaign cap counts.
    #[must_use]
    pub fn around(&self, interval: Interval, now: Second) -> Self {
        let live: Vec<Occupancy> = self.rows().iter().filter(|row| !row.is_expired(now)).copied().collect();
        let ahead = live.partition_point(|row| row.interval.end <= interval.start);
        let behind = live.partition_point(|row| row.interval.start < interval.end);
        let back = reach(live[..ahead].iter().rev(), self.matrix.cap.is_some());
        let on = reach(live[behind..].iter(), self.matrix.cap.is_some());
        let first = ahead.saturating_sub(back);
        let last = (behind + on).min(live.len());
        self.with_rows(live[first..last].to_vec())
    }
}

/// How many of `rows` decide beside what lies before them.
fn reach<'a>(rows: impl Iterator<Item = &'a Occupancy>, capped: bool) -> usize {
    let (mut taken, mut opaque) = (0, Vec::<ProductId>::new());
    for row in rows {
        taken += 1;
        if row.kind == Kind::Closure {
            continue;
        }
        opaque.push(row.product);
        let run_is_over = opaque.first() != opaque.last();
        if opaque.len() >= 2 && (!capped || run_is_over) {
            break;
        }
    }
    taken
}
