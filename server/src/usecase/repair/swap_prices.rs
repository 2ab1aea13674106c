//! What the campaigns of a swap cost where they go: what their owners' own moves would make them cost, but never more
//! than each owner was shown. Else whoever swaps a cheap place for a dear one would pay for the cheap one, and its
//! partner for the dear one.

use std::collections::BTreeMap;

use domain::{plan::PlanWindow, refusal::Refusal};
use uuid::Uuid;

use super::{
    commit::Granted,
    plan::{Planned, PlannedMove},
};
use crate::{
    store::Tx,
    usecase::{
        blameless,
        booking::{self, Loaded},
        protocol::{Scene, Stop},
        relocate::price_at,
    },
};

/// By booking, what its owner is shown to pay where it goes.
///
/// # Errors
/// The database's failure.
pub(super) async fn prices(
    tx: &Tx<'_>,
    scene: &Scene,
    planned: &Planned,
    granted: &Granted,
) -> Result<BTreeMap<Uuid, i64>, Stop> {
    let mut prices = BTreeMap::new();
    let offered: Vec<(&Loaded, i64)> = granted.offered().collect();
    for ((booking, offered_fen), one) in offered.into_iter().zip(&planned.moves) {
        let (price_fen, _) = there(tx, scene, booking, (one, offered_fen)).await?;
        prices.insert(booking.row.id, price_fen);
    }
    Ok(prices)
}

/// Has `booking` cost what it does where it goes by `one`, and no more than its owner was `shown`.
///
/// # Errors
/// The database's failure.
pub(super) async fn pay(
    tx: &Tx<'_>,
    scene: &Scene,
    booking: &mut Loaded,
    (one, offered_fen, shown): (&PlannedMove, i64, Option<i64>),
) -> Result<(), Stop> {
    // Whoever was asked before prices were shown agreed to the one that it had.
    let Some(shown) = shown else { return Ok(()) };
    let (price_fen, stays) = there(tx, scene, booking, (one, offered_fen)).await?;
    booking.row.price_fen = price_fen.min(shown);
    if stays.is_none() && booking.plan.take().is_some() {
        booking::drop_plan(tx, booking.row.id).await?;
    }
    Ok(())
}

/// What `booking` would cost its owner where anybody would pay `offered_fen`, and the plan window that it keeps there.
async fn there(
    tx: &Tx<'_>,
    scene: &Scene,
    booking: &Loaded,
    (one, offered_fen): (&PlannedMove, i64),
) -> Result<(i64, Option<PlanWindow>), Stop> {
    let will = one.to.span().ok_or(Refusal::Stale)?;
    let (price_fen, stays) = price_at(booking, true, (offered_fen, will), scene.now);
    // What can't run where it stands isn't dearer elsewhere.
    let is_hit = blameless::is_hit(tx, booking).await?;
    Ok((if is_hit { price_fen.min(booking.row.price_fen) } else { price_fen }, stays))
}
