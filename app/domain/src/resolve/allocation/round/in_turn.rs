//! What each wish finds at its turn: a plan is built up once more in the rule's order, so that everybody has the best
//! that those before it leave where they lie in the end, and whoever has nothing lacks it for those before it alone.

use std::collections::BTreeMap;

use super::{Ground as _, Minute, Place, Plant};

/// Takes all of `order` out of the plan and puts each in at its turn: where it was, unless a choice that it wants more
/// is free by then, or that is taken. What fits only once somebody behind it stands gets its place as soon as that one
/// does. Answers in which order they can be booked.
pub(super) fn settle(plant: &mut Plant, order: &[usize]) -> Vec<usize> {
    let had: BTreeMap<usize, Place> =
        order.iter().filter_map(|wish| Some((*wish, plant.take(*wish)?))).collect();
    let (mut booked, mut waiting) = (Vec::with_capacity(had.len()), Vec::new());
    for wish in order.iter().copied() {
        let Some(place) = best(plant, wish, had.get(&wish)) else {
            waiting.push(wish);
            continue;
        };
        plant.put(wish, place);
        booked.push(wish);
        while let Some((at, place)) = mended(plant, &waiting, &had) {
            let wish = waiting.remove(at);
            plant.put(wish, place);
            booked.push(wish);
        }
    }
    booked
}

/// The best that is free for `wish`: of the most wanted choice its old place, else the earliest.
fn best(plant: &mut Plant, wish: usize, old: Option<&Place>) -> Option<Place> {
    (0..plant.choices(wish)).find_map(|choice| {
        if let Some(old) = old.filter(|old| old.choice == choice)
            && plant.fits(wish, old).is_ok()
        {
            return Some(old.clone());
        }
        plant.beside(wish, choice, Minute::MIN).into_iter().next()
    })
}

/// The first of those who wait that has room by now, by its number among them.
fn mended(plant: &mut Plant, waiting: &[usize], had: &BTreeMap<usize, Place>) -> Option<(usize, Place)> {
    let mut all = waiting.iter().enumerate();
    all.find_map(|(at, wish)| Some((at, best(plant, *wish, had.get(wish))?)))
}
