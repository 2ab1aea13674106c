//! What became of a wish, and why: true of the plan as it is in the end, and read from nothing else but that and the
//! rule.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Decides, Ground as _, Limit, Limited, Plant, Wish, asked::Asked};
use crate::{
    availability::{LineRefusal, Placement, search},
    refusal::Refusal,
    request::Request,
    resolve::{
        allocation::rule::Share,
        waiting::{emptied, unbooked},
    },
    snapshot::Snapshot,
};

/// What became of a wish. Numbers are those of the round's list of wishes, which is for the record and for no firm to
/// read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    /// It gets this choice, counted from 0.
    Placed { choice: u32, placement: Placement },
    /// Those that go before it by an order leave it no place where they are, and without these of them they would; by
    /// worth it would have a place without these beside all others, and they are together worth as much at least.
    Outranked { by: Vec<u32> },
    /// The same of other wishes of its own firm alone.
    OwnWish { by: Vec<u32> },
    /// Somebody put these by hand, or they stay for the sake of that, and without them it would have a place: by an
    /// order, in which none of them goes before it, beside those that do; by worth beside all others, or it has none
    /// beside these even without the others.
    PutBefore { by: Vec<u32> },
    /// Wherever there is room for it, or it could be if there were, it would overdraw this share beside those that have
    /// a part of that.
    ShareExhausted { share: Share },
    /// It would take more than a firm's whole share.
    BeyondShare,
    /// What was booked before the round leaves no room; by choice.
    Booked { choices: Vec<Hindrance> },
    /// Closures and outages leave no room, whatever was booked; by choice.
    Closed { choices: Vec<Hindrance> },
    /// It would fit nowhere even if every line were open and nobody had anything; by choice.
    Impossible { choices: Vec<Hindrance> },
    /// Somebody has taken it out by hand.
    TakenOut,
}

/// Why one choice can't be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hindrance {
    /// What rules it out on every line.
    pub refusal: Option<Refusal>,
    /// Else what does on each.
    pub lines: Vec<LineRefusal>,
}

/// What became of every wish of a plan that is done and can be booked in this `order`; `hand` are those that stay as
/// they are in it, since somebody has changed them by hand.
pub(in crate::resolve::allocation) fn outcomes(
    plant: &mut Plant,
    (wishes, decides, limits): (&[Wish], &Decides, &[Limit]),
    order: &[usize],
    hand: &BTreeSet<usize>,
) -> Vec<Outcome> {
    let start = plant.start().0;
    let bare = [unbooked(start), emptied(start)];
    (0..wishes.len())
        .map(|wish| {
            if let Some(place) = plant.place(wish) {
                let choice = u32::try_from(place.choice).unwrap_or(u32::MAX);
                return Outcome::Placed { choice, placement: place.placement.clone() };
            }
            if hand.contains(&wish) {
                return Outcome::TakenOut;
            }
            if let Some(nowhere) = nowhere(plant, wish, &bare) {
                return nowhere;
            }
            let mut asked = Asked { limited: Limited::new(plant, limits), wishes, order, hand, wish };
            match decides {
                Decides::InOrder(turns) => asked.in_order(turns),
                Decides::ByWorth(worth) => asked.by_worth(worth),
            }
        })
        .collect()
}

/// Why `wish` would have no place even if it were the only one; `None` if it would. `bare` is the plant before the
/// round without what is booked, and without closures and outages as well.
fn nowhere(plant: &Plant, wish: usize, [unbooked, emptied]: &[Snapshot; 2]) -> Option<Outcome> {
    let (start, now) = plant.start();
    let fits = |snapshot: &Snapshot| {
        let found = |request: &Request| search(snapshot, request, now);
        plant.asked(wish).iter().any(|request| found(request).is_ok_and(|found| !found.offers.is_empty()))
    };
    let hindrances = |snapshot: &Snapshot| -> Vec<Hindrance> {
        let hindrance = |request: &Request| match search(snapshot, request, now) {
            Ok(found) => Hindrance { refusal: None, lines: found.refusals },
            Err(refusal) => Hindrance { refusal: Some(refusal), lines: Vec::new() },
        };
        plant.asked(wish).iter().map(hindrance).collect()
    };
    if plant.is_possible(wish) || fits(start) {
        None
    } else if fits(unbooked) {
        Some(Outcome::Booked { choices: hindrances(start) })
    } else if fits(emptied) {
        Some(Outcome::Closed { choices: hindrances(unbooked) })
    } else {
        Some(Outcome::Impossible { choices: hindrances(emptied) })
    }
}
