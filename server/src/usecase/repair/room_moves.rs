//! Campaigns that were moved so that a firm has room, by rule or since their owners agreed. They aren't moved so again
//! at once, nor asked, or a rival could send them about for nothing; and whoever agreed to move for what nobody wanted
//! in the end isn't asked again for a month, or an ally could move it, whenever a move of its own would cost a fee, by
//! asking and taking back. By rule it can be moved: else an ally would make a plan window good for nothing.
//!
//! What makes room for its own firm is moved by that firm (`own_moves.rs`) and isn't noted here, or a firm would shield
//! its campaign from everybody else's wish for room.

use std::collections::BTreeSet;

use domain::Second;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::store::{StoreError, Tx, statement};

/// So long a campaign that was moved for a firm's hold is neither moved by rule nor asked for another, in seconds.
const LATELY: Second = 24 * 60 * 60;
/// So long one whose owner agreed to move for a hold that ended unconfirmed isn't asked for another, in seconds.
const IN_VAIN: Second = 30 * 24 * 60 * 60;

/// Of moves `m` with the holds `h` that they were for: that their owners agreed to them for nothing.
const WAS_IN_VAIN: &str =
    "m.agreed AND h.confirmed_at IS NULL AND h.status IN ('expired', 'declined', 'withdrawn')";

/// The bookings that a firm leaves where they are.
#[derive(Debug, Default)]
pub(super) struct Spared {
    /// Those that were moved lately.
    moved: BTreeSet<Uuid>,
    /// Those whose owners agreed to move, which was in vain.
    in_vain: BTreeSet<Uuid>,
}

impl Spared {
    /// All of them now.
    ///
    /// # Errors
    /// The database fails.
    pub async fn of(connection: &impl ConnectionTrait, now: Second) -> Result<Self, StoreError> {
        let moved = "SELECT DISTINCT booking FROM room_move WHERE at > ?";
        let in_vain = format!(
            "SELECT DISTINCT m.booking FROM room_move m JOIN booking h ON h.id = m.hold \
             WHERE m.at > ? AND {WAS_IN_VAIN}"
        );
        Ok(Self {
            moved: bookings(connection, moved, now - LATELY).await?,
            in_vain: bookings(connection, &in_vain, now - IN_VAIN).await?,
        })
    }

    /// Whether this one isn't moved by rule.
    pub fn moved_lately(&self, booking: Uuid) -> bool {
        self.moved.contains(&booking)
    }

    /// Whether its owner isn't asked about this one.
    pub fn unasked(&self, booking: Uuid) -> bool {
        self.moved.contains(&booking) || self.in_vain.contains(&booking)
    }
}

async fn bookings(
    connection: &impl ConnectionTrait,
    sql: &str,
    since: Second,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let rows = connection.query_all_raw(statement(connection, sql, [since.into()])).await?;
    rows.iter().map(|row| Ok(row.try_get("", "booking")?)).collect()
}

/// Whether a firm leaves this booking where it is, whose owner it would ask if `asks`.
///
/// # Errors
/// The database fails.
pub(super) async fn is_spared(
    tx: &Tx<'_>,
    (booking, asks): (Uuid, bool),
    now: Second,
) -> Result<bool, StoreError> {
    let or_in_vain = if asks { format!("OR (m.at > ? AND {WAS_IN_VAIN})") } else { String::new() };
    let sql = format!(
        "SELECT 1 FROM room_move m JOIN booking h ON h.id = m.hold \
         WHERE m.booking = ? AND (m.at > ? {or_in_vain})"
    );
    let mut values: Vec<sea_orm::Value> = vec![booking.into(), (now - LATELY).into()];
    values.extend(asks.then(|| sea_orm::Value::from(now - IN_VAIN)));
    Ok(tx.query_one_raw(statement(tx, &sql, values)).await?.is_some())
}

/// Notes that `booking` has moved for another firm's `hold`, its owner having agreed to that if `agreed`.
pub(super) fn note(tx: &Tx<'_>, (booking, hold): (Uuid, Uuid), agreed: bool, now: Second) {
    let sql = "INSERT INTO room_move (id, booking, hold, at, agreed) VALUES (?, ?, ?, ?, ?)";
    let values = [Uuid::now_v7().into(), booking.into(), hold.into(), now.into(), agreed.into()];
    tx.insert_later(sql, values);
}
