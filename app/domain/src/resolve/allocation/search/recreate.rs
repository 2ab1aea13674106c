//! How it is built up again: one request after the other, in an order that differs from time to time.

use super::{Chance, Ground, Trial, manner};

/// How likely a request is passed over although it might fit.
const BLINK: f64 = 0.05;

/// How often requests are tried that lie far from all that was freed.
const FAR: f64 = 0.02;

/// What comes first. All of them with some noise.
#[derive(Clone, Copy)]
enum Order {
    Worth,
    WorthByBurden,
    Any,
}

impl<G: Ground> Trial<'_, G> {
    /// Puts in what fits of the absent requests.
    pub fn recreate(&mut self, chance: &mut Chance) {
        let manner = manner(chance);
        let order = [Order::Worth, Order::WorthByBurden, Order::WorthByBurden, Order::Any][chance.below(4)];
        let span = self.freed.iter().map(|stay| (stay.start, stay.end));
        let span = span.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        // What is freed of a share is of use at any time; and now and then all of them are tried, for what is freed may
        // be of use farther away than one would think.
        let span = span.filter(|_| !self.ground.couples_times() && !chance.yes(FAR));
        let reach = self.ground.reach();
        let span = span.map(|(start, end)| (start.saturating_sub(reach), end.saturating_add(reach)));
        let mut ranked: Vec<(f64, usize)> = Vec::with_capacity(self.absent.len());
        for request in std::mem::take(&mut self.absent) {
            let (from, until) = self.ground.window(request);
            if span.is_some_and(|span| from >= span.1 || span.0 >= until) {
                // Nothing became free for it.
                self.absent.push(request);
                continue;
            }
            let worth = self.worth[request] as f64;
            let rank = match order {
                Order::Worth => worth,
                Order::WorthByBurden => worth / self.ground.burden(request),
                Order::Any => 1.0,
            };
            ranked.push((rank * (0.6 + chance.share()), request));
        }
        ranked.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        for (_, request) in ranked {
            let place = if chance.yes(BLINK) { None } else { self.ground.find(request, manner, chance) };
            match place {
                Some(place) => self.put(request, place),
                None => self.absent.push(request),
            }
        }
    }
}
