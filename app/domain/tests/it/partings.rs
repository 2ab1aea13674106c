//! Campaigns that are parted for an outage: both parts stand by the checker, as many batches stay as can, at the stated
//! cost, and what has run isn't touched.

use domain::{
    Interval, Minutes,
    availability::{PlacedStep, Placement, place, search},
    calendar::{DAY, Pattern, Shift},
    changeover::{Changeover, Matrix},
    refusal::Refusal,
    request::Request,
    resolve::{
        alternatives::ANOTHER_LINE,
        parted::{parted, verify},
        split::SPLIT,
    },
    route::{Figures, Running},
};
use proptest::{prelude::*, strategy::ValueTree};

use crate::{
    plant::Plant,
    world::{ROUTE, figures, line_id, matrix, now, origin, pattern, product, request},
};

const HOUR: Minutes = 60;

#[derive(Clone, Debug)]
pub struct Town {
    pub pattern: Pattern,
    pub matrix: Matrix,
    pub figures: [Figures; 2],
    two_steps: bool,
    pub capacity: Option<u32>,
    pub booked: Vec<(u8, i64, usize)>,
    pub batches: u32,
    pub offer: usize,
    /// How far into the campaign the line fails, in percent, for how long, and on which step.
    pub fails: (i64, i64, bool),
    /// How far into it it is now, if it runs.
    pub runs: Option<i64>,
}

pub fn always(pattern: Pattern) -> Pattern {
    let week = std::array::from_fn(|_| vec![Shift { start: 0, end: 1440 }]);
    Pattern { week, observes_holidays: false, ..pattern }
}

pub fn town() -> impl Strategy<Value = Town> {
    let busy = || {
        (figures(), prop::sample::select(vec![200, 400, 700]))
            .prop_map(|(figures, batch)| Figures { batch, ..figures })
    };
    let booked = prop::collection::vec((1..4_u8, 0..8 * DAY, 0..4_usize), 0..5);
    let campaign = (2..7_u32, 0..4_usize);
    let fails = (0..100_i64, 1..3 * DAY, any::<bool>());
    let runs = prop::option::of(0..100_i64);
    let plant =
        (pattern(), matrix(), [busy(), busy()], any::<bool>(), prop::option::of(1..3_u32), any::<bool>());
    (plant, booked, campaign, fails, runs).prop_map(
        |((pattern, matrix, figures, two_steps, capacity, easy), booked, (batches, offer), fails, runs)| {
            let pattern = if easy { always(pattern) } else { pattern };
            Town { pattern, matrix, figures, two_steps, capacity, booked, batches, offer, fails, runs }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, ..ProptestConfig::default() })]

    #[test]
    fn both_parts_stand_and_what_has_run_stays(town in town()) {
        let mut plant = Plant::new(town.pattern.clone(), town.matrix.clone(), town.figures, town.two_steps);
        if let Some(capacity) = town.capacity {
            plant.share_pool(capacity);
        }
        for (product, from, offer) in &town.booked {
            plant.book(*product, *from, *offer, false);
        }
        let window = Interval { start: origin(), end: origin() + 12 * DAY };
        let wish = request(product(7), town.batches, window);
        let found = search(plant.snapshot(), &wish, now()).expect("a fair request").offers;
        let Some(offer) = found.get(town.offer % found.len().max(1)) else { return Ok(()) };
        plant.place(wish.clone(), &offer.placement, None).expect("an offer");
        prop_assert_eq!(plant.violations(), []);
        let steps = &offer.placement.steps;
        let (percent, length, on_last) = town.fails;
        let hit = if on_last { steps[steps.len() - 1] } else { steps[0] };
        let fails_at = hit.interval.start + hit.interval.minutes() * percent / 100;
        let number = (0..2).find(|number| line_id(*number) == hit.line).expect("one of two");
        plant.fail(number, fails_at - origin(), length);
        let from = steps[0].interval;
        let now = town.runs.map_or(now(), |percent| (from.start + from.minutes() * percent / 100) * 60);
        let begun = town.runs.is_some();
        let stranded = plant.last(Interval { end: window.end + 9 * DAY, ..window }, true).expect("it stands");
        let before = plant.violations();
        let Some(parts) = parted(plant.snapshot(), &stranded, begun, now) else { return Ok(()) };

        prop_assert_eq!(parts.stays.batches + parts.goes.batches, town.batches);
        prop_assert!(parts.stays.batches > 0 && parts.goes.batches > 0);
        let (stays, goes) = (&parts.stays.offer.placement, &parts.goes.offer.placement);
        let (was, is) = (offer.placement.span().expect("steps"), stays.span().expect("steps"));
        prop_assert!(was.start <= is.start && is.end <= was.end, "inside the time that it has");
        prop_assert!(goes.span().expect("steps").start >= was.start, "nobody is asked to be ready sooner");
        prop_assert!(goes.span().expect("steps").start * 60 >= now, "nothing begins in the past");
        let share = parts.shift.abs() * i64::from(parts.goes.batches) / i64::from(town.batches);
        prop_assert!(parts.cost >= SPLIT + share);
        let places = (parts.stays.batches, [stays, goes]);
        prop_assert!(verify(plant.snapshot(), &stranded, places, begun, now).is_ok());
        if begun {
            prop_assert_eq!(stays.steps[0].interval.start, from.start);
            // No batch that has run is taken away.
            let until = now.div_euclid(60).min(if on_last && town.two_steps { i64::MAX } else { fails_at });
            let more = Request { batches: parts.stays.batches + 1, ..wish.clone() };
            let next = place(plant.snapshot(), &more, ROUTE, &offer.placement.starts()).expect("in the calendar");
            prop_assert!(next.steps[0].interval.end > until || parts.stays.batches + 1 >= town.batches);
        }
        plant.part(&[(parts.stays.batches, stays.clone()), (parts.goes.batches, goes.clone())]);
        // Checked are overlaps, set-up, outages, lags, hazards, pools and lengths. Others that the outage hits stand
        // yet.
        let found = plant.violations();
        prop_assert!(found.iter().all(|one| before.contains(one)), "{found:?}, before {before:?}");
    }
}

