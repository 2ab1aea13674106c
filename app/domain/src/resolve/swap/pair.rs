//! Two campaigns that would take each other's time: a place for each, whichever goes first.

use std::cell::Cell;

use crate::{
    Interval, Minute, Second,
    availability::{self, ATTEMPTS, Placement},
    length::Length,
    request::Request,
    resolve::repair::{Movable, cropped, has_one_step, routes, verify_moves},
    snapshot::Snapshot,
};

/// Places tried of either campaign before all are: the nearest to where the other one was.
const NEAREST: usize = 4;

/// The offered campaign, and that of the partner.
const OWN: usize = 0;
const THEIRS: usize = 1;

/// The two, each with where it may go.
#[derive(Debug)]
pub(super) struct Pair<'a> {
    snapshot: &'a Snapshot,
    now: Second,
    /// What of the snapshot bears on either, without the offered one.
    alone: Snapshot,
    /// The same without both.
    freed: Snapshot,
    /// The offered one goes into the time that is wanted; the partner's about where that was: so far to either side as
    /// it is long.
    sides: [Movable; 2],
    /// Where the other one was.
    goals: [Interval; 2],
}

impl<'a> Pair<'a> {
    /// The two, if the partner's stands in the time that is wanted.
    pub fn new(
        snapshot: &'a Snapshot,
        [offered, partner]: [&Movable; 2],
        wanted: Interval,
        now: Second,
    ) -> Option<Self> {
        let (was, theirs) = (offered.placement.span()?, partner.placement.span()?);
        if !theirs.overlaps(wanted) {
            return None;
        }
        let length = theirs.minutes();
        let about = Interval { start: was.start - length, end: was.end + length };
        let within = |one: &Movable, window: Interval| Movable {
            request: Request { window, ..one.request.clone() },
            ..one.clone()
        };
        let sides = [within(offered, wanted), within(partner, about)];
        let mut alone = cropped(snapshot, &sides[OWN].request, &[&sides[OWN], &sides[THEIRS]], now);
        alone.release(&sides[OWN].held);
        let mut freed = alone.clone();
        freed.release(&sides[THEIRS].held);
        Some(Self { snapshot, now, alone, freed, sides, goals: [theirs, was] })
    }

    /// Places near to where the other one was, as far as the earliest of each free stretch tell.
    pub fn near(&self) -> Option<[Placement; 2]> {
        [OWN, THEIRS].into_iter().find_map(|first| {
            let places = self.nearest(&self.freed, first);
            self.behind_each(first, places, |ground, _| self.nearest(ground, 1 - first))
        })
    }

    /// Any places at all, and whether it was tried with every place of both: that takes a try for each place of
    /// whichever goes first, and for each of the other behind it.
    pub fn any(&self, tries: &Cell<usize>) -> (Option<[Placement; 2]>, bool) {
        if !self.sides.iter().all(|side| has_one_step(&self.freed, &side.request)) {
            return (None, false);
        }
        for first in [OWN, THEIRS] {
            let (places, all) = self.open(first, tries.get());
            spend(tries, places.len());
            let rest = |ground: &Snapshot, ahead: &Placement| self.every(ground, 1 - first, ahead, tries);
            let found = self.behind_each(first, places, rest);
            let all = all && tries.get() > 0;
            if found.is_some() || !all {
                return (found, all);
            }
        }
        (None, true)
    }

    /// The first of `places` behind which, with the state as it is then, `rest` has one for the other that holds.
    fn behind_each(
        &self,
        first: usize,
        places: Vec<Placement>,
        rest: impl Fn(&Snapshot, &Placement) -> Vec<Placement>,
    ) -> Option<[Placement; 2]> {
        places.into_iter().find_map(|place| {
            let mut ground = self.freed.clone();
            ground.put(&self.sides[first].request, &place, self.now).ok()?;
            rest(&ground, &place).into_iter().find_map(|other| {
                let both = if first == OWN { [place.clone(), other] } else { [other, place.clone()] };
                self.holds(&both).then_some(both)
            })
        })
    }

    fn holds(&self, places: &[Placement; 2]) -> bool {
        let moves = [(&self.sides[OWN], &places[OWN]), (&self.sides[THEIRS], &places[THEIRS])];
        verify_moves(self.snapshot, &moves, false, self.now).is_ok()
    }

