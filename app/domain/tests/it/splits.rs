//! Splits of a campaign: both runs fit together by the checker, at the stated cost, and only where that is less.

use domain::{
    ClassId, Interval, Minutes, PlatformId, ProductId, RouteId, Second,
    availability::{PlacedStep, Placement, place, search},
    calendar::{DAY, Pattern, Shift},
    changeover::{Changeover, ClassRule, Matrix, MatrixCell, Relation},
    request::Request,
    resolve::{
        alternatives::{
            ANOTHER_LINE, ANOTHER_PLATFORM, Alternative, HOUR_OF_CHANGEOVER, PERCENT_DEARER, Wanted,
            alternatives,
        },
        setups::{Known, Setups},
        split::{SPLIT, Split},
    },
    route::Figures,
    snapshot::Snapshot,
};
use proptest::{prelude::*, strategy::ValueTree};
use uuid::Uuid;

use crate::{
    plant::Plant,
    world::{ROUTE, figures, line_id, matrix, now, origin, pattern, product, request},
};

/// As whoever knows of its own request alone would be shown it.
fn split(
    snapshot: &Snapshot,
    request: &Request,
    wanted: Option<&Wanted>,
    unsplit: &[Alternative],
    now: Second,
) -> Option<Split> {
    domain::resolve::split::split(snapshot, request, &Known::default(), wanted, unsplit, now)
}

#[derive(Clone, Debug)]
pub struct Town {
    pattern: Pattern,
    matrix: Matrix,
    figures: [Figures; 2],
    two_steps: bool,
    capacity: Option<u32>,
    /// Product, first minute, which of the offers.
    booked: Vec<(u8, i64, usize)>,
    pub wish: Request,
}

fn always(pattern: Pattern) -> Pattern {
    let week = std::array::from_fn(|_| vec![Shift { start: 0, end: 1440 }]);
    Pattern { week, observes_holidays: false, ..pattern }
}

pub fn town() -> impl Strategy<Value = Town> {
    let busy = || {
        (figures(), prop::sample::select(vec![400, 700, 1200]))
            .prop_map(|(figures, batch)| Figures { batch, ..figures })
    };
    let booked = prop::collection::vec((1..4_u8, 0..8 * DAY, 0..4_usize), 1..8);
    let wish = (0..2_u8, 1..6_u32, 2..10_i64).prop_map(|(own, batches, days)| {
        let window = Interval { start: origin(), end: origin() + days * DAY };
        request(product(own * 7), batches, window)
    });
    let pool = prop::option::of(1..3_u32);
    (pattern(), matrix(), [busy(), busy()], any::<bool>(), pool, booked, wish, any::<bool>()).prop_map(
        |(pattern, matrix, figures, two_steps, capacity, booked, wish, easy)| {
            let pattern = if easy { always(pattern) } else { pattern };
            Town { pattern, matrix, figures, two_steps, capacity, booked, wish }
        },
    )
}

impl Town {
    pub fn build(&self) -> Plant {
        let mut plant = Plant::new(self.pattern.clone(), self.matrix.clone(), self.figures, self.two_steps);
        if let Some(capacity) = self.capacity {
            plant.share_pool(capacity);
        }
        for (product, from, offer) in &self.booked {
            plant.book(*product, *from, *offer, false);
        }
        plant
    }
}

/// Both runs, one after the other as the protocol takes them, each decided on what stands by then.
fn hold_both(plant: &mut Plant, wish: &Request, split: &Split) {
    let batches: Vec<u32> = split.parts.iter().map(|part| part.batches).collect();
    assert_eq!(batches.iter().sum::<u32>(), wish.batches, "all batches are made");
    assert!(batches[0] >= batches[1] && batches[1] > 0, "{batches:?}");
    // What was searched without a product is held with one of the firm's own, which nobody else has.
    let product = if wish.product == product(0) { product(8) } else { wish.product };
    for part in &split.parts {
        let run = Request { batches: part.batches, product, ..wish.clone() };
        let span = part.offer.placement.span().expect("a step");
        assert!(wish.window.start <= span.start && span.end <= wish.window.end, "inside the window");
        plant.place(run, &part.offer.placement, None).expect("a run that was offered");
    }
    assert_eq!(plant.violations(), []);
}

/// The set-up before a run in the test's own words: where the request itself runs right before, as long as that takes;
/// else the longest from a new line, or from what all here leave, to another product. From then on the run stands.
fn set_up(stands: &mut Snapshot, wish: &Request, run: &Placement) -> Minutes {
    stands.put(wish, run, now()).expect("it fits");
    let own = if wish.product == product(0) { ProductId(Uuid::max()) } else { wish.product };
    let of_step = |step: &PlacedStep| {
        let line = &stands.lines[&step.line];
        let (matrix, rule) = (&line.matrix, &line.matrix.rules[0]);
        let ahead = line.rows().iter().rev().find(|row| row.interval.end <= step.interval.start);
        let from_own = ahead.is_some_and(|row| row.product == own);
        let (relation, left) = if from_own {
            (Relation::Same, [rule.leaves; 2])
        } else {
            (Relation::Other, [rule.leaves, matrix.initial])
        };
        let cells = matrix.cells.iter().filter(|cell| cell.needs == rule.needs && cell.relation == relation);
        let cells = cells.filter(|cell| left.contains(&cell.leaves));
        cells.map(|cell| cell.changeover.minimum()).max().unwrap_or(0)
    };
    run.steps.iter().map(of_step).sum()
}

