//! Tier 2 over 200 lines with 50,000 bookings: from "nothing fits" to the fewest moves, beside one search.

use std::{hint::black_box, sync::Arc};

use domain::{
    BookingId, Interval,
    availability::{PlacedStep, Placement, search},
    calendar::DAY,
    occupancy::Kind,
    request::Request,
    resolve::repair::{Limits, Movable, repair},
    route::Route,
    snapshot::Snapshot,
    supposed::Held,
};

use crate::{
    Scale,
    kernel::{BEGIN, LINES, ROWS, id, lines, request, snapshot},
    report::{Report, Row, median, spell},
};

/// Lines of one platform, of 200 lines on seven platforms.
const OWN: usize = 28;
/// Of so many bookings one may be moved by rule.
const ONE_IN: usize = 4;
/// So far the windows reach beyond the places.
const SLACK: i64 = 10 * DAY;

/// Measures a repair for campaigns of growing length: the longer, the more must make room.
pub fn measure(report: &mut Report, _scale: Scale) {
    let lines = lines();
    let whole = snapshot(&lines, 1);
    for (share, what) in [(lines.len(), "any line"), (OWN, "lines of one platform")] {
        let narrow = on_lines(&whole, share);
        let movables = movables(&narrow);
        for batches in [2_u32, 4, 6] {
            let start = BEGIN + 100 * DAY;
            let window = Interval { start, end: start + 14 * DAY };
            let request = Request { batches, window, ..request() };
            let now = BEGIN * 60;
            let bare = median(9, || {
                black_box(search(black_box(&narrow), black_box(&request), now).ok());
            });
            let mut answer = None;
            let taken = median(5, || {
                answer = repair(black_box(&narrow), &request, &movables, now, Limits::default()).ok();
            });
            let said = answer.map_or_else(String::new, |found| {
                let moves = found.proposals.first().map(|best| best.cost.moves);
                format!("{} with {moves:?} moves, {:?}", found.proposals.len(), found.extent)
            });
            report.add(Row {
                what: format!("repair, {what}, {LINES} lines × {ROWS} rows, {batches} batches: {said}"),
                value: spell(taken),
                yardstick: format!("one search: {}", spell(bare)),
                ratio: format!("{:.0} × the search", taken.as_secs_f64() / bare.as_secs_f64()),
                wanted: "< 200 ms",
            });
        }
    }
}

/// The snapshot with its route on the first `count` lines only.
fn on_lines(whole: &Snapshot, count: usize) -> Snapshot {
    let mut route = Route::clone(&whole.routes[0]);
    route.steps[0].lines.truncate(count);
    Snapshot { routes: vec![Arc::new(route)], ..whole.clone() }
}

fn movables(snapshot: &Snapshot) -> Vec<Movable> {
    let route = &snapshot.routes[0];
    let rows = route.steps[0].lines.iter().flat_map(|figures| snapshot.lines[&figures.line].rows());
    let rows = rows.filter(|row| row.kind == Kind::Campaign).step_by(ONE_IN).zip(0..);
    rows.map(|(row, number)| Movable {
        booking: BookingId(id(10, number)),
        request: Request {
            product: row.product,
            window: Interval { start: row.interval.start - SLACK, end: row.interval.end + SLACK },
            ..request()
        },
        placement: Placement {
            route: route.id,
            steps: vec![PlacedStep { line: row.line, interval: row.interval }],
        },
        held: Held { rows: vec![(row.line, row.id)], claims: Vec::new() },
        needs_consent: false,
    })
    .collect()
}
