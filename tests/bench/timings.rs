//! How long many requests took.

use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

/// Times of requests, to the microsecond, up to a minute.
#[derive(Debug)]
pub struct Timings {
    times: Histogram<u64>,
    /// From the first request's start to the last one's end.
    pub total: Duration,
}

impl Default for Timings {
    fn default() -> Self {
        let times = Histogram::new_with_bounds(1, 60_000_000, 3).expect("a histogram");
        Self { times, total: Duration::ZERO }
    }
}

impl Timings {
    /// Notes a request that began then and ends now.
    pub fn note(&mut self, begun: Instant) {
        self.times.saturating_record(u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX));
    }

    /// Adds another client's.
    pub fn add(&mut self, other: &Self) {
        self.times.add(&other.times).expect("same bounds");
    }

    pub fn count(&self) -> usize {
        usize::try_from(self.times.len()).expect("few requests")
    }

    /// Requests a second.
    pub fn rate(&self) -> f64 {
        self.count() as f64 / self.total.as_secs_f64()
    }

    pub fn p50(&self) -> Duration {
        self.at(0.5)
    }

    pub fn p99(&self) -> Duration {
        self.at(0.99)
    }

    fn at(&self, quantile: f64) -> Duration {
        Duration::from_micros(self.times.value_at_quantile(quantile))
    }
}
