//! Bookings whose time ran out: a hold's, or the reply deadline of a request. They count as free from that second on,
//! and are released by whoever next writes on their lines, or by the sweep.

use domain::{
    BookingId, Interval, LineId, OccupancyId, OrganisationId, PlatformId, Second,
    booking::{Action, Status, transition},
};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{Decision, Note, Scene, Stop, Touched, decide, tell};
use crate::store::{
    StoreError, Tx,
    queries::{self, marks},
    statement,
};

/// An expired booking with the rows that it still has.
#[derive(Clone, Debug)]
pub(crate) struct Lapsed {
    pub id: BookingId,
    pub reference: String,
    pub status: Status,
    pub platform: PlatformId,
    /// `None`: the platform's own production.
    pub organisation: Option<OrganisationId>,
    pub rows: Vec<(OccupancyId, LineId, Interval)>,
}

/// Live rows of bookings, ordered by booking.
const ROWS: &str = "SELECT b.id AS booking, b.reference, b.status, b.platform, b.organisation, \
    o.id AS occupancy, o.line, o.starts_at, o.ends_at \
    FROM booking b JOIN step s ON s.booking = b.id AND s.live IS NOT NULL JOIN occupancy o ON o.id = s.occupancy ";

impl Lapsed {
    /// The bookings that hold these rows, with all their rows.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn holding(tx: &Tx<'_>, rows: &[OccupancyId]) -> Result<Vec<Self>, StoreError> {
        let marks = marks(rows.len());
        let sql = format!(
            "{ROWS} WHERE b.id IN (SELECT booking FROM step WHERE occupancy IN ({marks})) ORDER BY b.id, s.seq"
        );
        Self::load(tx, &sql, rows.iter().map(|row| row.0.into()).collect()).await
    }

    /// The live rows of one booking.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn one(connection: &impl ConnectionTrait, booking: Uuid) -> Result<Option<Self>, StoreError> {
        let sql = format!("{ROWS} WHERE b.id = ? ORDER BY s.seq");
        Ok(Self::load(connection, &sql, vec![booking.into()]).await?.pop())
    }

    async fn load(
        connection: &impl ConnectionTrait,
        sql: &str,
        values: Vec<sea_orm::Value>,
    ) -> Result<Vec<Self>, StoreError> {
        let mut bookings: Vec<Self> = Vec::new();
        for row in connection.query_all_raw(statement(connection, sql, values)).await? {
            let id = BookingId(row.try_get("", "booking")?);
            let interval =
                Interval { start: row.try_get("", "starts_at")?, end: row.try_get("", "ends_at")? };
            let held =
                (OccupancyId(row.try_get("", "occupancy")?), LineId(row.try_get("", "line")?), interval);
            match bookings.last_mut() {
                Some(last) if last.id == id => last.rows.push(held),
                _ => bookings.push(Self {
                    id,
                    reference: row.try_get("", "reference")?,
                    status: Status::from_name(&row.try_get::<String>("", "status")?)
                        .ok_or_else(|| StoreError::Internal("a booking of unknown status".into()))?,
                    platform: PlatformId(row.try_get("", "platform")?),
                    organisation: row.try_get::<Option<Uuid>>("", "organisation")?.map(OrganisationId),
                    rows: vec![held],
                }),
            }
        }
        Ok(bookings)
    }

    /// Lines and pools that releasing `bookings` touches.
    ///
    /// # Errors
    /// The database's failure.
    pub async fn touched(
        connection: &impl ConnectionTrait,
        bookings: &[Self],
    ) -> Result<Touched, StoreError> {
        let mut touched = Touched::default();
        let rows: Vec<_> = bookings.iter().flat_map(|booking| &booking.rows).collect();
        for (_, line, interval) in &rows {
            touched.line(*line, *interval);
        }
        let ids: Vec<_> = rows.iter().map(|(occupancy, ..)| *occupancy).collect();
        for (pool, interval) in queries::claimed_pools(connection, &ids).await? {
            touched.pool(pool, interval);
        }
        Ok(touched)
    }

    /// Records the lapse of each: its status, the decision, and notes to both sides. Their rows are released by the
    /// caller right after.
    ///
    /// # Errors
    /// [`Stop::Refused`] if one of them is in a status that doesn't lapse; the database's failure.
    pub async fn record(tx: &Tx<'_>, scene: &Scene) -> Result<(), Stop> {
        for booking in &scene.lapsed {
            let status = transition(booking.status, Action::Expire)?;
            leave(tx, booking.id, status).await?;
            let lapse = Decision {
                by: None,
                booking: Some(booking.id.0),
                action: "expire",
                inputs: json!({ "from": booking.status }),
                rule: "lapse/1",
                versions: &scene.versions(),
                outcome: json!({ "status": status, "released": booking.rows.len() }),
            };
            decide(tx, lapse, scene.now).await?;
            let kind = if status == Status::Expired { "hold_expired" } else { "request_lapsed" };
            let mut to: Vec<Uuid> = booking.organisation.iter().map(|organisation| organisation.0).collect();
            if status != Status::Expired {
                to.push(booking.platform.0);
            }
            let note = Note {
                kind: kind.into(),
                to,
                booking: Some(booking.id.0),
                reference: Some(booking.reference.clone()),
                reason: None,
            };
            tell(tx, &note, scene.now).await?;
        }
        Ok(())
    }
}

/// Ends a booking that held capacity: its steps give up their rows, which the schema demands before the rows go.
pub(crate) async fn leave(tx: &Tx<'_>, booking: BookingId, status: Status) -> Result<(), StoreError> {
    let word: sea_orm::Value = status.name().into();
    let steps = "UPDATE step SET live = NULL, status = ? WHERE booking = ? AND live IS NOT NULL";
    tx.execute_raw(statement(tx, steps, [word.clone(), booking.0.into()])).await?;
    let own = "UPDATE booking SET status = ?, hold_expires_at = NULL, reply_by = NULL, version = version + 1 \
               WHERE id = ?";
    tx.execute_raw(statement(tx, own, [word, booking.0.into()])).await?;
    Ok(())
}

/// Bookings whose time has run out by `now`, earliest first.
pub(crate) async fn due(
    connection: &impl ConnectionTrait,
    now: Second,
    most: u64,
) -> Result<Vec<Uuid>, StoreError> {
    let sql = format!(
        "SELECT id, hold_expires_at AS due FROM booking WHERE status = 'held' AND hold_expires_at <= ? \
         UNION ALL SELECT id, reply_by FROM booking WHERE status = 'requested' AND reply_by <= ? \
         ORDER BY due LIMIT {most}"
    );
    let rows = connection.query_all_raw(statement(connection, &sql, [now.into(), now.into()])).await?;
    rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
}
