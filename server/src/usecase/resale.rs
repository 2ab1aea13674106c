//! Resale: a fee for leaving falls by the share of the freed slots that is sold again.
//!
//! The rule `resale/1`: the slots are the line time that the booking held when it was cancelled or nobody came, until
//! its original end. Sold again is what of them a booking holds that is confirmed (or runs, or ran) for a company other
//! than the one that left, and that its owner wanted there: it was confirmed there, or its owner moved it there by
//! itself, on its own terms. What was put there otherwise, by rule, since its owner was asked to make room or to swap,
//! or since it couldn't stay, is no sale: an ally's campaign could be driven there and leave as if it had stayed. Nor
//! is the platform's own production, a hold or a request. The fee for leaving is reduced by the share of minutes sold,
//! whenever a booking is confirmed or its owner moves a confirmed one. A reduction stays: if the next one leaves too,
//! it owes a fee of its own. Fees for moves are not reduced; but what a late move freed counts as given up no more once
//! all of it is sold again, as what is cancelled does.
//!
//! Whoever left learns the share, never who came.

use std::collections::BTreeMap;

use domain::{BookingId, Interval, LineId, Minutes, booking::Status, policy::after_resale};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    booking::{Loaded, Piece},
    protocol::{self, Decision, Note, Scene, Stop},
};
use crate::store::{StoreError, Tx, statement};

/// A slot on a line, as it is stored.
pub(crate) type Slot = (LineId, i64, i64);

/// Notes on `booking`, which is being left for `fee_fen`, what may be sold again.
pub(crate) fn leave(booking: &mut Loaded, fee_fen: i64) -> Result<(), Stop> {
    if fee_fen == 0 {
        return Ok(());
    }
    let slots: Vec<Slot> =
        booking.live().map(|piece| (piece.line, piece.interval.start, piece.interval.end)).collect();
    booking.row.leaving_fee_fen = Some(fee_fen);
    booking.row.freed_until = slots.iter().map(|slot| slot.2).max();
    booking.row.freed = Some(document(&slots)?);
    Ok(())
}

/// What `booking`, which stood on the pieces `was`, has freed of them by moving.
pub(crate) fn freed(was: &[Piece], booking: &Loaded) -> Vec<Slot> {
    let slots = was.iter().map(|piece| (piece.line, piece.interval.start, piece.interval.end)).collect();
    booking.live().fold(slots, |slots: Vec<Slot>, held| {
        slots.into_iter().flat_map(|slot| without(slot, held)).collect()
    })
}

/// What is left of a slot beside a piece that is held.
fn without((line, start, end): Slot, held: &Piece) -> Vec<Slot> {
    if held.line != line || shared(held.interval, Interval { start, end }) == 0 {
        return vec![(line, start, end)];
    }
    let sides = [(line, start, held.interval.start), (line, held.interval.end, end)];
    sides.into_iter().filter(|(_, start, end)| start < end).collect()
}

/// Slots as they are stored.
pub(crate) fn document(slots: &[Slot]) -> Result<String, StoreError> {
    serde_json::to_string(slots).map_err(|error| StoreError::document("slots", &error))
}

/// What is still owed of the fees charged, once something was sold again.
pub(crate) fn due_fen(row: &crate::store::tables::booking::Model) -> Option<i64> {
    row.fee_fen.map(|fee| fee - row.resold_fen.unwrap_or(0))
}

/// The share of the freed slots that was sold again, in whole percent.
pub(crate) fn percent(row: &crate::store::tables::booking::Model) -> Option<u8> {
    let fee = row.leaving_fee_fen?;
    let percent = i128::from(row.resold_fen.unwrap_or(0)) * 100 / i128::from(fee);
    u8::try_from(percent).ok()
}

/// Slots for which somebody paid and which could still be sold again, by bookings that were left and by late moves.
const UNSOLD: &str = "SELECT id, freed, 0 AS moved FROM booking \
     WHERE platform = ? AND freed_until > ? AND leaving_fee_fen IS NOT NULL AND organisation <> ? \
     UNION ALL SELECT id, freed, 1 FROM late_leaving \
     WHERE platform = ? AND freed_until > ? AND moved AND resold_at IS NULL AND organisation <> ?";

/// Whose slots those sold now hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Left {
    /// A booking that was cancelled, or to which nobody came.
    Booking(Uuid),
    /// A late move.
    Move(Uuid),
}

