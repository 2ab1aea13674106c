//! Which bookings don't fit what a world says, by the kernel's independent checker.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    BookingId, Interval, LineId, OccupancyId,
    calendar::DAY,
    changeover::{Matrix, Relation},
    checker::{self, CampaignPlan, Plan, Violation},
    occupancy::{Kind, Link, Occupancy},
};
use serde::{Deserialize, Serialize};

use super::{ahead::Standing, world::World};

/// Why a booking doesn't fit where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// Its route no longer has these steps on these lines.
    Route,
    /// A line can't make it.
    Capability,
    /// A line may not take its hazards.
    Hazard,
    /// It takes longer than its slot, or begins when nobody is there.
    Length,
    /// The time between two steps is too short or too long.
    Lag,
    /// The changeover before it is not done in time.
    Changeover,
    /// It may not follow what runs before it.
    Forbidden,
    /// The line is no longer clean when it begins.
    CleanHold,
    /// The run of its product is longer than the campaign cap.
    CampaignCap,
    /// A pool has less than is asked of it.
    Pool,
}

/// A booking, what is wrong with it, and the step that it is about.
pub(super) type Wrong = (BookingId, Trouble, u32);

/// Everything that is wrong with `bookings`; the rows are those of the lines to look at.
pub(super) fn judge(
    world: &World,
    bookings: &[Standing],
    rows: &BTreeMap<LineId, Vec<Occupancy>>,
) -> BTreeSet<Wrong> {
    let mut wrong = BTreeSet::new();
    in_chains(world, bookings, rows, &mut wrong);
    by_themselves(world, bookings, &mut wrong);
    wrong
}

/// What rows of lines do to each other.
fn in_chains(
    world: &World,
    bookings: &[Standing],
    rows: &BTreeMap<LineId, Vec<Occupancy>>,
    wrong: &mut BTreeSet<Wrong>,
) {
    let mut owners: BTreeMap<OccupancyId, (&Standing, u32)> = BTreeMap::new();
    for booking in bookings {
        owners.extend(booking.rows.iter().zip(0..).map(|(row, step)| (*row, (booking, step))));
    }
    for (line, rows) in rows {
        let Some(matrix) = world.matrix_of(*line) else { continue };
        let rows = relinked(rows, matrix, &owners);
        let lines: Vec<_> = world.line(*line, &rows).into_iter().collect();
        let plan = Plan { holidays: &world.holidays, lines: &lines, pools: &[], campaigns: &[] };
        for violation in checker::verify(&plan) {
            let (row, trouble) = match violation {
                Violation::Changeover { row, .. } => (row, Trouble::Changeover),
                Violation::Forbidden { row } => (row, Trouble::Forbidden),
                Violation::CleanHold { row } => (row, Trouble::CleanHold),
                Violation::CampaignCap { first } => (first, Trouble::CampaignCap),
                _ => continue,
            };
            if let Some((booking, step)) = owners.get(&row) {
                wrong.insert((booking.id, trouble, *step));
            }
        }
    }
}

/// The rows as if they were booked by this version of the matrix: the checker holds a row to the version that decided
/// on it. The first stands for all before it.
fn relinked(
    rows: &[Occupancy],
    matrix: &Matrix,
    owners: &BTreeMap<OccupancyId, (&Standing, u32)>,
) -> Vec<Occupancy> {
    let mut chain: Vec<Occupancy> = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(before) = chain.last() else {
            chain.push(Occupancy { kind: Kind::Head, link: None, ..*row });
            continue;
        };
        let mut row = *row;
        if row.kind == Kind::Closure {
            (row.leaves, row.product) = (before.leaves, before.product);
        }
        let request = owners.get(&row.id).map(|(booking, _)| &booking.request);
        if let Some((needs, leaves)) = request.and_then(|r| matrix.classify(&r.offering, &r.hazards)) {
            (row.needs, row.leaves) = (Some(needs), leaves);
        }
        let relation = Relation::between(row.product, before.product);
        let cell = row.needs.and_then(|needs| matrix.cell(before.leaves, needs, relation));
        row.link = Some(Link {
            prev_end: before.interval.end,
            prev_leaves: before.leaves,
            prev_product: before.product,
            version: matrix.version,
            relation,
            setup: cell.map_or(0, |cell| cell.minimum()),
        });
        chain.push(row);
    }
    chain
}

/// What is wrong with bookings whatever runs beside them, and with what they ask of pools together.
fn by_themselves(world: &World, bookings: &[Standing], wrong: &mut BTreeSet<Wrong>) {
    let mut campaigns = Vec::with_capacity(bookings.len());
    for booking in bookings {
        match world.route(booking.placement.route) {
            Some(route) => campaigns.push(CampaignPlan {
                booking: booking.id,
                request: &booking.request,
                route,
                placement: &booking.placement,
            }),
            None => drop(wrong.insert((booking.id, Trouble::Route, 0))),
        }
    }
    let (lines, pools) = (world.lines(), world.pools());
    let plan = Plan { holidays: &world.holidays, lines: &lines, pools: &pools, campaigns: &campaigns };
    let ends: BTreeMap<BookingId, &Standing> = bookings.iter().map(|booking| (booking.id, booking)).collect();
    for violation in checker::verify(&plan) {
        match violation {
            Violation::Route { booking } => drop(wrong.insert((booking, Trouble::Route, 0))),
            Violation::Capability { booking, step } => {
                wrong.insert((booking, Trouble::Capability, step));
            }
            Violation::Segregation { booking, step } => drop(wrong.insert((booking, Trouble::Hazard, step))),
            Violation::Lag { booking, step, .. } => drop(wrong.insert((booking, Trouble::Lag, step))),
            // What is done sooner still fits its slot.
            Violation::Length { booking, step, due } => {
                let placed =
                    ends.get(&booking).and_then(|standing| standing.placement.steps.get(step as usize));
                if placed.is_none_or(|placed| due.is_none_or(|due| due > placed.interval.end)) {
                    wrong.insert((booking, Trouble::Length, step));
                }
            }
            Violation::Pool { pool, cell, .. } => {
                let claims = campaigns.iter().flat_map(|campaign| {
                    let steps = campaign.route.steps.iter().zip(&campaign.placement.steps).zip(0..);
                    steps.map(move |((step, placed), number)| {
                        (campaign.booking, step, placed.interval, number)
                    })
                });
                for (booking, step, interval, number) in claims {
                    let asks = step.uses.iter().any(|share| share.pool == pool);
                    if asks && touches(world, pool, cell, interval) {
                        wrong.insert((booking, Trouble::Pool, number));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a step over `interval` claims a share of the cell of `pool` that begins at `cell`.
fn touches(world: &World, pool: domain::PoolId, cell: domain::Minute, interval: Interval) -> bool {
    // No cell is longer than two days.
    let near = Interval { start: cell, end: cell + 2 * DAY };
    interval.overlaps(near)
        && world.pool(pool).is_some_and(|plan| {
            checker::cells(&plan, &world.holidays, interval).iter().any(|known| known.start == cell)
        })
}
