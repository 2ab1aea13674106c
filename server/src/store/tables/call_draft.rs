//! A call as it was decided once.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call_draft")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub call: Uuid,
    pub account: Uuid,
    pub drafted_at: i64,
    /// `domain::resolve::allocation::Round`: wishes, rule, seed, and what came of them.
    pub round: String,
    /// `domain::resolve::allocation::Inputs`: the lines and pools that it was decided on.
    pub inputs: String,
}

impl ActiveModelBehavior for ActiveModel {}