fn sample<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> T {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    of.new_tree(&mut runner).expect("a value").current()
}

/// Lines open day and night, ten hours a batch and one between campaigns; a campaign of so many batches stands on line
/// 0 from day 2 on; of two steps the second, as long, on line 1 an hour behind.
pub fn stand_in(batches: u32, two_steps: bool) -> (Plant, Placement) {
    let bare = sample(matrix());
    let between = Changeover { crew: HOUR, wait: 0 };
    let cells = bare.cells.iter().map(|cell| domain::changeover::MatrixCell { changeover: between, ..*cell });
    let cells: Vec<_> = cells.collect();
    let full = (0..3).flat_map(|leaves| (0..3).map(move |needs| (leaves, needs)));
    let cells = full
        .flat_map(|(leaves, needs)| {
            [domain::changeover::Relation::Same, domain::changeover::Relation::Other].map(|relation| {
                domain::changeover::MatrixCell {
                    leaves: domain::ClassId(leaves),
                    needs: domain::ClassId(needs),
                    relation,
                    ..cells[0]
                }
            })
        })
        .collect();
    let matrix = Matrix { clean_hold: None, cap: None, cells, ..bare };
    let one = Figures { setup: 0, batch: 10 * HOUR, wait: 0, running: Running::Crew, ..sample(figures()) };
    let mut plant = Plant::new(always(sample(pattern())), matrix, [one; 2], two_steps);
    let start = origin() + 2 * DAY;
    let wish = request(product(1), batches, Interval { start, end: start + 9 * DAY });
    let ten = HOUR * 10 * Minutes::from(batches);
    let all = [(line_id(0), start), (line_id(1), start + ten + HOUR)];
    let starts = if two_steps { &all[..] } else { &all[..1] };
    let there = place(plant.snapshot(), &wish, ROUTE, starts).expect("open day and night");
    plant.place(wish, &there, None).expect("free");
    (plant, there)
}

fn stand(batches: u32) -> (Plant, Placement) {
    stand_in(batches, false)
}

fn window() -> Interval {
    Interval { start: origin(), end: origin() + 30 * DAY }
}

#[test]
fn what_fits_before_stays_and_the_rest_goes_where_that_is_nearest() {
    let (mut plant, there) = stand(6);
    // In the middle of the fifth batch, for twelve hours.
    plant.fail(0, 2 * DAY + 45 * HOUR, 12 * HOUR);
    let stranded = movable(&plant, &there, 6);
    let parts = parted(plant.snapshot(), &stranded, false, now()).expect("a way");
    assert_eq!((parts.stays.batches, parts.goes.batches), (4, 2));
    assert_eq!(parts.stays.offer.placement.starts(), there.starts());
    let goes = parts.goes.offer.placement.steps[0];
    assert!(goes.line != line_id(0) || goes.interval.start >= origin() + 2 * DAY + 57 * HOUR);
    // Two of the six run on the other line, forty hours sooner than behind those that stay, and cost that share of what
    // all would; behind those they would run past midnight, for the price of a second day.
    assert_eq!(parts.shift, -40 * HOUR);
    assert_eq!(parts.cost, SPLIT + (40 * HOUR + ANOTHER_LINE) * 2 / 6);
}

