//! Noting that a booking was given up late, or moved away so late that its slot was.

use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::queue;
use crate::{
    store::{Tx, statement},
    usecase::{
        blameless,
        booking::{Loaded, Piece},
        cancel::policy_of,
        protocol::{Scene, Stop},
        resale::{self, Slot},
    },
};

/// Notes that `booking` is being left for `fee_fen`, unless the platform moved it before since it couldn't stay. While
/// it can't run where it stands, leaving costs nothing and counts for nothing.
///
/// # Errors
/// The database's failure.
pub(crate) async fn leave(tx: &Tx<'_>, scene: &Scene, booking: &Loaded, fee_fen: i64) -> Result<(), Stop> {
    if fee_fen > 0 { note(tx, scene, booking, None).await } else { Ok(()) }
}

/// Notes that `booking` has been moved away from the pieces `was` for `fee_fen`, as if it had been left: wherever it
/// goes, its slot was given up late, and leaving may cost nothing there.
///
/// # Errors
/// The database's failure.
pub(crate) async fn move_away(
    tx: &Tx<'_>,
    scene: &Scene,
    booking: &Loaded,
    (was, fee_fen): (&[Piece], i64),
) -> Result<(), Stop> {
    let freed = resale::freed(was, booking);
    if fee_fen > 0 && !freed.is_empty() {
        note(tx, scene, booking, Some(freed.as_slice())).await
    } else {
        Ok(())
    }
}

/// `freed`: the slots that a move freed.
async fn note(tx: &Tx<'_>, scene: &Scene, booking: &Loaded, freed: Option<&[Slot]>) -> Result<(), Stop> {
    let row = &booking.row;
    let Some(company) = row.organisation else { return Ok(()) };
    let agreed = policy_of(&scene.catalogue, booking).use_or_lose.is_some();
    if agreed {
        // Whoever holds at the same time is decided before this or after it.
        queue(tx, company).await?;
    }
    let done = blameless::DONE;
    let sql = format!(
        "INSERT INTO late_leaving (id, booking, platform, organisation, at, moved, agreed, freed, freed_until) \
         SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM decision WHERE booking = ? AND {done})"
    );
    let until = freed.and_then(|slots| slots.iter().map(|slot| slot.2).max());
    let values = [
        Uuid::now_v7().into(),
        row.id.into(),
        row.platform.into(),
        company.into(),
        scene.now.into(),
        freed.is_some().into(),
        agreed.into(),
        freed.map(resale::document).transpose()?.into(),
        until.into(),
        row.id.into(),
    ];
    tx.execute_raw(statement(tx, &sql, values)).await?;
    Ok(())
}
