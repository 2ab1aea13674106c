//! Changing a call: only as it was read, so that of two who change it at once one is told that the other was first.

use app::contract::Failure;
use sea_orm::{ConnectionTrait, EntityTrait, Value};
use uuid::Uuid;

use super::load::Call;
use crate::{
    store::{Tx, statement, tables::call},
    usecase::protocol::Stop,
};

/// Sets columns of `call`, such as `state = ?`.
///
/// # Errors
/// [`Failure::Refused`] with the reason `call_published`, `call_cancelled` or `call_changed` if somebody was first.
pub(super) async fn settle(tx: &Tx<'_>, call: &Call, columns: &str, values: Vec<Value>) -> Result<(), Stop> {
    let sql = format!("UPDATE call SET {columns}, version = version + 1 WHERE id = ? AND version = ?");
    let mut values = values;
    values.extend([call.row.id.into(), call.row.version.into()]);
    if tx.execute_raw(statement(tx, &sql, values)).await?.rows_affected() == 1 {
        return Ok(());
    }
    let now = call::Entity::find_by_id(call.row.id).one(tx).await?;
    Err(over(now.as_ref().map(|row| row.state.as_str())).into())
}

/// Counts a change of the wishes of a call that is open.
///
/// # Errors
/// [`Failure::Refused`] with the reason `call_not_open`.
pub(super) async fn while_open(tx: &Tx<'_>, call: Uuid, now: domain::Second) -> Result<(), Stop> {
    let sql = "UPDATE call SET version = version + 1 \
               WHERE id = ? AND state = 'open' AND opens_at <= ? AND closes_at > ?";
    let values = [call.into(), now.into(), now.into()];
    if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() == 1 {
        return Ok(());
    }
    Err(Failure::refused("call_not_open").into())
}

/// Why a call can't be changed so.
pub(super) fn over(state: Option<&str>) -> Failure {
    let reason = match state {
        Some("published") => "call_published",
        Some("cancelled") => "call_cancelled",
        Some("open") => "call_still_open",
        _ => "call_changed",
    };
    Failure::refused(reason)
}
