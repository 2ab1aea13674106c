//! An exclusive line; its `version` is the lock of the protocol.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub matrix: Uuid,
    pub platform: Uuid,
    pub code: String,
    /// Counts the line's commits; bumping it is the lock.
    pub version: i64,
    /// The catalogue's version when reference data last changed.
    pub catalogue: i64,
    pub document: String,
}

impl ActiveModelBehavior for ActiveModel {}
