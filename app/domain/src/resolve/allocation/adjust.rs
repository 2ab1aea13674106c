//! A decided round in the hands of whoever answers for it: a wish is taken out or put elsewhere, what comes of it is
//! asked of the kernel again, beside everything as it is booked then, and all others are decided again around it.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{
    chance::Chance,
    ground::Ground,
    limited::Limited,
    plant::{Place, Plant},
    round::{Outcome, Round, decide_rest, outcomes},
    rule::Share,
};
use crate::{Second, refusal::Refusal, snapshot::Snapshot};

/// Who gets what, in an order in which it can be booked one by one.
pub type Plan = Vec<(Uuid, Place)>;

/// Why a plan can't be had, and which wish is the first that doesn't fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It doesn't fit there, beside what is booked and the rest of the plan.
    Refused { wish: Uuid, why: Refusal },
    /// It would overdraw a share of the rule.
    Share { wish: Uuid, share: Share },
    /// It is none of the round's.
    Unknown { wish: Uuid },
}

impl Round {
    /// What the round itself gives.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let place = |id: &Uuid| {
            let (_, outcome) = self.outcomes.iter().find(|(wish, _)| wish == id)?;
            let Outcome::Placed { choice, placement } = outcome else { return None };
            Some((*id, Place { choice: usize::try_from(*choice).ok()?, placement: placement.clone() }))
        };
        self.order.iter().filter_map(place).collect()
    }

    /// Brings `plan` into an order in which it can be booked one by one on `snapshot` at `now`, and within the limits
    /// of the rule. The order given is kept but for what only fits once others stand; where that leads nowhere, other
    /// orders are not tried.
    ///
    /// # Errors
    /// What doesn't fit.
    pub fn bookable(&self, snapshot: &Snapshot, plan: Plan, now: Second) -> Result<Plan, Unfit> {
        let mut plant = Plant::new(snapshot, &self.wishes, now);
        self.rebuild(&mut plant, plan)
    }

    /// Other places that `wish` could have on `snapshot` at `now` beside `plan` without it, within the limits of the
    /// rule: at most `most` of every choice. Empty if the rest of the plan doesn't stand without it.
    #[must_use]
    pub fn places(
        &self,
        snapshot: &Snapshot,
        plan: &Plan,
        (wish, most): (Uuid, usize),
        now: Second,
    ) -> Vec<Place> {
        let Some(number) = self.number(wish) else { return Vec::new() };
        let mut plant = Plant::new(snapshot, &self.wishes, now);
        let rest = plan.iter().filter(|(other, _)| *other != wish).cloned().collect();
        if self.rebuild(&mut plant, rest).is_err() {
            return Vec::new();
        }
        let mut free = plant.free(number, most);
        let limits = self.rule.limits(&self.wishes);
        let limited = Limited::new(&mut plant, &limits);
        free.retain(|place| limited.overdrawn(number, place).is_none());
        free
    }

    /// What becomes of `plan` on `snapshot` at `now` once wishes of it have been changed `by_hand`, which stay where
    /// they are in it, or out: all others are decided again as the rule has it, in its order or by their worth
    /// together, within its limits and with the round's seed and attempts. A wish may get a place, or a choice that it
    /// wants more; or keep what it has, go elsewhere for whoever is before it, or lose it to those. So no reason told
    /// is untrue. Answers who gets what, in an order in which it can be booked, and what becomes of every wish, and why
    /// of those that have no place.
    ///
    /// # Errors
    /// What doesn't fit of `plan` itself.
    pub fn fill(
        &self,
        snapshot: &Snapshot,
        plan: Plan,
        by_hand: &BTreeSet<Uuid>,
        now: Second,
    ) -> Result<(Plan, Vec<(Uuid, Outcome)>), Unfit> {
        let mut plant = Plant::new(snapshot, &self.wishes, now);
        let before = self.rebuild(&mut plant, plan)?;
        let limits = self.rule.limits(&self.wishes);
        let decides = self.rule.decides(&self.wishes, self.seed);
        let hand: BTreeSet<usize> = by_hand.iter().filter_map(|wish| self.number(*wish)).collect();
        let first: Vec<usize> = before.iter().filter_map(|(wish, _)| self.number(*wish)).collect();
        let by = (self.attempts, &mut Chance::new(self.seed));
        let asked = (self.wishes.as_slice(), &decides, limits.as_slice());
        let (order, kept) = decide_rest(&mut plant, asked, (&hand, &first), by);
        plant.keep(BTreeSet::new());
        let became = outcomes(&mut plant, asked, &order, &kept);
        let place = |number: usize| Some((self.wishes[number].id, plant.place(number)?.clone()));
        let plan = order.into_iter().filter_map(place).collect();
        Ok((plan, self.wishes.iter().map(|wish| wish.id).zip(became).collect()))
    }

    fn number(&self, wish: Uuid) -> Option<usize> {
        self.wishes.iter().position(|known| known.id == wish)
    }

    fn rebuild(&self, plant: &mut Plant, plan: Plan) -> Result<Plan, Unfit> {
        let limits = self.rule.limits(&self.wishes);
        let (mut left, mut built) = (plan, Plan::new());
        loop {
            let (mut stuck, mut refused) = (Plan::new(), None);
            let before = built.len();
            for (wish, place) in left {
                let number = self.number(wish).filter(|number| plant.place(*number).is_none());
                let number = number.ok_or(Unfit::Unknown { wish })?;
                if let Err(why) = plant.fits(number, &place) {
                    refused.get_or_insert(Unfit::Refused { wish, why });
                    stuck.push((wish, place));
                    continue;
                }
                let mut limited = Limited::new(plant, &limits);
                if let Some(share) = limited.overdrawn(number, &place) {
                    return Err(Unfit::Share { wish, share });
                }
                limited.put(number, place.clone());
                built.push((wish, place));
            }
            // What was put in this pass may be what another needs beside it.
            match refused {
                None => return Ok(built),
                Some(refused) if built.len() == before => return Err(refused),
                Some(_) => left = stuck,
            }
        }
    }
}
