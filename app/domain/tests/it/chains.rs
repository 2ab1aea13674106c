//! Rewriting a chain, case by case.

use std::sync::Arc;

use domain::{
    ClassId, Interval, OccupancyId,
    calendar::Calendar,
    chain::{Change, Shorten, Writes, hits, relink},
    changeover::{CampaignCap, Changeover, ClassRule, Matrix, MatrixCell, Relation},
    occupancy::{Kind, Occupancy},
    refusal::Refusal,
    snapshot::LineState,
};
use uuid::Uuid;

use crate::world::{self, always_open, holidays, horizon, line, line_id, now, origin, product};

const HOUR: i64 = 60;

/// From 0 to 1 two hours and from 1 to 2 two, but from 0 to 2 ten, and from 2 to 0 never; the same product needs one.
fn matrix() -> Matrix {
    let cell = |leaves, needs, relation, hours: i64| MatrixCell {
        leaves: ClassId(leaves),
        needs: ClassId(needs),
        relation,
        changeover: Changeover { crew: hours * HOUR, wait: 0 },
    };
    let mut cells: Vec<_> = (0..3).map(|class| cell(class, class, Relation::Same, 1)).collect();
    for (leaves, needs, hours) in
        [(0, 0, 2), (0, 1, 2), (1, 1, 2), (1, 2, 2), (0, 2, 10), (2, 2, 2), (1, 0, 2)]
    {
        cells.push(cell(leaves, needs, Relation::Other, hours));
    }
    Matrix {
        id: domain::MatrixId(Uuid::from_u128(5)),
        version: 3,
        code: "chain".into(),
        name: world::text("chain"),
        classes: Vec::new(),
        rules: Vec::<ClassRule>::new(),
        cells,
        clean_hold: None,
        reclean: Changeover { crew: 0, wait: 0 },
        cap: None,
        initial: ClassId(0),
    }
}

fn id(number: u128) -> OccupancyId {
    OccupancyId(Uuid::from_u128(number))
}

/// A campaign of class and product `class`, in hours after the origin; its id is its first hour.
fn row(from: i64, until: i64, class: i32) -> Occupancy {
    let number = u128::try_from(from).expect("after the origin");
    Occupancy {
        kind: Kind::Campaign,
        interval: Interval { start: origin() + from * HOUR, end: origin() + until * HOUR },
        needs: Some(ClassId(class)),
        leaves: ClassId(class),
        product: product(u8::try_from(class + 1).expect("small")),
        batches: 1,
        ..Occupancy::head(id(number), line_id(0), 0, ClassId(0))
    }
}

fn closure(from: i64, until: i64) -> Occupancy {
    Occupancy { kind: Kind::Closure, needs: None, batches: 0, ..row(from, until, 0) }
}

fn state(rows: Vec<Occupancy>, version: i64) -> LineState {
    let calendar = Calendar::compile(always_open(), &holidays(), horizon());
    let line = Arc::new(line(line_id(0), 60, None));
    LineState::new(line, Arc::new(matrix()), Arc::new(calendar), version, rows)
}

fn change(line: &LineState, release: &[i64], add: Vec<Occupancy>) -> Result<Writes, Refusal> {
    let release = release.iter().map(|hour| id(u128::try_from(*hour).expect("positive"))).collect();
    let mut next = 1000;
    relink(line, &Change { release, add, ..Change::default() }, &mut || {
        next += 1;
        id(next)
    })
}

/// A line with these rows, linked by adding them in one go.
fn linked(rows: &[Occupancy]) -> LineState {
    let head = Occupancy::head(id(9999), line_id(0), origin(), ClassId(0));
    let added = change(&state(vec![head], 1), &[], rows.to_vec()).expect("rows that fit").added;
    state(std::iter::once(head).chain(added).collect(), 2)
}

fn ids(rows: &[Occupancy]) -> Vec<u128> {
    rows.iter().map(|row| row.id.0.as_u128()).collect()
}

#[test]
fn an_added_row_takes_over_its_successor() {
    let line = linked(&[row(10, 12, 0), row(40, 42, 2)]);
    let writes = change(&line, &[], vec![row(20, 22, 1)]).expect("it fits");
    assert_eq!(
        (ids(&writes.released), ids(&writes.relinked), ids(&writes.added)),
        (vec![], vec![40], vec![20])
    );
    let (added, behind) = (writes.added[0].link.expect("linked"), writes.relinked[0].link.expect("linked"));
    assert_eq!((added.prev_end, added.setup, added.relation), (origin() + 12 * HOUR, 120, Relation::Other));
    assert_eq!((behind.prev_end, behind.setup, behind.version), (origin() + 22 * HOUR, 120, 3));
    assert_eq!((behind.prev_leaves, behind.prev_product), (ClassId(1), product(2)));
}

