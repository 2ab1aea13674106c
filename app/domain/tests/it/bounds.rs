//! More edges: where a window, a record, a cap or a re-clean ends, and what a refusal names.

use std::sync::Arc;

use domain::{
    ClassId, Interval, LineId, Minute, PlatformId, RouteId,
    availability::{ATTEMPTS, Offer, around, check, claims, place, search, search_within, starts},
    calendar::{Calendar, DAY},
    changeover::{CampaignCap, Changeover, ClassRule, Matrix},
    hazard::{Hazard, HazardProfile},
    occupancy::{Kind, Occupancy},
    offering,
    policy::Policy,
    refusal::Refusal,
    request::Request,
    resolve::{
        alternatives,
        setups::{Known, Setups},
        swap::swaps,
        waiting,
    },
    resource::{CellUnit, Line},
    route::{Figures, Route, Running},
    snapshot::{LineState, Snapshot},
    supposed::Held,
};
use uuid::Uuid;

use crate::{
    edges::{busy, closed, figures, hours, matrix, one_step, snapshot_of, state, two_steps},
    outages::movable,
    world::{
        self, PLATFORM, ROUTE, always_open, day_shift, horizon, line_id, now, origin, product, request,
        route, snapshot, step,
    },
};

const HOUR: i64 = 60;

/// What a search refuses, of whatever line.
fn refusals(snapshot: &Snapshot, window: (i64, i64)) -> Vec<Refusal> {
    let window = Interval { start: origin() + window.0 * HOUR, end: origin() + window.1 * HOUR };
    let found = search(snapshot, &request(product(1), 1, window), now()).expect("a fair request");
    found.refusals.into_iter().map(|refused| refused.refusal).collect()
}

/// Where a search puts the first step, in hours.
fn offered(snapshot: &Snapshot, window: (i64, i64)) -> Vec<i64> {
    let window = Interval { start: origin() + window.0 * HOUR, end: origin() + window.1 * HOUR };
    let found = search(snapshot, &request(product(1), 1, window), now()).expect("a fair request");
    found.offers.iter().map(|offer| (offer.placement.starts()[0].1 - origin()) / HOUR).collect()
}

#[test]
fn a_window_that_ends_with_the_calendar_is_not_said_to_lie_outside_it() {
    // An hour of crew work at eight and 15:54 by itself end after midnight, where window and calendar end.
    let long = Figures { setup: HOUR, running: Running::Unattended, ..figures(0, 954) };
    let lines = vec![state(0, day_shift(), matrix(), &[])];
    let snapshot = snapshot_of(lines, vec![step(vec![long], 0, 0, None)]);
    let eight = origin() + 11 * DAY + 8 * HOUR;
    let refused = refusals(&snapshot, (11 * 24 + 7, 12 * 24));
    assert_eq!(refused, [Refusal::RestTooShort { earliest: eight, minutes: 1014 }]);
}

#[test]
fn a_campaign_may_end_with_the_record_that_limits_it() {
    let until = |valid_until: i64| {
        let mut sterile = state(0, always_open(), matrix(), &[]);
        let media_fill_valid_until = Some(valid_until);
        sterile.line = Arc::new(Line { media_fill_valid_until, ..(*sterile.line).clone() });
        one_step(sterile, 4 * HOUR)
    };
    let end = origin() + 34 * HOUR;
    assert_eq!(hours(&until(end), (30, 48)), [30]);
    let refused = Refusal::MediaFillExpires { line: line_id(0), valid_until: end - 1 };
    assert_eq!(refusals(&until(end - 1), (30, 48)), [refused]);
}

#[test]
fn a_changeover_that_the_night_draws_out_is_named_with_its_end() {
    // Two hours after 15:00 are done at 09:00: until 10:00 there is an hour left, and two are wanted.
    let snapshot = one_step(state(0, day_shift(), matrix(), &[busy(10, 15, 2)]), 2 * HOUR);
    let (line, neighbour, earliest) = (line_id(0), busy(10, 15, 2).id, origin() + 33 * HOUR);
    assert_eq!(refusals(&snapshot, (16, 34)), [Refusal::ChangeoverBefore { line, neighbour, earliest }]);
}

#[test]
fn a_free_time_in_which_no_aligned_start_fits_tells_nothing_of_who_ends_it() {
    let mut nothing = matrix();
    nothing.cells.iter_mut().for_each(|cell| cell.changeover.crew = 0);
    let mut first = busy(4, 10, 2);
    first.interval.end += 30;
    // From 10:30 to 14:00 it is as long as it takes, but from 11:00 it is not.
    let snapshot = one_step(state(0, always_open(), nothing, &[first, busy(14, 20, 3)]), 210);
    assert_eq!(refusals(&snapshot, (4, 20)), [Refusal::NoRoom { line: line_id(0), minutes: 210 }]);
}

#[test]
fn a_later_step_without_any_room_is_named_alone() {
    let taken = [Occupancy { line: line_id(1), ..busy(3, 96, 2) }];
    assert_eq!(
        refusals(&two_steps(0, None, &taken), (24, 96)),
        [Refusal::NoRoom { line: line_id(1), minutes: 5 * HOUR }]
    );
}

