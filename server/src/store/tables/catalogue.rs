//! The single row that counts changes to reference data.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "catalogue")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Counts every change to reference data.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
