//! Whoever must leave, since a line is down or for a swap: where to, and that nobody does without need.

use domain::{
    BookingId, Interval,
    availability::{PlacedStep, Placement, around, check, place, search},
    occupancy::Occupancy,
    refusal::Refusal,
    request::Request,
    resolve::{
        alternatives,
        repair::Movable,
        rescue,
        rivals::could_take,
        setups::{Known, Setups},
        swap::{has_room, swaps},
        waiting,
    },
    supposed::Held,
};
use uuid::Uuid;

use crate::{
    edges::{busy, closed, figures, hours, matrix, one_step, state},
    world::{ROUTE, always_open, line_id, now, origin, product, request, route, snapshot, step},
};

const HOUR: i64 = 60;

#[test]
fn a_line_that_is_down_takes_nothing_and_all_that_lies_beside() {
    let down = Interval { start: origin() + 10 * HOUR, end: origin() + 20 * HOUR };
    let snapshot = one_step(state(0, always_open(), matrix(), &[]).down(vec![down]), 4 * HOUR);
    assert_eq!(hours(&snapshot, (4, 26)), [4, 5, 6, 20, 21, 22]);
    assert_eq!(snapshot.lines[&line_id(0)].outages(), [down]);
    let wanted = request(product(1), 1, Interval { start: origin(), end: origin() + 26 * HOUR });
    let starts = [(line_id(0), origin() + 7 * HOUR)];
    let placed = place(&snapshot, &wanted, ROUTE, &starts).expect("it can be put there");
    let until = down.end;
    assert_eq!(check(&snapshot, &wanted, &placed, now()), Err(Refusal::LineDown { line: line_id(0), until }));
}

#[test]
fn one_may_wait_for_a_line_that_is_down_which_may_be_up_sooner() {
    let down = Interval { start: origin(), end: origin() + 40 * HOUR };
    let snapshot = one_step(state(0, always_open(), matrix(), &[]).down(vec![down]), 4 * HOUR);
    let wanted = |hours| request(product(1), 1, Interval { start: origin(), end: origin() + hours * HOUR });
    assert!(search(&snapshot, &wanted(26), now()).is_ok_and(|found| found.offers.is_empty()));
    assert!(waiting::is_worth_it(&snapshot, &wanted(26), now()));
    assert!(!waiting::is_worth_it(&snapshot, &wanted(3), now()), "for what it takes four hours");
    let empty = waiting::emptied(&snapshot);
    let lines = |hours| could_take(&empty, &wanted(hours), now()).into_iter().collect::<Vec<_>>();
    assert_eq!((lines(26), lines(3)), (vec![line_id(0)], Vec::new()));
}

/// What holds these hours of line 0 for product `of`, with a window in which it may move.
pub fn movable(of: u8, (from, until): (i64, i64), window: (i64, i64)) -> Movable {
    let at = |hour: i64| origin() + hour * HOUR;
    Movable {
        booking: BookingId(Uuid::from_u128(of.into())),
        request: request(product(of), 1, Interval { start: at(window.0), end: at(window.1) }),
        placement: Placement {
            route: ROUTE,
            steps: vec![PlacedStep {
                line: line_id(0),
                interval: Interval { start: at(from), end: at(until) },
            }],
        },
        held: Held { rows: vec![(line_id(0), busy(from, until, of).id)], claims: Vec::new() },
        needs_consent: true,
    }
}

