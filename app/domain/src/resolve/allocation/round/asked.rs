//! Why a wish that could have a place has none: who stands where it could be, by whose right.

use std::collections::BTreeSet;

use super::{
    Limited, Minute, Outcome, Place, Plant, Wish,
    bettered::{First, hinders},
    room::{Beside, beside, build, put_back, room, take_out, thrifty},
};
use crate::resolve::allocation::rule::Share;

/// A wish without a place, and a plan in which it could have one if it were the only one.
pub(super) struct Asked<'a, 'p> {
    pub limited: Limited<'p, Plant>,
    pub wishes: &'a [Wish],
    pub order: &'a [usize],
    pub hand: &'a BTreeSet<usize>,
    pub wish: usize,
}

impl Asked<'_, '_> {
    /// Who goes before it and leaves it no room where they are; else who was put there by hand.
    pub fn in_order(&mut self, turns: &[usize]) -> Outcome {
        let before: BTreeSet<usize> = turns.iter().copied().take_while(|other| *other != self.wish).collect();
        let all = take_out(&mut self.limited, self.order);
        // What stood at its turn: besides those before it, what was put by hand.
        let mut there = all.clone();
        there.retain(|(other, _)| before.contains(other) || self.hand.contains(other));
        let (mut first, put): (Vec<_>, Vec<_>) =
            there.iter().cloned().partition(|(other, _)| before.contains(other));
        let outcome = if self.has_room(first.clone()) {
            Outcome::PutBefore { by: numbers(&self.freed(&there, first, put)) }
        } else {
            let before = first.clone();
            // What is of other firms first: then it is the firm's own that keeps it out, if that is enough.
            first.sort_by_key(|(other, _)| self.is_own(*other));
            let by = self.freed(&before, Vec::new(), first);
            self.told(&by)
        };
        put_back(&mut self.limited, &all);
        outcome
    }

    /// Which share leaves it nothing; else who was put by hand where it could be; else who outweighs it.
    pub fn by_worth(&mut self, worth: &[i64]) -> Outcome {
        if let Some(short) = self.short() {
            return short;
        }
        let (put, rest): (Vec<usize>, Vec<usize>) =
            self.order.iter().copied().partition(|other| self.hand.contains(other));
        if let Some(by_hand) = self.put_by_hand(&put, &rest) {
            return by_hand;
        }
        let mut all_that_go = |first| {
            let found = hinders(&mut self.limited, (worth, self.wishes), &rest, (self.wish, first))?;
            Some(found.go.into_iter().chain(found.fall).collect::<Vec<usize>>())
        };
        let own = all_that_go(First::Others);
        let (Some(own), Some(dearest)) = (own, all_that_go(First::Dearest)) else {
            return self.beyond(&put, &rest);
        };
        let all_own = own.iter().all(|other| self.is_own(*other));
        self.told(if all_own { &own } else { &dearest })
    }

    /// Whether a share leaves it nothing, whatever room there may be: since it takes more wherever it lies, or wherever
    /// there is still room.
    fn short(&mut self) -> Option<Outcome> {
        let (share, left, most) = self.limited.tightest(self.wish)?;
        let plant = self.limited.ground();
        let mut choices = 0..plant.choices(self.wish);
        let least = choices.clone().map(|choice| plant.least(self.wish, choice)).min()?;
        if share == Share::Firm && most < least {
            return Some(Outcome::BeyondShare);
        }
        let is_short =
            left < least || choices.any(|choice| !plant.beside(self.wish, choice, Minute::MIN).is_empty());
        is_short.then_some(Outcome::ShareExhausted { share })
    }

    /// Which share has no room for it even without all that may go.
    fn beyond(&mut self, put: &[usize], rest: &[usize]) -> Outcome {
        let all = take_out(&mut self.limited, rest);
        let tightest = self.limited.tightest(self.wish);
        put_back(&mut self.limited, &all);
        match tightest {
            Some((Share::Firm, left, most)) if left == most => Outcome::BeyondShare,
            Some((share, ..)) => Outcome::ShareExhausted { share },
            None => Outcome::PutBefore { by: numbers(put) },
        }
    }

    /// Those put by hand without whom it would have room beside all others, or none of whom leaves it any; `None` if
    /// neither is so.
    fn put_by_hand(&mut self, put: &[usize], rest: &[usize]) -> Option<Outcome> {
        if put.is_empty() {
            return None;
        }
        let all = take_out(&mut self.limited, self.order);
        let places = |of: &[usize]| all.iter().filter(|(other, _)| of.contains(other)).cloned().collect();
        let placed: Vec<(usize, Place)> = places(put);
        let mut by = Vec::new();
        for (others, there) in [(rest, &all), (&rest[..0], &placed)] {
            if self.has_room(places(others)) && !self.has_room(there.clone()) {
                by = self.freed(there, places(others), placed.clone());
                break;
            }
        }
        put_back(&mut self.limited, &all);
        (!by.is_empty()).then(|| Outcome::PutBefore { by: numbers(&by) })
    }

    /// Whether it would have room if nobody else stood there than those of `places`, as far as they can.
    fn has_room(&mut self, places: Vec<(usize, Place)>) -> bool {
        let (built, _) = build(&mut self.limited, places);
        let all = self.limited.ground().choices(self.wish);
        let has = room(&mut self.limited, self.wish, all).is_some()
            || thrifty(&mut self.limited, self.wish).is_some();
        take_out(&mut self.limited, &built);
        has
    }

    /// Those of `put` without whom it has room beside the rest of what is `there`, which is these and those that `stay`
    /// in the order of the plan: as few as can be told at a look, or all of them. Nothing else is in the plan.
    fn freed(
        &mut self,
        there: &[(usize, Place)],
        stay: Vec<(usize, Place)>,
        put: Vec<(usize, Place)>,
    ) -> Vec<usize> {
        let all = put.iter().map(|(other, _)| *other).collect();
        build(&mut self.limited, stay);
        let found = beside(&mut self.limited, self.wish, put);
        take_out(&mut self.limited, self.order);
        let Some(Beside { go, fall, .. }) = found else { return all };
        // What falls may stand only beside those that go; or it could stand, if it were put in as early as in the plan.
        let both = go.iter().chain(&fall).copied().collect();
        let is_enough = |by: &Vec<usize>| {
            let rest = there.iter().filter(|(other, _)| !by.contains(other)).cloned().collect();
            !by.is_empty() && self.has_room(rest)
        };
        [go, both].into_iter().find(is_enough).unwrap_or(all)
    }

    /// That these keep it out, who may all be its own firm's.
    fn told(&self, by: &[usize]) -> Outcome {
        let all_own = by.iter().all(|other| self.is_own(*other));
        let by = numbers(by);
        if all_own { Outcome::OwnWish { by } } else { Outcome::Outranked { by } }
    }

    fn is_own(&self, other: usize) -> bool {
        self.wishes[other].firm == self.wishes[self.wish].firm
    }
}

/// Numbers as they are on record, ascending.
fn numbers(wishes: &[usize]) -> Vec<u32> {
    let mut numbers: Vec<u32> = wishes.iter().map(|wish| u32::try_from(*wish).unwrap_or(u32::MAX)).collect();
    numbers.sort_unstable();
    numbers
}
