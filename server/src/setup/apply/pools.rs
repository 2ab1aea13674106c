//! Pools: a touched one gets a new version, and a changed capacity reaches the cells of the future.

use std::collections::BTreeMap;

use domain::{Second, resource::Pool};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use uuid::Uuid;

use super::{super::plan::Difference, document, run};
use crate::store::{StoreError, Tx, tables::pool};

pub(super) async fn write(tx: &Tx<'_>, difference: &Difference, now: Second) -> Result<(), StoreError> {
    let mut changed: BTreeMap<Uuid, &Pool> = BTreeMap::new();
    for (pool, new) in &difference.pools {
        if *new {
            let row = pool::Model {
                id: pool.id.0,
                platform: pool.platform.0,
                code: pool.code.clone(),
                version: 1,
                document: document(pool)?,
            };
            row.into_active_model().insert(tx).await?;
        } else {
            changed.insert(pool.id.0, pool);
        }
    }
    for id in &difference.touched_pools {
        let pool = changed.get(id);
        let text = pool.map(document).transpose()?;
        let sql = "UPDATE pool SET version = version + 1, document = COALESCE(?, document) WHERE id = ?";
        run(tx, sql, [text.into(), (*id).into()]).await?;
        let Some(pool) = pool else { continue };
        // A cell that is already fuller than the new capacity keeps what is promised and takes nothing more.
        let sql = "UPDATE pool_cell SET capacity = CASE WHEN used > ? THEN used ELSE ? END,
                     touched = (SELECT version FROM pool WHERE pool.id = pool_cell.pool)
                   WHERE pool = ? AND starts_at >= ?";
        let capacity = i64::from(pool.capacity);
        let values = [capacity.into(), capacity.into(), (*id).into(), now.div_euclid(60).into()];
        run(tx, sql, values).await?;
    }
    Ok(())
}