/// The later run's link stays as it is, since a closure carries the same state on; yet a full clean is no longer
/// between.
#[test]
fn runs_that_a_release_would_join_beyond_the_cap_stay_apart() {
    let mut line = linked(&[row(10, 12, 0), row(30, 32, 0), closure(34, 39), row(40, 42, 0)]);
    let capped = |hours: i64| Matrix {
        cap: Some(CampaignCap {
            max_batches: None,
            max_minutes: Some(hours * HOUR),
            full_clean: Changeover { crew: 5 * HOUR, wait: 0 },
        }),
        ..matrix()
    };
    line.matrix = Arc::new(capped(12));
    let writes = change(&line, &[30], Vec::new()).expect("a release always succeeds");
    assert_eq!(ids(&writes.released), [30]);
    let [kept] = writes.added[..] else { panic!("one row keeps them apart: {writes:?}") };
    assert_eq!(
        (kept.kind, kept.interval, kept.product),
        (Kind::Cleaning, row(30, 32, 0).interval, product(1))
    );
    // Behind a row that ends sooner nothing is mended.
    let shorten = vec![Shorten { row: id(10), id: id(500), end: origin() + 11 * HOUR }];
    let sooner = relink(&line, &Change { release: vec![id(30)], add: Vec::new(), shorten }, &mut || id(1001));
    assert_eq!(sooner, Err(Refusal::CampaignCap { line: line_id(0) }));
    // With a longer cap they may join.
    line.matrix = Arc::new(capped(32));
    let writes = change(&line, &[30], Vec::new()).expect("a release always succeeds");
    assert_eq!((ids(&writes.released), ids(&writes.relinked)), (vec![30], vec![34]));
    assert_eq!(writes.added, []);
}

#[test]
fn the_cap_holds_for_a_campaign_by_itself_and_never_for_cleanings_alone() {
    let mut line = linked(&[row(10, 12, 0)]);
    let full_clean = Changeover { crew: 5 * HOUR, wait: 0 };
    let cap = Some(CampaignCap { max_batches: Some(3), max_minutes: Some(6 * HOUR), full_clean });
    line.matrix = Arc::new(Matrix { cap, ..matrix() });
    let added = |row: Occupancy| change(&line, &[], vec![row]).map(|writes| writes.added.len());
    let refused = Err(Refusal::CampaignCap { line: line_id(0) });
    assert_eq!(added(Occupancy { batches: 3, ..row(20, 26, 1) }), Ok(1));
    assert_eq!(added(Occupancy { batches: 4, ..row(20, 26, 1) }), refused);
    assert_eq!(added(row(20, 27, 1)), refused);
    assert_eq!(added(Occupancy { kind: Kind::Cleaning, batches: 0, ..row(20, 27, 1) }), Ok(1));
}

#[test]
fn a_row_that_ends_sooner_frees_the_time_behind_it_and_keeps_its_place() {
    let line = linked(&[row(10, 12, 0), row(20, 30, 1), row(40, 42, 2)]);
    let shorten = |end: i64, release: &[u128]| {
        let shorten = vec![Shorten { row: id(20), id: id(500), end: origin() + end * HOUR }];
        let release = release.iter().map(|row| id(*row)).collect();
        relink(&line, &Change { release, add: Vec::new(), shorten }, &mut || id(1001))
    };
    let writes = shorten(25, &[]).expect("it fits");
    assert_eq!(
        (ids(&writes.released), ids(&writes.relinked), ids(&writes.added)),
        (vec![20], vec![40], vec![500])
    );
    let (whole, short, behind) = (writes.released[0], writes.added[0], writes.relinked[0]);
    assert_eq!(
        short,
        Occupancy {
            id: id(500),
            interval: Interval { end: origin() + 25 * HOUR, ..whole.interval },
            ..whole
        }
    );
    assert_eq!(behind.link.expect("linked").prev_end, origin() + 25 * HOUR);
    // It ends within its own time or not at all.
    for end in [20, 30, 31] {
        assert_eq!(shorten(end, &[]), Err(Refusal::WindowReversed), "{end}");
    }
    // From 1 to nothing there is no question of what follows.
    assert_eq!(ids(&shorten(25, &[40]).expect("it fits").released), [20, 40]);
    // What comes behind a row that is gone may not fit behind the shorter one: nothing is mended there.
    let line = linked(&[row(20, 30, 0), row(40, 42, 1), row(50, 52, 2)]);
    let shorten = vec![Shorten { row: id(20), id: id(500), end: origin() + 49 * HOUR }];
    let refused =
        relink(&line, &Change { release: vec![id(40)], add: Vec::new(), shorten }, &mut || id(1001));
    assert_eq!(refused, Err(Refusal::WindowReversed));
}

