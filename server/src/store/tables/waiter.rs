//! Somebody on the waiting list.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "waiter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub organisation: Uuid,
    /// Who asked, for whom the hold will be.
    pub account: Uuid,
    pub offering: String,
    /// `None`: any.
    pub platform: Option<Uuid>,
    /// The window, half-open, UTC minutes.
    pub starts_at: i64,
    pub ends_at: i64,
    /// The order, as it came over the wire.
    pub wish: String,
    pub created_at: i64,
    /// The hold that it was given.
    pub booking: Option<Uuid>,
    pub given_at: Option<i64>,
    /// Left without a hold.
    pub closed_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
