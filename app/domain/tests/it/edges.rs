//! Equality edges, each named: what just fits, and what doesn't by one minute.

use std::sync::Arc;

use domain::{
    ClassId, Interval, Minute, OccupancyId, RouteId,
    availability::{ATTEMPTS, PlacedStep, Placement, check, place, search, search_within, starts},
    calendar::{Calendar, DAY, Pattern},
    changeover::{CampaignCap, Changeover, Matrix, MatrixCell, Relation},
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    resource::Capability,
    route::{Figures, Route, RouteStep, Running},
    snapshot::{LineState, Snapshot},
};
use uuid::Uuid;

use crate::world::{
    self, PLATFORM, ROUTE, always_open, day_shift, horizon, line, line_id, now, origin, product, request,
    route, snapshot, step,
};

const HOUR: i64 = 60;

/// One class; two hours to another product, one to the same.
pub fn matrix() -> Matrix {
    let cell = |relation, crew| MatrixCell {
        leaves: ClassId(0),
        needs: ClassId(0),
        relation,
        changeover: Changeover { crew, wait: 0 },
    };
    Matrix {
        id: domain::MatrixId(Uuid::from_u128(5)),
        version: 1,
        code: "edge".into(),
        name: world::text("edge"),
        classes: Vec::new(),
        rules: vec![domain::changeover::ClassRule {
            any_hazard: Default::default(),
            oeb_at_least: None,
            offerings: Default::default(),
            needs: ClassId(0),
            leaves: ClassId(0),
        }],
        cells: vec![cell(Relation::Same, HOUR), cell(Relation::Other, 2 * HOUR)],
        clean_hold: None,
        reclean: Changeover { crew: 0, wait: 0 },
        cap: None,
        initial: ClassId(0),
    }
}

/// A campaign of product `of` at these hours after the origin.
pub fn busy(from: i64, until: i64, of: u8) -> Occupancy {
    let head = Occupancy::head(OccupancyId(Uuid::from_u128(from as u128 + 77)), line_id(0), 0, ClassId(0));
    Occupancy {
        kind: Kind::Campaign,
        interval: Interval { start: origin() + from * HOUR, end: origin() + until * HOUR },
        needs: Some(ClassId(0)),
        product: product(of),
        batches: 1,
        ..head
    }
}

pub fn closed(from: i64, until: i64, of: u8) -> Occupancy {
    Occupancy { kind: Kind::Closure, needs: None, batches: 0, ..busy(from, until, of) }
}

pub fn figures(number: usize, batch: i64) -> Figures {
    Figures { line: line_id(number), setup: 0, batch, running: Running::Crew, wait: 0 }
}

pub fn state(number: usize, pattern: Pattern, matrix: Matrix, rows: &[Occupancy]) -> LineState {
    let calendar = Arc::new(Calendar::compile(pattern, &world::holidays(), horizon()));
    let head = Occupancy::head(OccupancyId(Uuid::from_u128(9)), line_id(number), origin(), ClassId(0));
    let all = std::iter::once(head).chain(rows.iter().copied()).collect();
    LineState::new(Arc::new(line(line_id(number), HOUR, None)), Arc::new(matrix), calendar, 1, all)
}

pub fn one_step(state: LineState, batch: i64) -> Snapshot {
    snapshot(vec![state], Vec::new(), route(vec![step(vec![figures(0, batch)], 0, 0, None)]))
}

/// Hours after the origin at which a campaign of product 1 over `window` (in hours) may start.
pub fn hours(snapshot: &Snapshot, window: (i64, i64)) -> Vec<i64> {
    let window = Interval { start: origin() + window.0 * HOUR, end: origin() + window.1 * HOUR };
    starts(snapshot, &request(product(1), 1, window), ROUTE, line_id(0), now())
        .expect("the line can")
        .iter()
        .map(|start| (start - origin()) / HOUR)
        .collect()
}

