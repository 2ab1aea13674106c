//! Placing the request and those moved for it, in one order after another.

use crate::{
    Interval, Minute, Second,
    availability::{Placement, search_open, search_within},
    request::Request,
    snapshot::Snapshot,
};

use super::{orders::orders, shift};

/// Most chains that one search tries.
const ATTEMPTS: u32 = 2_000;

/// A campaign to place; `from` is where it was, if it is one that moves, `at` the only place that it wants.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'a> {
    pub request: &'a Request,
    pub from: Option<&'a Placement>,
    pub at: Option<&'a Placement>,
}

/// A place for each unit, with the moved ones' shift summed.
type Places = (i64, Vec<Placement>);

/// The search for one set.
pub(super) struct Placer<'a, 'f> {
    pub units: &'a [Unit<'a>],
    pub now: Second,
    /// Places tried for each unit.
    pub places: usize,
    /// Searches left, of all sets.
    pub left: &'a mut u32,
    /// Asked of every arrangement: whether it holds.
    pub holds: &'f dyn Fn(&[Placement]) -> bool,
    best: Option<Places>,
}

impl<'a, 'f> Placer<'a, 'f> {
    pub fn new(
        units: &'a [Unit<'a>],
        (now, places): (Second, usize),
        left: &'a mut u32,
        holds: &'f dyn Fn(&[Placement]) -> bool,
    ) -> Self {
        Self { units, now, places, left, holds, best: None }
    }

    /// The arrangement with the least shift of those where each unit in turn has one of the earliest places, or of
    /// those nearest to where it was. `all` tries every start instead, and stops at the first arrangement that holds.
    pub fn place(&mut self, freed: &Snapshot, all: bool) -> Option<Vec<Placement>> {
        for order in orders(self.units.len()) {
            self.next(freed, &order, &mut vec![None; self.units.len()], (0, Minute::MIN), all);
            if all && self.best.is_some() {
                break;
            }
        }
        self.best.take().map(|(_, places)| places)
    }

    fn next(
        &mut self,
        ground: &Snapshot,
        order: &[usize],
        placed: &mut Vec<Option<Placement>>,
        (so_far, begun): (i64, Minute),
        all: bool,
    ) {
        let done = placed.iter().flatten().count();
        let Some(number) = order.get(done).copied() else {
            let places: Vec<Placement> = placed.iter().flatten().cloned().collect();
            if (self.holds)(&places) {
                self.best = Some((so_far, places));
            }
            return;
        };
        let unit = self.units[number];
        let places = match unit.at {
            Some(place) => vec![place.clone()],
            None if all => self.every(ground, unit, begun),
            None => self.few(ground, unit),
        };
        for place in places {
            let moved = so_far + unit.from.map_or(0, |from| shift(from, &place));
            if self.best.as_ref().is_some_and(|(best, _)| all || *best <= moved) {
                continue;
            }
            let mut ground = ground.clone();
            if ground.put(unit.request, &place, self.now).is_err() {
                continue;
            }
            let first = place.steps.first().map_or(begun, |step| step.interval.start);
            placed[number] = Some(place);
            self.next(&ground, order, placed, (moved, first), all);
            placed[number] = None;
        }
    }

    /// The earliest places; of one that was elsewhere also those from there on, the nearest first.
    fn few(&mut self, ground: &Snapshot, unit: Unit<'_>) -> Vec<Placement> {
        let Some(from) = unit.from else {
            return self.search(ground, unit.request, false, self.places);
        };
        let mut places = self.search(ground, unit.request, false, usize::MAX);
        let was = from.steps.first().map_or(unit.request.window.start, |step| step.interval.start);
        if let Some(window) = Interval::new(was.max(unit.request.window.start), unit.request.window.end) {
            let later = Request { window, ..unit.request.clone() };
            places.extend(self.search(ground, &later, false, usize::MAX));
        }
        places.sort_by_key(|place| shift(from, place));
        places.dedup();
        places.truncate(self.places);
        places
    }

    /// A place for every start of the first step from `begun` on, the nearest to where it was first.
    fn every(&mut self, ground: &Snapshot, unit: Unit<'_>, begun: Minute) -> Vec<Placement> {
        let window = unit.request.window;
        let mut places = Vec::new();
        let mut from = window.start.max(begun);
        while let Some(window) = Interval::new(from, window.end) {
            let rest = Request { window, ..unit.request.clone() };
            let found = self.search(ground, &rest, true, usize::MAX);
            let first = |place: &Placement| place.steps.first().map(|step| step.interval.start);
            let Some(earliest) = found.iter().filter_map(first).min() else { break };
            places.extend(found.into_iter().filter(|place| first(place) == Some(earliest)));
            from = earliest + 1;
        }
        if let Some(was) = unit.from {
            places.sort_by_key(|place| shift(was, place));
        }
        places
    }

    /// Pulls each moved one as near to where it was as the others let it.
    pub fn pull(&mut self, freed: &Snapshot, mut places: Vec<Placement>) -> Vec<Placement> {
        for (number, unit) in self.units.iter().enumerate() {
            let Some(from) = unit.from else { continue };
            let mut ground = freed.clone();
            let others = self.units.iter().zip(&places).enumerate().filter(|(other, _)| *other != number);
            if others
                .into_iter()
                .any(|(_, (other, place))| ground.put(other.request, place, self.now).is_err())
            {
                continue;
            }
            let (Some(was), Some(is)) = (from.span(), places[number].span()) else { continue };
            let mut far = (is.start - was.start).abs().max((is.end - was.end).abs());
            let mut near = -1;
            while near + 1 < far {
                let middle = i64::midpoint(near, far);
                let window = Interval { start: was.start - middle, end: was.end + middle };
                let window = window.intersection(unit.request.window);
                let found = window.and_then(|window| {
                    let narrow = Request { window, ..unit.request.clone() };
                    let found = self.search(&ground, &narrow, false, usize::MAX);
                    found.into_iter().min_by_key(|place| shift(from, place))
                });
                match found {
                    Some(place) => {
                        let is_nearer = shift(from, &place) < shift(from, &places[number]);
                        let mut tried = places.clone();
                        tried[number] = place;
                        if is_nearer && (self.holds)(&tried) {
                            places = tried;
                        }
                        far = middle;
                    }
                    None => near = middle,
                }
            }
        }
        places
    }

    fn search(&mut self, ground: &Snapshot, request: &Request, open: bool, most: usize) -> Vec<Placement> {
        let Some(left) = self.left.checked_sub(1) else { return Vec::new() };
        *self.left = left;
        let search = if open { search_open } else { search_within };
        let found = search(ground, request, self.now, ATTEMPTS);
        found.map_or_else(
            |_| Vec::new(),
            |found| found.offers.iter().take(most).map(|offer| offer.placement).collect(),
        )
    }
}