#[test]
fn what_does_not_fit_says_which_side() {
    let line = linked(&[row(10, 12, 0), row(24, 26, 2)]);
    let (line_id, neighbour) = (line_id(0), id(10));
    let earliest = origin() + 14 * HOUR;
    let early =
        Occupancy { interval: Interval { start: earliest - 1, end: earliest + 60 }, ..row(14, 15, 1) };
    let refused = change(&line, &[], vec![early]);
    assert_eq!(refused, Err(Refusal::ChangeoverBefore { line: line_id, neighbour, earliest }));
    let latest_end = origin() + 22 * HOUR;
    let late =
        Occupancy { interval: Interval { start: latest_end - 60, end: latest_end + 1 }, ..row(21, 22, 1) };
    let refused = change(&line, &[], vec![late]);
    assert_eq!(refused, Err(Refusal::ChangeoverAfter { line: line_id, neighbour: id(24), latest_end }));
    let refused = change(&line, &[], vec![row(30, 32, 0)]);
    assert_eq!(refused, Err(Refusal::ChangeoverForbidden { line: line_id, neighbour: id(24) }));
    assert!(matches!(change(&line, &[], vec![row(11, 13, 1)]), Err(Refusal::Occupied { .. })));
    assert_eq!(change(&line, &[77], vec![]), Err(Refusal::Stale));
    assert_eq!(change(&line, &[9999], vec![]), Err(Refusal::Stale), "nobody releases the head");
    let nameless = Occupancy { product: product(0), ..row(16, 18, 1) };
    assert!(change(&line, &[], vec![nameless]).is_err(), "a campaign has a product");
}

#[test]
fn a_cancelled_row_leaves_its_neighbours_if_they_fit() {
    let line = linked(&[row(10, 12, 0), row(14, 16, 1), row(30, 32, 2)]);
    let writes = change(&line, &[14], vec![]).expect("always");
    assert_eq!(
        (ids(&writes.released), ids(&writes.relinked), ids(&writes.added)),
        (vec![14], vec![30], vec![])
    );
    assert_eq!(writes.relinked[0].link.map(|link| link.setup), Some(600));
}

#[test]
fn a_cancelled_row_leaves_a_cleaning_if_they_do_not() {
    // From 12 to 18 it is six hours, but from class 0 to class 2 ten are due.
    let line = linked(&[row(10, 12, 0), row(14, 16, 1), row(18, 20, 2)]);
    let writes = change(&line, &[14], vec![]).expect("always");
    assert_eq!(
        (ids(&writes.released), ids(&writes.relinked), ids(&writes.added)),
        (vec![14], vec![], vec![1001])
    );
    let (gone, cleaning) = (writes.released[0], writes.added[0]);
    assert_eq!((cleaning.kind, cleaning.batches, cleaning.expires_at), (Kind::Cleaning, 0, None));
    assert_eq!(
        Occupancy { id: gone.id, kind: gone.kind, batches: gone.batches, ..cleaning },
        gone,
        "interval, needs, leaves, product and link stay"
    );
}

#[test]
fn an_added_row_may_mend_the_gap() {
    let line = linked(&[row(10, 12, 0), row(14, 16, 1), row(18, 20, 2)]);
    let moved = Occupancy { id: id(500), ..row(15, 16, 1) };
    let writes = change(&line, &[14], vec![moved]).expect("it fits in between");
    assert_eq!(
        (ids(&writes.released), ids(&writes.relinked), ids(&writes.added)),
        (vec![14], vec![], vec![500])
    );
    // A row that doesn't mend it is refused; no cleaning is put beside it.
    let refused = change(&line, &[14], vec![Occupancy { id: id(500), ..row(15, 16, 0) }]);
    assert!(matches!(refused, Err(Refusal::ChangeoverAfter { .. })), "{refused:?}");
}

#[test]
fn closures_carry_what_changes_ahead_of_them() {
    let line = linked(&[row(10, 12, 0), closure(20, 24), closure(24, 25), row(40, 42, 2)]);
    assert_eq!(line.rows()[2].link.map(|link| link.setup), Some(0));
    let writes = change(&line, &[], vec![row(14, 16, 1)]).expect("it fits");
    assert_eq!((ids(&writes.relinked), ids(&writes.added)), (vec![20, 24, 40], vec![14]));
    for carried in &writes.relinked[..2] {
        assert_eq!((carried.leaves, carried.product), (ClassId(1), product(2)));
    }
    let behind = writes.relinked[2].link.expect("linked");
    assert_eq!((behind.prev_end, behind.prev_leaves, behind.setup), (origin() + 25 * HOUR, ClassId(1), 120));
}

