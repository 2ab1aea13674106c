//! One instance, on two cores, within a time.

use std::{
    thread,
    time::{Duration, Instant},
};

use domain::resolve::allocation::{
    chance::Chance,
    instance::{Instance, Plan},
    search::improve,
    units::Units,
};

/// Searches that run side by side, each from a seed of its own.
const SEARCHES: u64 = 2;
/// Part of the time that is left for what isn't search: starting, ending, and a machine that is busy.
const SPARE: f64 = 0.03;

/// The better plan of two searches that end within `seconds` after `begun`.
pub fn solve(instance: &Instance, begun: Instant, seconds: f64) -> Plan {
    let until = seconds * (1.0 - SPARE);
    let search = |seed| {
        let from = begun.elapsed().as_secs_f64();
        let spent = move || {
            let now = begun.elapsed().as_secs_f64();
            if now < until { (now - from) / (until - from) } else { 1.0 }
        };
        run(instance, seed, spent)
    };
    let plans = thread::scope(|scope| {
        let running: Vec<_> = (0..SEARCHES).map(|seed| scope.spawn(move || search(seed))).collect();
        running.into_iter().map(|search| search.join().expect("the search ends")).collect::<Vec<_>>()
    });
    plans
        .into_iter()
        .reduce(|one, other| if other.value > one.value { other } else { one })
        .expect("two plans")
}

/// What is allotted at once, without a search.
pub fn first_pass(instance: &Instance) -> Plan {
    run(instance, 0, || 1.0)
}

fn run(instance: &Instance, seed: u64, mut spent: impl FnMut() -> f64) -> Plan {
    let mut ground = Units::new(instance);
    let worth: Vec<i64> = instance.requests.iter().map(|request| request.value).collect();
    improve(&mut ground, &worth, &mut Chance::new(seed), &mut spent);
    ground.plan(instance)
}

/// The time that is left may be none.
pub fn duration(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok().filter(|time| !time.is_zero())
}
