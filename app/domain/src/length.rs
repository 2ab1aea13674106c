//! How long a step takes.

use crate::{
    Interval, Minute, Minutes,
    calendar::Calendar,
    route::{Figures, Running},
};

/// A step's length: first minutes of open time, then elapsed ones. Its end never falls when its start rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Set-up, and the batches if crew runs them; minutes of open time.
    pub crew: Minutes,
    /// The batches if they run unattended, and the wait; elapsed minutes.
    pub elapsed: Minutes,
}

impl Length {
    /// The length of `batches` batches by these figures; absurd figures saturate far beyond every horizon.
    #[must_use]
    pub const fn new(figures: &Figures, batches: u32) -> Self {
        // That leaves room to add a few of them up.
        const MOST: Minutes = Minutes::MAX / 1024;
        let run = figures.batch.saturating_mul(batches as Minutes);
        let run = if run < MOST { run } else { MOST };
        match figures.running {
            Running::Crew => Self { crew: figures.setup.saturating_add(run), elapsed: figures.wait },
            Running::Unattended => Self { crew: figures.setup, elapsed: run.saturating_add(figures.wait) },
        }
    }

    /// Whether crew has to be there in the first minute.
    #[must_use]
    pub const fn needs_crew(self) -> bool {
        self.crew > 0
    }

    /// The end for this start; `None` if it lies beyond the calendar, or for a step of no length.
    #[must_use]
    pub fn end(self, calendar: &Calendar, start: Minute) -> Option<Minute> {
        let end = calendar.add_open(start, self.crew)? + self.elapsed;
        (end > start).then_some(end)
    }

    /// The half-open interval for this start.
    #[must_use]
    pub fn interval(self, calendar: &Calendar, start: Minute) -> Option<Interval> {
        Interval::new(start, self.end(calendar, start)?)
    }

    /// A lower bound of the elapsed time that it takes, wherever it starts.
    #[must_use]
    pub const fn least(self, calendar: &Calendar) -> Minutes {
        calendar.least_elapsed(self.crew).saturating_add(self.elapsed)
    }
}
