//! Ruin and recreate: again and again a part of the plan is torn down and built up in another way, and what came of it
//! is kept if it is worth more, or by chance if not much less. Less and less is forgiven as time goes by (simulated
//! annealing).

mod recreate;
mod ruin;
mod trial;

use super::{
    chance::Chance,
    ground::{Ground, Manner},
};
use trial::Trial;

/// How much worse a plan may be, as a share of the average request's worth: at first, and at last.
const WARM: f64 = 0.25;
const COLD: f64 = 0.01;

/// Makes the plan of `ground` worth as much as can be found; `worth` is by request, and those worth nothing or less stay
/// out. `spent` tells the share of time that has gone, and the search ends when it is 1. Answers the plan's worth.
pub fn improve<G: Ground>(
    ground: &mut G,
    worth: &[i64],
    chance: &mut Chance,
    spent: &mut dyn FnMut() -> f64,
) -> i64 {
    let mut trial = Trial::new(ground, worth);
    let wanted: Vec<usize> = (0..worth.len()).filter(|request| worth[*request] > 0).collect();
    let average =
        wanted.iter().map(|request| worth[*request] as f64).sum::<f64>() / wanted.len().max(1) as f64;
    trial.recreate(chance);
    let mut now = trial.settle();
    let (mut best, mut kept) = (now, trial.places());
    let most: i64 = wanted.iter().map(|request| worth[*request]).sum();
    loop {
        let spent = spent();
        if spent >= 1.0 || best == most {
            break;
        }
        let (warm, cold) = (param(0), param(1));
        let warmth = average * warm * (cold / warm).powf(spent);
        trial.ruin(chance);
        trial.recreate(chance);
        let gain = trial.gain();
        if gain >= 0 || chance.yes((gain as f64 / warmth).exp()) {
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
pub static PARAMS: std::sync::OnceLock<Vec<f64>> = std::sync::OnceLock::new();
pub fn param(at: usize) -> f64 {
    PARAMS.get().and_then(|p| p.get(at).copied()).unwrap_or(f64::NAN)
}