#[test]
fn a_search_tries_no_chain_in_vain() {
    let wanted = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 4 * DAY });
    // The second step has to wait until 62, and the first is pushed there in one go.
    let rows = [Occupancy { line: line_id(1), ..busy(3, 60, 2) }];
    let late = two_steps(0, Some(4 * HOUR), &rows);
    let within = |attempts| search_within(&late, &wanted, now(), attempts).expect("a fair request");
    assert_eq!(within(2), within(ATTEMPTS));
    assert_eq!(within(2).offers.len(), 1);
    // Eight hours of steps do not fit in seven, which needs no attempt.
    let short = Interval { end: wanted.window.start + 7 * HOUR, ..wanted.window };
    let wanted = Request { window: short, ..wanted };
    let found = search_within(&two_steps(0, None, &[]), &wanted, now(), 0).expect("a fair request");
    assert_eq!(found.refusals[0].refusal, Refusal::LaterStepUnplaced { step: 1 });
}

#[test]
fn a_search_finds_the_gap_in_which_only_the_same_product_fits() {
    // An hour, four and an hour again; to another product it would be two before and behind.
    let between = |ahead: u8, behind: u8| {
        let rows = [busy(4, 10, ahead), busy(16, 20, behind)];
        offered(&one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR), (4, 20))
    };
    assert_eq!(between(1, 1), [11]);
    let other = |ahead: u8, behind: u8| {
        let rows = [busy(4, 10, ahead), busy(17, 20, behind)];
        offered(&one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR), (4, 20))
    };
    assert_eq!([other(1, 2), other(2, 1)], [[11], [12]]);
    assert!(between(1, 2).is_empty() && between(2, 1).is_empty());
}

#[test]
fn of_the_lines_of_a_later_step_the_one_that_is_done_first_is_taken() {
    let mut lines: Vec<_> = (0..3).map(|number| state(number, always_open(), matrix(), &[])).collect();
    lines[2].calendar = lines[1].calendar.clone();
    let second = step(vec![figures(1, 5 * HOUR), figures(2, HOUR)], 0, 0, None);
    let snapshot = snapshot_of(lines, vec![step(vec![figures(0, HOUR)], 0, 0, None), second]);
    let wanted = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 2 * DAY });
    let found = search(&snapshot, &wanted, now()).expect("a fair request");
    assert_eq!(found.offers.get(0).expect("one").placement.starts()[1].0, line_id(2));
}

#[test]
fn the_campaign_cap_in_minutes_counts_from_the_first_start_to_the_end_of_what_follows() {
    let mut capped = matrix();
    let full_clean = Changeover { crew: 6 * HOUR, wait: 0 };
    capped.cap = Some(CampaignCap { max_batches: None, max_minutes: Some(4 * HOUR), full_clean });
    let snapshot = one_step(state(0, always_open(), capped, &[busy(40, 41, 1)]), HOUR);
    // Until 33 a full clean fits between; from 37 on it is four hours until 41.
    assert_eq!(hours(&snapshot, (30, 40)), [30, 31, 32, 33, 37, 38]);
}

#[test]
fn a_pool_named_twice_is_claimed_once_for_both() {
    let calendar = Arc::new(Calendar::compile(always_open(), &world::holidays(), horizon()));
    let draft = world::PoolDraft { cell: CellUnit::Day, capacity: 2, used: Vec::new() };
    let mut twice = step(vec![figures(0, HOUR)], 1, 0, None);
    twice.uses.push(twice.uses[0]);
    let lines = vec![state(0, always_open(), matrix(), &[])];
    let snapshot = snapshot(lines, vec![world::pool_state(&draft, &calendar)], route(vec![twice]));
    let wanted = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 2 * DAY });
    let offer = search(&snapshot, &wanted, now()).expect("a fair request").offers.get(0).expect("one");
    let claimed: Vec<_> = claims(&snapshot, &offer.placement).iter().map(|claim| claim.amount).collect();
    assert_eq!(claimed, [2]);
}

#[test]
fn what_starts_at_the_horizon_of_the_policy_may_be_had() {
    let mut snapshot = one_step(state(0, always_open(), matrix(), &[]), HOUR);
    let policy = Policy { min_notice: 0, horizon: 2 * DAY, ..Default::default() };
    snapshot.policies.insert(PLATFORM, Arc::new(policy));
    let last = origin() + 2 * DAY;
    let wanted = request(product(1), 1, Interval { start: last, end: last + DAY });
    assert_eq!(starts(&snapshot, &wanted, ROUTE, line_id(0), origin() * 60), Ok(vec![last]));
    let placed = place(&snapshot, &wanted, ROUTE, &[(line_id(0), last)]).expect("the line can");
    assert!(check(&snapshot, &wanted, &placed, origin() * 60).is_ok());
    let late = place(&snapshot, &wanted, ROUTE, &[(line_id(0), last + HOUR)]).expect("the line can");
    let interval = late.steps[0].interval;
    assert_eq!(
        check(&snapshot, &wanted, &late, origin() * 60),
        Err(Refusal::OutsideWindow { line: line_id(0), interval })
    );
    // Notice is kept, but the window begins later.
    let soon = place(&snapshot, &wanted, ROUTE, &[(line_id(0), last - DAY)]).expect("the line can");
    let interval = soon.steps[0].interval;
    assert_eq!(
        check(&snapshot, &wanted, &soon, (last - DAY) * 60),
        Err(Refusal::OutsideWindow { line: line_id(0), interval })
    );
}

