//! A campaign that is over before the end that was planned, be it done or broken off: the step under way ends now, and
//! the rest of its line's time and of its shares of pools is free again. What ran stays, since it is the line's state.

use std::{collections::BTreeMap, sync::Arc};

use app::contract::{FreedView, Instant};
use domain::{
    Interval, LineId, Minute, OccupancyId, Second, StepId,
    chain::{Change, Shorten, relink},
    metrics::Spans,
    snapshot::{LineState, Snapshot},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    booking::{self, Loaded, NewStep, Piece},
    protocol::{Effects, Scene, Stop},
};
use crate::store::{Catalogue, Tx, queries::PoolClaim, statement};

/// What becomes of steps whose slots are still to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ahead {
    /// They don't begin: their slots are given up whole.
    Dropped,
    /// There is none, as [`step_ahead`] says, but for the first step's own, which may be done before it.
    Done,
}

/// What it comes to that a campaign is over.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    pub effects: Effects,
    /// In the place of the steps that end sooner.
    pub steps: Vec<NewStep>,
    /// How many steps are given up whole.
    pub released: usize,
    /// What is free again of each line, from when to when: what it is down for isn't.
    pub freed: Vec<(LineId, Interval)>,
}

/// The minute from which on a campaign's time is free if it is over `now`: one that has begun belongs to what ran.
pub(crate) const fn over_at(now: Second) -> Minute {
    (now + 59).div_euclid(60)
}

/// The step of `booking`, which runs, that is still ahead; of several the last one. Until that begins it isn't done:
/// its line would be left to a run that nobody made, with the set-up before it. The first step has begun, be it before
/// its slot, or the campaign wouldn't run.
pub(crate) fn step_ahead(booking: &Loaded, now: Second) -> Option<&Piece> {
    let ahead = booking.live().filter(|piece| piece.seq > 0 && piece.interval.start * 60 > now);
    ahead.max_by_key(|piece| piece.interval.start)
}

/// Lets `booking` be over now.
pub(crate) async fn cut_short(
    tx: &Tx<'_>,
    scene: &Scene,
    booking: &mut Loaded,
    ahead: Ahead,
) -> Result<Cut, Stop> {
    let mut cut = Cut::default();
    let mut left = Vec::new();
    let (dropped, under_way) = ending(booking, scene.now, ahead);
    for piece in dropped {
        cut.effects.release(piece.line, piece.occupancy);
        cut.freed.extend(free(scene.lines.get(&piece.line), piece.line, piece.interval));
        left.push(piece.step);
    }
    cut.released = left.len();
    for (piece, shorter) in under_way {
        let state = scene.lines.get(&piece.line);
        let stays_whole =
            state.is_none_or(|state| !fits(state, cut.effects.change(piece.line, scene), shorter));
        if stays_whole {
            continue;
        }
        cut.effects.shorten(piece.line, shorter);
        for claim in claims(tx, piece.occupancy).await?.into_iter().filter(|claim| claim.cell < shorter.end) {
            cut.effects.keep_claim(PoolClaim { occupancy: shorter.id, ..claim });
        }
        cut.freed.extend(free(state, piece.line, rest(&piece, shorter)));
        left.push(piece.step);
        let step = NewStep {
            id: StepId(Uuid::now_v7()),
            seq: piece.seq,
            occupancy: shorter.id,
            line: piece.line,
            interval: Interval { end: shorter.end, ..piece.interval },
        };
        if let Some(known) = booking.steps.iter_mut().find(|known| known.step == piece.step) {
            (known.step, known.occupancy, known.interval) = (step.id, step.occupancy, step.interval);
        }
        cut.steps.push(step);
    }
    booking::leave(tx, &left).await?;
    booking.steps.retain(|piece| !left.contains(&piece.step));
    Ok(cut)
}

