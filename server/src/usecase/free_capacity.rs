//! Free capacity of the next ninety days by offering, for the district: of the lines able to make it, what their public
//! calendars leave free. Nothing here is finer than what anybody signed in may read of each line.

use std::collections::{BTreeMap, BTreeSet};

use app::contract::{Failure, FreeCapacityView, FreePart, TextView};
use domain::{
    Interval, LineId,
    calendar::{DAY, day_start, plant_day},
    metrics::Spans,
    occupancy::Kind,
    offering,
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
    let mut lines: BTreeMap<LineId, Vec<FreePart>> = BTreeMap::new();
    for (id, line) in &ground.snapshot.lines {
        let of = |part: &Interval| {
            let rows = || line.overlapping(*part).iter().filter(|row| !row.is_expired(now));
            let granularity = line.line.granularity;
            let closed = rows().filter(|row| row.kind == Kind::Closure).map(|row| row.interval);
            let busy = free_busy::rounded(rows().map(|row| row.interval), granularity);
            let open = Spans::unite(line.calendar.open_in(*part).filter_map(|open| open.intersection(*part)));
            let bookable = open.without(&Spans::unite(closed));
            let free = bookable.without(&Spans::unite(busy));
            FreePart { bookable_minutes: bookable.minutes(), free_minutes: free.minutes() }
        };
        lines.insert(*id, parts.iter().map(of).collect());
    }
    let view = |(code, able): (&str, BTreeSet<LineId>)| {
        let known = offering::find(code)?;
        let mut sums = vec![FreePart { bookable_minutes: 0, free_minutes: 0 }; parts.len()];
        for line in able.iter().filter_map(|line| lines.get(line)) {
            for (sum, part) in sums.iter_mut().zip(line) {
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
