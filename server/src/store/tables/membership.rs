//! What an account may do in an organisation.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub organisation: Uuid,
    pub role: String,
    /// When a session for it last began, if that is known.
    pub used_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
