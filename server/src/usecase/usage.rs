//! What lines were and will be used for in a period, from the rows themselves.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Interval, LineId, OrganisationId, Second,
    booking::Status,
    calendar::Calendar,
    metrics::{LineHours, LineUse},
    occupancy::Kind,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::store::{Catalogue, StoreError, kind_name, queries::marks, statement};

/// A row with whose it is.
#[derive(Clone, Debug)]
pub(crate) struct Used {
    pub kind: Kind,
    pub interval: Interval,
    /// The link's set-up, counted from the predecessor's end.
    pub changeover: Option<Interval>,
    pub expires_at: Option<Second>,
    /// Of a campaign.
    pub booking: Option<Of>,
}

/// The booking of a row.
#[derive(Clone, Debug)]
pub(crate) struct Of {
    pub status: Status,
    pub offering: String,
    /// `None`: the platform's own production.
    pub client: Option<OrganisationId>,
}

impl Used {
    /// Whether it is decided: confirmed, running or done.
    pub fn is_committed(&self) -> bool {
        let firm = |of: &Of| {
            matches!(of.status, Status::Confirmed | Status::Running | Status::Completed | Status::Closed)
        };
        self.booking.as_ref().is_some_and(firm)
    }

    /// Whether it is held or asked for, as long as it hasn't expired.
    pub fn is_open(&self) -> bool {
        self.booking.as_ref().is_some_and(|of| matches!(of.status, Status::Held | Status::Requested))
    }

    /// Whether any of it, its set-up included, lies in `period`.
    pub fn touches(&self, period: Interval) -> bool {
        let inside = |interval: Interval| interval.intersection(period).is_some();
        inside(self.interval) || self.changeover.is_some_and(inside)
    }

    /// What it is in the metrics: a cleaning is changeover, a closure planned downtime.
    pub fn uses(&self) -> impl Iterator<Item = LineUse> {
        let main = match self.kind {
            Kind::Head => None,
            Kind::Campaign => Some(LineUse::Process(self.interval)),
            Kind::Cleaning => Some(LineUse::Changeover(self.interval)),
            Kind::Closure => Some(LineUse::PlannedDowntime(self.interval)),
        };
        main.into_iter().chain(self.changeover.map(LineUse::Changeover))
    }
}

/// Live rows of `of` that touch `period`, their set-up included, by line.
pub(crate) async fn load(
    connection: &impl ConnectionTrait,
    of: &[LineId],
    period: Interval,
) -> Result<BTreeMap<LineId, Vec<Used>>, StoreError> {
    let sql = format!(
        "SELECT o.line, o.kind, o.starts_at, o.ends_at, o.prev_end, o.setup, o.expires_at, \
         b.status, b.offering, b.organisation FROM occupancy o \
         LEFT JOIN step s ON s.occupancy = o.id LEFT JOIN booking b ON b.id = s.booking \
         WHERE o.live IN ({}) AND o.head IS NULL AND o.ends_at > ? AND o.prev_end < ?",
        marks(of.len())
    );
    let sides = [period.start.into(), period.end.into()];
    let values = of.iter().map(|line| line.0.into()).chain(sides);
    let mut lines: BTreeMap<LineId, Vec<Used>> = BTreeMap::new();
    for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
        let kind: String = row.try_get("", "kind")?;
        let kinds = [Kind::Campaign, Kind::Cleaning, Kind::Closure];
        let Some(kind) = kinds.into_iter().find(|known| kind_name(*known) == kind) else { continue };
        let (prev_end, setup): (i64, i64) = (row.try_get("", "prev_end")?, row.try_get("", "setup")?);
        let status: Option<String> = row.try_get("", "status")?;
        let booking = match status.as_deref().and_then(Status::from_name) {
            None => None,
            Some(status) => Some(Of {
                status,
                offering: row.try_get("", "offering")?,
                client: row.try_get::<Option<Uuid>>("", "organisation")?.map(OrganisationId),
            }),
        };
        let line = LineId(row.try_get("", "line")?);
        lines.entry(line).or_default().push(Used {
            kind,
            interval: Interval { start: row.try_get("", "starts_at")?, end: row.try_get("", "ends_at")? },
            changeover: Interval::new(prev_end, prev_end + setup),
            expires_at: row.try_get("", "expires_at")?,
            booking,
        });
    }
    Ok(lines)
}

/// What outages take of the lines of `of` in `period`, by line.
pub(crate) async fn outages(
    connection: &impl ConnectionTrait,
    of: &[LineId],
    period: Interval,
) -> Result<BTreeMap<LineId, Vec<LineUse>>, StoreError> {
    let sql = format!(
        "SELECT line, planned, starts_at, ends_at FROM outage WHERE line IN ({}) AND ends_at > ? AND starts_at < ? \
         AND starts_at < ends_at ORDER BY starts_at, id",
        marks(of.len())
    );
    let values = of.iter().map(|line| line.0.into()).chain([period.start.into(), period.end.into()]);
    let mut lines: BTreeMap<LineId, Vec<LineUse>> = BTreeMap::new();
    for row in connection.query_all_raw(statement(connection, &sql, values)).await? {
        let down = Interval { start: row.try_get("", "starts_at")?, end: row.try_get("", "ends_at")? };
        let uses = lines.entry(LineId(row.try_get("", "line")?)).or_default();
        // What still stands in it doesn't run there, planned or not.
        uses.push(LineUse::UnscheduledDown(down));
        if row.try_get("", "planned")? {
            uses.push(LineUse::PlannedDowntime(down));
        }
    }
    Ok(lines)
}

/// The hours of a line in `period` by `rows`, among which its closures must be, and by its outages: downtime always
/// counts.
pub(crate) fn hours<'a>(
    catalogue: &Catalogue,
    line: LineId,
    (rows, down): (impl IntoIterator<Item = &'a Used>, &[LineUse]),
    period: Interval,
) -> LineHours {
    let Some(parts) = catalogue.parts(line) else { return LineHours::default() };
    let calendar = if period.intersection(parts.calendar.horizon()) == Some(period) {
        parts.calendar
    } else {
        // Long ago, or far ahead.
        Arc::new(Calendar::compile(parts.calendar.pattern.clone(), &catalogue.holidays, period))
    };
    LineHours::of(period, &calendar, rows.into_iter().flat_map(Used::uses).chain(down.iter().copied()))
}
