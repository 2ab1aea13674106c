//! Plant calendars: when crew is there. Rules are evaluated in plant time, Asia/Shanghai, UTC+8 without daylight saving.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{CalendarId, Interval, Minute, Minutes, Text};

/// Plant time is this many minutes ahead of UTC.
pub const PLANT_OFFSET: Minutes = 8 * 60;

/// One shift, in minutes from plant midnight of its day; `end` may pass 1440 (a shift over midnight).
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
    /// Whether holidays close it; a 24-hour line usually runs through.
    pub observes_holidays: bool,
    /// The weekday, 0 = Monday, whose shifts a working weekend has.
    pub working_weekend_as: u8,
}

/// What a dated entry makes of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    Off,
    Work,
}

/// One entry of the holiday table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    pub kind: DayKind,
    pub name: Text,
    /// From a State Council notice; otherwise provisional.
    pub official: bool,
}

/// The imported holiday table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holidays {
    pub days: BTreeMap<Date, Holiday>,
}

/// A pattern compiled over a horizon: open intervals with prefix sums of open time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub pattern: Pattern,
    horizon: Interval,
    /// Open intervals, ascending, touching ones united, each with the open minutes before it.
    open: Vec<(Interval, Minutes)>,
    /// Every shift as such, for pool cells.
    shifts: Vec<Interval>,
}

impl Calendar {
    /// Compiles `pattern` over `horizon`.
    #[must_use]
    pub fn compile(pattern: Pattern, _holidays: &Holidays, horizon: Interval) -> Self {
        Self { pattern, horizon, open: Vec::new(), shifts: Vec::new() }
    }

    /// The compiled range; outside it nothing is known and every answer is `None`.
    #[must_use]
    pub const fn horizon(&self) -> Interval {
        self.horizon
    }

    /// Open intervals, ascending and disjoint.
    pub fn open(&self) -> impl Iterator<Item = Interval> {
        self.open.iter().map(|(interval, _)| *interval)
    }

    /// The shifts that overlap `interval`.
    pub fn shifts(&self, interval: Interval) -> impl Iterator<Item = Interval> {
        self.shifts.iter().copied().filter(move |shift| shift.overlaps(interval))
    }

    /// The earliest minute at which `minutes` of open time have passed since `from`; `from` itself for 0.
    #[must_use]
    pub fn add_open(&self, _from: Minute, _minutes: Minutes) -> Option<Minute> {
        None
    }

    /// Open minutes in `interval`.
    #[must_use]
    pub fn open_minutes(&self, _interval: Interval) -> Minutes {
        0
    }

    /// Whether crew is there in the minute that starts at `minute`.
    #[must_use]
    pub fn is_open(&self, _minute: Minute) -> bool {
        false
    }
}
