//! What a platform changed of a draft.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call_adjustment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub draft: Uuid,
    pub wish: Uuid,
    /// Where it was put; `None`: it was taken out, or has no place for the reason in `outcome`.
    pub place: Option<String>,
    pub reason: String,
    pub account: Uuid,
    pub adjusted_at: i64,
    /// Why it has no place, once what was changed made the reason another, or took the place.
    pub outcome: Option<String>,
    /// The version of the call that the change made; `None`: of before it was kept.
    pub version: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
