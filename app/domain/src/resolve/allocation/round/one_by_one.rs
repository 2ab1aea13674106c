//! From a plan that fits as a whole to one that can be booked one wish after the other.

use super::{Chance, Ground, Limit, Limited, Manner, Plant};

/// Builds the plan up again from nothing, each wish where it was as soon as it fits there, and answers in which order.
/// Wishes that fit only together with each other (rare: each keeps the line clean for the other) are put elsewhere, or
/// go.
pub(super) fn order(plant: &mut Plant, limits: &[Limit]) -> Vec<usize> {
    let taken = (0..plant.wishes()).filter_map(|wish| plant.take(wish).map(|place| (wish, place)));
    let mut left: Vec<_> = taken.collect();
    let mut order = Vec::with_capacity(left.len());
    loop {
        let before = left.len();
        left.retain(|(wish, place)| {
            let fits = plant.fits(*wish, place).is_ok();
            if fits {
                plant.put(*wish, place.clone());
                order.push(*wish);
            }
            !fits
        });
        if left.is_empty() {
            return order;
        }
        if left.len() == before {
            let (wish, _) = left.remove(0);
            // Any chance does: the earliest place leaves no choice.
            let place = Limited::new(plant, limits).find(wish, Manner::Earliest, &mut Chance::new(0));
            if let Some(place) = place {
                plant.put(wish, place);
                order.push(wish);
            }
        }
    }
}
