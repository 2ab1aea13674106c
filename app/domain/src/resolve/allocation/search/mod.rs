//! Ruin and recreate: again and again a part of the plan is torn down and built up in another way, and what came of it
//! is kept if it is worth more, or by chance if not much less. Less and less is forgiven as time goes by (simulated
//! annealing).

mod recreate;
mod ruin;
mod trial;

use super::{
    chance::Chance,
    ground::{Ground, Manner, Stay},
};
use trial::Trial;

/// How much worse a plan may be, as a share of the average request's worth: at first, and at last.
const WARM: f64 = 0.4;
const COLD: f64 = 0.03;

/// Makes the plan of `ground` worth as much as can be found; `worth` is by request, and those worth nothing or less
/// stay out. `spent` is asked before every attempt for the share of the budget that has gone, and the search ends when
/// that is 1. Answers the plan's worth, which is never less than that of the plan given.
pub fn improve<G: Ground>(
    ground: &mut G,
    worth: &[i64],
    chance: &mut Chance,
    spent: &mut dyn FnMut() -> f64,
) -> i64 {
    let wanted: Vec<i64> = worth.iter().copied().filter(|worth| *worth > 0).collect();
    let most: i64 = wanted.iter().sum();
    let average = most as f64 / wanted.len().max(1) as f64;
    let mut now = worth_of(ground, worth);
    let mut trial = Trial::new(ground, worth);
    trial.recreate(chance);
    now += trial.gain();
    trial.settle();
    let (mut best, mut kept) = (now, trial.places());
    while best < most {
        let spent = spent();
        if spent >= 1.0 {
            break;
        }
        // Not the standard library's, whose last digits are the machine's: a round is run again on another.
        let warmth = average * WARM * libm::pow(COLD / WARM, spent);
        trial.ruin(chance);
        trial.recreate(chance);
        let gain = trial.gain();
        if gain >= 0 || chance.yes(libm::exp(gain as f64 / warmth)) {
            now += gain;
            trial.settle();
            if now > best {
                best = now;
                kept = trial.places();
            }
        } else {
            trial.undo();
        }
    }
    trial.restore(&kept);
    best
}

/// What the plan is worth.
pub fn worth_of<G: Ground>(ground: &G, worth: &[i64]) -> i64 {
    let placed = (0..worth.len()).filter(|request| ground.place(*request).is_some());
    placed.map(|request| worth[request]).sum()
}

/// Any manner, the thrifty one most often.
fn manner(chance: &mut Chance) -> Manner {
    [Manner::Earliest, Manner::Latest, Manner::Snug, Manner::Snug, Manner::Any][chance.below(5)]
}
