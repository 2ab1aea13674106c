//! A line's time drawn out: open hours, campaigns with their set-up, holds, closures, cleanings, and when it is free.

use std::collections::BTreeMap;

use app::contract::{BusyView, Failure, Instant, LineBoard, Period, PieceView, TextView};
use domain::{
    Interval, LineId, Minute, Second,
    snapshot::{LineState, Snapshot},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryResult, Value,
};
use uuid::Uuid;

use super::super::{Caller, cleanings, ground::ground, period};
use crate::{
    state::AppState,
    store::{StoreError, queries::marks, statement, tables::outage as table},
};

/// Longest period drawn at once, in plant days.
const LONGEST: i64 = 92;

/// Every line of the caller's platform in a period, by code.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform, [`Failure::Invalid`].
pub async fn of_platform(
    state: &AppState,
    caller: &Caller,
    period: &Period,
) -> Result<Vec<LineBoard>, Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let asked = period::interval(period, LONGEST)?;
    let snapshot = ground(state).await?.snapshot;
    let mut lines: Vec<_> = snapshot.lines.values().filter(|line| line.line.platform == platform).collect();
    lines.sort_by(|one, other| one.line.code.cmp(&other.line.code));
    let ids: Vec<LineId> = lines.iter().map(|line| line.line.id).collect();
    boards(state, &snapshot, &ids, asked).await
}

/// One line of the caller's platform in a period.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform, [`Failure::NotFound`] for
/// another platform's line, [`Failure::Invalid`].
pub async fn of_line(
    state: &AppState,
    caller: &Caller,
    line: Uuid,
    period: &Period,
) -> Result<LineBoard, Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let asked = period::interval(period, LONGEST)?;
    let snapshot = ground(state).await?.snapshot;
    let known = snapshot.lines.get(&LineId(line)).filter(|line| line.line.platform == platform);
    known.ok_or(Failure::NotFound)?;
    boards(state, &snapshot, &[LineId(line)], asked).await?.pop().ok_or(Failure::NotFound)
}

/// The boards of `lines`, in their order.
pub(super) async fn boards(
    state: &AppState,
    snapshot: &Snapshot,
    lines: &[LineId],
    asked: Interval,
) -> Result<Vec<LineBoard>, Failure> {
    let now = state.clock.now();
    let mut pieces = pieces(state.store.read(), snapshot, lines, asked, now).await?;
    let outages = table::Entity::find()
        .filter(table::Column::Line.is_in(lines.iter().map(|line| line.0)))
        .filter(table::Column::StartsAt.lt(asked.end))
        .filter(table::Column::EndsAt.gt(asked.start))
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let known = lines.iter().filter_map(|id| snapshot.lines.get(id));
    Ok(known
        .map(|line| {
            let mut pieces = pieces.remove(&line.line.id).unwrap_or_default();
            pieces.extend(outages.iter().filter(|one| one.line == line.line.id.0).map(outage));
            pieces.sort_by_key(|piece| piece.start);
            LineBoard {
                line: line.line.id.0,
                code: line.line.code.clone(),
                name: line.line.name.clone().into(),
                gmp: line.line.gmp,
                offerings: line.line.capabilities.iter().map(|able| able.offering.clone()).collect(),
                from: Instant::from_minute(asked.start),
                to: Instant::from_minute(asked.end),
                open: line.calendar.open_in(asked).map(span).collect(),
                free_minutes: free_minutes(line, &pieces, asked, now),
                pieces,
                next_free: next_free(line, now).map(Instant::from_minute),
                now: Instant(now),
            }
        })
        .collect())
}

/// A time at which the line is down, which may lie over what is booked.
fn outage(row: &table::Model) -> PieceView {
    let (start, end) = (Instant::from_minute(row.starts_at), Instant::from_minute(row.ends_at));
    PieceView {
        reason: row.planned.then(|| "planned".into()),
        note: Some(row.reason.clone()),
        ..PieceView::bare(row.id, "outage", start, end)
    }
}

fn span(interval: Interval) -> BusyView {
    BusyView { start: Instant::from_minute(interval.start), end: Instant::from_minute(interval.end) }
}

/// The first open minute from now on that neither a row nor its set-up holds.
fn next_free(line: &LineState, now: Second) -> Option<Minute> {
    let mut at = line.calendar.next_open((now + 59).div_euclid(60))?;
    for row in line.rows().iter().filter(|row| !row.is_expired(now)) {
        let setup = row.link.and_then(|link| Interval::new(link.prev_end, link.prev_end + link.setup));
        for taken in setup.into_iter().chain([row.interval]) {
            while let Some(until) = line.down_until(Interval { start: at, end: at + 1 }) {
                at = line.calendar.next_open(until)?;
            }
            if taken.contains(at) {
                at = line.calendar.next_open(taken.end)?;
            }
        }
    }
    while let Some(until) = line.down_until(Interval { start: at, end: at + 1 }) {
        at = line.calendar.next_open(until)?;
    }
    Some(at)
}

