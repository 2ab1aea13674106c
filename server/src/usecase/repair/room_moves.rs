//! Campaigns that were moved so that a firm has room, by rule or since their owners agreed. They aren't moved so again
//! at once, nor asked, or a rival could send them about for nothing; and whoever agreed to move for what nobody wanted
//! in the end isn't asked again for a month, or an ally could move it, whenever a move of its own would cost a fee, by
//! asking and taking back. By rule it can be moved: else an ally would make a plan window good for nothing.
//!
//! What makes room for its own firm is moved by that firm: what was moved away late was given up late.

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

/// What a campaign that is moved for a hold leaves where it stood.
pub(super) struct Left {
    was: Vec<Piece>,
    /// Whether its owner has agreed.
    agreed: bool,
    /// What its firm's own move away from there would have cost, if the hold is that firm's.
    move_fen: i64,
}

impl Left {
    /// Of `booking` before it moves; `own`: for its own firm's hold.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn of(
        tx: &Tx<'_>,
        scene: &Scene,
        booking: &Loaded,
        (agreed, own): (bool, bool),
    ) -> Result<Self, Stop> {
        let was = booking.live().cloned().collect();
        let costs = own && booking.status == Status::Confirmed;
        if !costs || blameless::is_hit(tx, booking).await? {
            return Ok(Self { was, agreed, move_fen: 0 });
        }
        let (policy, row) = (cancel::policy_of(&scene.catalogue, booking), &booking.row);
        let minute = scene.now.div_euclid(60);
        let move_fen = policy.move_fee(row.moves > 0, row.price_fen, booking.notice_start(), minute);
        Ok(Self { was, agreed, move_fen })
    }

    /// Notes that `booking`, which stands elsewhere by now, has moved for `hold`.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn note(&self, tx: &Tx<'_>, scene: &Scene, booking: &Loaded, hold: Uuid) -> Result<(), Stop> {
        let sql = "INSERT INTO room_move (id, booking, hold, at, agreed) VALUES (?, ?, ?, ?, ?)";
        let values =
            [Uuid::now_v7().into(), booking.row.id.into(), hold.into(), scene.now.into(), self.agreed.into()];
        tx.insert_later(sql, values);
        late::move_away(tx, scene, booking, (self.was.as_slice(), self.move_fen)).await
    }
}
