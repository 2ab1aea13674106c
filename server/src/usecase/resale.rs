//! Resale: a fee for leaving falls by the share of the freed slots that is sold again.
//!
//! The rule `resale/1`: the slots are the line time that the booking held when it was cancelled or nobody came, until
//! its original end. Sold again is what of them a booking holds that is confirmed (or runs, or ran) for a company other
//! than the one that left; the platform's own production is no sale, nor is a hold or a request. The fee for leaving is
//! reduced by the share of minutes sold, whenever a booking is confirmed or a confirmed one moves. A reduction stays:
//! if the next one leaves too, it owes a fee of its own. Fees for moves are not reduced.
//!
//! Whoever left learns the share, never who came.

use domain::{BookingId, Interval, LineId, Minutes, booking::Status, policy::after_resale};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    booking::Loaded,
    protocol::{self, Decision, Note, Scene, Stop},
};
use crate::store::{StoreError, Tx, statement};

/// A slot on a line, as it is stored.
type Slot = (LineId, i64, i64);

/// Notes on `booking`, which is being left for `fee_fen`, what may be sold again.
pub(crate) fn leave(booking: &mut Loaded, fee_fen: i64) -> Result<(), Stop> {
    if fee_fen == 0 {
        return Ok(());
    }
    let slots: Vec<Slot> =
        booking.live().map(|piece| (piece.line, piece.interval.start, piece.interval.end)).collect();
    let document = serde_json::to_string(&slots).map_err(|error| StoreError::document("slots", &error))?;
    booking.row.leaving_fee_fen = Some(fee_fen);
    booking.row.freed_until = slots.iter().map(|slot| slot.2).max();
    booking.row.freed = Some(document);
    Ok(())
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

/// Reduces the fees of those who left slots that `sold`, just confirmed, now holds.
pub(crate) async fn settle(tx: &Tx<'_>, scene: &Scene, sold: &Loaded) -> Result<(), Stop> {
    let Some(buyer) = sold.row.organisation else { return Ok(()) };
    let sql = "SELECT id, freed FROM booking WHERE platform = ? AND freed_until > ? \
               AND leaving_fee_fen IS NOT NULL AND organisation <> ? ORDER BY id";
    let values = [sold.row.platform.into(), scene.now.div_euclid(60).into(), buyer.into()];
    for row in tx.query_all_raw(statement(tx, sql, values)).await? {
        let left: Uuid = row.try_get_by_index(0)?;
        let slots = slots(&row.try_get_by_index::<String>(1)?)?;
        let taken = slots.iter().any(|(line, start, end)| {
            let slot = Interval { start: *start, end: *end };
            sold.live().any(|piece| piece.line == *line && shared(piece.interval, slot) > 0)
        });
        if taken {
            reduce(tx, scene, left, &slots, sold.row.id).await?;
        }
    }
    Ok(())
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
    let total: Minutes = slots.iter().map(|(_, start, end)| end - start).sum();
    let mut minutes: Minutes = 0;
    for slot in slots {
        minutes += resold(tx, slot, owner).await?;
    }
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

/// Minutes of a slot that confirmed bookings of companies other than `owner` hold. Rows of a line are disjoint, and in
/// the order of their ends.
async fn resold(tx: &Tx<'_>, slot: &Slot, owner: Uuid) -> Result<Minutes, Stop> {
    let (line, start, end) = *slot;
    let sql = format!(
        "SELECT o.starts_at, o.ends_at FROM occupancy o JOIN step s ON s.occupancy = o.id AND s.live IS NOT NULL \
         JOIN booking b ON b.id = s.booking WHERE o.live = ? AND o.ends_at > ? AND o.ends_at <= \
         (SELECT COALESCE(MIN(n.ends_at), ?) FROM occupancy n WHERE n.live = ? AND n.ends_at >= ?) \
         AND b.organisation <> ? AND b.status IN ({})",
        SOLD.map(|status| format!("'{}'", status.name())).join(", ")
    );
    let line = line.0;
    let values = [line.into(), start.into(), end.into(), line.into(), end.into(), owner.into()];
    let mut minutes = 0;
    for row in tx.query_all_raw(statement(tx, &sql, values)).await? {
        let held = Interval { start: row.try_get_by_index(0)?, end: row.try_get_by_index(1)? };
        minutes += shared(held, Interval { start, end });
    }
    Ok(minutes)
}

/// States in which a slot is sold.
const SOLD: [Status; 4] = [Status::Confirmed, Status::Running, Status::Completed, Status::Closed];
