//! What runs besides requests: the sweep of expired bookings and the outbox's relay.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use super::{relay::relay, sweep::sweep};
use crate::state::AppState;

/// How often the sweep looks for expired bookings. Correctness doesn't hang on it: an expired hold counts as free at
/// its second, whoever asks.
const SWEEP: Duration = Duration::from_secs(2);
/// How often notes are delivered.
const RELAY: Duration = Duration::from_millis(500);

/// Starts both. They end with the runtime; a piece of work is one commit, so nothing is left half done.
pub fn start(state: &AppState) {
    let sweeping = state.clone();
    tokio::spawn(async move {
        let mut tick = interval(SWEEP);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            if let Err(failure) = sweep(&sweeping).await {
                tracing::warn!(%failure, "expired bookings wait for the next sweep");
            }
        }
    });
    let relaying = state.clone();
    tokio::spawn(async move {
        let mut tick = interval(RELAY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            if let Err(error) = relay(&relaying).await {
                tracing::warn!(%error, "notices wait for the next round");
            }
        }
    });
}