#[test]
fn what_touches_its_neighbours_is_granted_where_no_changeover_is_due() {
    let mut nothing = matrix();
    nothing.cells.iter_mut().for_each(|cell| cell.changeover.crew = 0);
    let rows = [busy(4, 10, 2), busy(14, 20, 3)];
    let snapshot = one_step(state(0, always_open(), nothing, &rows), 4 * HOUR);
    let wanted = request(product(1), 1, Interval { start: origin(), end: origin() + DAY });
    let at = |hour: i64| {
        let placed = place(&snapshot, &wanted, ROUTE, &[(line_id(0), origin() + hour * HOUR)])?;
        check(&snapshot, &wanted, &placed, now())
    };
    assert!(at(10).is_ok());
    let by = |row: Occupancy| Refusal::Occupied { line: line_id(0), by: row.id, interval: row.interval };
    assert_eq!([at(9).err(), at(11).err()], [Some(by(rows[0])), Some(by(rows[1]))]);
}

#[test]
fn a_route_makes_nothing_but_its_own_form() {
    let snapshot = one_step(state(0, always_open(), matrix(), &[]), HOUR);
    let other = Request { offering: "CAPH".into(), ..request(product(1), 1, horizon()) };
    let refused = place(&snapshot, &other, ROUTE, &[(line_id(0), origin())]);
    assert_eq!(refused, Err(Refusal::NotOffered { code: "CAPH".into() }));
}

#[test]
fn a_class_is_given_where_all_conditions_of_its_rule_hold() {
    let rule = ClassRule {
        any_hazard: [Hazard::Cytotoxic].into(),
        oeb_at_least: Some(4),
        offerings: ["TAB".to_owned()].into(),
        needs: ClassId(0),
        leaves: ClassId(1),
    };
    let of = |tags: &[Hazard], oeb| HazardProfile::Classified { tags: tags.iter().copied().collect(), oeb };
    assert!(rule.holds("TAB", &of(&[Hazard::Cytotoxic, Hazard::Hormone], Some(4))));
    assert!(!rule.holds("CAPH", &of(&[Hazard::Cytotoxic], Some(4))));
    assert!(!rule.holds("TAB", &of(&[Hazard::Hormone], Some(4))));
    assert!(!rule.holds("TAB", &of(&[Hazard::Cytotoxic], Some(3))));
    assert!(!rule.holds("TAB", &of(&[Hazard::Cytotoxic], None)), "nobody knows the band");
}

#[test]
fn waiting_goes_on_before_the_calendar_begins_and_work_does_not() {
    let mut waits = matrix();
    waits.cells.iter_mut().for_each(|cell| cell.changeover = Changeover { crew: 0, wait: 10 * HOUR });
    let first = |matrix: Matrix| {
        let mut before = busy(0, 1, 2);
        before.interval = Interval { start: origin() - 9 * HOUR, end: origin() - 8 * HOUR };
        let mut line = state(0, always_open(), matrix, &[]);
        let head =
            Occupancy { interval: Interval { start: origin() - DAY, end: origin() - DAY }, ..line.rows()[0] };
        line = LineState::new(line.line, line.matrix, line.calendar, 1, vec![head, before]);
        hours(&one_step(line, HOUR), (0, 24))[0]
    };
    assert_eq!(first(waits), 2, "eight of ten hours are over");
    assert_eq!(first(matrix()), 2, "two hours of work of which nobody knows when they were done");
}

#[test]
fn a_reclean_that_only_waits_is_done_by_night() {
    let mut held = matrix();
    held.cells.iter_mut().for_each(|cell| cell.changeover = Changeover { crew: 2 * HOUR, wait: 7 * HOUR });
    held.clean_hold = Some(2 * HOUR);
    held.reclean = Changeover { crew: 0, wait: 4 * HOUR };
    let by_itself = Figures { running: Running::Unattended, ..figures(0, HOUR) };
    let lines = vec![state(0, day_shift(), held, &[busy(8, 9, 2)])];
    let snapshot = snapshot_of(lines, vec![step(vec![by_itself], 0, 0, None)]);
    // Clean from 18 to 20; waited for from 18 on, it is clean again at 22.
    assert_eq!(hours(&snapshot, (9, 25)), [18, 19, 20, 22, 23, 24]);
}