fn set_up_alone(snapshot: &Snapshot, wish: &Request, run: &Placement) -> Minutes {
    set_up(&mut snapshot.clone(), wish, run)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn both_runs_fit_together(town in town()) {
        let mut plant = town.build();
        let found = split(plant.snapshot(), &town.wish, None, &[], now());
        prop_assert!(found.is_none() || town.wish.batches >= 2, "one batch has no parts");
        if let Some(found) = found {
            prop_assert_eq!(found.price_fen, found.parts.iter().map(|part| part.offer.price_fen).sum::<i64>());
            hold_both(&mut plant, &town.wish, &found);
        }
    }

    #[test]
    fn a_split_costs_what_is_stated_and_less_than_every_single_run(town in town(), start in 0..4 * DAY) {
        let mut plant = town.build();
        let mut steps = vec![(line_id(0), origin() + start)];
        if town.two_steps {
            steps.push((line_id(1), origin() + start + DAY));
        }
        let wanted = Wanted { route: ROUTE, steps };
        let Ok(outcome) = search(plant.snapshot(), &town.wish, now()) else { return Ok(()) };
        let known = Known::default();
        let mut setups = Setups::new(plant.snapshot(), &town.wish, &known, now());
        let few = alternatives(&mut setups, outcome.offers.iter(), &wanted, 5);
        let Some(found) = split(plant.snapshot(), &town.wish, Some(&wanted), &few, now()) else { return Ok(()) };
        prop_assert!(few.iter().all(|one| found.cost < one.cost), "{} beside {few:?}", found.cost);
        let own = |placement: &Placement| -> Minutes {
            let shift = (placement.span().expect("a step").start - wanted.steps[0].1).abs();
            let same = placement.steps.iter().zip(&wanted.steps).all(|(step, (line, _))| step.line == *line);
            shift + if same { 0 } else { ANOTHER_LINE }
        };
        let both: Minutes = found.parts.iter().map(|part| own(&part.offer.placement)).sum();
        let dearer = few.iter().map(|one| one.offer.price_fen).min().filter(|least| *least > 0)
            .map_or(0, |least| ((found.price_fen - least) * 100 / least).max(0) * PERCENT_DEARER);
        // The second is reckoned where the first stands.
        let mut stands = plant.snapshot().clone();
        let set_up: Minutes =
            found.parts.iter().map(|part| set_up(&mut stands, &town.wish, &part.offer.placement)).sum();
        let alone = few.iter().map(|one| set_up_alone(plant.snapshot(), &town.wish, &one.offer.placement));
        let more = (set_up - alone.min().unwrap_or(0)).max(0);
        prop_assert_eq!(found.cost, SPLIT + both + dearer + more * HOUR_OF_CHANGEOVER / 60);
        hold_both(&mut plant, &town.wish, &found);
    }
}

/// One line of two that is open day and night, a batch a day, and a campaign that stands on each at these days.
fn days(taken: &[(usize, i64)], later: i64) -> Plant {
    let matrix = Matrix { clean_hold: None, cap: None, cells: free(), ..bare() };
    let figures = Figures { setup: 0, batch: DAY, wait: 0, ..a_figure() };
    let mut plant = Plant::new(always(a_pattern()), matrix, [figures; 2], false);
    for (line, day) in taken {
        let start = origin() + (day + later) * DAY;
        let wish = request(product(1), 1, Interval { start, end: start + DAY });
        let there =
            place(plant.snapshot(), &wish, ROUTE, &[(line_id(*line), start)]).expect("open day and night");
        plant.place(wish, &there, None).expect("free");
    }
    plant
}

fn sample<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> T {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    of.new_tree(&mut runner).expect("a value").current()
}

fn bare() -> Matrix {
    sample(matrix())
}

fn a_pattern() -> Pattern {
    sample(pattern())
}

fn a_figure() -> Figures {
    sample(figures())
}

/// Every pair of classes, without any set-up.
fn free() -> Vec<MatrixCell> {
    let pairs = (0..3).flat_map(|leaves| (0..3).map(move |needs| (ClassId(leaves), ClassId(needs))));
    pairs
        .flat_map(|(leaves, needs)| {
            [Relation::Same, Relation::Other].map(|relation| MatrixCell {
                leaves,
                needs,
                relation,
                changeover: Changeover { crew: 0, wait: 0 },
            })
        })
        .collect()
}

fn wish(batches: u32, days: i64, later: i64) -> Request {
    let start = origin() + later * DAY;
    request(product(7), batches, Interval { start, end: start + days * DAY })
}

