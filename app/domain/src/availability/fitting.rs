//! One step of a request on one line: everything about it that no other row decides.

use std::sync::Arc;

use crate::{
    ClassId, Interval, Minute, Minutes, ProductId, Second,
    capability::admit_batch,
    changeover::Side,
    gaps::{Free, mark},
    length::Length,
    price::{least_price, step_price},
    refusal::Refusal,
    request::Request,
    resource::Line,
    route::{Figures, RouteStep},
    segregation::{Admission, admit},
    snapshot::{LineState, Snapshot},
};

use super::{pools::Claims, view::View};

/// A step that a line can take, somewhere.
#[derive(Debug)]
pub(super) struct Fitting<'a> {
    pub state: &'a LineState,
    pub figures: &'a Figures,
    pub length: Length,
    /// A lower bound of its elapsed length.
    pub least: Minutes,
    pub needs: ClassId,
    pub leaves: ClassId,
    pub product: ProductId,
    /// The product's mark, to compare with those of [`Free`].
    mark: u32,
    /// The least that any free time must be long, between rows of other products and beside one of its own.
    floor: Floor,
    pub batches: u32,
    /// The matrix's cells into what it needs and out of what it leaves.
    pub before: Side,
    pub behind: Side,
    pub claims: Claims<'a>,
    pub range: Range,
    /// What was asked for, before notice and calendar narrowed it.
    window: Interval,
    /// The refusal of an end after `range.last_end`.
    pub beyond: Refusal,
    /// The last later step of the route that may land on this line too. It can come between this step and the row
    /// behind, so that whether that row still finds the line clean is settled only then.
    pub followed_by: Option<usize>,
    /// Whether the row behind must get its changeover. Not while others are still to be put in between.
    pub minds_behind: bool,
}

/// Where a step may lie. All bounds inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub first_start: Minute,
    pub last_start: Minute,
    pub last_end: Minute,
}

/// Lower bounds of the free time that a step takes with its changeovers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Floor {
    on_this_line: Minutes,
    beside_own: Minutes,
}

impl<'a> Fitting<'a> {
    /// Matches a step of `request` with the line that `figures` name.
    ///
    /// # Errors
    /// Why the line can't do the step at all: what it is capable of and admits, its matrix and pools, or a range that
    /// is too short for it.
    pub fn new(
        snapshot: &'a Snapshot,
        request: &Request,
        step: &'a RouteStep,
        figures: &'a Figures,
        range: Range,
        now: Second,
    ) -> Result<Self, Refusal> {
        let missing = || Refusal::NotCapable { line: figures.line };
        let state = snapshot.lines.get(&figures.line).ok_or_else(missing)?;
        let (admission, (needs, leaves)) = suit(state, request)?;
        let length = Length::new(figures, request.batches);
        let least = length.least(&state.calendar);
        alone_within_cap(state, request.batches, least)?;
        let claims = Claims::new(snapshot, step, now)?;
        let product = if request.product == ProductId::NONE { ProductId::UNNAMED } else { request.product };
        let mark = mark(product);
        let (before, behind) = (state.matrix.cells_into(needs), state.matrix.cells_out_of(leaves));
        let floor = |maybe_same| {
            let changeovers = before.floor(maybe_same).saturating_add(behind.floor(maybe_same));
            least.saturating_add(changeovers)
        };
        let floor = Floor { on_this_line: floor(state.carries(mark)), beside_own: floor(true) };
        let mut fitting = Self {
            state,
            figures,
            length,
            least,
            needs,
            leaves,
            product,
            mark,
            floor,
            batches: request.batches,
            before,
            behind,
            claims,
            range,
            window: request.window,
            beyond: Refusal::NoSlot,
            followed_by: None,
            minds_behind: true,
        };
        fitting.limit(&admission)?;
        Ok(fitting)
    }

