//! The checker finds what is wrong: one clean plan, spoilt one thing at a time.

use domain::{
    BookingId, ClassId, Interval, LineId, OccupancyId, PoolId,
    availability::{PlacedStep, Placement},
    calendar::{DAY, Holidays, Pattern, Shift},
    changeover::{CampaignCap, Changeover, ClassRule, Matrix, MatrixCell, Relation},
    checker::{CampaignPlan, LinePlan, Plan, PoolPlan, Violation, cells, verify},
    hazard::{Hazard, HazardProfile},
    occupancy::{Kind, Link, Occupancy},
    offering::Unit,
    request::Request,
    resource::{CellUnit, Line, Pool},
    route::{Figures, Route, Running},
};
use uuid::Uuid;

use crate::world::{self, POOL, ROUTE, line, line_id, origin, product, request, route, step};

const HOUR: i64 = 60;

/// Two campaigns of product 1 and 2 on one day-shift line, both booked on the same route.
#[derive(Clone)]
struct Fixture {
    line: Line,
    matrix: Matrix,
    pattern: Pattern,
    rows: Vec<Occupancy>,
    pool: Pool,
    route: Route,
    bookings: Vec<(Request, Placement)>,
    outages: Vec<Interval>,
}

fn id(number: u128) -> OccupancyId {
    OccupancyId(Uuid::from_u128(number))
}

fn hours(from: i64, until: i64) -> Interval {
    Interval { start: origin() + from * HOUR, end: origin() + until * HOUR }
}

fn fixture() -> Fixture {
    let changeover = Changeover { crew: 2 * HOUR, wait: 0 };
    let cell = |relation| MatrixCell { leaves: ClassId(0), needs: ClassId(0), relation, changeover };
    let matrix = Matrix {
        id: domain::MatrixId(Uuid::nil()),
        version: 1,
        code: "m".into(),
        name: world::text("m"),
        classes: Vec::new(),
        rules: Vec::<ClassRule>::new(),
        cells: vec![cell(Relation::Same), cell(Relation::Other)],
        clean_hold: None,
        reclean: Changeover { crew: 3 * HOUR, wait: 0 },
        cap: None,
        initial: ClassId(0),
    };
    let pattern = Pattern {
        id: domain::CalendarId(Uuid::nil()),
        code: "day".into(),
        name: world::text("day"),
        week: std::array::from_fn(|_| vec![Shift { start: 480, end: 960 }]),
        observes_holidays: true,
        working_weekend_as: 0,
    };
    let head = Occupancy::head(id(1), line_id(0), origin(), ClassId(0));
    let mut rows = vec![head];
    // Ten to two on Monday; the line is clean again on the same day at four, and the next starts on Tuesday.
    for (number, interval) in [(2, hours(10, 14)), (3, hours(32, 36))] {
        let ahead = rows[rows.len() - 1];
        rows.push(Occupancy {
            id: id(number),
            kind: Kind::Campaign,
            interval,
            needs: Some(ClassId(0)),
            product: product(u8::try_from(number).expect("small") - 1),
            batches: 1,
            link: Some(Link {
                prev_end: ahead.interval.end,
                prev_leaves: ahead.leaves,
                prev_product: ahead.product,
                version: 1,
                relation: Relation::Other,
                setup: 2 * HOUR,
            }),
            ..head
        });
    }
    let figures = Figures { line: line_id(0), setup: HOUR, batch: 3 * HOUR, running: Running::Crew, wait: 0 };
    let booking = |row: &Occupancy| {
        let steps = vec![PlacedStep { line: line_id(0), interval: row.interval }];
        (request(row.product, 1, hours(0, 48)), Placement { route: ROUTE, steps })
    };
    Fixture {
        line: line(line_id(0), HOUR, None),
        matrix,
        pattern,
        bookings: rows[1..].iter().map(booking).collect(),
        rows,
        pool: Pool {
            id: POOL,
            platform: world::PLATFORM,
            code: "p".into(),
            name: world::text("p"),
            calendar: domain::CalendarId(Uuid::nil()),
            cell: CellUnit::Day,
            capacity: 1,
        },
        route: route(vec![step(vec![figures], 1, 0, None)]),
        outages: Vec::new(),
    }
}

