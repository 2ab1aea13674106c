//! `[[calendar]]`: shift patterns.

use app::contract::setup_form::DAYS;
use domain::calendar::{Pattern, Shift};

use super::toml::{Toml, list, quoted};

pub(super) fn calendar(pattern: &Pattern) -> String {
    let mut toml = Toml::named("[[calendar]]", &pattern.code, &pattern.name);
    for (day, shifts) in DAYS.into_iter().zip(&pattern.week) {
        toml.put(day, list(shifts.iter().map(|shift| write_shift(*shift))));
    }
    toml.put("observes_holidays", pattern.observes_holidays);
    toml.put("working_weekend_as", quoted(DAYS[usize::from(pattern.working_weekend_as) % 7]));
    toml.0
}

/// A shift the way it is written.
#[must_use]
pub fn write_shift(shift: Shift) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let end = if shift.end > 1440 { shift.end - 1440 } else { shift.end };
    format!("{}-{}", clock(shift.start), clock(end))
}
