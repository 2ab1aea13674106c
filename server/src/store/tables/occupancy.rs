//! A row that holds a line's capacity while `live` is set.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "occupancy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub line: Uuid,
    /// = line while the row holds capacity, NULL once released.
    pub live: Option<Uuid>,
    /// 1 on the line's sentinel, else NULL.
    pub head: Option<i64>,
    /// 1: closure that doesn't clean, and the sentinel: no step may stand on it.
    pub transparent: i64,
    pub kind: String,
    /// Half-open [starts_at, ends_at), UTC minutes.
    pub starts_at: i64,
    pub ends_at: i64,
    pub needs: Option<i64>,
    pub leaves: i64,
    pub product: Uuid,
    pub batches: i64,
    /// Seconds; a hold counts as free from then on; NULL: firm.
    pub expires_at: Option<i64>,
    /// The line's version at the row's last write.
    pub touched: i64,
    pub prev_end: Option<i64>,
    pub prev_leaves: Option<i64>,
    pub prev_product: Option<Uuid>,
    pub matrix: Option<Uuid>,
    pub version: Option<i64>,
    pub same_product: Option<i64>,
    pub setup: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
