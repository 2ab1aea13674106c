//! Whether a wish has room beside a plan, and who must go for it to have any. What a reason says is read from here, and
//! by worth also what could be bettered, so that no plan is given of which its own reasons would be untrue.

use super::{Ground as _, Limited, Minute, Place, Plant};

/// A place that fits beside the plan and within the limits, among the first `open` choices of `wish`: of the most
/// wanted choice the earliest.
pub(super) fn room(limited: &mut Limited<'_, Plant>, wish: usize, open: usize) -> Option<Place> {
    (0..open).find_map(|choice| {
        let places = limited.ground().beside(wish, choice, Minute::MIN);
        places.into_iter().find(|place| limited.overdrawn(wish, place).is_none())
    })
}

/// The same at any start, and not only the earliest of each free stretch: of a share a campaign takes less where fewer
/// nights and days off fall into it. Of one of several steps the first is tried so, and those after it as soon as they
/// can be.
pub(super) fn thrifty(limited: &mut Limited<'_, Plant>, wish: usize) -> Option<Place> {
    let (_, left, _) = limited.tightest(wish)?;
    for choice in 0..limited.ground().choices(wish) {
        let mut from = Minute::MIN;
        while limited.ground().least(wish, choice) <= left {
            let places = limited.ground().beside(wish, choice, from);
            let Some(first) = places.iter().filter_map(first_start).min() else { break };
            if let Some(place) = places.into_iter().find(|place| limited.overdrawn(wish, place).is_none()) {
                return Some(place);
            }
            from = first + 1;
        }
    }
    None
}

fn first_start(place: &Place) -> Option<Minute> {
    place.placement.steps.first().map(|step| step.interval.start)
}

/// What becomes of others once `wish` has what it needs.
pub(super) struct Beside {
    /// Where it would lie.
    pub place: Place,
    /// Those that stay where they are, in an order in which they can be booked.
    pub stay: Vec<usize>,
    /// Those beside which it has no room.
    pub go: Vec<usize>,
    /// Those that don't fit where they are without these.
    pub fall: Vec<usize>,
}

/// Puts `others` into the plan, where they were, one after the other as long as `wish` has room; `None`, and none of
/// them is put, if it has none as it is.
pub(super) fn beside(
    limited: &mut Limited<'_, Plant>,
    wish: usize,
    others: Vec<(usize, Place)>,
) -> Option<Beside> {
    let all = limited.ground().choices(wish);
    let place = room(limited, wish, all).or_else(|| thrifty(limited, wish))?;
    let mut found = Beside { place, stay: Vec::new(), go: Vec::new(), fall: Vec::new() };
    let mut left = others;
    loop {
        let (many, mut later) = (left.len(), Vec::new());
        for (other, place) in left {
            if limited.ground().fits(other, &place).is_err() {
                later.push((other, place));
                continue;
            }
            limited.put(other, place);
            match still(limited, wish, found.place) {
                Ok(place) => {
                    found.place = place;
                    found.stay.push(other);
                }
                Err(place) => {
                    found.place = place;
                    limited.take(other);
                    found.go.push(other);
                }
            }
        }
        if later.len() == many {
            found.fall = later.into_iter().map(|(other, _)| other).collect();
            return Some(found);
        }
        left = later;
    }
}

/// The place of `wish` if it still fits, else another one; its old one back if there is none.
fn still(limited: &mut Limited<'_, Plant>, wish: usize, place: Place) -> Result<Place, Place> {
    if limited.ground().fits(wish, &place).is_ok() && limited.overdrawn(wish, &place).is_none() {
        return Ok(place);
    }
    let all = limited.ground().choices(wish);
    room(limited, wish, all).ok_or(place)
}

/// Takes those of `order` that may go out of the plan, and tells where they were, in this order.
pub(super) fn take_out(limited: &mut Limited<'_, Plant>, order: &[usize]) -> Vec<(usize, Place)> {
    order.iter().filter_map(|wish| Some((*wish, limited.take(*wish)?))).collect()
}

/// Puts in what was taken out.
pub(super) fn put_back(limited: &mut Limited<'_, Plant>, places: &[(usize, Place)]) {
    places.iter().for_each(|(wish, place)| limited.put(*wish, place.clone()));
}

/// Puts in each of `places` as soon as it fits, and tells in which order that was, and what fits nowhere in it.
pub(super) fn build(
    limited: &mut Limited<'_, Plant>,
    places: Vec<(usize, Place)>,
) -> (Vec<usize>, Vec<(usize, Place)>) {
    let (mut order, mut left) = (Vec::with_capacity(places.len()), places);
    loop {
        let (many, mut later) = (left.len(), Vec::new());
        for (wish, place) in left {
            if limited.ground().fits(wish, &place).is_ok() {
                limited.put(wish, place);
                order.push(wish);
            } else {
                later.push((wish, place));
            }
        }
        if later.len() == many {
            return (order, later);
        }
        left = later;
    }
}
