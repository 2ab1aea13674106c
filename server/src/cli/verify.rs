//! `zhongshi verify`.

use super::{CommandError, opened};
use crate::{settings::Settings, store::verify::verify};

/// Audits the whole database. It only reads, in one snapshot: a running server is not disturbed.
///
/// # Errors
/// The first thing wrong, in words; the database can't be opened, or its schema isn't up to date.
pub async fn run(settings: &Settings) -> Result<(), CommandError> {
    let store = opened(settings).await?;
    let verified = verify(&store).await;
    store.close().await;
    let seen = verified?;
    println!(
        "all is well: {} lines with {} live rows, {} cells of pools, {} bookings with {} decisions, {} closures",
        seen.lines, seen.live_rows, seen.cells, seen.bookings, seen.decisions, seen.closures
    );
    if seen.outdated > 0 {
        println!(
            "{} rows would be refused by the calendars and rules of today, which changed after they were booked",
            seen.outdated
        );
    }
    Ok(())
}
