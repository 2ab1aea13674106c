//! Reading long tables a page at a time.

use sea_orm::{ConnectionTrait, QueryResult, Value};
use uuid::Uuid;

use super::Fault;
use crate::store::statement;

/// Rows of a page.
pub(super) const PAGE: usize = 2_000;

/// Runs a query.
pub(super) async fn rows(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<QueryResult>, Fault> {
    Ok(connection.query_all_raw(statement(connection, sql, values)).await?)
}

/// The first column of the first row, if there is one: what a query for something wrong found.
pub(super) async fn first(connection: &impl ConnectionTrait, sql: &str) -> Result<Option<Uuid>, Fault> {
    let sql = format!("{sql} LIMIT 1");
    let row = connection.query_one_raw(statement(connection, &sql, [])).await?;
    Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// A count.
pub(super) async fn count(connection: &impl ConnectionTrait, sql: &str) -> Result<u64, Fault> {
    let row = connection.query_one_raw(statement(connection, sql, [])).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(count).unwrap_or_default())
}
