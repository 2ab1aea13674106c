//! Calls: what firms wish for, and what a platform makes of it.

use std::collections::BTreeMap;

use async_trait::async_trait;
use uuid::Uuid;

use crate::contract::{
    AdjustOrder, BusyView, CallFilter, CallOrder, CallView, DecideOrder, DraftView, Failure, Page,
    PublishOrder, Reason, WishOrder, WishPlace, WishView,
};

/// Allocation rounds. `key` is always the idempotency key that the form was rendered with.
#[async_trait]
pub trait Rounds: Send + Sync {
    async fn calls(&self, filter: CallFilter) -> Result<Page<CallView>, Failure>;
    async fn call(&self, id: Uuid) -> Result<CallView, Failure>;
    /// What opening it would publish; nothing is opened.
    async fn foresee_call(&self, order: CallOrder) -> Result<CallView, Failure>;
    async fn open_call(&self, order: CallOrder, key: String) -> Result<CallView, Failure>;
    async fn cancel_call(&self, id: Uuid, why: Reason, key: String) -> Result<(), Failure>;
    /// A firm's own wishes in a call; all of them for its platform, once it has closed.
    async fn wishes(&self, call: Uuid) -> Result<Vec<WishView>, Failure>;
    async fn wish(&self, call: Uuid, order: WishOrder, key: String) -> Result<WishView, Failure>;
    async fn change_wish(&self, id: Uuid, order: WishOrder) -> Result<WishView, Failure>;
    async fn withdraw_wish(&self, id: Uuid) -> Result<(), Failure>;
    /// Points by wish; so many changes of the draft may be lost by them.
    async fn score_wishes(
        &self,
        call: Uuid,
        points: BTreeMap<Uuid, u32>,
        discard: Option<u32>,
    ) -> Result<(), Failure>;
    async fn decide_call(&self, id: Uuid, order: DecideOrder, key: String) -> Result<DraftView, Failure>;
    /// The draft that stands.
    async fn call_draft(&self, id: Uuid) -> Result<DraftView, Failure>;
    /// By line of a call that is drafted or published, when it is taken besides what the call gives.
    async fn call_before(&self, id: Uuid) -> Result<BTreeMap<Uuid, Vec<BusyView>>, Failure>;
    async fn wish_places(&self, id: Uuid) -> Result<Vec<WishPlace>, Failure>;
    async fn adjust_wish(&self, id: Uuid, order: AdjustOrder, key: String) -> Result<DraftView, Failure>;
    async fn publish_call(&self, id: Uuid, order: PublishOrder, key: String) -> Result<CallView, Failure>;
}
