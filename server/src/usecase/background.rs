//! What runs besides requests: the sweep of expired bookings and the outbox's relay.

use std::time::Duration;

use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use super::{relay::relay, sweep::sweep};
use crate::state::AppState;

/// How often the sweep looks for expired bookings. Correctness doesn't hang on it: an expired hold counts as free at
/// its second, whoever asks.
const SWEEP: Duration = Duration::from_secs(2);
/// How often notes are delivered.
const RELAY: Duration = Duration::from_millis(500);

/// Starts both. They go on until the answer is shut down; a piece of work is one commit, so nothing is left half done.
#[must_use]
pub fn start(state: &AppState) -> JoinSet<()> {
    let mut work = JoinSet::new();
    let sweeping = state.clone();
    work.spawn(async move {
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
    work.spawn(async move {
        let mut tick = interval(RELAY);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            if let Err(error) = relay(&relaying).await {
                tracing::warn!(%error, "notices wait for the next round");
            }
        }
    });
    work
}
