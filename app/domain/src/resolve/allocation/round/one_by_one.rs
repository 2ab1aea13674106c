//! From a plan that fits as a whole to one that can be booked one wish after the other.

use super::{
    Ground as _, Limited, Plant,
    room::{build, room, take_out},
};

/// Builds what may go of the plan up again from nothing, each wish where it was as soon as it fits there, and answers
/// in which order. Wishes that fit only together with each other (rare: each keeps the line clean for the other) are
/// put elsewhere, or go.
pub(super) fn order(limited: &mut Limited<'_, Plant>) -> Vec<usize> {
    let all: Vec<usize> = (0..limited.ground().wishes()).collect();
    let taken = take_out(limited, &all);
    let (mut order, mut left) = build(limited, taken);
    while !left.is_empty() {
        let (wish, _) = left.remove(0);
        let all = limited.ground().choices(wish);
        if let Some(place) = room(limited, wish, all) {
            limited.put(wish, place);
            order.push(wish);
        }
        let (more, stuck) = build(limited, left);
        order.extend(more);
        left = stuck;
    }
    order
}
