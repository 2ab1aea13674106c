//! A plan by worth once the search is over: what is free is given, and what could be bettered by a look at one wish is
//! bettered. Whoever then has nothing is outweighed by those who stand where it could, as far as [`beside`] tells.

use std::cmp::Reverse;

use super::{
    Ground as _, Limited, Place, Plant, Wish,
    room::{Beside, beside, build, put_back, room, take_out, thrifty},
};

/// In which order those are tried who might stay beside a wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum First {
    /// What is worth most.
    Dearest,
    /// What is of other firms, so that it is the firm's own that must go, if that is enough; of those as above.
    Others,
}

/// Betters the plan until no look at one wish does. Each step makes it worth more, or as much with something wanted
/// more, so that it comes to an end. `order` is one in which it can be booked, and is so at the end.
pub(super) fn better(
    limited: &mut Limited<'_, Plant>,
    (worth, wishes): (&[i64], &[Wish]),
    order: &mut Vec<usize>,
) {
    loop {
        while fill(limited, worth, order) || lift(limited, order) {}
        if !exchange(limited, (worth, wishes), order) && !squeeze(limited, worth, order) {
            return;
        }
    }
}

/// The wishes that have a part in it and no place, what is worth most first.
fn without(limited: &Limited<'_, Plant>, worth: &[i64]) -> Vec<usize> {
    let absent = |wish: &usize| worth[*wish] > 0 && limited.place(*wish).is_none();
    let mut absent: Vec<usize> = (0..worth.len()).filter(absent).collect();
    absent.sort_by_key(|wish| Reverse(worth[*wish]));
    absent
}

/// Whether a wish has got a place that was free.
fn fill(limited: &mut Limited<'_, Plant>, worth: &[i64], order: &mut Vec<usize>) -> bool {
    let mut any = false;
    for wish in without(limited, worth) {
        let all = limited.ground().choices(wish);
        if let Some(place) = room(limited, wish, all) {
            limited.put(wish, place);
            order.push(wish);
            any = true;
        }
    }
    any
}

/// Whether one has got a place of which only one of its later starts keeps to a share.
fn squeeze(limited: &mut Limited<'_, Plant>, worth: &[i64], order: &mut Vec<usize>) -> bool {
    for wish in without(limited, worth) {
        if let Some(place) = thrifty(limited, wish) {
            limited.put(wish, place);
            order.push(wish);
            return true;
        }
    }
    false
}

/// Whether a wish has got a choice that it wants more, where that costs nobody anything.
fn lift(limited: &mut Limited<'_, Plant>, order: &mut Vec<usize>) -> bool {
    for wish in order.clone() {
        let had = limited.place(wish).map_or(0, |place| place.choice);
        if had == 0 {
            continue;
        }
        let Some(old) = limited.take(wish) else { continue };
        // Taking it out may have left its neighbours unfit for each other: then it stays.
        let better = if limited.torn().is_none() { room(limited, wish, had) } else { None };
        limited.put(wish, old);
        let rest: Vec<usize> = order.iter().copied().filter(|other| *other != wish).collect();
        if better.is_some_and(|better| replace(limited, order, &rest, (wish, better))) {
            return true;
        }
    }
    false
}

/// Whether a wish has taken the place of others that are together worth less.
fn exchange(
    limited: &mut Limited<'_, Plant>,
    (worth, wishes): (&[i64], &[Wish]),
    order: &mut Vec<usize>,
) -> bool {
    for wish in without(limited, worth) {
        let all = limited.ground().choices(wish);
        let mut cheaper: Vec<usize> =
            order.iter().copied().filter(|other| worth[*other] < worth[wish]).collect();
        cheaper.sort_by_key(|other| worth[*other]);
        for other in cheaper {
            let Some(old) = limited.take(other) else { continue };
            let place = if limited.torn().is_none() { room(limited, wish, all) } else { None };
            limited.put(other, old);
            let rest: Vec<usize> = order.iter().copied().filter(|one| *one != other).collect();
            if place.is_some_and(|place| replace(limited, order, &rest, (wish, place))) {
                return true;
            }
        }
        for first in [First::Dearest, First::Others] {
            let Some(found) = hinders(limited, (worth, wishes), order, (wish, first)) else { continue };
            let lost: i64 = found.go.iter().chain(&found.fall).map(|other| worth[*other]).sum();
            if lost < worth[wish] && replace(limited, order, &found.stay, (wish, found.place)) {
                return true;
            }
        }
    }
    false
}

/// Who must go for `wish` to have room, of all those that may; `None` if it has none even without them. The plan stays
/// as it is.
pub(super) fn hinders(
    limited: &mut Limited<'_, Plant>,
    (worth, wishes): (&[i64], &[Wish]),
    order: &[usize],
    (wish, first): (usize, First),
) -> Option<Beside> {
    let all = take_out(limited, order);
    let mut others = all.clone();
    let own = |other: usize| first == First::Others && wishes[other].firm == wishes[wish].firm;
    others.sort_by_key(|(other, _)| (own(*other), Reverse(worth[*other])));
    let found = beside(limited, wish, others);
    if let Some(found) = &found {
        take_out(limited, &found.stay);
    }
    put_back(limited, &all);
    found
}

/// Makes the plan that of those of `rest` which may go, with `wish` there behind them, if it can be booked so; else all
/// stays as it is.
fn replace(
    limited: &mut Limited<'_, Plant>,
    order: &mut Vec<usize>,
    rest: &[usize],
    (wish, place): (usize, Place),
) -> bool {
    let all = take_out(limited, order);
    let kept: Vec<usize> = order.iter().copied().filter(|one| limited.place(*one).is_some()).collect();
    let of = |one: &usize| all.iter().find(|(other, _)| other == one).cloned();
    let (built, stuck) = build(limited, rest.iter().filter_map(of).collect());
    let fits = stuck.is_empty() && limited.ground().fits(wish, &place).is_ok();
    if fits && limited.overdrawn(wish, &place).is_none() {
        limited.put(wish, place);
        *order = kept.into_iter().chain(built).chain([wish]).collect();
        return true;
    }
    take_out(limited, &built);
    put_back(limited, &all);
    false
}
