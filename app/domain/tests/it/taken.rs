//! What those may know of a line who see none of its rows.

use std::collections::BTreeSet;

use domain::{
    ClassId, Interval, Minute,
    availability::{Newcomer, starts, taken},
    calendar::DAY,
    changeover::{Changeover, MatrixCell},
    occupancy::Occupancy,
    route::{Figures, Running},
    snapshot::LineState,
};
use proptest::prelude::*;

use crate::{
    edges::{busy, closed, matrix, state},
    world::{ROUTE, Single, always_open, horizon, line_id, now, origin, product, single},
};

const HOUR: i64 = 60;

/// What is taken of the line of `single` for the product that is asked for.
fn taken_for(single: &Single) -> Vec<Interval> {
    let snapshot = single.snapshot();
    let line = &snapshot.lines[&line_id(0)];
    let newcomer = Newcomer::of(line, &single.request.offering, &single.request.hazards);
    taken(line, newcomer, &BTreeSet::new(), single.request.window, now())
}

proptest! {

    /// A minute is free if and only if the shortest of runs could take it: so where it ends tells nothing that
    /// searching wouldn't, whoever was there.
    #[test]
    fn a_minute_is_free_if_the_product_could_run_in_it(single in single()) {
        let mut single = single;
        (single.pattern, single.granularity, single.media_fill, single.amount) = (always_open(), 1, None, 0);
        (single.matrix.clean_hold, single.matrix.cap) = (None, None);
        single.figures = Figures { setup: 0, batch: 1, running: Running::Unattended, wait: 0, ..single.figures };
        single.request.product = product(0);
        (single.request.batches, single.request.window) = (1, horizon());
        let taken = taken_for(&single);
        let free: Vec<Minute> = (horizon().start..horizon().end)
            .filter(|minute| !taken.iter().any(|one| one.contains(*minute)))
            .collect();
        prop_assert_eq!(free, starts(&single.snapshot(), &single.request, ROUTE, line_id(0), now()).unwrap_or_default());
    }

    #[test]
    fn no_start_lies_in_what_is_taken(single in single()) {
        let mut single = single;
        single.request.product = product(0);
        let taken = taken_for(&single);
        for start in starts(&single.snapshot(), &single.request, ROUTE, line_id(0), now()).unwrap_or_default() {
            prop_assert!(!taken.iter().any(|one| one.contains(start)), "{start} of {taken:?}");
        }
    }
}

/// The hours after the origin that are taken of the first day, whole hours of them.
fn hours(line: &LineState, newcomer: Option<Newcomer>, own: &[u8]) -> Vec<i64> {
    let own = own.iter().map(|number| product(*number)).collect();
    let day = Interval { start: origin(), end: origin() + DAY };
    let taken = taken(line, newcomer, &own, day, now());
    let hour = |hour: &i64| Interval { start: origin() + hour * HOUR, end: origin() + (hour + 1) * HOUR };
    (0..24).filter(|number| taken.iter().any(|one| one.overlaps(hour(number)))).collect()
}

#[test]
fn it_is_taken_until_another_could_start_whatever_ran_before() {
    // Behind what is potent the line is cleaned for eight hours, otherwise for two; before both for two.
    let mut matrix = matrix();
    let potent = MatrixCell {
        leaves: ClassId(1),
        changeover: Changeover { crew: 8 * HOUR, wait: 0 },
        ..matrix.cells[1]
    };
    matrix.cells.push(potent);
    let line = |rows: &[Occupancy]| state(0, always_open(), matrix.clone(), rows);
    let (plain, plainly) =
        (line(&[busy(6, 14, 2)]), line(&[Occupancy { leaves: ClassId(1), ..busy(6, 8, 2) }]));
    let newcomer = Newcomer::plain(&plain);
    assert_eq!(newcomer, Some(Newcomer { needs: ClassId(0), leaves: ClassId(0) }));
    // The head is behind it too: a line that has run nothing yet is made ready.
    let all: Vec<i64> = (0..2).chain(4..16).collect();
    assert_eq!(hours(&plain, newcomer, &[]), all);
    assert_eq!(hours(&plainly, newcomer, &[]), all, "neither end nor class shows");
    assert_eq!(
        hours(&plain, newcomer, &[2]),
        (0..2).chain(6..14).collect::<Vec<_>>(),
        "one's own is no secret"
    );
    assert_eq!(
        hours(&plain, None, &[]),
        (0..24).collect::<Vec<_>>(),
        "what the line doesn't know can't come"
    );
}

#[test]
fn a_closure_hides_no_changeover() {
    let line = |rows: &[Occupancy]| state(0, always_open(), matrix(), rows);
    let newcomer = Newcomer::plain(&line(&[]));
    let behind = line(&[busy(4, 6, 2), closed(6, 10, 2)]);
    assert_eq!(hours(&behind, newcomer, &[]), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    let ahead = line(&[busy(2, 4, 2), closed(10, 12, 2), busy(14, 16, 3)]);
    assert_eq!(hours(&ahead, newcomer, &[]), [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16, 17]);
    let tight = line(&[busy(2, 4, 2), closed(10, 12, 2), busy(13, 16, 2)]);
    assert_eq!(
        hours(&tight, newcomer, &[]),
        (0..18).collect::<Vec<_>>(),
        "no time is left behind the closure"
    );
}

#[test]
fn before_a_row_that_begins_beyond_the_horizon_there_is_time() {
    // Two hours of crew lie between the two, and of none behind the horizon anything is known.
    let hours = (horizon().end - origin()) / HOUR;
    let line = state(0, always_open(), matrix(), &[busy(hours + 1, hours + 2, 2)]);
    let last = Interval { start: horizon().end - DAY, end: horizon().end };
    let taken = taken(&line, Newcomer::plain(&line), &BTreeSet::new(), last, now());
    let ends = Interval { start: horizon().end - 2 * HOUR, end: origin() + (hours + 1) * HOUR };
    assert_eq!(taken, [ends]);
}
