//! What others shall be told, written in the commit that it tells of.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: i64,
    pub topic: String,
    pub payload: String,
    pub delivered_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