#[test]
fn the_end_of_a_reclean_is_told_with_its_waiting() {
    let mut held = matrix();
    held.clean_hold = Some(10 * HOUR);
    held.reclean = Changeover { crew: 2 * HOUR, wait: HOUR };
    let snapshot = one_step(state(0, day_shift(), held, &[busy(8, 9, 2)]), HOUR);
    let wanted = request(product(1), 1, Interval { start: origin(), end: origin() + 3 * DAY });
    let placed =
        place(&snapshot, &wanted, ROUTE, &[(line_id(0), origin() + 32 * HOUR)]).expect("crew is there");
    // Whatever is done on the evening before is no longer clean; the first minute of the day's work ends it.
    let earliest = origin() + 33 * HOUR + 1;
    let refused = check(&snapshot, &wanted, &placed, now()).err();
    assert_eq!(refused, Some(Refusal::RecleanBefore { line: line_id(0), earliest }));
    let placed =
        place(&snapshot, &wanted, ROUTE, &[(line_id(0), origin() + 33 * HOUR)]).expect("crew is there");
    let refused = check(&snapshot, &wanted, &placed, now()).err();
    assert_eq!(refused, Some(Refusal::RecleanBefore { line: line_id(0), earliest }));
    assert_eq!(hours(&snapshot, (9, 36)), [11, 12, 13, 14, 15, 34, 35]);
}

#[test]
fn what_decides_around_a_time_are_two_campaigns_on_each_side_or_the_runs_beside_it() {
    let rows = [
        busy(4, 5, 1),
        busy(6, 7, 2),
        busy(8, 9, 2),
        closed(10, 11, 2),
        busy(30, 31, 3),
        busy(32, 33, 3),
        busy(34, 35, 1),
        busy(36, 37, 1),
    ];
    let around = |matrix: Matrix, from: i64, until: i64| -> Vec<i64> {
        let interval = Interval { start: origin() + from * HOUR, end: origin() + until * HOUR };
        let part = state(0, always_open(), matrix, &rows).around(interval, now());
        part.rows().iter().map(|row| (row.interval.start - origin()) / HOUR).collect()
    };
    assert_eq!(around(matrix(), 12, 30), [6, 8, 10, 30, 32]);
    assert_eq!(around(matrix(), 12, 31), [6, 8, 10, 30, 32, 34], "what it meets is between");
    let full_clean = Changeover { crew: 0, wait: 0 };
    let cap = Some(CampaignCap { max_batches: Some(9), max_minutes: None, full_clean });
    assert_eq!(around(Matrix { cap, ..matrix() }, 12, 30), [4, 6, 8, 10, 30, 32, 34]);
}

#[test]
fn a_closure_carries_what_is_ahead_of_it_once_a_campaign_is_gone() {
    let other = ClassId(7);
    let rows =
        [Occupancy { leaves: other, ..busy(4, 10, 2) }, Occupancy { leaves: other, ..closed(20, 24, 2) }];
    let mut snapshot = one_step(state(0, always_open(), matrix(), &rows), HOUR);
    snapshot.release(&Held { rows: vec![(line_id(0), rows[0].id)], claims: Vec::new() });
    let carried = |row: &Occupancy| (row.kind, row.leaves, row.product);
    let left: Vec<_> = snapshot.lines[&line_id(0)].rows().iter().map(carried).collect();
    let nothing = domain::ProductId::NONE;
    assert_eq!(left, [(Kind::Head, ClassId(0), nothing), (Kind::Closure, ClassId(0), nothing)]);
}

#[test]
fn whoever_offers_a_swap_may_want_a_time_outside_the_own_window() {
    let rows = [busy(12, 16, 1), busy(30, 34, 2)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    let (offered, partner) = (movable(1, (12, 16), (4, 20)), movable(2, (30, 34), (26, 40)));
    let wanted = Interval { start: origin() + 28 * HOUR, end: origin() + 38 * HOUR };
    assert_eq!(swaps(&snapshot, &offered, wanted, &[partner], now(), 3).all.len(), 1);
}

#[test]
fn of_many_alternatives_no_more_are_given_than_asked_for_and_a_dearer_one_ranks_behind() {
    let mut dear = state(1, always_open(), matrix(), &[]);
    dear.line = Arc::new(Line { day_rate_fen: 12_550, ..(*dear.line).clone() });
    let rows = [busy(30, 34, 2), busy(40, 44, 2), busy(50, 54, 2)];
    let lines = vec![state(0, always_open(), matrix(), &rows), dear];
    let route = route(vec![step(vec![figures(0, HOUR), figures(1, HOUR)], 0, 0, None)]);
    let snapshot = snapshot(lines, Vec::new(), route);
    let wish = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 3 * DAY });
    let found = search(&snapshot, &wish, now()).expect("a fair request").offers;
    let wanted = alternatives::Wanted { route: ROUTE, steps: vec![(line_id(0), origin() + 30 * HOUR)] };
    assert_eq!(found.first_start(), Some(wish.window.start));
    let known = Known::default();
    let setups = || Setups::new(&snapshot, &wish, &known, now());
    let few = |most| alternatives::alternatives(&mut setups(), found.iter(), &wanted, most);
    assert_eq!([0, 1, 3, 4].map(|most| few(most).len()), [0, 1, 3, 4]);
    let kinds: Vec<_> = few(3).iter().map(|one| one.kind).collect();
    let (sooner, later) = (alternatives::Kind::Sooner, alternatives::Kind::Later);
    assert_eq!(kinds, [sooner, later, alternatives::Kind::AnotherLine], "one of each kind before a second");
    let cost = few(9).iter().find(|one| one.kind == alternatives::Kind::AnotherLine).map(|one| one.cost);
    // Six hours sooner, on another line, and 25 whole percents dearer.
    let dearer = 25 * alternatives::PERCENT_DEARER;
    assert_eq!(cost, Some(6 * HOUR + alternatives::ANOTHER_LINE + dearer));
}

