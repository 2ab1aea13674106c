//! Writing back what changed of a booking.

use domain::{StepId, booking::Status};
use sea_orm::ConnectionTrait;

use super::Loaded;
use crate::{
    store::{Tx, queries::marks, statement},
    usecase::protocol::Stop,
};

/// Saves the booking's row and its active steps' status as `status`. Another change in between stops it.
pub(crate) async fn save(tx: &Tx<'_>, booking: &Loaded, status: Status) -> Result<(), Stop> {
    let row = &booking.row;
    let sql = "UPDATE booking SET status = ?, route = ?, hold_expires_at = ?, reply_by = ?, requested_at = ?, \
               confirmed_at = ?, price_fen = ?, policy = ?, request = ?, hazards_confirmed_by = ?, \
               hazards_confirmed_at = ?, fee_fen = ?, leaving_fee_fen = ?, left_fee_fen = ?, notice_at = ?, \
               freed = ?, freed_until = ?, moves = ?, \
               version = version + 1 WHERE id = ? AND version = ?";
    let values = [
        status.name().into(),
        row.route.into(),
        row.hold_expires_at.into(),
        row.reply_by.into(),
        row.requested_at.into(),
        row.confirmed_at.into(),
        row.price_fen.into(),
        row.policy.clone().into(),
        booking.campaign.to_document()?.into(),
        row.hazards_confirmed_by.into(),
        row.hazards_confirmed_at.into(),
        row.fee_fen.into(),
        row.leaving_fee_fen.into(),
        row.left_fee_fen.into(),
        row.notice_at.into(),
        row.freed.clone().into(),
        row.freed_until.into(),
        row.moves.into(),
        row.id.into(),
        row.version.into(),
    ];
    if tx.execute_raw(statement(tx, sql, values)).await?.rows_affected() != 1 {
        return Err(Stop::Outdated);
    }
    if status != booking.status {
        let steps = if status.holds_capacity() {
            "UPDATE step SET status = ? WHERE booking = ? AND live IS NOT NULL"
        } else {
            // Before their rows go, as the schema demands.
            "UPDATE step SET status = ?, live = NULL WHERE booking = ? AND live IS NOT NULL"
        };
        tx.execute_raw(statement(tx, steps, [status.name().into(), row.id.into()])).await?;
    }
    Ok(())
}

/// Takes the active steps off their rows, before a move puts new ones elsewhere. They stay as history.
pub(crate) async fn leave_steps(tx: &Tx<'_>, booking: &Loaded) -> Result<(), Stop> {
    let sql = "UPDATE step SET status = 'cancelled', live = NULL WHERE booking = ? AND live IS NOT NULL";
    tx.execute_raw(statement(tx, sql, [booking.row.id.into()])).await?;
    Ok(())
}

/// Takes single steps off their rows, as a campaign that is broken off leaves those that didn't run.
pub(crate) async fn leave(tx: &Tx<'_>, steps: &[StepId]) -> Result<(), Stop> {
    if steps.is_empty() {
        return Ok(());
    }
    let sql =
        format!("UPDATE step SET status = 'cancelled', live = NULL WHERE id IN ({})", marks(steps.len()));
    tx.execute_raw(statement(tx, &sql, steps.iter().map(|step| step.0.into()))).await?;
    Ok(())
}
