//! The free time between two rows, and the starts of a step in it.

use crate::{
    Interval, Minute,
    changeover::{
        Changeover, Relation, Unready, done_at, last_end, ready, ready_once_done, run_before, run_behind,
    },
    gaps::{Free, next_opaque},
    occupancy::Occupancy,
    refusal::Refusal,
};

use super::{fitting::Fitting, pools::Own, view::View};

/// What a step finds between row `index` and the next one.
#[derive(Debug)]
pub(super) struct Gap<'v> {
    rows: &'v [Occupancy],
    index: usize,
    /// First minute at which a start can be, by the changeover and the range.
    pub earliest: Minute,
    /// The step ends by then.
    last_end: Minute,
    /// The changeover before the step, and when it is done.
    before: Changeover,
    done: Minute,
    /// The row that the step's own state meets first, and the changeover to it; `None` if none follows or closures lie
    /// between, which was then settled once.
    next: Option<(&'v Occupancy, Changeover)>,
    /// Whether a later step of the route can still come between the step and that row.
    is_open: bool,
}

/// What became of one start.
#[derive(Clone, Debug)]
pub(super) enum Probe {
    Fits(Minute),
    /// Not here, nor anywhere before `from`.
    Later {
        from: Minute,
        why: Refusal,
    },
    /// Not here, and nowhere later in the gap.
    Never(Refusal),
}

impl<'v> Gap<'v> {
    /// Opens the gap behind row `index`, if some start in it isn't ruled out at once. Where a later step of the route
    /// may yet come between, the row behind needn't find the line clean.
    ///
    /// # Errors
    /// What rules all starts in it out: a changeover that is forbidden or leaves no time before it or behind.
    pub fn open(fitting: &Fitting<'_>, view: &'v View<'_>, index: usize) -> Result<Self, Refusal> {
        Self::open_as(fitting, view, index, fitting.followed_by.is_some())
    }

    /// The same once all steps of the route that can come between have been placed and are in the view.
    ///
    /// # Errors
    /// As [`Self::open`]; [`Refusal::RecleanAfter`] if the row behind would find the line clean for too long.
    pub fn open_settled(fitting: &Fitting<'_>, view: &'v View<'_>, index: usize) -> Result<Self, Refusal> {
        Self::open_as(fitting, view, index, false)
    }

    fn open_as(
        fitting: &Fitting<'_>,
        view: &'v View<'_>,
        index: usize,
        is_open: bool,
    ) -> Result<Self, Refusal> {
        let line = fitting.state.line.id;
        let rows = &*view.rows;
        let Free { from, until, .. } = view.gaps.free()[index];
        let range = fitting.range;
        let last_end = until.min(range.last_end);
        let (calendar, matrix) = (&fitting.state.calendar, &fitting.state.matrix);
        let row = &rows[index];
        let relation = Relation::between(fitting.product, row.product);
        let Some(before) = fitting.before.get(row.leaves, relation) else {
            return Err(Refusal::ChangeoverForbidden { line, neighbour: row.id });
        };
        let done = done_at(calendar, from, before).ok_or(Refusal::OutsideCalendar { line })?;
        let earliest = done.max(range.first_start);
        if earliest + fitting.least > last_end {
            return Err(Refusal::ChangeoverBefore { line, neighbour: row.id, earliest: done });
        }
        let next = next_opaque(rows, index + 1).filter(|_| fitting.minds_behind);
        let next = match next {
            None => None,
            Some((at, next)) => {
                let relation = Relation::between(next.product, fitting.product);
                let needs = next.needs.unwrap_or(next.leaves);
                let Some(behind) = fitting.behind.get(needs, relation) else {
                    return Err(Refusal::ChangeoverForbidden { line, neighbour: next.id });
                };
                if at == index + 1 {
                    Some((next, behind))
                } else {
                    let closed_until = rows[at - 1].interval.end;
                    match ready(calendar, matrix, closed_until, behind, next.interval.start) {
                        Err(Unready::Reclean(_)) if !is_open => {
                            return Err(Refusal::RecleanAfter { line, neighbour: next.id });
                        }
                        Ok(()) | Err(Unready::Reclean(_)) => {}
                        Err(_) => {
                            let neighbour = next.id;
                            return Err(Refusal::ChangeoverAfter { line, neighbour, latest_end: from });
                        }
                    }
                    None
                }
            }
        };
        Ok(Self { rows, index, earliest, last_end, before, done, next, is_open })
    }

    /// Decides one start that is aligned and has crew.
    pub fn probe(&self, fitting: &Fitting<'_>, own: &[Own], start: Minute) -> Probe {
        let line = fitting.state.line.id;
        let (calendar, matrix) = (&fitting.state.calendar, &fitting.state.matrix);
        let row = &self.rows[self.index];
        let begun = (row.interval.end, self.before, self.done);
        match ready_once_done(calendar, matrix, begun, start) {
            Ok(()) => {}
            Err(Unready::Changeover(earliest)) => {
                let why = Refusal::ChangeoverBefore { line, neighbour: row.id, earliest };
                return Probe::Later { from: earliest, why };
            }
            Err(Unready::Reclean(Some(earliest))) => {
                return Probe::Later { from: earliest, why: Refusal::RecleanBefore { line, earliest } };
            }
            Err(Unready::Reclean(None) | Unready::Calendar) => {
                return Probe::Never(Refusal::OutsideCalendar { line });
            }
        }
        let Some(end) = fitting.end(start) else {
            return Probe::Never(Refusal::OutsideCalendar { line });
        };
        if end > fitting.range.last_end {
            return Probe::Never(fitting.beyond.clone());
        }
        if end > self.last_end {
            return Probe::Never(self.occupied(line));
        }
        if let Some(until) = fitting.state.down_until(Interval { start, end }) {
            return Probe::Later { from: until, why: Refusal::LineDown { line, until } };
        }
        if let Some(probe) = self.probe_behind(fitting, start, end) {
            return probe;
        }
        if let Some(probe) = self.probe_cap(fitting, start, end) {
            return probe;
        }
        let interval = Interval { start, end };
        match fitting.claims.overrun(interval, own) {
            Some((why, from)) => Probe::Later { from, why },
            None => Probe::Fits(end),
        }
    }

