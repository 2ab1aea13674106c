//! Placing a whole route: complete backtracking over lines and starts.
//!
//! Ends never fall when starts rise, so a step that can't be reached in time pushes the ones before it to later starts,
//! and no start in between needs to be tried. Where steps of one route meet each other (on one line, or in a pool's
//! cell), that no longer follows and every start is tried.

use crate::{
    Interval, Minute, Minutes, Second,
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    request::Request,
    route::Route,
    snapshot::Snapshot,
};

use super::{
    LineRefusal,
    fitting::{Fitting, Range},
    gap::Gap,
    pools::{Own, share_pool},
    search::refuse,
    view::View,
};

/// Most single placements that one route's search tries; only steps that crowd each other out come near it.
const BUDGET: u32 = 500_000;

/// A step of the chain: which of the step's fittings, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub fitting: usize,
    pub start: Minute,
    pub end: Minute,
}

/// What is known of the next start on one line: asked `from`, the answer holds for every minute up to its start.
#[derive(Clone, Copy, Debug)]
struct Known {
    from: Minute,
    next: Option<(Minute, Minute)>,
}

/// Why a chain can't be completed.
#[derive(Clone, Copy, Debug)]
struct DeadEnd {
    /// The first end of the step before at which that may change; `None`: never.
    retry: Option<Minute>,
}