/// What the checker says of the clean plan after `spoil`.
fn found(spoil: impl FnOnce(&mut Fixture)) -> Vec<Violation> {
    let mut plan = fixture();
    spoil(&mut plan);
    let holidays = Holidays::default();
    let lines = [LinePlan {
        line: &plan.line,
        matrix: &plan.matrix,
        pattern: &plan.pattern,
        rows: &plan.rows,
        outages: &plan.outages,
    }];
    let pools = [PoolPlan { pool: &plan.pool, pattern: &plan.pattern }];
    let booked = plan.bookings.iter().zip(0_u128..);
    let campaigns: Vec<_> = booked
        .map(|((request, placement), number)| CampaignPlan {
            booking: BookingId(Uuid::from_u128(number)),
            request,
            route: &plan.route,
            placement,
        })
        .collect();
    verify(&Plan { holidays: &holidays, lines: &lines, pools: &pools, campaigns: &campaigns })
}

const BOOKING: BookingId = BookingId(Uuid::nil());

#[test]
fn a_clean_plan_is_clean() {
    assert_eq!(found(|_| {}), []);
}

#[test]
fn rows_are_held_to_their_neighbours() {
    let done = Some(origin() + 10 * HOUR);
    assert_eq!(found(|plan| plan.rows[0].kind = Kind::Campaign), [Violation::Head { line: line_id(0) }]);
    let overlap = found(|plan| plan.rows[2].interval.start = origin() + 13 * HOUR);
    assert!(overlap.contains(&Violation::Overlap { row: id(3), ahead: id(2) }), "{overlap:?}");
    let early = found(|plan| plan.rows[1].interval.start -= 1);
    assert!(early.contains(&Violation::Changeover { row: id(2), done }), "{early:?}");
    let foreign = found(|plan| plan.rows[1].line = LineId(Uuid::nil()));
    assert!(foreign.contains(&Violation::Malformed { row: id(2) }));
    let unlinked = found(|plan| plan.rows[2].link = None);
    assert!(unlinked.contains(&Violation::Link { row: id(3) }));
    let skipped = found(|plan| {
        plan.rows[2].link = plan.rows[1].link;
    });
    assert!(skipped.contains(&Violation::Link { row: id(3) }));
    assert!(found(|plan| plan.matrix.cells.clear()).contains(&Violation::Forbidden { row: id(2) }));
    let cheap = found(|plan| plan.rows[2].link.as_mut().expect("linked").setup = 0);
    assert_eq!(cheap, [Violation::Setup { row: id(3) }]);
    // 18 hours idle, of which two clean ones are followed by none.
    let held = found(|plan| plan.matrix.clean_hold = Some(15 * HOUR));
    assert_eq!(held, [Violation::CleanHold { row: id(3) }]);
    assert_eq!(found(|plan| plan.matrix.clean_hold = Some(16 * HOUR)), []);
    let full_clean = Changeover { crew: 5 * HOUR, wait: 0 };
    let cap = CampaignCap { max_batches: Some(1), max_minutes: None, full_clean };
    let run = found(|plan| {
        plan.matrix.cap = Some(cap);
        plan.rows[2].product = product(1);
        plan.rows[2].link.as_mut().expect("linked").relation = Relation::Same;
        plan.bookings[1].0.product = product(1);
    });
    assert_eq!(run, [Violation::CampaignCap { first: id(2) }]);
    let closure = found(|plan| {
        plan.rows[2].kind = Kind::Closure;
        plan.bookings.pop();
    });
    assert_eq!(closure, [Violation::Carried { row: id(3) }]);
}

#[test]
fn campaigns_stand_where_the_line_is_up() {
    // The first ends at two, the next starts on Tuesday at eight.
    assert_eq!(found(|plan| plan.outages = vec![hours(14, 32)]), []);
    assert_eq!(found(|plan| plan.outages = vec![hours(13, 20)]), [Violation::Down { row: id(2) }]);
    assert_eq!(found(|plan| plan.outages = vec![hours(20, 33)]), [Violation::Down { row: id(3) }]);
}

