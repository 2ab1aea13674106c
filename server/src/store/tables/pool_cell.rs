//! A shift or day of a pool; `used` is kept by triggers.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pool_cell")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub pool: Uuid,
    /// The shift's or day's first UTC minute.
    #[sea_orm(primary_key, auto_increment = false)]
    pub starts_at: i64,
    pub capacity: i64,
    /// Sum of the claims, kept by the triggers.
    pub used: i64,
    /// The pool's version when the cell's use last changed.
    pub touched: i64,
}

impl ActiveModelBehavior for ActiveModel {}