/// Open minutes of the period, from now on, that neither a row nor its set-up takes.
fn free_minutes(line: &LineState, pieces: &[PieceView], asked: Interval, now: Second) -> i64 {
    let mut at = asked.start.max(now.div_euclid(60));
    let mut free = 0;
    let gap = |from: Minute, until: Minute| {
        Interval::new(from, until.min(asked.end)).map_or(0, |gap| line.calendar.open_minutes(gap))
    };
    for piece in pieces {
        for (start, end) in piece.setup().into_iter().chain([(piece.start, piece.end)]) {
            free += gap(at, start.minute());
            at = at.max(end.minute());
        }
    }
    free + gap(at, asked.end)
}

const PIECES: &str = "SELECT o.id, o.line, o.kind, o.starts_at, o.ends_at, o.expires_at, o.prev_end, o.setup, \
     b.id AS booking, b.reference, b.status, b.offering, n.name_zh, n.name_en, p.code, \
     c.id AS closure, c.kind AS reason, c.note \
     FROM occupancy o LEFT JOIN step s ON s.occupancy = o.id LEFT JOIN booking b ON b.id = s.booking \
     LEFT JOIN organisation n ON n.id = b.organisation LEFT JOIN product p ON p.id = b.product \
     LEFT JOIN closure c ON c.occupancy = o.id";

/// The live rows of each line that lie in the period, or whose set-up does; also such as a snapshot no longer keeps.
async fn pieces(
    read: &DatabaseConnection,
    snapshot: &Snapshot,
    lines: &[LineId],
    asked: Interval,
    now: Second,
) -> Result<BTreeMap<LineId, Vec<PieceView>>, StoreError> {
    let mut found: BTreeMap<LineId, Vec<PieceView>> = BTreeMap::new();
    if lines.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "{PIECES} WHERE o.live IN ({}) AND o.head IS NULL AND o.ends_at > ? AND o.prev_end < ? \
         AND (o.expires_at IS NULL OR o.expires_at > ?) ORDER BY o.ends_at",
        marks(lines.len())
    );
    let ids = lines.iter().map(|line| Value::from(line.0));
    let values = ids.chain([asked.start.into(), asked.end.into(), now.into()]);
    for row in read.query_all_raw(statement(read, &sql, values)).await? {
        let line = LineId(row.try_get("", "line")?);
        let mut piece = piece(&row)?;
        piece.status = piece.status.map(|status| of_step(status, piece.start, piece.end, now));
        let inside = |start: Instant, end: Instant| start.minute() < asked.end && end.minute() > asked.start;
        if inside(piece.start, piece.end) || piece.setup().is_some_and(|(start, end)| inside(start, end)) {
            let state = snapshot.lines.get(&line);
            piece.removable = piece.kind == "cleaning"
                && state.is_some_and(|state| {
                    let row = state.rows().iter().find(|row| row.id.0 == piece.id);
                    row.is_some_and(|row| cleanings::removable(state, row))
                });
            found.entry(line).or_default().push(piece);
        }
    }
    Ok(found)
}

/// The state of a step of a campaign in this state: of one that runs only what goes on by now is running.
fn of_step(status: String, start: Instant, end: Instant, now: Second) -> String {
    match status.as_str() {
        "running" if now < start.0 => "confirmed".to_owned(),
        "running" if now >= end.0 => "completed".to_owned(),
        _ => status,
    }
}

fn piece(row: &QueryResult) -> Result<PieceView, StoreError> {
    let reference: Option<String> = row.try_get("", "reference")?;
    let product: Option<String> = row.try_get("", "code")?;
    let name: Option<String> = row.try_get("", "name_zh")?;
    let english: Option<String> = row.try_get("", "name_en")?;
    let at = |name: &str| -> Result<Option<Instant>, StoreError> {
        Ok(row.try_get::<Option<i64>>("", name)?.map(Instant::from_minute))
    };
    Ok(PieceView {
        id: row.try_get("", "id")?,
        kind: row.try_get("", "kind")?,
        start: Instant::from_minute(row.try_get("", "starts_at")?),
        end: Instant::from_minute(row.try_get("", "ends_at")?),
        setup_start: at("prev_end")?,
        setup_minutes: row.try_get::<Option<i64>>("", "setup")?.unwrap_or(0),
        booking: row.try_get("", "booking")?,
        // A product that the client hasn't named carries the booking's reference.
        product: product.filter(|code| Some(code) != reference.as_ref()),
        reference,
        status: row.try_get("", "status")?,
        offering: row.try_get("", "offering")?,
        company: name.zip(english).map(|(zh, en)| TextView { zh, en }),
        expires_at: row.try_get::<Option<i64>>("", "expires_at")?.map(Instant),
        closure: row.try_get("", "closure")?,
        reason: row.try_get("", "reason")?,
        note: row.try_get("", "note")?,
        removable: false,
    })
}

#[cfg(test)]
mod tests {
    use app::contract::Instant;

    use super::of_step;

    #[test]
    fn of_a_campaign_that_runs_only_the_step_that_goes_on_is_running() {
        let at = |status: &str, now| of_step(status.to_owned(), Instant(100), Instant(200), now);
        assert_eq!(
            [99, 100, 199, 200].map(|now| at("running", now)),
            ["confirmed", "running", "running", "completed"]
        );
        assert_eq!([99, 150, 200].map(|now| at("requested", now)), ["requested"; 3]);
    }
}
