//! The bookings ahead and the rows of their lines, as they stand.

use std::collections::BTreeMap;

use domain::{
    BookingId, Interval, LineId, Minute, OccupancyId, RouteId,
    availability::{PlacedStep, Placement},
    booking::Status,
    calendar::DAY,
    occupancy::Occupancy,
    request::Request,
};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::{
    store::{
        StoreError,
        occupancy_row::{COLUMNS, read},
        queries::marks,
        statement,
    },
    usecase::booking::Campaign,
};

/// A campaign's run may have begun this long before what is looked at, in minutes: the cap counts from its beginning.
const RUN: i64 = 90 * DAY;

/// States in which there is still something to be done about it.
const OPEN: [Status; 4] = [Status::Held, Status::Requested, Status::Confirmed, Status::Running];

/// A booking with its active steps, in their order.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub id: BookingId,
    pub reference: String,
    pub platform: Uuid,
    pub request: Request,
    pub placement: Placement,
    pub rows: Vec<OccupancyId>,
}

/// The open bookings with a step on one of `lines` that ends after `now`, each once, whole.
pub(super) async fn bookings(
    db: &impl ConnectionTrait,
    lines: &[LineId],
    now: Minute,
) -> Result<Vec<Standing>, StoreError> {
    let mut found: BTreeMap<BookingId, Standing> = BTreeMap::new();
    for some in lines.chunks(500) {
        let open: Vec<String> = OPEN.iter().map(|status| format!("'{}'", status.name())).collect();
        let sql = format!(
            "SELECT b.id, b.reference, b.platform, b.route, b.request, s.occupancy, o.line, o.starts_at, o.ends_at \
             FROM booking b JOIN step s ON s.booking = b.id AND s.live IS NOT NULL \
             JOIN occupancy o ON o.id = s.occupancy \
             WHERE b.status IN ({}) AND b.id IN (SELECT t.booking FROM step t JOIN occupancy p ON p.id = t.occupancy \
             WHERE t.live IS NOT NULL AND p.live IN ({}) AND p.ends_at > ?) ORDER BY b.id, s.seq",
            open.join(", "),
            marks(some.len())
        );
        let values = some.iter().map(|line| Value::from(line.0)).chain([now.into()]);
        let mut part: BTreeMap<BookingId, Standing> = BTreeMap::new();
        for row in db.query_all_raw(statement(db, &sql, values)).await? {
            let id = BookingId(row.try_get("", "id")?);
            let standing = match part.entry(id) {
                std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::btree_map::Entry::Vacant(new) => new.insert(Standing {
                    id,
                    reference: row.try_get("", "reference")?,
                    platform: row.try_get("", "platform")?,
                    request: Campaign::from_document(&row.try_get::<String>("", "request")?)?.request,
                    placement: Placement { route: RouteId(row.try_get("", "route")?), steps: Vec::new() },
                    rows: Vec::new(),
                }),
            };
            let interval =
                Interval { start: row.try_get("", "starts_at")?, end: row.try_get("", "ends_at")? };
            standing.placement.steps.push(PlacedStep { line: LineId(row.try_get("", "line")?), interval });
            standing.rows.push(OccupancyId(row.try_get("", "occupancy")?));
        }
        found.extend(part);
    }
    Ok(found.into_values().collect())
}

/// The live rows of a line that count for what is ahead, the one before them first.
pub(super) async fn rows(
    db: &impl ConnectionTrait,
    line: LineId,
    now: Minute,
) -> Result<Vec<Occupancy>, StoreError> {
    let from = now - RUN;
    let mut found = Vec::new();
    for (bound, order) in [("ends_at <= ?", "ends_at DESC LIMIT 1"), ("ends_at > ?", "ends_at")] {
        let sql = format!("SELECT {COLUMNS} FROM occupancy WHERE live = ? AND {bound} ORDER BY {order}");
        for row in db.query_all_raw(statement(db, &sql, [line.0.into(), from.into()])).await? {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}