#[test]
fn a_gap_of_exactly_changeover_and_campaign_and_changeover_fits() {
    // 10 to 18: two hours, four of work, two hours.
    let rows = [busy(4, 10, 2), busy(18, 20, 3)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    assert_eq!(hours(&snapshot, (4, 20)), [12]);
    let longer = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR + 1);
    assert!(hours(&longer, (4, 20)).is_empty());
}

#[test]
fn the_same_product_needs_less() {
    let rows = [busy(4, 10, 1), busy(18, 20, 1)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), 4 * HOUR);
    assert_eq!(hours(&snapshot, (4, 20)), [11, 12, 13]);
}

#[test]
fn a_changeover_of_nothing_lets_neighbours_touch() {
    let mut nothing = matrix();
    nothing.cells.iter_mut().for_each(|cell| cell.changeover.crew = 0);
    let rows = [busy(4, 10, 2), busy(14, 20, 3)];
    let snapshot = one_step(state(0, always_open(), nothing, &rows), 4 * HOUR);
    assert_eq!(hours(&snapshot, (4, 20)), [10]);
}

#[test]
fn a_window_holds_its_last_minute() {
    let free = || state(0, always_open(), matrix(), &[]);
    assert_eq!(hours(&one_step(free(), 4 * HOUR), (30, 34)), [30]);
    let mut wanted = request(product(1), 1, Interval { start: origin() + 1800, end: origin() + 2039 });
    assert_eq!(
        starts(&one_step(free(), 4 * HOUR), &wanted, ROUTE, line_id(0), now()),
        Err(Refusal::TooLong { minutes: 240 })
    );
    wanted.window.end += 1;
    assert_eq!(
        starts(&one_step(free(), 4 * HOUR), &wanted, ROUTE, line_id(0), now()),
        Ok(vec![origin() + 1800])
    );
}

/// What line 0 is refused for, free as it is.
fn alone_refused(mut snapshot: Snapshot, window: (i64, i64), notice: i64, now: i64) -> Vec<Refusal> {
    let policy = snapshot.policies.get(&PLATFORM).expect("a policy");
    let policy = domain::policy::Policy { min_notice: notice, ..(**policy).clone() };
    snapshot.policies.insert(PLATFORM, Arc::new(policy));
    let window = Interval { start: origin() + window.0 * HOUR, end: origin() + window.1 * HOUR };
    let found = search(&snapshot, &request(product(1), 1, window), now).expect("a fair request");
    assert!(found.offers.is_empty(), "there is an offer");
    found.refusals.into_iter().map(|refused| refused.refusal).collect()
}

#[test]
fn what_is_left_of_a_window_is_told_from_a_window_that_is_too_short() {
    let free = || one_step(state(0, always_open(), matrix(), &[]), 4 * HOUR);
    let seven = (origin() + 30 * HOUR) * 60;
    assert_eq!(alone_refused(free(), (31, 34), 0, now()), [Refusal::TooLong { minutes: 240 }]);
    // From 30 until 36 there are six hours; an hour's notice at 32 leaves three of them.
    let left = alone_refused(free(), (30, 36), HOUR, seven + 2 * HOUR * 60);
    assert_eq!(left, [Refusal::RestTooShort { earliest: origin() + 33 * HOUR, minutes: 240 }]);
    let placed = Placement {
        route: ROUTE,
        steps: vec![PlacedStep {
            line: line_id(0),
            interval: Interval { start: origin() + 30 * HOUR, end: origin() + 34 * HOUR },
        }],
    };
    let wanted = request(product(1), 1, Interval { start: origin() + 30 * HOUR, end: origin() + 36 * HOUR });
    let (soon, late) = (now(), seven + 3 * HOUR * 60);
    assert!(check(&free(), &wanted, &placed, soon).is_ok());
    let refused = check(&free(), &wanted, &placed, late).err();
    assert_eq!(refused, Some(Refusal::RestTooShort { earliest: origin() + 33 * HOUR, minutes: 240 }));
    // While as much is left as it takes, the place alone is too soon.
    let refused = check(&free(), &wanted, &placed, seven + 2 * HOUR * 60).err();
    assert_eq!(refused, Some(Refusal::TooSoon { earliest: origin() + 32 * HOUR }));
}

