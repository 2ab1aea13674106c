//! Whole routes: every feasible chain and its first start against trying all of them minute by minute.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    ClassId, Interval, LineId, Minute, Minutes, OccupancyId, Second,
    availability::{PlacedStep, Placement, SameFinish, check, search},
    calendar::{Calendar, DAY, Holidays, Pattern, Shift},
    changeover::{Matrix, MatrixCell, Relation},
    occupancy::{Link, Occupancy},
    refusal::Refusal,
    request::Request,
    resource::Line,
    route::Figures,
    snapshot::{LineState, Snapshot},
    use_or_lose::Curbs,
};
use proptest::prelude::*;

use crate::{
    brute::{Ground, Walk, pool_has_room},
    world::{
        self, Draft, PoolDraft, ROUTE, cells, drafts, figures, holidays, horizon, line, line_id, matrix, now,
        origin, pattern, pool, pool_state, product, request, route, rows, step,
    },
};

const GRANULARITY: Minutes = 240;

/// Two or three steps over three lines; a line may serve several steps, and all steps may use the pool.
#[derive(Clone, Debug)]
struct House {
    pattern: Pattern,
    matrix: Matrix,
    lines: Vec<Vec<Draft>>,
    steps: Vec<StepDraft>,
    pool: PoolDraft,
    request: Request,
}

#[derive(Clone, Debug)]
struct StepDraft {
    lines: Vec<(usize, Figures)>,
    amount: u32,
    min_lag: Minutes,
    max_lag: Option<Minutes>,
}

fn house() -> impl Strategy<Value = House> {
    let on_line = (0..3_usize, figures());
    let slack = prop::option::of(prop::sample::select(vec![0, 250, 900]));
    let lags = (prop::sample::select(vec![0, 100, 700]), slack);
    let step =
        (prop::collection::vec(on_line, 1..3), 0..2_u32, lags).prop_map(|(mut lines, amount, lags)| {
            lines.dedup_by_key(|(line, _)| *line);
            let (min_lag, slack) = lags;
            StepDraft { lines, amount, min_lag, max_lag: slack.map(|slack| min_lag + slack) }
        });
    let wanted = (0..2_u8, 0..3 * DAY, DAY..6 * DAY).prop_map(|(number, from, length)| {
        request(product(number), 1, Interval { start: origin() + from, end: origin() + from + length })
    });
    let lines = prop::collection::vec(drafts(), 3);
    // Often open around the clock and with every pair allowed, so that what decides is how the steps meet.
    let easy = prop::bool::weighted(0.7);
    (pattern(), matrix(), lines, prop::collection::vec(step, 2..4), pool(), wanted, easy).prop_map(
        |(mut pattern, mut matrix, lines, steps, pool, request, easy)| {
            if easy {
                pattern.week = std::array::from_fn(|_| vec![Shift { start: 0, end: 1440 }]);
                pattern.observes_holidays = false;
                matrix = lenient(matrix);
            }
            House { pattern, matrix, lines, steps, pool, request }
        },
    )
}

/// Every pair allowed at one changeover, nothing else to keep.
fn lenient(matrix: Matrix) -> Matrix {
    let changeover = matrix.reclean;
    let pairs = (0..3).flat_map(|leaves| (0..3).map(move |needs| (ClassId(leaves), ClassId(needs))));
    let cells = pairs.flat_map(|(leaves, needs)| {
        [Relation::Same, Relation::Other].map(|relation| MatrixCell { leaves, needs, relation, changeover })
    });
    Matrix { cells: cells.collect(), clean_hold: None, cap: None, ..matrix }
}

/// An offer's steps by the number of their line, start and end, and its price.
type Essence = (Vec<(usize, Minute, Minute)>, i64);

impl House {
    fn calendar(&self) -> Calendar {
        Calendar::compile(self.pattern.clone(), &holidays(), horizon())
    }

