//! A repair that waits for consent.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// `room`, `rescue`, `swap` or `cleaning`.
    pub kind: String,
    /// The booking that it is for, unless it is for room.
    pub cause: Option<Uuid>,
    /// The cleaning that could be removed then, if it is for that.
    pub cleaning: Option<Uuid>,
    /// Who wants it.
    pub organisation: Uuid,
    pub account: Uuid,
    /// The order, as it came over the wire.
    pub wish: String,
    /// Where it would be.
    pub place: String,
    pub price_fen: i64,
    pub created_at: i64,
    /// No answer counts from then on.
    pub expires_at: i64,
    pub closed_at: Option<i64>,
    /// `made`, `declined`, `expired`, `overtaken` or `withdrawn`; `None`: it is open.
    pub outcome: Option<String>,
    /// The hold that came of it.
    pub booking: Option<Uuid>,
    /// What was considered when it was found; `None`: of before that was kept, or nothing else was.
    pub considered: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
