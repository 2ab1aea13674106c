//! Large statements. Each has the same text every time, so that it is prepared once.

use std::sync::Arc;

use domain::{LineId, chain::Writes};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, Value};

use super::rows::{Booked, Clients};
use crate::store::{
    Store, StoreError, Tx,
    queries::{lock_lines, write_chain},
    statement,
    tables::product,
};

const BOOKING: &str = "INSERT INTO booking (id, reference, platform, organisation, product, route, status, created_by, \
    created_at, price_fen, request, client_size, client_in_district, hazards_confirmed_by, hazards_confirmed_at, \
    requested_at, confirmed_at, begins_at, offering, moves, version) VALUES ";
const BOOKING_ROW: &str = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'TAB', 0, 1)";
const STEP: &str = "INSERT INTO step (id, booking, seq, occupancy, live, status, starts_at, ends_at) VALUES ";
const STEP_ROW: &str = "(?, ?, 0, ?, ?, ?, ?, ?)";
const DECISION: &str =
    "INSERT INTO decision (id, at, booking, outcome, action, inputs, rule, versions) VALUES ";
const DECISION_ROW: &str = "(?, ?, ?, ?, 'generate', '{}', 'benchmark/1', '[]')";

/// The clients' products.
pub(super) async fn products(store: &Store, clients: &Clients) -> Result<(), StoreError> {
    let rows: Vec<product::Model> = clients
        .products
        .iter()
        .map(|product| product::Model {
            id: product.id.0,
            organisation: product.organisation,
            code: product.code.clone(),
            document: "{}".to_owned(),
            created_at: clients.created_at,
        })
        .collect();
    store
        .write(move |tx| {
            let rows = rows.clone().into_iter().map(IntoActiveModel::into_active_model);
            Box::pin(async move {
                product::Entity::insert_many(rows).exec_without_returning(tx).await?;
                Ok(())
            })
        })
        .await
}

/// Bookings with their rows, which are in order of line and time. Answers how many.
pub(super) async fn bookings(
    store: &Store,
    booked: Vec<Booked>,
    clients: &Clients,
) -> Result<u32, StoreError> {
    if booked.is_empty() {
        return Ok(0);
    }
    let count = u32::try_from(booked.len()).unwrap_or(u32::MAX);
    let job = Arc::new((booked, clients.clone()));
    store
        .write(move |tx| {
            let job = Arc::clone(&job);
            Box::pin(async move { write(tx, &job.0, &job.1).await })
        })
        .await?;
    Ok(count)
}

async fn write(tx: &Tx<'_>, booked: &[Booked], clients: &Clients) -> Result<(), StoreError> {
    let mut lines: Vec<LineId> = booked.iter().map(|one| one.row.line).collect();
    lines.dedup();
    let locked = lock_lines(tx, &lines).await?;
    for of_line in booked.chunk_by(|one, next| one.row.line == next.row.line) {
        let Some(version) = of_line.first().and_then(|one| locked.lines.get(&one.row.line)) else { continue };
        let added = of_line.iter().map(|one| one.row).collect();
        write_chain(tx, &Writes { added, ..Writes::default() }, *version).await?;
    }
    insert(tx, BOOKING, BOOKING_ROW, booked.len(), booked.iter().flat_map(|one| booking(one, clients)))
        .await?;
    let steps = booked.iter().flat_map(|one| {
        let (id, occupancy, line) = (one.step.into(), one.row.id.0.into(), one.row.line.0.into());
        let (start, end) = (one.row.interval.start.into(), one.row.interval.end.into());
        [id, one.booking.into(), occupancy, line, one.status.name().into(), start, end] as [Value; 7]
    });
    insert(tx, STEP, STEP_ROW, booked.len(), steps).await?;
    let decisions = booked.iter().flat_map(|one| {
        let outcome = format!(r#"{{"status":"{}"}}"#, one.status.name());
        [one.decision.into(), one.created_at.into(), one.booking.into(), outcome.into()] as [Value; 4]
    });
    insert(tx, DECISION, DECISION_ROW, booked.len(), decisions).await
}

fn booking(one: &Booked, clients: &Clients) -> [Value; 18] {
    let product = &clients.products[one.product];
    let batches = usize::from(one.row.batches > 1);
    [
        one.booking.into(),
        one.reference.clone().into(),
        one.platform.into(),
        product.organisation.into(),
        product.id.0.into(),
        one.route.into(),
        one.status.name().into(),
        product.account.into(),
        one.created_at.into(),
        one.price_fen.into(),
        product.requests[batches].clone().into(),
        product.size.into(),
        product.in_district.into(),
        clients.qa.into(),
        one.created_at.into(),
        one.created_at.into(),
        one.created_at.into(),
        (one.row.interval.start * 60).into(),
    ]
}

async fn insert(
    tx: &Tx<'_>,
    head: &str,
    row: &str,
    rows: usize,
    values: impl Iterator<Item = Value>,
) -> Result<(), StoreError> {
    let sql = format!("{head}{}", vec![row; rows].join(", "));
    tx.execute_raw(statement(tx, &sql, values)).await?;
    Ok(())
}
