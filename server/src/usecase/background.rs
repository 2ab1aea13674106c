//! What runs besides requests: the sweep of expired bookings, the waiting list's turn, and the outbox's relay.

use std::time::Duration;

use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use super::{
    relay::relay,
    sweep::sweep,
    waitlist::{promote, promote_all},
};
use crate::state::AppState;

/// How often the sweep looks for expired bookings. Correctness doesn't hang on it: an expired hold counts as free at
/// its second, whoever asks.
const SWEEP: Duration = Duration::from_secs(2);
/// How often what has become free is offered to those who wait.
const PROMOTE: Duration = Duration::from_millis(500);
/// How often everybody who waits is looked at, for what became free without a release.
const PROMOTE_ALL: Duration = Duration::from_mins(10);
/// How often notes are delivered.
const RELAY: Duration = Duration::from_millis(500);

/// Starts them. They go on until the answer is shut down; a piece of work is one commit, so nothing is left half done.
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
    let promoting = state.clone();
    work.spawn(async move {
        let mut tick = interval(PROMOTE);
        let mut all = interval(PROMOTE_ALL);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        all.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let done = tokio::select! {
                _ = tick.tick() => promote(&promoting).await,
                _ = all.tick() => promote_all(&promoting).await,
            };
            if let Err(failure) = done {
                tracing::warn!(%failure, "those who wait are looked at again in the next round");
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
