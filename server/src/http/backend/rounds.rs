//! Calls.

use std::collections::BTreeMap;

use app::{
    backend::Rounds,
    contract::{
        AdjustOrder, BusyView, CallFilter, CallOrder, CallView, DecideOrder, DraftView, Failure, Page,
        PublishOrder, Reason, WishOrder, WishPlace, WishView,
    },
};
use async_trait::async_trait;
use uuid::Uuid;

use super::PageBackend;
use crate::usecase::{IdempotencyKey, rounds};

#[async_trait]
impl Rounds for PageBackend {
    async fn calls(&self, filter: CallFilter) -> Result<Page<CallView>, Failure> {
        rounds::calls(&self.state, &self.caller, &filter).await
    }

    async fn call(&self, id: Uuid) -> Result<CallView, Failure> {
        rounds::one(&self.state, &self.caller, id).await
    }

    async fn foresee_call(&self, order: CallOrder) -> Result<CallView, Failure> {
        rounds::foresee(&self.state, &self.caller, &order).await
    }

    async fn open_call(&self, order: CallOrder, key: String) -> Result<CallView, Failure> {
        rounds::open(&self.state, &self.caller, &order, &IdempotencyKey::parse(&key)?).await
    }

    async fn cancel_call(&self, id: Uuid, why: Reason, key: String) -> Result<(), Failure> {
        rounds::cancel(&self.state, &self.caller, id, &why, &IdempotencyKey::parse(&key)?).await
    }

    async fn wishes(&self, call: Uuid) -> Result<Vec<WishView>, Failure> {
        rounds::wishes(&self.state, &self.caller, call).await
    }

    async fn wish(&self, call: Uuid, order: WishOrder, key: String) -> Result<WishView, Failure> {
        rounds::submit(&self.state, &self.caller, call, &order, &IdempotencyKey::parse(&key)?).await
    }

    async fn change_wish(&self, id: Uuid, order: WishOrder) -> Result<WishView, Failure> {
        rounds::change(&self.state, &self.caller, id, &order).await
    }

    async fn withdraw_wish(&self, id: Uuid) -> Result<(), Failure> {
        rounds::withdraw(&self.state, &self.caller, id).await
    }

    async fn score_wishes(
        &self,
        call: Uuid,
        points: BTreeMap<Uuid, u32>,
        discard: Option<u32>,
    ) -> Result<(), Failure> {
        rounds::give_all_points(&self.state, &self.caller, call, &points, discard).await
    }

    async fn decide_call(&self, id: Uuid, order: DecideOrder, key: String) -> Result<DraftView, Failure> {
        rounds::draft(&self.state, &self.caller, id, order, &IdempotencyKey::parse(&key)?).await
    }

    async fn call_draft(&self, id: Uuid) -> Result<DraftView, Failure> {
        rounds::look(&self.state, &self.caller, id).await
    }

    async fn call_before(&self, id: Uuid) -> Result<BTreeMap<Uuid, Vec<BusyView>>, Failure> {
        rounds::before(&self.state, &self.caller, id).await
    }

    async fn wish_places(&self, id: Uuid) -> Result<Vec<WishPlace>, Failure> {
        rounds::places(&self.state, &self.caller, id).await
    }

    async fn adjust_wish(&self, id: Uuid, order: AdjustOrder, key: String) -> Result<DraftView, Failure> {
        rounds::adjust(&self.state, &self.caller, id, &order, &IdempotencyKey::parse(&key)?).await
    }

    async fn publish_call(&self, id: Uuid, order: PublishOrder, key: String) -> Result<CallView, Failure> {
        rounds::publish(&self.state, &self.caller, id, order, &IdempotencyKey::parse(&key)?).await
    }
}
