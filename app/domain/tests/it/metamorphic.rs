//! What must change nothing: translating time, renaming lines, adding an irrelevant line.

use std::sync::Arc;

use domain::{
    Interval, LineId, Minutes, Second,
    availability::{Outcome, search},
    calendar::{Calendar, DAY, Holidays},
    occupancy::Occupancy,
    snapshot::{LineState, Snapshot},
};
use proptest::prelude::*;
use uuid::Uuid;

use crate::world::{Single, horizon, line, line_id, now, route, single, snapshot, step};

const WEEK: Minutes = 7 * DAY;

/// The same world without holidays, `by` minutes later, on a line of another name.
fn world(single: &Single, by: Minutes, name: LineId, others: usize) -> (Snapshot, Second) {
    let later = |one: Interval| Interval { start: one.start + by, end: one.end + by };
    let pattern = single.pattern.clone();
    let calendar = Arc::new(Calendar::compile(pattern, &Holidays::default(), later(horizon())));
    let moved = |row: Occupancy| Occupancy {
        interval: later(row.interval),
        line: name,
        expires_at: row.expires_at.map(|at| at + by * 60),
        ..row
    };
    let rows = single.rows().into_iter().map(moved).collect();
    let matrix = Arc::new(single.matrix.clone());
    let media_fill = single.media_fill.map(|at| at + by);
    let named = Arc::new(line(name, single.granularity, media_fill));
    let mut lines = vec![LineState::new(named, matrix.clone(), calendar.clone(), 7, rows)];
    for other in 0..others {
        let id = line_id(100 + other);
        let head = Occupancy::head(domain::OccupancyId(id.0), id, horizon().start + by, matrix.initial);
        let state = line(id, single.granularity, None);
        lines.push(LineState::new(Arc::new(state), matrix.clone(), calendar.clone(), 1, vec![head]));
    }
    let figures = domain::route::Figures { line: name, ..single.figures };
    let steps = vec![step(vec![figures], 0, 0, None)];
    (snapshot(lines, Vec::new(), route(steps)), now() + by * 60)
}

fn found(
    single: &Single,
    by: Minutes,
    name: LineId,
    others: usize,
) -> Result<Outcome, domain::refusal::Refusal> {
    let (snapshot, now) = world(single, by, name, others);
    let mut wanted = single.request.clone();
    wanted.window = Interval { start: wanted.window.start + by, end: wanted.window.end + by };
    search(&snapshot, &wanted, now)
}

/// Starts, ends, prices and costs, as if nothing had been translated.
fn essence(outcome: Outcome, by: Minutes) -> Vec<(i64, i64, i64, i64)> {
    outcome
        .offers
        .iter()
        .map(|offer| {
            let Interval { start, end } = offer.placement.steps[0].interval;
            (start - by, end - by, offer.price_fen, offer.cost.finish)
        })
        .collect()
}

proptest! {
    #[test]
    fn whole_weeks_names_and_other_lines_change_nothing(single in single(), weeks in -60..200_i64) {
        let plain = found(&single, 0, line_id(0), 0).map(|outcome| essence(outcome, 0));
        let by = weeks * WEEK;
        let later = found(&single, by, line_id(0), 0).map(|outcome| essence(outcome, by));
        prop_assert_eq!(plain.is_ok(), later.is_ok());
        prop_assert_eq!(plain.clone().unwrap_or_default(), later.unwrap_or_default());
        let renamed = found(&single, 0, LineId(Uuid::from_u128(0xffff_0000)), 0);
        prop_assert_eq!(plain.clone().ok(), renamed.ok().map(|outcome| essence(outcome, 0)));
        prop_assert_eq!(found(&single, 0, line_id(0), 3), found(&single, 0, line_id(0), 0));
    }
}
