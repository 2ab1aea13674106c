//! Whom an outage hits.

use domain::{Interval, Minute, Second};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult};
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

/// Whether the row `r` of a booking lies in the outage `o`. One that was called off before it began, or as it did, is
/// empty: nothing lies in it, though rows lie around it.
pub(crate) const MEETS: &str =
    "r.line = o.line AND o.starts_at < o.ends_at AND r.starts_at < o.ends_at AND r.ends_at > o.starts_at";

/// Puts on record and tells whom `outage` hits from the minute `from` on, up to which everybody is on record: but for
/// those in `known`, also whoever was hit by it before and has gone elsewhere since, or was let stay. Answers how many
/// there are.
pub(super) async fn find(
    tx: &Tx<'_>,
    scene: &Scene,
    (outage, from): (&outage::Model, Minute),
    known: &[Standing],
) -> Result<u32, Stop> {
    let sql = format!(
        "SELECT DISTINCT b.id, b.reference, b.organisation, b.platform FROM occupancy o \
         JOIN step s ON s.occupancy = o.id AND s.live IS NOT NULL JOIN booking b ON b.id = s.booking \
         WHERE o.live = ? AND o.starts_at < ? AND o.ends_at > ? AND o.ends_at > ? AND b.status IN ({HITTABLE}) \
         ORDER BY b.id"
    );
    let from = from.max(outage.starts_at);
    if from >= outage.ends_at {
        return Ok(0);
    }
    let now = scene.now.div_euclid(60);
    let values = [outage.line.into(), outage.ends_at.into(), from.into(), now.into()];
    let rows = tx.query_all_raw(statement(tx, &sql, values)).await?;
    let mut hit = 0;
    for row in rows {
        let booking: Uuid = row.try_get("", "id")?;
        if known.iter().any(|one| one.booking == booking) {
            continue;
        }
        hit += 1;
        let sql = "INSERT INTO outage_hit (id, outage, booking, at, looked_at, settled_at, settled_by, reason) \
                   VALUES (?, ?, ?, ?, NULL, NULL, NULL, NULL) ON CONFLICT (outage, booking) DO UPDATE \
                   SET at = excluded.at, looked_at = NULL, settled_at = NULL, settled_by = NULL, reason = NULL";
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

/// A booking hit by an outage that still stands in it, and that nobody let stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub booking: Uuid,
    pub reference: String,
    pub organisation: Option<Uuid>,
}

/// Those of the outage on record as `id`.
pub(super) async fn standing(tx: &Tx<'_>, id: Uuid) -> Result<Vec<Standing>, Stop> {
    let sql = format!("{} ORDER BY b.id", open("DISTINCT b.id, b.reference, b.organisation", "o.id"));
    let rows = tx.query_all_raw(statement(tx, &sql, [id.into()])).await?;
    let read = |row: &QueryResult| {
        Ok(Standing {
            booking: row.try_get("", "id")?,
            reference: row.try_get("", "reference")?,
            organisation: row.try_get("", "organisation")?,
        })
    };
    rows.iter().map(read).collect()
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
         JOIN occupancy r ON r.id = s.occupancy \
         WHERE h.settled_at IS NULL AND b.status IN ({HITTABLE}) AND {MEETS} AND r.ends_at > ? {of} \
         GROUP BY h.id, h.booking, h.at, h.looked_at, o.id, o.line, o.kind, o.planned, o.reason, o.starts_at, \
         o.ends_at, o.created_by ORDER BY first, h.id"
    );
    let values = std::iter::once(now.div_euclid(60).into()).chain(platform.map(Into::into));
    let rows = connection.query_all_raw(statement(connection, &sql, values)).await?;
    rows.iter().map(read).collect()
}

/// Whether a hit is still open: its booking stands in the outage, and nobody let it stay.
///
/// # Errors
/// The database fails.
pub(crate) async fn is_open(connection: &impl ConnectionTrait, hit: Uuid) -> Result<bool, StoreError> {
    any_open(connection, "h.id", hit).await
}

/// Whether any outage hits a booking where it stands, where nobody let it stay.
///
/// # Errors
/// The database fails.
pub(super) async fn is_hit(connection: &impl ConnectionTrait, booking: Uuid) -> Result<bool, StoreError> {
    any_open(connection, "h.booking", booking).await
}

/// The outages that hit a booking where it stands, where nobody let it stay.
pub(super) async fn those_of(
    connection: &impl ConnectionTrait,
    booking: Uuid,
) -> Result<Vec<outage::Model>, StoreError> {
    let sql = open("DISTINCT o.id", "h.booking");
    let rows = connection.query_all_raw(statement(connection, &sql, [booking.into()])).await?;
    let ids = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<Vec<Uuid>, _>>()?;
    let these = outage::Entity::find().filter(outage::Column::Id.is_in(ids));
    Ok(these.order_by_asc(outage::Column::StartsAt).all(connection).await?)
}

/// Asks for `what` of the hits that are open, whose `column` is given.
fn open(what: &str, column: &str) -> String {
    format!(
        "SELECT {what} FROM outage_hit h JOIN outage o ON o.id = h.outage JOIN booking b ON b.id = h.booking \
         JOIN step s ON s.booking = b.id AND s.live IS NOT NULL JOIN occupancy r ON r.id = s.occupancy \
         WHERE {column} = ? AND h.settled_at IS NULL AND b.status IN ({HITTABLE}) AND {MEETS}"
    )
}

async fn any_open(connection: &impl ConnectionTrait, column: &str, id: Uuid) -> Result<bool, StoreError> {
    let sql = open("1", column);
    Ok(connection.query_one_raw(statement(connection, &sql, [id.into()])).await?.is_some())
}

/// Has ways out looked for anew for all that `outage` hits, or did: what was found for another outage may be in this.
pub(super) async fn look_again(tx: &Tx<'_>, outage: Uuid) -> Result<(), Stop> {
    let sql = "UPDATE outage_hit SET looked_at = NULL WHERE booking IN \
               (SELECT booking FROM outage_hit WHERE outage = ?)";
    tx.execute_raw(statement(tx, sql, [outage.into()])).await?;
    Ok(())
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
