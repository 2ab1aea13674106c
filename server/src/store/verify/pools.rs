//! Pools: what is used is what is claimed, and no more than there is.

use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{
    Fault,
    finding::found,
    pages::{PAGE, first, rows},
};

/// Checks every cell and claim; answers how many cells there are.
pub(super) async fn verify(connection: &impl ConnectionTrait) -> Result<u64, Fault> {
    let freed = "SELECT c.occupancy FROM pool_claim c LEFT JOIN occupancy o ON o.id = c.occupancy
        WHERE o.live IS NULL OR o.kind <> 'campaign'";
    if let Some(row) = first(connection, freed).await? {
        return found(
            row,
            format!("Row {row} claims of a pool without holding a line."),
            format!("占用 {row} 已不占产线，却仍占用共享资源。"),
        );
    }
    let nowhere = "SELECT c.pool FROM pool_claim c
        LEFT JOIN pool_cell p ON p.pool = c.pool AND p.starts_at = c.starts_at
        WHERE p.pool IS NULL OR c.amount <= 0";
    if let Some(pool) = first(connection, nowhere).await? {
        return found(
            pool,
            format!("A claim of pool {pool} is on a cell that doesn't exist, or of nothing."),
            format!("共享资源 {pool} 有无效的占用（单元不存在或数量为零）。"),
        );
    }
    let sql = format!(
        "SELECT p.pool, p.starts_at, p.capacity, p.used,
           (SELECT CAST(COALESCE(SUM(c.amount), 0) AS BIGINT) FROM pool_claim c
            WHERE c.pool = p.pool AND c.starts_at = p.starts_at)
         FROM pool_cell p WHERE p.pool > ? OR (p.pool = ? AND p.starts_at > ?)
         ORDER BY p.pool, p.starts_at LIMIT {PAGE}"
    );
    let (mut pool, mut cell, mut cells) = (Uuid::nil(), i64::MIN, 0);
    loop {
        let values: [Value; 3] = [pool.into(), pool.into(), cell.into()];
        let page = rows(connection, &sql, values).await?;
        for row in &page {
            (pool, cell) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let (capacity, used): (i64, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
            let claimed: i64 = row.try_get_by_index(4)?;
            check(pool, cell, capacity, used, claimed)?;
            cells += 1;
        }
        if page.len() < PAGE {
            return Ok(cells);
        }
    }
}

fn check(pool: Uuid, cell: i64, capacity: i64, used: i64, claimed: i64) -> Result<(), Fault> {
    if used != claimed {
        return found(
            pool,
            format!("Cell {cell} of pool {pool} counts {used} as used, but {claimed} are claimed."),
            format!("共享资源 {pool} 的单元 {cell} 记为已用 {used}，实际占用 {claimed}。"),
        );
    }
    if used > capacity || used < 0 {
        return found(
            pool,
            format!("Cell {cell} of pool {pool} is overdrawn: {used} of {capacity}."),
            format!("共享资源 {pool} 的单元 {cell} 超限：{used} / {capacity}。"),
        );
    }
    Ok(())
}
