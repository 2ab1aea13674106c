//! Whether what is said of every wish is true: asked of the plan as it is booked in the end, of the rule's own order or
//! worth, and of every start there is, each tried by itself.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Interval, Minutes,
    availability::{Placement, search},
    request::Request,
    resolve::{
        allocation::{
            Outcome, Plan, Round, Wish,
            plant::named,
            rule::{Decides, Limit, Share},
        },
        waiting::{emptied, unbooked},
    },
    resource::CellUnit,
    snapshot::Snapshot,
};
use uuid::Uuid;

use crate::{
    brute::{Ground, Walk},
    plant::Plant,
    world::{POOL, cells, horizon},
};

/// A plan of a round, and what was changed of it by hand.
struct Judge<'a> {
    /// As it was before anything of the plan was booked.
    plant: &'a Plant,
    wishes: &'a [Wish],
    plan: &'a Plan,
    hand: BTreeSet<usize>,
    decides: Decides,
    limits: Vec<Limit>,
    walk: Walk,
}

/// A plant with some of the plan booked: whom, and how much line time each takes.
struct Booked {
    plant: Plant,
    placed: BTreeMap<usize, Minutes>,
    /// Whether all could be booked that were to be.
    is_whole: bool,
    /// How often those were gone through that were left.
    passes: u32,
}

/// Asks of everything that is said of the wishes of `plan`, which came of `round` and of what was changed `by_hand`,
/// whether it is true on `plant`.
pub fn judge(
    plant: &Plant,
    round: &Round,
    (plan, outcomes): (&Plan, &[(Uuid, Outcome)]),
    by_hand: &BTreeSet<Uuid>,
) {
    let pattern = &plant.snapshot().lines.values().next().expect("a line").calendar.pattern;
    let number = |id: &Uuid| round.wishes.iter().position(|wish| wish.id == *id).expect("a wish");
    let judge = Judge {
        plant,
        wishes: &round.wishes,
        plan,
        hand: by_hand.iter().map(number).collect(),
        decides: round.rule.decides(&round.wishes, round.seed),
        limits: round.rule.limits(&round.wishes),
        walk: Walk::new(pattern),
    };
    let all = judge.booked(|_| true);
    assert!(all.is_whole && all.passes == 1, "the plan can be booked in its order");
    assert_eq!(outcomes.len(), round.wishes.len());
    for (number, (id, outcome)) in outcomes.iter().enumerate() {
        assert_eq!(*id, round.wishes[number].id);
        let told = format!("wish {number} {outcome:?} by {:?} of {plan:?}", round.rule);
        assert_eq!(all.placed.contains_key(&number), matches!(outcome, Outcome::Placed { .. }), "{told}");
        if !judge.hand.contains(&number) && !all.placed.contains_key(&number) {
            assert!(!judge.has_room(&all, number), "it fits beside all others: {told}");
        }
        judge.is_true(&all, number, outcome, &told);
    }
}