    /// Leaves open what follows on the line: the step must be over before it, no more.
    pub fn leave_open_behind(&mut self) {
        let floor = |maybe_same| self.least.saturating_add(self.before.floor(maybe_same));
        self.floor = Floor { on_this_line: floor(self.state.carries(self.mark)), beside_own: floor(true) };
        self.minds_behind = false;
    }

    /// Narrows the range to what the hazards' records and the calendar allow.
    fn limit(&mut self, admission: &Admission) -> Result<(), Refusal> {
        let Range { first_start, last_end, .. } = self.range;
        if first_start.saturating_add(self.least) > last_end {
            return Err(self.too_short(first_start, self.least));
        }
        let mut horizon = self.state.calendar.horizon();
        if let Some(on_record) = self.claims.horizon() {
            horizon.start = horizon.start.max(on_record.start);
            horizon.end = horizon.end.min(on_record.end);
        }
        if first_start.max(horizon.start).saturating_add(self.least) > horizon.end {
            return Err(Refusal::OutsideCalendar { line: self.state.line.id });
        }
        self.range.first_start = first_start.max(horizon.start);
        if last_end > horizon.end {
            self.range.last_end = horizon.end;
            self.beyond = Refusal::OutsideCalendar { line: self.state.line.id };
        }
        if let (Some(until), Some(beyond)) = (admission.until, &admission.beyond)
            && until < self.range.last_end
        {
            self.range.last_end = until;
            self.beyond = beyond.clone();
            if self.range.first_start + self.least > until {
                return Err(beyond.clone());
            }
        }
        Ok(())
    }

