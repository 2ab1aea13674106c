//! Why an operator closed a line.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "closure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub line: Uuid,
    pub occupancy: Uuid,
    pub kind: String,
    pub note: String,
    pub created_by: Uuid,
    pub created_at: i64,
    pub lifted_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
