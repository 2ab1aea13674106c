//! Set-ups are where search would have them, and what is free is free for all who stand there.

use domain::{
    ClassId, Interval, Minute, OccupancyId, Second,
    availability::{PlacedStep, Placement, Setup, between, starts},
    calendar::DAY,
    chain::{Hit, hits},
    changeover::{Changeover, Matrix, Relation},
    occupancy::{Kind, Link, Occupancy},
    refusal::Refusal,
    route::{Figures, Running},
    snapshot::LineState,
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    edges::{self, busy, closed, state},
    plant::Plant,
    world::{
        ROUTE, always_open, day_shift, figures, horizon, line_id, matrix, now, origin, pattern, product,
        single,
    },
};

const HOUR: i64 = 60;

/// Whom a closure would hit.
fn hit(line: &LineState, interval: Interval, now: Second) -> Result<Vec<Hit>, Refusal> {
    let id = OccupancyId(Uuid::from_u128(7));
    hits(line, &Occupancy { id, kind: Kind::Closure, interval, ..line.rows()[0] }, now)
}

proptest! {
    #[test]
    fn a_set_up_is_done_when_search_would_first_have_its_row_begin(single in single()) {
        let mut single = single;
        (single.granularity, single.media_fill, single.amount) = (1, None, 0);
        (single.matrix.clean_hold, single.matrix.cap) = (None, None);
        single.outages.clear();
        single.figures = Figures { setup: 0, batch: 1, running: Running::Unattended, wait: 0, ..single.figures };
        single.request.product = product(1);
        (single.request.batches, single.request.window) = (1, horizon());
        let snapshot = single.snapshot();
        let all = starts(&snapshot, &single.request, ROUTE, line_id(0), now()).unwrap_or_default();
        // The first of each gap.
        for start in all.iter().copied().filter(|start| all.binary_search(&(start - 1)).is_err()) {
            let interval = Interval { start, end: start + 1 };
            let steps = vec![PlacedStep { line: line_id(0), interval }];
            let mut filled = snapshot.clone();
            filled.put(&single.request, &Placement { route: ROUTE, steps }, now()).expect("it is free");
            let line = &filled.lines[&line_id(0)];
            let row = line.rows().iter().find(|row| row.interval == interval).expect("it was put there");
            // From a minute before: what is done as the horizon begins lies before that.
            let asked = Interval { start: horizon().start - 1, ..horizon() };
            let found = between(line, asked, now());
            let done = found.setups.iter().find(|setup| setup.row == row.id).map(|setup| setup.done);
            prop_assert_eq!(done, Some(start));
        }
    }

    #[test]
    fn a_closure_in_what_is_free_hits_nobody_and_one_that_goes_on_does(
        (pattern, matrix, figures) in (pattern(), matrix(), figures()),
        booked in prop::collection::vec((1..4_u8, 0..9 * DAY, 0..6_usize), 1..8),
        cancelled in prop::collection::vec(0..9_usize, 0..3),
        closures in prop::collection::vec((0..2_usize, 0..9 * DAY, 1..900_i64), 0..4),
        (from, share) in (0..100_i64, 1..=100_i64),
    ) {
        let holds_for_ever = matrix.clean_hold.is_none();
        let mut plant = Plant::new(pattern, matrix, [figures, figures], false);
        for (number, first, offer) in booked {
            plant.book(number, first, offer, false);
        }
        for choice in cancelled {
            plant.cancel(choice);
        }
        for (number, first, length) in closures {
            plant.close(number, first, length);
        }
        for line in plant.snapshot().lines.values() {
            let found = between(line, horizon(), plant.now);
            for free in &found.free {
                let start = free.start + free.minutes() * from / 100;
                let part = Interval { start, end: start + ((free.end - start) * share / 100).max(1) };
                for interval in [*free, part] {
                    prop_assert_eq!(hit(line, interval, plant.now), Ok(Vec::new()), "{:?}", interval);
                }
            }
            for Setup { row, from, done, kept } in found.setups {
                let start = line.row(row).expect("a row of the line").interval.start;
                prop_assert!(from <= done && done <= kept && kept <= start);
                if let Some(interval) = Interval::new(from, start) {
                    prop_assert!(line.overlapping(interval).is_empty(), "nothing stands in it");
                }
                if holds_for_ever && kept < start {
                    let over = Interval { start: from, end: kept + 1 };
                    prop_assert_ne!(hit(line, over, plant.now), Ok(Vec::new()), "nothing is kept in vain");
                }
            }
        }
    }
}

