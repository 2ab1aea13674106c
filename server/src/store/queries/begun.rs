//! Since when there is a record.

use domain::Second;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};

use crate::store::{StoreError, tables::decision};

/// When the first decision was made; ids are ordered by time.
///
/// # Errors
/// The database fails.
pub async fn first_decision(connection: &impl ConnectionTrait) -> Result<Option<Second>, StoreError> {
    let first = decision::Entity::find()
        .order_by_asc(decision::Column::Id)
        .select_only()
        .column(decision::Column::At)
        .into_tuple()
        .one(connection);
    Ok(first.await?)
}