fn batches(split: &Split) -> [u32; 2] {
    [split.parts[0].batches, split.parts[1].batches]
}

#[test]
fn what_fits_nowhere_whole_runs_twice() {
    // Free are two days, and then one, on the first line; nothing on the other.
    let all = [(0, 2), (1, 0), (1, 1), (1, 2), (1, 3)];
    let plant = days(&all, 0);
    assert!(search(plant.snapshot(), &wish(3, 4, 0), now()).expect("fair").offers.is_empty());
    let found = split(plant.snapshot(), &wish(3, 4, 0), None, &[], now()).expect("2 and 1");
    assert_eq!(batches(&found), [2, 1]);
    // Two days for the split; done two and four days into the window.
    assert_eq!(found.cost, SPLIT + 2 * DAY + 4 * DAY);
    // Four batches are one too many, one batch is none to split.
    assert_eq!(split(plant.snapshot(), &wish(4, 4, 0), None, &[], now()), None);
    assert_eq!(split(plant.snapshot(), &wish(1, 4, 0), None, &[], now()), None);
}

#[test]
fn one_batch_goes_apart_where_halves_do_not_fit() {
    // Three days on the first line, one on the other.
    let plant = days(&[(0, 3), (1, 0), (1, 2), (1, 3)], 0);
    let found = split(plant.snapshot(), &wish(4, 4, 0), None, &[], now()).expect("3 and 1");
    assert_eq!(batches(&found), [3, 1]);
}

#[test]
fn everything_later_is_the_same_split_later() {
    let taken = [(0, 2), (1, 0), (1, 1), (1, 2), (1, 3)];
    let [now_, then] = [0, 3].map(|later| {
        let plant = days(&taken, later);
        split(plant.snapshot(), &wish(3, 4, later), None, &[], now()).expect("2 and 1")
    });
    assert_eq!((batches(&now_), now_.cost, now_.price_fen), (batches(&then), then.cost, then.price_fen));
    let starts = |split: &Split| split.parts.clone().map(|part| part.offer.placement.steps[0].interval.start);
    assert_eq!(starts(&now_).map(|start| start + 3 * DAY), starts(&then));
}

#[test]
fn both_parts_are_of_one_product_even_if_it_has_no_name_yet() {
    // Two days with an outage of an hour between, and half a day from one product to another.
    let changeover = |relation, crew| MatrixCell {
        leaves: ClassId(0),
        needs: ClassId(0),
        relation,
        changeover: Changeover { crew, wait: 0 },
    };
    let cells = vec![changeover(Relation::Same, 0), changeover(Relation::Other, DAY / 2)];
    let rules = vec![ClassRule { needs: ClassId(0), leaves: ClassId(0), ..bare().rules[0].clone() }];
    let matrix = Matrix { clean_hold: None, cap: None, cells, rules, ..bare() };
    let figures = Figures { setup: 0, batch: DAY, wait: 0, ..a_figure() };
    let never = Figures { batch: 99 * DAY, ..figures };
    let mut plant = Plant::new(always(a_pattern()), matrix, [figures, never], false);
    plant.fail(0, 2 * DAY, 60);
    for own in [0, 7] {
        let window = Interval { start: origin() + DAY, end: origin() + 3 * DAY + 60 };
        let found = split(plant.snapshot(), &request(product(own), 2, window), None, &[], now());
        assert_eq!(found.as_ref().map(batches), Some([1, 1]), "product {own}");
    }
}

#[test]
fn a_split_between_two_platforms_costs_the_journey() {
    // Two days on the first line, and one on the other.
    let plant = days(&[(0, 2), (0, 3), (1, 1), (1, 2), (1, 3)], 0);
    let mut apart = plant.snapshot().clone();
    let [mut here, mut there] = [(); 2].map(|()| (*apart.routes[0]).clone());
    here.steps[0].lines.retain(|able| able.line == line_id(0));
    there.steps[0].lines.retain(|able| able.line == line_id(1));
    (there.id, there.platform) = (RouteId(Uuid::from_u128(22)), PlatformId(Uuid::from_u128(99)));
    apart.policies.insert(there.platform, apart.policies[&here.platform].clone());
    apart.routes = vec![here.into(), there.into()];
    let cost = |snapshot| {
        let found = split(snapshot, &wish(3, 4, 0), None, &[], now()).expect("2 and 1");
        assert_eq!(batches(&found), [2, 1]);
        found.cost
    };
    assert_eq!(cost(plant.snapshot()), SPLIT + 2 * DAY + DAY);
    assert_eq!(cost(&apart), SPLIT + 2 * DAY + DAY + ANOTHER_PLATFORM);
}

#[test]
fn the_stated_costs_are_these() {
    let hours = [ANOTHER_LINE, ANOTHER_PLATFORM, PERCENT_DEARER, SPLIT].map(|minutes| minutes / 60);
    assert_eq!((hours, HOUR_OF_CHANGEOVER), ([24, 120, 6, 48], 15));
}
