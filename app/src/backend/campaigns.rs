//! What a firm does with its campaigns.

use async_trait::async_trait;
use uuid::Uuid;

use crate::contract::{
    AnswerOrder, BookingFilter, BookingView, CancelOrder, EventView, Failure, FeeQuote, FreeBusyView,
    MoveOrder, Page, Period, Reason, RequestDetails, WaitFilter, WaitOrder, WaitView,
};

/// Bookings, their history and what may be done to them by their owner.
#[async_trait]
pub trait Campaigns: Send + Sync {
    async fn bookings(&self, filter: BookingFilter) -> Result<Page<BookingView>, Failure>;
    async fn history(&self, id: Uuid) -> Result<Vec<EventView>, Failure>;
    /// Saves what is filled in of the request while the hold lasts.
    async fn save_details(&self, id: Uuid, details: RequestDetails) -> Result<BookingView, Failure>;
    async fn send_request(
        &self,
        id: Uuid,
        details: RequestDetails,
        key: String,
    ) -> Result<BookingView, Failure>;
    /// Answers a question of the platform.
    async fn answer(&self, id: Uuid, order: AnswerOrder, key: String) -> Result<BookingView, Failure>;
    async fn withdraw(&self, id: Uuid, reason: Reason, key: String) -> Result<BookingView, Failure>;
    async fn cancellation_fee(&self, id: Uuid) -> Result<FeeQuote, Failure>;
    async fn cancel(&self, id: Uuid, order: CancelOrder, key: String) -> Result<BookingView, Failure>;
    async fn move_fee(&self, id: Uuid) -> Result<FeeQuote, Failure>;
    async fn relocate(&self, id: Uuid, order: MoveOrder, key: String) -> Result<BookingView, Failure>;
    /// Joins the waiting list.
    async fn wait(&self, order: WaitOrder, key: String) -> Result<WaitView, Failure>;
    async fn waitlist(&self, filter: WaitFilter) -> Result<Page<WaitView>, Failure>;
    async fn stop_waiting(&self, id: Uuid) -> Result<(), Failure>;
    async fn free_busy(&self, line: Uuid, period: Period) -> Result<FreeBusyView, Failure>;
}
