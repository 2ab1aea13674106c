//! What became of a wish, and why.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Chance, Decides, Ground, Limit, Limited, Manner, Plant};
use crate::{
    Second,
    availability::{LineRefusal, Placement, search},
    refusal::Refusal,
    request::Request,
    resolve::{
        allocation::{ground::Stay, rule::Share},
        waiting::emptied,
    },
    snapshot::Snapshot,
};

/// What became of a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It gets this choice, counted from 0.
    Placed { choice: u32, placement: Placement },
    /// What it would take went to other wishes: by the rule they go before it, or are worth more together. Their
    /// numbers in the round's list of wishes, which is for the record and for no firm to read; no plan was found that
    /// had it beside them.
    Outranked { by: Vec<u32> },
    /// What it would take went to wishes that somebody put there by hand, none of which goes before it by the rule;
    /// their numbers, as above.
    PutBefore { by: Vec<u32> },
    /// There would be room, but not within this share.
    ShareExhausted { share: Share },
    /// What was booked before the round leaves no room; by choice.
    Booked { choices: Vec<Hindrance> },
    /// It would fit nowhere even if nobody else had anything; by choice.
    Impossible { choices: Vec<Hindrance> },
}

/// Why one choice can't be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hindrance {
    /// What rules it out on every line.
    pub refusal: Option<Refusal>,
    /// Else what does on each.
    pub lines: Vec<LineRefusal>,
}

/// What became of every wish of a plan that is done; `hand` are those that somebody has changed by hand, if anybody
/// has changed it.
pub(in crate::resolve::allocation) fn outcomes(
    snapshot: &Snapshot,
    plant: &mut Plant,
    (decides, limits): (&Decides, &[Limit]),
    hand: Option<&BTreeSet<usize>>,
    now: Second,
) -> Vec<Outcome> {
    let bare = emptied(snapshot);
    (0..plant.wishes())
        .map(|wish| {
            if let Some(place) = plant.place(wish) {
                let choice = u32::try_from(place.choice).unwrap_or(u32::MAX);
                return Outcome::Placed { choice, placement: place.placement.clone() };
            }
            if !plant.is_possible(wish) {
                let hindrances = |snapshot: &Snapshot| -> Vec<Hindrance> {
                    plant.asked(wish).iter().map(|request| hindrance(snapshot, request, now)).collect()
                };
                let asked = plant.asked(wish).iter();
                let fits = |request| search(&bare, request, now).is_ok_and(|found| !found.offers.is_empty());
                return if asked.clone().any(fits) {
                    Outcome::Booked { choices: hindrances(snapshot) }
                } else {
                    Outcome::Impossible { choices: hindrances(&bare) }
                };
            }
            if let Some(share) = exhausted(plant, wish, limits) {
                return Outcome::ShareExhausted { share };
            }
            match hand {
                None => Outcome::Outranked { by: in_the_way(plant, wish, decides) },
                Some(hand) => changed(plant, wish, decides, hand),
            }
        })
        .collect()
}

fn hindrance(snapshot: &Snapshot, request: &Request, now: Second) -> Hindrance {
    match search(snapshot, request, now) {
        Ok(found) => Hindrance { refusal: None, lines: found.refusals },
        Err(refusal) => Hindrance { refusal: Some(refusal), lines: Vec::new() },
    }
}

/// The share that keeps `wish` out: wherever it could lie if nobody else had a wish, or where there is still room.
fn exhausted(plant: &mut Plant, wish: usize, limits: &[Limit]) -> Option<Share> {
    // Any chance does: it is asked whether there is a place, not which.
    let free = plant.find(wish, Manner::Earliest, &mut Chance::new(0));
    let alone = plant.places_alone(wish).to_vec();
    let limited = Limited::new(plant, limits);
    let share = free.and_then(|place| limited.overdrawn(wish, &place));
    let everywhere = || {
        let shares: Option<Vec<Share>> = alone.iter().map(|place| limited.overdrawn(wish, place)).collect();
        shares?.first().copied()
    };
    share.or_else(everywhere)
}

/// The wishes that may have what `wish` would: those that go before it, or with which it is weighed.
fn before(wish: usize, decides: &Decides) -> Vec<usize> {
    match decides {
        Decides::InOrder(order) => order.iter().copied().take_while(|other| *other != wish).collect(),
        Decides::ByWorth(worth) => (0..worth.len()).filter(|other| *other != wish).collect(),
    }
}

/// The placed wishes that go before `wish` and take time of lines that it could have; if there are none, since
/// changeovers or pools stand between, those that run at such times.
fn in_the_way(plant: &Plant, wish: usize, decides: &Decides) -> Vec<u32> {
    let before = before(wish, decides);
    let direct = clash(plant, wish, &before, Near::Line(0));
    if direct.is_empty() { clash(plant, wish, &before, Near::Time) } else { direct }
}

/// The same of a plan that somebody has changed by hand, in which it is said of whoever was put there so, and doesn't
/// go before `wish`, that this is why. Whoever has nobody in the way has a place.
fn changed(plant: &Plant, wish: usize, decides: &Decides, hand: &BTreeSet<usize>) -> Outcome {
    let in_order = matches!(decides, Decides::InOrder(_));
    let by_rule: Vec<usize> =
        before(wish, decides).into_iter().filter(|other| in_order || !hand.contains(other)).collect();
    let by_hand: Vec<usize> = hand.iter().copied().filter(|other| !by_rule.contains(other)).collect();
    for near in [Near::Line(0), Near::Line(plant.reach()), Near::Time, Near::Anywhere] {
        let by = clash(plant, wish, &by_rule, near);
        if !by.is_empty() {
            return Outcome::Outranked { by };
        }
        let by = clash(plant, wish, &by_hand, near);
        if !by.is_empty() {
            return Outcome::PutBefore { by };
        }
    }
    let others: Vec<usize> = (0..plant.wishes()).filter(|other| *other != wish).collect();
    Outcome::Outranked { by: clash(plant, wish, &others, Near::Anywhere) }
}

/// How near one wish must lie to where another could.
#[derive(Clone, Copy)]
enum Near {
    /// On the same line, with no more than so many minutes between.
    Line(i64),
    /// At the same time.
    Time,
    Anywhere,
}

/// The numbers of those placed of `others` that lie so near to where `wish` could, ascending.
fn clash(plant: &Plant, wish: usize, others: &[usize], near: Near) -> Vec<u32> {
    let wanted = plant.stays_alone(wish);
    let is_near = |stay: Stay| {
        let meets =
            |wanted: &Stay, reach: i64| wanted.start - reach < stay.end && stay.start < wanted.end + reach;
        wanted.iter().any(|wanted| match near {
            Near::Line(reach) => wanted.line == stay.line && meets(wanted, reach),
            Near::Time => meets(wanted, 0),
            Near::Anywhere => true,
        })
    };
    let clashes = others.iter().copied().filter(|other| {
        let mut any = false;
        if let Some(place) = plant.place(*other) {
            plant.stays(*other, place, &mut |stay| any |= is_near(stay));
        }
        any
    });
    let clashes: BTreeSet<u32> = clashes.map(|other| u32::try_from(other).unwrap_or(u32::MAX)).collect();
    clashes.into_iter().collect()
}
