//! How it is built up again: one request after the other, in an order that differs from time to time.

use super::{Chance, Ground, Manner, Trial, ruin::manner};

/// How likely a request is passed over although it might fit.
const BLINK: f64 = 0.05;

impl<G: Ground> Trial<'_, G> {
    /// Puts in what fits of the absent requests.
    pub fn recreate(&mut self, chance: &mut Chance) {
        let in_time = chance.yes(super::param(6)) && !self.taken.is_empty();
        let manner =
            if in_time { [Manner::Earliest, Manner::Latest][chance.below(2)] } else { manner(chance) };
        let order = chance.below(4);
        let mut absent: Vec<(f64, usize)> = std::mem::take(&mut self.absent)
            .into_iter()
            .map(|request| {
                if in_time && let Some((_, place)) = self.taken.iter().find(|taken| taken.0 == request) {
                    let mut first = i64::MAX;
                    self.ground.stays(request, place, &mut |stay| {
                        first = first.min(if manner == Manner::Earliest { stay.start } else { -stay.end });
                    });
                    return (-1e15 + first as f64, request);
                }
                let worth = self.worth[request] as f64;
                let noise = 0.6 + chance.share();
                let rank = match order {
                    0 => worth * noise,
                    1 | 2 => worth / self.ground.burden(request) * noise,
                    _ => noise,
                };
                (-rank, request)
            })
            .collect();
        absent.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        for (_, request) in absent {
            let place =
                if chance.yes(super::param(5)) { None } else { self.ground.find(request, manner, chance) };
            match place {
                Some(place) => self.put(request, place),
                None => self.absent.push(request),
            }
        }
    }
}
