//! An in-app notice.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation: Uuid,
    /// NULL: everybody in the organisation.
    pub account: Option<Uuid>,
    pub at: i64,
    pub kind: String,
    pub booking: Option<Uuid>,
    pub payload: String,
    pub read_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
