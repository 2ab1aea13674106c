//! What a firm asks for in a call.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wish")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub call: Uuid,
    pub organisation: Uuid,
    /// Who asked, for whom the hold will be.
    pub account: Uuid,
    /// `None`: a product of its own, under the wish's id.
    pub product: Option<Uuid>,
    /// The order, as it came over the wire.
    pub document: String,
    /// Among the firm's wishes, 1 the most wanted.
    pub rank: i64,
    /// Or when what is asked for was changed.
    pub asked_at: i64,
    pub withdrawn_at: Option<i64>,
    /// Given after the closing.
    pub points: Option<i64>,
    /// What became of it, once the call is published.
    pub outcome: Option<String>,
    /// The hold that it was given.
    pub booking: Option<Uuid>,
    /// Of its firm, as that stated it when this was handed in or changed last.
    pub size: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