#[test]
fn a_closure_hides_no_changeover() {
    let line = linked(&[row(10, 12, 0), row(24, 26, 2)]);
    // Ten hours are due from 0 to 2, and they count from the closure's end.
    assert!(change(&line, &[], vec![closure(13, 14)]).is_ok());
    let latest_end = origin() + 14 * HOUR;
    let refused = change(&line, &[], vec![closure(13, 15)]);
    assert_eq!(refused, Err(Refusal::ChangeoverAfter { line: line_id(0), neighbour: id(24), latest_end }));
}

#[test]
fn a_closure_names_every_row_that_it_would_hit() {
    let mut expired = row(30, 32, 2);
    expired.expires_at = Some(now());
    let line = linked(&[row(10, 12, 0), row(14, 16, 1), row(18, 20, 2), expired]);
    let over = |from: i64, until: i64| {
        let interval = Interval { start: origin() + from * HOUR, end: origin() + until * HOUR };
        let named = hits(&line, &Occupancy { interval, ..closure(0, 1) }, now()).expect("it is possible");
        named.iter().map(|hit| hit.row.id.0.as_u128()).collect::<Vec<_>>()
    };
    let why = |from: i64, until: i64| {
        let interval = Interval { start: origin() + from * HOUR, end: origin() + until * HOUR };
        let named = hits(&line, &Occupancy { interval, ..closure(0, 1) }, now()).expect("it is possible");
        named.into_iter().map(|hit| hit.why).collect::<Vec<_>>()
    };
    assert_eq!(over(11, 40), [10, 14, 18], "the expired hold doesn't count");
    assert_eq!(over(16, 19), [18], "what only touches isn't hit");
    assert!(over(0, 8).is_empty());
    assert_eq!(over(0, 10), [10], "what can't be prepared for any more is hit, though not overlapped");
    assert!(matches!(&why(0, 10)[..], [Some(Refusal::ChangeoverAfter { .. })]), "and it is said why");
    assert_eq!(why(16, 19), [None]);
    assert_eq!(over(13, 15), [14, 18], "and what stood only behind a row that goes");
}

#[test]
fn a_row_whose_link_still_holds_keeps_to_the_matrix_that_it_was_decided_by() {
    let mut line = linked(&[row(10, 12, 0), row(20, 22, 1), row(40, 42, 1), row(50, 52, 1)]);
    let cap =
        CampaignCap { max_batches: Some(9), max_minutes: None, full_clean: Changeover { crew: 0, wait: 0 } };
    line.matrix = Arc::new(Matrix { version: 4, cap: Some(cap), ..matrix() });
    let writes = change(&line, &[50], vec![row(60, 62, 1)]).expect("it fits");
    assert_eq!((ids(&writes.relinked), ids(&writes.added)), (vec![], vec![60]));
    assert_eq!(writes.added[0].link.map(|link| link.version), Some(4));
}

#[test]
fn behind_a_cleaning_that_is_left_the_chain_is_still_mended() {
    let line = linked(&[row(10, 12, 0), row(14, 16, 1), row(18, 20, 2), row(30, 32, 2), row(40, 42, 2)]);
    let writes = change(&line, &[14, 30], vec![]).expect("always");
    assert_eq!((ids(&writes.relinked), ids(&writes.added)), (vec![40], vec![1001]));
    assert_eq!(writes.relinked[0].link.map(|link| link.prev_end), Some(origin() + 20 * HOUR));
}

#[test]
fn a_cleaning_in_the_place_of_a_hold_does_not_expire() {
    let hold = Occupancy { expires_at: Some(now()), ..row(14, 16, 1) };
    let line = linked(&[row(10, 12, 0), hold, row(18, 20, 2)]);
    let writes = change(&line, &[14], vec![]).expect("always");
    assert_eq!((writes.added[0].kind, writes.added[0].expires_at), (Kind::Cleaning, None));
}

#[test]
fn what_waits_before_a_row_is_waited_for_behind_a_closure() {
    let mut line = linked(&[row(10, 12, 0), row(24, 26, 2)]);
    let mut waits = matrix();
    waits.cells.iter_mut().for_each(|cell| cell.changeover = Changeover { crew: 4 * HOUR, wait: 6 * HOUR });
    line.matrix = Arc::new(waits);
    assert!(change(&line, &[], vec![closure(13, 14)]).is_ok());
    let latest_end = origin() + 14 * HOUR;
    let refused = change(&line, &[], vec![closure(13, 15)]);
    assert_eq!(refused, Err(Refusal::ChangeoverAfter { line: line_id(0), neighbour: id(24), latest_end }));
}