#[test]
fn bookings_are_held_to_their_routes_and_requests() {
    let at = |violation: fn(BookingId) -> Violation| [violation(BOOKING)];
    let capability = at(|booking| Violation::Capability { booking, step: 0 });
    assert_eq!(found(|plan| plan.bookings[0].0.batch_size = 1), capability);
    assert_eq!(found(|plan| plan.bookings[0].0.gmp = true), capability);
    let window = at(|booking| Violation::Window { booking, step: 0 });
    assert_eq!(found(|plan| plan.bookings[0].0.window.end = origin() + 14 * HOUR - 1), window);
    let route = at(|booking| Violation::Route { booking });
    assert_eq!(found(|plan| plan.bookings[0].1.steps.clear()), route);
    let interval = hours(10, 14);
    let not_held = at(|booking| Violation::NotHeld { booking, step: 0, interval: hours(10, 14) });
    assert_eq!(found(|plan| plan.rows[1].batches = 2), not_held);
    let length = found(|plan| {
        plan.bookings[0].1.steps[0].interval.end += 1;
    });
    assert!(
        length.contains(&Violation::Length { booking: BOOKING, step: 0, due: Some(interval.end) }),
        "{length:?}"
    );
    let askew = found(|plan| plan.bookings[0].1.steps[0].interval.start += 1);
    assert!(askew.contains(&Violation::Granularity { booking: BOOKING, step: 0 }), "{askew:?}");
    let second = |min: i64, max: i64| {
        found(|plan| {
            let mut later = plan.route.steps[0].clone();
            (later.min_lag, later.max_lag) = (min * HOUR, Some(max * HOUR));
            plan.route.steps.push(later);
            let placed = PlacedStep { line: line_id(0), interval: hours(32, 36) };
            plan.bookings[0].1.steps.push(placed);
            plan.rows[2].product = product(1);
            plan.rows[2].link.as_mut().expect("linked").relation = Relation::Same;
            plan.bookings.truncate(1);
        })
    };
    let minutes = 18 * HOUR;
    assert_eq!(second(18, 18), []);
    assert_eq!(second(19, 20), [Violation::Lag { booking: BOOKING, step: 1, minutes }]);
    assert_eq!(second(1, 17), [Violation::Lag { booking: BOOKING, step: 1, minutes }]);
    assert_eq!(interval.minutes(), 4 * HOUR);
}

#[test]
fn pools_are_counted_cell_by_cell() {
    let pool: PoolId = POOL;
    let crowded = found(|plan| {
        // One booking's time twice: the row is there, the share isn't.
        let again = plan.bookings[0].clone();
        plan.bookings.push(again);
    });
    assert_eq!(crowded, [Violation::Pool { pool, cell: origin(), used: 2 }]);
    let by_shift = found(|plan| {
        plan.pool.cell = CellUnit::Shift;
        plan.pool.capacity = 0;
    });
    let cell = |day: i64| origin() + day * DAY + 8 * HOUR;
    assert_eq!(by_shift, [0, 1].map(|day| Violation::Pool { pool, cell: cell(day), used: 1 }));
}

#[test]
fn work_begins_while_somebody_is_there() {
    // At seven the crew is not there yet: four hours of its work would be done at noon.
    let early = |setup: i64| {
        found(|plan| {
            plan.route.steps[0].lines[0].setup = setup;
            plan.route.steps[0].lines[0].batch = 4 * HOUR - setup;
            plan.bookings[0].1.steps[0].interval = hours(7, 12);
        })
    };
    let unattended = Violation::Length { booking: BOOKING, step: 0, due: None };
    for setup in [0, HOUR] {
        assert!(early(setup).contains(&unattended), "{setup}");
    }
    let set_up = found(|plan| {
        plan.route.steps[0].lines[0].running = Running::Unattended;
        plan.bookings[0].1.steps[0].interval = hours(7, 12);
    });
    assert!(set_up.contains(&unattended), "what runs by itself is set up by somebody: {set_up:?}");
    // At four in the afternoon it has just left.
    let late = found(|plan| plan.bookings[0].1.steps[0].interval = hours(16, 36));
    assert!(late.contains(&unattended), "{late:?}");
    // What there is nothing to do for needs nobody.
    let idle = found(|plan| {
        (plan.route.steps[0].lines[0].setup, plan.route.steps[0].lines[0].batch) = (0, 0);
        plan.bookings[0].1.steps[0].interval = hours(7, 7);
    });
    assert!(!idle.contains(&unattended), "{idle:?}");
}

#[test]
fn starts_are_counted_from_plant_midnight() {
    // Ten o'clock and eight o'clock: neither is a multiple of six hours.
    let askew = found(|plan| plan.line.granularity = 6 * HOUR);
    let of = |number| Violation::Granularity { booking: BookingId(Uuid::from_u128(number)), step: 0 };
    assert_eq!(askew, [of(0), of(1)]);
}

#[test]
fn a_line_has_one_head() {
    let two = found(|plan| plan.rows[1].kind = Kind::Head);
    assert!(two.contains(&Violation::Head { line: line_id(0) }), "{two:?}");
}

#[test]
fn a_row_keeps_the_distance_that_its_link_remembers() {
    let close = found(|plan| plan.rows[2].link.as_mut().expect("linked").setup = 19 * HOUR);
    let done = Some(origin() + 33 * HOUR);
    assert_eq!(close, [Violation::Changeover { row: id(3), done }, Violation::Setup { row: id(3) }]);
}

