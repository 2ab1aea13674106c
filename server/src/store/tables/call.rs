//! A call: wishes for a period of a platform's lines, decided together.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub platform: Uuid,
    /// Who opened it.
    pub account: Uuid,
    pub title: String,
    /// The period for which it is.
    pub starts_at: i64,
    pub ends_at: i64,
    /// Wishes count from then on, and until `closes_at`, exclusive.
    pub opens_at: i64,
    pub closes_at: i64,
    /// With its figures, as published.
    pub rule: String,
    /// By which points are given.
    pub criteria: String,
    /// How long what it gives is held.
    pub hold_minutes: i64,
    /// The budget of its search.
    pub attempts: i64,
    /// A decimal; kept secret until the call has ended.
    pub seed: String,
    pub salt: String,
    /// SHA-256 of seed and salt in hexadecimal digits.
    pub commitment: String,
    /// `open` (it may not have opened yet, or be over and wait for the sweep), `closed`, `drafted`, `published` or
    /// `cancelled`.
    pub state: String,
    /// The draft that counts.
    pub draft: Option<Uuid>,
    pub created_at: i64,
    pub closed_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// Of a call that was cancelled.
    pub reason: Option<String>,
    /// Counts every change of the call, its wishes and its draft.
    pub version: i64,
    /// By when its result is to be published; nothing was said of calls from before that was asked for.
    pub result_by: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
