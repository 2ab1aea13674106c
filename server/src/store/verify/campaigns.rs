//! Bookings against what they were booked on: the lags between steps, the lines' capabilities and segregation, and the
//! shares of pools, by the kernel's independent checker.
//!
//! Routes and lines are stored as they are today, not as booked. An import notes on every line that it touches which
//! catalogue it came with, so it is known whether a booking was placed since: then it must be right, and is a fault
//! otherwise. What was placed earlier is counted as outdated instead, for people to look at.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    BookingId, Interval, LineId, PoolId, RouteId, Second,
    availability::{PlacedStep, Placement},
    checker::{self, CampaignPlan, LinePlan, Plan, PoolPlan, Violation},
    request::Request,
};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Fault,
    finding::found,
    imports,
    pages::{PAGE, rows},
};
use crate::store::{Catalogue, StoreError};

/// Rows told of in the log.
const TOLD: u64 = 20;

/// Decisions that say where a booking stands.
const PLACES: &str = "d.inputs LIKE '%\"placement\":%'";

/// Decisions `d` by which a campaign was over before its planned end: what is done on time frees nothing.
pub(super) const CUT: &str =
    "(d.action = 'abort' OR (d.action = 'complete' AND d.outcome LIKE '%\"freed\":%'))";

/// What of a booking's document is looked at.
#[derive(Deserialize)]
struct Booked {
    request: Request,
}

/// What of a decision's inputs is looked at.
#[derive(Deserialize)]
struct Placed {
    placement: Placement,
}

/// A booking with its active steps.
struct Standing {
    id: Uuid,
    request: Request,
    placement: Placement,
    placed_at: Second,
    occupancies: Vec<Uuid>,
    /// Broken off: later steps of its route never ran.
    aborted: bool,
    /// Over before its planned end, broken off or done: its steps may end sooner than it was decided.
    cut: bool,
    /// Where the last decision on record put it.
    decided: Option<Placement>,
}

/// Shares of pools by row: pool, cell and amount.
type Claims = BTreeMap<Uuid, BTreeSet<(Uuid, i64, i64)>>;

/// Checks every booking that holds capacity; how many of those placed before a change today's data would refuse.
pub(super) async fn verify(connection: &impl ConnectionTrait) -> Result<u64, Fault> {
    let catalogue = Catalogue::load(connection, Interval { start: 0, end: 1 }).await?;
    let imports = imports::last(connection).await?;
    let mut outdated = 0;
    let mut last = Uuid::nil();
    loop {
        let page = page(connection, last).await?;
        let Some(end) = page.last() else { return Ok(outdated) };
        last = end.id;
        let claims = claims(connection, &page).await?;
        for booking in &page {
            as_decided(booking)?;
            let Some(wrong) = wrong(&catalogue, booking, &claims) else { continue };
            let lines = booking.placement.steps.iter().map(|step| step.line);
            let changed = lines.filter_map(|line| imports.get(&line)).map(|import| import.at).max();
            if changed.is_none_or(|changed| changed < booking.placed_at) {
                return found(booking.id, wrong.0, wrong.1);
            }
            outdated += 1;
            if outdated <= TOLD {
                tracing::warn!(booking = %booking.id, wrong = wrong.0, "placed before its line or route changed");
            }
        }
    }
}

