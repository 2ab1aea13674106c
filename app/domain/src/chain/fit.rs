//! Whether a row of a chain fits behind the ones before it, and the link that then joins them.

use crate::{
    Minutes,
    changeover::{Relation, Unready, ready, run_before, run_behind},
    occupancy::{Link, Occupancy},
    refusal::Refusal,
    snapshot::LineState,
};

/// Whose fault it is when two rows don't fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blame {
    /// The later row is new: it is too close behind the earlier one.
    Later,
    /// The later row was there before: what is ahead of it comes too close.
    Earlier,
}

/// A link as far as the chain gives it, without the matrix.
pub(super) fn same_link(row: &Occupancy, before: &Occupancy) -> bool {
    row.link.is_some_and(|link| {
        link.prev_end == before.interval.end
            && link.prev_leaves == before.leaves
            && link.prev_product == before.product
    })
}

/// The link of a closure, which needs no changeover.
pub(super) fn closure_link(line: &LineState, before: &Occupancy) -> Link {
    link(line, before, Relation::between(before.product, before.product), 0)
}

/// The link of `rows[index]`, which isn't a closure, to the row before it; carried states must be right.
pub(super) fn fit(line: &LineState, rows: &[Occupancy], index: usize, blame: Blame) -> Result<Link, Refusal> {
    let (before, row) = (&rows[index - 1], &rows[index]);
    let id = line.line.id;
    let needs = row.needs.ok_or(Refusal::NoClass { line: id })?;
    let relation = Relation::between(row.product, before.product);
    let Some(changeover) = line.matrix.cell(before.leaves, needs, relation) else {
        let neighbour = if blame == Blame::Later { before.id } else { row.id };
        return Err(Refusal::ChangeoverForbidden { line: id, neighbour });
    };
    let start = row.interval.start;
    ready(&line.calendar, &line.matrix, before.interval.end, changeover, start).map_err(|unready| match (
        unready, blame,
    ) {
        (Unready::Changeover(earliest), Blame::Later) => {
            Refusal::ChangeoverBefore { line: id, neighbour: before.id, earliest }
        }
        (Unready::Changeover(_), Blame::Earlier) => {
            let latest_end = line.calendar.sub_open(start - changeover.wait, changeover.crew);
            let latest_end = latest_end.unwrap_or(before.interval.end);
            Refusal::ChangeoverAfter { line: id, neighbour: row.id, latest_end }
        }
        (Unready::Reclean(Some(earliest)), Blame::Later) => Refusal::RecleanBefore { line: id, earliest },
        (Unready::Reclean(_), Blame::Earlier) => Refusal::RecleanAfter { line: id, neighbour: row.id },
        (Unready::Reclean(None), Blame::Later) | (Unready::Calendar, _) => {
            Refusal::OutsideCalendar { line: id }
        }
    })?;
    if (blame == Blame::Later || relation == Relation::Same) && exceeds_cap(line, rows, index) {
        return Err(Refusal::CampaignCap { line: id });
    }
    Ok(link(line, before, relation, changeover.minimum()))
}

/// Whether the run of one product around `rows[index]` is longer than the campaign cap allows.
fn exceeds_cap(line: &LineState, rows: &[Occupancy], index: usize) -> bool {
    let Some(cap) = line.matrix.cap else { return false };
    let row = &rows[index];
    let Occupancy { product, interval, .. } = *row;
    let before = run_before(&line.calendar, cap, &rows[..index], product, interval.start);
    let behind = run_behind(&line.calendar, cap, &rows[index + 1..], product, interval.end);
    let batches = before.batches.saturating_add(row.batches).saturating_add(behind.batches);
    let minutes = behind.edge.unwrap_or(interval.end) - before.edge.unwrap_or(interval.start);
    let exceeded = cap.max_batches.is_some_and(|most| batches > most)
        || cap.max_minutes.is_some_and(|most| minutes > most);
    // A cleaning may join two campaigns to one run; cleanings alone are none.
    exceeded && batches > 0
}

fn link(line: &LineState, before: &Occupancy, relation: Relation, setup: Minutes) -> Link {
    Link {
        prev_end: before.interval.end,
        prev_leaves: before.leaves,
        prev_product: before.product,
        version: line.matrix.version,
        relation,
        setup,
    }
}
