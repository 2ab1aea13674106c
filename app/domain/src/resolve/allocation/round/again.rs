//! Deciding again around what somebody has changed by hand.

use std::collections::{BTreeMap, BTreeSet};

use super::{Chance, Decides, Ground, Limit, Plant, by_worth, in_order, settle};
use crate::resolve::allocation::plant::Place;

/// Decides all wishes but those of `hand` as the rule does, which stay where they have been put, or out: whoever goes
/// before others may get what it wants more, and others may be put elsewhere for that, or go. Where the plan has them
/// already they stay if nothing speaks against it, and by worth the plan is worth no less than before. Answers in which
/// order it can be booked, beginning with those of `hand`.
pub(in crate::resolve::allocation) fn decide_rest(
    plant: &mut Plant,
    (decides, limits): (&Decides, &[Limit]),
    hand: &BTreeSet<usize>,
    (attempts, chance): (u32, &mut Chance),
) -> Vec<usize> {
    plant.keep(hand.clone());
    let rest = decides.without(hand);
    match &rest {
        Decides::InOrder(order) => {
            let taken = order.iter().filter_map(|wish| Some((*wish, plant.take(*wish)?)));
            let had: BTreeMap<usize, Place> = taken.collect();
            in_order::admit(plant, order, &had, attempts, chance);
        }
        Decides::ByWorth(worth) => by_worth(plant, (worth, limits), attempts, chance),
    }
    let order = settle(plant, (&rest, limits), chance);
    let put = hand.iter().copied().filter(|wish| plant.place(*wish).is_some());
    put.chain(order).collect()
}
