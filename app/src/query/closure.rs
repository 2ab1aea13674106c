//! A closure that is being thought about.

use leptos_router::params::ParamsMap;
use time::Date;
use uuid::Uuid;

use crate::{
    contract::{ClosureOrder, Complaints, Failure, FieldProblem, Instant, field},
    words::day,
};

/// The fields of the form, as typed; days and times of the plant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosureDraft {
    pub kind: String,
    pub start: String,
    pub start_time: String,
    pub end: String,
    pub end_time: String,
    pub note: String,
}

impl ClosureDraft {
    /// What the parameters say, or `None` while nothing was asked.
    #[must_use]
    pub fn read(parameters: &ParamsMap) -> Option<Self> {
        let text = |name: &str| parameters.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        parameters.get("start")?;
        Some(Self {
            kind: text("kind"),
            start: text("start"),
            start_time: text("start_time"),
            end: text("end"),
            end_time: text("end_time"),
            note: text("note"),
        })
    }

    /// What the form holds before anybody typed: a day of maintenance in a week.
    #[must_use]
    pub fn blank(now: Instant) -> Self {
        Self {
            kind: "maintenance".into(),
            start: day(now, 7),
            start_time: "08:00".into(),
            end: day(now, 7),
            end_time: "18:00".into(),
            note: String::new(),
        }
    }

    /// The same in the days from `first` to `last`.
    #[must_use]
    pub fn within(self, first: Date, last: Date) -> Self {
        Self { start: first.to_string(), end: last.to_string(), ..self }
    }

    /// As an order to close `line`.
    ///
    /// # Errors
    /// [`Failure::Invalid`] names every field that can't be read.
    pub fn order(&self, line: Uuid, dry_run: bool) -> Result<ClosureOrder, Failure> {
        let (start, end) = Self::times((&self.start, &self.start_time), (&self.end, &self.end_time))?;
        Ok(ClosureOrder { line, start, end, kind: self.kind.clone(), note: self.note.clone(), dry_run })
    }

    /// Start and end as they were typed, a day and a clock each.
    ///
    /// # Errors
    /// As [`Self::order`].
    pub fn times(start: (&str, &str), end: (&str, &str)) -> Result<(Instant, Instant), Failure> {
        let mut complaints = Complaints::default();
        let start = complaints.hear(instant("start", start.0, start.1));
        let end = complaints.hear(instant("end", end.0, end.1));
        complaints.answer()?;
        Ok((start?, end?))
    }
}

/// The instant of a plant day and a clock such as `08:30`.
pub(super) fn instant(name: &str, day: &str, clock: &str) -> Result<Instant, Failure> {
    let midnight = field::midnight(field::plant_day(name, day)?);
    let malformed = || field::invalid(name, FieldProblem::Malformed { example: "08:30".to_owned() });
    let (hours, minutes) = clock.trim().split_once(':').ok_or_else(malformed)?;
    let number = |text: &str| text.get(..2).and_then(|text| text.parse::<i64>().ok());
    match (number(hours), number(minutes)) {
        (Some(hours @ 0..=23), Some(minutes @ 0..=59)) => {
            Ok(Instant::from_minute(midnight + hours * 60 + minutes))
        }
        _ => Err(malformed()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> ClosureDraft {
        // 2026-11-23T00:00Z
        ClosureDraft::blank(Instant(1_795_392_000))
    }

    #[test]
    fn days_and_times_are_the_plants() {
        let order = draft().order(Uuid::nil(), true).expect("an order");
        // 2026-11-30T00:00Z is eight in the morning there.
        assert_eq!(order.start, Instant(1_795_996_800));
        assert_eq!(order.end.0 - order.start.0, 10 * 3600);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (draft, name) in [
            (ClosureDraft { start: "soon".into(), ..draft() }, "start"),
            (ClosureDraft { end_time: "25:00".into(), ..draft() }, "end"),
            (ClosureDraft { end_time: String::new(), ..draft() }, "end"),
        ] {
            match draft.order(Uuid::nil(), true) {
                Err(Failure::Invalid { faults }) => assert_eq!(faults.first().field, name),
                other => panic!("{other:?}"),
            }
        }
    }
}
