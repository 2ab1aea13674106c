//! The resolver's allocation of requests that compete. With a folder of instances it is a command of its own
//! (`cargo xtask bench resolve IN_DIR --out OUT_DIR --seconds N [--least]`); without, a measurement on instances made
//! here, beside what one pass without a search allots.

mod folder;
mod goals;
mod made;
mod solve;

use domain::resolve::allocation::verify::verify;

use crate::{
    Scale,
    report::{Report, Row, spell},
};

pub use folder::command;

/// Requests, lines, and for how long they are searched.
const SIZES: &[(usize, usize, f64)] = &[(30, 6, 2.0), (60, 6, 10.0), (120, 12, 10.0)];

/// Measures one instance of every size.
pub fn measure(report: &mut Report, scale: Scale) {
    for (requests, lines, seconds) in SIZES {
        let instance = made::instance(*requests, *lines, 20_251_104);
        let begun = std::time::Instant::now();
        let plan = solve::solve(&instance, begun, scale.of(*seconds, seconds / 10.0));
        let took = begun.elapsed();
        verify(&instance, &plan).expect("the plan keeps to every rule");
        let first = solve::first_pass(&instance);
        report.add(Row {
            what: format!("allocation of {requests} requests to {lines} lines, in {}", spell(took)),
            value: format!("value {}", plan.value),
            yardstick: format!("one pass, no search: {}", first.value),
            ratio: format!("{:.2} ×", plan.value as f64 / first.value.max(1) as f64),
            wanted: "more",
        });
    }
}
