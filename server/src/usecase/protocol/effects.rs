//! What a change does to lines and pools, gathered first and written together.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Interval, LineId, Minute, OccupancyId, PoolId,
    availability::Claim,
    chain::{Change, Shorten, Writes, relink},
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    snapshot::LineState,
};
use uuid::Uuid;

use super::{Note, Scene, Stop, lapse::Lapsed, tell};
use crate::store::{
    Tx,
    queries::{self, PoolClaim},
};

/// Rows to release and to add, and claims of pools. Nothing of it is decided here: the kernel has been asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Effects {
    lines: BTreeMap<LineId, Change>,
    claims: Vec<PoolClaim>,
}

impl Effects {
    pub fn release(&mut self, line: LineId, row: OccupancyId) {
        self.lines.entry(line).or_default().release.push(row);
    }

    pub fn add(&mut self, row: Occupancy) {
        self.lines.entry(row.line).or_default().add.push(row);
    }

    /// Lets a row end sooner, as [`domain::chain::Shorten`] says. Its shares of pools go with it: what it keeps of them
    /// is claimed again.
    pub fn shorten(&mut self, line: LineId, shorter: Shorten) {
        self.lines.entry(line).or_default().shorten.push(shorter);
    }

    /// Adds all that `more` does.
    pub fn merge(&mut self, more: Self) {
        for (line, change) in more.lines {
            let own = self.lines.entry(line).or_default();
            own.release.extend(change.release);
            own.add.extend(change.add);
            own.shorten.extend(change.shorten);
        }
        self.claims.extend(more.claims);
    }

    /// What happens to a line, together with what has expired on it.
    pub fn change(&self, line: LineId, scene: &Scene) -> Change {
        let mut change = self.lines.get(&line).cloned().unwrap_or_default();
        let lapsed = scene.lapsed.iter().flat_map(|booking| &booking.rows).filter(|(_, on, _)| *on == line);
        change.release.extend(lapsed.map(|(row, ..)| *row));
        change
    }

    /// Claims a share again for a row that takes another's place.
    pub fn keep_claim(&mut self, claim: PoolClaim) {
        self.claims.push(claim);
    }

    pub fn claim(&mut self, row: OccupancyId, claim: Claim) {
        self.claims.push(PoolClaim {
            occupancy: row,
            pool: claim.pool,
            cell: claim.cell,
            amount: claim.amount,
        });
    }

    /// Writes the effects, and the release of everything on the scene that has expired. The steps of rows released
    /// here must have left them already.
    ///
    /// # Errors
    /// The kernel's refusal of a row added, or of a closure lifted that must stay; the database's.
    pub async fn apply(mut self, tx: &Tx<'_>, scene: &Scene) -> Result<(), Stop> {
        Lapsed::record(tx, scene).await?;
        for (row, line, _) in scene.lapsed.iter().flat_map(|booking| &booking.rows) {
            self.release(*line, *row);
        }
        let mut released: BTreeMap<OccupancyId, LineId> = BTreeMap::new();
        let mut cleanings = Vec::new();
        for (line, change) in &self.lines {
            let Some(state) = scene.lines.get(line) else { return Err(Stop::Outdated) };
            let writes = relink(state, change, &mut || OccupancyId(Uuid::now_v7()))?;
            if let Some(why) = stays_closed(state, change, &writes) {
                return Err(why.into());
            }
            queries::write_chain(tx, &writes, state.version).await?;
            let gone = change.release.iter().copied().chain(change.shorten.iter().map(|shorter| shorter.row));
            released.extend(gone.map(|row| (row, *line)));
            let left = writes.added.iter().filter(|row| row.kind == Kind::Cleaning);
            cleanings.extend(left.map(|_| state.line.platform));
            free(tx, state, &writes);
        }
        if !released.is_empty() {
            let rows: Vec<OccupancyId> = released.keys().copied().collect();
            let dropped = queries::drop_claims(tx, &rows).await?;
            free_shares(tx, (&dropped, &released), &self.claims);
        }
        if !self.claims.is_empty() {
            queries::write_claims(tx, &self.claims).await?;
        }
        cleanings.dedup();
        for platform in cleanings {
            let note = Note {
                kind: "cleaning_left".into(),
                to: vec![platform.0],
                booking: None,
                reference: None,
                reason: None,
            };
            tell(tx, &note, scene.now).await?;
        }
        Ok(())
    }
}

/// Leaves word of what a change frees on a line: with the time of a row go the set-ups for which it had to be kept.
fn free(tx: &Tx<'_>, line: &LineState, writes: &Writes) {
    let goes = |row: &Occupancy| writes.released.iter().any(|gone| gone.id == row.id);
    let is_open = |gone: &&Occupancy| writes.added.iter().all(|new| new.interval != gone.interval);
    let freed: BTreeSet<Interval> =
        writes.released.iter().filter(is_open).map(|gone| line.opened_around(gone.interval, goes)).collect();
    for stretch in freed {
        queries::leave_word(tx, line.line.id, stretch);
    }
}

/// Leaves word of the shares of pools that a change gives back and doesn't claim again; `lines` are those of the rows
/// that go.
fn free_shares(
    tx: &Tx<'_>,
    (dropped, lines): (&[PoolClaim], &BTreeMap<OccupancyId, LineId>),
    claimed: &[PoolClaim],
) {
    let mut left: BTreeMap<(PoolId, Minute), i64> = BTreeMap::new();
    for claim in dropped {
        *left.entry((claim.pool, claim.cell)).or_default() += i64::from(claim.amount);
    }
    for claim in claimed {
        *left.entry((claim.pool, claim.cell)).or_default() -= i64::from(claim.amount);
    }
    let mut freed: BTreeMap<PoolId, (LineId, Interval)> = BTreeMap::new();
    let is_left = |claim: &&PoolClaim| left.get(&(claim.pool, claim.cell)).is_some_and(|left| *left > 0);
    for claim in dropped.iter().filter(is_left) {
        let Some(line) = lines.get(&claim.occupancy) else { continue };
        let cell = Interval { start: claim.cell, end: claim.cell + queries::LONGEST_CELL };
        let (_, known) = freed.entry(claim.pool).or_insert((*line, cell));
        *known = Interval { start: known.start.min(cell.start), end: known.end.max(cell.end) };
    }
    for (pool, (line, stretch)) in freed {
        queries::leave_word_of_shares(tx, line, pool, stretch);
    }
}

/// Why a closure can't be lifted: without it the row behind would need a re-clean for which there is no time, so that
/// the chain would keep a closure in its place, which would be nobody's. Only lifting releases closures, and lifting
/// may be refused; a client's release never is.
fn stays_closed(state: &LineState, change: &Change, writes: &Writes) -> Option<Refusal> {
    let ours = |row: &&Occupancy| change.add.iter().all(|new| new.id != row.id);
    let kept = writes.added.iter().filter(|row| row.kind == Kind::Closure).find(ours)?;
    let behind = |row: &&Occupancy| row.kind != Kind::Closure && row.interval.start >= kept.interval.end;
    let neighbour = state.rows().iter().find(behind)?.id;
    Some(Refusal::RecleanAfter { line: state.line.id, neighbour })
}
