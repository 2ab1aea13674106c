//! Whom an outage hits.

use domain::{Interval, Second};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::word;
use crate::{
    store::{StoreError, Tx, statement, tables::outage},
    usecase::protocol::{self, Note, Scene, Stop},
};

/// States of bookings that an outage can hit: what is over, is over.
pub(super) const HITTABLE: &str = "'held', 'requested', 'confirmed', 'running'";

/// A booking where it can't stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub id: Uuid,
    pub booking: Uuid,
    pub at: Second,
    pub outage: Uuid,
    pub line: Uuid,
    pub kind: String,
    pub reason: String,
    pub interval: Interval,
    /// Who marked the line as down.
    pub by: Uuid,
    pub looked_at: Option<Second>,
}

/// Puts on record and tells whom `outage` hits, but for those that were known. Answers how many there are now.
pub(super) async fn find(tx: &Tx<'_>, scene: &Scene, outage: &outage::Model) -> Result<u32, Stop> {
    let sql = format!(
        "SELECT DISTINCT b.id, b.reference, b.organisation, b.platform FROM occupancy o \
         JOIN step s ON s.occupancy = o.id AND s.live IS NOT NULL JOIN booking b ON b.id = s.booking \
         WHERE o.live = ? AND o.starts_at < ? AND o.ends_at > ? AND o.ends_at > ? AND b.status IN ({HITTABLE}) \
         AND NOT EXISTS (SELECT 1 FROM outage_hit h WHERE h.outage = ? AND h.booking = b.id) ORDER BY b.id"
    );
    let values = [
        outage.line.into(),
        outage.ends_at.into(),
        outage.starts_at.into(),
        scene.now.div_euclid(60).into(),
        outage.id.into(),
    ];
    let rows = tx.query_all_raw(statement(tx, &sql, values)).await?;
    let hit = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    for row in rows {
        let booking: Uuid = row.try_get("", "id")?;
        let sql = "INSERT INTO outage_hit (id, outage, booking, at, looked_at, settled_at, settled_by, reason) \
                   VALUES (?, ?, ?, ?, NULL, NULL, NULL, NULL)";
        let values = [Uuid::now_v7().into(), outage.id.into(), booking.into(), scene.now.into()];
        tx.execute_raw(statement(tx, sql, values)).await?;
        let mut to: Vec<Uuid> = row.try_get::<Option<Uuid>>("", "organisation")?.into_iter().collect();
        to.push(row.try_get("", "platform")?);
        let note = Note {
            kind: if outage.planned { "line_planned" } else { "line_down" }.into(),
            to,
            booking: Some(booking),
            reference: Some(row.try_get("", "reference")?),
            reason: Some(outage.reason.clone()),
        };
        protocol::tell(tx, &note, scene.now).await?;
    }
    Ok(hit)
}

/// Bookings that stand where their line is down, of one platform or of all, those that start first ahead. Who has
/// moved, ended or been let stay isn't among them any more.
pub(crate) async fn open_hits(
    connection: &impl ConnectionTrait,
    platform: Option<Uuid>,
    now: Second,
) -> Result<Vec<Hit>, StoreError> {
    let of = if platform.is_some() { "AND b.platform = ?" } else { "" };
    let sql = format!(
        "SELECT h.id, h.booking, h.at, h.looked_at, o.id AS outage, o.line, o.kind, o.planned, o.reason, \
         o.starts_at, o.ends_at, o.created_by, MIN(r.starts_at) AS first \
         FROM outage_hit h JOIN outage o ON o.id = h.outage \
         JOIN booking b ON b.id = h.booking JOIN step s ON s.booking = b.id AND s.live IS NOT NULL \
         JOIN occupancy r ON r.id = s.occupancy AND r.line = o.line \
         WHERE h.settled_at IS NULL AND b.status IN ({HITTABLE}) AND r.starts_at < o.ends_at \
         AND r.ends_at > o.starts_at AND r.ends_at > ? {of} \
         GROUP BY h.id, h.booking, h.at, h.looked_at, o.id, o.line, o.kind, o.planned, o.reason, o.starts_at, \
         o.ends_at, o.created_by ORDER BY first, h.id"
    );
    let values = std::iter::once(now.div_euclid(60).into()).chain(platform.map(Into::into));
    let rows = connection.query_all_raw(statement(connection, &sql, values)).await?;
    rows.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<Hit, StoreError> {
    Ok(Hit {
        id: row.try_get("", "id")?,
        booking: row.try_get("", "booking")?,
        at: row.try_get("", "at")?,
        outage: row.try_get("", "outage")?,
        line: row.try_get("", "line")?,
        kind: word(row.try_get("", "planned")?, row.try_get("", "kind")?),
        reason: row.try_get("", "reason")?,
        interval: Interval { start: row.try_get("", "starts_at")?, end: row.try_get("", "ends_at")? },
        by: row.try_get("", "created_by")?,
        looked_at: row.try_get("", "looked_at")?,
    })
}
