//! A search and its outcome, for the district.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_record")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: i64,
    /// NULL: not signed in.
    pub organisation: Option<Uuid>,
    pub offering: String,
    pub platform: Option<Uuid>,
    /// The window, half-open, UTC minutes.
    pub starts_at: i64,
    pub ends_at: i64,
    pub batches: i64,
    pub stage: String,
    /// How many were found.
    pub offers: i64,
    pub first_start: Option<i64>,
    pub refusals: String,
    /// Line time asked for; NULL where no line could tell.
    pub minutes: Option<i64>,
    /// The asker's product; NULL: none named.
    pub product: Option<Uuid>,
    /// Who isn't signed in, by a name for one day; NULL: signed in, or not known.
    pub visitor: Option<Uuid>,
}

impl ActiveModelBehavior for ActiveModel {}
