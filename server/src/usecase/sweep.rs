//! The sweep: bookings whose time ran out are released without waiting for somebody to write on their lines.

use app::contract::Failure;

use super::{
    protocol::{self, Effects, Lapsed, Touched, due},
    repair,
};
use crate::state::AppState;

/// Bookings looked at in one go.
const BATCH: u64 = 200;

/// Releases every booking whose hold or reply deadline is over, and ends proposals whose time for answers is. Answers how
/// many bookings there were.
///
/// # Errors
/// [`Failure::Busy`], [`Failure::Internal`]; those released before stay released.
pub async fn sweep(state: &AppState) -> Result<usize, Failure> {
    repair::close_over(state).await?;
    let mut swept = 0;
    loop {
        let now = state.clock.now();
        let read = state.store.read();
        let over = due(read, now, BATCH).await?;
        if over.is_empty() {
            return Ok(swept);
        }
        for booking in &over {
            let rows = Lapsed::one(read, *booking).await?;
            let rows: Vec<Lapsed> = rows.into_iter().collect();
            let touched = Lapsed::touched(read, &rows).await?;
            release(state, touched).await?;
        }
        swept += over.len();
    }
}

/// Releases whatever has expired on what is touched: entering does the finding, applying nothing else the rest.
async fn release(state: &AppState, touched: Touched) -> Result<(), Failure> {
    let done = protocol::run(state, None, touched, |tx, scene| {
        Box::pin(async move { Effects::default().apply(tx, &scene).await })
    });
    done.await.map_err(|stop| stop.failure(|_| Failure::Busy))
}
