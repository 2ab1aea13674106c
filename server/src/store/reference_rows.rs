//! Reading reference data: documents back into the domain's types.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    MatrixId, PlatformId, RouteId, Text,
    calendar::{DayKind, Holiday, Holidays, LUNAR_YEARS},
    changeover::Matrix,
    policy::Policy,
    route::Route,
};
use sea_orm::{ConnectionTrait, EntityTrait, QueryResult};
use serde::de::DeserializeOwned;
use time::{Date, macros::format_description};

use super::{StoreError, catalogue::Platform, statement, tables};

type Map<K, V> = BTreeMap<K, V>;

/// Every document of `table`.
pub(super) async fn documents<T: DeserializeOwned>(
    connection: &impl ConnectionTrait,
    table: &str,
) -> Result<Vec<T>, StoreError> {
    let rows = all(connection, &format!("SELECT document FROM {table}")).await?;
    rows.iter().map(|row| document(row, 0, table)).collect()
}

/// The imported table, completed by the statutory days of years without a notice.
pub(super) async fn holidays(connection: &impl ConnectionTrait) -> Result<Holidays, StoreError> {
    let mut days = BTreeMap::new();
    for row in tables::holiday::Entity::find().all(connection).await? {
        let kind = if row.kind == "work" { DayKind::Work } else { DayKind::Off };
        let name = Text { zh: row.name_zh, en: row.name_en };
        let date = Date::parse(&row.date, format_description!("[year]-[month]-[day]"))
            .map_err(|error| StoreError::Internal(format!("{} is no date: {error}", row.date)))?;
        days.insert(date, Holiday { kind, name, official: row.official });
    }
    let mut holidays = Holidays { days };
    // A year without a notice has its statutory days all the same.
    holidays.add_provisional(LUNAR_YEARS);
    Ok(holidays)
}

pub(super) async fn platforms(
    connection: &impl ConnectionTrait,
) -> Result<Map<PlatformId, Arc<Platform>>, StoreError> {
    let sql = "SELECT p.id, p.code, o.name_zh, o.name_en, p.illustrative, p.document \
               FROM platform p JOIN organisation o ON o.id = p.id";
    let mut platforms = BTreeMap::new();
    for row in all(connection, sql).await? {
        let id = PlatformId(row.try_get_by_index(0)?);
        let name = Text { zh: row.try_get_by_index(2)?, en: row.try_get_by_index(3)? };
        let (code, illustrative) = (row.try_get_by_index(1)?, row.try_get_by_index(4)?);
        let document = row.try_get_by_index(5)?;
        platforms.insert(id, Arc::new(Platform { id, code, name, illustrative, document }));
    }
    Ok(platforms)
}

/// The newest version of each.
pub(super) async fn matrices(
    connection: &impl ConnectionTrait,
) -> Result<Map<MatrixId, Arc<Matrix>>, StoreError> {
    let sql = "SELECT m.document FROM matrix_version m \
               WHERE m.version = (SELECT MAX(n.version) FROM matrix_version n WHERE n.matrix = m.matrix)";
    let mut matrices = BTreeMap::new();
    for row in all(connection, sql).await? {
        let matrix: Matrix = document(&row, 0, "a matrix")?;
        matrices.insert(matrix.id, Arc::new(matrix));
    }
    Ok(matrices)
}

/// Every route, and whether it is on offer.
pub(super) async fn routes(
    connection: &impl ConnectionTrait,
) -> Result<Map<RouteId, (Arc<Route>, bool)>, StoreError> {
    let mut routes = BTreeMap::new();
    for row in all(connection, "SELECT document, active FROM route").await? {
        let route: Route = document(&row, 0, "a route")?;
        routes.insert(route.id, (Arc::new(route), row.try_get_by_index(1)?));
    }
    Ok(routes)
}

/// The newest policy of each platform.
pub(super) async fn policies(
    connection: &impl ConnectionTrait,
) -> Result<Map<PlatformId, Arc<Policy>>, StoreError> {
    let mut policies = BTreeMap::new();
    for row in all(connection, "SELECT platform, document FROM policy ORDER BY version").await? {
        let platform = PlatformId(row.try_get_by_index(0)?);
        policies.insert(platform, Arc::new(document(&row, 1, "a policy")?));
    }
    Ok(policies)
}

async fn all(connection: &impl ConnectionTrait, sql: &str) -> Result<Vec<QueryResult>, StoreError> {
    Ok(connection.query_all_raw(statement(connection, sql, [])).await?)
}

fn document<T: DeserializeOwned>(row: &QueryResult, index: usize, what: &str) -> Result<T, StoreError> {
    let text: String = row.try_get_by_index(index)?;
    serde_json::from_str(&text).map_err(|error| StoreError::document(what, &error))
}
