//! Repairs case by case: how far what moves is moved, and what is said of how much was looked at.

use std::sync::Arc;

use domain::{
    BookingId, Interval, PoolId,
    availability::{PlacedStep, Placement},
    calendar::{Calendar, DAY},
    changeover::{Changeover, Matrix},
    occupancy::Occupancy,
    refusal::Refusal,
    request::Request,
    resolve::repair::{Extent, Limits, Movable, Repairs, repair, repair_at, verify_moves},
    resource::CellUnit,
    snapshot::Snapshot,
    supposed::Held,
};
use uuid::Uuid;

use crate::{
    edges::{FILMS, busy, closed, figures, matrix, one_step, snapshot_of, state, with_films},
    outages::movable,
    world::{
        self, POOL, PoolDraft, ROUTE, always_open, horizon, line_id, now, origin, pool_state, product,
        request, route, snapshot, step,
    },
};

const HOUR: i64 = 60;

/// The repairs of a campaign of product 1 in this window, in hours.
fn repaired(snapshot: &Snapshot, window: (i64, i64), may: &[Movable], limits: Limits) -> Repairs {
    let window = Interval { start: origin() + window.0 * HOUR, end: origin() + window.1 * HOUR };
    repair(snapshot, &request(product(1), 1, window), may, now(), limits).expect("a fair request")
}

/// Where the moves of the best proposal lead, as booking and start in hours, and their shift summed.
fn best(repairs: &Repairs) -> (Vec<(u128, i64)>, i64) {
    let best = repairs.proposals.first().expect("a proposal");
    let to = |place: &Placement| (place.starts()[0].1 - origin()) / HOUR;
    let moves = best.moves.iter().map(|one| (one.booking.0.as_u128(), to(&one.to))).collect();
    (moves, best.cost.shift / HOUR)
}

/// Four hours are wanted before a campaign that stays at 34; one of four hours is in the way at 24.
fn crowded() -> Snapshot {
    one_step(state(0, always_open(), matrix(), &[busy(24, 28, 2), busy(34, 99, 3)]), 4 * HOUR)
}

#[test]
fn what_moves_goes_no_further_than_it_must() {
    // What is wanted from 26 to 30 leaves it the time until 24, what is wanted from 18 on the time from 24 on.
    let sooner = repaired(&crowded(), (26, 30), &[movable(2, (24, 28), (2, 60))], Limits::default());
    assert_eq!(best(&sooner), (vec![(2, 20)], 4));
    let later = repaired(&crowded(), (20, 26), &[movable(2, (24, 28), (2, 60))], Limits::default());
    assert_eq!(best(&later), (vec![(2, 26)], 2));
    assert_eq!([sooner.extent, later.extent], [Extent::Whole, Extent::Whole]);
}

#[test]
fn two_that_are_in_the_way_go_to_either_side() {
    let rows = [busy(20, 22, 2), busy(26, 28, 3)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 2 * HOUR);
    let may = [movable(2, (20, 22), (0, 99)), movable(3, (26, 28), (0, 99))];
    let wanted = request(product(1), 6, Interval { start: origin() + 20 * HOUR, end: origin() + 32 * HOUR });
    let found = repair(&snapshot, &wanted, &may, now(), Limits::default()).expect("a fair request");
    assert_eq!(best(&found), (vec![(2, 16), (3, 34)], 12));
    assert_eq!((found.proposals[0].cost.consents, found.proposals[0].cost.moves), (2, 2));
    let one = Limits { moves: 1, ..Limits::default() };
    assert!(repair(&snapshot, &wanted, &may, now(), one).expect("a fair request").proposals.is_empty());
}

#[test]
fn a_booking_is_moved_by_rule_where_it_can_be_and_else_with_consent() {
    let asked = movable(2, (24, 28), (2, 60));
    let by_rule = |window| Movable { needs_consent: false, ..movable(2, (24, 28), window) };
    let of = |window| {
        let found = repaired(&crowded(), (26, 30), &[by_rule(window), asked.clone()], Limits::default());
        (best(&found), found.proposals[0].cost.consents, found.proposals[0].cost.moves)
    };
    assert_eq!(of((18, 30)), ((vec![(2, 20)], 4), 0, 1));
    assert_eq!(of((21, 30)), ((vec![(2, 20)], 4), 1, 1));
}

