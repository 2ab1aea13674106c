//! A campaign that may stay where it is after all.

use uuid::Uuid;

use super::{close::close, rescue};
use crate::{
    store::Tx,
    usecase::{
        Member, blameless, booking,
        protocol::{self, Note, Scene, Stop},
    },
};

/// Ends what the owner of `booking` is asked since it couldn't stay, and tells it that it can, if it was asked or knows
/// that it couldn't (`is_known`): leaving costs again what it does. Nothing of it while something else keeps it from
/// running there.
///
/// # Errors
/// The database's failure.
pub(crate) async fn stays(
    tx: &Tx<'_>,
    scene: &Scene,
    by: Option<&Member>,
    (booking, is_known): (Uuid, bool),
) -> Result<(), Stop> {
    let Some(booking) = booking::load(tx, booking).await? else { return Ok(()) };
    if blameless::is_hit(tx, &booking).await? {
        return Ok(());
    }
    if !ask_no_more(tx, scene, by, booking.row.id).await? && !is_known {
        return Ok(());
    }
    let note = Note {
        kind: "booking_stays".into(),
        to: booking.row.organisation.into_iter().collect(),
        booking: Some(booking.row.id),
        reference: Some(booking.row.reference),
        reason: None,
    };
    protocol::tell(tx, &note, scene.now).await
}

/// Ends what the owner of `booking` is asked since it couldn't stay. Answers whether it was asked.
///
/// # Errors
/// The database's failure.
pub(crate) async fn ask_no_more(
    tx: &Tx<'_>,
    scene: &Scene,
    by: Option<&Member>,
    booking: Uuid,
) -> Result<bool, Stop> {
    let asked = rescue::open(tx, booking).await?;
    for row in &asked {
        close(tx, scene, row, "withdrawn", by).await?;
    }
    Ok(!asked.is_empty())
}
