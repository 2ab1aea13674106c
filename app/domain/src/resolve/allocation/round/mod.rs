//! A call decided: from wishes and a rule to who gets what and why. The same inputs and seed give the same, in whatever
//! order the wishes are listed.

mod again;
mod in_order;
mod one_by_one;
mod reason;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    chance::Chance,
    ground::{Ground, Manner},
    limited::Limited,
    plant::Plant,
    rule::{Decides, Limit, RULES, Rule, Wish},
    search::improve,
};
use crate::{LineId, PoolId, Second, snapshot::Snapshot};

pub(super) use again::decide_rest;
pub(super) use reason::outcomes;
pub use reason::{Hindrance, Outcome};

/// How often what the order of booking leaves free is given to others, at most: each time the order is made anew, and
/// that might go on for ever.
const AGAIN: u32 = 3;

/// Everything a round was decided by, and what came of it: enough to decide it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// [`RULES`] when it was decided.
    pub rules: String,
    pub rule: Rule,
    pub seed: u64,
    /// How often the search tried another plan, at most.
    pub attempts: u32,
    /// In seconds since 1970.
    pub now: Second,
    /// Versions of lines and pools that it read.
    pub lines: Vec<(LineId, i64)>,
    pub pools: Vec<(PoolId, i64)>,
    /// By id.
    pub wishes: Vec<Wish>,
    /// What became of each wish, in the same order.
    pub outcomes: Vec<(Uuid, Outcome)>,
    /// The placed ones in an order in which they can be booked one by one: one may stand between two others that don't
    /// fit each other without it.
    pub order: Vec<Uuid>,
}

/// Decides a call among `wishes` on the capacity that is free in `snapshot` at `now`. Everything placed fits beside
/// everything else placed; only the booking protocol makes it firm. `seed` is the lottery's, and the search's chance;
/// `attempts` bounds the search, a few thousand being some seconds.
#[must_use]
pub fn allocate(
    snapshot: &Snapshot,
    wishes: &[Wish],
    rule: Rule,
    (seed, attempts): (u64, u32),
    now: Second,
) -> Round {
    let mut wishes = wishes.to_vec();
    wishes.sort_by_key(|wish| wish.id);
    let mut plant = Plant::new(snapshot, &wishes, now);
    let mut chance = Chance::new(seed);
    let limits = rule.limits(&wishes);
    let decides = rule.decides(&wishes, seed);
    match &decides {
        Decides::InOrder(order) => {
            in_order::admit(&mut plant, order, &BTreeMap::new(), attempts, &mut chance);
        }
        Decides::ByWorth(worth) => {
            // First as if nobody had a score: what decides ties alone may cost nothing that was found without it.
            let unscored: Vec<Wish> =
                wishes.iter().map(|wish| Wish { innovation: 0, ..wish.clone() }).collect();
            let first = (unscored != wishes).then(|| rule.decides(&unscored, seed));
            if let Some(Decides::ByWorth(worth)) = &first {
                improve(&mut Limited::new(&mut plant, &limits), worth, &mut chance, &mut budget(attempts));
            }
            by_worth(&mut plant, (worth, &limits), attempts, &mut chance);
        }
    }
    let order = settle(&mut plant, (&decides, &limits), &mut chance);
    let became = outcomes(snapshot, &mut plant, (&decides, &limits), None, now);
    Round {
        rules: RULES.to_owned(),
        rule,
        seed,
        attempts,
        now,
        lines: snapshot.lines.iter().map(|(id, line)| (*id, line.version)).collect(),
        pools: snapshot.pools.iter().map(|(id, pool)| (*id, pool.version)).collect(),
        order: order.into_iter().map(|wish| wishes[wish].id).collect(),
        outcomes: wishes.iter().map(|wish| wish.id).zip(became).collect(),
        wishes,
    }
}

impl Round {
    /// Whether deciding it again on the same lines and pools gives the same.
    #[must_use]
    pub fn is_replayed_by(&self, snapshot: &Snapshot) -> bool {
        *self == allocate(snapshot, &self.wishes, self.rule, (self.seed, self.attempts), self.now)
    }
}

/// Puts the plan into an order in which it can be booked one by one, and gives what that leaves free to others.
fn settle(plant: &mut Plant, (decides, limits): (&Decides, &[Limit]), chance: &mut Chance) -> Vec<usize> {
    let mut order = one_by_one::order(plant, limits);
    for _ in 0..AGAIN {
        // What can't be booked one by one has gone, and others may want its place.
        if !fill(&mut Limited::new(plant, limits), decides, chance) {
            break;
        }
        order = one_by_one::order(plant, limits);
    }
    order
}

/// As much worth as can be found within the limits; then each wish gets a choice that it wants more where that costs
/// nobody anything.
fn by_worth(plant: &mut Plant, (worth, limits): (&[i64], &[Limit]), attempts: u32, chance: &mut Chance) {
    let mut limited = Limited::new(plant, limits);
    improve(&mut limited, worth, chance, &mut budget(attempts));
    prefer_all(&mut limited, worth.len(), chance);
}

/// Whether a wish that has no place has got one that was free, or by worth a choice that it wants more.
fn fill(limited: &mut Limited<'_, Plant>, decides: &Decides, chance: &mut Chance) -> bool {
    let order = decides.order();
    let mut filled = false;
    for wish in &order {
        if limited.place(*wish).is_some() {
            continue;
        }
        let all = limited.ground().choices(*wish);
        limited.ground().open(*wish, all);
        if let Some(place) = limited.find(*wish, Manner::Earliest, chance) {
            limited.put(*wish, place);
            filled = true;
        }
    }
    matches!(decides, Decides::ByWorth(_)) && prefer_all(limited, order.len(), chance) || filled
}

/// Whether any wish has got a choice that it wants more, until none can: what one leaves may be what another wants.
fn prefer_all(limited: &mut Limited<'_, Plant>, wishes: usize, chance: &mut Chance) -> bool {
    let mut any = false;
    while (0..wishes).filter(|wish| prefer(limited, *wish, chance)).count() > 0 {
        any = true;
    }
    any
}

/// Whether `wish` has got a choice that it wants more than the one it had.
fn prefer(limited: &mut Limited<'_, Plant>, wish: usize, chance: &mut Chance) -> bool {
    let Some(had) = limited.place(wish).map(|place| place.choice).filter(|choice| *choice > 0) else {
        return false;
    };
    let Some(old) = limited.take(wish) else { return false };
    limited.ground().open(wish, had);
    // Taking it out may have left its neighbours unfit for each other: then it stays.
    let better = if limited.torn().is_none() { limited.find(wish, Manner::Earliest, chance) } else { None };
    let all = limited.ground().choices(wish);
    limited.ground().open(wish, all);
    let is_better = better.is_some();
    limited.put(wish, better.unwrap_or(old));
    is_better
}

/// Tells the share of so many attempts that has gone.
fn budget(attempts: u32) -> impl FnMut() -> f64 {
    let mut gone = 0_u32;
    move || {
        let share = if attempts == 0 { 1.0 } else { f64::from(gone) / f64::from(attempts) };
        gone = gone.saturating_add(1);
        share
    }
}
