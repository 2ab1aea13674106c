//! A step of a booking on the row that holds its capacity.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub booking: Uuid,
    /// Place in the route, from 0.
    pub seq: i64,
    /// NULL only in a draft that never held anything.
    pub occupancy: Option<Uuid>,
    /// The occupancy's line while the step is active, else NULL.
    pub live: Option<Uuid>,
    /// Constant: an active step never stands on a closure or sentinel.
    pub transparent: i64,
    pub status: String,
    /// As the occupancy's.
    pub starts_at: Option<i64>,
    pub ends_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