#[test]
fn one_question_that_spares_several_moves_is_offered_beside_them() {
    // On the first line two are in the way who move by rule, on the second one who must be asked.
    let row = |number: usize, from: i64, until: i64, of: u8| {
        let row = busy(from, until, of);
        Occupancy { line: line_id(number), ..row }
    };
    let lines = vec![
        state(0, always_open(), matrix(), &[row(0, 24, 26, 2), row(0, 28, 30, 3)]),
        state(1, always_open(), matrix(), &[row(1, 23, 31, 4)]),
    ];
    let able = vec![figures(0, HOUR), figures(1, HOUR)];
    let snapshot = snapshot_of(lines, vec![step(able, 0, 0, None)]);
    let by_rule = |of, at| Movable { needs_consent: false, ..movable(of, at, (2, 99)) };
    let mut asked = movable(4, (23, 31), (2, 99));
    asked.placement.steps[0].line = line_id(1);
    asked.held.rows = vec![(line_id(1), row(1, 23, 31, 4).id)];
    let may = [by_rule(2, (24, 26)), by_rule(3, (28, 30)), asked];
    let wanted = request(product(1), 6, Interval { start: origin() + 24 * HOUR, end: origin() + 30 * HOUR });
    let costs = |limits| -> Vec<(u32, u32)> {
        let found = repair(&snapshot, &wanted, &may, now(), limits).expect("a fair request");
        found.proposals.iter().map(|one| (one.cost.consents, one.cost.moves)).collect()
    };
    assert_eq!(costs(Limits::default()), [(0, 2), (1, 1)]);
    // Nor are more proposals given than asked for, and nobody is asked where that may not be.
    assert_eq!(costs(Limits { proposals: 1, ..Limits::default() }), [(0, 2)]);
    assert_eq!(costs(Limits { consents: 0, ..Limits::default() }), [(0, 2)]);
    assert_eq!(costs(Limits { moves: 1, ..Limits::default() }), [(1, 1)]);
}

#[test]
fn just_the_place_that_is_wanted_is_made_free() {
    // On the first line one is in the way, who goes a little further; on the second one who must go far.
    let row = |number: usize| Occupancy { line: line_id(number), ..busy(24, 28, 2) };
    let lines =
        vec![state(0, always_open(), matrix(), &[row(0)]), state(1, always_open(), matrix(), &[row(1)])];
    let able = vec![figures(0, 4 * HOUR), figures(1, 4 * HOUR)];
    let snapshot = snapshot_of(lines, vec![step(able, 0, 0, None)]);
    let mut other = movable(3, (24, 28), (60, 99));
    other.placement.steps[0].line = line_id(1);
    other.held.rows = vec![(line_id(1), row(1).id)];
    let may = [movable(2, (24, 28), (2, 99)), other];
    let window = Interval { start: origin() + 23 * HOUR, end: origin() + 29 * HOUR };
    let wanted = request(product(1), 1, window);
    let first = &repaired(&snapshot, (23, 29), &may, Limits::default()).proposals[0];
    assert_eq!(first.offer.placement.steps[0].line, line_id(0), "it costs less");
    for (line, hour) in [(0, 24), (1, 24), (1, 25)] {
        let start = origin() + hour * HOUR;
        let interval = Interval { start, end: start + 4 * HOUR };
        let place = Placement { route: ROUTE, steps: vec![PlacedStep { line: line_id(line), interval }] };
        let found = repair_at(&snapshot, &wanted, &place, &may, now(), Limits::default());
        let found = found.expect("a fair request");
        assert_eq!(found.proposals[0].offer.placement, place);
        assert_eq!(best(&found).0[0].0, if line == 0 { 2 } else { 3 }, "whoever stands there");
        let stuck = repair_at(&snapshot, &wanted, &place, &may[..1], now(), Limits::default());
        assert_eq!(
            stuck.expect("a fair request").proposals.is_empty(),
            line == 1,
            "it is that place or none"
        );
    }
    let outside = Interval { start: origin() + 28 * HOUR, end: origin() + 32 * HOUR };
    let steps = vec![PlacedStep { line: line_id(0), interval: outside }];
    let place = Placement { route: ROUTE, steps };
    let refused = repair_at(&snapshot, &wanted, &place, &may, now(), Limits::default());
    assert_eq!(refused.map(|found| found.extent), Err(Refusal::Stale));
}

