//! A wish on a platform's conflict desk that somebody there has dealt with.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conflict_settled")]
pub struct Model {
    /// Whose desk it is off.
    #[sea_orm(primary_key, auto_increment = false)]
    pub platform: Uuid,
    /// A proposal that nobody made; of several who wait a name for that conflict and whoever joined it last.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: Uuid,
    /// `held`, `asked`, `declined` or `open`.
    pub how: String,
    pub at: i64,
    pub by_account: Uuid,
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
