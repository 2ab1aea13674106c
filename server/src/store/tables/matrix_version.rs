//! An issued version of a matrix, as a document of the domain.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "matrix_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub matrix: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    pub document: String,
}

impl ActiveModelBehavior for ActiveModel {}
