//! Plant calendars: when crew is there. Rules are evaluated in plant time, Asia/Shanghai, UTC+8 without daylight
//! saving.

mod compiled;
mod holidays;
mod plant;

use serde::{Deserialize, Serialize};

use crate::{CalendarId, Text};

pub use compiled::Calendar;
pub use holidays::{DayKind, Holiday, Holidays, LUNAR_YEARS};
pub use plant::{
    DAY, DAY_SECONDS, PLANT_OFFSET, align_down, align_up, day_start, days_between, plant_date, plant_day,
    plant_days, plant_midnight,
};

/// One shift, half-open, in minutes from plant midnight of its day: `end` is the first minute after it, and may pass
/// 1440 (a shift over midnight). It belongs to the day on which it starts: a day off cancels the shifts that start on
/// it, not the night shift that runs into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    pub start: u16,
    pub end: u16,
}

/// A shift pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    pub id: CalendarId,
    pub code: String,
    pub name: Text,
    /// Shifts by weekday, Monday first; ascending and disjoint, also across midnight.
    pub week: [Vec<Shift>; 7],
    /// Whether the holiday table counts, days off and working weekends alike; a 24-hour line usually runs through.
    pub observes_holidays: bool,
    /// The weekday, 0 = Monday, whose shifts a working weekend has.
    pub working_weekend_as: u8,
}
