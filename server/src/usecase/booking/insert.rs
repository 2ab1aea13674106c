//! Writing a new booking and its steps, sent together with what else the change leaves.

use domain::{Interval, LineId, OccupancyId, StepId, booking::Status};
use uuid::Uuid;

use crate::store::{StoreError, Tx, tables::booking};

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

/// Writes a booking. The client's size and seat, for the district, are taken from its row as it is now.
pub(crate) async fn insert(tx: &Tx<'_>, row: &booking::Model) -> Result<(), StoreError> {
    let sql = "INSERT INTO booking (id, reference, platform, organisation, product, route, offering, status, \
               created_by, created_at, hold_expires_at, reply_by, price_fen, left_fee_fen, policy, request, moves, \
               version, hazards_confirmed_by, hazards_confirmed_at, client_size, client_in_district) \
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
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
        row.created_by.into(),
        row.created_at.into(),
        row.hold_expires_at.into(),
        row.reply_by.into(),
        row.price_fen.into(),
        row.left_fee_fen.into(),
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
    Ok(())
}

/// Puts a booking's steps on their rows.
pub(crate) async fn insert_steps(
    tx: &Tx<'_>,
    booking: Uuid,
    status: Status,
    steps: &[NewStep],
) -> Result<(), StoreError> {
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
            status.name().into(),
            step.interval.start.into(),
            step.interval.end.into(),
        ]
    });
    tx.insert_later(sql, values);
    Ok(())
}
