//! Decisions against outcomes: every booking has a trail that leads to what the booking is.

use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{
    Fault,
    finding::found,
    pages::{PAGE, count, first, rows},
    trail::{self, Decided, Stands},
};

/// Follows the bookings' trails; answers how many decisions there are.
pub(super) async fn verify(connection: &impl ConnectionTrait) -> Result<u64, Fault> {
    let orphan = "SELECT d.id FROM decision d LEFT JOIN booking b ON b.id = d.booking
        WHERE d.booking IS NOT NULL AND b.id IS NULL";
    if let Some(decision) = first(connection, orphan).await? {
        return found(
            decision,
            format!("Decision {decision} is about a booking that doesn't exist."),
            format!("决定 {decision} 所涉预约不存在。"),
        );
    }
    let mut last = Uuid::nil();
    loop {
        let page = page(connection, last).await?;
        for (booking, decided) in &page {
            trail::verify(booking, decided)?;
            last = booking.id;
        }
        if page.len() < PAGE {
            return count(connection, "SELECT count(*) FROM decision").await;
        }
    }
}

/// The next bookings after `last`, each with its decisions, oldest first.
async fn page(connection: &impl ConnectionTrait, last: Uuid) -> Result<Vec<(Stands, Vec<Decided>)>, Fault> {
    let sql = format!(
        "SELECT b.id, b.status, b.price_fen, b.fee_fen, b.policy, b.hazards_confirmed_at, b.offering, b.request,
         d.action, d.inputs, d.outcome
         FROM (SELECT * FROM booking WHERE id > ? ORDER BY id LIMIT {PAGE}) b
         LEFT JOIN decision d ON d.booking = b.id ORDER BY b.id, d.id"
    );
    let mut page: Vec<(Stands, Vec<Decided>)> = Vec::new();
    for row in rows(connection, &sql, [Value::from(last)]).await? {
        let id: Uuid = row.try_get_by_index(0)?;
        if page.last().is_none_or(|(booking, _)| booking.id != id) {
            let stands = Stands {
                id,
                status: row.try_get_by_index(1)?,
                price_fen: row.try_get_by_index(2)?,
                fee_fen: row.try_get_by_index::<Option<i64>>(3)?.unwrap_or(0),
                policy: row.try_get_by_index(4)?,
                hazards_confirmed: row.try_get_by_index::<Option<i64>>(5)?.is_some(),
                offering: row.try_get_by_index(6)?,
                request: row.try_get_by_index(7)?,
            };
            page.push((stands, Vec::new()));
        }
        if let (Some((_, decided)), Some(action)) = (page.last_mut(), row.try_get_by_index(8)?) {
            decided.push(Decided {
                action,
                inputs: row.try_get_by_index(9)?,
                outcome: row.try_get_by_index(10)?,
            });
        }
    }
    Ok(page)
}
