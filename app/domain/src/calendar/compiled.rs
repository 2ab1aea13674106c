//! A pattern compiled over a horizon: open time as prefix sums, found by day.

use super::{
    DayKind, Holidays, Pattern,
    plant::{day_start, plant_date, plant_day},
};
use crate::{Interval, Minute, Minutes};

/// An open interval and the open minutes of the horizon before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Open {
    interval: Interval,
    before: Minutes,
}

impl Open {
    const fn after(self) -> Minutes {
        self.before + self.interval.minutes()
    }
}

/// A pattern compiled over a horizon: open intervals with prefix sums of open time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    pub pattern: Pattern,
    horizon: Interval,
    /// Ascending, touching ones united, clipped to the horizon.
    open: Vec<Open>,
    /// For each plant day of the horizon, the first of `open` that ends after the day's midnight.
    by_day: Vec<u32>,
    /// For each plant day of the horizon, and for the day after it, how many days with open time come before it.
    open_days: Vec<u32>,
    /// Every shift as such, whole, for pool cells.
    shifts: Vec<Interval>,
    /// Length of the longest open interval.
    longest: Minutes,
    /// Most open minutes of a plant day.
    fullest_day: Minutes,
    /// Length of the shortest closed time between two open ones.
    shortest_closed: Minutes,
}

impl Calendar {
    /// Compiles `pattern` over `horizon`, a few years at most: the cost grows with its days.
    #[must_use]
    pub fn compile(pattern: Pattern, holidays: &Holidays, horizon: Interval) -> Self {
        let (first, last) = (plant_day(horizon.start), plant_day(horizon.end - 1));
        let mut shifts = Vec::new();
        // A shift may run over midnight into the horizon's first day.
        for day in first - 1..=last {
            shifts.extend(shifts_of(&pattern, holidays, day).filter(|shift| shift.overlaps(horizon)));
        }
        let open = unite(&shifts, horizon);
        let (mut by_day, mut open_days, mut fullest_day) = (Vec::new(), vec![0], 0);
        for day in first..=last {
            let whole = Interval { start: day_start(day), end: day_start(day + 1) };
            let index = open.partition_point(|open| open.interval.end <= whole.start);
            by_day.push(u32::try_from(index).unwrap_or(u32::MAX));
            let parts = open[index..].iter().map_while(|open| open.interval.intersection(whole));
            let minutes = parts.map(Interval::minutes).sum::<Minutes>();
            open_days.push(open_days.last().map_or(0, |before| before + u32::from(minutes > 0)));
            fullest_day = minutes.max(fullest_day);
        }
        let longest = open.iter().map(|open| open.interval.minutes()).max().unwrap_or(0);
        let shortest_closed =
            open.windows(2).map(|pair| pair[1].interval.start - pair[0].interval.end).min().unwrap_or(0);
        Self { pattern, horizon, open, by_day, open_days, shifts, longest, fullest_day, shortest_closed }
    }

    /// The compiled range; outside it nothing is known and every answer is `None`.
    #[must_use]
    pub const fn horizon(&self) -> Interval {
        self.horizon
    }

    /// Open intervals, ascending and disjoint.
    pub fn open(&self) -> impl Iterator<Item = Interval> {
        self.open.iter().map(|open| open.interval)
    }

    /// Open intervals that overlap `interval`, ascending, whole.
    pub fn open_in(&self, interval: Interval) -> impl Iterator<Item = Interval> {
        self.open[self.index(interval.start)..]
            .iter()
            .map(|open| open.interval)
            .take_while(move |open| open.start < interval.end)
    }

    /// When nobody works in `interval`, of what lies inside the horizon; ascending, clipped to both.
    #[must_use]
    pub fn closed_in(&self, interval: Interval) -> Vec<Interval> {
        let Some(asked) = interval.intersection(self.horizon) else { return Vec::new() };
        let (mut at, mut closed) = (asked.start, Vec::new());
        for open in self.open_in(asked) {
            closed.extend(Interval::new(at, open.start));
            at = open.end;
        }
        closed.extend(Interval::new(at, asked.end));
        closed
    }

    /// The shifts that overlap `interval`, ascending, whole.
    pub fn shifts(&self, interval: Interval) -> impl DoubleEndedIterator<Item = Interval> {
        let first = self.shifts.partition_point(|shift| shift.end <= interval.start);
        let last = self.shifts.partition_point(|shift| shift.start < interval.end);
        self.shifts[first..last.max(first)].iter().copied()
    }

    /// The earliest minute at which `minutes` of open time have passed since `from`; `from` itself for 0. `None` if
    /// that lies outside the horizon.
    #[must_use]
    pub fn add_open(&self, from: Minute, minutes: Minutes) -> Option<Minute> {
        if minutes <= 0 {
            return Some(from);
        }
        if from < self.horizon.start {
            return None;
        }
        let first = self.index(from);
        let target = self.passed_at(first, from).saturating_add(minutes);
        // Most answers are in this shift or a few away, so widen the search step by step.
        if let Some(open) = self.open.get(first).filter(|open| target <= open.after()) {
            return Some(open.interval.start + target - open.before);
        }
        let mut step = 1;
        let mut low = first;
        while low + step < self.open.len() && self.open[low + step - 1].after() < target {
            low += step;
            step *= 2;
        }
        let high = (low + step).min(self.open.len());
        let found = low + self.open[low.min(high)..high].partition_point(|open| open.after() < target);
        let open = self.open.get(found)?;
        Some(open.interval.start + target - open.before)
    }