#[test]
fn a_run_is_as_long_as_from_its_first_start_to_its_last_end() {
    let run = |most: i64| {
        found(|plan| {
            let full_clean = Changeover { crew: 5 * HOUR, wait: 0 };
            let max_minutes = Some(most * HOUR);
            plan.matrix.cap = Some(CampaignCap { max_batches: None, max_minutes, full_clean });
            plan.rows[2].product = product(1);
            plan.rows[2].link.as_mut().expect("linked").relation = Relation::Same;
            plan.bookings[1].0.product = product(1);
        })
    };
    assert_eq!(run(26), []);
    assert_eq!(run(25), [Violation::CampaignCap { first: id(2) }]);
}

#[test]
fn what_only_touches_a_cell_claims_nothing_of_it() {
    let plan = fixture();
    let pool = PoolPlan { pool: &plan.pool, pattern: &plan.pattern };
    let touched = |from, until| cells(&pool, &Holidays::default(), hours(from, until));
    assert_eq!(touched(10, 24), [hours(0, 24)]);
    assert_eq!(touched(24, 30), [hours(24, 48)]);
    // A night shift belongs to the evening on which it begins.
    let mut by_night = fixture();
    by_night.pool.cell = CellUnit::Shift;
    by_night.pattern.week = std::array::from_fn(|_| vec![Shift { start: 1320, end: 1800 }]);
    let pool = PoolPlan { pool: &by_night.pool, pattern: &by_night.pattern };
    assert_eq!(cells(&pool, &Holidays::default(), hours(27, 29)), [hours(22, 30)]);
}

#[test]
fn a_row_holds_a_booking_by_all_that_it_is() {
    let not_held = Violation::NotHeld { booking: BOOKING, step: 0, interval: hours(10, 14) };
    let cleaning = found(|plan| plan.rows[1].kind = Kind::Cleaning);
    assert!(cleaning.contains(&not_held), "{cleaning:?}");
    let foreign = found(|plan| plan.rows[1].product = product(9));
    assert!(foreign.contains(&not_held), "{foreign:?}");
    let elsewhere = found(|plan| plan.rows[1].interval = hours(10, 13));
    assert!(elsewhere.contains(&not_held), "{elsewhere:?}");
    let capability = Violation::Capability { booking: BOOKING, step: 0 };
    let other_unit = found(|plan| plan.bookings[0].0.unit = Unit::Litre);
    assert!(other_unit.contains(&capability), "{other_unit:?}");
    let other_form = found(|plan| plan.line.capabilities[0].offering = "CAPH".into());
    assert!(other_form.contains(&capability), "{other_form:?}");
}

#[test]
fn a_link_says_whether_its_two_rows_are_of_one_product() {
    let wrong = found(|plan| plan.rows[2].link.as_mut().expect("linked").relation = Relation::Same);
    assert_eq!(wrong, [Violation::Link { row: id(3) }]);
}

#[test]
fn a_reclean_of_no_length_is_done_when_it_is_wanted() {
    let at_once = found(|plan| {
        plan.matrix.clean_hold = Some(0);
        plan.matrix.reclean = Changeover { crew: 0, wait: 0 };
    });
    assert_eq!(at_once, []);
}

#[test]
fn dedicated_equipment_is_held_to_what_it_is_dedicated_to() {
    let run = |dedicated_to: Hazard, tags: &[Hazard]| {
        found(|plan| {
            plan.line.admits =
                [Hazard::BetaLactam, Hazard::Penicillin, Hazard::Hormone, Hazard::SexHormone].into();
            plan.line.dedicated_to = Some(dedicated_to);
            for (request, _) in &mut plan.bookings {
                request.hazards =
                    HazardProfile::Classified { tags: tags.iter().copied().collect(), oeb: None };
            }
        })
        .len()
    };
    for hazard in [Hazard::BetaLactam, Hazard::Hormone, Hazard::Penicillin, Hazard::SexHormone] {
        assert_eq!(run(hazard, &[hazard]), 0, "{hazard:?}");
    }
    assert_eq!(run(Hazard::Penicillin, &[Hazard::Penicillin, Hazard::BetaLactam]), 0);
    assert_eq!(run(Hazard::SexHormone, &[Hazard::SexHormone, Hazard::Hormone]), 0);
    assert_eq!(run(Hazard::BetaLactam, &[Hazard::BetaLactam, Hazard::Penicillin]), 2, "both bookings");
    assert_eq!(run(Hazard::Hormone, &[Hazard::Hormone, Hazard::SexHormone]), 2);
}
