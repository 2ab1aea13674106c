//! Prices in integer fen. A price never depends on the neighbour's changeover, which would reveal it.

use crate::{
    Interval, Minutes,
    calendar::{Calendar, DAY, plant_day},
    length::Length,
    resource::Line,
    route::Running,
};

/// The plant dates that a step over `interval` is charged for: those that it touches and on which the line is open;
/// every one that it touches if it runs unattended.
#[must_use]
pub fn charged_days(calendar: &Calendar, running: Running, interval: Interval) -> i64 {
    let (first, last) = (plant_day(interval.start), plant_day(interval.end - 1));
    match running {
        Running::Unattended => last - first + 1,
        Running::Crew => calendar.open_days(first, last),
    }
}

/// The price in fen of a step over `interval`: the day rate times the charged days.
#[must_use]
pub fn step_price(line: &Line, calendar: &Calendar, running: Running, interval: Interval) -> i64 {
    line.day_rate_fen.saturating_mul(charged_days(calendar, running, interval))
}

/// What a step of this length costs at least, wherever it starts.
#[must_use]
pub fn least_price(line: &Line, calendar: &Calendar, running: Running, length: Length) -> i64 {
    let days = match (running, calendar.fullest_day()) {
        (Running::Unattended, _) => rounded_up(length.least(calendar), DAY),
        (Running::Crew, 0) => 0,
        (Running::Crew, fullest) => rounded_up(length.crew, fullest),
    };
    line.day_rate_fen.saturating_mul(days)
}

const fn rounded_up(all: Minutes, part: Minutes) -> i64 {
    all / part + if all % part > 0 { 1 } else { 0 }
}