#[test]
fn it_is_worth_waiting_for_what_is_booked_up_and_not_for_what_never_fits() {
    let calendar = Arc::new(Calendar::compile(always_open(), &world::holidays(), horizon()));
    let used = (0..12).map(|cell| (cell, 1, false)).collect();
    let draft = world::PoolDraft { cell: CellUnit::Day, capacity: 1, used };
    let lines = vec![state(0, always_open(), matrix(), &[busy(3, 260, 2)])];
    let wanted = |hours: i64| {
        request(product(1), 1, Interval { start: origin() + DAY, end: origin() + DAY + hours * HOUR })
    };
    let full = snapshot(
        lines,
        vec![world::pool_state(&draft, &calendar)],
        route(vec![step(vec![figures(0, 4 * HOUR)], 1, 0, None)]),
    );
    assert!(search(&full, &wanted(8), now()).expect("a fair request").offers.is_empty());
    assert_eq!([3, 4].map(|hours| waiting::is_worth_it(&full, &wanted(hours), now())), [false, true]);
}

#[test]
fn a_later_step_can_fit_beside_an_earlier_one_where_alone_it_could_not() {
    // The line is clean from 6 to 16 and then, but for 30 hours of work, no more until 36; the row at 40 wants it
    // clean, so an end at 28 at the earliest. No single step can do both; two of them carry it from one to the other.
    let mut held = matrix();
    held.clean_hold = Some(10 * HOUR);
    held.reclean = Changeover { crew: 30 * HOUR, wait: 0 };
    let line = || vec![state(0, always_open(), held.clone(), &[busy(3, 4, 2), busy(40, 41, 3)])];
    let one = || step(vec![figures(0, HOUR)], 0, 0, None);
    assert!(offered(&snapshot_of(line(), vec![one()]), (15, 36)).is_empty());
    assert_eq!(offered(&snapshot_of(line(), vec![one(), one()]), (15, 36)), [15]);
}

#[test]
fn notice_ends_with_a_whole_minute() {
    let mut snapshot = one_step(state(0, always_open(), matrix(), &[]), HOUR);
    let policy = Policy { min_notice: HOUR, horizon: 9 * DAY, ..Default::default() };
    snapshot.policies.insert(PLATFORM, Arc::new(policy));
    let wanted = request(product(1), 1, Interval { start: origin(), end: origin() + 2 * DAY });
    let placed = place(&snapshot, &wanted, ROUTE, &[(line_id(0), origin() + DAY)]).expect("the line can");
    let asked = (origin() + DAY - HOUR) * 60;
    assert!(check(&snapshot, &wanted, &placed, asked).is_ok());
    let refused = check(&snapshot, &wanted, &placed, asked + 1);
    assert_eq!(refused, Err(Refusal::TooSoon { earliest: origin() + DAY + 1 }));
}

#[test]
fn a_window_is_told_from_the_line_at_the_minute() {
    // As long as the step itself, but the crew comes an hour late.
    let (earliest, minutes) = (origin() + 32 * HOUR, 8 * HOUR);
    let day = one_step(state(0, day_shift(), matrix(), &[]), minutes);
    assert_eq!(refusals(&day, (31, 39)), [Refusal::RestTooShort { earliest, minutes }]);
    // As long as the step, and taken.
    let taken = one_step(state(0, always_open(), matrix(), &[busy(3, 60, 2)]), 4 * HOUR);
    assert_eq!(refusals(&taken, (30, 34)), [Refusal::NoRoom { line: line_id(0), minutes: 4 * HOUR }]);
    // Two steps that take all of it.
    assert_eq!(offered(&two_steps(0, None, &[]), (24, 32)), [24]);
}

#[test]
fn work_that_the_night_draws_out_to_the_next_row_names_that_row() {
    // From 13:00 three hours are left of the day, and before the fourth somebody else begins.
    let next = busy(20, 200, 3);
    let snapshot = one_step(state(0, day_shift(), matrix(), &[next]), 4 * HOUR);
    let refused = Refusal::Occupied { line: line_id(0), by: next.id, interval: next.interval };
    assert_eq!(refusals(&snapshot, (13, 60)), [refused]);
}

#[test]
fn what_has_to_wait_before_the_next_row_ends_sooner() {
    let mut waits = matrix();
    waits.cells.iter_mut().for_each(|cell| cell.changeover = Changeover { crew: 2 * HOUR, wait: 3 * HOUR });
    let next = busy(20, 24, 2);
    let snapshot = one_step(state(0, always_open(), waits, &[next]), 4 * HOUR);
    let wanted = request(product(1), 1, Interval { start: origin(), end: origin() + DAY });
    let placed =
        place(&snapshot, &wanted, ROUTE, &[(line_id(0), origin() + 12 * HOUR)]).expect("the line can");
    let latest_end = origin() + 15 * HOUR;
    let refused = Refusal::ChangeoverAfter { line: line_id(0), neighbour: next.id, latest_end };
    assert_eq!(check(&snapshot, &wanted, &placed, now()), Err(refused));
}

