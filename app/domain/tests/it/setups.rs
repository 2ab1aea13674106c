//! The changeover in the cost of alternatives: reckoned as whoever asks may know it, and the same whoever the rival is.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    ClassId, Interval, Minute, Minutes, PlatformId,
    availability::{Offer, PlacedStep, Placement, around, check, search},
    calendar::Calendar,
    changeover::{Changeover, ClassRule, Matrix, MatrixCell, Relation},
    hazard::Hazard,
    occupancy::{Kind, Occupancy},
    request::Request,
    resolve::{
        alternatives::{ANOTHER_LINE, Alternative, HOUR_OF_CHANGEOVER, Wanted, alternatives},
        rescue,
        setups::{Known, Setups},
    },
    resource::Line,
    snapshot::{LineState, Snapshot},
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::{
    edges::{busy, closed, figures, matrix, one_step, state},
    outages::movable,
    world::{
        self, Draft, PLATFORM, ROUTE, always_open, drafts, line, line_id, now, origin, product, request,
        route, rows, snapshot, step,
    },
};

const HOUR: Minutes = 60;

fn at(hour: i64) -> Minute {
    origin() + hour * HOUR
}

/// Two hours to another product, one to the same; eight behind a hormone.
fn with_hormone() -> Matrix {
    let plain = matrix();
    let rule = ClassRule {
        any_hazard: [Hazard::Hormone].into(),
        needs: ClassId(1),
        leaves: ClassId(1),
        ..plain.rules[0].clone()
    };
    let behind = MatrixCell {
        leaves: ClassId(1),
        changeover: Changeover { crew: 8 * HOUR, wait: 0 },
        ..plain.cells[1]
    };
    Matrix { rules: [vec![rule], plain.rules].concat(), cells: [plain.cells, vec![behind]].concat(), ..plain }
}

fn hormone(from: i64, until: i64, of: u8) -> Occupancy {
    Occupancy { leaves: ClassId(1), ..busy(from, until, of) }
}

/// A line with that matrix that may run hormones.
fn admitting(rows: &[Occupancy]) -> LineState {
    let mut state = state(0, always_open(), with_hormone(), rows);
    let admits = [Hazard::Hormone].into();
    state.line = Arc::new(Line { admits, ..(*state.line).clone() });
    state
}

fn on_line(from: i64, until: i64) -> PlacedStep {
    PlacedStep { line: line_id(0), interval: Interval { start: at(from), end: at(until) } }
}

/// The hours of set-up that are reckoned for a campaign of this product on the line at these hours.
fn reckoned_at(steps: &[(i64, i64)], line: LineState, of: u8, known: &Known) -> i64 {
    let snapshot = one_step(line, 4 * HOUR);
    let wish = request(product(of), 1, Interval { start: at(0), end: at(99) });
    let steps = steps.iter().map(|(from, until)| on_line(*from, *until)).collect();
    Setups::new(&snapshot, &wish, known, now()).before(&Placement { route: ROUTE, steps }) / HOUR
}

/// The same from 30 to 34.
fn reckoned(line: LineState, of: u8, known: &Known) -> i64 {
    reckoned_at(&[(30, 34)], line, of, known)
}

fn own(products: &[u8]) -> Known {
    Known { products: products.iter().map(|number| product(*number)).collect(), platform: None }
}

fn platform() -> Known {
    Known { platform: Some(PLATFORM), products: BTreeSet::new() }
}

#[test]
fn behind_anybody_it_is_the_longest_and_behind_ones_own_the_true_one() {
    let (plain, potent) = ([busy(4, 10, 2)], [hormone(4, 10, 2)]);
    for rows in [&plain[..], &potent[..], &[]] {
        assert_eq!(reckoned(admitting(rows), 1, &own(&[])), 8, "whoever ran before: {rows:?}");
        assert_eq!(reckoned(admitting(rows), 1, &own(&[3])), 8);
    }
    assert_eq!(reckoned(admitting(&plain), 1, &own(&[2])), 2);
    assert_eq!(reckoned(admitting(&potent), 1, &own(&[2])), 8);
    assert_eq!(reckoned(admitting(&plain), 2, &own(&[])), 1, "the very product that is asked for");
    // What the line can't be left in isn't reckoned with.
    assert_eq!(reckoned(state(0, always_open(), with_hormone(), &plain), 1, &own(&[])), 2);
}

