//! Tier 1 over 200 lines with 50,000 bookings: from a taken place to the ranked alternatives and a split, beside the
//! search alone.

use std::hint::black_box;

use domain::{
    ProductId,
    availability::{STARTS, SameFinish, around, search},
    calendar::DAY,
    request::Request,
    resolve::{
        alternatives::{Wanted, alternatives},
        setups::{Known, Setups},
        split::split,
    },
    use_or_lose::Curbs,
};

use crate::{
    Scale,
    kernel::{BEGIN, LINES, ROWS, id, lines, request, snapshot},
    report::{Report, Row, median, spell},
};

/// Alternatives shown.
const SHOWN: usize = 5;

/// Measures the ranking with the search that it needs, of a one-step and a three-step campaign.
pub fn measure(report: &mut Report, _scale: Scale) {
    let lines = lines();
    for steps in [1_usize, 3] {
        let snapshot = snapshot(&lines, steps);
        let request = Request { batches: 2, ..request() };
        let now = BEGIN * 60;
        // The firm's own products run on every line, so that what stands right ahead is looked up for every place.
        let known =
            Known { products: (1..=20).map(|number| ProductId(id(9, number))).collect(), ..Known::default() };
        let bare = median(25, || {
            black_box(search(black_box(&snapshot), black_box(&request), now).ok());
        });
        let route = &snapshot.routes[0];
        let start = request.window.start + 60 * DAY;
        let wanted = Wanted {
            route: route.id,
            steps: route.steps.iter().map(|step| (step.lines[0].line, start)).collect(),
        };
        let (mut ranked, curbs) = (0, Curbs::new());
        let taken = median(25, || {
            let found = search(black_box(&snapshot), black_box(&request), now).expect("a fair request");
            let near = around(&snapshot, &request, wanted.start(), now);
            ranked = found.offers.len() + near.len();
            let mut setups = Setups::new(&snapshot, &request, &known, now);
            let few = alternatives(&mut setups, found.offers.iter().chain(near.iter()), &wanted, SHOWN);
            let mut same_finish = SameFinish::new(&snapshot, &request, &curbs, now, STARTS);
            let few = few.into_iter().map(|one| same_finish.cheaper(&one.offer).unwrap_or(one.offer));
            let few = alternatives(&mut setups, few, &wanted, SHOWN);
            black_box(split(&snapshot, &request, &known, Some(&wanted), &few, now));
        });
        report.add(Row {
            what: format!("alternatives, {steps} step(s), {LINES} lines × {ROWS} rows: {ranked} ranked"),
            value: spell(taken),
            yardstick: format!("the search alone: {}", spell(bare)),
            ratio: format!("{:.1} × the search", taken.as_secs_f64() / bare.as_secs_f64()),
            wanted: "< 5 ms",
        });
    }
}
