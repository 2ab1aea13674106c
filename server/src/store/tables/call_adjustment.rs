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
    /// Why it has no place, once what was changed made the reason another.
    pub outcome: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
