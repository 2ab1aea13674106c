//! Instances made up: more work than the lines have time for.

use domain::resolve::allocation::instance::{Instance, Line, Pool, Request, Step};
use rand::{RngExt, SeedableRng, rngs::StdRng};

const CLASSES: usize = 5;
/// Work asked for over the lines' time.
const LOAD: f64 = 1.3;

/// The instance of this size and seed.
pub fn instance(requests: usize, lines: usize, seed: u64) -> Instance {
    let mut chance = StdRng::seed_from_u64(seed);
    let horizon = 30 * i64::try_from(requests / lines).expect("few requests a line");
    let gap = |before: usize, behind: usize| (1 + (before + 2 * behind) % 3) as i64;
    let changeover = (0..CLASSES)
        .map(|before| {
            (0..CLASSES).map(|behind| if before == behind { 0 } else { gap(before, behind) }).collect()
        })
        .collect();
    let mean = (LOAD * (lines as f64) * (horizon as f64) / (requests as f64) / 1.5) as i64;
    let requests = (0..requests).map(|id| request(id, lines, (horizon, mean), &mut chance)).collect();
    let number = |line: usize| i64::try_from(line).expect("few lines");
    Instance {
        name: format!("made-{seed}"),
        changeover,
        lines: (0..lines)
            .map(|line| {
                let start = chance.random_range(horizon / 8..horizon * 7 / 8);
                Line { id: number(line), closed: vec![(start, start + 5)] }
            })
            .collect(),
        pools: vec![Pool { id: 0, capacity: (2 * number(lines) - 3).max(3) }],
        requests,
    }
}

fn request(id: usize, lines: usize, (horizon, mean): (i64, i64), chance: &mut StdRng) -> Request {
    let steps: Vec<Step> = (0..chance.random_range(1..=2))
        .map(|_| {
            let kind = chance.random_range(0..3.min(lines));
            Step {
                duration: chance.random_range(mean / 2..=mean * 3 / 2),
                lines: (0..lines).filter(|line| line % 3 == kind).map(|line| line as i64).collect(),
                uses: std::iter::once((0, chance.random_range(1..=3))).collect(),
                min_lag: chance.random_range(0..=2),
                max_lag: chance.random_bool(0.5).then_some(10),
            }
        })
        .collect();
    let span = steps.iter().map(|step| step.duration + step.min_lag).sum::<i64>();
    let release = chance.random_range(0..(horizon - span - 5).max(1));
    let due = horizon.min(release + span + [5, 15, 40, 90][chance.random_range(0..4)]);
    Request {
        id: id as i64,
        value: (span as f64 * chance.random_range(0.6..1.8)) as i64 + 1,
        class: chance.random_range(0..CLASSES),
        release,
        due,
        steps,
    }
}
