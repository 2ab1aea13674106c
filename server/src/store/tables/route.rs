//! How a platform makes an offering.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "route")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub platform: Uuid,
    pub offering: String,
    pub code: String,
    pub active: bool,
    pub document: String,
}

impl ActiveModelBehavior for ActiveModel {}
