//! One wish after the other: each gets the choice that it wants most of those that can be had while everybody before it
//! keeps theirs. Where and when those lie may change for its sake, not which choice it is or a less wanted one.

use std::collections::BTreeMap;

use super::{Chance, Ground, Manner, Place, Plant, budget, improve, in_turn};

/// How often it is decided, at most: whoever finds more at its turn than it was admitted with may have taken what
/// others were, and might be admitted elsewhere.
const AGAIN: u32 = 3;

/// Decides what may go of the wishes of this order, beginning with where they are, and answers in which order they can
/// be booked. What each gets is the best that those before it leave where they are in the end.
pub(super) fn decide(
    plant: &mut Plant,
    order: &[usize],
    (attempts, chance): (u32, &mut Chance),
) -> Vec<usize> {
    let places = |plant: &Plant| order.iter().map(|wish| plant.place(*wish).cloned()).collect::<Vec<_>>();
    let mut left = AGAIN;
    loop {
        let taken = order.iter().filter_map(|wish| Some((*wish, plant.take(*wish)?)));
        let had: BTreeMap<usize, Place> = taken.collect();
        admit(plant, order, &had, attempts, chance);
        let admitted = places(plant);
        let booked = in_turn::settle(plant, order);
        left -= 1;
        if left == 0 || places(plant) == admitted {
            return booked;
        }
    }
}

/// Places what can be placed in this order. The attempts are shared out evenly among the wishes. Whoever `had` a place
/// and gets the same choice keeps it where that fits beside those before.
fn admit(
    plant: &mut Plant,
    order: &[usize],
    had: &BTreeMap<usize, Place>,
    attempts: u32,
    chance: &mut Chance,
) {
    let each = attempts / u32::try_from(order.len()).unwrap_or(u32::MAX).max(1);
    let mut admitted = vec![0_i64; plant.wishes()];
    for wish in order.iter().copied() {
        let all = plant.choices(wish);
        if plant.is_possible(wish) {
            admitted[wish] = 1;
            for open in 1..=all {
                plant.open(wish, open);
                let old = had.get(&wish).filter(|old| old.choice + 1 == open);
                if let Some(old) = old.filter(|old| plant.fits(wish, old).is_ok()) {
                    plant.put(wish, old.clone());
                    break;
                }
                if fits(plant, wish, (&admitted, each), chance) {
                    break;
                }
            }
        }
        if let Some(place) = plant.place(wish) {
            let open = place.choice + 1;
            plant.open(wish, open);
        } else {
            admitted[wish] = 0;
            plant.open(wish, all);
        }
    }
}

/// Places `wish` beside all those admitted before it, if a plan is found that has them all.
fn fits(plant: &mut Plant, wish: usize, (admitted, attempts): (&[i64], u32), chance: &mut Chance) -> bool {
    if let Some(place) = plant.find(wish, Manner::Earliest, chance) {
        plant.put(wish, place);
        return true;
    }
    // Of plans with more wishes than before there is only one kind: all of them.
    improve(plant, admitted, chance, &mut budget(attempts));
    plant.place(wish).is_some()
}
