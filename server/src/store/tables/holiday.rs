//! A dated entry of the holiday table.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "holiday")]
pub struct Model {
    /// Plant date, YYYY-MM-DD.
    #[sea_orm(primary_key, auto_increment = false)]
    pub date: String,
    pub kind: String,
    pub name_zh: String,
    pub name_en: String,
    pub official: bool,
}

impl ActiveModelBehavior for ActiveModel {}