fn at(hours: i64) -> Minute {
    origin() + hours * HOUR
}

fn hours(from: i64, until: i64) -> Interval {
    Interval { start: at(from), end: at(until) }
}

/// Two days of a shift of eight hours and then a day, whatever ran before.
fn slow() -> Matrix {
    let mut matrix = edges::matrix();
    let changeover = Changeover { crew: 16 * HOUR, wait: DAY };
    matrix.cells.iter_mut().for_each(|cell| cell.changeover = changeover);
    matrix
}

/// The set-up for the last row of a line, in hours after the origin, and what is free before that row.
fn last(line: &LineState) -> ([i64; 3], Vec<Interval>) {
    let found = between(line, horizon(), now());
    let Setup { row, from, done, kept } = *found.setups.last().expect("a set-up");
    let last = line.rows().last().expect("a row");
    assert_eq!(row, last.id);
    let free = found.free.into_iter().filter(|free| free.start < last.interval.start);
    ([from, done, kept].map(|minute| (minute - origin()) / HOUR), free.collect())
}

#[test]
fn a_set_up_stands_still_by_night_and_waits_through_it() {
    // From noon on Monday: four hours, eight, four; then it waits from noon on Wednesday.
    let line = |next: i64| state(0, day_shift(), slow(), &[busy(4, 12, 2), busy(next, next + 4, 3)]);
    assert_eq!(
        last(&line(104)),
        ([12, 84, 84], vec![]),
        "by the clock it would be done on Wednesday at four"
    );
    // Before Monday it waits from Sunday morning, and takes Friday and Saturday.
    assert_eq!(last(&line(176)), ([12, 84, 104], vec![hours(84, 104)]));
    // What begins where the set-up would still go on, by figures that have changed since, isn't begun in it.
    assert_eq!(last(&line(60)), ([12, 60, 60], vec![]));
}

#[test]
fn behind_a_closure_the_line_is_made_ready_anew() {
    let rows = [busy(4, 12, 2), closed(20, 24, 2), busy(40, 44, 3)];
    let line = state(0, always_open(), edges::matrix(), &rows);
    assert_eq!(last(&line), ([24, 26, 38], vec![hours(12, 20), hours(26, 38)]));
}

#[test]
fn a_line_that_is_down_is_not_free_and_its_set_up_goes_on() {
    let rows = [busy(4, 12, 2), busy(40, 44, 3)];
    let line = state(0, always_open(), edges::matrix(), &rows).down(vec![hours(13, 16), hours(20, 22)]);
    assert_eq!(last(&line), ([12, 14, 38], vec![hours(16, 20), hours(22, 38)]));
}

#[test]
fn between_two_that_may_no_longer_follow_each_other_nothing_is_free() {
    let link = Link {
        prev_end: at(12),
        prev_leaves: ClassId(0),
        prev_product: product(2),
        version: 0,
        relation: Relation::Other,
        setup: 3 * HOUR,
    };
    let rows = [busy(4, 12, 2), Occupancy { link: Some(link), ..busy(40, 44, 3) }];
    let forbidding = Matrix { cells: Vec::new(), ..edges::matrix() };
    assert_eq!(last(&state(0, always_open(), forbidding, &rows)), ([12, 15, 15], vec![]));
}
