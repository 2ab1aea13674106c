//! A campaign.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "booking")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// What people quote; random, so that none can be counted.
    pub reference: String,
    pub platform: Uuid,
    /// The client; NULL: the platform's own production.
    pub organisation: Option<Uuid>,
    pub product: Uuid,
    pub route: Uuid,
    pub offering: String,
    pub status: String,
    /// When its first step begins, or began where it stood last, in seconds; 0: it never stood anywhere. Written with
    /// its steps, and by nothing else.
    pub begins_at: i64,
    pub created_by: Uuid,
    pub created_at: i64,
    pub hold_expires_at: Option<i64>,
    pub reply_by: Option<i64>,
    /// When it was first requested; NULL: never, or an operator booked it.
    pub requested_at: Option<i64>,
    /// When it was first confirmed.
    pub confirmed_at: Option<i64>,
    pub price_fen: i64,
    /// As it stood when the booking was confirmed.
    pub policy: Option<String>,
    pub request: String,
    /// The client's attributes when it booked, for the district.
    pub client_size: Option<String>,
    pub client_in_district: Option<bool>,
    pub hazards_confirmed_by: Option<Uuid>,
    pub hazards_confirmed_at: Option<i64>,
    pub fee_fen: Option<i64>,
    /// Charged for cancelling or not showing up; part of `fee_fen`. NULL: nothing that a resale could reduce.
    pub leaving_fee_fen: Option<i64>,
    /// What leaving costs at least, since it stood elsewhere before it moved for nothing, or was moved for others.
    pub left_fee_fen: i64,
    /// The start from which others have moved it since its owner put it somewhere, in seconds: until the
    /// `notice_until` of its document, its notice is reckoned from no sooner. 0: nobody has.
    pub notice_at: i64,
    /// How much of `leaving_fee_fen` is forgiven, as the slots were sold again.
    pub resold_fen: Option<i64>,
    /// The slots that leaving freed.
    pub freed: Option<String>,
    /// When the last of them ends, in minutes.
    pub freed_until: Option<i64>,
    pub moves: i64,
    /// Counts the booking's changes.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
