//! What became free on a line since somebody last looked who waits for it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "freed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub line: Uuid,
    /// Half-open, UTC minutes.
    pub starts_at: i64,
    pub ends_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
