//! A company, platform or district.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub name_zh: String,
    pub name_en: String,
    /// Unified social credit code.
    pub credit_code: Option<String>,
    pub contact: String,
    /// Micro, small, medium, large; NULL: not stated.
    pub size: Option<String>,
    pub in_district: bool,
    pub verified_at: Option<i64>,
    /// The account that verified it.
    pub verified_by: Option<Uuid>,
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
