//! Plant time: Asia/Shanghai, UTC+8 without daylight saving. Dates and minutes of the day are plant time, [`Minute`]s
//! UTC.

use time::{Date, Duration};

use crate::{Interval, Minute, Minutes, Second};

/// Plant time is this many minutes ahead of UTC.
pub const PLANT_OFFSET: Minutes = 8 * 60;

/// Minutes of a day.
pub const DAY: Minutes = 24 * 60;

/// Seconds of a day.
pub const DAY_SECONDS: Second = DAY * 60;

/// 1970-01-01, day number 0.
const EPOCH_JULIAN: i64 = 2_440_588;

/// Whole plant days since 1970-01-01 at `minute`.
#[must_use]
pub const fn plant_day(minute: Minute) -> i64 {
    (minute + PLANT_OFFSET).div_euclid(DAY)
}

/// The minute at which plant day number `day` begins.
#[must_use]
pub const fn day_start(day: i64) -> Minute {
    day * DAY - PLANT_OFFSET
}

/// The plant date at `minute`; clamped to the years that [`Date`] knows (-9999 to 9999).
#[must_use]
pub fn plant_date(minute: Minute) -> Date {
    let julian = plant_day(minute).saturating_add(EPOCH_JULIAN);
    let julian = julian.clamp(Date::MIN.to_julian_day().into(), Date::MAX.to_julian_day().into());
    i32::try_from(julian).ok().and_then(|day| Date::from_julian_day(day).ok()).unwrap_or(Date::MAX)
}

/// The minute at which `date` begins at the plant.
#[must_use]
pub fn plant_midnight(date: Date) -> Minute {
    day_start(i64::from(date.to_julian_day()) - EPOCH_JULIAN)
}

/// The plant days from `first` to `last`, both inclusive; `None` if reversed.
#[must_use]
pub fn plant_days(first: Date, last: Date) -> Option<Interval> {
    Interval::new(plant_midnight(first), plant_midnight(last) + DAY)
}

/// Calendar dates from `from` to `to`, negative if `to` is earlier.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    Duration::whole_days(to - from)
}

/// The first minute at or after `minute` that lies a multiple of `granularity` after plant midnight. `granularity`
/// divides a day; anything below 1 counts as 1.
#[must_use]
pub const fn align_up(minute: Minute, granularity: Minutes) -> Minute {
    if granularity <= 1 {
        return minute;
    }
    let rest = (minute + PLANT_OFFSET).rem_euclid(granularity);
    if rest == 0 { minute } else { minute + granularity - rest }
}

/// The last such minute at or before `minute`.
#[must_use]
pub const fn align_down(minute: Minute, granularity: Minutes) -> Minute {
    if granularity <= 1 {
        return minute;
    }
    minute - (minute + PLANT_OFFSET).rem_euclid(granularity)
}
