//! Deciding again around what somebody has changed by hand.

use std::collections::BTreeSet;

use super::{
    Chance, Decides, Limit, Limited, Plant, Wish, decide,
    room::{build, put_back, take_out},
};

/// Decides all wishes but those of `hand` as the rule does, which stay where they have been put, or out: whoever goes
/// before others may get what it wants more, and others may be put elsewhere for that, or go. Where the plan has them
/// already they stay if nothing speaks against it, and by worth the plan is worth no less than `before`, an order in
/// which it can be booked. Answers such an order of what it has become, and which wishes stayed as they were.
///
/// What was put somewhere by hand may stand there only beside others: then whoever had a place keeps it, for the sake
/// of what was done by hand, and only what is free is given.
pub(in crate::resolve::allocation) fn decide_rest(
    plant: &mut Plant,
    (wishes, decides, limits): (&[Wish], &Decides, &[Limit]),
    (hand, before): (&BTreeSet<usize>, &[usize]),
    (attempts, chance): (u32, &mut Chance),
) -> (Vec<usize>, BTreeSet<usize>) {
    let (kept, order) = match alone(&mut Limited::new(plant, limits), hand, before) {
        Some(order) => (hand.clone(), order),
        None => (hand.iter().chain(before).copied().collect(), before.to_vec()),
    };
    plant.keep(kept.clone());
    let rest = decides.without(&kept);
    (decide(plant, (wishes, &rest, limits), order, (attempts, chance)), kept)
}

/// In which order those of `hand` that have a place can be booked by themselves; `None` if they can't.
fn alone(limited: &mut Limited<'_, Plant>, hand: &BTreeSet<usize>, before: &[usize]) -> Option<Vec<usize>> {
    let all = take_out(limited, before);
    let by_hand = all.iter().filter(|(wish, _)| hand.contains(wish)).cloned().collect();
    let (order, stuck) = build(limited, by_hand);
    take_out(limited, &order);
    put_back(limited, &all);
    stuck.is_empty().then_some(order)
}
