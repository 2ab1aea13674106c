//! Campaigns that run while the line of a step ahead is down: what has begun stays, what is ahead stands by the checker
//! where it goes, and nothing that could go on is told that it can't.

use domain::{
    Interval, Second,
    availability::{Placement, check, place, search},
    calendar::DAY,
    refusal::Refusal,
    request::Request,
    resolve::{
        onward::{begun, kept, latest, verify, ways},
        repair::Movable,
    },
};
use proptest::prelude::*;

use crate::{
    partings::{Town, always, movable, stand_in, town},
    plant::Plant,
    world::{ROUTE, line_id, origin, product, request},
};

const HOUR: i64 = 60;
const MOST: usize = 5;

/// Every place of the second step that would be allowed, by trying each hour on both lines.
fn all_ways(plant: &Plant, stranded: &Movable, now: Second) -> Vec<Placement> {
    let from = &stranded.placement;
    let first = (from.steps[0].line, from.steps[0].interval.start);
    let last = from.steps[0].interval.end + 3000;
    let mut found = Vec::new();
    for line in [line_id(0), line_id(1)] {
        for start in (from.steps[0].interval.end..=last).filter(|start| start % 60 == 0) {
            let starts = [first, (line, start)];
            let Ok(to) = place(plant.snapshot(), &stranded.request, ROUTE, &starts) else { continue };
            if verify(plant.snapshot(), stranded, &to, now).is_ok() {
                found.push(to);
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn what_is_ahead_goes_elsewhere_if_it_can(town in town(), easy in any::<bool>()) {
        let Town { pattern, matrix, figures, capacity, booked, batches, offer, fails, runs, .. } = town;
        let pattern = if easy { always(pattern) } else { pattern };
        let mut plant = Plant::new(pattern, matrix, figures, true);
        if let Some(capacity) = capacity {
            plant.share_pool(capacity);
        }
        for (product, from, offer) in &booked {
            plant.book(*product, *from, *offer, false);
        }
        let window = Interval { start: origin(), end: origin() + 12 * DAY };
        let wish = request(product(7), batches, window);
        let found = search(plant.snapshot(), &wish, crate::world::now()).expect("a fair request").offers;
        let Some(offer) = found.get(offer % found.len().max(1)) else { return Ok(()) };
        let there = offer.placement.clone();
        plant.place(wish, &there, None).expect("an offer");
        let [first, second] = there.steps[..] else { return Ok(()) };
        let (percent, length, _) = fails;
        let number = (0..2).find(|number| line_id(*number) == second.line).expect("one of two");
        let fails_at = second.interval.start + second.interval.minutes() * percent / 100;
        plant.fail(number, fails_at - origin(), length);
        let now = (first.interval.start + first.interval.minutes() * runs.unwrap_or(100) / 100) * 60;
        let stranded = plant.last(Interval { end: window.end + 9 * DAY, ..window }, true).expect("it stands");
        let before = plant.violations();
        let found = ways(plant.snapshot(), &stranded, now, MOST);

        if second.interval.start * 60 <= now && percent > 0 {
            prop_assert!(found.is_empty(), "all of it has begun");
            return Ok(());
        }
        prop_assert_eq!(found.is_empty(), all_ways(&plant, &stranded, now).is_empty());
        for way in &found {
            let to = &way.offer.placement;
            prop_assert_eq!((to.route, to.steps[0]), (ROUTE, first), "what has begun stays");
            let lag = to.steps[1].interval.start - first.interval.end;
            prop_assert!((30..=3000).contains(&lag) && to.steps[1].interval.start * 60 >= now);
            let again = verify(plant.snapshot(), &stranded, to, now);
            prop_assert_eq!(again.map(|offer| offer.price_fen), Ok(way.offer.price_fen));
        }
        let Some(way) = found.first() else { return Ok(()) };
        plant.part(&[(batches, way.offer.placement.clone())]);
        // Checked are overlaps, set-up, outages, lags, hazards, pools and lengths; others that are hit stand yet.
        let after = plant.violations();
        prop_assert!(after.iter().all(|one| before.contains(one)), "{after:?}, before {before:?}");
    }
}

/// Six batches on line 0 for sixty hours; the second step begins an hour later on line 1, which fails then for a day.
fn stands() -> (Plant, Movable) {
    let (mut plant, there) = stand_in(6, true);
    plant.fail(1, 2 * DAY + 61 * HOUR, DAY);
    let stranded = movable(&plant, &there, 6);
    (plant, stranded)
}

/// In seconds, so many hours after the first step began.
fn at(hours: i64) -> Second {
    (origin() + 2 * DAY + hours * HOUR) * 60
}

#[test]
fn the_next_step_goes_to_another_line_or_waits_as_long_as_it_may() {
    let (plant, stranded) = stands();
    let found = ways(plant.snapshot(), &stranded, at(20), MOST);
    let places: Vec<_> = found.iter().map(|way| way.offer.placement.steps[1]).collect();
    let start = |hours: i64| origin() + 2 * DAY + hours * HOUR;
    // Line 0 is to be cleaned for an hour after the first step; line 1 is up again after a day, which is within fifty
    // hours of the first step's end.
    assert!(
        places.iter().any(|step| (step.line, step.interval.start) == (line_id(0), start(61))),
        "{places:?}"
    );
    assert!(
        places.iter().any(|step| (step.line, step.interval.start) == (line_id(1), start(85))),
        "{places:?}"
    );
}

#[test]
fn what_should_begin_where_the_line_is_down_has_not_begun() {
    let (plant, stranded) = stands();
    let (well, from) = (stand_in(6, true).0, &stranded.placement);
    let begun_at = |plant: &Plant, hours: i64| begun(plant.snapshot(), from, at(hours));
    assert_eq!([begun_at(&plant, -1), begun_at(&plant, 0), begun_at(&plant, 61)], [0, 1, 1]);
    assert_eq!([begun_at(&well, -1), begun_at(&well, 60), begun_at(&well, 61)], [0, 1, 2]);
    // A quarter of an hour late it can still go on, but for what would have to begin in the past.
    let late = at(61) + 900;
    let found = ways(plant.snapshot(), &stranded, late, MOST);
    let to = &found.first().expect("a way").offer.placement;
    assert!(to.steps[1].interval.start * 60 >= late);
    assert_eq!(kept(plant.snapshot(), from, to, late), *to);
    let mut other = to.clone();
    other.steps[0].interval.end += 1;
    assert_eq!(kept(plant.snapshot(), from, &other, late), *to, "what has begun stays");
    assert_eq!(kept(well.snapshot(), from, to, late), *from, "all of it has begun");
}

#[test]
fn there_is_time_until_a_step_that_differs_begins() {
    let (plant, stranded) = stands();
    let (well, from) = (stand_in(6, true).0, &stranded.placement);
    let start = from.steps[1].interval.start;
    let moved = |by: i64| {
        let mut to = from.clone();
        let was = to.steps[1].interval;
        to.steps[1].interval = Interval { start: was.start + by, end: was.end + by };
        to
    };
    let until = |plant: &Plant, by: i64| latest(plant.snapshot(), from, &moved(by));
    assert_eq!(
        [until(&plant, 60), until(&plant, -60), until(&plant, 0)],
        [Some(start + 60), Some(start - 60), None]
    );
    assert_eq!([until(&well, 60), until(&well, -60)], [Some(start), Some(start - 60)]);
}

#[test]
fn only_what_is_ahead_may_go() {
    let (plant, stranded) = stands();
    let way = ways(plant.snapshot(), &stranded, at(20), MOST).remove(0).offer.placement;
    let ask = |to: &Placement, hours: i64| verify(plant.snapshot(), &stranded, to, at(hours)).err();
    assert_eq!(ask(&way, 20), None);
    assert_eq!(ask(&way, -1), Some(Refusal::Stale), "nothing of it has begun");
    let well = stand_in(6, true).0;
    let all = verify(well.snapshot(), &stranded, &way, at(61));
    assert_eq!(all.err(), Some(Refusal::Stale), "all of it has begun");
    let moved = |first: i64, second: i64| {
        let mut to = way.clone();
        for (step, by) in to.steps.iter_mut().zip([first, second]) {
            step.interval = Interval { start: step.interval.start + by, end: step.interval.end + by };
        }
        to
    };
    assert_eq!(ask(&moved(HOUR, HOUR), 20), Some(Refusal::Stale), "what has begun stays");
    let (min, max) = (30, 3000);
    let (soon, late) = (moved(0, -HOUR), moved(0, 50 * HOUR));
    assert_eq!(ask(&soon, 20), Some(Refusal::LagTooShort { step: 1, minutes: 0, min }));
    // The least lag itself is enough, and then it is the cleaning that is too short.
    let least = ask(&moved(0, min - HOUR), 20);
    assert!(!matches!(least, None | Some(Refusal::LagTooShort { .. })), "{least:?}");
    assert_eq!(ask(&late, 20), Some(Refusal::LagTooLong { step: 1, minutes: 51 * HOUR, max }));
    let down = stranded.placement.steps[1];
    let until = down.interval.start + DAY;
    assert_eq!(ask(&stranded.placement, 20), Some(Refusal::LineDown { line: down.line, until }));
}

#[test]
fn what_has_begun_is_in_the_price() {
    let (plant, stranded) = stands();
    let way = ways(plant.snapshot(), &stranded, at(20), MOST).remove(0).offer;
    let mut well = stand_in(6, true).0;
    well.part(&[]);
    let whole = check(well.snapshot(), &stranded.request, &way.placement, at(-1)).expect("nobody is there");
    assert_eq!(way.price_fen, whole.price_fen);
}

#[test]
fn what_runs_where_the_line_is_down_is_not_taken_on() {
    let (mut plant, stranded) = stands();
    plant.fail(0, 2 * DAY + 30 * HOUR, HOUR);
    assert!(ways(plant.snapshot(), &stranded, at(20), MOST).is_empty());
    // Once that step is over the outage isn't in its way any more.
    assert!(!ways(plant.snapshot(), &stranded, at(60), MOST).is_empty());
    let other = Request { batches: 5, ..stranded.request.clone() };
    assert!(place(plant.snapshot(), &other, ROUTE, &stranded.placement.starts()).is_ok());
}