/// Reduces the fees of those who left slots that `sold`, confirmed or moved by its owner just now, holds, and notes
/// which late moves have nothing left to sell. Their rows are locked in one order.
pub(crate) async fn settle(tx: &Tx<'_>, scene: &Scene, sold: &Loaded) -> Result<(), Stop> {
    let left: BTreeMap<Left, Vec<Slot>> = taken(tx, scene, sold).await?.into_iter().collect();
    for (whose, slots) in &left {
        match whose {
            Left::Booking(left) => reduce(tx, scene, *left, slots, sold.row.id).await?,
            Left::Move(left) => forget(tx, scene, *left, slots, sold.row.id).await?,
        }
    }
    Ok(())
}

/// Whose slots `sold` now holds.
async fn taken(tx: &Tx<'_>, scene: &Scene, sold: &Loaded) -> Result<Vec<(Left, Vec<Slot>)>, Stop> {
    let Some(buyer) = sold.row.organisation else { return Ok(Vec::new()) };
    let (platform, now) = (sold.row.platform, scene.now.div_euclid(60));
    let values = [platform.into(), now.into(), buyer.into(), platform.into(), now.into(), buyer.into()];
    let mut taken = Vec::new();
    for row in tx.query_all_raw(statement(tx, UNSOLD, values)).await? {
        let id: Uuid = row.try_get_by_index(0)?;
        let slots = slots(&row.try_get_by_index::<String>(1)?)?;
        let is_sold = slots.iter().any(|(line, start, end)| {
            let slot = Interval { start: *start, end: *end };
            sold.live().any(|piece| piece.line == *line && shared(piece.interval, slot) > 0)
        });
        if is_sold {
            let moved = row.try_get_by_index::<i32>(2)? == 1;
            taken.push((if moved { Left::Move(id) } else { Left::Booking(id) }, slots));
        }
    }
    Ok(taken)
}

fn slots(document: &str) -> Result<Vec<Slot>, StoreError> {
    serde_json::from_str(document).map_err(|error| StoreError::document("slots", &error))
}

/// Minutes that both have.
fn shared(one: Interval, other: Interval) -> Minutes {
    (one.end.min(other.end) - one.start.max(other.start)).max(0)
}