#[test]
fn a_free_line_on_which_the_window_has_too_little_crew_is_not_said_to_be_taken() {
    // A crew from 8 to 16: at 14 two hours are left of the day, and the other two are tomorrow's first.
    let day = || one_step(state(0, day_shift(), matrix(), &[]), 4 * HOUR);
    assert_eq!(
        alone_refused(day(), (14, 32), 0, now()),
        [Refusal::TooLong { minutes: 20 * HOUR }],
        "until 34 it would have taken"
    );
    assert_eq!(
        alone_refused(day(), (24, 35), 0, now()),
        [Refusal::RestTooShort { earliest: origin() + 32 * HOUR, minutes: 4 * HOUR }]
    );
    assert_eq!(alone_refused(day(), (17, 31), 0, now()), [Refusal::NoCrew { line: line_id(0) }]);
}

#[test]
fn an_offer_of_a_route_with_other_steps_is_stale() {
    let free = one_step(state(0, always_open(), matrix(), &[]), HOUR);
    let wanted = request(product(1), 1, Interval { start: origin(), end: origin() + DAY });
    assert_eq!(place(&free, &wanted, ROUTE, &[]), Err(Refusal::Stale));
    let empty = Placement { route: ROUTE, steps: Vec::new() };
    assert_eq!(check(&free, &wanted, &empty, now()).err(), Some(Refusal::Stale));
}

#[test]
fn cleaning_is_working_time() {
    // Ends 15:00, an hour before the crew leaves: the second hour of cleaning is tomorrow's first.
    let snapshot = one_step(state(0, day_shift(), matrix(), &[busy(10, 15, 2)]), HOUR);
    assert_eq!(hours(&snapshot, (10, 36)), [33, 34, 35]);
}

#[test]
fn a_closure_hides_no_changeover_and_cleans_nothing() {
    // The changeover from product 2 begins when the closure ends.
    let rows = [busy(4, 10, 2), closed(20, 24, 2), busy(30, 31, 3)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), HOUR);
    // Before the closure from 12 on, as close to it as you like; behind it from 26 to 27, to leave 28 to 30.
    assert_eq!(hours(&snapshot, (4, 32)), [12, 13, 14, 15, 16, 17, 18, 19, 26, 27]);
    // With less than two hours between closure and next row nothing of another product can stand ahead.
    let rows = [busy(4, 10, 3), closed(20, 24, 3), busy(25, 31, 3)];
    let snapshot = one_step(state(0, always_open(), matrix(), &rows), HOUR);
    assert!(hours(&snapshot, (4, 32)).is_empty());
}

#[test]
fn clean_hold_runs_out_after_its_last_minute() {
    let mut held = matrix();
    held.clean_hold = Some(10 * HOUR);
    held.reclean = Changeover { crew: 15 * HOUR, wait: 0 };
    // Clean at 6; clean until 16. A re-clean of 15 hours begun at 6 is done at 21.
    let snapshot = one_step(state(0, always_open(), held, &[busy(3, 4, 2)]), HOUR);
    let all = hours(&snapshot, (4, 24));
    assert_eq!(all, [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 21, 22, 23]);
}

#[test]
fn clean_hold_counts_for_the_row_behind_too() {
    let mut held = matrix();
    held.clean_hold = Some(10 * HOUR);
    held.reclean = Changeover { crew: 15 * HOUR, wait: 0 };
    let rows = [busy(3, 4, 2), busy(40, 41, 3)];
    let snapshot = one_step(state(0, always_open(), held, &rows), HOUR);
    // The row at 40 wants a line clean since 30 at the earliest, so an end at 28 or later; or a re-clean from 25 on,
    // so an end by 23. An end from 38 on leaves no time.
    let expected: Vec<i64> = (6..=16).chain(21..=22).chain(27..=37).collect();
    assert_eq!(hours(&snapshot, (4, 41)), expected);
}

