//! The committed answer to a write that carried a key.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub body_hash: Vec<u8>,
    pub status: i64,
    pub response: String,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