/// The first booking as one that may move.
pub fn movable(plant: &Plant, there: &Placement, batches: u32) -> domain::resolve::repair::Movable {
    let row = |step: &PlacedStep| {
        let rows = plant.snapshot().lines[&step.line].rows();
        (step.line, rows.iter().find(|row| row.interval == step.interval).expect("it stands").id)
    };
    domain::resolve::repair::Movable {
        booking: domain::BookingId(uuid::Uuid::from_u128(1)),
        request: request(product(1), batches, window()),
        placement: there.clone(),
        held: domain::supposed::Held { rows: there.steps.iter().map(row).collect(), claims: Vec::new() },
        needs_consent: true,
    }
}

#[test]
fn what_fits_only_behind_stays_there() {
    let (mut plant, there) = stand(6);
    plant.fail(0, 2 * DAY - HOUR, 12 * HOUR);
    let stranded = movable(&plant, &there, 6);
    let parts = parted(plant.snapshot(), &stranded, false, now()).expect("a way");
    // Sixty hours less eleven are room for four whole batches.
    assert_eq!((parts.stays.batches, parts.goes.batches), (4, 2));
    assert_eq!(parts.stays.offer.placement.steps[0].interval.start, origin() + 2 * DAY + 11 * HOUR);
}

#[test]
fn a_campaign_that_runs_keeps_what_has_run() {
    let (mut plant, there) = stand(6);
    let at = origin() + 2 * DAY + 33 * HOUR;
    plant.fail(0, 2 * DAY + 33 * HOUR, DAY);
    let stranded = movable(&plant, &there, 6);
    let parts = parted(plant.snapshot(), &stranded, true, at * 60).expect("a way");
    assert_eq!(parts.stays.batches, 3, "three have run, the fourth was broken off");
    assert_eq!(parts.stays.offer.placement.starts(), there.starts());
    let goes = &parts.goes.offer.placement;
    for (stays, why) in [(2, Refusal::Stale), (0, Refusal::NoBatches), (6, Refusal::NoBatches)] {
        let request = Request { batches: stays, ..stranded.request.clone() };
        let place =
            place(plant.snapshot(), &request, ROUTE, &there.starts()).unwrap_or_else(|_| there.clone());
        let refused = verify(plant.snapshot(), &stranded, (stays, [&place, goes]), true, at * 60);
        assert_eq!(refused, Err(why), "{stays}");
    }
    // Nothing has run yet, or all has: there is nothing to part.
    let start = (origin() + 2 * DAY) * 60;
    let (mut early, there) = stand(6);
    early.fail(0, 2 * DAY, DAY);
    assert_eq!(parted(early.snapshot(), &movable(&early, &there, 6), true, start), None);
    let (plant, there) = stand(6);
    let over = (origin() + 2 * DAY + 60 * HOUR) * 60;
    assert_eq!(parted(plant.snapshot(), &movable(&plant, &there, 6), true, over), None);
}

#[test]
fn a_campaign_is_parted_until_its_batches_have_gone_on() {
    let parts = |fails: i64, on: usize, now: i64| {
        let (mut plant, there) = stand_in(6, true);
        plant.fail(on, 2 * DAY + fails * HOUR, DAY);
        let now = (origin() + 2 * DAY + now * HOUR) * 60;
        let parts = parted(plant.snapshot(), &movable(&plant, &there, 6), true, now)?;
        Some((parts.stays.batches, parts.goes.batches))
    };
    assert_eq!(parts(33, 0, 33), Some((3, 3)));
    // The second step begins an hour after the sixty of the first.
    assert_eq!(parts(70, 1, 61), None);
}

#[test]
fn what_should_begin_this_minute_stays_no_more() {
    let (mut plant, there) = stand(6);
    plant.fail(0, 2 * DAY + 45 * HOUR, 12 * HOUR);
    let stranded = movable(&plant, &there, 6);
    let parts = parted(plant.snapshot(), &stranded, false, now()).expect("a way");
    let places = (4, [&parts.stays.offer.placement, &parts.goes.offer.placement]);
    let at = |second: i64| verify(plant.snapshot(), &stranded, places, false, second).err();
    let start = (origin() + 2 * DAY) * 60;
    assert_eq!([at(start - 1), at(start)], [None, Some(Refusal::Stale)]);
}