    /// The gaps of the line from `from` on that may be long enough for the step, by row.
    pub fn gaps<'v>(&self, view: &'v View<'_>, from: Minute) -> impl Iterator<Item = usize> + use<'v, '_> {
        let floor = if view.has_own { self.floor.beside_own } else { self.floor.on_this_line };
        let long = view.gaps.between(from, self.range.last_end, floor);
        long.filter(|(_, free)| self.may_fit(free)).map(|(index, _)| index)
    }

    /// Whether the free time is long enough by elapsed minutes alone, which rules out most.
    fn may_fit(&self, free: &Free) -> bool {
        let start = self.range.first_start.max(free.from);
        if self.range.last_end.min(free.until) - start < self.least {
            return false;
        }
        // A forbidden pair passes here, to be named.
        let before = self.before.least(free.left, free.left_by == self.mark).unwrap_or(0);
        let needed = free.needed.filter(|_| self.minds_behind);
        let behind = needed.and_then(|class| self.behind.least(class, free.needed_by == self.mark));
        let behind = behind.unwrap_or(0);
        let start = self.range.first_start.max(free.from + before);
        start + self.least <= self.range.last_end.min(free.until - behind)
    }

    /// The refusal of a line with no free stretch for the step: what would rule it out on an empty line, else that
    /// there is no room. It tells how long the step is, and nothing of the changeovers around it.
    pub fn no_room(&self) -> Refusal {
        let line = self.state.line.id;
        let Some(start) = self.start_by(self.range.first_start, self.range.last_start) else {
            let granularity = self.state.line.granularity;
            return if self.length.needs_crew() {
                Refusal::NoCrew { line }
            } else {
                Refusal::NotAligned { line, granularity }
            };
        };
        match self.end(start) {
            None => Refusal::OutsideCalendar { line },
            // No later start ends sooner.
            Some(end) if end > self.range.last_end => match &self.beyond {
                Refusal::NoSlot => self.too_short(start, end - start),
                beyond => beyond.clone(),
            },
            Some(_) => Refusal::NoRoom { line, minutes: self.least },
        }
    }

    /// The refusal of a step of so many minutes that the window ends too early for, if it starts at `earliest`.
    const fn too_short(&self, earliest: Minute, minutes: Minutes) -> Refusal {
        if self.window.minutes() < minutes {
            Refusal::TooLong { minutes }
        } else {
            Refusal::RestTooShort { earliest, minutes }
        }
    }

    /// Whether two lines run a step at the same pace, start it on the same grid and in the same range.
    pub fn keeps_pace(&self, other: &Self) -> bool {
        let (one, two) = (self.state, other.state);
        self.length == other.length
            && self.range == other.range
            && one.line.granularity == two.line.granularity
            && Arc::ptr_eq(&one.calendar, &two.calendar)
    }

    /// The end for this start.
    pub fn end(&self, start: Minute) -> Option<Minute> {
        self.length.end(&self.state.calendar, start)
    }

    /// The price in fen of the step over `interval`.
    pub fn price(&self, interval: Interval) -> i64 {
        step_price(&self.state.line, &self.state.calendar, self.figures.running, interval)
    }

    /// What it costs at least, wherever it lies.
    pub fn least_price(&self) -> i64 {
        least_price(&self.state.line, &self.state.calendar, self.figures.running, self.length)
    }

    /// The first start at or after `from` on the line's granularity, with crew there if it needs any.
    pub fn next_start(&self, from: Minute) -> Option<Minute> {
        self.start_by(from, self.range.last_start.min(self.range.last_end - self.least))
    }

    /// The same if it isn't after `last`, wherever it would end.
    fn start_by(&self, from: Minute, last: Minute) -> Option<Minute> {
        let granularity = self.state.line.granularity;
        let mut start = crate::calendar::align_up(from.max(self.range.first_start), granularity);
        while start <= last {
            if !self.length.needs_crew() {
                return Some(start);
            }
            let open = self.state.calendar.next_open(start)?;
            if open == start {
                return Some(start);
            }
            start = crate::calendar::align_up(open, granularity);
        }
        None
    }

    /// The last start at or before `until` on the line's granularity, with crew there if it needs any.
    pub fn last_start(&self, until: Minute) -> Option<Minute> {
        let granularity = self.state.line.granularity;
        let last = until.min(self.range.last_start).min(self.range.last_end - self.least);
        let mut start = crate::calendar::align_down(last, granularity);
        while start >= self.range.first_start {
            if !self.length.needs_crew() {
                return Some(start);
            }
            let open = self.state.calendar.last_open(start)?;
            if open == start {
                return Some(start);
            }
            start = crate::calendar::align_down(open, granularity);
        }
        None
    }

    /// The first minute from `from` on at which a start has an end at or after `end`.
    pub fn first_start_ending(&self, end: Minute, from: Minute) -> Minute {
        // Ends never fall when starts rise, and no step takes less than no time.
        let (mut low, mut high) = (from, end.max(from));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.end(middle).is_none_or(|reached| reached >= end) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

/// What a line admits of `request` on whatever days, and the classes that it needs and leaves there.
///
/// # Errors
/// What rules the line out, whenever and of however many batches.
pub(super) fn suit(state: &LineState, request: &Request) -> Result<(Admission, (ClassId, ClassId)), Refusal> {
    let line: &Line = &state.line;
    // Hazards first: no other batch size changes what they forbid.
    let admission = admit(line, &request.hazards)?;
    admit_batch(line, request)?;
    let classes = state.matrix.classify(&request.offering, &request.hazards);
    Ok((admission, classes.ok_or(Refusal::NoClass { line: line.id })?))
}

/// Refuses a campaign that exceeds the line's campaign cap by itself, whatever runs beside it.
fn alone_within_cap(state: &LineState, batches: u32, least: Minutes) -> Result<(), Refusal> {
    let (line, cap) = (state.line.id, state.matrix.cap);
    if let Some(max) = cap.and_then(|cap| cap.max_batches).filter(|max| batches > *max) {
        return Err(Refusal::TooManyBatches { line, max });
    }
    match cap.and_then(|cap| cap.max_minutes).filter(|max| least > *max) {
        Some(max) => Err(Refusal::LongerThanCap { line, minutes: least, max }),
        None => Ok(()),
    }
}
