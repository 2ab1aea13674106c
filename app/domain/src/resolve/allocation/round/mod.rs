//! A call decided: from wishes and a rule to who gets what and why. The same inputs and seed give the same, in whatever
//! order the wishes are listed.

mod again;
mod asked;
mod bettered;
mod in_order;
mod in_turn;
mod one_by_one;
mod reason;
mod room;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    chance::Chance,
    ground::{Ground, Manner},
    limited::Limited,
    plant::{Place, Plant},
    rule::{Decides, Limit, RULES, Rule, Wish},
    search::improve,
};
use crate::{LineId, Minute, PoolId, Second, snapshot::Snapshot};

pub(super) use again::decide_rest;
pub(super) use reason::outcomes;
pub use reason::{Hindrance, Outcome};

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
    if let Decides::ByWorth(_) = &decides {
        // First as if nobody had a score: what decides ties alone may cost nothing that was found without it.
        let unscored: Vec<Wish> = wishes.iter().map(|wish| Wish { innovation: 0, ..wish.clone() }).collect();
        let first = (unscored != wishes).then(|| rule.decides(&unscored, seed));
        if let Some(Decides::ByWorth(worth)) = &first {
            improve(&mut Limited::new(&mut plant, &limits), worth, &mut chance, &mut budget(attempts));
        }
    }
    let order = decide(&mut plant, (&wishes, &decides, &limits), Vec::new(), (attempts, &mut chance));
    let became = outcomes(&mut plant, (&wishes, &decides, &limits), &order, &BTreeSet::new());
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

/// Decides what may go of the plan: by worth as much as can be found within the limits, else one wish after the other.
/// Answers in which order all of it can be booked, beginning with `kept`, which may not go.
fn decide(
    plant: &mut Plant,
    (wishes, decides, limits): (&[Wish], &Decides, &[Limit]),
    kept: Vec<usize>,
    (attempts, chance): (u32, &mut Chance),
) -> Vec<usize> {
    let mut order = kept;
    match decides {
        Decides::InOrder(turns) => order.extend(in_order::decide(plant, turns, (attempts, chance))),
        Decides::ByWorth(worth) => {
            let mut limited = Limited::new(plant, limits);
            improve(&mut limited, worth, chance, &mut budget(attempts));
            order.extend(one_by_one::order(&mut limited));
            bettered::better(&mut limited, (worth, wishes), &mut order);
        }
    }
    order
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
