//! A cheap way to see that nothing was committed since.

use sea_orm::ConnectionTrait;

use crate::store::{Store, StoreError, statement};

/// Equal marks: no commit between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// SQLite's count of commits by other connections than the one that watches, of any process.
    Data(i64),
    /// Sums of versions, each of which only ever grows.
    Sums { catalogue: i64, lines: i64, pools: i64 },
}

impl Mark {
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        if let Some(watch) = store.watch() {
            let row = watch.query_one_raw(statement(watch, "PRAGMA data_version", [])).await?;
            let row = row.ok_or(StoreError::NotFound("data version"))?;
            return Ok(Self::Data(row.try_get_by_index(0)?));
        }
        let sql = "SELECT version, (SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM line), \
                   (SELECT CAST(COALESCE(SUM(version), 0) AS BIGINT) FROM pool) FROM catalogue WHERE id = 1";
        let read = store.read();
        let row = read.query_one_raw(statement(read, sql, [])).await?;
        let row = row.ok_or(StoreError::NotFound("catalogue"))?;
        Ok(Self::Sums {
            catalogue: row.try_get_by_index(0)?,
            lines: row.try_get_by_index(1)?,
            pools: row.try_get_by_index(2)?,
        })
    }
}