#[test]
fn what_is_on_a_platforms_own_line_is_no_secret_to_it() {
    let of = |rows: &[Occupancy], known: &Known| reckoned(admitting(rows), 1, known);
    assert_eq!(of(&[busy(4, 10, 2)], &platform()), 2);
    assert_eq!(of(&[hormone(4, 10, 2)], &platform()), 8);
    assert_eq!(of(&[], &platform()), 2, "a new line");
    assert_eq!(of(&[busy(4, 10, 2), closed(10, 20, 2)], &platform()), 2);
    let other = Known { platform: Some(PlatformId(Uuid::from_u128(99))), products: BTreeSet::new() };
    assert_eq!(of(&[busy(4, 10, 2)], &other), 8);
}

#[test]
fn what_lies_between_is_no_more_than_taken() {
    let known = own(&[2]);
    let mine = busy(4, 10, 2);
    let carried = closed(12, 20, 2);
    assert_eq!(reckoned(admitting(&[mine, carried]), 1, &known), 8, "a closure that carries one's own state");
    assert_eq!(reckoned(admitting(&[mine, busy(12, 20, 3)]), 1, &known), 8);
    let down = Interval { start: at(12), end: at(20) };
    assert_eq!(reckoned(admitting(&[mine]).down(vec![down]), 1, &known), 8);
    assert_eq!(reckoned(admitting(&[mine, carried]).down(vec![down]), 1, &platform()), 2);
    // A cleaning is nobody's campaign.
    assert_eq!(reckoned(admitting(&[Occupancy { kind: Kind::Cleaning, ..mine }]), 1, &known), 8);
    // A hold that has expired isn't there any more.
    let expired = Occupancy { expires_at: Some(now()), ..busy(12, 20, 3) };
    assert_eq!(reckoned(admitting(&[mine, expired]), 1, &known), 2);
}

#[test]
fn a_step_behind_another_of_the_same_campaign_follows_its_own_product() {
    let known = own(&[]);
    assert_eq!(reckoned_at(&[(30, 34), (36, 40)], admitting(&[]), 0, &known), 8 + 1);
    assert_eq!(reckoned_at(&[(30, 34), (50, 54)], admitting(&[busy(38, 42, 3)]), 0, &known), 8 + 8);
}

#[test]
fn an_hour_of_changeover_more_costs_what_is_stated() {
    // On line 0 somebody stands; lines 1 and 2 are free at that time, and line 2 takes ten hours to be set up.
    let mut slow = matrix();
    slow.cells.iter_mut().for_each(|cell| cell.changeover.crew = 10 * HOUR);
    let lines = vec![
        state(0, always_open(), matrix(), &[busy(30, 34, 2)]),
        state(1, always_open(), matrix(), &[]),
        state(2, always_open(), slow, &[]),
    ];
    let able = [0, 1, 2].map(|number| figures(number, 4 * HOUR)).to_vec();
    let snapshot = snapshot(lines, Vec::new(), route(vec![step(able, 0, 0, None)]));
    let wish = request(product(1), 1, Interval { start: at(30), end: at(34) });
    let wanted = Wanted { route: ROUTE, steps: vec![(line_id(0), at(30))] };
    let found = search(&snapshot, &wish, now()).expect("a fair request").offers;
    let known = Known::default();
    let mut setups = Setups::new(&snapshot, &wish, &known, now());
    // The slow one is named first.
    let mut named: Vec<Offer> = found.iter().collect();
    named.sort_by_key(|offer| offer.placement.steps[0].line != line_id(2));
    let few = alternatives(&mut setups, named, &wanted, 5);
    let told: Vec<_> =
        few.iter().map(|one| (one.offer.placement.steps[0].line, one.changeover, one.cost)).collect();
    let more = 8 * HOUR_OF_CHANGEOVER;
    let stated = [(line_id(1), 0, ANOTHER_LINE), (line_id(2), 8 * HOUR, ANOTHER_LINE + more)];
    assert_eq!(told, stated, "what both need sets neither apart");
}