    /// No step that ends later leaves the next row its time and its changeover.
    pub fn latest_end(&self, fitting: &Fitting<'_>) -> Minute {
        let calendar = &fitting.state.calendar;
        let next = self.next.as_ref();
        let latest = next.and_then(|(next, behind)| last_end(calendar, *behind, next.interval.start));
        latest.map_or(self.last_end, |latest| latest.min(self.last_end))
    }

    /// The refusal of an end that runs into the next row.
    fn occupied(&self, line: crate::LineId) -> Refusal {
        self.rows.get(self.index + 1).map_or(Refusal::NoSlot, |next| Refusal::Occupied {
            line,
            by: next.id,
            interval: next.interval,
        })
    }

    /// The next row must get its changeover, and still be clean at its start.
    fn probe_behind(&self, fitting: &Fitting<'_>, start: Minute, end: Minute) -> Option<Probe> {
        let (next, behind) = self.next.as_ref()?;
        let line = fitting.state.line.id;
        let (calendar, matrix) = (&fitting.state.calendar, &fitting.state.matrix);
        let until = next.interval.start;
        match ready(calendar, matrix, end, *behind, until) {
            Ok(()) => None,
            Err(Unready::Reclean(_)) if self.is_open => None,
            Err(Unready::Calendar) => Some(Probe::Never(Refusal::OutsideCalendar { line })),
            Err(Unready::Changeover(_)) => {
                let latest_end = calendar.sub_open(until - behind.wait, behind.crew).unwrap_or(end);
                Some(Probe::Never(Refusal::ChangeoverAfter { line, neighbour: next.id, latest_end }))
            }
            Err(Unready::Reclean(_)) => {
                let why = Refusal::RecleanAfter { line, neighbour: next.id };
                // A later end may still be clean at the next row's start: the first one that comes near enough.
                let near = until - matrix.clean_hold.unwrap_or(0);
                let near_enough = |end| done_at(calendar, end, *behind).is_none_or(|done| done >= near);
                let reach = first(end, until, near_enough);
                Some(Probe::Later { from: fitting.first_start_ending(reach, start), why })
            }
        }
    }

    /// The run of one product that the step would join must stay within the campaign cap.
    fn probe_cap(&self, fitting: &Fitting<'_>, start: Minute, end: Minute) -> Option<Probe> {
        let cap = fitting.state.matrix.cap?;
        let calendar = &fitting.state.calendar;
        let (ahead, rest) = self.rows.split_at(self.index + 1);
        let before = run_before(calendar, cap, ahead, fitting.product, start);
        let rest = if fitting.minds_behind { rest } else { &[] };
        let behind = run_behind(calendar, cap, rest, fitting.product, end);
        let batches = before.batches.saturating_add(fitting.batches).saturating_add(behind.batches);
        let first = before.edge.unwrap_or(start);
        let last = behind.edge.unwrap_or(end);
        let too_many = cap.max_batches.is_some_and(|most| batches > most);
        let too_long = cap.max_minutes.is_some_and(|most| last - first > most);
        if !too_many && !too_long {
            return None;
        }
        let why = Refusal::CampaignCap { line: fitting.state.line.id };
        if before.edge.is_some() {
            // Only a start after the full clean leaves the run before it.
            let clean = done_at(calendar, self.rows[self.index].interval.end, cap.full_clean);
            return Some(clean.map_or(Probe::Never(why.clone()), |from| Probe::Later { from, why }));
        }
        if too_many {
            return Some(Probe::Never(why));
        }
        let from = behind.edge.zip(cap.max_minutes).map_or(start, |(last, most)| last - most);
        Some(Probe::Later { from, why })
    }

    /// The first start at or after `from` that fits, with its end.
    ///
    /// # Errors
    /// Why the last one looked at doesn't.
    pub fn first_fit(
        &self,
        fitting: &Fitting<'_>,
        own: &[Own],
        from: Minute,
    ) -> Result<(Minute, Minute), Refusal> {
        let mut why = fitting.beyond.clone();
        let mut from = from.max(self.earliest);
        while let Some(start) = fitting.next_start(from) {
            if start + fitting.least > self.last_end {
                break;
            }
            match self.probe(fitting, own, start) {
                Probe::Fits(end) => return Ok((start, end)),
                Probe::Later { from: later, why: reason } => {
                    from = later.max(start + 1);
                    why = reason;
                }
                Probe::Never(reason) => return Err(reason),
            }
        }
        Err(why)
    }
}

/// The first value in `low..high` for which a rising predicate holds, `high` if none.
fn first(mut low: Minute, mut high: Minute, holds: impl Fn(Minute) -> bool) -> Minute {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}
