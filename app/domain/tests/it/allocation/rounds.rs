//! Whole rounds on the kernel: what is allotted can be booked, step by step, and the checker finds nothing.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    CalendarId, ClassId, Interval, MatrixId, Minutes, ProductId, Second,
    availability::{LineRefusal, PlacedStep, Placement},
    calendar::{Calendar, DAY, Pattern, Shift},
    changeover::{Changeover, ClassRule, Matrix, MatrixCell, Relation},
    refusal::Refusal,
    request::Request,
    resolve::allocation::{
        Inputs, Outcome, Place, Plan, Round, Rule, Unfit, Wish, allocate,
        ground::Ground as _,
        plant::Plant as Ground,
        rule::{Share, Shares},
    },
    resource::CellUnit,
    route::{Figures, Route, Running},
    snapshot::Snapshot,
};
use proptest::prelude::*;
use uuid::Uuid;

use super::rules::wish;
use crate::{
    edges::{self, busy, one_step, state, with_films},
    plant::Plant,
    world::{
        self, PoolDraft, ROUTE, always_open, holidays, horizon, line_id, matrix, now, origin, pattern,
        pool_state, product, request, route, snapshot, step, text,
    },
};

/// Number of the product, when its windows begin, and how much it is worth.
type Draft = (u8, Vec<i64>, u32, bool);

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let windows = prop::collection::vec(0..8 * DAY, 1..3);
    prop::collection::vec((0..4_u8, windows, 1..100_u32, any::<bool>()), 1..8)
}

fn wishes(drafts: &[Draft]) -> Vec<Wish> {
    let wish = |(id, (number, windows, points, small)): (u128, &Draft)| {
        let choice = |from: &i64| {
            let start = origin() + from;
            let window = Interval { start, end: (start + 4 * DAY).min(horizon().end) };
            request(product(*number), 1, window)
        };
        let choices = windows.iter().map(choice).collect();
        Wish { points: *points, small: *small, choices, ..wish(id, id % 3) }
    };
    (1..).zip(drafts).map(wish).collect()
}

fn rule() -> impl Strategy<Value = Rule> {
    prop_oneof![
        Just(Rule::FirstCome),
        Just(Rule::Lottery),
        Just(Rule::ScoreWithAgeing { per_call: 1 }),
        (500..4_000_i64).prop_map(|offered| Rule::Shares(Shares { offered, per_firm: 60, reserved: 30 })),
    ]
}

/// Books what a round allots, one by one in its order.
fn book(plant: &mut Plant, round: &Round) -> Result<(), Refusal> {
    for id in &round.order {
        let at = round.wishes.iter().position(|wish| wish.id == *id).expect("a wish of the round");
        let (wish, outcome) = (&round.wishes[at], &round.outcomes[at].1);
        let Outcome::Placed { choice, placement } = outcome else { panic!("in order, and {outcome:?}") };
        let mut wanted = wish.choices[usize::try_from(*choice).expect("few")].clone();
        if wanted.product == product(0) {
            // Without one it is of a product of its own.
            wanted.product = ProductId(wish.id);
        }
        plant.place(wanted, placement, None)?;
    }
    Ok(())
}

