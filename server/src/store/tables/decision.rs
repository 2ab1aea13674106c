//! What was decided, on what, by which rule; never changed.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: i64,
    /// NULL: the system, such as an expiry.
    pub account: Option<Uuid>,
    pub booking: Option<Uuid>,
    pub action: String,
    pub inputs: String,
    pub rule: String,
    pub versions: String,
    pub seed: Option<i64>,
    pub outcome: String,
    /// Kind of the organisation that `account` acted for; NULL: the system.
    pub side: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
