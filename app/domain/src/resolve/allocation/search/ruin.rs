//! What is torn down: requests that lie close to each other, so that what is freed is of use to others.

use super::{super::ground::Stay, Chance, Ground, Manner, Trial};

/// Most requests that are torn down on purpose.
const MOST: usize = 6;

impl<G: Ground> Trial<'_, G> {
    /// Tears down a part of the plan.
    pub fn ruin(&mut self, chance: &mut Chance) {
        if chance.yes(super::param(7)) {
            self.pack(chance);
        }
        match chance.yes(super::param(2)) {
            true if !self.absent.is_empty() => self.make_room(chance),
            _ => self.take_neighbours(chance),
        }
        while let Some(request) = self.ground.torn() {
            self.take(request);
        }
    }

    /// Moves everything in the plan as early as it can be, or as late.
    pub fn pack(&mut self, chance: &mut Chance) {
        let manner = [Manner::Earliest, Manner::Latest][chance.below(2)];
        let mut order: Vec<(i64, usize)> = Vec::new();
        for request in 0..self.worth.len() {
            let Some(place) = self.ground.place(request) else { continue };
            let mut first = i64::MAX;
            self.ground.stays(request, place, &mut |stay| {
                first = first.min(if manner == Manner::Earliest { stay.start } else { -stay.end });
            });
            order.push((first, request));
        }
        order.sort_unstable();
        for (_, request) in order {
            self.take(request);
            self.absent.pop();
            if let Some(place) = self.ground.find(request, manner, chance) {
                self.put(request, place);
            } else {
                self.absent.push(request);
            }
        }
    }

    /// Takes out what is in the way of an absent request at some place of its choice, and puts it in.
    fn make_room(&mut self, chance: &mut Chance) {
        let at = chance.below(self.absent.len());
        let request = self.absent[at];
        let mut wanted: Vec<Stay> = Vec::new();
        self.ground.alone(request, chance, &mut |stay| wanted.push(stay));
        let in_the_way = self.near(&wanted, 0);
        for other in in_the_way {
            self.take(other);
        }
        let manner = manner(chance);
        for _ in 0..MOST {
            if let Some(place) = self.ground.find(request, manner, chance) {
                self.absent.swap_remove(at);
                self.put(request, place);
                return;
            }
            // Changeovers or pools: something else that runs at the time.
            let Some(stay) = wanted.get(chance.below(wanted.len())) else { return };
            let others = self.beside(*stay);
            if others.is_empty() {
                return;
            }
            self.take(others[chance.below(others.len())]);
        }
    }

    /// Takes out some requests around one of them, on its line or at its time.
    fn take_neighbours(&mut self, chance: &mut Chance) {
        let placed: Vec<usize> =
            (0..self.worth.len()).filter(|request| self.ground.place(*request).is_some()).collect();
        if placed.is_empty() {
            return;
        }
        let seed = placed[chance.below(placed.len())];
        let mut stays = Vec::new();
        if let Some(place) = self.ground.place(seed) {
            self.ground.stays(seed, place, &mut |stay| stays.push(stay));
        }
        let Some(stay) = stays.get(chance.below(stays.len())).copied() else {
            self.take(seed);
            return;
        };
        let many = 1 + chance.below((super::param(3) as usize).min(placed.len()));
        let same_line = chance.yes(super::param(4));
        let centre = stay.start + ((stay.end - stay.start) as f64 * chance.share()) as i64;
        let mut near: Vec<(i64, usize)> = Vec::new();
        for request in placed {
            let Some(place) = self.ground.place(request) else { continue };
            let mut least = i64::MAX;
            self.ground.stays(request, place, &mut |other| {
                if !same_line || other.line == stay.line {
                    least = least.min((other.start - centre).max(centre - other.end).max(0));
                }
            });
            if least < i64::MAX {
                near.push((least, request));
            }
        }
        chance.shuffle(&mut near);
        near.sort_by_key(|(distance, _)| *distance);
        for (_, request) in near.into_iter().take(many) {
            self.take(request);
        }
    }

    /// The requests in the plan that take a line's time of `stays`, or less than `margin` beside it.
    fn near(&self, stays: &[Stay], margin: i64) -> Vec<usize> {
        self.placed_with(|other| {
            stays.iter().any(|stay| {
                stay.line == other.line && other.start < stay.end + margin && stay.start < other.end + margin
            })
        })
    }

    /// The requests in the plan that run on any line at the time of `stay`, or on its line right before or behind.
    fn beside(&self, stay: Stay) -> Vec<usize> {
        let reach = stay.end - stay.start;
        self.placed_with(|other| {
            let reach = if other.line == stay.line { reach } else { 0 };
            other.start < stay.end + reach && stay.start < other.end + reach
        })
    }

    fn placed_with(&self, holds: impl Fn(Stay) -> bool) -> Vec<usize> {
        (0..self.worth.len())
            .filter(|request| {
                self.ground.place(*request).is_some_and(|place| {
                    let mut any = false;
                    self.ground.stays(*request, place, &mut |stay| any |= holds(stay));
                    any
                })
            })
            .collect()
    }
}

/// Any manner.
pub(super) fn manner(chance: &mut Chance) -> Manner {
    [Manner::Earliest, Manner::Latest, Manner::Snug, Manner::Snug, Manner::Any][chance.below(5)]
}