/// The next bookings after `last` that hold capacity, whole.
async fn page(connection: &impl ConnectionTrait, last: Uuid) -> Result<Vec<Standing>, Fault> {
    let sql = format!(
        "SELECT b.id, b.route, b.request, COALESCE((SELECT MAX(d.at) FROM decision d WHERE d.booking = b.id
           AND {PLACES}), b.created_at), s.occupancy, o.line, o.starts_at, o.ends_at,
           (SELECT count(*) FROM decision d WHERE d.booking = b.id AND d.action = 'abort'),
           (SELECT d.inputs FROM decision d WHERE d.booking = b.id AND {PLACES} ORDER BY d.id DESC LIMIT 1),
           (SELECT count(*) FROM decision d WHERE d.booking = b.id AND {CUT})
         FROM (SELECT id, route, request, created_at FROM booking WHERE id > ?
               AND id IN (SELECT booking FROM step WHERE live IS NOT NULL) ORDER BY id LIMIT {PAGE}) b
         JOIN step s ON s.booking = b.id AND s.live IS NOT NULL JOIN occupancy o ON o.id = s.occupancy
         ORDER BY b.id, s.seq"
    );
    let mut page: Vec<Standing> = Vec::new();
    for row in rows(connection, &sql, [Value::from(last)]).await? {
        let id: Uuid = row.try_get_by_index(0)?;
        let step = step(&row)?;
        let occupancy = row.try_get_by_index(4)?;
        match page.last_mut().filter(|booking| booking.id == id) {
            Some(booking) => {
                booking.placement.steps.push(step);
                booking.occupancies.push(occupancy);
            }
            None => page.push(Standing {
                id,
                request: request(&row)?,
                placement: Placement { route: RouteId(row.try_get_by_index(1)?), steps: vec![step] },
                placed_at: row.try_get_by_index(3)?,
                occupancies: vec![occupancy],
                aborted: row.try_get_by_index::<i64>(8)? > 0,
                decided: decided(row.try_get_by_index(9)?)?,
                cut: row.try_get_by_index::<i64>(10)? > 0,
            }),
        }
    }
    Ok(page)
}

fn request(row: &QueryResult) -> Result<Request, Fault> {
    let document: String = row.try_get_by_index(2)?;
    let booked: Booked = serde_json::from_str(&document)
        .map_err(|error| StoreError::document("a booking's request", &error))?;
    Ok(booked.request)
}

/// A booking stands where the last decision about its place put it; once its run is over, for no longer than that.
fn as_decided(booking: &Standing) -> Result<(), Fault> {
    let (id, placement) = (booking.id, &booking.placement);
    let stands = |decided: &Placement| {
        if booking.cut { is_rest(placement, decided) } else { placement == decided }
    };
    if booking.decided.as_ref().is_none_or(stands) {
        return Ok(());
    }
    found(
        id,
        format!("Booking {id} stands elsewhere than the last decision about its place says."),
        format!("预约 {id} 所在位置与最后一次安排的决定不符。"),
    )
}

/// Whether `stands` is what is left of `decided`: its first steps, each from when it began and for no longer.
fn is_rest(stands: &Placement, decided: &Placement) -> bool {
    let is_part = |(step, was): (&PlacedStep, &PlacedStep)| {
        let (is, was_at) = (step.interval, was.interval);
        step.line == was.line && is.start == was_at.start && is.end <= was_at.end
    };
    stands.route == decided.route
        && stands.steps.len() <= decided.steps.len()
        && stands.steps.iter().zip(&decided.steps).all(is_part)
}

/// The placement among a decision's inputs.
fn decided(inputs: Option<String>) -> Result<Option<Placement>, Fault> {
    let Some(inputs) = inputs else { return Ok(None) };
    let placed: Placed = serde_json::from_str(&inputs)
        .map_err(|error| StoreError::document("a decision's placement", &error))?;
    Ok(Some(placed.placement))
}

fn step(row: &QueryResult) -> Result<PlacedStep, Fault> {
    let interval = Interval { start: row.try_get_by_index(6)?, end: row.try_get_by_index(7)? };
    Ok(PlacedStep { line: LineId(row.try_get_by_index(5)?), interval })
}

