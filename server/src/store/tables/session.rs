//! A signed-in browser.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    pub account: Uuid,
    pub organisation: Uuid,
    pub created_at: i64,
    pub expires_at: i64,
    /// What it was begun with, by its own words.
    pub user_agent: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
