//! Writing a booking's steps, and with them when it begins: nothing else puts a booking anywhere.

use domain::{Interval, LineId, OccupancyId, Second, StepId, booking::Status};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::store::{StoreError, Tx, statement, tables::booking};

/// A step to write, on a row that stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewStep {
    pub id: StepId,
    pub seq: u32,
    pub occupancy: OccupancyId,
    pub line: LineId,
    /// As the row's.
    pub interval: Interval,
}

/// When a booking begins that is put on `steps`, in seconds; `None`: its first step isn't among them, and stays.
pub(crate) fn begins_at(steps: &[NewStep]) -> Option<Second> {
    steps.iter().find(|step| step.seq == 0).map(|step| step.interval.start * 60)
}

/// Writes a new booking, and puts its steps on their rows, sent together with what else the change leaves. The client's
/// size and seat, for the district, are taken from its row as it is now.
pub(crate) fn insert(tx: &Tx<'_>, row: &booking::Model, steps: &[NewStep]) {
    let sql = "INSERT INTO booking (id, reference, platform, organisation, product, route, offering, status, \
               begins_at, created_by, created_at, hold_expires_at, reply_by, price_fen, left_fee_fen, \
               notice_at, policy, request, moves, version, hazards_confirmed_by, hazards_confirmed_at, client_size, \
               client_in_district) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
               (SELECT size FROM organisation WHERE id = ?), (SELECT in_district FROM organisation WHERE id = ?))";
    let values = [
        row.id.into(),
        row.reference.clone().into(),
        row.platform.into(),
        row.organisation.into(),
        row.product.into(),
        row.route.into(),
        row.offering.clone().into(),
        row.status.clone().into(),
        begins_at(steps).unwrap_or(row.begins_at).into(),
        row.created_by.into(),
        row.created_at.into(),
        row.hold_expires_at.into(),
        row.reply_by.into(),
        row.price_fen.into(),
        row.left_fee_fen.into(),
        row.notice_at.into(),
        row.policy.clone().into(),
        row.request.clone().into(),
        row.moves.into(),
        row.version.into(),
        row.hazards_confirmed_by.into(),
        row.hazards_confirmed_at.into(),
        row.organisation.into(),
        row.organisation.into(),
    ];
    tx.insert_later(sql, values);
    write(tx, row.id, &row.status, steps);
}

/// Puts the steps of a booking that stood elsewhere on their rows: from then on it begins where its first one does.
///
/// # Errors
/// The database's failure.
pub(crate) async fn insert_steps(
    tx: &Tx<'_>,
    row: &mut booking::Model,
    status: Status,
    steps: &[NewStep],
) -> Result<(), StoreError> {
    if let Some(begins_at) = begins_at(steps) {
        let sql = "UPDATE booking SET begins_at = ? WHERE id = ?";
        tx.execute_raw(statement(tx, sql, [begins_at.into(), row.id.into()])).await?;
        row.begins_at = begins_at;
    }
    write(tx, row.id, status.name(), steps);
    Ok(())
}

fn write(tx: &Tx<'_>, booking: Uuid, status: &str, steps: &[NewStep]) {
    let sql = format!(
        "INSERT INTO step (id, booking, seq, occupancy, live, status, starts_at, ends_at) VALUES {}",
        vec!["(?, ?, ?, ?, ?, ?, ?, ?)"; steps.len()].join(", ")
    );
    let values = steps.iter().flat_map(|step| {
        [
            step.id.0.into(),
            booking.into(),
            i64::from(step.seq).into(),
            step.occupancy.0.into(),
            step.line.0.into(),
            status.into(),
            step.interval.start.into(),
            step.interval.end.into(),
        ]
    });
    tx.insert_later(sql, values);
}