#[test]
fn the_campaign_cap_counts_both_sides_and_a_full_clean_parts_them() {
    let mut capped = matrix();
    let full_clean = Changeover { crew: 6 * HOUR, wait: 0 };
    capped.cap = Some(CampaignCap { max_batches: Some(3), max_minutes: None, full_clean });
    // Three batches of product 1 without a full clean between any two: a fourth only after six hours.
    let rows = [busy(4, 5, 1), busy(8, 9, 1)];
    let two = one_step(state(0, always_open(), capped.clone(), &rows), HOUR);
    assert_eq!(hours(&two, (9, 17)), [10, 11, 12, 13, 14, 15, 16]);
    let rows = [busy(4, 5, 1), busy(8, 9, 1), busy(12, 13, 1)];
    let three = one_step(state(0, always_open(), capped.clone(), &rows), HOUR);
    assert_eq!(hours(&three, (9, 21)), [19, 20], "nor between them");
    let rows = [busy(4, 5, 1), busy(8, 9, 1), busy(40, 41, 1)];
    let mut tight = capped;
    tight.cap = Some(CampaignCap { max_batches: Some(2), max_minutes: None, full_clean });
    let between = one_step(state(0, always_open(), tight.clone(), &rows), HOUR);
    // From 15 on the run before is left behind; with the one at 40 it is two.
    assert_eq!(hours(&between, (9, 40)), (15..=38).collect::<Vec<_>>());
    tight.cap = Some(CampaignCap { max_batches: None, max_minutes: Some(10 * HOUR), full_clean });
    let timed = one_step(state(0, always_open(), tight, &[busy(4, 5, 1)]), HOUR);
    assert_eq!(hours(&timed, (5, 20)), [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
}

#[test]
fn what_exceeds_the_cap_by_itself_is_told_by_how_much() {
    let full_clean = Changeover { crew: 6 * HOUR, wait: 0 };
    let refused = |max_batches, max_minutes, batches| {
        let capped = Matrix { cap: Some(CampaignCap { max_batches, max_minutes, full_clean }), ..matrix() };
        let snapshot = one_step(state(0, always_open(), capped, &[]), HOUR);
        let asked = request(product(1), batches, horizon());
        let outcome = search(&snapshot, &asked, now()).expect("a fair request");
        outcome.refusals.first().map(|refused| refused.refusal.clone())
    };
    let line = line_id(0);
    assert_eq!(refused(Some(3), None, 3), None);
    assert_eq!(refused(Some(3), None, 4), Some(Refusal::TooManyBatches { line, max: 3 }));
    assert_eq!(refused(None, Some(3 * HOUR), 3), None);
    let (minutes, max) = (4 * HOUR, 3 * HOUR);
    assert_eq!(refused(None, Some(max), 4), Some(Refusal::LongerThanCap { line, minutes, max }));
}

#[test]
fn the_gap_of_a_run_counts_from_the_end_of_a_closure() {
    let mut capped = matrix();
    let full_clean = Changeover { crew: 6 * HOUR, wait: 0 };
    capped.cap = Some(CampaignCap { max_batches: Some(1), max_minutes: None, full_clean });
    // The row at 40 is five hours behind the closure: nothing of its product can stand ahead, however far. Behind the
    // row, six hours clean it.
    let rows = [closed(34, 35, 0), busy(40, 41, 1)];
    let near = one_step(state(0, always_open(), capped.clone(), &rows), HOUR);
    assert_eq!(hours(&near, (4, 49)), [47, 48]);
    // Six hours behind it is clean, whatever comes right ahead of the closure.
    let rows = [closed(33, 34, 0), busy(40, 41, 1)];
    let far = one_step(state(0, always_open(), capped, &rows), HOUR);
    assert_eq!(hours(&far, (30, 49)), [30, 31, 32, 47, 48]);
}

pub fn two_steps(min: i64, max: Option<i64>, rows: &[Occupancy]) -> Snapshot {
    let lines = vec![state(0, always_open(), matrix(), &[]), state(1, always_open(), matrix(), rows)];
    let steps: Vec<RouteStep> =
        vec![step(vec![figures(0, 3 * HOUR)], 0, 0, None), step(vec![figures(1, 5 * HOUR)], 0, min, max)];
    snapshot(lines, Vec::new(), route(steps))
}

#[test]
fn lag_bounds_are_inclusive() {
    let snapshot = two_steps(2 * HOUR, Some(4 * HOUR), &[]);
    let wanted = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 4 * DAY });
    let fits = |lag: i64| {
        let first: Minute = origin() + DAY;
        let chain = [(line_id(0), first), (line_id(1), first + 3 * HOUR + lag * HOUR)];
        let placement = place(&snapshot, &wanted, ROUTE, &chain)?;
        check(&snapshot, &wanted, &placement, now())
    };
    assert!(matches!(fits(1), Err(Refusal::LagTooShort { step: 1, minutes: 60, min: 120 })));
    assert!(fits(2).is_ok());
    assert!(fits(4).is_ok());
    assert!(matches!(fits(5), Err(Refusal::LagTooLong { step: 1, minutes: 300, max: 240 })));
}

