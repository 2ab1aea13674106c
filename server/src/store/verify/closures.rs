//! Closures against the rows that hold their time.

use sea_orm::ConnectionTrait;

use super::{
    Fault,
    finding::found,
    pages::{count, first},
};

/// Checks every closure; answers how many there are.
pub(super) async fn verify(connection: &impl ConnectionTrait) -> Result<u64, Fault> {
    let questions = [
        (
            "SELECT c.id FROM closure c LEFT JOIN occupancy o ON o.id = c.occupancy
             WHERE o.id IS NULL OR o.kind <> 'closure' OR o.line <> c.line",
            "stands on no closed time of its line",
            "没有对应的停用时间",
        ),
        (
            "SELECT c.id FROM closure c JOIN occupancy o ON o.id = c.occupancy
             WHERE c.lifted_at IS NULL AND o.live IS NULL",
            "wasn't lifted, but its time is free",
            "未解除，但其时间已释放",
        ),
        // What had passed of one that had begun stays closed, with the minute in which it was lifted.
        (
            "SELECT c.id FROM closure c JOIN occupancy o ON o.id = c.occupancy
             WHERE c.lifted_at IS NOT NULL AND o.live IS NOT NULL AND o.ends_at * 60 >= c.lifted_at + 60",
            "was lifted, but its time isn't free",
            "已解除，但其时间仍被占用",
        ),
    ];
    for (sql, en, zh) in questions {
        if let Some(closure) = first(connection, sql).await? {
            return found(closure, format!("Closure {closure} {en}."), format!("停用 {closure} {zh}。"));
        }
    }
    let nobodys = "SELECT o.id FROM occupancy o LEFT JOIN closure c ON c.occupancy = o.id
        WHERE o.live IS NOT NULL AND o.kind = 'closure' AND c.id IS NULL";
    if let Some(row) = first(connection, nobodys).await? {
        return found(
            row,
            format!("Row {row} closes its line for no closure on record."),
            format!("占用 {row} 停用了产线，却没有停用记录。"),
        );
    }
    count(connection, "SELECT count(*) FROM closure").await
}
