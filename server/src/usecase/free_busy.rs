//! When a line is taken.

use std::sync::Arc;

use app::contract::{BusyView, Failure, FreeBusyView, Instant, Period, RowView};
use domain::{
    Interval, LineId, Minutes,
    calendar::{PLANT_OFFSET, align_up},
    occupancy::Occupancy,
    snapshot::LineState,
};
use uuid::Uuid;

use super::{Caller, booking, ground::ground, period, words::word};
use crate::{
    state::AppState,
    store::{queries, snapshot},
};

/// Longest period shown at once, in plant days.
const LONGEST: i64 = 400;

/// The busy pieces of a line in a period, for anybody signed in; the rows too, for the operators of its platform.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::NotFound`], [`Failure::Invalid`].
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
    let mut line = Arc::clone(ground.snapshot.lines.get(&LineId(line)).ok_or(Failure::NotFound)?);
    if asked.start < snapshot::edge_at(now) {
        // Rows that ended long ago are in the database only.
        let (read, catalogue) = (state.store.read(), &ground.catalogue);
        line = Arc::new(queries::neighbourhood(read, catalogue, line.line.id, asked, line.version).await?);
    }
    let granularity = line.line.granularity;
    let rows: Vec<&Occupancy> = line.overlapping(asked).iter().filter(|row| !row.is_expired(now)).collect();
    let inside = member.platform() == Some(line.line.platform);
    Ok(FreeBusyView {
        line: line.line.id.0,
        granularity_minutes: granularity,
        busy: busy(taken(&line, &rows, asked).into_iter(), granularity),
        rows: if inside { row_views(state, &rows).await? } else { Vec::new() },
        now: Instant(now),
    })
}

/// What is booked or closed, and when the line is down, ascending by start.
fn taken(line: &LineState, rows: &[&Occupancy], asked: Interval) -> Vec<Interval> {
    let down = line.outages().iter().copied().filter(|outage| outage.overlaps(asked));
    let mut taken: Vec<Interval> = rows.iter().map(|row| row.interval).chain(down).collect();
    taken.sort_unstable_by_key(|interval| (interval.start, interval.end));
    taken
}

fn busy(intervals: impl Iterator<Item = Interval>, granularity: Minutes) -> Vec<BusyView> {
    let view = |piece: Interval| BusyView {
        start: Instant::from_minute(piece.start),
        end: Instant::from_minute(piece.end),
    };
    rounded(intervals, granularity).into_iter().map(view).collect()
}

/// Rounded outwards to the granularity, touching pieces united: how many campaigns there are doesn't show.
pub(crate) fn rounded(intervals: impl Iterator<Item = Interval>, granularity: Minutes) -> Vec<Interval> {
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
        let pieces = busy(taken.into_iter(), 60);
        let expected = [(at(0, 60), at(0, 180)), (at(1, 0), at(1, 60))];
        let expected = expected.map(|(start, end)| BusyView {
            start: Instant::from_minute(start),
            end: Instant::from_minute(end),
        });
        assert_eq!(pieces, expected);
        let whole_days = busy(taken.into_iter(), DAY);
        assert_eq!(whole_days.len(), 1);
        assert_eq!(whole_days[0].start, Instant::from_minute(at(0, 0)));
        assert_eq!(whole_days[0].end, Instant::from_minute(at(2, 0)));
    }
}