    /// The latest minute from which `minutes` of open time pass until `until`; `until` itself for 0. `None` if that
    /// lies outside the horizon.
    #[must_use]
    pub fn sub_open(&self, until: Minute, minutes: Minutes) -> Option<Minute> {
        if minutes <= 0 {
            return Some(until);
        }
        if until > self.horizon.end {
            return None;
        }
        let target = self.passed(until) - minutes;
        if target < 0 {
            return None;
        }
        // The open minute number `target`, counted from 0, is the first one used.
        let found = self.open.partition_point(|open| open.after() <= target);
        let open = self.open.get(found)?;
        Some(open.interval.start + target - open.before)
    }

    /// Open minutes in `interval`, of what lies inside the horizon.
    #[must_use]
    pub fn open_minutes(&self, interval: Interval) -> Minutes {
        self.passed(interval.end) - self.passed(interval.start)
    }

    /// Whether crew is there in the minute that starts at `minute`.
    #[must_use]
    pub fn is_open(&self, minute: Minute) -> bool {
        self.open.get(self.index(minute)).is_some_and(|open| open.interval.contains(minute))
    }

    /// The first open minute at or after `minute`; `None` if the horizon has none.
    #[must_use]
    pub fn next_open(&self, minute: Minute) -> Option<Minute> {
        self.open.get(self.index(minute)).map(|open| open.interval.start.max(minute))
    }

    /// The last open minute at or before `minute`; `None` if the horizon has none.
    #[must_use]
    pub fn last_open(&self, minute: Minute) -> Option<Minute> {
        let index = self.index(minute);
        if self.open.get(index).is_some_and(|open| open.interval.start <= minute) {
            return Some(minute);
        }
        index.checked_sub(1).map(|before| self.open[before].interval.end - 1)
    }

    /// The most minutes that any plant day of the horizon is open.
    #[must_use]
    pub const fn fullest_day(&self) -> Minutes {
        self.fullest_day
    }

    /// How many of the plant days `first..=last` have open time inside the horizon.
    #[must_use]
    pub fn open_days(&self, first: i64, last: i64) -> i64 {
        let begin = plant_day(self.horizon.start);
        let before = |day: i64| {
            let day = usize::try_from(day - begin).unwrap_or(0).min(self.by_day.len());
            i64::from(self.open_days[day])
        };
        (before(last + 1) - before(first)).max(0)
    }

    /// A lower bound of the elapsed time that `minutes` of open time take, wherever they start.
    #[must_use]
    pub const fn least_elapsed(&self, minutes: Minutes) -> Minutes {
        if minutes <= 0 || self.longest == 0 {
            return minutes;
        }
        let closed = ((minutes - 1) / self.longest).saturating_mul(self.shortest_closed);
        minutes.saturating_add(closed)
    }

    /// Index of the first open interval that ends after `minute`.
    fn index(&self, minute: Minute) -> usize {
        if minute < self.horizon.start {
            return 0;
        }
        let day = plant_day(minute) - plant_day(self.horizon.start);
        let Some(first) = usize::try_from(day).ok().and_then(|day| self.by_day.get(day)) else {
            return self.open.len();
        };
        let mut index = *first as usize;
        while self.open.get(index).is_some_and(|open| open.interval.end <= minute) {
            index += 1;
        }
        index
    }

    fn passed(&self, minute: Minute) -> Minutes {
        self.passed_at(self.index(minute), minute)
    }

    /// Open minutes of the horizon before `minute`, whose index is `index`.
    fn passed_at(&self, index: usize, minute: Minute) -> Minutes {
        match self.open.get(index) {
            Some(open) => open.before + (minute - open.interval.start).max(0),
            None => self.open.last().map_or(0, |open| open.after()),
        }
    }
}

/// The shifts that start on plant day number `day`.
fn shifts_of<'a>(
    pattern: &'a Pattern,
    holidays: &Holidays,
    day: i64,
) -> impl Iterator<Item = Interval> + use<'a> {
    let midnight = day_start(day);
    let date = plant_date(midnight);
    let weekday = usize::from(date.weekday().number_days_from_monday());
    let kind = if pattern.observes_holidays { holidays.kind(date) } else { None };
    let shifts: &[_] = match kind {
        None => &pattern.week[weekday],
        Some(DayKind::Off) => &[],
        Some(DayKind::Work) => &pattern.week[usize::from(pattern.working_weekend_as) % 7],
    };
    shifts.iter().filter_map(move |shift| {
        Interval::new(midnight + Minutes::from(shift.start), midnight + Minutes::from(shift.end))
    })
}

/// Unites touching shifts, clips to the horizon and sums up.
fn unite(shifts: &[Interval], horizon: Interval) -> Vec<Open> {
    let mut sorted: Vec<_> = shifts.iter().filter_map(|shift| shift.intersection(horizon)).collect();
    sorted.sort_unstable();
    let mut open: Vec<Open> = Vec::with_capacity(sorted.len());
    for shift in sorted {
        match open.last_mut() {
            Some(last) if shift.start <= last.interval.end => {
                last.interval.end = last.interval.end.max(shift.end);
            }
            _ => open.push(Open { interval: shift, before: open.last().map_or(0, |last| last.after()) }),
        }
    }
    open
}