#[test]
fn of_lines_with_other_hours_or_other_starts_the_one_that_is_done_first_is_taken() {
    let placed = |line: LineState| {
        let mut other = state(2, always_open(), matrix(), &[]);
        if line.calendar == other.calendar {
            other.calendar = line.calendar.clone();
        }
        let lines = vec![state(0, always_open(), matrix(), &[]), line, other];
        let second = step(vec![figures(1, 5 * HOUR), figures(2, 5 * HOUR)], 0, 0, None);
        let snapshot = snapshot_of(lines, vec![step(vec![figures(0, HOUR)], 0, 0, None), second]);
        let wanted =
            request(product(1), 1, Interval { start: origin() + 36 * HOUR, end: origin() + 4 * DAY });
        let found = search(&snapshot, &wanted, now()).expect("a fair request");
        found.offers.get(0).expect("one").placement.starts()[1].0
    };
    assert_eq!(placed(state(1, always_open(), matrix(), &[])), line_id(1), "of equal ones the first");
    assert_eq!(placed(state(1, day_shift(), matrix(), &[])), line_id(2));
    let mut coarse = state(1, always_open(), matrix(), &[]);
    coarse.line = Arc::new(Line { granularity: 8 * HOUR, ..(*coarse.line).clone() });
    assert_eq!(placed(coarse), line_id(2));
}

#[test]
fn a_closure_behind_an_expired_hold_carries_what_was_ahead_of_the_hold() {
    let other = ClassId(7);
    let hold = Occupancy { expires_at: Some(now()), leaves: other, ..busy(12, 14, 2) };
    let rows = [busy(4, 10, 1), hold, Occupancy { leaves: other, ..closed(20, 24, 2) }];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), HOUR);
    assert_eq!(hours(&snapshot, (23, 28)), [25, 26, 27], "an hour after the same product");
}

#[test]
fn a_line_used_before_the_calendar_begins_is_clean_since_it_can_have_been() {
    let mut held = matrix();
    held.clean_hold = Some(10 * HOUR);
    held.reclean = Changeover { crew: 100 * HOUR, wait: 0 };
    let mut before = busy(0, 1, 2);
    before.interval = Interval { start: origin() - 9 * HOUR, end: origin() - 8 * HOUR };
    let line = state(0, always_open(), held, &[]);
    let head = Interval { start: origin() - DAY, end: origin() - DAY };
    let head = Occupancy { interval: head, ..line.rows()[0] };
    let line = LineState::new(line.line, line.matrix, line.calendar, 1, vec![head, before]);
    // Two hours of cleaning from the calendar's first minute on; clean since six hours before it, so until four.
    assert_eq!(hours(&one_step(line, HOUR), (0, 24)), [2, 3, 4]);
}

#[test]
fn a_step_of_no_length_is_nowhere() {
    let snapshot = one_step(state(0, always_open(), matrix(), &[]), 0);
    let wanted = request(product(1), 1, Interval { start: origin(), end: origin() + DAY });
    let refused = place(&snapshot, &wanted, ROUTE, &[(line_id(0), origin())]);
    assert_eq!(refused, Err(Refusal::OutsideCalendar { line: line_id(0) }));
    assert!(hours(&snapshot, (4, 8)).is_empty());
}

#[test]
fn the_cells_of_a_day_are_those_that_a_step_touches() {
    let calendar = Arc::new(Calendar::compile(always_open(), &world::holidays(), horizon()));
    let draft = world::PoolDraft { cell: CellUnit::Day, capacity: 1, used: vec![(1, 1, false)] };
    let of = |amount: u32| {
        let mut one = step(vec![figures(0, 4 * HOUR)], 1, 0, None);
        one.uses[0].amount = amount;
        let lines = vec![state(0, always_open(), matrix(), &[])];
        snapshot(lines, vec![world::pool_state(&draft, &calendar)], route(vec![one]))
    };
    // Until midnight it needs nothing of the next day, which is taken.
    assert_eq!(hours(&of(1), (19, 26)), [19, 20]);
    assert_eq!(hours(&of(0), (19, 26)), [19, 20, 21, 22]);
    let placed = |amount| {
        let wanted = request(product(1), 1, Interval { start: origin(), end: origin() + DAY });
        let placed = place(&of(amount), &wanted, ROUTE, &[(line_id(0), origin() + 20 * HOUR)]);
        let all = claims(&of(amount), &placed.expect("the line can"));
        all.iter().map(|claim| (claim.cell - origin(), claim.amount)).collect::<Vec<_>>()
    };
    assert_eq!([placed(1), placed(0)], [vec![(0, 1)], vec![]]);
}

