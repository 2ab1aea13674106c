//! A booking's plan window, as it is written and shown.

use app::contract::{Instant, PlanView};
use domain::{Minute, Second, plan::PlanWindow};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    store::{StoreError, Tx, statement},
    usecase::protocol::Stop,
};

/// Writes what was agreed to, behind the booking.
pub(crate) fn insert_plan(tx: &Tx<'_>, booking: Uuid, plan: &PlanWindow) {
    let sql =
        "INSERT INTO plan_window (booking, starts_at, ends_at, freeze_days, percent) VALUES (?, ?, ?, ?, ?)";
    let values = [
        booking.into(),
        plan.window.start.into(),
        plan.window.end.into(),
        plan.freeze_days.into(),
        i64::from(plan.percent).into(),
    ];
    tx.insert_later(sql, values);
}

/// Ends the agreement, as a move out of the window does.
pub(crate) async fn drop_plan(tx: &Tx<'_>, booking: Uuid) -> Result<(), Stop> {
    let sql = "DELETE FROM plan_window WHERE booking = ?";
    tx.execute_raw(statement(tx, sql, [booking.into()])).await?;
    Ok(())
}

/// The plan window in a row of a query that names its columns `plan_from`, `plan_until`, `freeze_days` and `percent`.
pub(super) fn read(row: &sea_orm::QueryResult) -> Result<Option<PlanWindow>, StoreError> {
    let Some(start) = row.try_get::<Option<i64>>("", "plan_from")? else { return Ok(None) };
    let percent: i64 = row.try_get("", "percent")?;
    Ok(Some(PlanWindow {
        window: domain::Interval { start, end: row.try_get("", "plan_until")? },
        freeze_days: row.try_get("", "freeze_days")?,
        percent: u8::try_from(percent).unwrap_or(0),
    }))
}

/// The agreement about a campaign that starts at `first_start`, as both sides see it.
pub(super) fn view(plan: &PlanWindow, first_start: Minute, now: Second) -> PlanView {
    PlanView {
        from: Instant::from_minute(plan.window.start),
        until: Instant::from_minute(plan.window.end),
        freezes_at: Instant::from_minute(plan.freezes_at(first_start)),
        frozen: plan.is_frozen(first_start, now),
        percent: plan.percent,
    }
}