#[test]
fn a_late_second_step_pushes_the_first() {
    // The second line is busy until hour 60: with at most 4 hours of lag the first step can't start before 55.
    let rows = [Occupancy { line: line_id(1), ..busy(3, 60, 2) }];
    let snapshot = two_steps(0, Some(4 * HOUR), &rows);
    let wanted = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 4 * DAY });
    let found = search(&snapshot, &wanted, now()).expect("a fair request");
    assert_eq!(found.offers.len(), 1);
    let offer = &found.offers.get(0).expect("one");
    let hours: Vec<_> = offer
        .placement
        .steps
        .iter()
        .map(|step| ((step.interval.start - origin()) / HOUR, (step.interval.end - origin()) / HOUR))
        .collect();
    assert_eq!(hours, [(55, 58), (62, 67)]);
    assert_eq!((offer.cost.finish, offer.cost.waiting), (43 * HOUR, 4 * HOUR));
    assert_eq!(offer.versions, [(line_id(0), 1), (line_id(1), 1)]);
    assert_eq!(check(&snapshot, &wanted, &offer.placement, now()).as_ref(), Ok(offer));
}

/// Line 0 between a row at 3 and one at 40, which wants it clean: an end at 23 at the latest or at 28 at the earliest.
/// The second step may run there too, or on line 1, which is free.
fn held_line(min_lag: i64) -> Snapshot {
    let mut held = matrix();
    held.clean_hold = Some(10 * HOUR);
    held.reclean = Changeover { crew: 15 * HOUR, wait: 0 };
    let rows = [busy(3, 4, 2), busy(40, 41, 3)];
    let lines = vec![state(0, always_open(), held, &rows), state(1, always_open(), matrix(), &[])];
    let second = step(vec![figures(0, HOUR), figures(1, HOUR)], 0, min_lag * HOUR, None);
    snapshot(lines, Vec::new(), route(vec![step(vec![figures(0, HOUR)], 0, 0, None), second]))
}

/// The steps, as line and start in hours, of the offer that starts first in the window from hour 23 on.
fn first_offer(snapshot: &Snapshot) -> Vec<(domain::LineId, i64)> {
    let window = Interval { start: origin() + 23 * HOUR, end: origin() + 60 * HOUR };
    let wanted = request(product(1), 1, window);
    let found = search(snapshot, &wanted, now()).expect("a fair request");
    let offer = found.offers.iter().min_by_key(|offer| offer.placement.starts()[0].1).expect("an offer");
    assert_eq!(check(snapshot, &wanted, &offer.placement, now()).as_ref(), Ok(&offer));
    offer.placement.starts().iter().map(|(line, start)| (*line, (start - origin()) / HOUR)).collect()
}