#[test]
fn nobody_goes_further_for_a_swap_than_the_own_campaign_is_long() {
    // Where the offered one leaves there is too little for the partner; long before there would be room. Without the
    // first row there is enough.
    let rows = [busy(57, 59, 3), busy(60, 64, 1), busy(66, 70, 3), busy(80, 84, 2)];
    let (offered, partner) = (movable(1, (60, 64), (4, 99)), movable(2, (80, 84), (4, 99)));
    let wanted = Interval { start: origin() + 78 * HOUR, end: origin() + 86 * HOUR };
    let found = |rows: &[Occupancy]| {
        let snapshot = one_step(state(0, always_open(), matrix(), rows), 4 * HOUR);
        swaps(&snapshot, &offered, wanted, std::slice::from_ref(&partner), now(), 3).all.len()
    };
    assert_eq!([found(&rows), found(&rows[1..])], [0, 1]);
}

#[test]
fn a_campaign_may_end_with_the_calendar() {
    let snapshot = one_step(state(0, always_open(), matrix(), &[]), 4 * HOUR);
    assert_eq!(hours(&snapshot, (12 * 24 - 5, 12 * 24)), [12 * 24 - 5, 12 * 24 - 4]);
    assert_eq!(hours(&snapshot, (12 * 24 - 4, 12 * 24)), [12 * 24 - 4]);
}

#[test]
fn what_no_longer_record_would_mend_is_not_put_down_to_the_record() {
    // The window ends with the media fill, and what is too short is the window.
    let mut sterile = state(0, day_shift(), matrix(), &[]);
    let media_fill_valid_until = Some(origin() + 44 * HOUR);
    sterile.line = Arc::new(Line { media_fill_valid_until, ..(*sterile.line).clone() });
    assert_eq!(refusals(&one_step(sterile, 4 * HOUR), (37, 44)), [Refusal::TooLong { minutes: 20 * HOUR }]);
}

#[test]
fn a_gap_that_only_changeovers_make_too_short_tells_nothing_of_them() {
    // Of the same product an hour would do on either side; beside these it is two.
    let rows = [busy(3, 10, 2), busy(16, 30, 3), busy(32, 33, 1)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    assert_eq!(refusals(&snapshot, (4, 30)), [Refusal::NoRoom { line: line_id(0), minutes: 4 * HOUR }]);
}

#[test]
fn steps_of_one_route_take_their_shares_of_a_pool_from_each_other() {
    let calendar = Arc::new(Calendar::compile(always_open(), &world::holidays(), horizon()));
    let second = |capacity| {
        let draft = world::PoolDraft { cell: CellUnit::Day, capacity, used: Vec::new() };
        let lines = (0..2).map(|number| state(number, always_open(), matrix(), &[])).collect();
        let on = |number| step(vec![figures(number, 4 * HOUR)], 1, 0, None);
        let snapshot = snapshot(lines, vec![world::pool_state(&draft, &calendar)], route(vec![on(0), on(1)]));
        let wanted = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 4 * DAY });
        let found = search(&snapshot, &wanted, now()).expect("a fair request");
        (found.offers.get(0).expect("one").placement.starts()[1].1 - origin()) / HOUR
    };
    assert_eq!([second(1), second(2)], [48, 28], "on the next day, or right behind");
}

#[test]
fn a_window_that_ends_with_the_notice_is_outside_the_horizon() {
    let mut snapshot = one_step(state(0, always_open(), matrix(), &[]), HOUR);
    let policy = Policy { min_notice: DAY, horizon: 9 * DAY, ..Default::default() };
    snapshot.policies.insert(PLATFORM, Arc::new(policy));
    let until = |end| {
        let wanted = request(product(1), 1, Interval { start: origin(), end });
        search(&snapshot, &wanted, origin() * 60).map(|found| found.offers.len())
    };
    let (earliest, latest) = (origin() + DAY, origin() + 9 * DAY);
    assert_eq!(until(earliest), Err(Refusal::WindowOutsideHorizon { earliest, latest }));
    assert_eq!(until(earliest + HOUR), Ok(1));
}

#[test]
fn behind_a_closure_too_a_later_step_can_keep_the_line_clean() {
    // Behind the closure the row at 40 needs an end at 28 at the earliest: what stands ahead of the closure alone
    // leaves it none, and with a second step behind the closure it does.
    let mut held = matrix();
    held.clean_hold = Some(10 * HOUR);
    held.reclean = Changeover { crew: 30 * HOUR, wait: 0 };
    let rows = [busy(3, 4, 2), closed(19, 20, 2), busy(40, 41, 3)];
    let line = || vec![state(0, always_open(), held.clone(), &rows)];
    let one = || step(vec![figures(0, HOUR)], 0, 0, None);
    assert_eq!(offered(&snapshot_of(line(), vec![one()]), (6, 36)), [27]);
    assert_eq!(offered(&snapshot_of(line(), vec![one(), one()]), (6, 36)), [22, 6]);
}

