//! Whole routes: every feasible chain's first start against trying all of them.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    ClassId, Interval, LineId, Minute, Minutes,
    availability::{Placement, check, place, search},
    calendar::{Calendar, DAY, Pattern, Shift, align_up},
    changeover::{Matrix, MatrixCell, Relation},
    request::Request,
    route::Figures,
    snapshot::{LineState, Snapshot},
};
use proptest::prelude::*;

use crate::world::{
    self, Draft, PoolDraft, ROUTE, drafts, figures, holidays, horizon, line, line_id, matrix, now, origin,
    pattern, pool, pool_state, product, request, route, rows, step,
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

impl House {
    fn snapshot(&self) -> Snapshot {
        let calendar = Arc::new(Calendar::compile(self.pattern.clone(), &holidays(), horizon()));
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

    /// Every chain of aligned starts that keeps the lags and that `check` accepts.
    fn chains(&self, snapshot: &Snapshot) -> Vec<Placement> {
        let mut whole = Vec::new();
        self.extend(snapshot, &mut Vec::new(), &mut whole);
        whole
    }

    fn extend(
        &self,
        snapshot: &Snapshot,
        chain: &mut Vec<(LineId, Minute, Minute)>,
        whole: &mut Vec<Placement>,
    ) {
        let Some(step) = self.steps.get(chain.len()) else {
            let starts: Vec<_> = chain.iter().map(|(line, start, _)| (*line, *start)).collect();
            let placement = place(snapshot, &self.request, ROUTE, &starts).expect("every end is known");
            whole.extend(check(snapshot, &self.request, &placement, now()).map(|offer| offer.placement));
            return;
        };
        let window = self.request.window;
        let (first, last) = chain.last().map_or((window.start, window.end), |(_, _, end)| {
            let last = step.max_lag.map_or(window.end, |lag| (end + lag).min(window.end));
            (end + step.min_lag, last)
        });
        let mut alone = snapshot.clone();
        alone.routes = vec![Arc::new(route(vec![snapshot.routes[0].steps[chain.len()].clone()]))];
        for (number, _) in &step.lines {
            let mut start = align_up(first, GRANULARITY);
            while start <= last {
                let line = line_id(*number);
                let end = place(&alone, &self.request, ROUTE, &[(line, start)]);
                if let Ok(end) = end.map(|placed| placed.steps[0].interval.end)
                    && end <= window.end
                {
                    chain.push((line, start, end));
                    self.extend(snapshot, chain, whole);
                    chain.pop();
                }
                start += GRANULARITY;
            }
        }
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
    fn a_route_is_offered_from_every_gap_that_some_chain_starts_in(house in house()) {
        let snapshot = house.snapshot();
        let mut earliest = BTreeMap::new();
        for chain in house.chains(&snapshot) {
            let start = chain.steps[0].interval.start;
            let known = earliest.entry(house.gap(&snapshot, &chain)).or_insert(start);
            *known = start.min(*known);
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
}
