//! A client's product under its own code.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "product")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation: Uuid,
    /// The client's own.
    pub code: String,
    pub document: String,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
