//! What plans have to be worth beside the best that is known of their instances.

/// Instances of up to so many requests are small: of these the best is mostly proven to be it.
const SMALL: usize = 30;
/// What the small ones have to come to on average, and each of them.
const ON_AVERAGE: f64 = 0.99;
const SMALL_EACH: f64 = 0.95;
/// What each larger one has to come to.
const LARGE_EACH: f64 = 0.98;

/// What an instance's plan came to.
#[derive(Clone, Debug)]
pub struct Reached {
    pub name: String,
    pub requests: usize,
    /// Its value over the best known.
    pub ratio: f64,
}

/// What falls short of that, a line each. Where no best value is known, nothing can be told to be reached.
pub fn short(all: &[Reached]) -> Vec<String> {
    if all.is_empty() {
        return vec!["no best value is known of any instance: there is nothing to compare with".to_owned()];
    }
    let (small, large): (Vec<&Reached>, Vec<&Reached>) = all.iter().partition(|one| one.requests <= SMALL);
    let mut short = Vec::new();
    for (these, least) in [(&small, SMALL_EACH), (&large, LARGE_EACH)] {
        for Reached { name, ratio, .. } in these.iter().filter(|one| one.ratio < least) {
            short.push(format!("{name}: {ratio:.4} of the best known, under {least}"));
        }
    }
    let mean = small.iter().map(|one| one.ratio).sum::<f64>() / small.len().max(1) as f64;
    if !small.is_empty() && mean < ON_AVERAGE {
        short.push(format!("up to {SMALL} requests: {mean:.4} on average, under {ON_AVERAGE}"));
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{Reached, short};

    fn reached(requests: usize, ratios: &[f64]) -> Vec<Reached> {
        let one = |(number, ratio): (usize, &f64)| Reached {
            name: format!("r{requests}-{number}"),
            requests,
            ratio: *ratio,
        };
        ratios.iter().enumerate().map(one).collect()
    }

    #[test]
    fn small_instances_have_a_mean_and_each_its_least() {
        assert_eq!(short(&reached(30, &[1.0, 0.982, 0.99])), [""; 0]);
        assert_eq!(short(&reached(30, &[0.98, 0.98])).len(), 1, "the mean");
        assert_eq!(short(&[reached(30, &[0.94]), reached(8, &[1.0; 9])].concat()).len(), 1, "one of them");
        assert_eq!(short(&[reached(30, &[0.94]), reached(30, &[1.0])].concat()).len(), 2, "both");
    }

    #[test]
    fn larger_ones_stand_each_for_itself() {
        assert_eq!(short(&reached(60, &[0.98, 1.01])), [""; 0]);
        assert_eq!(short(&[reached(31, &[0.979]), reached(120, &[1.2])].concat()).len(), 1);
    }

    #[test]
    fn without_a_best_value_nothing_is_reached() {
        assert_eq!(short(&[]).len(), 1);
    }
}