impl Judge<'_> {
    fn is_true(&self, all: &Booked, number: usize, outcome: &Outcome, told: &str) {
        let alone = || self.places(self.plant, number);
        let without_bookings = || self.fits(&unbooked(self.plant.snapshot()), number);
        let without_anything = || self.fits(&emptied(self.plant.snapshot()), number);
        match outcome {
            Outcome::Placed { choice, .. } => {
                if self.hand.contains(&number) {
                    return;
                }
                // Nobody after it is there at its turn; by worth other tests ask for the choice.
                if let Some(before) = self.before(number) {
                    let turn = self.booked(|other| before.contains(&other) || self.hand.contains(&other));
                    let better = |(other, _): &(usize, Minutes)| *other < *choice as usize;
                    assert!(!self.places(&turn.plant, number).iter().any(better), "a better choice: {told}");
                }
            }
            Outcome::TakenOut => assert!(self.hand.contains(&number), "{told}"),
            Outcome::Booked { .. } => assert!(alone().is_empty() && without_bookings(), "{told}"),
            Outcome::Closed { .. } => {
                assert!(alone().is_empty() && !without_bookings() && without_anything(), "{told}");
            }
            Outcome::Impossible { .. } => assert!(alone().is_empty() && !without_anything(), "{told}"),
            Outcome::ShareExhausted { share } => {
                let here = self.places(&all.plant, number);
                let places = if here.is_empty() { alone() } else { here };
                let left = self.left(all, number, *share);
                assert!(!places.is_empty() && places.iter().all(|(_, takes)| *takes > left), "{told}");
            }
            Outcome::BeyondShare => {
                let most = self.left(&self.booked(|_| false), number, Share::Firm);
                assert!(alone().iter().all(|(_, takes)| *takes > most), "{told}");
            }
            Outcome::Outranked { by } | Outcome::OwnWish { by } | Outcome::PutBefore { by } => {
                let by: BTreeSet<usize> = by.iter().map(|number| *number as usize).collect();
                let is_by_hand = matches!(outcome, Outcome::PutBefore { .. });
                self.is_kept_out(all, number, (&by, is_by_hand), told);
                let own = |other: &usize| self.wishes[*other].firm == self.wishes[number].firm;
                match outcome {
                    Outcome::OwnWish { .. } => assert!(by.iter().all(own), "{told}"),
                    Outcome::Outranked { .. } => assert!(!by.iter().all(own), "{told}"),
                    _ => assert!(by.is_subset(&self.hand), "{told}"),
                }
                if !is_by_hand {
                    self.has_less_right(all, number, &by, told);
                } else if let Some(before) = self.before(number) {
                    assert!(by.is_disjoint(&before), "{told}");
                }
            }
        }
    }

    /// Those who are said to keep it out have a place, and without them it would have one: beside all others, or at its
    /// turn, when nobody is there who goes behind it.
    fn is_kept_out(
        &self,
        all: &Booked,
        number: usize,
        (by, is_by_hand): (&BTreeSet<usize>, bool),
        told: &str,
    ) {
        assert!(!by.is_empty() && by.iter().all(|other| all.placed.contains_key(other)), "nobody: {told}");
        assert!(self.places(&all.plant, number).is_empty(), "there is room: {told}");
        let before = self.before(number);
        let is_there = |other: usize| {
            let put = is_by_hand && self.hand.contains(&other);
            before.as_ref().is_none_or(|before| put || before.contains(&other))
        };
        let mut freed = self.has_room(&self.booked(|other| !by.contains(&other) && is_there(other)), number);
        if is_by_hand && before.is_none() {
            // Or none of the others is what keeps it out.
            let others = |other: usize| self.hand.contains(&other) && !by.contains(&other);
            let put = self.booked(|other| self.hand.contains(&other));
            freed |= !self.has_room(&put, number) && self.has_room(&self.booked(others), number);
        }
        assert!(freed, "they aren't in its way: {told}");
    }

    /// They go before it, and those who do leave it nothing; or they are worth as much together, and nobody who is
    /// worth less has what it needs.
    fn has_less_right(&self, all: &Booked, number: usize, by: &BTreeSet<usize>, told: &str) {
        if let Some(before) = self.before(number) {
            assert!(by.is_subset(&before), "{told}");
            let first = self.booked(|other| before.contains(&other));
            assert!(self.places(&first.plant, number).is_empty(), "those before leave it room: {told}");
            return;
        }
        let Decides::ByWorth(worth) = &self.decides else { panic!("{told}") };
        assert!(by.is_disjoint(&self.hand), "{told}");
        assert!(by.iter().map(|other| worth[*other]).sum::<i64>() >= worth[number], "{told}");
        let cheaper = all.placed.keys().filter(|other| {
            let may_go = !self.hand.contains(*other);
            may_go && worth[**other] < worth[number]
        });
        for other in cheaper {
            let without = self.booked(|one| one != *other);
            let room = without.is_whole && self.has_earliest(&without, number);
            assert!(!room, "{other} is worth less and has its place: {told}");
        }
    }

    /// Those that go before it, if the rule is an order.
    fn before(&self, number: usize) -> Option<BTreeSet<usize>> {
        let Decides::InOrder(order) = &self.decides else { return None };
        Some(order.iter().copied().take_while(|other| *other != number).collect())
    }

    /// The plant with those of the plan booked that stay, one after the other, as far as they can be: one that can't
    /// be at its turn, once those stand that it needs beside it.
    fn booked(&self, stays: impl Fn(usize) -> bool) -> Booked {
        let mut booked =
            Booked { plant: self.plant.clone(), placed: BTreeMap::new(), is_whole: true, passes: 0 };
        let number = |id: &Uuid| self.wishes.iter().position(|wish| wish.id == *id).expect("a wish");
        let mut left: Vec<_> = self.plan.iter().map(|(id, place)| (number(id), place)).collect();
        left.retain(|(number, _)| stays(*number));
        loop {
            let many = left.len();
            booked.passes += 1;
            left.retain(|(number, place)| {
                let wanted = named(&self.wishes[*number]).swap_remove(place.choice);
                let is_booked = booked.plant.place(wanted, &place.placement, None).is_ok();
                if is_booked {
                    booked.placed.insert(*number, minutes(&place.placement));
                }
                !is_booked
            });
            if left.is_empty() || left.len() == many {
                booked.is_whole = left.is_empty();
                return booked;
            }
        }
    }

    /// Whether it has a place there within the limits, at any start.
    fn has_room(&self, booked: &Booked, number: usize) -> bool {
        let places = self.places(&booked.plant, number);
        let fits = places.iter().any(|(_, takes)| self.keeps(booked, number, *takes));
        fits || (!places.is_empty() && self.has_later(booked, number))
    }

    /// The same of two steps, of which the kernel offers the earliest alone: a later start may take less of a share.
    fn has_later(&self, booked: &Booked, number: usize) -> bool {
        let snapshot = booked.plant.snapshot();
        if snapshot.routes[0].steps.len() == 1 || self.limits.is_empty() {
            return false;
        }
        named(&self.wishes[number]).into_iter().any(|mut asked| {
            while let Ok(found) = search(snapshot, &asked, booked.plant.now) {
                let placements = || found.offers.iter().map(|offer| offer.placement);
                if placements().any(|placement| self.keeps(booked, number, minutes(&placement))) {
                    return true;
                }
                let Some(first) = placements().map(|placement| placement.steps[0].interval.start).min()
                else {
                    return false;
                };
                asked.window.start = first + 1;
            }
            false
        })
    }

    /// The same of the starts that the kernel offers, the earliest of each free stretch.
    fn has_earliest(&self, booked: &Booked, number: usize) -> bool {
        let asked = named(&self.wishes[number]);
        offered(&booked.plant, &asked).iter().any(|(_, takes)| self.keeps(booked, number, *takes))
    }

    fn keeps(&self, booked: &Booked, number: usize, takes: Minutes) -> bool {
        let limits = self.limits.iter().filter(|limit| limit.counts[number]);
        limits.map(|limit| self.left(booked, number, limit.share)).all(|left| takes <= left)
    }

    /// What is left to it of a share.
    fn left(&self, booked: &Booked, number: usize, share: Share) -> Minutes {
        let mut limits = self.limits.iter().filter(|limit| limit.share == share && limit.counts[number]);
        let limit = limits.next().expect("it counts there");
        let used = booked.placed.iter().filter(|(other, _)| limit.counts[**other]);
        limit.most - used.map(|(_, minutes)| minutes).sum::<Minutes>()
    }

    fn fits(&self, snapshot: &Snapshot, number: usize) -> bool {
        named(&self.wishes[number])
            .iter()
            .any(|asked| search(snapshot, asked, self.plant.now).is_ok_and(|found| !found.offers.is_empty()))
    }

    /// Every place of it there, by its choice, with the line time that it takes. Of one step every start is tried; of
    /// two what the kernel offers must do.
    fn places(&self, plant: &Plant, number: usize) -> Vec<(usize, Minutes)> {
        let asked = named(&self.wishes[number]);
        let snapshot = plant.snapshot();
        let [step] = snapshot.routes[0].steps.as_slice() else { return offered(plant, &asked) };
        let mut all = Vec::new();
        for figures in &step.lines {
            let state = &snapshot.lines[&figures.line];
            let ground = Ground::new(&self.walk, &state.matrix, state.rows().to_vec());
            let is_up = |interval: Interval| state.outages().iter().all(|down| !down.overlaps(interval));
            for (choice, request) in asked.iter().enumerate() {
                let last = request.window.end.min(horizon().end);
                for start in request.window.start.max(horizon().start)..last {
                    let end = ground.end(figures, request.batches, start, 60);
                    let Some(interval) = end.and_then(|end| Interval::new(start, end)) else { continue };
                    let row = ground.row(request, interval);
                    let inside = interval.end <= last && is_up(interval);
                    if inside && has_share(snapshot, interval) && ground.admits(&[row]) {
                        all.push((choice, interval.minutes()));
                    }
                }
            }
        }
        all
    }
}

fn offered(plant: &Plant, asked: &[Request]) -> Vec<(usize, Minutes)> {
    let mut all = Vec::new();
    for (choice, request) in asked.iter().enumerate() {
        let Ok(found) = search(plant.snapshot(), request, plant.now) else { continue };
        all.extend(found.offers.iter().map(|offer| (choice, minutes(&offer.placement))));
    }
    all
}

/// Whether each day that it touches has a share left of what all lines have in common.
fn has_share(snapshot: &Snapshot, interval: Interval) -> bool {
    let Some(state) = snapshot.pools.get(&POOL) else { return true };
    let used = |cell: &Interval| state.used.get(&cell.start).copied().unwrap_or(0);
    let days = cells(CellUnit::Day, &state.calendar);
    days.iter().filter(|cell| cell.overlaps(interval)).all(|cell| used(cell) < state.pool.capacity)
}

fn minutes(placement: &Placement) -> Minutes {
    placement.steps.iter().map(|step| step.interval.minutes()).sum()
}
