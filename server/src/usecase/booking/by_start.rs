//! Bookings in the order of their starts, over or not: of an organisation or a platform, as its index has them.

use domain::Interval;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, QueryFilter, QueryOrder, Select};
use uuid::Uuid;

use crate::store::{
    StoreError,
    tables::booking::{Column, Entity},
};

/// `query` by start, the latest first or the earliest, from behind the booking `after` on, be it that this has left
/// `query` meanwhile; from the first one unless it is among `all`.
pub(crate) async fn by_start(
    connection: &impl ConnectionTrait,
    (query, all): (Select<Entity>, Select<Entity>),
    earliest_first: bool,
    after: Option<Uuid>,
) -> Result<Select<Entity>, StoreError> {
    let (start, id) = (Column::BeginsAt, Column::Id);
    let last = match after {
        Some(after) => all.filter(id.eq(after)).one(connection).await?,
        None => None,
    };
    let query = match last {
        Some(last) => {
            let (at, last) = (last.begins_at, last.id);
            // The first of the three lets the index be entered there.
            let [from, beyond, behind] = if earliest_first {
                [start.gte(at), start.gt(at), id.gt(last)]
            } else {
                [start.lte(at), start.lt(at), id.lt(last)]
            };
            query.filter(from).filter(Condition::any().add(beyond).add(behind))
        }
        None => query,
    };
    Ok(if earliest_first {
        query.order_by_asc(start).order_by_asc(id)
    } else {
        query.order_by_desc(start).order_by_desc(id)
    })
}

/// Whether the booking of the row begins in `interval`.
pub(crate) fn begins_in(interval: Interval) -> Condition {
    let start = Column::BeginsAt;
    Condition::all().add(start.gte(interval.start * 60)).add(start.lt(interval.end * 60))
}