#[test]
fn whoever_stands_where_the_line_is_down_can_wait_or_go_to_another() {
    let down = Interval { start: origin() + 10 * HOUR, end: origin() + 20 * HOUR };
    let lines = vec![
        state(0, always_open(), matrix(), &[busy(12, 16, 1)]).down(vec![down]),
        state(1, always_open(), matrix(), &[]),
    ];
    let route = route(vec![step(vec![figures(0, 4 * HOUR), figures(1, 4 * HOUR)], 0, 0, None)]);
    let snapshot = snapshot(lines, Vec::new(), route);
    let stranded = movable(1, (12, 16), (11, 60));
    let found = rescue::ways(&snapshot, &stranded, now(), 5);
    let of = |kind| found.iter().find(|way| way.kind == kind).expect("a way of this kind");
    let (later, other) = (of(alternatives::Kind::Later), of(alternatives::Kind::AnotherLine));
    assert_eq!(later.offer.placement.starts(), [(line_id(0), origin() + 20 * HOUR)]);
    assert_eq!(later.shift, 8 * HOUR);
    assert_eq!((other.offer.placement.starts()[0].0, other.shift.abs() <= HOUR), (line_id(1), true));
    for way in &found {
        let mut moved = snapshot.clone();
        moved.release(&stranded.held);
        assert!(check(&moved, &stranded.request, &way.offer.placement, now()).is_ok(), "{way:?}");
    }
    // Too short a window has no way out, and none is made up.
    assert!(
        rescue::ways(
            &one_step(state(0, always_open(), matrix(), &[busy(12, 16, 1)]).down(vec![down]), 4 * HOUR),
            &movable(1, (12, 16), (11, 23)),
            now(),
            5
        )
        .is_empty()
    );
}

#[test]
fn in_a_long_free_time_the_nearest_places_are_found_not_the_first() {
    // Both lines are free for days; from 200 to 204 somebody stands on the one that is wanted.
    let lines =
        vec![state(0, always_open(), matrix(), &[busy(200, 204, 2)]), state(1, always_open(), matrix(), &[])];
    let route = route(vec![step(vec![figures(0, 4 * HOUR), figures(1, 4 * HOUR)], 0, 0, None)]);
    let snapshot = snapshot(lines, Vec::new(), route);
    let at = |hour: i64| origin() + hour * HOUR;
    let wish = request(product(1), 1, Interval { start: at(24), end: at(280) });
    let wanted = alternatives::Wanted { route: ROUTE, steps: vec![(line_id(0), at(200))] };
    let found = search(&snapshot, &wish, now()).expect("a fair request").offers;
    let near = around(&snapshot, &wish, wanted.start(), now());
    let known = Known::default();
    let mut setups = Setups::new(&snapshot, &wish, &known, now());
    let few = alternatives::alternatives(&mut setups, found.iter().chain(near.iter()), &wanted, 5);
    let of = |kind| few.iter().find(|one| one.kind == kind).map(|one| one.offer.placement.starts()[0].1);
    // The other line is free at that very time; on this one it is the two hours of a changeover before and after.
    assert_eq!(of(alternatives::Kind::AnotherLine), Some(at(200)));
    assert_eq!(of(alternatives::Kind::Sooner), Some(at(194)));
    assert_eq!(of(alternatives::Kind::Later), Some(at(206)));
    let places: Vec<_> = few.iter().map(|one| one.offer.placement.starts()).collect();
    assert!((1..places.len()).all(|at| !places[..at].contains(&places[at])), "each once: {places:?}");
}

#[test]
fn whoever_must_leave_finds_the_last_place_before_and_the_first_after() {
    let down = Interval { start: origin() + 198 * HOUR, end: origin() + 220 * HOUR };
    let rows = [busy(200, 204, 1), busy(240, 244, 2)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows).down(vec![down]), 4 * HOUR);
    let found = rescue::ways(&snapshot, &movable(1, (200, 204), (24, 280)), now(), 5);
    let shift = |kind| found.iter().find(|way| way.kind == kind).map(|way| way.shift / HOUR);
    assert_eq!(shift(alternatives::Kind::Sooner), Some(-6), "done when the line goes down");
    assert_eq!(shift(alternatives::Kind::Later), Some(20), "begun when it is up again");
}

