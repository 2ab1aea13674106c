//! What runs besides requests: the sweep of expired bookings, the waiting list's turn, the outbox's relay, and what
//! clears away sessions and links that are over.

use std::time::Duration;

use tokio::{
    task::JoinSet,
    time::{Interval, MissedTickBehavior, interval},
};

use super::{
    people,
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

/// How often sessions, links and answers that are over are cleared away.
const CLEAR: Duration = Duration::from_secs(30);

/// Starts them. They go on until the answer is shut down; a piece of work is one commit, so nothing is left half done.
/// What fails is logged and tried again in the next round.
#[must_use]
pub fn start(state: &AppState) -> JoinSet<()> {
    let mut work = JoinSet::new();
    let sweeping = state.clone();
    work.spawn(every(SWEEP, async move || {
        if let Err(failure) = sweep(&sweeping).await {
            tracing::warn!(%failure, "expired bookings wait for the next sweep");
        }
    }));
    let promoting = state.clone();
    work.spawn(async move {
        let (mut tick, mut all) = (ticks(PROMOTE), ticks(PROMOTE_ALL));
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
    work.spawn(every(RELAY, async move || {
        if let Err(error) = relay(&relaying).await {
            tracing::warn!(%error, "notices wait for the next round");
        }
    }));
    let clearing = state.clone();
    work.spawn(every(CLEAR, async move || {
        if let Err(error) = people::sweep(&clearing).await {
            tracing::error!(%error, "sweeping sessions and links");
        }
    }));
    work
}

/// Does `round` again and again.
async fn every(pause: Duration, round: impl AsyncFn()) {
    let mut tick = ticks(pause);
    loop {
        tick.tick().await;
        round().await;
    }
}

/// Ticks at least `pause` apart: a round that takes long is not caught up with.
fn ticks(pause: Duration) -> Interval {
    let mut tick = interval(pause);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tick
}