#[test]
fn two_steps_that_fit_only_together_are_offered() {
    // Alone at 23 the first would leave the row at 40 without a clean line; the second at 27 mends that.
    assert_eq!(hours(&held_line(0), (23, 41))[0], 27);
    assert_eq!(first_offer(&held_line(0)), [(line_id(0), 23), (line_id(0), 27)]);
    // On line 1 the second mends nothing.
    let snapshot = held_line(0);
    let window = Interval { start: origin() + 23 * HOUR, end: origin() + 60 * HOUR };
    let wanted = request(product(1), 1, window);
    let chain = [(line_id(0), origin() + 23 * HOUR), (line_id(1), origin() + 27 * HOUR)];
    let placement = place(&snapshot, &wanted, ROUTE, &chain).expect("both lines can");
    let refused = check(&snapshot, &wanted, &placement, now());
    assert!(matches!(refused, Err(Refusal::RecleanAfter { .. })), "{refused:?}");
}

#[test]
fn steps_that_meet_are_tried_from_every_start() {
    // Fifteen hours apart the second comes too late to mend it, so the first has to wait until it needs none.
    assert_eq!(first_offer(&held_line(15)), [(line_id(0), 27), (line_id(0), 43)]);
}

#[test]
fn a_search_that_is_cut_short_says_so() {
    let snapshot = two_steps(0, None, &[]);
    let wanted = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 4 * DAY });
    let within = |attempts| search_within(&snapshot, &wanted, now(), attempts).expect("a fair request");
    let refusals = |attempts| -> Vec<_> {
        within(attempts).refusals.into_iter().map(|refused| refused.refusal).collect()
    };
    assert_eq!(refusals(0), [Refusal::SearchCutShort { line: line_id(0) }]);
    assert!(within(0).offers.is_empty());
    assert_eq!(refusals(1), []);
    assert_eq!(within(1), within(ATTEMPTS));
    // With offers and without all of them: two gaps, and attempts for one.
    let rows = [Occupancy { line: line_id(0), ..busy(40, 44, 2) }];
    let lines = vec![state(0, always_open(), matrix(), &rows), state(1, always_open(), matrix(), &[])];
    let steps = vec![step(vec![figures(0, HOUR)], 0, 0, None), step(vec![figures(1, HOUR)], 0, 0, None)];
    let snapshot = snapshot_of(lines, steps);
    let found = search_within(&snapshot, &wanted, now(), 1).expect("a fair request");
    assert_eq!((found.offers.len(), found.refusals.len()), (1, 1));
    assert_eq!(found.refusals[0].refusal, Refusal::SearchCutShort { line: line_id(0) });
    assert_eq!(search(&snapshot, &wanted, now()).expect("a fair request").offers.len(), 2);
}

#[test]
fn no_room_is_told_from_no_room_for_a_later_step() {
    // Line 0 is taken but for three hours, of which the changeovers take all.
    let rows = [busy(3, 30, 2), busy(33, 96, 3)];
    let short = one_step(state(0, always_open(), matrix(), &rows), 2 * HOUR);
    let wanted = request(product(1), 1, Interval { start: origin() + DAY, end: origin() + 4 * DAY });
    let refusals = |snapshot: &Snapshot| -> Vec<_> {
        let found = search(snapshot, &wanted, now()).expect("a fair request");
        found.refusals.into_iter().map(|refused| refused.refusal).collect()
    };
    assert_eq!(refusals(&short), [Refusal::NoRoom { line: line_id(0), minutes: 2 * HOUR }]);
    // The first step has to end by 30, the second has no room before 64.
    let lines = vec![
        state(0, always_open(), matrix(), &[busy(32, 96, 2)]),
        state(1, always_open(), matrix(), &[Occupancy { line: line_id(1), ..busy(3, 62, 2) }]),
    ];
    let steps =
        vec![step(vec![figures(0, HOUR)], 0, 0, None), step(vec![figures(1, HOUR)], 0, 0, Some(4 * HOUR))];
    assert_eq!(refusals(&snapshot_of(lines, steps)), [Refusal::LaterStepUnplaced { step: 1 }]);
}

