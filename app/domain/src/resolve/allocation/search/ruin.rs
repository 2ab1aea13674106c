//! What is torn down: requests that lie close to each other, so that what is freed is of use to others.

use super::{Chance, Ground, Stay, Trial, manner};

/// How often room is made for an absent request, and else a neighbourhood cleared.
const MAKE_ROOM: f64 = 0.5;
/// Most absent requests with a place that are looked at to choose for which one room is made.
const LOOKS: usize = 3;
/// Most requests that have to go for changeovers and pools once the line's time is free.
const FURTHER: usize = 6;
/// Most requests of a neighbourhood.
const NEIGHBOURS: usize = 10;
/// How often a neighbourhood is that of one line, and else of one time.
const ONE_LINE: f64 = 0.3;

/// A request and where it would lie, with what is there now.
struct Wish {
    /// The request's number among the absent ones.
    at: usize,
    stays: Vec<Stay>,
    in_the_way: Vec<usize>,
    /// What making room for it would be worth.
    net: i64,
}

impl<G: Ground> Trial<'_, G> {
    /// Tears down a part of the plan.
    pub fn ruin(&mut self, chance: &mut Chance) {
        if !self.absent.is_empty() && chance.yes(MAKE_ROOM) {
            self.make_room(chance);
        } else {
            self.clear_neighbourhood(chance);
        }
        while let Some(request) = self.ground.torn() {
            self.take(request);
        }
    }

    /// Takes out what is in the way of an absent request at some place, and puts that one in.
    fn make_room(&mut self, chance: &mut Chance) {
        let looks = 1 + chance.below(LOOKS);
        let wishes = (0..looks).map(|_| self.wish(chance));
        let Some(wish) = wishes.reduce(|one, other| if other.net > one.net { other } else { one }) else {
            return;
        };
        let request = self.absent[wish.at];
        for other in wish.in_the_way {
            self.take(other);
        }
        let manner = manner(chance);
        for _ in 0..=FURTHER {
            if let Some(place) = self.ground.find(request, manner, chance) {
                self.absent.swap_remove(wish.at);
                self.put(request, place);
                return;
            }
            let Some(stay) = wish.stays.get(chance.below(wish.stays.len())) else { return };
            let others = self.beside(*stay);
            let Some(other) = others.get(chance.below(others.len())) else { return };
            self.take(*other);
        }
    }

    /// Some absent request at some place.
    fn wish(&self, chance: &mut Chance) -> Wish {
        let at = chance.below(self.absent.len());
        let request = self.absent[at];
        let mut stays: Vec<Stay> = Vec::new();
        self.ground.alone(request, chance, &mut |stay| stays.push(stay));
        let in_the_way = self.placed_with(|other| {
            stays
                .iter()
                .any(|stay| stay.line == other.line && other.start < stay.end && stay.start < other.end)
        });
        let lost: i64 = in_the_way.iter().map(|other| self.worth[*other]).sum();
        Wish { at, stays, in_the_way, net: self.worth[request] - lost }
    }

    /// Takes out some requests around one of them, on its line or at its time.
    fn clear_neighbourhood(&mut self, chance: &mut Chance) {
        let placed = self.placed_with(|_| true);
        let Some(seed) = placed.get(chance.below(placed.len())).copied() else { return };
        let mut stays = Vec::new();
        if let Some(place) = self.ground.place(seed) {
            self.ground.stays(seed, place, &mut |stay| stays.push(stay));
        }
        let Some(stay) = stays.get(chance.below(stays.len())).copied() else { return };
        let many = 1 + chance.below(NEIGHBOURS.min(placed.len()));
        let one_line = chance.yes(ONE_LINE);
        let centre = stay.start + ((stay.end - stay.start) as f64 * chance.share()) as i64;
        // By distance; of those equally far any.
        let mut near: Vec<(i64, u64, usize)> = Vec::with_capacity(placed.len());
        for request in placed {
            let Some(place) = self.ground.place(request) else { continue };
            let mut distance = i64::MAX;
            self.ground.stays(request, place, &mut |other| {
                if !one_line || other.line == stay.line {
                    distance = distance.min((other.start - centre).max(centre - other.end).max(0));
                }
            });
            if distance < i64::MAX {
                near.push((distance, chance.bits(), request));
            }
        }
        near.sort_unstable();
        for (_, _, request) in near.into_iter().take(many) {
            self.take(request);
        }
    }

    /// The requests in the plan that run on any line at the time of `stay`, or on its line not long before or behind.
    fn beside(&self, stay: Stay) -> Vec<usize> {
        let reach = stay.end - stay.start;
        self.placed_with(|other| {
            let reach = if other.line == stay.line { reach } else { 0 };
            other.start < stay.end + reach && stay.start < other.end + reach
        })
    }

    /// The requests in the plan of which some stay is such.
    fn placed_with(&self, holds: impl Fn(Stay) -> bool) -> Vec<usize> {
        let such = |request: &usize| {
            let mut any = false;
            if let Some(place) = self.ground.place(*request) {
                self.ground.stays(*request, place, &mut |stay| any |= holds(stay));
            }
            any
        };
        (0..self.worth.len()).filter(such).collect()
    }
}
