//! Bookings in the order of their times, over or not.

use domain::Interval;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter, QueryOrder, Select, sea_query::Expr};
use uuid::Uuid;

use crate::store::{
    StoreError, statement,
    tables::booking::{Column, Entity},
};

/// When the booking of the row begins: where it is, or where it was last.
const START: &str = r#"COALESCE((SELECT s.starts_at FROM step s WHERE s.booking = "booking"."id" AND s.seq = 0
    ORDER BY s.live IS NULL, s.id DESC LIMIT 1), 0)"#;

/// `query` by start, the latest first or the earliest, from behind the booking `after` on, be it that this has left
/// `query` meanwhile; from the first one unless it is among `all`.
pub(crate) async fn by_start(
    connection: &impl ConnectionTrait,
    (query, all): (Select<Entity>, Select<Entity>),
    earliest_first: bool,
    after: Option<Uuid>,
) -> Result<Select<Entity>, StoreError> {
    let last = match after {
        Some(after) => all.filter(Column::Id.eq(after)).one(connection).await?,
        None => None,
    };
    let query = match last {
        Some(last) => {
            let at = start(connection, last.id).await?;
            let than = if earliest_first { ">" } else { "<" };
            let [beyond, same] = [than, "="].map(|than| Expr::cust(format!("{START} {than} {at}")));
            let behind = if earliest_first { Column::Id.gt(last.id) } else { Column::Id.lt(last.id) };
            let same = Condition::all().add(same).add(behind);
            query.filter(Condition::any().add(beyond).add(same))
        }
        None => query,
    };
    Ok(if earliest_first {
        query.order_by_asc(Expr::cust(START)).order_by_asc(Column::Id)
    } else {
        query.order_by_desc(Expr::cust(START)).order_by_desc(Column::Id)
    })
}

/// Whether the booking of the row begins in `interval`. Steps that begin then are found by their index; of those that a
/// move has left behind their booking begins at another time.
pub(crate) fn begins_in(interval: Interval) -> Condition {
    let Interval { start, end } = interval;
    let some = format!(
        r#""booking"."id" IN (SELECT s.booking FROM step s
    WHERE s.seq = 0 AND s.starts_at >= {start} AND s.starts_at < {end})"#
    );
    let begins = [format!("{START} >= {start}"), format!("{START} < {end}")];
    begins.into_iter().fold(Condition::all().add(Expr::cust(some)), |all, one| all.add(Expr::cust(one)))
}

/// [`START`] of the booking `id`.
async fn start(connection: &impl ConnectionTrait, id: Uuid) -> Result<i64, StoreError> {
    let sql = format!(r#"SELECT {START} AS starts_at FROM booking WHERE "booking"."id" = ?"#);
    let row = connection.query_one_raw(statement(connection, &sql, [id.into()])).await?;
    Ok(row.map(|row| row.try_get("", "starts_at")).transpose()?.unwrap_or(0))
}