/// What of its lines `booking` would free by being done now, if it can be. It is decided again under the lock.
pub(crate) fn foreseen(snapshot: &Snapshot, booking: &Loaded, now: Second) -> Vec<(LineId, Interval)> {
    if step_ahead(booking, now).is_some() {
        return Vec::new();
    }
    let mut changes: BTreeMap<LineId, Change> = BTreeMap::new();
    let mut freed = Vec::new();
    let (_, under_way) = ending(booking, now, Ahead::Done);
    for (piece, shorter) in under_way {
        let change = changes.entry(piece.line).or_default();
        let state = snapshot.lines.get(&piece.line);
        if state.is_some_and(|state| fits(state, change.clone(), shorter)) {
            change.shorten.push(shorter);
            freed.extend(free(state, piece.line, rest(&piece, shorter)));
        }
    }
    freed
}

/// What of `interval` is free again on `line`: the times at which it is down are nobody's.
fn free(state: Option<&Arc<LineState>>, line: LineId, interval: Interval) -> Vec<(LineId, Interval)> {
    let down = state.map(|state| state.outages()).unwrap_or_default();
    let up = Spans::unite([interval]).without(&Spans::unite(down.iter().copied()));
    up.intervals().iter().map(|up| (line, *up)).collect()
}

/// What is freed, as people read it: in the order in which it begins.
pub(crate) fn views(catalogue: &Catalogue, freed: &[(LineId, Interval)]) -> Vec<FreedView> {
    let view = |(line, interval): &(LineId, Interval)| {
        Some(FreedView {
            line_name: catalogue.line(*line)?.name.clone().into(),
            from: Instant::from_minute(interval.start),
            until: Instant::from_minute(interval.end),
        })
    };
    let mut views: Vec<FreedView> = freed.iter().filter_map(view).collect();
    views.sort_by_key(|one| one.from);
    views
}

/// The pieces that a booking which is over `now` gives up whole, and those that end sooner.
fn ending(booking: &Loaded, now: Second, ahead: Ahead) -> (Vec<Piece>, Vec<(Piece, Shorten)>) {
    let now = over_at(now);
    let (mut dropped, mut under_way) = (Vec::new(), Vec::new());
    for piece in booking.live() {
        // Something ran, or it wouldn't be running: of a step that ran, though its slot is still to come, the first
        // minute stays, so that the line is known to be in the state that the product leaves.
        let ran = ahead == Ahead::Done || piece.seq == 0;
        let end = if ran { now.max(piece.interval.start + 1) } else { now };
        if end <= piece.interval.start {
            dropped.push(piece.clone());
        } else if end < piece.interval.end {
            let shorter = Shorten { row: piece.occupancy, id: OccupancyId(Uuid::now_v7()), end };
            under_way.push((piece.clone(), shorter));
        }
    }
    (dropped, under_way)
}

/// What a piece that ends sooner no longer takes.
fn rest(piece: &Piece, shorter: Shorten) -> Interval {
    Interval { start: shorter.end, ..piece.interval }
}

/// Whether what follows on the line still fits behind a row that ends sooner. It may not: the line would wait longer
/// than it stays clean, with no time to clean again. Then the row keeps its time.
fn fits(state: &LineState, mut change: Change, shorter: Shorten) -> bool {
    change.shorten.push(shorter);
    relink(state, &change, &mut || OccupancyId(Uuid::now_v7())).is_ok()
}

/// What a row claims of pools.
async fn claims(tx: &Tx<'_>, row: OccupancyId) -> Result<Vec<PoolClaim>, Stop> {
    let sql = "SELECT pool, starts_at, amount FROM pool_claim WHERE occupancy = ?";
    let mut claims = Vec::new();
    for found in tx.query_all_raw(statement(tx, sql, [row.0.into()])).await? {
        claims.push(PoolClaim {
            occupancy: row,
            pool: domain::PoolId(found.try_get("", "pool")?),
            cell: found.try_get("", "starts_at")?,
            amount: u32::try_from(found.try_get::<i64>("", "amount")?).unwrap_or(0),
        });
    }
    Ok(claims)
}