#[test]
fn what_an_owner_is_asked_for_tells_it_no_more_than_a_search() {
    // Line 0 goes down under the campaign; on the other two a rival has run, on one of them a hormone.
    let ways = |potent: usize| {
        let down = Interval { start: at(200), end: at(280) };
        let beside = |number: usize| {
            let rival = if number == potent { hormone(4, 10, 2) } else { busy(4, 10, 2) };
            let rows = [Occupancy { line: line_id(number), ..rival }];
            let mut line = state(number, always_open(), with_hormone(), &rows);
            line.line = Arc::new(Line { admits: [Hazard::Hormone].into(), ..(*line.line).clone() });
            line
        };
        let stands = state(0, always_open(), with_hormone(), &[busy(202, 206, 1)]).down(vec![down]);
        let able = [0, 1, 2].map(|number| figures(number, 4 * HOUR)).to_vec();
        let lines = vec![stands, beside(1), beside(2)];
        let snapshot = snapshot(lines, Vec::new(), route(vec![step(able, 0, 0, None)]));
        rescue::ways(&snapshot, &movable(1, (202, 206), (100, 280)), now(), 5)
    };
    assert!(!ways(1).is_empty());
    assert_eq!(ways(1), ways(2));
}

/// The same rows with another rival: other products, other classes, and campaigns that end sooner.
fn of_another_rival(drafts: &[Draft], own: u8, (turn, cut): (i32, i64)) -> Vec<Draft> {
    let mut sooner = 0;
    let turned = |draft: &Draft| {
        let mut draft = draft.clone();
        // What follows begins when it did.
        draft.gap += std::mem::take(&mut sooner);
        if draft.kind > 2 && draft.product != own {
            draft.product = 5 - draft.product;
            draft.needs = (draft.needs + turn) % 3;
            draft.leaves = (draft.leaves + turn) % 3;
            sooner = cut.min(draft.length - 1);
            draft.length -= sooner;
        }
        draft
    };
    drafts.iter().map(turned).collect()
}

/// Two lines that can both make it, with these rows.
fn two_lines(matrix: &Matrix, all: [&[Draft]; 2]) -> Snapshot {
    let calendar = Arc::new(Calendar::compile(always_open(), &world::holidays(), world::horizon()));
    let matrix = Arc::new(matrix.clone());
    let lines = (0..2).zip(all).map(|(number, drafts)| {
        let line = Arc::new(line(line_id(number), HOUR, None));
        let rows = rows(line.id, drafts);
        LineState::new(line, Arc::clone(&matrix), Arc::clone(&calendar), 1, rows)
    });
    let able = [0, 1].map(|number| figures(number, 2 * HOUR)).to_vec();
    snapshot(lines.collect(), Vec::new(), route(vec![step(able, 0, 0, None)]))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    /// Of two worlds that differ in a rival's products, what they leave and when they end, whatever is free in both
    /// costs the same, down to the reasons and the ranks; whoever asks, and whatever start is said to be wanted.
    #[test]
    fn who_the_rival_is_changes_no_cost(
        matrix in world::matrix(),
        ahead in [drafts(), drafts()],
        of in prop::sample::select(vec![0_u8, 1, 4]),
        turned in (0..3_i32, 0..600_i64),
        wanted in (0..2_usize, 0..10 * 24_i64),
    ) {
        let other = [0, 1].map(|number| of_another_rival(&ahead[number], 1, turned));
        let one = two_lines(&matrix, [&ahead[0], &ahead[1]]);
        let two = two_lines(&matrix, [&other[0], &other[1]]);
        let wish = request(product(of), 1, world::horizon());
        let wanted = Wanted { route: ROUTE, steps: vec![(line_id(wanted.0), at(wanted.1))] };
        let Ok(found) = search(&one, &wish, now()) else { return Ok(()) };
        let near = around(&one, &wish, wanted.start(), now());
        let all = found.offers.iter().chain(near.iter());
        let all: Vec<Offer> = all.filter(|offer| check(&two, &wish, &offer.placement, now()).is_ok()).collect();
        let known = own(&[1]);
        let shown = |snapshot: &Snapshot, wish: &Request| -> Vec<Alternative> {
            alternatives(&mut Setups::new(snapshot, wish, &known, now()), all.clone(), &wanted, 5)
        };
        prop_assert_eq!(shown(&one, &wish), shown(&two, &wish));
    }
}

#[test]
fn a_relation_that_is_longer_for_the_same_product_is_not_taken_for_the_longest() {
    let mut matrix = with_hormone();
    for cell in matrix.cells.iter_mut().filter(|cell| cell.relation == Relation::Same) {
        cell.changeover.crew = 20 * HOUR;
    }
    let line = state(0, always_open(), matrix, &[busy(4, 10, 2)]);
    assert_eq!(reckoned(line.clone(), 1, &own(&[])), 2);
    assert_eq!(reckoned(line, 2, &own(&[])), 20, "behind its own product it is what it is");
}