    fn snapshot(&self) -> Snapshot {
        let calendar = Arc::new(self.calendar());
        let matrix = Arc::new(self.matrix.clone());
        let lines = self.lines.iter().enumerate().map(|(number, drafts)| {
            let line = line(line_id(number), GRANULARITY, None);
            let rows = rows(line.id, drafts);
            LineState::new(Arc::new(line), matrix.clone(), calendar.clone(), 1, rows)
        });
        let steps = self.steps.iter().map(|draft| {
            let figures = draft.lines.iter().map(|(at, figures)| Figures { line: line_id(*at), ..*figures });
            step(figures.collect(), draft.amount, draft.min_lag, draft.max_lag)
        });
        world::snapshot(lines.collect(), vec![pool_state(&self.pool, &calendar)], route(steps.collect()))
    }

    /// The same house without holidays, `by` minutes later, its lines called otherwise and in every step `idle` more
    /// lines that can't make what is asked for; with what is asked for, and when.
    fn elsewhere(
        &self,
        by: Minutes,
        name: impl Fn(usize) -> LineId,
        idle: usize,
    ) -> (Snapshot, Request, Second) {
        let later = |one: Interval| Interval { start: one.start + by, end: one.end + by };
        let compile = |span| Arc::new(Calendar::compile(self.pattern.clone(), &Holidays::default(), span));
        let (calendar, matrix) = (compile(later(horizon())), Arc::new(self.matrix.clone()));
        let mut lines: Vec<_> = Vec::new();
        for (number, drafts) in self.lines.iter().enumerate() {
            let line = line(name(number), GRANULARITY, None);
            let moved = |row: Occupancy| Occupancy {
                interval: later(row.interval),
                line: line.id,
                expires_at: row.expires_at.map(|at| at + by * 60),
                link: row.link.map(|link| Link { prev_end: link.prev_end + by, ..link }),
                ..row
            };
            let rows = rows(line_id(number), drafts).into_iter().map(moved).collect();
            lines.push(LineState::new(Arc::new(line), matrix.clone(), calendar.clone(), 1, rows));
        }
        let idle: Vec<LineId> = (0..idle).map(|number| line_id(100 + number)).collect();
        for id in &idle {
            let head = Occupancy::head(OccupancyId(id.0), *id, horizon().start + by, matrix.initial);
            let unable = Arc::new(Line { capabilities: Vec::new(), ..line(*id, GRANULARITY, None) });
            lines.push(LineState::new(unable, matrix.clone(), calendar.clone(), 1, vec![head]));
        }
        let steps = self.steps.iter().map(|draft| {
            let able = draft.lines.iter().map(|(at, figures)| Figures { line: name(*at), ..*figures });
            let unable = idle.iter().map(|id| Figures { line: *id, ..draft.lines[0].1 });
            step(able.chain(unable).collect(), draft.amount, draft.min_lag, draft.max_lag)
        });
        let mut pool = pool_state(&self.pool, &compile(horizon()));
        pool.calendar = calendar;
        pool.used = pool.used.into_iter().map(|(cell, used)| (cell + by, used)).collect();
        for claim in &mut pool.expiring {
            (claim.cell, claim.expires_at) = (claim.cell + by, claim.expires_at + by * 60);
        }
        let request = Request { window: later(self.request.window), ..self.request.clone() };
        (world::snapshot(lines, vec![pool], route(steps.collect())), request, now() + by * 60)
    }

    /// What is offered there, as if it were here: lines by number, times as if nothing had been translated, and prices.
    /// `None`: not all was tried, so that what was found may depend on the order.
    fn essence(&self, by: Minutes, name: impl Fn(usize) -> LineId, idle: usize) -> Option<Vec<Essence>> {
        let (snapshot, request, now) = self.elsewhere(by, &name, idle);
        let outcome = search(&snapshot, &request, now).expect("a fair request");
        let cut_short = |why: &Refusal| matches!(why, Refusal::SearchCutShort { .. });
        if outcome.refusals.iter().any(|refused| cut_short(&refused.refusal)) {
            return None;
        }
        let number = |line| (0..self.lines.len()).find(|at| name(*at) == line).expect("a line that can");
        let step = |step: &PlacedStep| (number(step.line), step.interval.start - by, step.interval.end - by);
        let offers = outcome.offers.iter();
        let mut essence: Vec<_> =
            offers.map(|offer| (offer.placement.steps.iter().map(step).collect(), offer.price_fen)).collect();
        essence.sort_unstable();
        Some(essence)
    }