/// Told of every chain found: the fittings of all steps and the spots, one a step.
pub(super) type Found<'a, 'f> = dyn FnMut(&[Vec<Fitting<'a>>], &[Spot]) + 'f;

/// The search for one route.
pub(super) struct RouteSearch<'a> {
    route: &'a Route,
    pub steps: Vec<Vec<Fitting<'a>>>,
    views: Vec<Vec<View<'a>>>,
    known: Vec<Vec<Option<Known>>>,
    /// Elapsed minutes that the steps from here on take at least, lags included.
    tails: Vec<Minutes>,
    /// For each step, whether it may meet an earlier one.
    meets: Vec<bool>,
    last_end: Minute,
    chain: Vec<Spot>,
    own: Vec<Own>,
    budget: u32,
}

impl<'a> RouteSearch<'a> {
    /// Matches every step with its lines; the lines that can't are named in `refusals`.
    pub fn new(
        snapshot: &'a Snapshot,
        request: &Request,
        route: &'a Route,
        range: Range,
        now: Second,
        refusals: &mut Vec<LineRefusal>,
    ) -> Self {
        let mut steps = Vec::with_capacity(route.steps.len());
        for (number, step) in route.steps.iter().enumerate() {
            let mut able = Vec::with_capacity(step.lines.len());
            for figures in &step.lines {
                match Fitting::new(snapshot, request, step, figures, range, now) {
                    Ok(fitting) => able.push(fitting),
                    Err(refusal) => refuse(refusals, route, number, figures.line, refusal),
                }
            }
            steps.push(able);
        }
        let views = steps
            .iter()
            .map(|able| able.iter().map(|fitting| View::new(fitting.state, now)).collect())
            .collect();
        let known = steps.iter().map(|able: &Vec<Fitting<'_>>| vec![None; able.len()]).collect();
        let meets =
            (0..steps.len()).map(|later| (0..later).any(|earlier| may_meet(route, earlier, later))).collect();
        let mut tails = vec![0; steps.len() + 1];
        for (number, able) in steps.iter().enumerate().rev() {
            let lag = if number == 0 { 0 } else { route.steps[number].min_lag };
            let least = able.iter().map(|fitting| fitting.least).min().unwrap_or(0);
            tails[number] = tails[number + 1] + lag + least;
        }
        Self {
            route,
            steps,
            views,
            known,
            tails,
            meets,
            last_end: range.last_end,
            chain: Vec::with_capacity(route.steps.len()),
            own: Vec::new(),
            budget: BUDGET,
        }
    }

    /// Tells `found` every placement, for each line of the first step and each of its gaps the earliest one, and names
    /// the lines that found none.
    pub fn each(&mut self, refusals: &mut Vec<LineRefusal>, found: &mut Found<'a, '_>) {
        if !self.later_steps_can(refusals) {
            return;
        }
        let mut firsts = Vec::new();
        let mut stuck = Vec::with_capacity(self.steps[0].len());
        for fitting in 0..self.steps[0].len() {
            let before = firsts.len();
            let why = self.first_spots(fitting, &mut firsts);
            stuck.push((firsts.len() == before).then_some(why));
        }
        let single = self.steps.len() == 1;
        if !single {
            // In the order of time what is known of the later steps' lines can be used again and again.
            firsts.sort_unstable_by_key(|(spot, _)| spot.end);
        }
        let mut placed = vec![single; self.steps[0].len()];
        for (spot, gap) in firsts {
            if single {
                found(&self.steps, &[spot]);
            } else if self.complete_from(spot, gap) {
                placed[spot.fitting] = true;
                found(&self.steps, &self.chain);
            }
        }
        for (number, why) in stuck.into_iter().enumerate() {
            let line = self.steps[0][number].state.line.id;
            if let Some(why) = why {
                refuse(refusals, self.route, 0, line, why);
            } else if !placed[number] {
                refuse(refusals, self.route, 0, line, Refusal::NoSlot);
            }
        }
    }

    /// Whether every step but the first has a line with room at all; the lines that haven't are named.
    fn later_steps_can(&mut self, refusals: &mut Vec<LineRefusal>) -> bool {
        let mut all = !self.steps[0].is_empty();
        for step in 1..self.steps.len() {
            let mut any = false;
            for fitting in 0..self.steps[step].len() {
                let from = self.steps[step][fitting].range.first_start;
                match first_fit(&self.steps[step][fitting], &self.views[step][fitting], &[], from) {
                    Ok(_) => any = true,
                    // Beside an earlier step of its own route there may be room yet.
                    Err(_) if self.meets[step] => any = true,
                    Err(why) => {
                        let line = self.steps[step][fitting].state.line.id;
                        refuse(refusals, self.route, step, line, why);
                    }
                }
            }
            all &= any;
        }
        all
    }

    /// The earliest spot of the first step in each gap of one line; answers what stopped the last gap without one.
    fn first_spots(&self, number: usize, spots: &mut Vec<(Spot, usize)>) -> Refusal {
        let (fitting, view) = (&self.steps[0][number], &self.views[0][number]);
        let mut why = Refusal::NoSlot;
        let first = view.gap_at(fitting.range.first_start);
        for (index, free) in view.free.iter().enumerate().skip(first) {
            if free.from >= fitting.range.last_end {
                break;
            }
            if !fitting.may_fit(free) {
                continue;
            }
            let fit = Gap::open(fitting, view, index)
                .and_then(|gap| gap.first_fit(fitting, &[], fitting.range.first_start));
            match fit {
                Ok((start, end)) => spots.push((Spot { fitting: number, start, end }, index)),
                Err(Refusal::NoSlot) => {}
                Err(reason) => why = reason,
            }
        }
        why
    }

    /// Completes the chain from a first spot, pushing it within its gap as need be.
    fn complete_from(&mut self, first: Spot, gap: usize) -> bool {
        let mut spot = first;
        loop {
            self.chain.clear();
            self.own.clear();
            self.put(0, spot);
            let Err(DeadEnd { retry }) = self.complete(1) else { return true };
            let Some(retry) = retry.filter(|_| self.budget > 0) else { return false };
            let (fitting, view) = (&self.steps[0][spot.fitting], &self.views[0][spot.fitting]);
            let from = fitting.first_start_ending(retry, spot.start + 1);
            let fit = Gap::open(fitting, view, gap).and_then(|gap| gap.first_fit(fitting, &[], from));
            match fit {
                Ok((start, end)) => spot = Spot { start, end, ..spot },
                Err(_) => return false,
            }
        }
    }

    /// Places step `step` and all after it behind the chain so far.
    fn complete(&mut self, step: usize) -> Result<(), DeadEnd> {
        if step == self.steps.len() {
            return Ok(());
        }
        let end_before = self.chain.last().map_or(0, |spot| spot.end);
        if end_before + self.tails[step] > self.last_end {
            return Err(DeadEnd { retry: None });
        }
        let (min_lag, max_lag) = (self.route.steps[step].min_lag, self.route.steps[step].max_lag);
        let first = end_before + min_lag;
        let last = max_lag.map_or(Minute::MAX, |lag| end_before.saturating_add(lag));
        // The first start too late for this chain, of all lines.
        let mut too_late: Option<Minute> = None;
        let mut late = |start: Minute| too_late = Some(too_late.map_or(start, |known| known.min(start)));
        let mut spots = Vec::with_capacity(self.steps[step].len());
        for fitting in 0..self.steps[step].len() {
            match self.next(step, fitting, first) {
                Some((start, _)) if start > last => late(start),
                Some((start, end)) => spots.push(Spot { fitting, start, end }),
                None => {}
            }
        }
        while let Some(best) = (0..spots.len()).min_by_key(|index| (spots[*index].end, *index)) {
            let spot = spots[best];
            let (chain, own) = (self.chain.len(), self.own.len());
            self.put(step, spot);
            let Err(DeadEnd { retry }) = self.complete(step + 1) else { return Ok(()) };
            self.chain.truncate(chain);
            self.own.truncate(own);
            let fitting = &self.steps[step][spot.fitting];
            let from = retry.map(|retry| fitting.first_start_ending(retry, spot.start + 1));
            match from.and_then(|from| self.next(step, spot.fitting, from)) {
                Some((start, end)) if start <= last => spots[best] = Spot { start, end, ..spot },
                Some((start, _)) => {
                    late(start);
                    spots.swap_remove(best);
                }
                None => {
                    spots.swap_remove(best);
                }
            }
        }
        // A step that may meet earlier ones can fit once they have moved by the least bit.
        let meets = self.meets[step..].iter().any(|meets| *meets);
        let retry = if meets && self.budget > 0 {
            Some(end_before + 1)
        } else {
            too_late.map(|start| start - max_lag.unwrap_or(0))
        };
        Err(DeadEnd { retry })
    }

    fn put(&mut self, step: usize, spot: Spot) {
        let interval = Interval { start: spot.start, end: spot.end };
        self.own.extend(self.steps[step][spot.fitting].claims.own(interval));
        self.chain.push(spot);
    }

    /// The first start at or after `from` of step `step` on one line, beside the chain so far.
    fn next(&mut self, step: usize, number: usize, from: Minute) -> Option<(Minute, Minute)> {
        if self.meets[step] {
            return self.next_beside_own(step, number, from);
        }
        let known = self.known[step][number];
        if let Some(known) = known
            && known.from <= from
            && known.next.is_none_or(|(start, _)| from <= start)
        {
            return known.next;
        }
        let next = first_fit(&self.steps[step][number], &self.views[step][number], &[], from).ok();
        self.known[step][number] = Some(Known { from, next });
        next
    }

    fn next_beside_own(&mut self, step: usize, number: usize, from: Minute) -> Option<(Minute, Minute)> {
        self.budget = self.budget.checked_sub(1)?;
        let fitting = &self.steps[step][number];
        let line = fitting.state.line.id;
        let mut view: Option<View<'static>> = None;
        for (earlier, spot) in self.chain.iter().enumerate() {
            let placed = &self.steps[earlier][spot.fitting];
            if placed.state.line.id == line {
                let row = own_row(placed, *spot);
                view = Some(view.as_ref().unwrap_or(&self.views[step][number]).with(row));
            }
        }
        let view = view.as_ref().unwrap_or(&self.views[step][number]);
        first_fit(fitting, view, &self.own, from).ok()
    }
}

/// The first start at or after `from` in any gap, with its end; else what stopped the last gap tried.
pub(super) fn first_fit(
    fitting: &Fitting<'_>,
    view: &View<'_>,
    own: &[Own],
    from: Minute,
) -> Result<(Minute, Minute), Refusal> {
    let mut why = Refusal::NoSlot;
    let from = from.max(fitting.range.first_start);
    for (index, free) in view.free.iter().enumerate().skip(view.gap_at(from)) {
        if free.from >= fitting.range.last_end {
            break;
        }
        if !fitting.may_fit(free) {
            continue;
        }
        match Gap::open(fitting, view, index).and_then(|gap| gap.first_fit(fitting, own, from)) {
            Ok(fit) => return Ok(fit),
            Err(Refusal::NoSlot) => {}
            Err(reason) => why = reason,
        }
    }
    Err(why)
}

/// The row that a placed step will be.
pub(super) fn own_row(fitting: &Fitting<'_>, spot: Spot) -> Occupancy {
    Occupancy {
        id: crate::OccupancyId(uuid::Uuid::nil()),
        line: fitting.state.line.id,
        kind: Kind::Campaign,
        interval: Interval { start: spot.start, end: spot.end },
        needs: Some(fitting.needs),
        leaves: fitting.leaves,
        product: fitting.product,
        batches: fitting.batches,
        expires_at: None,
        link: None,
    }
}

/// Whether two steps of a route may land on one line or in one pool.
fn may_meet(route: &Route, earlier: usize, later: usize) -> bool {
    let (one, other) = (&route.steps[earlier], &route.steps[later]);
    share_pool(one, other)
        || one.lines.iter().any(|mine| other.lines.iter().any(|their| their.line == mine.line))
}