#[test]
fn how_much_was_looked_at_is_said() {
    let stuck = movable(2, (24, 28), (24, 28));
    let extent = |limits| {
        let found = repaired(&crowded(), (26, 32), std::slice::from_ref(&stuck), limits);
        (found.proposals.len(), found.extent)
    };
    assert_eq!(extent(Limits::default()), (0, Extent::Whole));
    assert_eq!(extent(Limits { thorough: 0, ..Limits::default() }), (0, Extent::Sets));
    assert_eq!(extent(Limits { searches: 1, ..Limits::default() }), (0, Extent::Searches));
    let found = repaired(&crowded(), (26, 32), std::slice::from_ref(&stuck), Limits::default());
    assert!(found.tried == 1 && found.searches > 1, "{found:?}");
    let cut = Limits { searches: 1, ..Limits::default() };
    let found = repaired(&crowded(), (26, 32), std::slice::from_ref(&stuck), cut);
    assert_eq!((found.tried, found.searches), (0, 1));
    let both = [stuck.clone(), Movable { booking: BookingId(Uuid::from_u128(9)), ..stuck.clone() }];
    let near = Limits { near: 1, ..Limits::default() };
    let found = repaired(&crowded(), (26, 32), &both, near);
    assert_eq!(found.extent, Extent::Neighbourhood { near: 2, looked_at: 1 });
    assert_eq!(repaired(&crowded(), (26, 32), &both, Limits::default()).extent, Extent::Whole);
}

#[test]
fn of_several_steps_nobody_says_that_all_was_tried_but_where_nothing_would_help() {
    // The first of two steps is wanted where a campaign stands that can't go anywhere else.
    let lines =
        vec![state(0, always_open(), matrix(), &[busy(10, 14, 2)]), state(1, always_open(), matrix(), &[])];
    let steps =
        vec![step(vec![figures(0, 4 * HOUR)], 0, 0, None), step(vec![figures(1, 4 * HOUR)], 0, 0, None)];
    let snapshot = with_films(snapshot_of(lines, steps), vec![figures(0, 4 * HOUR)], 0);
    let stuck = [film(0, 2, (10, 14), (10, 14))];
    let told = |window| {
        let found = repaired(&snapshot, window, &stuck, Limits::default());
        (found.proposals.len(), found.extent)
    };
    // Without it there would be room; in a window that is shorter than the two steps there is none anyway.
    assert_eq!(told((10, 19)), (0, Extent::Sets));
    assert_eq!(told((10, 17)), (0, Extent::Whole));
    // Nor if it is one that would move that has several steps.
    let mut other = movable(2, (10, 14), (10, 18));
    other.placement.steps.push(PlacedStep { line: line_id(1), interval: busy(14, 18, 2).interval });
    let wanted = Request { offering: "FCT".into(), ..request(product(3), 1, busy(10, 14, 2).interval) };
    let found = repair(&snapshot, &wanted, &[other], now(), Limits::default()).expect("a fair request");
    assert_eq!((found.proposals.len(), found.extent), (0, Extent::Sets));
}

#[test]
fn whoever_holds_the_pool_on_other_lines_makes_room_in_it() {
    // A day each, and of the pool one share a day: from noon to noon it takes the shares of both.
    let calendar = Arc::new(Calendar::compile(always_open(), &world::holidays(), horizon()));
    let used = vec![(1, 1, false), (2, 1, false)];
    let pool = pool_state(&PoolDraft { cell: CellUnit::Day, capacity: 1, used }, &calendar);
    let row = |number: usize, from: i64| Occupancy { line: line_id(number), ..busy(from, from + 24, 2) };
    let lines = vec![
        state(0, always_open(), matrix(), &[]),
        state(1, always_open(), matrix(), &[row(1, 24)]),
        state(2, always_open(), matrix(), &[row(2, 48)]),
    ];
    let on = (0..3).map(|number| figures(number, DAY)).collect();
    let snapshot = snapshot(lines, vec![pool], route(vec![step(on, 1, 0, None)]));
    let of = |number: usize, from: i64| {
        let (line, row) = (line_id(number), row(number, from));
        let booked = movable(u8::try_from(number).expect("small"), (from, from + 24), (24, 240));
        let steps = vec![PlacedStep { line, interval: row.interval }];
        let held = Held { rows: vec![(line, row.id)], claims: vec![(POOL, row.interval.start, 1)] };
        Movable { placement: Placement { route: ROUTE, steps }, held, ..booked }
    };
    let found = repaired(&snapshot, (36, 60), &[of(1, 24), of(2, 48)], Limits::default());
    let cost = found.proposals.first().expect("a proposal").cost;
    assert_eq!((cost.moves, cost.shift), (2, 96 * HOUR), "to the two days behind");
}

