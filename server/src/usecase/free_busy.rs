//! When a line is taken, as a product finds it that isn't there yet; for its operators also by what.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use app::contract::{BusyView, Failure, FreeBusyView, Instant, LineTimes, OfferQuery, Period, RowView};
use domain::{
    Interval, LineId, Minutes, ProductId, Second,
    availability::{self, Newcomer},
    calendar::{PLANT_OFFSET, align_up},
    occupancy::Occupancy,
    snapshot::LineState,
    supposed::Held,
};
use uuid::Uuid;

use super::{Caller, booking, ground::ground, moving, period, products, search, words::word};
use crate::{
    limits::Searcher,
    state::AppState,
    store::{Current, queries, snapshot},
};

/// Longest period shown at once, in plant days.
const LONGEST: i64 = 400;

/// The busy pieces of a line in a period, for anybody signed in: as a product without hazards finds it. The rows too,
/// for the operators of its platform; for anybody else it counts as a search, since beside searches with other hazards
/// it tells what one more of them would.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`], [`Failure::Invalid`], [`Failure::TooMany`].
pub async fn of_line(
    state: &AppState,
    caller: &Caller,
    line: Uuid,
    period: &Period,
) -> Result<FreeBusyView, Failure> {
    let member = caller.member()?;
    let asked = period::interval(period, LONGEST)?;
    let ground = ground(state).await?;
    let now = state.clock.now();
    let line = state_of(state, &ground, LineId(line), (asked, now)).await?;
    let inside = member.platform() == Some(line.line.platform);
    if !inside {
        state.limits.search(Searcher::Organisation(member.organisation.0))?;
    }
    let own = products::all_of(state, member.organisation).await?;
    let standing = line.overlapping(asked).iter().filter(|row| inside && !row.is_expired(now));
    Ok(FreeBusyView {
        line: line.line.id.0,
        granularity_minutes: line.line.granularity,
        busy: plainly(&line, &own, asked, now),
        rows: row_views(state, &standing.collect::<Vec<_>>()).await?,
        now: Instant(now),
    })
}

/// When each of `lines` is taken in `period` for the product of `query`, which was searched for just now: the search
/// has counted. And when its calendar, which is public, has it closed. What is to move is told apart: its present place
/// counts as free. A line that is unknown is left out.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Invalid`].
pub async fn for_query(
    state: &AppState,
    caller: &Caller,
    query: &OfferQuery,
    lines: &BTreeSet<Uuid>,
    period: &Period,
) -> Result<BTreeMap<Uuid, LineTimes>, Failure> {
    let member = caller.member()?;
    let asked = period::interval(period, LONGEST)?;
    let request = search::request(state, Some(member), query).await?;
    let moved = moving::asked_for(state, Some(member), query).await?;
    let held = match &moved {
        Some((booking, _)) => moving::held(state.store.read(), booking).await?,
        None => Held::default(),
    };
    let own = products::all_of(state, member.organisation).await?;
    let ground = ground(state).await?;
    let now = state.clock.now();
    let mut found = BTreeMap::new();
    for id in lines.iter().copied().filter(|id| ground.snapshot.lines.contains_key(&LineId(*id))) {
        let line = state_of(state, &ground, LineId(id), (asked, now)).await?;
        let newcomer = Newcomer::of(&line, &request.offering, &request.hazards);
        let freed = (!held.rows.is_empty()).then(|| line.without(&held));
        let taken = availability::taken(freed.as_ref().unwrap_or(&line), newcomer, &own, asked, now);
        let taken = views(taken.into_iter(), line.line.granularity);
        let closed = line.calendar.closed_in(asked).into_iter().map(view).collect();
        let here = moved.iter().flat_map(|(booking, _)| booking.live()).filter(|piece| piece.line.0 == id);
        let here = here.map(|piece| piece.interval).filter(|place| place.overlaps(asked)).map(view).collect();
        found.insert(id, LineTimes { taken, own: here, closed });
    }
    Ok(found)
}

