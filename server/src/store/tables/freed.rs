//! What became free on a line, or of a pool, since somebody last looked who waits for it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "freed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub line: Uuid,
    /// Of which shares were given back by what stood on the line; `None`: the line's own time.
    pub pool: Option<Uuid>,
    /// Half-open, UTC minutes.
    pub starts_at: i64,
    pub ends_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
