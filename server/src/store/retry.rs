//! How often and how soon the store tries again.

use std::time::Duration;

use rand::RngExt;

/// Attempts at one piece of work, the first included: it is retried five times at most.
pub(super) const ATTEMPTS: u32 = 6;

/// Waits a random time of up to 4, 8, 16 … ms before attempt `attempt + 1`, so that those who collided part.
pub(super) async fn pause(attempt: u32) {
    let longest = 4_000_u64 << attempt.min(8);
    let micros = rand::rng().random_range(0..longest);
    tokio::time::sleep(Duration::from_micros(micros)).await;
}