    /// Every chain of starts that the figures and the window allow and that keeps the lags or misses them by little,
    /// and whether it fits by trying it minute by minute.
    fn chains(&self) -> Vec<(Placement, bool)> {
        let walk = Walk::new(&self.pattern);
        let grounds = self.lines.iter().enumerate();
        let grounds: Vec<_> =
            grounds.map(|(at, drafts)| Ground::new(&walk, &self.matrix, rows(line_id(at), drafts))).collect();
        let mut whole = Vec::new();
        self.extend(&grounds, &mut Vec::new(), &mut whole);
        let all_cells = cells(self.pool.cell, &self.calendar());
        whole.into_iter().map(|chain| self.tried(&grounds, &all_cells, &chain)).collect()
    }

    fn extend(
        &self,
        grounds: &[Ground<'_>],
        chain: &mut Vec<(usize, Interval)>,
        whole: &mut Vec<Vec<(usize, Interval)>>,
    ) {
        let Some(step) = self.steps.get(chain.len()) else {
            whole.push(chain.clone());
            return;
        };
        let window = self.request.window;
        let (first, last) = chain.last().map_or((window.start, window.end), |(_, before)| {
            let last =
                step.max_lag.map_or(window.end, |lag| (before.end + lag + GRANULARITY).min(window.end));
            (before.end + (step.min_lag - GRANULARITY).max(0), last)
        });
        for (at, figures) in &step.lines {
            for start in first..=last {
                let end = grounds[*at].end(figures, self.request.batches, start, GRANULARITY);
                if let Some(end) = end.filter(|end| *end <= window.end) {
                    chain.push((*at, Interval { start, end }));
                    self.extend(grounds, chain, whole);
                    chain.pop();
                }
            }
        }
    }

    fn tried(
        &self,
        grounds: &[Ground<'_>],
        all_cells: &[Interval],
        chain: &[(usize, Interval)],
    ) -> (Placement, bool) {
        let claims = chain.iter().zip(&self.steps).map(|((_, interval), step)| (*interval, step.amount));
        let lags = chain.windows(2).zip(&self.steps[1..]).all(|(pair, step)| {
            let lag = pair[1].1.start - pair[0].1.end;
            lag >= step.min_lag && step.max_lag.is_none_or(|most| lag <= most)
        });
        let fits = lags
            && pool_has_room(&self.pool, all_cells, &claims.collect::<Vec<_>>())
            && grounds.iter().enumerate().all(|(at, ground)| {
                let here = chain.iter().filter(|(line, _)| *line == at);
                ground.admits(&here.map(|(_, step)| ground.row(&self.request, *step)).collect::<Vec<_>>())
            });
        let steps = chain.iter().map(|(at, interval)| PlacedStep { line: line_id(*at), interval: *interval });
        (Placement { route: ROUTE, steps: steps.collect() }, fits)
    }

    /// The gap of its line that a first step lies in.
    fn gap(&self, snapshot: &Snapshot, placement: &Placement) -> (LineId, usize) {
        let first = &placement.steps[0];
        let rows = snapshot.lines[&first.line].rows().iter();
        let live = rows.filter(|row| row.expires_at != Some(now()));
        (first.line, live.filter(|row| row.interval.end <= first.interval.start).count())
    }
}

proptest! {
    #[test]
    fn a_route_is_decided_and_offered_as_the_brute_force_says(house in house()) {
        let snapshot = house.snapshot();
        let mut earliest = BTreeMap::new();
        for (chain, fits) in house.chains() {
            let decided = check(&snapshot, &house.request, &chain, now());
            prop_assert_eq!(decided.is_ok(), fits, "{:?} of {:?}", decided, chain);
            if fits {
                let start = chain.steps[0].interval.start;
                let known = earliest.entry(house.gap(&snapshot, &chain)).or_insert(start);
                *known = start.min(*known);
            }
        }
        let outcome = search(&snapshot, &house.request, now()).expect("a fair request");
        let mut offered = BTreeMap::new();
        for offer in outcome.offers.iter() {
            let decided = check(&snapshot, &house.request, &offer.placement, now());
            prop_assert_eq!(decided.as_ref(), Ok(&offer));
            let start = offer.placement.steps[0].interval.start;
            prop_assert!(offered.insert(house.gap(&snapshot, &offer.placement), start).is_none());
        }
        prop_assert_eq!(offered, earliest);
        prop_assert!(outcome.offers.iter().is_sorted_by_key(|offer| offer.cost));
    }

    #[test]
    fn nothing_that_begins_in_the_same_gap_and_is_done_by_then_is_cheaper(house in house()) {
        let snapshot = house.snapshot();
        let decided = |(chain, fits): (Placement, bool)| {
            fits.then(|| check(&snapshot, &house.request, &chain, now()).expect("it fits"))
        };
        let all: Vec<_> = house.chains().into_iter().filter_map(decided).collect();
        let curbs = Curbs::new();
        let mut same_finish = SameFinish::new(&snapshot, &house.request, &curbs, now(), u32::MAX);
        let outcome = search(&snapshot, &house.request, now()).expect("a fair request");
        for offer in outcome.offers.iter() {
            let (gap, span) = (house.gap(&snapshot, &offer.placement), offer.placement.span().expect("a step"));
            let there = |placement: &Placement| {
                house.gap(&snapshot, placement) == gap && span.holds(placement.span().expect("a step"))
            };
            let least = all.iter().filter(|other| there(&other.placement)).map(|other| other.price_fen).min();
            let cheaper = same_finish.cheaper(&offer);
            prop_assert_eq!(cheaper.as_ref().map_or(offer.price_fen, |found| found.price_fen), least.expect("itself"));
            if let Some(found) = cheaper {
                prop_assert!(found.price_fen < offer.price_fen && there(&found.placement));
                prop_assert_eq!(check(&snapshot, &house.request, &found.placement, now()), Ok(found));
            }
        }
    }

    #[test]
    fn a_wider_window_never_makes_the_best_dearer(house in house(), sooner in 0..2 * DAY, later in 0..2 * DAY) {
        let mut narrow = house;
        // Each step on a line of its own, and any time between two: what starts sooner is done no later.
        for (number, draft) in narrow.steps.iter_mut().enumerate() {
            draft.lines = vec![(number, draft.lines[0].1)];
            (draft.amount, draft.max_lag) = (0, None);
        }
        let mut wide = narrow.clone();
        let window = narrow.request.window;
        wide.request.window = Interval { start: window.start - sooner, end: window.end + later };
        let best = |house: &House| {
            let (snapshot, curbs) = (house.snapshot(), Curbs::new());
            let mut offers = search(&snapshot, &house.request, now()).expect("a fair request").offers;
            let mut same_finish = SameFinish::new(&snapshot, &house.request, &curbs, now(), u32::MAX);
            offers.cheapen(&mut same_finish, 0);
            let best = offers.get(0)?;
            Some((best.placement.span().expect("a step").end, best.price_fen))
        };
        if let Some((end, price)) = best(&narrow) {
            let (ends, costs) = best(&wide).expect("what fits a part fits the whole");
            prop_assert!(ends < end || (ends == end && costs <= price), "{ends} {costs} beside {end} {price}");
        }
    }

    #[test]
    fn weeks_names_and_lines_that_cannot_change_nothing_of_a_route(house in house(), weeks in -60..200_i64) {
        let plain = house.essence(0, line_id, 0);
        prop_assert_eq!(&plain, &house.essence(weeks * 7 * DAY, line_id, 0));
        prop_assert_eq!(&plain, &house.essence(0, |number| line_id(50 - number), 0));
        prop_assert_eq!(&plain, &house.essence(0, line_id, 3));
    }
}
