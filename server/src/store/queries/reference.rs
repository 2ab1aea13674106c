//! Saving reference data. Each save inserts or replaces by id; [`bump_catalogue`] comes once, at the end.

use domain::{
    LineId, Minute, OccupancyId, PlatformId, PoolId, ProductId,
    calendar::{DayKind, Holidays, Pattern},
    changeover::{Matrix, Relation},
    policy::Policy,
    resource::{Line, Pool},
    route::Route,
};
use sea_orm::{ConnectionTrait, Value};
use serde::Serialize;
use uuid::Uuid;

use super::{lock_lines, lock_pools, marks};
use crate::store::{Platform, StoreError, Tx, statement};

/// Where a line's head ends: before anything could have run.
const BEGINNING: Minute = 0;

/// Counts a change to reference data and tells the lines and pools that decide differently by it, which locks them:
/// whoever decides on one of the lines next sees that his catalogue is old. The others go on undisturbed. Returns the
/// new version.
///
/// # Errors
/// [`StoreError::NotFound`] if a line or pool doesn't exist; the database fails.
pub async fn bump_catalogue(tx: &Tx<'_>, lines: &[LineId], pools: &[PoolId]) -> Result<i64, StoreError> {
    let sql = "UPDATE catalogue SET version = version + 1 WHERE id = 1 RETURNING version";
    let row = tx.query_one_raw(statement(tx, sql, [])).await?.ok_or(StoreError::NotFound("catalogue"))?;
    let version: i64 = row.try_get_by_index(0)?;
    lock_lines(tx, lines).await?;
    for some in lines.chunks(1_000) {
        let sql = format!("UPDATE line SET catalogue = ? WHERE id IN ({})", marks(some.len()));
        run(tx, &sql, [version.into()].into_iter().chain(some.iter().map(|line| line.0.into()))).await?;
    }
    lock_pools(tx, pools).await?;
    Ok(version)
}

/// A platform; its organisation exists.
///
/// # Errors
/// [`StoreError::Conflict`] on `platform_code` if another one has the code.
pub async fn save_platform(tx: &Tx<'_>, platform: &Platform) -> Result<(), StoreError> {
    let sql = "INSERT INTO platform (id, code, illustrative, document) VALUES (?, ?, ?, ?) \
               ON CONFLICT (id) DO UPDATE SET code = excluded.code, illustrative = excluded.illustrative, \
               document = excluded.document";
    let code = platform.code.clone();
    let values =
        [platform.id.0.into(), code.into(), platform.illustrative.into(), platform.document.clone().into()];
    run(tx, sql, values).await
}

/// A shift pattern of a platform.
///
/// # Errors
/// [`StoreError::Conflict`] on `calendar_code`.
pub async fn save_calendar(tx: &Tx<'_>, platform: PlatformId, pattern: &Pattern) -> Result<(), StoreError> {
    let sql = "INSERT INTO calendar (id, platform, code, document) VALUES (?, ?, ?, ?) \
               ON CONFLICT (id) DO UPDATE SET code = excluded.code, document = excluded.document";
    let values = [pattern.id.0.into(), platform.0.into(), pattern.code.clone().into(), json(pattern)?];
    run(tx, sql, values).await
}

/// Entries of the holiday table; those of other dates stay.
///
/// # Errors
/// The database fails.
pub async fn save_holidays(tx: &Tx<'_>, holidays: &Holidays) -> Result<(), StoreError> {
    let sql = "INSERT INTO holiday (date, kind, name_zh, name_en, official) VALUES (?, ?, ?, ?, ?) \
               ON CONFLICT (date) DO UPDATE SET kind = excluded.kind, name_zh = excluded.name_zh, \
               name_en = excluded.name_en, official = excluded.official";
    for (date, holiday) in &holidays.days {
        let kind = match holiday.kind {
            DayKind::Off => "off",
            DayKind::Work => "work",
        };
        let name = holiday.name.clone();
        let date = date.to_string();
        let values = [date.into(), kind.into(), name.zh.into(), name.en.into(), holiday.official.into()];
        run(tx, sql, values).await?;
    }
    Ok(())
}

/// A version of a matrix, with the cells that the guard checks against. Versions are only ever added: saving one that
/// was issued with other content fails.
///
/// # Errors
/// [`StoreError::Conflict`] on `matrix_version_key` if that version was issued, on `matrix_code` if another matrix of
/// the platform has the code.
pub async fn save_matrix(tx: &Tx<'_>, platform: PlatformId, matrix: &Matrix) -> Result<(), StoreError> {
    let sql = "INSERT INTO matrix (id, platform, code) VALUES (?, ?, ?) \
               ON CONFLICT (id) DO UPDATE SET code = excluded.code";
    run(tx, sql, [matrix.id.0.into(), platform.0.into(), matrix.code.clone().into()]).await?;
    let version = i64::from(matrix.version);
    let sql = "INSERT INTO matrix_version (matrix, version, document) VALUES (?, ?, ?)";
    run(tx, sql, [matrix.id.0.into(), version.into(), json(matrix)?]).await?;
    for cells in matrix.cells.chunks(1_000) {
        let rows = vec!["(?, ?, ?, ?, ?, ?)"; cells.len()].join(", ");
        let sql = format!(
            "INSERT INTO changeover (matrix, version, leaves, needs, same_product, minutes) VALUES {rows}"
        );
        let values = cells.iter().flat_map(|cell| {
            [
                Value::from(matrix.id.0),
                version.into(),
                i64::from(cell.leaves.0).into(),
                i64::from(cell.needs.0).into(),
                i64::from(cell.relation == Relation::Same).into(),
                cell.changeover.minimum().into(),
            ]
        });
        run(tx, &sql, values).await?;
    }
    Ok(())
}

