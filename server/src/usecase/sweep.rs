//! The sweep: bookings whose time ran out are released without waiting for somebody to write on their lines.

use std::collections::BTreeSet;

use app::contract::Failure;
use uuid::Uuid;

use super::{
    Failures, outage,
    protocol::{self, Effects, Lapsed, Touched, due},
    repair, rounds,
};
use crate::state::AppState;

/// Bookings looked at in one go.
const BATCH: u64 = 200;

/// Releases every booking whose hold or reply deadline is over, ends proposals whose time for answers is or that can't
/// be made any more, and closes calls whose time for wishes is. Answers how many bookings there were.
///
/// # Errors
/// [`Failure::Busy`], [`Failure::Internal`]; one that fails holds up no other.
pub async fn sweep(state: &AppState) -> Result<usize, Failure> {
    let mut failures = Failures::default();
    let released = failures.keep(release_over(state).await).unwrap_or(0);
    failures.keep(repair::close_over(state).await);
    failures.keep(repair::close_lapsed(state).await);
    failures.keep(repair::close_taken(state).await);
    failures.keep(rounds::close_over(state).await);
    failures.keep(outage::rescue(state).await);
    failures.or(released)
}

/// The first part of the [`sweep`], which is all that frees capacity: no more than that is waited for by whoever wants
/// some.
///
/// # Errors
/// As the sweep.
pub(crate) async fn release_over(state: &AppState) -> Result<usize, Failure> {
    let (mut seen, mut failures) = (BTreeSet::new(), Failures::default());
    loop {
        let most = BATCH + u64::try_from(seen.len()).unwrap_or(u64::MAX);
        let over = due(state.store.read(), state.clock.now(), most).await?;
        // What stays due although it was released, or couldn't be, mustn't keep the others waiting.
        let fresh: Vec<Uuid> = over.into_iter().filter(|booking| seen.insert(*booking)).collect();
        if fresh.is_empty() {
            break;
        }
        for booking in fresh {
            let done = lapse(state, booking).await;
            if let Err(failure) = &done {
                tracing::error!(%booking, ?failure, "a booking whose time ran out could not be released");
            }
            failures.keep(done);
        }
    }
    failures.or(seen.len())
}

async fn lapse(state: &AppState, booking: Uuid) -> Result<(), Failure> {
    let read = state.store.read();
    let rows: Vec<Lapsed> = Lapsed::one(read, booking).await?.into_iter().collect();
    release(state, Lapsed::touched(read, &rows).await?).await
}

/// Releases whatever has expired on what is touched: entering does the finding, applying nothing else the rest.
async fn release(state: &AppState, touched: Touched) -> Result<(), Failure> {
    let done = protocol::run(state, None, touched, |tx, scene| {
        Box::pin(async move { Effects::default().apply(tx, &scene).await })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
}
