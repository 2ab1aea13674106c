//! Shared capacity; its `version` is the lock of the protocol.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pool")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub platform: Uuid,
    pub code: String,
    /// Counts the pool's commits; bumping it is the lock.
    pub version: i64,
    /// Of cells that are yet to be made.
    pub capacity: i64,
    pub document: String,
}

impl ActiveModelBehavior for ActiveModel {}
