//! Rewriting a chain for a change.

use crate::{
    Interval, OccupancyId, ProductId,
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    snapshot::LineState,
};

use super::{
    Change, Writes,
    fit::{Blame, closure_link, fit, same_link},
};

/// Where a row of the chain to be comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// The line's row with this index.
    Stays(usize),
    Added,
    /// In the place of a row that goes on, but not as long.
    Shortened,
    /// In the place of a released row that couldn't go without a trace.
    Restored,
}

/// Works out the rows to write for `change` on `line`, whose rows are the line's or a neighbourhood that reaches as far
/// as [`LineState`] says.
///
/// A release always succeeds: where the neighbours of a released row don't fit each other, an owner-less cleaning row
/// (`Kind::Cleaning`, id from `fresh_id`) with that row's interval, needs, leaves and product takes its place, with the
/// links that were there. Lifting a closure without which the row behind it would need a re-clean that doesn't fit
/// leaves a closure there likewise. Between an added row and its neighbours nothing is mended: it fits or is refused.
/// Expired holds stay in the chain until they are released. Behind a shortened row nothing is mended either: what
/// follows fits or the change is refused.
///
/// # Errors
/// The refusal of the first row that doesn't fit behind an added or shortened one; [`Refusal::Stale`] if a row to
/// release or shorten isn't there, or is the first one given, whose predecessor nobody knows.
pub fn relink(
    line: &LineState,
    change: &Change,
    fresh_id: &mut dyn FnMut() -> OccupancyId,
) -> Result<Writes, Refusal> {
    let released = released(line, change)?;
    let (mut rows, mut origins) = merged(line, change)?;
    // The last row that isn't a closure; behind it a state is carried through closures.
    let mut left = 0;
    let mut index = 1;
    while index < rows.len() {
        let before = rows[index - 1];
        let is_new = origins[index] == Origin::Added;
        if rows[index].kind == Kind::Closure {
            if is_new || !same_link(&rows[index], &before) {
                rows[index].leaves = before.leaves;
                rows[index].product = before.product;
                rows[index].link = Some(closure_link(line, &before));
            }
            index += 1;
            continue;
        }
        if is_new || !same_link(&rows[index], &before) || joins(line, change, (&rows[left], &rows[index])) {
            let blame = if is_new { Blame::Later } else { Blame::Earlier };
            match fit(line, &rows, index, blame) {
                Ok(link) => rows[index].link = Some(link),
                Err(refusal) => {
                    let (Origin::Stays(first), Origin::Stays(last)) = (origins[left], origins[index]) else {
                        return Err(refusal);
                    };
                    let old = &line.rows()[first + 1..last];
                    let untouched = old.iter().all(|row| !change.release.contains(&row.id));
                    let new = |origin: &Origin| matches!(origin, Origin::Added | Origin::Shortened);
                    if untouched || origins[left..index].iter().any(new) {
                        return Err(refusal);
                    }
                    rows.splice(left + 1..=index, restore(&line.rows()[first + 1..=last], change, fresh_id));
                    origins.splice(left + 1..=index, restored_origins(line, change, first + 1..=last));
                    index = left + 1 + last - (first + 1);
                }
            }
        }
        left = index;
        index += 1;
    }
    let mut writes = Writes { released, ..Writes::default() };
    for (row, origin) in rows.into_iter().zip(origins) {
        match origin {
            Origin::Stays(old) if line.rows()[old] == row => {}
            Origin::Stays(_) => writes.relinked.push(row),
            Origin::Added | Origin::Shortened | Origin::Restored => writes.added.push(row),
        }
    }
    Ok(writes)
}

/// Whether a row between two goes, so that two runs of one product may become one longer than the campaign cap allows,
/// though the later one's link stays the same: a closure before it carries the same state on.
fn joins(line: &LineState, change: &Change, (first, last): (&Occupancy, &Occupancy)) -> bool {
    let between = Interval { start: first.interval.end, end: last.interval.start };
    line.matrix.cap.is_some()
        && line.rows().iter().any(|row| between.holds(row.interval) && change.release.contains(&row.id))
}