#[test]
fn nobody_is_moved_whose_neighbours_need_it_between_them() {
    // Clean for four hours after a changeover: the row at 15 finds it so only because of the one at 11.
    let held =
        Matrix { clean_hold: Some(4 * HOUR), reclean: Changeover { crew: 15 * HOUR, wait: 0 }, ..matrix() };
    let rows = [busy(4, 8, 2), busy(11, 12, 1), busy(15, 16, 3)];
    let lines = vec![state(0, always_open(), held, &rows), state(1, always_open(), matrix(), &[])];
    let able = vec![figures(0, HOUR), figures(1, HOUR)];
    let snapshot = snapshot_of(lines, vec![step(able, 0, 0, None)]);
    let between = movable(1, (11, 12), (4, 60));
    let interval = between.placement.steps[0].interval;
    let to = Placement { route: ROUTE, steps: vec![PlacedStep { line: line_id(1), interval }] };
    let moved =
        |leaving| verify_moves(&snapshot, &[(&between, &to)], leaving, now()).map(|offers| offers.len());
    assert_eq!(moved(false), Err(Refusal::NeighboursUnfit { line: line_id(0) }));
    assert_eq!(moved(true), Ok(1));
}

/// With one move at most, and one booking looked at.
const ONE: Limits =
    Limits { moves: 1, consents: 1, near: 1, thorough: 1_000, searches: 5_000, places: 4, proposals: 3 };