/// A line; a new one gets its sentinel head, in the state `matrix.initial`.
///
/// # Errors
/// [`StoreError::Conflict`] on `line_code`, or if the matrix of a line in use is exchanged.
pub async fn save_line(tx: &Tx<'_>, line: &Line, matrix: &Matrix) -> Result<(), StoreError> {
    let sql = "INSERT INTO line (id, matrix, platform, code, version, catalogue, document) \
               VALUES (?, ?, ?, ?, 0, 0, ?) ON CONFLICT (id) DO UPDATE SET matrix = excluded.matrix, \
               code = excluded.code, document = excluded.document";
    let id = line.id.0;
    let code = line.code.clone();
    run(tx, sql, [id.into(), line.matrix.0.into(), line.platform.0.into(), code.into(), json(line)?]).await?;
    let sql = "INSERT INTO occupancy (id, line, live, head, transparent, kind, starts_at, ends_at, leaves, product, \
               batches, touched) VALUES (?, ?, ?, 1, 1, 'head', ?, ?, ?, ?, 0, 0) \
               ON CONFLICT (live, head) DO NOTHING";
    let head = OccupancyId(Uuid::now_v7()).0;
    let leaves = i64::from(matrix.initial.0);
    let none = ProductId::NONE.0;
    let values =
        [head.into(), id.into(), id.into(), BEGINNING.into(), BEGINNING.into(), leaves.into(), none.into()];
    run(tx, sql, values).await
}

/// A pool. Cells that stand take the new capacity as well; one that is fuller already keeps what is promised and takes
/// nothing more.
///
/// # Errors
/// [`StoreError::Conflict`] on `pool_code`.
pub async fn save_pool(tx: &Tx<'_>, pool: &Pool) -> Result<(), StoreError> {
    let sql = "INSERT INTO pool (id, platform, code, version, capacity, document) VALUES (?, ?, ?, 0, ?, ?) \
               ON CONFLICT (id) DO UPDATE SET code = excluded.code, capacity = excluded.capacity, \
               document = excluded.document";
    let capacity = i64::from(pool.capacity);
    let code = pool.code.clone();
    let values = [pool.id.0.into(), pool.platform.0.into(), code.into(), capacity.into(), json(pool)?];
    run(tx, sql, values).await?;
    let sql = "UPDATE pool_cell SET capacity = CASE WHEN used > ? THEN used ELSE ? END \
               WHERE pool = ? AND capacity <> ?";
    run(tx, sql, [capacity.into(), capacity.into(), pool.id.0.into(), capacity.into()]).await
}

/// A route; one that is not `active` is no longer offered.
///
/// # Errors
/// [`StoreError::Conflict`] on `route_code`.
pub async fn save_route(tx: &Tx<'_>, route: &Route, active: bool) -> Result<(), StoreError> {
    let sql = "INSERT INTO route (id, platform, offering, code, active, document) VALUES (?, ?, ?, ?, ?, ?) \
               ON CONFLICT (id) DO UPDATE SET offering = excluded.offering, code = excluded.code, \
               active = excluded.active, document = excluded.document";
    let (offering, code) = (route.offering.clone(), route.code.clone());
    let values = [
        route.id.0.into(),
        route.platform.0.into(),
        offering.into(),
        code.into(),
        active.into(),
        json(route)?,
    ];
    run(tx, sql, values).await
}

/// A version of a platform's policy.
///
/// # Errors
/// The database fails.
pub async fn save_policy(tx: &Tx<'_>, platform: PlatformId, policy: &Policy) -> Result<(), StoreError> {
    let sql = "INSERT INTO policy (platform, version, document) VALUES (?, ?, ?) \
               ON CONFLICT (platform, version) DO UPDATE SET document = excluded.document";
    run(tx, sql, [platform.0.into(), i64::from(policy.version).into(), json(policy)?]).await
}

fn json(document: &impl Serialize) -> Result<Value, StoreError> {
    serde_json::to_string(document).map(Into::into).map_err(|error| StoreError::document("it", &error))
}

async fn run(tx: &Tx<'_>, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<(), StoreError> {
    tx.execute_raw(statement(tx, sql, values)).await?;
    Ok(())
}
