//! What a firm does with its campaigns.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use uuid::Uuid;

use crate::contract::{
    AnswerOrder, AskView, BookingFilter, BookingView, CancelOrder, EventView, Failure, FairnessReport,
    FairnessView, FeeQuote, LateStandingView, LineTimes, MaterialsOrder, MembershipView, MoveOrder,
    OfferQuery, OfferView, Opened, OutageView, Page, PageQuery, Period, QuarterQuery, Reason, RepairAnswer,
    RepairOrder, RepairView, RequestDetails, RoomView, SwapOrder, SwapView, WaitFilter, WaitOrder, WaitView,
};

/// Bookings, their history and what may be done to them by their owner.
#[async_trait]
pub trait Campaigns: Send + Sync {
    async fn bookings(&self, filter: BookingFilter) -> Result<Page<BookingView>, Failure>;
    /// Those that hold a line, or have run on one, in the period.
    async fn bookings_during(
        &self,
        filter: BookingFilter,
        period: Period,
    ) -> Result<Vec<BookingView>, Failure>;
    /// Those of the account's other organisations that may see it: its owner, and the platform that runs it.
    async fn seen_elsewhere(&self, id: Uuid) -> Result<Vec<MembershipView>, Failure>;
    async fn history(&self, id: Uuid) -> Result<Vec<EventView>, Failure>;
    /// The outages for which it can't run where it stands.
    async fn outages_of(&self, id: Uuid) -> Result<Vec<OutageView>, Failure>;
    /// Saves what is filled in of the request while the hold lasts. `opened` says from which draft it was made, if it
    /// must still be that.
    async fn save_details(
        &self,
        id: Uuid,
        details: RequestDetails,
        opened: Option<Opened>,
    ) -> Result<BookingView, Failure>;
    /// `opened` as of [`Self::save_details`].
    async fn send_request(
        &self,
        id: Uuid,
        details: RequestDetails,
        opened: Option<Opened>,
        key: String,
    ) -> Result<BookingView, Failure>;
    /// Fills in what a request lacks that the platform booked. `opened` as of [`Self::save_details`].
    async fn fill_in(
        &self,
        id: Uuid,
        details: RequestDetails,
        opened: Option<Opened>,
        key: String,
    ) -> Result<BookingView, Failure>;
    /// Answers a question of the platform.
    async fn answer(&self, id: Uuid, order: AnswerOrder, key: String) -> Result<BookingView, Failure>;
    /// Names another day on which materials arrive.
    async fn change_materials(
        &self,
        id: Uuid,
        order: MaterialsOrder,
        key: String,
    ) -> Result<BookingView, Failure>;
    async fn withdraw(&self, id: Uuid, reason: Reason, key: String) -> Result<BookingView, Failure>;
    async fn cancellation_fee(&self, id: Uuid) -> Result<FeeQuote, Failure>;
    async fn cancel(&self, id: Uuid, order: CancelOrder, key: String) -> Result<BookingView, Failure>;
    async fn move_fee(&self, id: Uuid) -> Result<FeeQuote, Failure>;
    /// One place of the search `query` to which it may move, named by its key.
    async fn destination(&self, id: Uuid, query: OfferQuery, offer: &str) -> Result<OfferView, Failure>;
    async fn relocate(&self, id: Uuid, order: MoveOrder, key: String) -> Result<BookingView, Failure>;
    /// Joins the waiting list.
    async fn wait(&self, order: WaitOrder, key: String) -> Result<WaitView, Failure>;
    async fn waitlist(&self, filter: WaitFilter) -> Result<Page<WaitView>, Failure>;
    async fn stop_waiting(&self, id: Uuid) -> Result<(), Failure>;
    /// Has room made where nothing fits.
    async fn room_ways(&self, query: OfferQuery) -> Result<Vec<RoomView>, Failure>;
    async fn make_room(&self, order: RepairOrder, key: String) -> Result<RepairAnswer, Failure>;
    async fn repairs(&self, page: PageQuery) -> Result<Page<RepairView>, Failure>;
    async fn withdraw_repair(&self, id: Uuid) -> Result<(), Failure>;
    /// Moves that the firm is asked for; of one booking if that is named.
    async fn asks(&self, page: PageQuery, of: Option<Uuid>) -> Result<Page<AskView>, Failure>;
    async fn answer_move(&self, id: Uuid, accept: bool, key: String) -> Result<AskView, Failure>;
    /// How the firm fares; for a platform each firm on it.
    async fn fairness(&self) -> Result<Vec<FairnessView>, Failure>;
    /// How firms fare by their size, for the district and a platform.
    async fn fairness_by_size(&self, quarter: QuarterQuery) -> Result<FairnessReport, Failure>;
    /// Where the firm stands by the rules about giving up late; for a platform each firm on it.
    async fn late_standings(&self) -> Result<Vec<LateStandingView>, Failure>;
    /// Offers the time of a campaign for another one.
    async fn offer_swap(&self, order: SwapOrder, key: String) -> Result<SwapView, Failure>;
    async fn swaps(&self, page: PageQuery) -> Result<Page<SwapView>, Failure>;
    /// When these lines are taken for the product of a query that was searched for just now, and when they are closed.
    async fn taken(
        &self,
        query: &OfferQuery,
        lines: &BTreeSet<Uuid>,
        period: Period,
    ) -> Result<BTreeMap<Uuid, LineTimes>, Failure>;
}