pub fn snapshot_of(lines: Vec<LineState>, steps: Vec<RouteStep>) -> Snapshot {
    snapshot(lines, Vec::new(), route(steps))
}

#[test]
fn a_hold_is_free_from_the_second_it_expires() {
    let hold = Occupancy { expires_at: Some(1_000), ..busy(4, 60, 2) };
    let snapshot = one_step(state(0, always_open(), matrix(), &[hold]), HOUR);
    let window = Interval { start: origin() + 10 * HOUR, end: origin() + 11 * HOUR };
    let wanted = request(product(1), 1, window);
    let at = |second| starts(&snapshot, &wanted, ROUTE, line_id(0), second).map(|starts| starts.len());
    // Within the policy's horizon of the test world.
    let hold_at = |expires_at| {
        let hold = Occupancy { expires_at: Some(expires_at), ..hold };
        let snapshot = one_step(state(0, always_open(), matrix(), &[hold]), HOUR);
        starts(&snapshot, &wanted, ROUTE, line_id(0), now()).map(|starts| starts.len())
    };
    assert!(at(999).is_err(), "far beyond the horizon of the policy");
    assert_eq!(hold_at(now() + 1), Ok(0));
    assert_eq!(hold_at(now()), Ok(1));
}

#[test]
fn notice_and_horizon_bound_the_start() {
    let mut snapshot = one_step(state(0, always_open(), matrix(), &[]), HOUR);
    let policy = domain::policy::Policy { min_notice: DAY, horizon: 2 * DAY, ..Default::default() };
    snapshot.policies.insert(PLATFORM, Arc::new(policy));
    let wanted = request(product(1), 1, Interval { start: origin(), end: origin() + 9 * DAY });
    let at = |second| {
        let all = starts(&snapshot, &wanted, ROUTE, line_id(0), second).expect("the line can");
        (all.first().map(|start| start - origin()), all.last().map(|start| start - origin()))
    };
    assert_eq!(at(origin() * 60), (Some(DAY), Some(2 * DAY)));
    assert_eq!(at(origin() * 60 + 1), (Some(DAY + HOUR), Some(2 * DAY)), "a second late is an hour late");
    let placement: Placement =
        place(&snapshot, &wanted, ROUTE, &[(line_id(0), origin() + DAY - HOUR)]).expect("the line can");
    let refusal = check(&snapshot, &wanted, &placement, origin() * 60);
    assert_eq!(refusal, Err(Refusal::TooSoon { earliest: origin() + DAY }));
}

#[test]
fn impossible_requests_are_named() {
    let snapshot = one_step(state(0, always_open(), matrix(), &[]), HOUR);
    let window = Interval { start: origin() + DAY, end: origin() + 4 * DAY };
    let refused = |change: &dyn Fn(&mut domain::request::Request)| {
        let mut wanted = request(product(1), 1, window);
        change(&mut wanted);
        search(&snapshot, &wanted, now()).expect_err("an impossible request")
    };
    assert_eq!(refused(&|r| r.offering = "XYZ".into()), Refusal::UnknownOffering { code: "XYZ".into() });
    assert_eq!(refused(&|r| r.offering = "LYO".into()), Refusal::NotOffered { code: "LYO".into() });
    let elsewhere = domain::PlatformId(Uuid::from_u128(99));
    assert_eq!(refused(&|r| r.platform = Some(elsewhere)), Refusal::NotOfferedHere { code: "TAB".into() });
    let nowhere = |r: &mut domain::request::Request| {
        (r.offering, r.platform) = ("LYO".into(), Some(elsewhere));
    };
    assert_eq!(refused(&nowhere), Refusal::NotOffered { code: "LYO".into() });
    assert_eq!(refused(&|r| r.window.end = r.window.start), Refusal::WindowReversed);
    assert_eq!(refused(&|r| r.batches = 0), Refusal::NoBatches);
    assert_eq!(
        refused(&|r| r.hazards = domain::hazard::HazardProfile::Unclassified),
        Refusal::HazardUnclassified
    );
    for years in [-126, 7973] {
        let far = Interval { start: years * 525_960, end: years * 525_960 + DAY };
        assert!(matches!(refused(&|r| r.window = far), Refusal::WindowOutsideHorizon { .. }));
    }
    let endless = Interval { start: i64::MIN, end: i64::MAX };
    let wanted = domain::request::Request { window: endless, ..request(product(1), u32::MAX, window) };
    assert!(search(&snapshot, &wanted, now()).expect("absurd but possible").offers.is_empty());
}