#[test]
fn no_further_than_to_the_next_campaign_bookings_are_looked_at() {
    // Those behind the ones that stay at 10 and at 34 bear on nothing, and the window ends where the latter begins.
    let rows = [busy(4, 6, 4), busy(10, 20, 3), busy(24, 28, 2), busy(34, 99, 3), busy(110, 114, 5)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    let may =
        [movable(4, (4, 6), (0, 120)), movable(5, (110, 114), (0, 120)), movable(2, (24, 28), (20, 200))];
    let found = repaired(&snapshot, (26, 34), &may, ONE);
    assert_eq!((found.extent, best(&found).0), (Extent::Whole, vec![(2, 22)]));
}

#[test]
fn behind_a_closure_the_next_campaign_is_near() {
    let rows = [busy(24, 28, 2), closed(34, 36, 2), busy(40, 44, 4)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    let may = [movable(2, (24, 28), (2, 60)), movable(4, (40, 44), (40, 44))];
    let found = repaired(&snapshot, (26, 32), &may, ONE);
    assert_eq!(found.extent, Extent::Neighbourhood { near: 2, looked_at: 1 });
}

#[test]
fn those_with_the_widest_windows_are_looked_at_first_and_only_who_is_in_the_way_moves() {
    let row = |number: usize| Occupancy { line: line_id(number), ..busy(24, 28, 2) };
    let lines =
        vec![state(0, always_open(), matrix(), &[row(0)]), state(1, always_open(), matrix(), &[row(1)])];
    let able = vec![figures(0, 4 * HOUR), figures(1, 4 * HOUR)];
    let snapshot = snapshot_of(lines, vec![step(able, 0, 0, None)]);
    let stuck = movable(2, (24, 28), (24, 28));
    let mut other = movable(3, (24, 28), (2, 60));
    other.placement.steps[0].line = line_id(1);
    other.held.rows = vec![(line_id(1), row(1).id)];
    assert_eq!(best(&repaired(&snapshot, (26, 30), &[stuck, other], ONE)).0, [(3, 20)]);
    // One that stands before it and may go anywhere is looked at, and stays.
    let rows = [busy(10, 14, 4), busy(24, 28, 2), busy(34, 99, 3)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    let may = [movable(4, (10, 14), (0, 200)), movable(2, (24, 28), (16, 60))];
    let found = repaired(&snapshot, (26, 30), &may, Limits { near: 9, ..ONE });
    assert_eq!(best(&found).0, [(2, 20)]);
}

#[test]
fn of_the_orders_in_which_all_are_placed_the_one_that_moves_least_counts() {
    // Five hours first leave the other one nothing before 11; it first, at 6, leaves them the time from 12 on.
    let snapshot = one_step(state(0, always_open(), matrix(), &[busy(8, 12, 2)]), HOUR);
    let mut other = movable(2, (8, 12), (6, 24));
    other.request.batches = 4;
    let wanted = request(product(3), 5, Interval { start: origin() + 4 * HOUR, end: origin() + 17 * HOUR });
    let found = repair(&snapshot, &wanted, &[other], now(), Limits::default()).expect("a fair request");
    assert_eq!(best(&found), (vec![(2, 6)], 2));
}

/// A campaign of films on a line, as one that may move.
fn film(number: usize, of: u8, (from, until): (i64, i64), window: (i64, i64)) -> Movable {
    let mut film = movable(of, (from, until), window);
    film.request.offering = "FCT".into();
    (film.placement.route, film.placement.steps[0].line) = (FILMS, line_id(number));
    film.held.rows[0].0 = line_id(number);
    film
}

#[test]
fn a_step_that_can_stay_where_it_is_stays() {
    // A campaign's second step is in the way at 24 on line 1, where another campaign stands at 31.
    let second = Occupancy { line: line_id(1), ..busy(24, 28, 2) };
    let stays = Occupancy { line: line_id(1), ..busy(31, 33, 4) };
    let lines = vec![
        state(0, always_open(), matrix(), &[busy(22, 24, 2)]),
        state(1, always_open(), matrix(), &[second, stays]),
    ];
    let steps =
        vec![step(vec![figures(0, 2 * HOUR)], 0, 0, None), step(vec![figures(1, 4 * HOUR)], 0, 0, None)];
    let snapshot = with_films(snapshot_of(lines, steps), vec![figures(1, 4 * HOUR)], 0);
    let mut other = movable(2, (22, 24), (0, 60));
    other.placement.steps.push(PlacedStep { line: line_id(1), interval: second.interval });
    other.held.rows.push((line_id(1), second.id));
    let wanted = Request { offering: "FCT".into(), ..request(product(3), 1, second.interval) };
    let found = repair(&snapshot, &wanted, &[other], now(), Limits::default()).expect("a fair request");
    let starts: Vec<i64> =
        found.proposals[0].moves[0].to.starts().iter().map(|(_, start)| (start - origin()) / HOUR).collect();
    // Both six hours sooner would lie nearer, and be twelve in all.
    assert_eq!((starts, found.proposals[0].cost.shift), (vec![22, 35], 11 * HOUR));
}

#[test]
fn what_fits_only_beside_one_moved_a_little_is_found_by_trying_every_start() {
    // Alone at 26 the line would not be clean for the row at 40; the other one mends that, from 29 on.
    let held =
        Matrix { clean_hold: Some(10 * HOUR), reclean: Changeover { crew: 15 * HOUR, wait: 0 }, ..matrix() };
    let rows = [busy(3, 4, 2), busy(28, 29, 4), busy(40, 41, 3)];
    let snapshot = one_step(state(0, always_open(), held, &rows), HOUR);
    let found = |thorough| {
        let may = [movable(4, (28, 29), (27, 36))];
        repaired(&snapshot, (26, 27), &may, Limits { thorough, ..Limits::default() })
    };
    // One start for what is wanted, nine for the other.
    let whole = found(9);
    assert_eq!((best(&whole), whole.extent), ((vec![(4, 29)], 1), Extent::Whole));
    let few = found(8);
    assert_eq!((few.proposals.len(), few.extent), (0, Extent::Sets));
}

/// One in the way at 10 can only go to where another stands at 30, beyond one that stays at 20.
fn row_of_two() -> (Snapshot, [Movable; 2]) {
    let rows = [busy(10, 14, 2), busy(20, 24, 3), busy(30, 34, 4)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    (snapshot, [movable(2, (10, 14), (10, 32)), movable(4, (30, 34), (30, 60))])
}

#[test]
fn one_that_is_far_moves_for_one_that_is_near() {
    let (snapshot, may) = row_of_two();
    let found = repaired(&snapshot, (10, 14), &may, Limits::default());
    assert_eq!(best(&found), (vec![(2, 26), (4, 32)], 18));
}

#[test]
fn the_next_ones_are_looked_for_until_there_are_more_than_enough() {
    let (snapshot, may) = row_of_two();
    let extent = |near| repaired(&snapshot, (10, 14), &may, Limits { near, ..Limits::default() }).extent;
    assert_eq!(extent(0), Extent::Neighbourhood { near: 1, looked_at: 0 });
    assert_eq!(extent(1), Extent::Neighbourhood { near: 2, looked_at: 1 });
    assert_eq!(extent(2), Extent::Whole);
}

/// Which of them are near, each by itself.
fn are_near(snapshot: &Snapshot, window: (i64, i64), may: &[Movable]) -> Vec<bool> {
    let none = Limits { near: 0, ..Limits::default() };
    may.iter()
        .map(|one| {
            let found = repaired(snapshot, window, std::slice::from_ref(one), none);
            assert!(found.proposals.is_empty(), "nothing moves, and it doesn't fit");
            found.extent != Extent::Whole
        })
        .collect()
}

#[test]
fn the_campaign_that_ends_as_the_window_begins_is_near_and_none_before_it() {
    let rows = [busy(5, 8, 2), busy(11, 16, 3), busy(22, 24, 4), busy(30, 34, 5)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    let may = [(2, (5, 8)), (3, (11, 16)), (4, (22, 24)), (5, (30, 34))];
    let may = may.map(|(of, at)| movable(of, at, (0, 99)));
    assert_eq!(are_near(&snapshot, (16, 22), &may), [false, true, true, false]);
}

#[test]
fn whoever_holds_the_pool_that_day_is_near_on_whatever_line() {
    let calendar = Arc::new(Calendar::compile(always_open(), &world::holidays(), horizon()));
    let full = PoolDraft { cell: CellUnit::Day, capacity: 1, used: vec![(1, 1, false)] };
    let route = route(vec![step(vec![figures(0, 4 * HOUR)], 1, 0, None)]);
    let lines = vec![state(0, always_open(), matrix(), &[])];
    let snapshot = snapshot(lines, vec![pool_state(&full, &calendar)], route);
    let holds = |pool: PoolId, day: i64| {
        let mut other = movable(2, (30, 34), (24, 60));
        other.placement.steps[0].line = line_id(9);
        other.held = Held { rows: Vec::new(), claims: vec![(pool, origin() + day * DAY, 1)] };
        other
    };
    let other = PoolId(Uuid::from_u128(33));
    let may = [holds(POOL, 1), holds(POOL, 0), holds(POOL, 2), holds(other, 1)];
    assert_eq!(are_near(&snapshot, (30, 34), &may), [true, false, false, false]);
}

#[test]
fn whoever_stands_where_only_another_product_is_made_is_not_near() {
    let row = Occupancy { line: line_id(1), ..busy(10, 14, 3) };
    let lines = vec![
        state(0, always_open(), matrix(), &[busy(10, 14, 2)]),
        state(1, always_open(), matrix(), &[row]),
    ];
    let tablets = vec![step(vec![figures(0, 4 * HOUR)], 0, 0, None)];
    let snapshot = with_films(snapshot_of(lines, tablets), vec![figures(1, 4 * HOUR)], 0);
    let may = [movable(2, (10, 14), (0, 60)), film(1, 3, (10, 14), (0, 60))];
    assert_eq!(are_near(&snapshot, (10, 14), &may), [true, false]);
}

#[test]
fn one_in_the_way_of_each_of_two_steps_moves_both() {
    let row = Occupancy { line: line_id(1), ..busy(15, 19, 3) };
    let lines = vec![
        state(0, always_open(), matrix(), &[busy(10, 14, 2)]),
        state(1, always_open(), matrix(), &[row]),
    ];
    let steps =
        vec![step(vec![figures(0, 4 * HOUR)], 0, 0, None), step(vec![figures(1, 4 * HOUR)], 0, 0, None)];
    let snapshot = with_films(snapshot_of(lines, steps), vec![figures(0, 4 * HOUR), figures(1, 4 * HOUR)], 0);
    let may = [film(0, 2, (10, 14), (10, 60)), film(1, 3, (15, 19), (15, 60))];
    let found = repaired(&snapshot, (10, 19), &may, Limits::default());
    assert_eq!(best(&found).0.len(), 2);
}

#[test]
fn looking_for_what_is_in_the_way_counts_among_the_searches() {
    // Twenty hours are wanted where one stands that stays: neither of the others, nor both, would let them in.
    let rows = [busy(10, 13, 2), busy(16, 20, 3), busy(24, 27, 4)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), HOUR);
    let may = [movable(2, (10, 13), (0, 99)), movable(4, (24, 27), (0, 99))];
    let wanted = request(product(1), 20, Interval { start: origin() + 10 * HOUR, end: origin() + 30 * HOUR });
    let extent = |searches| {
        let limits = Limits { searches, ..Limits::default() };
        repair(&snapshot, &wanted, &may, now(), limits).expect("a fair request").extent
    };
    assert_eq!([3, 4].map(extent), [Extent::Searches, Extent::Whole]);
}
