//! Future bookings that stand on lines that change. They are named, never moved.

use std::collections::BTreeMap;

use domain::{Interval, Minute, calendar::plant_midnight};
use sea_orm::{ConnectionTrait, DbErr, Value};
use time::Date;
use uuid::Uuid;

use super::Difference;
use crate::store::statement;

/// A booking that somebody should look at after the import.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Affected {
    pub starts_at: Minute,
    pub booking: Uuid,
    pub reference: String,
    /// Whose line it stands on.
    pub platform: Uuid,
    /// Code of the line.
    pub line: String,
}

/// More are not worth listing one by one.
const MOST: usize = 10_000;

pub(super) async fn find(
    db: &impl ConnectionTrait,
    difference: &Difference,
    now: Minute,
) -> Result<Vec<Affected>, DbErr> {
    let mut found =
        on_lines(db, &difference.touched_lines, Interval { start: now, end: Minute::MAX }).await?;
    for date in &difference.days {
        let day = plant_day(*date);
        if day.end > now {
            found.extend(on_lines(db, &difference.holiday_lines, day).await?);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn plant_day(date: Date) -> Interval {
    let start = plant_midnight(date);
    Interval { start, end: start + 24 * 60 }
}

async fn on_lines(
    db: &impl ConnectionTrait,
    lines: &BTreeMap<Uuid, String>,
    span: Interval,
) -> Result<Vec<Affected>, DbErr> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["?"; lines.len()].join(", ");
    let sql = format!(
        "SELECT booking.id, booking.reference, booking.platform, occupancy.live, occupancy.starts_at
         FROM occupancy JOIN step ON step.occupancy = occupancy.id JOIN booking ON booking.id = step.booking
         WHERE occupancy.live IN ({marks}) AND step.live IS NOT NULL
           AND occupancy.ends_at > ? AND occupancy.starts_at < ?
         ORDER BY occupancy.starts_at LIMIT {MOST}"
    );
    let values = lines.keys().map(|line| Value::from(*line)).chain([span.start.into(), span.end.into()]);
    let rows = db.query_all_raw(statement(db, &sql, values)).await?;
    rows.iter()
        .map(|row| {
            let line: Uuid = row.try_get("", "live")?;
            Ok(Affected {
                starts_at: row.try_get("", "starts_at")?,
                booking: row.try_get("", "id")?,
                reference: row.try_get("", "reference")?,
                platform: row.try_get("", "platform")?,
                line: lines.get(&line).cloned().unwrap_or_default(),
            })
        })
        .collect()
}