    /// Those of `places` that make it a swap, the nearest first: the offered one must take the partner's time, and not
    /// be able to be there beside it.
    fn sorted(&self, side: usize, mut places: Vec<Placement>) -> Vec<Placement> {
        let theirs = self.goals[OWN];
        let takes = |place: &Placement| {
            place.span().is_some_and(|span| span.overlaps(theirs))
                && availability::check(&self.alone, &self.sides[OWN].request, place, self.now).is_err()
        };
        places.retain(|place| side == THEIRS || takes(place));
        let goal = self.goals[side];
        places.sort_by_key(|place| place.span().map_or(i64::MAX, |span| (span.start - goal.start).abs()));
        places.dedup();
        places
    }

    /// A few of the places of `side` on `ground`.
    fn nearest(&self, ground: &Snapshot, side: usize) -> Vec<Placement> {
        let Request { window, .. } = self.sides[side].request;
        let begins = [window.start, self.goals[side].start.max(window.start)];
        let windows = begins.into_iter().filter_map(|begin| Interval::new(begin, window.end));
        let places = windows.flat_map(|window| -> Vec<Placement> {
            let request = self.within(side, window);
            let found = availability::search(ground, &request, self.now);
            found.map_or_else(
                |_| Vec::new(),
                |found| found.offers.iter().map(|offer| offer.placement).collect(),
            )
        });
        let mut places = self.sorted(side, places.collect());
        places.truncate(NEAREST);
        places
    }

    /// The places of `side`, of one step, that leave open whether the row behind gets its changeover, since the other
    /// may come between; at most `most`, and whether these are all. None after the partner's time: the offered one must
    /// take some of that, and whichever goes first begins no later than the other.
    fn open(&self, side: usize, most: usize) -> (Vec<Placement>, bool) {
        let Request { window, .. } = self.sides[side].request;
        let mut places = Vec::new();
        let mut from = self.first_start(side);
        while let Some(rest) = Interval::new(from, window.end) {
            let request = self.within(side, rest);
            let found = availability::search_open(&self.freed, &request, self.now, ATTEMPTS);
            let Ok(found) = found else { break };
            let found: Vec<Placement> = found.offers.iter().map(|offer| offer.placement).collect();
            let Some(next) = found.iter().filter_map(start).min() else { break };
            if next >= self.goals[OWN].end {
                break;
            }
            places.extend(found.into_iter().filter(|place| start(place) == Some(next)));
            if places.len() > most {
                places.truncate(most);
                return (self.sorted(side, places), false);
            }
            from = next + 1;
        }
        (self.sorted(side, places), true)
    }

    /// Every place of `side`, of one step, on `ground` that begins no sooner than `ahead`, as far as there are `tries`.
    fn every(
        &self,
        ground: &Snapshot,
        side: usize,
        ahead: &Placement,
        tries: &Cell<usize>,
    ) -> Vec<Placement> {
        let Request { window, .. } = self.sides[side].request;
        let from = start(ahead).unwrap_or(window.start).max(self.first_start(side));
        let Some(rest) = Interval::new(from, window.end) else { return Vec::new() };
        let request = self.within(side, rest);
        let mut places = Vec::new();
        for route in routes(ground, &request) {
            for figures in route.steps.iter().flat_map(|step| &step.lines) {
                let starts = availability::starts(ground, &request, route.id, figures.line, self.now);
                let mut starts = starts.unwrap_or_default();
                starts.truncate(tries.get());
                spend(tries, starts.len());
                places.extend(starts.into_iter().filter_map(|start| {
                    availability::place(ground, &request, route.id, &[(figures.line, start)]).ok()
                }));
            }
        }
        self.sorted(side, places)
    }

    /// From where on places are worth a look: what the offered one would be done with before the partner's time takes
    /// none of that.
    fn first_start(&self, side: usize) -> Minute {
        let Request { window, batches, .. } = self.sides[side].request;
        if side == THEIRS {
            return window.start;
        }
        let theirs = self.goals[OWN];
        let steps = routes(&self.freed, &self.sides[side].request).flat_map(|route| &route.steps);
        let on_line = steps.flat_map(|step| &step.lines).filter_map(|figures| {
            let calendar = &self.freed.lines.get(&figures.line)?.calendar;
            let length = Length::new(figures, batches);
            // Ends never fall when starts rise.
            let (mut low, mut high) = (window.start.max(calendar.horizon().start), theirs.start);
            while low < high {
                let middle = i64::midpoint(low, high);
                if length.end(calendar, middle).is_none_or(|end| end > theirs.start) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            Some(low)
        });
        on_line.min().unwrap_or(window.start)
    }

    fn within(&self, side: usize, window: Interval) -> Request {
        Request { window, ..self.sides[side].request.clone() }
    }
}

fn spend(tries: &Cell<usize>, count: usize) {
    tries.set(tries.get().saturating_sub(count));
}

fn start(place: &Placement) -> Option<Minute> {
    place.steps.first().map(|step| step.interval.start)
}
