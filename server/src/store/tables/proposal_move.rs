//! A booking that would move for a proposal.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal_move")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub proposal: Uuid,
    pub booking: Uuid,
    /// Who is asked; `None`: nobody, it moves by rule.
    pub organisation: Option<Uuid>,
    pub from_place: String,
    pub to_place: String,
    /// `accepted` or `declined`.
    pub answer: Option<String>,
    pub answered_by: Option<Uuid>,
    pub answered_at: Option<i64>,
    /// Of a campaign that is parted: how many batches stay, at `to_place`.
    pub stays: Option<i64>,
    /// How many go elsewhere.
    pub goes: Option<i64>,
    /// Where those go.
    pub rest_place: Option<String>,
    /// The booking that those became.
    pub rest: Option<Uuid>,
    /// Why it came to nothing, once its proposal is overtaken, as whoever was asked may know it.
    pub lapse: Option<String>,
    /// Of a swap, what it would cost there as its owner is shown; `None`: it keeps its price.
    pub price_fen: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