fn minutes(round: &Round, counts: impl Fn(&Wish) -> bool) -> i64 {
    let placed = round.wishes.iter().zip(&round.outcomes).filter(|(wish, _)| counts(wish));
    placed
        .filter_map(|(_, (_, outcome))| match outcome {
            Outcome::Placed { placement, .. } => Some(placement),
            _ => None,
        })
        .flat_map(|placement| &placement.steps)
        .map(|step| step.interval.minutes())
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_allotted_can_be_booked(
        pattern in pattern(),
        matrix in matrix(),
        figures in [world::figures(), world::figures()],
        (two_steps, pool) in (any::<bool>(), prop::option::of(1..3_u32)),
        booked in prop::collection::vec((1..4_u8, 0..9 * DAY, 0..6_usize), 0..4),
        down in prop::option::of((0..2_usize, 0..9 * DAY, 1..3 * DAY)),
        drafts in drafts(),
        rule in rule(),
        seed in 0..3_u64,
    ) {
        let mut plant = Plant::new(pattern, matrix, figures, two_steps);
        if let Some(capacity) = pool {
            plant.share_pool(capacity);
        }
        if let Some((line, from, length)) = down {
            plant.fail(line, from, length);
        }
        // One of them is a hold that has expired by then: several, released one by one, may leave a cleaning.
        for (number, (product, from, offer)) in booked.into_iter().enumerate() {
            plant.book(product, from, offer, number == 0);
        }
        plant.now += 7;
        let mut wishes = wishes(&drafts);
        let round = allocate(plant.snapshot(), &wishes, rule, (seed, 60), plant.now);
        prop_assert!(round.is_replayed_by(plant.snapshot()));
        // What is written down is enough to decide it again, and to bring it into order once more.
        let inputs = Inputs::of(plant.snapshot(), &holidays());
        prop_assert!(round.is_replayed_by(&inputs.snapshot()));
        let plan = round.plan();
        prop_assert_eq!(round.bookable(plant.snapshot(), plan.clone(), plant.now), Ok(plan));
        wishes.reverse();
        let other = allocate(plant.snapshot(), &wishes, rule, (seed, 60), plant.now);
        prop_assert_eq!(&round, &other, "in whatever order they are listed");
        if let Rule::Shares(shares) = rule {
            for firm in round.wishes.iter().map(|wish| wish.firm) {
                prop_assert!(minutes(&round, |wish| wish.firm == firm) <= shares.offered * 60 / 100);
            }
            prop_assert!(minutes(&round, |wish| !wish.small) <= shares.offered * 70 / 100);
        }
        let placed = round.outcomes.iter().filter(|(_, outcome)| choice(outcome).is_some()).count();
        prop_assert_eq!(round.order.len(), placed);
        prop_assert_eq!(book(&mut plant, &round), Ok(()));
        prop_assert_eq!(plant.violations(), []);
    }
}

/// One kind of line, open day and night, a day between any two campaigns, which take two days a batch. Windows are in
/// days from the origin.
pub fn plain() -> Plant {
    let pattern = Pattern {
        id: CalendarId(Uuid::nil()),
        code: "open".into(),
        name: text("open"),
        week: std::array::from_fn(|_| vec![Shift { start: 0, end: 1440 }]),
        observes_holidays: false,
        working_weekend_as: 0,
    };
    run(pattern, 2 * DAY)
}

/// The same with other hours, and batches that take so many minutes of them.
pub fn run(pattern: Pattern, batch: Minutes) -> Plant {
    let day = Changeover { crew: DAY, wait: 0 };
    let cell = |relation| MatrixCell { leaves: ClassId(0), needs: ClassId(0), relation, changeover: day };
    let matrix = Matrix {
        id: MatrixId(Uuid::nil()),
        version: 1,
        code: "m".into(),
        name: text("m"),
        classes: Vec::new(),
        rules: vec![ClassRule {
            any_hazard: BTreeSet::new(),
            oeb_at_least: None,
            offerings: BTreeSet::new(),
            needs: ClassId(0),
            leaves: ClassId(0),
        }],
        cells: vec![cell(Relation::Same), cell(Relation::Other)],
        clean_hold: None,
        reclean: day,
        cap: None,
        initial: ClassId(0),
    };
    let figures = Figures { line: line_id(0), setup: 0, batch, running: Running::Crew, wait: 0 };
    // Nothing that is ever asked for starts on the other line: its step would never end.
    let never = Figures { batch: 100 * DAY, ..figures };
    Plant::new(pattern, matrix, [figures, never], false)
}