/// The rows to release, in the chain's order.
fn released(line: &LineState, change: &Change) -> Result<Vec<Occupancy>, Refusal> {
    let mut gone = change.release.iter().copied().chain(change.shorten.iter().map(|shorter| shorter.row));
    let goes = |row: &&Occupancy| {
        change.release.contains(&row.id) || change.shorten.iter().any(|shorter| shorter.row == row.id)
    };
    let released: Vec<_> = line.rows().iter().skip(1).filter(goes).copied().collect();
    if gone.all(|id| released.iter().any(|row| row.id == id)) { Ok(released) } else { Err(Refusal::Stale) }
}

/// The rows that stay and the added ones in order, each in free time.
fn merged(line: &LineState, change: &Change) -> Result<(Vec<Occupancy>, Vec<Origin>), Refusal> {
    let staying = line.rows().iter().enumerate().filter(|(_, row)| !change.release.contains(&row.id));
    let mut all: Vec<_> = Vec::with_capacity(line.rows().len() + change.add.len());
    for (index, row) in staying {
        all.push(match change.shorten.iter().find(|shorter| shorter.row == row.id) {
            None => (*row, Origin::Stays(index)),
            Some(shorter) if row.interval.start < shorter.end && shorter.end < row.interval.end => {
                let interval = Interval { end: shorter.end, ..row.interval };
                (Occupancy { id: shorter.id, interval, ..*row }, Origin::Shortened)
            }
            Some(_) => return Err(Refusal::WindowReversed),
        });
    }
    if all.is_empty() {
        return Err(Refusal::Stale);
    }
    for added in &change.add {
        admit(line, added)?;
        let at = all.partition_point(|(row, _)| row.interval.end <= added.interval.start);
        if at == 0 {
            return Err(occupied(line, &all[0].0));
        }
        if let Some((row, _)) = all.get(at)
            && row.interval.start < added.interval.end
        {
            return Err(occupied(line, row));
        }
        all.insert(at, (*added, Origin::Added));
    }
    Ok(all.into_iter().unzip())
}

/// What a row must be to be added at all.
fn admit(line: &LineState, row: &Occupancy) -> Result<(), Refusal> {
    let id = line.line.id;
    let interval = row.interval;
    if interval.start >= interval.end {
        return Err(Refusal::WindowReversed);
    }
    match row.kind {
        Kind::Closure => Ok(()),
        // One head a line, and nothing but a head goes without a product.
        Kind::Campaign | Kind::Cleaning if row.product != ProductId::NONE && row.line == id => Ok(()),
        _ => Err(Refusal::NotCapable { line: id }),
    }
}

fn occupied(line: &LineState, by: &Occupancy) -> Refusal {
    Refusal::Occupied { line: line.line.id, by: by.id, interval: by.interval }
}

/// The old rows of a stretch, those to be released turned into what keeps their time.
fn restore(old: &[Occupancy], change: &Change, fresh_id: &mut dyn FnMut() -> OccupancyId) -> Vec<Occupancy> {
    let keep = |row: &Occupancy| {
        if !change.release.contains(&row.id) {
            return *row;
        }
        let kind = if row.kind == Kind::Closure { Kind::Closure } else { Kind::Cleaning };
        Occupancy { id: fresh_id(), kind, batches: 0, expires_at: None, ..*row }
    };
    old.iter().map(keep).collect()
}

fn restored_origins(
    line: &LineState,
    change: &Change,
    stretch: std::ops::RangeInclusive<usize>,
) -> Vec<Origin> {
    stretch
        .map(|index| {
            if change.release.contains(&line.rows()[index].id) {
                Origin::Restored
            } else {
                Origin::Stays(index)
            }
        })
        .collect()
}
