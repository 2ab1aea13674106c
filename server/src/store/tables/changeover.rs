//! A cell of an issued matrix, for the guard.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "changeover")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub matrix: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub leaves: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub needs: i64,
    /// 1: same product as the predecessor.
    #[sea_orm(primary_key, auto_increment = false)]
    pub same_product: i64,
    pub minutes: i64,
}

impl ActiveModelBehavior for ActiveModel {}