/// What the rows of these bookings claim.
async fn claims(connection: &impl ConnectionTrait, page: &[Standing]) -> Result<Claims, Fault> {
    let ids: Vec<Uuid> = page.iter().flat_map(|booking| booking.occupancies.iter().copied()).collect();
    let mut claims = Claims::new();
    for some in ids.chunks(1_000) {
        let marks = vec!["?"; some.len()].join(", ");
        let sql =
            format!("SELECT occupancy, pool, starts_at, amount FROM pool_claim WHERE occupancy IN ({marks})");
        for row in rows(connection, &sql, some.iter().map(|id| Value::from(*id))).await? {
            let claim = (row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            claims.entry(row.try_get_by_index(0)?).or_default().insert(claim);
        }
    }
    Ok(claims)
}

/// The first thing wrong with a booking, in English and Chinese.
fn wrong(catalogue: &Catalogue, booking: &Standing, claims: &Claims) -> Option<(String, String)> {
    let id = booking.id;
    let elsewhere = || {
        Some((
            format!("Booking {id} doesn't stand on the steps and lines of its route."),
            format!("预约 {id} 与其路线的工序或产线不符。"),
        ))
    };
    let Some(route) = catalogue.route(booking.placement.route) else { return elsewhere() };
    let mut route = (**route).clone();
    if booking.aborted {
        route.steps.truncate(booking.placement.steps.len());
    }
    let route = &route;
    let parts: Vec<_> =
        booking.placement.steps.iter().filter_map(|step| catalogue.parts(step.line)).collect();
    let lines: Vec<LinePlan<'_>> = parts
        .iter()
        .map(|part| LinePlan {
            line: &part.line,
            matrix: &part.matrix,
            pattern: &part.calendar.pattern,
            rows: &[],
            outages: &[],
        })
        .collect();
    // What is done sooner has other lags than were planned.
    let planned = booking.decided.as_ref().filter(|_| booking.cut && !booking.aborted);
    let planned = planned.unwrap_or(&booking.placement);
    let campaign =
        CampaignPlan { booking: BookingId(id), request: &booking.request, route, placement: planned };
    let plan = Plan { holidays: &catalogue.holidays, lines: &lines, pools: &[], campaigns: &[campaign] };
    // Rows and lengths are another's to check (against what was decided), and windows may differ from what was asked
    // since.
    for violation in checker::verify(&plan) {
        match violation {
            Violation::Route { .. } => return elsewhere(),
            Violation::Lag { step, minutes, .. } => {
                return Some((
                    format!(
                        "Step {step} of booking {id} starts {minutes} minutes after the one before, which its route forbids."
                    ),
                    format!("预约 {id} 的工序 {step} 距前一步 {minutes} 分钟，不符合路线规定。"),
                ));
            }
            Violation::Capability { step, .. } => {
                return Some((
                    format!("Step {step} of booking {id} stands on a line that can't make it."),
                    format!("预约 {id} 的工序 {step} 所在产线无此能力。"),
                ));
            }
            Violation::Segregation { step, .. } => {
                return Some((
                    format!("Step {step} of booking {id} stands on a line that its hazards must not share."),
                    format!("预约 {id} 的工序 {step} 因危害不得使用该产线。"),
                ));
            }
            _ => {}
        }
    }
    for (number, (step, placed)) in route.steps.iter().zip(&booking.placement.steps).enumerate() {
        let mut needed: BTreeSet<(Uuid, i64, i64)> = BTreeSet::new();
        for share in &step.uses {
            let cells = cells(catalogue, share.pool, placed.interval);
            needed.extend(cells.into_iter().map(|cell| (share.pool.0, cell, i64::from(share.amount))));
        }
        let claimed = booking.occupancies.get(number).and_then(|row| claims.get(row));
        if claimed.map_or(!needed.is_empty(), |claimed| *claimed != needed) {
            return Some((
                format!("Step {number} of booking {id} claims other shares of pools than its route needs."),
                format!("预约 {id} 的工序 {number} 占用的共享资源与路线所需不符。"),
            ));
        }
    }
    None
}

/// Starts of the cells of a pool that `interval` touches.
fn cells(catalogue: &Catalogue, pool: PoolId, interval: Interval) -> Vec<i64> {
    let Some((pool, calendar)) = catalogue.pool_parts(pool) else { return Vec::new() };
    let plan = PoolPlan { pool: &pool, pattern: &calendar.pattern };
    checker::cells(&plan, &catalogue.holidays, interval).into_iter().map(|cell| cell.start).collect()
}