#[test]
fn where_a_pool_is_not_on_record_nothing_is_offered() {
    let horizon = Interval { end: origin() + 5 * DAY, ..horizon() };
    let calendar = Arc::new(Calendar::compile(always_open(), &world::holidays(), horizon));
    let draft = world::PoolDraft { cell: CellUnit::Day, capacity: 1, used: Vec::new() };
    let lines = vec![state(0, always_open(), matrix(), &[])];
    let steps = vec![step(vec![figures(0, HOUR)], 1, 0, None)];
    let snapshot = snapshot(lines, vec![world::pool_state(&draft, &calendar)], route(steps));
    assert_eq!(refusals(&snapshot, (6 * 24, 8 * 24)), [Refusal::OutsideCalendar { line: line_id(0) }]);
    assert_eq!(offered(&snapshot, (5 * 24 - 1, 8 * 24)), [5 * 24 - 1]);
}

#[test]
fn an_interval_holds_its_first_minute_and_not_its_end() {
    let interval = Interval { start: 5, end: 7 };
    assert_eq!([4, 5, 6, 7].map(|minute| interval.contains(minute)), [false, true, true, false]);
}

#[test]
fn an_offer_names_the_versions_of_all_that_it_was_decided_on() {
    let calendar = Arc::new(Calendar::compile(always_open(), &world::holidays(), horizon()));
    let draft = world::PoolDraft { cell: CellUnit::Day, capacity: 2, used: Vec::new() };
    let lines = vec![state(0, always_open(), matrix(), &[])];
    let both = || step(vec![figures(0, HOUR)], 1, 0, None);
    let pools = vec![world::pool_state(&draft, &calendar)];
    let snapshot = snapshot(lines, pools, route(vec![both(), both()]));
    let wanted = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 2 * DAY });
    let found = search(&snapshot, &wanted, now()).expect("a fair request");
    let offer = found.offers.get(0).expect("one");
    assert_eq!((offer.versions, offer.pools), (vec![(line_id(0), 1)], vec![(world::POOL, 1)]));
}

#[test]
fn a_swap_is_for_the_partner_s_time_and_not_for_that_beside_it() {
    // Right before the partner's campaign there is no time for the changeover: what ends there takes none of its hours.
    let rows = [busy(12, 16, 1), busy(30, 34, 2)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    let (offered, partner) = (movable(1, (12, 16), (4, 60)), movable(2, (30, 34), (4, 60)));
    let wanted = |from: i64, until: i64| {
        let wanted = Interval { start: origin() + from * HOUR, end: origin() + until * HOUR };
        swaps(&snapshot, &offered, wanted, std::slice::from_ref(&partner), now(), 3).all.len()
    };
    assert_eq!([wanted(25, 30), wanted(25, 31), wanted(27, 32)], [0, 1, 1]);
}

#[test]
fn an_alternative_differs_by_its_time_its_lines_or_its_platform() {
    let mut snapshot = two_steps(0, None, &[]);
    let abroad = Route {
        id: RouteId(Uuid::from_u128(22)),
        platform: PlatformId(Uuid::from_u128(99)),
        ..(*snapshot.routes[0]).clone()
    };
    snapshot.routes.push(Arc::new(abroad.clone()));
    let wish = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 3 * DAY });
    let offer = search(&snapshot, &wish, now()).expect("a fair request").offers.get(0).expect("one");
    let mut steps = offer.placement.starts();
    let wanted = |steps: &[(LineId, Minute)]| alternatives::Wanted { route: ROUTE, steps: steps.to_vec() };
    let known = Known::default();
    let kind = |offer: &Offer, steps: &[(LineId, Minute)]| {
        let mut setups = Setups::new(&snapshot, &wish, &known, now());
        alternatives::alternatives(&mut setups, [offer.clone()], &wanted(steps), 1)[0].kind
    };
    assert_eq!(kind(&offer, &steps), alternatives::Kind::AsNow);
    steps[1].1 -= 30;
    assert_eq!(kind(&offer, &steps), alternatives::Kind::Later);
    steps[1].0 = line_id(9);
    assert_eq!(kind(&offer, &steps), alternatives::Kind::AnotherLine);
    let mut elsewhere = offer;
    elsewhere.placement.route = abroad.id;
    assert_eq!(kind(&elsewhere, &steps), alternatives::Kind::AnotherPlatform);
}

#[test]
fn what_a_later_step_holds_back_to_the_wanted_time_is_not_sooner() {
    // The second line is busy until 60, so that with four hours of lag the first step can't start before 55.
    let snapshot = two_steps(0, Some(4 * HOUR), &[Occupancy { line: line_id(1), ..busy(3, 60, 2) }]);
    let wanted = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 4 * DAY });
    let starts = |at: i64| -> Vec<i64> {
        let found = around(&snapshot, &wanted, origin() + at * HOUR, now());
        found.iter().map(|offer| (offer.placement.starts()[0].1 - origin()) / HOUR).collect()
    };
    assert_eq!([starts(55), starts(57)], [vec![55], vec![57, 56]]);
}

#[test]
fn a_form_is_told_by_its_code_and_has_its_standard_term_if_there_is_one() {
    let term = |code| offering::find(code).map(|form| (form.en, form.edqm));
    assert_eq!(term("TAB"), Some(("tablet", Some(10_219_000))));
    assert_eq!(term("CELL"), Some(("cell product", None)));
    assert_eq!(term("XYZ"), None);
}