#[test]
fn an_offer_costs_the_line_s_rate_for_each_charged_day() {
    // 08:00 to 16:00 a day: nine hours of crew work end on the second one.
    let snapshot = one_step(state(0, day_shift(), matrix(), &[]), 9 * HOUR);
    let window = Interval { start: origin(), end: origin() + 4 * DAY };
    let found = search(&snapshot, &request(product(1), 1, window), now()).expect("a possible request");
    let prices: Vec<i64> = found.offers.iter().map(|offer| offer.price_fen).collect();
    assert!(!prices.is_empty() && prices.iter().all(|price| *price == 20_000), "{prices:?}");
}

#[test]
fn what_needs_gmp_goes_on_no_other_line() {
    let needy = |gmp: bool| {
        let window = Interval { start: origin(), end: origin() + DAY };
        domain::request::Request { gmp, ..request(product(1), 1, window) }
    };
    let why = |gmp_line: bool, needs: bool| {
        let mut state = state(0, always_open(), matrix(), &[]);
        state.line = Arc::new(domain::resource::Line { gmp: gmp_line, ..(*state.line).clone() });
        let found = search(&one_step(state, HOUR), &needy(needs), now()).expect("a possible request");
        found.refusals.into_iter().map(|refused| refused.refusal).collect::<Vec<_>>()
    };
    assert_eq!(why(false, true), [Refusal::NotGmp { line: line_id(0) }]);
    assert_eq!([why(true, true), why(true, false), why(false, false)], [const { Vec::new() }; 3]);
}

#[test]
fn rows_overlap_from_their_start_to_before_their_end() {
    let state = state(0, always_open(), matrix(), &[busy(4, 10, 2), busy(18, 20, 3)]);
    let over = |from: i64, until: i64| {
        let interval = Interval { start: origin() + from * HOUR, end: origin() + until * HOUR };
        let hours = |row: &Occupancy| (row.interval.start - origin()) / HOUR;
        state.overlapping(interval).iter().map(hours).collect::<Vec<_>>()
    };
    assert_eq!(over(0, 4), [] as [i64; 0]);
    assert_eq!(over(0, 5), [4]);
    assert_eq!(over(10, 18), [] as [i64; 0]);
    assert_eq!(over(9, 19), [4, 18]);
    assert_eq!(over(-9000, 5), [4], "the head is none of them");
}

/// Another product of the same platform, on a route of its own.
pub const FILMS: RouteId = RouteId(Uuid::from_u128(22));

/// As the snapshot is, with lines that make films too, on a route of one step that uses so much of the pool.
pub fn with_films(mut snapshot: Snapshot, able: Vec<Figures>, amount: u32) -> Snapshot {
    for state in snapshot.lines.values_mut() {
        let line = Arc::make_mut(&mut Arc::make_mut(state).line);
        let own = line.capabilities[0].clone();
        line.capabilities.push(Capability { offering: "FCT".into(), ..own });
    }
    let films = Route { id: FILMS, offering: "FCT".into(), ..route(vec![step(able, amount, 0, None)]) };
    snapshot.routes.push(Arc::new(films));
    snapshot
}
