//! Campaigns that were moved by rule so that a firm has room. Until the hold that they made room for is confirmed they
//! cost no less to leave than where they stood: else an ally would ask for room and take it back, and undo the fee.
//! Each such move counts for itself, by the days of notice where that one left from, and what their firm pays for
//! moving them since counts against it. Nor is one moved so again at once, or a rival could send it about for nothing.
//! One that makes room for its own firm is moved by that firm: as after a free move, leaving never costs less, and what
//! was moved away late was given up late.

use std::collections::BTreeSet;

use domain::{Second, booking::Status};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    store::{StoreError, Tx, statement},
    usecase::{
        blameless,
        booking::{Loaded, Piece},
        cancel, late,
        protocol::{Scene, Stop},
    },
};

/// So long a campaign that was moved by rule for a firm's hold isn't moved so for another, in seconds.
const LATELY: Second = 24 * 60 * 60;

/// The bookings that were moved so lately.
///
/// # Errors
/// The database fails.
pub(super) async fn lately(
    connection: &impl ConnectionTrait,
    now: Second,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let sql = "SELECT DISTINCT booking FROM room_move WHERE at > ?";
    let rows = connection.query_all_raw(statement(connection, sql, [(now - LATELY).into()])).await?;
    rows.iter().map(|row| Ok(row.try_get("", "booking")?)).collect()
}

/// Whether this one was.
///
/// # Errors
/// The database fails.
pub(super) async fn was_lately(tx: &Tx<'_>, booking: Uuid, now: Second) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM room_move WHERE booking = ? AND at > ?";
    let values = [booking.into(), (now - LATELY).into()];
    Ok(tx.query_one_raw(statement(tx, sql, values)).await?.is_some())
}

/// Counts the `fee_fen` that the firm of `booking` pays for moving it against what leaving cost where it was moved from
/// by rule before: that is owed once.
///
/// # Errors
/// The database's failure.
pub(crate) async fn pay_off(tx: &Tx<'_>, booking: &mut Loaded, fee_fen: i64) -> Result<(), Stop> {
    if fee_fen == 0 || booking.room_fee_fen == 0 {
        return Ok(());
    }
    booking.room_fee_fen = (booking.room_fee_fen - fee_fen).max(0);
    let sql = "UPDATE room_move SET fee_fen = CASE WHEN fee_fen > ? THEN fee_fen - ? ELSE 0 END \
               WHERE booking = ?";
    let values = [fee_fen.into(), fee_fen.into(), booking.row.id.into()];
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}

/// What a campaign that is moved by rule for a firm's hold leaves where it stood.
pub(super) struct Left {
    was: Vec<Piece>,
    /// What cancelling it cost there by the days of notice, if it is another firm's than the hold. What other moves
    /// left is kept with them, and for as long as they say.
    fee_fen: i64,
    /// What its firm's own move away from there would have cost, if the hold is that firm's.
    move_fen: i64,
}

impl Left {
    /// Of `booking` before it moves; `own`: for its own firm's hold.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn of(tx: &Tx<'_>, scene: &Scene, booking: &Loaded, own: bool) -> Result<Self, Stop> {
        let was = booking.live().cloned().collect();
        let costs = booking.status == Status::Confirmed && booking.row.organisation.is_some();
        if !costs || blameless::is_hit(tx, booking).await? {
            return Ok(Self { was, fee_fen: 0, move_fen: 0 });
        }
        let (start, row) = (booking.first_start(), &booking.row);
        if own {
            let policy = cancel::policy_of(&scene.catalogue, booking);
            let minute = scene.now.div_euclid(60);
            let move_fen = policy.move_fee(row.moves > 0, row.price_fen, start, minute);
            return Ok(Self { was, fee_fen: 0, move_fen });
        }
        let fee_fen = cancel::by_notice(&scene.catalogue, booking, start, scene.now);
        Ok(Self { was, fee_fen, move_fen: 0 })
    }

    /// Notes that `booking`, which stands elsewhere by now, has moved for `hold`.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn note(&self, tx: &Tx<'_>, scene: &Scene, booking: &Loaded, hold: Uuid) -> Result<(), Stop> {
        let sql = "INSERT INTO room_move (id, booking, hold, at, fee_fen) VALUES (?, ?, ?, ?, ?)";
        let values = [
            Uuid::now_v7().into(),
            booking.row.id.into(),
            hold.into(),
            scene.now.into(),
            self.fee_fen.into(),
        ];
        tx.insert_later(sql, values);
        late::move_away(tx, scene, booking, (self.was.as_slice(), self.move_fen)).await
    }
}
