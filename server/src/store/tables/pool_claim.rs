//! A share of a cell; inserted and deleted, never updated.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pool_claim")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub occupancy: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub pool: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub starts_at: i64,
    pub amount: i64,
}

impl ActiveModelBehavior for ActiveModel {}
