//! Bookings and steps straight into their tables.

use std::collections::BTreeSet;

use domain::{
    Interval, Minute, ProductId,
    booking::Status,
    hazard::HazardProfile,
    offering::Unit,
    request::{Request, Stage},
};
use sea_orm::{ConnectionTrait, DbErr, Statement, Value};
use serde_json::json;
use uuid::Uuid;

use crate::{Plant, Row};

async fn execute(connection: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64, DbErr> {
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

/// Writes a booking in state `status`, its step on `row`, active or not as the status says, and the decision that made
/// it so; answers the step's id.
///
/// # Errors
/// The schema's refusal.
pub async fn write_booking(
    connection: &impl ConnectionTrait,
    plant: &Plant,
    status: Status,
    row: &Row,
) -> Result<Uuid, DbErr> {
    let (booking, step) = (Uuid::now_v7(), Uuid::now_v7());
    let expires_at = |state| (status == state).then(|| row.expires_at.unwrap_or_default());
    execute(
        connection,
        "INSERT INTO booking (id, reference, platform, organisation, product, route, offering, status, created_by,
           created_at, hold_expires_at, reply_by, price_fen, request, moves, version)
         VALUES ($1, $2, $3, $4, $5, $6, 'TAB', $7, $8, 0, $9, $10, 0, $11, 0, 1)",
        vec![
            booking.into(),
            booking.to_string().into(),
            plant.platform.0.into(),
            plant.client.0.into(),
            row.product.into(),
            plant.route.id.0.into(),
            status.name().into(),
            plant.account.into(),
            expires_at(Status::Held).into(),
            expires_at(Status::Requested).into(),
            request(plant, row).into(),
        ],
    )
    .await?;
    execute(
        connection,
        "INSERT INTO decision (id, at, booking, action, inputs, rule, versions, outcome)
         VALUES ($1, 0, $2, 'test', '{}', 'test', '[]', $3)",
        vec![Uuid::now_v7().into(), booking.into(), json!({ "status": status }).to_string().into()],
    )
    .await?;
    execute(
        connection,
        "INSERT INTO step (id, booking, seq, occupancy, live, status) VALUES ($1, $2, 0, $3, $4, $5)",
        vec![
            step.into(),
            booking.into(),
            row.id.into(),
            status.holds_capacity().then_some(row.line).into(),
            status.name().into(),
        ],
    )
    .await?;
    Ok(step)
}

/// A request of what `row` makes, harmless and of a size that every line can do.
fn request(plant: &Plant, row: &Row) -> String {
    let request = Request {
        offering: plant.route.offering.clone(),
        product: ProductId(row.product),
        batch_size: 12_500,
        unit: Unit::Kilogram,
        batches: 1,
        hazards: HazardProfile::Classified { tags: BTreeSet::new(), oeb: None },
        gmp: true,
        stage: Stage::ScaleUp,
        window: Interval { start: 0, end: Minute::MAX },
        platform: None,
    };
    json!({ "request": request }).to_string()
}

/// Claims a share of a pool's cell.
///
/// # Errors
/// The schema's refusal.
pub async fn claim(
    connection: &impl ConnectionTrait,
    occupancy: Uuid,
    pool: Uuid,
    cell: i64,
    amount: i64,
) -> Result<u64, DbErr> {
    execute(
        connection,
        "INSERT INTO pool_claim (occupancy, pool, starts_at, amount) VALUES ($1, $2, $3, $4)",
        vec![occupancy.into(), pool.into(), cell.into(), amount.into()],
    )
    .await
}