#[test]
fn two_campaigns_swap_their_times_or_neither_moves() {
    let rows = [busy(12, 16, 1), busy(30, 34, 2)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    let (offered, partner) = (movable(1, (12, 16), (4, 60)), movable(2, (30, 34), (4, 60)));
    let wanted =
        |from: i64, until: i64| Interval { start: origin() + from * HOUR, end: origin() + until * HOUR };
    let found = swaps(&snapshot, &offered, wanted(28, 38), std::slice::from_ref(&partner), now(), 3).all;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].own.starts(), [(line_id(0), origin() + 30 * HOUR)]);
    assert_eq!(found[0].theirs.starts(), [(line_id(0), origin() + 12 * HOUR)]);
    assert_eq!(found[0].shift, 36 * HOUR);
    // Nobody stands in the time that is wanted, or the time is too short.
    for none in [wanted(18, 28), wanted(31, 34)] {
        let found = swaps(&snapshot, &offered, none, std::slice::from_ref(&partner), now(), 3);
        assert_eq!((found.all.len(), found.is_whole), (0, true));
    }
    // The partner's campaign finds no room where the offered one was.
    let tight = [busy(4, 11, 3), busy(13, 16, 1), busy(18, 20, 3), busy(30, 34, 2)];
    let snapshot = one_step(state(0, always_open(), matrix(), &tight), 4 * HOUR);
    let offered = movable(1, (13, 16), (4, 60));
    let found = swaps(&snapshot, &offered, wanted(28, 38), &[partner], now(), 3);
    assert_eq!((found.all.len(), found.is_whole), (0, true));
}

#[test]
fn neighbours_of_unequal_length_swap_on_a_line_that_is_full() {
    // Four hours and ten between two that stay: the longer one goes to where the shorter one began, which then ends
    // where the longer one did.
    let mut nothing = matrix();
    nothing.cells.iter_mut().for_each(|cell| cell.changeover.crew = 0);
    let rows = [busy(4, 10, 3), busy(10, 14, 1), busy(14, 24, 2), busy(24, 30, 4)];
    let snapshot = one_step(state(0, always_open(), nothing, &rows), 2 * HOUR);
    let long = |movable: Movable, batches| Movable {
        request: Request { batches, ..movable.request.clone() },
        ..movable
    };
    let short = long(movable(1, (10, 14), (4, 60)), 2);
    let longer = long(movable(2, (14, 24), (4, 60)), 5);
    let at = |hour: i64| vec![(line_id(0), origin() + hour * HOUR)];
    for (offered, partner, (from, until), places) in [
        (&short, &longer, (14, 24), [at(20), at(10)]),
        // The other way round the shorter one may lie as far off as it is long.
        (&longer, &short, (10, 20), [at(10), at(20)]),
    ] {
        let wanted = Interval { start: origin() + from * HOUR, end: origin() + until * HOUR };
        let found = swaps(&snapshot, offered, wanted, std::slice::from_ref(partner), now(), 3);
        let starts: Vec<_> = found.all.iter().map(|swap| [swap.own.starts(), swap.theirs.starts()]).collect();
        assert_eq!(starts, [places]);
    }
}

#[test]
fn nobody_swaps_where_there_is_room() {
    let hours =
        |from: i64, until: i64| Interval { start: origin() + from * HOUR, end: origin() + until * HOUR };
    let (offered, partner) = (movable(1, (12, 16), (4, 60)), movable(2, (30, 34), (4, 60)));
    let found = |beside: &[Occupancy], wanted: Interval| {
        let lines = vec![
            state(0, always_open(), matrix(), &[busy(12, 16, 1), busy(30, 34, 2)]),
            state(1, always_open(), matrix(), beside),
        ];
        let route = route(vec![step(vec![figures(0, 4 * HOUR), figures(1, 4 * HOUR)], 0, 0, None)]);
        let snapshot = snapshot(lines, Vec::new(), route);
        let swaps = swaps(&snapshot, &offered, wanted, std::slice::from_ref(&partner), now(), 3);
        (swaps.all.len(), has_room(&snapshot, &offered, wanted, now()))
    };
    // On the line beside the partner's, or behind it.
    assert_eq!(found(&[], hours(28, 38)), (0, true));
    let full = [Occupancy { line: line_id(1), ..closed(1, 60, 0) }];
    assert_eq!(found(&full, hours(28, 38)), (1, false));
    assert_eq!(found(&full, hours(28, 40)), (0, true));
    // Between the two there is, but where the offered one stands is none for it.
    assert_eq!(found(&full, hours(12, 38)), (0, true));
    assert_eq!(found(&full, hours(10, 17)), (0, false));
}
