//! Decisions against outcomes: every booking has a trail, and its end is the state that the booking is in and what it
//! costs.

use sea_orm::{ConnectionTrait, Value};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Fault,
    finding::found,
    pages::{PAGE, count, first, rows},
};

#[derive(Deserialize)]
struct Outcome {
    status: Option<String>,
    price_fen: Option<i64>,
}

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
    let sql = format!(
        "SELECT b.id, b.status, (SELECT d.outcome FROM decision d WHERE d.booking = b.id ORDER BY d.id DESC LIMIT 1),
         b.price_fen, (SELECT d.outcome FROM decision d WHERE d.booking = b.id AND d.outcome LIKE '%\"price_fen\":%'
           ORDER BY d.id DESC LIMIT 1)
         FROM booking b WHERE b.id > ? ORDER BY b.id LIMIT {PAGE}"
    );
    let mut last = Uuid::nil();
    loop {
        let page = rows(connection, &sql, [Value::from(last)]).await?;
        for row in &page {
            last = row.try_get_by_index(0)?;
            check(last, &row.try_get_by_index::<String>(1)?, row.try_get_by_index(2)?)?;
            costs(last, row.try_get_by_index(3)?, row.try_get_by_index(4)?)?;
        }
        if page.len() < PAGE {
            return count(connection, "SELECT count(*) FROM decision").await;
        }
    }
}

fn check(booking: Uuid, status: &str, outcome: Option<String>) -> Result<(), Fault> {
    let Some(outcome) = outcome else {
        return found(
            booking,
            format!("No decision tells how booking {booking} came to be."),
            format!("预约 {booking} 没有任何决定记录。"),
        );
    };
    let decided = serde_json::from_str::<Outcome>(&outcome).ok().and_then(|outcome| outcome.status);
    if decided.as_deref() == Some(status) {
        return Ok(());
    }
    let decided = decided.unwrap_or_else(|| "no status".into());
    found(
        booking,
        format!("Booking {booking} is {status}, but the last decision on it came to {decided}."),
        format!("预约 {booking} 状态为 {status}，最后一次决定的结果却是 {decided}。"),
    )
}

/// A booking costs what the last decision that says so came to, in fen.
fn costs(booking: Uuid, price_fen: i64, outcome: Option<String>) -> Result<(), Fault> {
    let decided = outcome.and_then(|outcome| serde_json::from_str::<Outcome>(&outcome).ok()?.price_fen);
    match decided.filter(|decided| *decided != price_fen) {
        None => Ok(()),
        Some(decided) => found(
            booking,
            format!("Booking {booking} costs {price_fen} fen, but the last decision on it says {decided}."),
            format!("预约 {booking} 的价格为 {price_fen} 分，最后一次决定的价格却是 {decided} 分。"),
        ),
    }
}
