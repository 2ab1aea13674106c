//! Free capacity of the next ninety days by offering, for the district: of the lines able to make it, what is free as
//! anybody signed in may read it, changeovers taken off. Nothing here is finer than that.

use std::collections::BTreeSet;

use app::contract::{Failure, FreeCapacityView, FreePart, TextView};
use domain::{
    Interval, LineId, Second,
    calendar::{DAY, day_start, plant_day},
    metrics::Spans,
    occupancy::Kind,
    offering,
    snapshot::LineState,
};

use super::{Caller, free_busy, ground, occupancy::able};
use crate::state::AppState;

/// Parts of the time ahead, and the days of each.
const PARTS: i64 = 3;
const PART_DAYS: i64 = 30;

/// By offering's code.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] but for the district.
pub async fn by_offering(state: &AppState, caller: &Caller) -> Result<Vec<FreeCapacityView>, Failure> {
    caller.district()?;
    let ground = ground::ground(state).await?;
    let now = state.clock.now();
    let today = day_start(plant_day(now.div_euclid(60)));
    let parts: Vec<Interval> = (0..PARTS)
        .map(|part| today + part * PART_DAYS * DAY)
        .map(|start| Interval { start, end: start + PART_DAYS * DAY })
        .collect();
    let ahead = Interval { start: today, end: today + PARTS * PART_DAYS * DAY };
    let make = async |changed: &[LineId]| {
        let lines = changed.iter().filter_map(|id| ground.snapshot.lines.get(id));
        Ok(lines.map(|line| (line.line.id, free_parts(line, &parts, now))).collect())
    };
    let lines = state.free_parts.over(&ground, ahead, now, make).await?;
    let view = |(code, able): (&str, BTreeSet<LineId>)| {
        let known = offering::find(code)?;
        let mut sums = vec![FreePart { bookable_minutes: 0, free_minutes: 0 }; parts.len()];
        for line in able.iter().filter_map(|line| lines.get(line)) {
            for (sum, part) in sums.iter_mut().zip(line.iter()) {
                sum.bookable_minutes += part.bookable_minutes;
                sum.free_minutes += part.free_minutes;
            }
        }
        Some(FreeCapacityView {
            code: code.to_owned(),
            name: TextView { zh: known.zh.to_owned(), en: known.en.to_owned() },
            lines: u32::try_from(able.len()).unwrap_or(u32::MAX),
            parts: sums,
        })
    };
    Ok(able(&ground.catalogue).into_iter().filter_map(view).collect())
}

/// What a line's public calendar leaves free of each part, and until when that is so: when one of its holds
/// expires.
fn free_parts(line: &LineState, parts: &[Interval], now: Second) -> (Vec<FreePart>, Option<Second>) {
    let of = |part: &Interval| {
        let rows = line.overlapping(*part).iter();
        let closed = rows.filter(|row| row.kind == Kind::Closure).map(|row| row.interval);
        let busy = free_busy::published(line, *part, now);
        let open = Spans::unite(line.calendar.open_in(*part).filter_map(|open| open.intersection(*part)));
        let bookable = open.without(&Spans::unite(closed));
        let free = bookable.without(&Spans::unite(busy));
        FreePart { bookable_minutes: bookable.minutes(), free_minutes: free.minutes() }
    };
    let holds = line.rows().iter().filter(|row| !row.is_expired(now));
    (parts.iter().map(of).collect(), holds.filter_map(|row| row.expires_at).min())
}
