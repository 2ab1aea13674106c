//! A time at which a line is down.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub line: Uuid,
    pub kind: String,
    pub reason: String,
    pub starts_at: i64,
    /// As far as is known; when it ended, once it has.
    pub ends_at: i64,
    pub created_by: Uuid,
    pub created_at: i64,
    pub ended_at: Option<i64>,
    /// Work over bookings, which are to be found another place; its `kind` is `other`.
    pub planned: bool,
}

impl ActiveModelBehavior for ActiveModel {}