pub fn asks(id: u128, windows: &[(i64, i64)]) -> Wish {
    let window = |(from, until): &(i64, i64)| {
        request(product(1), 1, Interval { start: origin() + from * DAY, end: origin() + until * DAY })
    };
    Wish {
        choices: windows.iter().map(window).collect(),
        asked_at: Second::try_from(id).expect("small"),
        ..wish(id, id)
    }
}

fn outcomes(plant: &Plant, wishes: &[Wish], rule: Rule) -> Vec<Outcome> {
    let round = allocate(plant.snapshot(), wishes, rule, (1, 400), plant.now);
    round.outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn choice(outcome: &Outcome) -> Option<u32> {
    if let Outcome::Placed { choice, .. } = outcome { Some(*choice) } else { None }
}

#[test]
fn who_comes_first_keeps_the_choice_and_makes_room_within_it() {
    let plant = plain();
    // Day 0 is the changeover. The first would lie on days 1 and 2 and be in the way of the second, which can lie
    // nowhere else; the third finds its first choice gone, the fourth everything.
    let wishes =
        [asks(1, &[(0, 9), (5, 12)]), asks(2, &[(1, 3)]), asks(3, &[(1, 3), (6, 9)]), asks(4, &[(1, 4)])];
    let found = outcomes(&plant, &wishes, Rule::FirstCome);
    assert_eq!(found.iter().map(choice).collect::<Vec<_>>(), [Some(0), Some(0), Some(1), None]);
    assert_eq!(found[3], Outcome::Outranked { by: vec![1] });
}

#[test]
fn a_round_that_was_written_down_otherwise_is_not_replayed() {
    let plant = plain();
    let mut round = allocate(plant.snapshot(), &[asks(1, &[(0, 9)])], Rule::FirstCome, (1, 9), plant.now);
    assert!(round.is_replayed_by(plant.snapshot()));
    round.outcomes[0].1 = Outcome::Outranked { by: Vec::new() };
    assert!(!round.is_replayed_by(plant.snapshot()));
}

#[test]
fn a_call_on_some_lines_is_decided_on_the_routes_that_run_wholly_on_them() {
    let plant = plain();
    let routes = |lines: &[usize]| {
        let part = plant.snapshot().of_lines(&lines.iter().map(|line| line_id(*line)).collect());
        let lines_of =
            |route: &Arc<Route>| route.steps[0].lines.iter().map(|able| able.line).collect::<Vec<_>>();
        (part.lines.len(), part.routes.iter().map(lines_of).collect::<Vec<_>>())
    };
    assert_eq!(routes(&[]), (0, vec![]));
    assert_eq!(routes(&[1]), (1, vec![vec![line_id(1)]]));
    assert_eq!(routes(&[0, 1]), (2, vec![vec![line_id(0), line_id(1)]]));
}

#[test]
fn worth_goes_before_order_and_ties_go_to_innovation() {
    let plant = plain();
    let one = [(1, 3)];
    let rich = Wish { points: 11, ..asks(3, &one) };
    let wishes = [asks(1, &one), Wish { innovation: 1_000, ..asks(2, &one) }, rich];
    let rule = Rule::ScoreWithAgeing { per_call: 1 };
    let got = |wishes: &[Wish]| outcomes(&plant, wishes, rule).iter().map(choice).collect::<Vec<_>>();
    assert_eq!(got(&wishes), [None, None, Some(0)]);
    assert_eq!(got(&wishes[..2]), [None, Some(0)]);
    let waited = Wish { waited: 2, ..asks(1, &one) };
    assert_eq!(got(&[waited, wishes[2].clone()]), [Some(0), None]);
}

#[test]
fn what_a_share_allows_goes_to_what_is_worth_most() {
    let plant = plain();
    let firm = asks(1, &[]).firm;
    let wishes: Vec<Wish> = [(1, (0, 4)), (2, (3, 7)), (3, (6, 9)), (4, (8, 12))]
        .map(|(id, window)| Wish {
            firm,
            points: 10 + u32::try_from(id).expect("small"),
            ..asks(id, &[window])
        })
        .into();
    let rule = Rule::Shares(Shares { offered: 8 * DAY, per_firm: 25, reserved: 0 });
    for seed in 0..8 {
        let round = allocate(plant.snapshot(), &wishes, rule, (seed, 200), plant.now);
        let got: Vec<_> = round.outcomes.iter().map(|(_, outcome)| choice(outcome)).collect();
        assert_eq!(got, [None, None, None, Some(0)], "with seed {seed}");
    }
}

#[test]
fn a_share_that_is_freed_in_one_week_is_of_use_in_another() {
    let plant = plain();
    let firm = asks(1, &[]).firm;
    // Far apart, so that neither is in the other's way on the line.
    let wishes = [(1, 11, (0, 4)), (2, 10, (10, 14))].map(|(id, points, window)| Wish {
        firm,
        points,
        ..asks(id, &[window])
    });
    let rule = Rule::Shares(Shares { offered: 8 * DAY, per_firm: 25, reserved: 0 });
    for seed in 0..8 {
        let round = allocate(plant.snapshot(), &wishes, rule, (seed, 200), plant.now);
        let got: Vec<_> = round.outcomes.iter().map(|(_, outcome)| choice(outcome)).collect();
        assert_eq!(got, [Some(0), None], "with seed {seed}");
    }
}

#[test]
fn every_refusal_has_its_reason() {
    let mut plant = plain();
    let taken = Interval { start: origin() + DAY, end: origin() + 3 * DAY };
    plant.book(2, 0, 0, false);
    let wishes = [
        // It takes its firm's whole share, so that there is none for the second of the same firm.
        asks(1, &[(4, 6)]),
        Wish { firm: asks(1, &[]).firm, ..asks(2, &[(7, 9)]) },
        // Between a booking before the round and the first.
        Wish { choices: vec![request(product(1), 1, taken)], ..asks(3, &[]) },
        asks(4, &[(4, 5)]),
        Wish { small: true, ..asks(5, &[(8, 11)]) },
    ];
    let rule = Rule::Shares(Shares { offered: 8 * DAY, per_firm: 25, reserved: 50 });
    let found = outcomes(&plant, &wishes, rule);
    assert_eq!(found.iter().map(choice).collect::<Vec<_>>(), [Some(0), None, None, None, Some(0)]);
    assert_eq!(found[1], Outcome::ShareExhausted { share: Share::Firm });
    let Outcome::Booked { choices } = &found[2] else { panic!("{:?}", found[2]) };
    assert!(!choices[0].lines.is_empty());
    let Outcome::Impossible { choices } = &found[3] else { panic!("{:?}", found[3]) };
    let too_long = |line: &LineRefusal| matches!(line.refusal, Refusal::TooLong { .. });
    assert!(choices[0].lines.iter().all(too_long), "{choices:?}");
    let tight = Rule::Shares(Shares { offered: 8 * DAY, per_firm: 100, reserved: 90 });
    let found = outcomes(&plant, &wishes[..1], tight);
    assert_eq!(found, [Outcome::ShareExhausted { share: Share::Unreserved }]);
}

#[test]
fn who_is_put_elsewhere_must_fit_there_and_within_the_shares() {
    let plant = plain();
    let rule = Rule::Shares(Shares { offered: 8 * DAY, per_firm: 25, reserved: 0 });
    let other = Wish { firm: asks(1, &[]).firm, ..asks(2, &[(8, 12)]) };
    let wishes = [asks(1, &[(0, 9)]), other, asks(3, &[(0, 9)])];
    let round = allocate(plant.snapshot(), &wishes, rule, (1, 400), plant.now);
    let placed: Vec<_> = round.outcomes.iter().map(|(_, outcome)| choice(outcome).is_some()).collect();
    assert_eq!(placed, [true, false, true], "{:?}", round.outcomes);
    let plan = round.plan();
    let one = wishes[0].id;
    let free = round.places(plant.snapshot(), &plan, (one, 9), plant.now);
    assert!(!free.is_empty());
    let moved = |place: &Place| -> Plan {
        let moved =
            |(wish, old): &(Uuid, Place)| (*wish, if *wish == one { place.clone() } else { old.clone() });
        plan.iter().map(moved).collect()
    };
    for place in &free {
        assert_eq!(round.bookable(plant.snapshot(), moved(place), plant.now).map(|plan| plan.len()), Ok(2));
    }
    // On top of the other.
    let taken = plan.iter().find(|(wish, _)| *wish != one).expect("the third").1.clone();
    let wrong = round.bookable(plant.snapshot(), moved(&taken), plant.now);
    assert!(matches!(wrong, Err(Unfit::Refused { .. })), "{wrong:?}");
    // Beside it, but more than the firm's share.
    let free = plain();
    let too = round.places(free.snapshot(), &plan, (wishes[1].id, 9), plant.now);
    assert_eq!(too, [], "its firm has its share");
    let mut both = plan.clone();
    let start = origin() + 9 * DAY;
    let mut place = taken;
    place.placement.steps[0].interval = Interval { start, end: start + 2 * DAY };
    both.push((wishes[1].id, place));
    let wrong = round.bookable(plant.snapshot(), both, plant.now);
    assert_eq!(wrong, Err(Unfit::Share { wish: wishes[1].id, share: Share::Firm }));
}

#[test]
fn what_is_made_free_goes_to_the_next_within_the_shares() {
    let plant = plain();
    // Each of these would have all of the time that there is.
    let points = |number: u128, points: u32| Wish { points, ..asks(number, &[(0, 3)]) };
    let wishes = [points(1, 9), points(2, 3), points(3, 7), points(4, 5)];
    let rule = Rule::ScoreWithAgeing { per_call: 0 };
    let round = allocate(plant.snapshot(), &wishes, rule, (1, 400), plant.now);
    let mut plan = round.plan();
    let placed: BTreeSet<Uuid> = plan.iter().map(|(wish, _)| *wish).collect();
    assert_eq!(placed, BTreeSet::from([wishes[0].id]));
    let fill = |plan: &Plan, by_hand: &[Uuid]| {
        let by_hand = by_hand.iter().copied().collect();
        round.fill(plant.snapshot(), plan.clone(), &by_hand, plant.now).expect("it fits")
    };
    let same = (plan.clone(), round.outcomes.clone());
    assert_eq!(fill(&plan, &[]), same, "nothing is free, and it stays as it was");
    plan.clear();
    let (plan, told) = fill(&plan, &[wishes[0].id]);
    assert_eq!(plan.iter().map(|(wish, _)| *wish).collect::<Vec<_>>(), [wishes[2].id], "what is worth most");
    let many = plan.len();
    assert_eq!(round.bookable(plant.snapshot(), plan.clone(), plant.now).map(|plan| plan.len()), Ok(many));
    // Whoever has none is told why as it is now.
    let has = |wish: &Uuid| plan.iter().any(|(placed, _)| placed == wish);
    for (wish, outcome) in &told {
        let is_placed = matches!(outcome, Outcome::Placed { .. });
        assert_eq!(is_placed, has(wish), "{wish} {outcome:?}");
        assert!(
            is_placed || matches!(outcome, Outcome::Outranked { .. }) || *wish == wishes[0].id,
            "{outcome:?}"
        );
    }
    assert_eq!(told.len(), wishes.len());
    for wish in [wishes[1].id, wishes[3].id] {
        assert_eq!(round.places(plant.snapshot(), &plan, (wish, 1), plant.now), []);
    }
}

/// By whom the first of these wishes, which has fewest points, is outranked.
fn outranked(snapshot: &Snapshot, wishes: &[Wish]) -> Vec<u32> {
    let rich = |(wish, number): (&Wish, u32)| Wish { points: 10 + number, ..wish.clone() };
    let wishes: Vec<Wish> = wishes.iter().zip(0..).map(rich).collect();
    let round = allocate(snapshot, &wishes, Rule::ScoreWithAgeing { per_call: 1 }, (1, 400), now());
    let (first, others) = round.outcomes.split_first().expect("wishes");
    assert!(others.iter().all(|(_, outcome)| choice(outcome).is_some()), "{others:?}");
    let Outcome::Outranked { by } = &first.1 else { panic!("{first:?}") };
    by.clone()
}

#[test]
fn whoever_must_go_for_a_wish_outranks_it_be_it_for_its_time_or_for_the_change() {
    let plant = plain();
    let by = |others: &[(i64, i64)]| {
        let windows = [(3, 5)].iter().chain(others);
        let wishes: Vec<Wish> = windows.zip(1..).map(|(window, id)| asks(id, &[*window])).collect();
        outranked(plant.snapshot(), &wishes)
    };
    // Without the one whose very time it is, the other still leaves no day to change.
    assert_eq!(by(&[(1, 3), (4, 6)]), [1, 2]);
    assert_eq!(by(&[(2, 4), (5, 7)]), [1, 2]);
    assert_eq!(by(&[(8, 10), (3, 5)]), [2]);
}

#[test]
fn whoever_runs_elsewhere_at_that_time_outranks_only_for_what_all_lines_share() {
    let (tablets, films) = (edges::figures(0, 4 * 60), edges::figures(1, 4 * 60));
    let on = |capacity: u32| {
        let calendar = Arc::new(Calendar::compile(always_open(), &holidays(), horizon()));
        let pool = PoolDraft { cell: CellUnit::Day, capacity, used: Vec::new() };
        let lines = (0..2).map(|number| state(number, always_open(), edges::matrix(), &[])).collect();
        let route = route(vec![step(vec![tablets], 1, 0, None)]);
        let snapshot = snapshot(lines, vec![pool_state(&pool, &calendar)], route);
        with_films(snapshot, vec![films], 1)
    };
    let hours = Interval { start: origin() + 10 * 60, end: origin() + 14 * 60 };
    let wants = |id: u128, offering: &str| {
        let choice = Request { offering: offering.into(), ..request(product(0), 1, hours) };
        Wish { choices: vec![choice], ..wish(id, id) }
    };
    // One on the same line, one on another; and where one share of the pool is all that there is, that one alone.
    let (own, same, other) = (wants(1, "TAB"), wants(2, "TAB"), wants(3, "FCT"));
    assert_eq!(outranked(&on(9), &[own.clone(), same, other.clone()]), [1]);
    assert_eq!(outranked(&on(1), &[own, other]), [1]);
}

#[test]
fn a_hold_that_has_expired_leaves_its_time_and_its_share_to_the_call() {
    let mut plant = plain();
    plant.book(2, 0, 0, true);
    plant.book(3, 5 * DAY, 0, false);
    let wishes = [asks(1, &[(1, 3)]), asks(2, &[(3, 5)])];
    let placed = |plant: &Plant| -> Vec<bool> {
        outcomes(plant, &wishes, Rule::FirstCome).iter().map(|outcome| choice(outcome).is_some()).collect()
    };
    assert_eq!(placed(&plant), [false, false]);
    plant.now += 5;
    assert_eq!(placed(&plant), [true, false], "the other one is too near behind it");
    // One share a day, of which holds had three days'; two of them have expired, and two wishes are for one of those.
    let calendar = Arc::new(Calendar::compile(always_open(), &holidays(), horizon()));
    let used = vec![(1, 1, true), (2, 1, false), (3, 1, true)];
    let pool = PoolDraft { cell: CellUnit::Day, capacity: 1, used };
    let lines = vec![state(0, always_open(), edges::matrix(), &[])];
    let route = route(vec![step(vec![edges::figures(0, 4 * 60)], 1, 0, None)]);
    let snapshot = snapshot(lines, vec![pool_state(&pool, &calendar)], route);
    let wants = |id: u128, day: i64| {
        let window = Interval { start: origin() + day * DAY, end: origin() + (day + 1) * DAY };
        Wish { choices: vec![request(product(0), 1, window)], ..wish(id, id) }
    };
    let wishes = [wants(1, 1), wants(2, 2), wants(3, 3), wants(4, 3)];
    let round = allocate(&snapshot, &wishes, Rule::FirstCome, (1, 100), now());
    let placed: Vec<bool> = round.outcomes.iter().map(|(_, outcome)| choice(outcome).is_some()).collect();
    assert_eq!(placed, [true, false, true, false]);
}

/// A line on which a row at 26 alone would leave it unclean for the one at 40, and another one at 29 mends that.
pub fn mended() -> Snapshot {
    let held = Matrix {
        clean_hold: Some(10 * 60),
        reclean: Changeover { crew: 15 * 60, wait: 0 },
        ..edges::matrix()
    };
    one_step(state(0, always_open(), held, &[busy(3, 4, 2), busy(40, 41, 3)]), 60)
}

/// A wish for this hour.
pub fn hour(id: u128, from: i64) -> Wish {
    let window = Interval { start: origin() + from * 60, end: origin() + (from + 1) * 60 };
    Wish { choices: vec![request(product(0), 1, window)], ..wish(id, id) }
}

/// All of a wish's window.
fn as_wanted(wish: &Wish) -> Place {
    let steps = vec![PlacedStep { line: line_id(0), interval: wish.choices[0].window }];
    Place { choice: 0, placement: Placement { route: ROUTE, steps } }
}

#[test]
fn a_wish_is_torn_once_what_kept_the_line_clean_behind_it_is_gone() {
    let wishes = [hour(1, 8), hour(2, 29), hour(3, 26)];
    let mut ground = Ground::new(&mended(), &wishes, now());
    for (number, wish) in wishes.iter().enumerate() {
        ground.put(number, as_wanted(wish));
        assert_eq!(ground.torn(), None);
    }
    assert!(ground.take(1).is_some());
    assert_eq!(ground.torn(), Some(2));
    assert!(ground.take(2).is_some());
    assert_eq!(ground.torn(), None);
}

#[test]
fn what_fits_only_beside_another_is_booked_behind_it_and_what_fits_nowhere_is_refused() {
    // Alone at 26 the line would not be clean for the row at 40; the other one at 29 mends that.
    let held = Matrix {
        clean_hold: Some(10 * 60),
        reclean: Changeover { crew: 15 * 60, wait: 0 },
        ..edges::matrix()
    };
    let rows = [busy(3, 4, 2), busy(40, 41, 3)];
    let snapshot = one_step(state(0, always_open(), held, &rows), 60);
    let at = |from: i64| Interval { start: origin() + from * 60, end: origin() + (from + 1) * 60 };
    let wants =
        |id: u128, from: i64| Wish { choices: vec![request(product(0), 1, at(from))], ..wish(id, id) };
    let wishes = [wants(1, 26), wants(2, 29)];
    let round = allocate(&snapshot, &wishes, Rule::FirstCome, (1, 100), now());
    let [near, mends] = [0, 1].map(|number| (wishes[number].id, as_wanted(&wishes[number])));
    let plan = round.bookable(&snapshot, vec![near.clone(), mends.clone()], now());
    assert_eq!(plan, Ok(vec![mends, near.clone()]));
    let alone = round.bookable(&snapshot, vec![near], now());
    assert!(matches!(alone, Err(Unfit::Refused { wish, .. }) if wish == wishes[0].id), "{alone:?}");
}
