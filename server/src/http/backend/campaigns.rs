//! Campaigns.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    backend::Campaigns,
    contract::{
        AnswerOrder, AskView, BookingFilter, BookingView, CancelOrder, EventView, Failure, FairnessReport,
        FairnessView, FeeQuote, LateStandingView, LineTimes, MaterialsOrder, MembershipView, MoveOrder,
        OfferQuery, OfferView, Opened, OutageView, Page, PageQuery, Period, QuarterQuery, Reason,
        RepairAnswer, RepairOrder, RepairView, RequestDetails, RoomView, SwapOrder, SwapView, WaitFilter,
        WaitOrder, WaitView,
    },
};
use async_trait::async_trait;
use uuid::Uuid;

use super::PageBackend;
use crate::usecase::{self, IdempotencyKey, repair::Answer};

#[async_trait]
impl Campaigns for PageBackend {
    async fn bookings(&self, filter: BookingFilter) -> Result<Page<BookingView>, Failure> {
        usecase::bookings::list(&self.state, &self.caller, &filter).await
    }

    async fn bookings_during(
        &self,
        filter: BookingFilter,
        period: Period,
    ) -> Result<Vec<BookingView>, Failure> {
        usecase::bookings::during(&self.state, &self.caller, &filter, &period).await
    }

    async fn seen_elsewhere(&self, id: Uuid) -> Result<Vec<MembershipView>, Failure> {
        usecase::bookings::seen_elsewhere(&self.state, &self.caller, id).await
    }

    async fn history(&self, id: Uuid) -> Result<Vec<EventView>, Failure> {
        usecase::bookings::whole_history(&self.state, &self.caller, id).await
    }

    async fn outages_of(&self, id: Uuid) -> Result<Vec<OutageView>, Failure> {
        usecase::outage::of_booking(&self.state, &self.caller, id).await
    }

    async fn save_details(
        &self,
        id: Uuid,
        details: RequestDetails,
        opened: Option<Opened>,
    ) -> Result<BookingView, Failure> {
        usecase::request::save(&self.state, &self.caller, id, (&details, opened)).await
    }

    async fn send_request(
        &self,
        id: Uuid,
        details: RequestDetails,
        opened: Option<Opened>,
        key: String,
    ) -> Result<BookingView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::request::send(&self.state, &self.caller, id, (&details, opened), Some(&key)).await
    }

    async fn fill_in(
        &self,
        id: Uuid,
        details: RequestDetails,
        opened: Option<Opened>,
        key: String,
    ) -> Result<BookingView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::fill_in::fill_in(&self.state, &self.caller, id, (&details, opened), Some(&key)).await
    }

    async fn answer(&self, id: Uuid, order: AnswerOrder, key: String) -> Result<BookingView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::ask::answer(&self.state, &self.caller, id, &order, Some(&key)).await
    }

    async fn change_materials(
        &self,
        id: Uuid,
        order: MaterialsOrder,
        key: String,
    ) -> Result<BookingView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::materials::change(&self.state, &self.caller, id, &order, Some(&key)).await
    }

    async fn withdraw(&self, id: Uuid, reason: Reason, key: String) -> Result<BookingView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::withdraw::withdraw(&self.state, &self.caller, id, &reason, Some(&key)).await
    }

    async fn cancellation_fee(&self, id: Uuid) -> Result<FeeQuote, Failure> {
        usecase::cancel::quote(&self.state, &self.caller, id).await
    }

    async fn cancel(&self, id: Uuid, order: CancelOrder, key: String) -> Result<BookingView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::cancel::cancel(&self.state, &self.caller, id, &order, Some(&key)).await
    }

    async fn move_fee(&self, id: Uuid) -> Result<FeeQuote, Failure> {
        usecase::relocate::quote(&self.state, &self.caller, id).await
    }

    async fn destination(&self, id: Uuid, query: OfferQuery, offer: &str) -> Result<OfferView, Failure> {
        usecase::destination::destination(&self.state, &self.caller, id, query, offer).await
    }

    async fn relocate(&self, id: Uuid, order: MoveOrder, key: String) -> Result<BookingView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::relocate::relocate(&self.state, &self.caller, id, order, &key).await
    }

    async fn wait(&self, order: WaitOrder, key: String) -> Result<WaitView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::waitlist::join(&self.state, &self.caller, &order, &key).await
    }

    async fn waitlist(&self, filter: WaitFilter) -> Result<Page<WaitView>, Failure> {
        usecase::waitlist::list(&self.state, &self.caller, &filter).await
    }

    async fn stop_waiting(&self, id: Uuid) -> Result<(), Failure> {
        usecase::waitlist::leave(&self.state, &self.caller, id).await
    }

    async fn room_ways(&self, query: OfferQuery) -> Result<Vec<RoomView>, Failure> {
        usecase::repair::ways(&self.state, &self.caller, &query).await
    }

    async fn make_room(&self, order: RepairOrder, key: String) -> Result<RepairAnswer, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::repair::make(&self.state, &self.caller, &order, &key).await
    }

    async fn repairs(&self, page: PageQuery) -> Result<Page<RepairView>, Failure> {
        usecase::repair::own(&self.state, &self.caller, &page).await
    }

    async fn withdraw_repair(&self, id: Uuid) -> Result<(), Failure> {
        usecase::repair::withdraw(&self.state, &self.caller, id).await
    }

    async fn asks(&self, page: PageQuery, of: Option<Uuid>) -> Result<Page<AskView>, Failure> {
        usecase::repair::asked(&self.state, &self.caller, &page, of).await
    }

    async fn answer_move(&self, id: Uuid, accept: bool, key: String) -> Result<AskView, Failure> {
        let (key, said) =
            (IdempotencyKey::parse(&key)?, if accept { Answer::Accept } else { Answer::Decline });
        usecase::repair::answer(&self.state, &self.caller, id, said, &key).await
    }

    async fn fairness(&self) -> Result<Vec<FairnessView>, Failure> {
        usecase::fairness::fairness(&self.state, &self.caller).await
    }

    async fn fairness_by_size(&self, quarter: QuarterQuery) -> Result<FairnessReport, Failure> {
        usecase::fairness::sizes(&self.state, &self.caller, &quarter).await
    }

    async fn late_standings(&self) -> Result<Vec<LateStandingView>, Failure> {
        usecase::late::standings(&self.state, &self.caller).await
    }

    async fn offer_swap(&self, order: SwapOrder, key: String) -> Result<SwapView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::repair::offer_swap(&self.state, &self.caller, &order, &key).await
    }

    async fn swaps(&self, page: PageQuery) -> Result<Page<SwapView>, Failure> {
        usecase::repair::own_swaps(&self.state, &self.caller, &page).await
    }

    async fn taken(
        &self,
        query: &OfferQuery,
        lines: &BTreeSet<Uuid>,
        period: Period,
    ) -> Result<BTreeMap<Uuid, LineTimes>, Failure> {
        usecase::free_busy::for_query(&self.state, &self.caller, query, lines, &period).await
    }
}
