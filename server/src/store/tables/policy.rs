//! A version of a platform's booking policy.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "policy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    pub document: String,
}

impl ActiveModelBehavior for ActiveModel {}