/// The rows of a line around `asked`. What ended long ago is in the database only.
pub(crate) async fn state_of(
    state: &AppState,
    ground: &Current,
    line: LineId,
    (asked, now): (Interval, Second),
) -> Result<Arc<LineState>, Failure> {
    let known = ground.snapshot.lines.get(&line).ok_or(Failure::NotFound)?;
    if asked.start >= snapshot::edge_at(now) {
        return Ok(Arc::clone(known));
    }
    let (read, catalogue) = (state.store.read(), &ground.catalogue);
    Ok(Arc::new(queries::neighbourhood(read, catalogue, line, asked, known.version).await?))
}

/// When the line is taken for a product without hazards, as whoever has the products `own` reads it.
pub(crate) fn plainly(
    line: &LineState,
    own: &BTreeSet<ProductId>,
    asked: Interval,
    now: Second,
) -> Vec<BusyView> {
    let taken = availability::taken(line, Newcomer::plain(line), own, asked, now);
    views(taken.into_iter(), line.line.granularity)
}

/// When the line is taken for a product without hazards of anybody's, rounded as it is published.
pub(crate) fn published(line: &LineState, asked: Interval, now: Second) -> Vec<Interval> {
    let taken = availability::taken(line, Newcomer::plain(line), &BTreeSet::new(), asked, now);
    rounded(taken.into_iter(), line.line.granularity)
}

fn views(intervals: impl Iterator<Item = Interval>, granularity: Minutes) -> Vec<BusyView> {
    rounded(intervals, granularity).into_iter().map(view).collect()
}

fn view(piece: Interval) -> BusyView {
    BusyView { start: Instant::from_minute(piece.start), end: Instant::from_minute(piece.end) }
}

/// Rounded outwards to the granularity, touching pieces united: how many campaigns there are doesn't show.
fn rounded(intervals: impl Iterator<Item = Interval>, granularity: Minutes) -> Vec<Interval> {
    let mut pieces: Vec<Interval> = Vec::new();
    for interval in intervals {
        let rounded =
            Interval { start: down(interval.start, granularity), end: align_up(interval.end, granularity) };
        match pieces.last_mut() {
            Some(last) if rounded.start <= last.end => last.end = last.end.max(rounded.end),
            _ => pieces.push(rounded),
        }
    }
    pieces
}

/// The last multiple of `granularity` from plant midnight at or before `minute`.
fn down(minute: i64, granularity: Minutes) -> i64 {
    minute - (minute + PLANT_OFFSET).rem_euclid(granularity.max(1))
}

async fn row_views(state: &AppState, rows: &[&Occupancy]) -> Result<Vec<RowView>, Failure> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id.0).collect();
    let owners = booking::owners(state.store.read(), &ids).await?;
    let view = |row: &&Occupancy| {
        let owner = owners.get(&row.id.0);
        RowView {
            id: row.id.0,
            kind: word(row.kind),
            start: Instant::from_minute(row.interval.start),
            end: Instant::from_minute(row.interval.end),
            setup_minutes: row.link.map_or(0, |link| link.setup),
            booking: owner.map(|owner| owner.id),
            reference: owner.map(|owner| owner.reference.clone()),
            status: owner.map(|owner| owner.status.clone()),
            expires_at: row.expires_at.map(Instant),
        }
    };
    Ok(rows.iter().map(view).collect())
}

#[cfg(test)]
mod tests {
    use domain::calendar::DAY;

    use super::*;

    fn at(day: i64, minute: i64) -> i64 {
        29_000_160 / DAY * DAY - PLANT_OFFSET + day * DAY + minute
    }

    #[test]
    fn busy_time_is_rounded_outwards_and_united() {
        let taken = [
            Interval { start: at(0, 70), end: at(0, 100) },
            Interval { start: at(0, 130), end: at(0, 180) },
            Interval { start: at(1, 0), end: at(1, 60) },
        ];
        let pieces = views(taken.into_iter(), 60);
        let expected = [(at(0, 60), at(0, 180)), (at(1, 0), at(1, 60))];
        let expected = expected.map(|(start, end)| BusyView {
            start: Instant::from_minute(start),
            end: Instant::from_minute(end),
        });
        assert_eq!(pieces, expected);
        let whole_days = views(taken.into_iter(), DAY);
        assert_eq!(whole_days.len(), 1);
        assert_eq!(whole_days[0].start, Instant::from_minute(at(0, 0)));
        assert_eq!(whole_days[0].end, Instant::from_minute(at(2, 0)));
    }
}
