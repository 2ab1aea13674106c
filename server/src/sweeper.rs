//! Work that no request asks for, again and again.

use std::time::Duration;

use crate::{state::AppState, usecase::people};

/// Seconds between two rounds.
const EVERY: Duration = Duration::from_secs(30);

/// Sweeps until it is stopped. What fails is logged and tried again in the next round.
pub(crate) async fn run(state: AppState) {
    let mut rounds = tokio::time::interval(EVERY);
    rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        if let Err(error) = people::sweep(&state).await {
            tracing::error!(%error, "sweeping sessions and links");
        }
    }
}