async fn reduce(tx: &Tx<'_>, scene: &Scene, left: Uuid, slots: &[Slot], sold: Uuid) -> Result<(), Stop> {
    // Others may sell another slot of it at the same time, on a line that isn't locked here: one after the other.
    let lock = "UPDATE booking SET version = version WHERE id = ?";
    tx.execute_raw(statement(tx, lock, [left.into()])).await?;
    let sql = "SELECT organisation, status, reference, leaving_fee_fen, COALESCE(resold_fen, 0) FROM booking WHERE id = ?";
    let Some(row) = tx.query_one_raw(statement(tx, sql, [left.into()])).await? else { return Ok(()) };
    let owner: Uuid = row.try_get_by_index(0)?;
    let (status, reference): (String, String) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
    let (fee, before): (i64, i64) = (row.try_get_by_index(3)?, row.try_get_by_index(4)?);
    let (minutes, total) = minutes_sold(tx, slots, (owner, sold)).await?;
    let resold_fen = fee - after_resale(fee, minutes, total);
    if resold_fen <= before {
        return Ok(());
    }
    let sql = "UPDATE booking SET resold_fen = ?, version = version + 1 WHERE id = ?";
    tx.execute_raw(statement(tx, sql, [resold_fen.into(), left.into()])).await?;
    let decision = Decision {
        by: None,
        booking: Some(left),
        action: "resell",
        inputs: json!({ "sold": BookingId(sold), "minutes_sold": minutes, "minutes_freed": total }),
        rule: "resale/1",
        versions: &scene.versions(),
        outcome: json!({ "status": status, "leaving_fee_fen": fee, "resold_fen": resold_fen }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    let note = Note {
        kind: "fee_reduced".into(),
        to: vec![owner],
        booking: Some(left),
        reference: Some(reference),
        reason: None,
    };
    protocol::tell(tx, &note, scene.now).await
}

/// Notes that what a late move freed is sold again whole, if it is: it counts no more.
async fn forget(tx: &Tx<'_>, scene: &Scene, left: Uuid, slots: &[Slot], sold: Uuid) -> Result<(), Stop> {
    // As of a fee: one after the other.
    let lock = "UPDATE late_leaving SET moved = moved WHERE id = ?";
    tx.execute_raw(statement(tx, lock, [left.into()])).await?;
    let sql = "SELECT l.organisation, l.booking, b.reference FROM late_leaving l JOIN booking b ON b.id = l.booking \
               WHERE l.id = ? AND l.resold_at IS NULL";
    let Some(row) = tx.query_one_raw(statement(tx, sql, [left.into()])).await? else { return Ok(()) };
    let (owner, booking): (Uuid, Uuid) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let reference: String = row.try_get_by_index(2)?;
    let (minutes, total) = minutes_sold(tx, slots, (owner, sold)).await?;
    if minutes < total {
        return Ok(());
    }
    let sql = "UPDATE late_leaving SET resold_at = ? WHERE id = ?";
    tx.execute_raw(statement(tx, sql, [scene.now.into(), left.into()])).await?;
    // Not a step of the booking's life, whose last outcome says what became of it.
    let decision = Decision {
        by: None,
        booking: None,
        action: "resell_moved",
        inputs: json!({ "booking": BookingId(booking), "sold": BookingId(sold), "minutes_sold": minutes,
            "minutes_freed": total }),
        rule: "resale/1",
        versions: &scene.versions(),
        outcome: json!({ "counts": false }),
    };
    protocol::decide(tx, decision, scene.now).await?;
    let note = Note {
        kind: "late_resold".into(),
        to: vec![owner],
        booking: Some(booking),
        reference: Some(reference),
        reason: None,
    };
    protocol::tell(tx, &note, scene.now).await
}

/// So many minutes of the slots that `owner` left are sold again, by `sold` and those before it, and so many there are.
async fn minutes_sold(
    tx: &Tx<'_>,
    slots: &[Slot],
    (owner, sold): (Uuid, Uuid),
) -> Result<(Minutes, Minutes), Stop> {
    let mut minutes: Minutes = 0;
    for slot in slots {
        minutes += resold(tx, slot, (owner, sold)).await?;
    }
    Ok((minutes, slots.iter().map(|(_, start, end)| end - start).sum()))
}

/// Minutes of a slot that `sold`, and confirmed bookings of companies other than `owner` that were put there as their
/// owners wanted, hold. Rows of a line are disjoint, and in the order of their ends.
async fn resold(tx: &Tx<'_>, slot: &Slot, (owner, sold): (Uuid, Uuid)) -> Result<Minutes, Stop> {
    let (line, start, end) = *slot;
    let sql = format!(
        "SELECT o.starts_at, o.ends_at FROM occupancy o JOIN step s ON s.occupancy = o.id AND s.live IS NOT NULL \
         JOIN booking b ON b.id = s.booking WHERE o.live = ? AND o.ends_at > ? AND o.ends_at <= \
         (SELECT COALESCE(MIN(n.ends_at), ?) FROM occupancy n WHERE n.live = ? AND n.ends_at >= ?) \
         AND b.organisation <> ? AND b.status IN ({}) AND (b.id = ? OR NOT EXISTS (SELECT 1 FROM decision d \
         WHERE d.booking = b.id AND {PUT} AND NOT EXISTS (SELECT 1 FROM decision n \
         WHERE n.booking = b.id AND n.id > d.id AND {WANTED})))",
        SOLD.map(|status| format!("'{}'", status.name())).join(", ")
    );
    let line = line.0;
    let values = [line.into(), start.into(), end.into(), line.into(), end.into(), owner.into(), sold.into()];
    let mut minutes = 0;
    for row in tx.query_all_raw(statement(tx, &sql, values)).await? {
        let held = Interval { start: row.try_get_by_index(0)?, end: row.try_get_by_index(1)? };
        minutes += shared(held, Interval { start, end });
    }
    Ok(minutes)
}

/// Of decisions `d`: that a booking was put elsewhere, and not as its owner's own move.
const PUT: &str = "d.action IN ('make_room', 'rescue', 'swap', 'part', 'part_off')";
/// Of decisions `n`: that its owner put it there by itself, or agreed to where it stood.
const WANTED: &str = "n.action IN ('move', 'approve')";

/// States in which a slot is sold.
const SOLD: [Status; 4] = [Status::Confirmed, Status::Running, Status::Completed, Status::Closed];
