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

/// What a step is charged: so many days at a line's day rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    pub days: i64,
    pub day_rate_fen: i64,
}

impl Charge {
    /// That of a step over `interval`.
    #[must_use]
    pub fn of(line: &Line, calendar: &Calendar, running: Running, interval: Interval) -> Self {
        Self { days: charged_days(calendar, running, interval), day_rate_fen: line.day_rate_fen }
    }

    /// In fen.
    #[must_use]
    pub const fn fen(self) -> i64 {
        self.day_rate_fen.saturating_mul(self.days)
    }
}

/// The price in fen of a step over `interval`: the day rate times the charged days.
#[must_use]
pub fn step_price(line: &Line, calendar: &Calendar, running: Running, interval: Interval) -> i64 {
    Charge::of(line, calendar, running, interval).fen()
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
