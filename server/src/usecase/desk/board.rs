//! A line's time drawn out: open hours, campaigns with their set-up, holds, closures, cleanings, and when it is free.

use std::collections::BTreeMap;

use app::contract::{BusyView, Failure, FreeView, Instant, LineBoard, Period, PieceView, TextView};
use domain::{
    Interval, LineId, Second,
    availability::{self, Setup},
    calendar::Calendar,
    snapshot::{LineState, Snapshot},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryResult, Value,
};
use uuid::Uuid;

use super::super::{Caller, cleanings, free_busy, ground::ground, period};
use crate::{
    state::AppState,
    store::{Current, StoreError, queries::marks, statement, tables::outage as table},
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
    let ground = ground(state).await?;
    let lines = ground.snapshot.lines.values();
    let mut lines: Vec<_> = lines.filter(|line| line.line.platform == platform).collect();
    lines.sort_by(|one, other| one.line.code.cmp(&other.line.code));
    let ids: Vec<LineId> = lines.iter().map(|line| line.line.id).collect();
    boards(state, &ground, &ids, asked).await
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
    let ground = ground(state).await?;
    let known = ground.snapshot.lines.get(&LineId(line)).filter(|line| line.line.platform == platform);
    known.ok_or(Failure::NotFound)?;
    boards(state, &ground, &[LineId(line)], asked).await?.pop().ok_or(Failure::NotFound)
}

/// The boards of `lines`, in their order.
pub(super) async fn boards(
    state: &AppState,
    ground: &Current,
    lines: &[LineId],
    asked: Interval,
) -> Result<Vec<LineBoard>, Failure> {
    let now = state.clock.now();
    let mut setups: BTreeMap<Uuid, Setup> = BTreeMap::new();
    for line in lines.iter().filter(|line| ground.snapshot.lines.contains_key(line)) {
        let standing = free_busy::state_of(state, ground, *line, (asked, now)).await?;
        let between = availability::between(&standing, asked, now);
        setups.extend(between.setups.into_iter().map(|setup| (setup.row.0, setup)));
    }
    let mut pieces = pieces(state.store.read(), (&ground.snapshot, &setups), lines, asked, now).await?;
    let outages = table::Entity::find()
        .filter(table::Column::Line.is_in(lines.iter().map(|line| line.0)))
        .filter(table::Column::StartsAt.lt(asked.end))
        .filter(table::Column::EndsAt.gt(asked.start))
        .all(state.store.read())
        .await
        .map_err(StoreError::from)?;
    let known = lines.iter().filter_map(|id| ground.snapshot.lines.get(id));
    Ok(known
        .map(|line| {
            let mut pieces = pieces.remove(&line.line.id).unwrap_or_default();
            pieces.extend(outages.iter().filter(|one| one.line == line.line.id.0).map(outage));
            pieces.sort_by_key(|piece| piece.start);
            let free = free_ahead(line, now);
            let inside = free.iter().filter_map(|free| free.intersection(asked));
            LineBoard {
                line: line.line.id.0,
                code: line.line.code.clone(),
                name: line.line.name.clone().into(),
                gmp: line.line.gmp,
                offerings: line.line.capabilities.iter().map(|able| able.offering.clone()).collect(),
                from: Instant::from_minute(asked.start),
                to: Instant::from_minute(asked.end),
                open: line.calendar.open_in(asked).map(span).collect(),
                pieces,
                free: inside.filter_map(|free| stretch(&line.calendar, free)).collect(),
                next_free: free.iter().find_map(|free| first_open(&line.calendar, *free)),
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

/// What nothing on a line needs from now on, as far as its calendar is known.
fn free_ahead(line: &LineState, now: Second) -> Vec<Interval> {
    let ahead = Interval::new((now + 59).div_euclid(60), line.calendar.horizon().end);
    ahead.map_or_else(Vec::new, |ahead| availability::between(line, ahead, now).free)
}

/// The first open minute of what is free, if there is any.
fn first_open(calendar: &Calendar, free: Interval) -> Option<Instant> {
    calendar.next_open(free.start).filter(|open| free.contains(*open)).map(Instant::from_minute)
}

/// The open time of what is free as one stretch, if there is any.
fn stretch(calendar: &Calendar, free: Interval) -> Option<FreeView> {
    let open: Vec<Interval> = calendar.open_in(free).filter_map(|open| open.intersection(free)).collect();
    Some(FreeView {
        start: Instant::from_minute(open.first()?.start),
        end: Instant::from_minute(open.last()?.end),
        minutes: open.iter().map(|open| open.minutes()).sum(),
    })
}

/// A run that was broken off is over, but not as one that is done.
const PIECES: &str = "SELECT o.id, o.line, o.kind, o.starts_at, o.ends_at, o.expires_at, \
     b.id AS booking, b.reference, b.offering, n.name_zh, n.name_en, p.code, \
     CASE WHEN b.status IN ('completed', 'closed') AND EXISTS \
       (SELECT 1 FROM decision d WHERE d.booking = b.id AND d.action = 'abort') \
       THEN 'broken_off' ELSE b.status END AS status, \
     c.id AS closure, c.kind AS reason, c.note \
     FROM occupancy o LEFT JOIN step s ON s.occupancy = o.id LEFT JOIN booking b ON b.id = s.booking \
     LEFT JOIN organisation n ON n.id = b.organisation LEFT JOIN product p ON p.id = b.product \
     LEFT JOIN closure c ON c.occupancy = o.id";

/// The live rows of each line that lie in the period, or whose set-up does, or what is kept for them; also such as a
/// snapshot no longer keeps.
async fn pieces(
    read: &DatabaseConnection,
    (snapshot, setups): (&Snapshot, &BTreeMap<Uuid, Setup>),
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
        if let Some(setup) = setups.get(&piece.id) {
            prepare(&mut piece, setup, now);
        }
        let own = std::iter::once((piece.start, piece.end));
        let mut times = own.chain(piece.setup()).chain(piece.kept());
        if times.any(|(start, end)| start.minute() < asked.end && end.minute() > asked.start) {
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

/// Says when the line is made ready for a piece, and what is kept for it of the time ahead.
fn prepare(piece: &mut PieceView, setup: &Setup, now: Second) {
    let taken = Interval::new(setup.from, setup.done).map(span);
    piece.setup_start = taken.as_ref().map(|taken| taken.start);
    piece.setup_end = taken.map(|taken| taken.end);
    let kept = Instant::from_minute(setup.kept.max((now + 59).div_euclid(60)));
    piece.kept_from = Some(kept).filter(|kept| *kept < piece.start);
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
    Ok(PieceView {
        id: row.try_get("", "id")?,
        kind: row.try_get("", "kind")?,
        start: Instant::from_minute(row.try_get("", "starts_at")?),
        end: Instant::from_minute(row.try_get("", "ends_at")?),
        setup_start: None,
        setup_end: None,
        kept_from: None,
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
