//! The way from the pages to the server: a trait object, given in context for page rendering and server functions
//! alike. One backend is one caller's: authorisation happens behind it, in the use cases.

mod campaigns;
mod district;
mod office;
mod operations;
mod rounds;

use std::sync::Arc;

use async_trait::async_trait;
use leptos::prelude::use_context;
use uuid::Uuid;

pub use self::{
    campaigns::Campaigns,
    district::District,
    office::Office,
    operations::{Operations, RunStep},
    rounds::Rounds,
};
use crate::{
    contract::{
        Acceptance, BookingView, Credentials, Failure, HoldOrder, Instant, InvitedView, NewPassword,
        OfferQuery, OfferingView, PlatformView, SearchAnswer, SplitHeld, SplitOrder, Viewer,
    },
    language::Language,
};

/// Whoever has just signed in, and the language of their account.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub viewer: Viewer,
    pub language: Language,
}

/// What the pages may ask of the server.
#[async_trait]
pub trait Backend: Campaigns + District + Office + Operations + Rounds {
    /// The signed-in account, if any.
    async fn viewer(&self) -> Result<Option<Viewer>, Failure>;
    async fn offerings(&self) -> Result<Vec<OfferingView>, Failure>;
    async fn platforms(&self) -> Result<Vec<PlatformView>, Failure>;
    async fn search(&self, query: OfferQuery) -> Result<SearchAnswer, Failure>;
    /// `key` is the idempotency key that the form was rendered with.
    async fn hold(&self, order: HoldOrder, key: String) -> Result<BookingView, Failure>;
    /// Both runs of a split, or neither.
    async fn hold_split(&self, order: SplitOrder, key: String) -> Result<SplitHeld, Failure>;
    async fn booking(&self, id: Uuid) -> Result<BookingView, Failure>;
    /// Starts a session, for the organisation named if the account belongs there, else for that of last time; its
    /// cookie goes out with the response.
    async fn sign_in(&self, credentials: Credentials) -> Result<Arrival, Failure>;
    /// What the link with this secret invites to, if it is still good.
    async fn invited(&self, token: &str) -> Result<InvitedView, Failure>;
    /// Takes up an invitation and starts a session; the cookie goes out with the response.
    async fn join(&self, acceptance: Acceptance) -> Result<Arrival, Failure>;
    /// The e-mail address of the account whose password the link with this secret resets, if it is still good.
    async fn resets(&self, token: &str) -> Result<String, Failure>;
    /// Takes up a link to a new password.
    async fn choose_password(&self, chosen: NewPassword) -> Result<(), Failure>;
    async fn sign_out(&self) -> Result<(), Failure>;
    /// A fresh idempotency key for a form.
    fn form_key(&self) -> String;
    /// The server's time: pages never read a clock of their own.
    fn now(&self) -> Instant;
    /// Whether this installation holds demonstration data, which every page then says.
    fn demonstration(&self) -> bool;
    /// Whether the demonstration can be loaded anew.
    fn begins_anew(&self) -> bool;
    /// Whether that was to begin anew and could not.
    fn as_it_was(&self) -> bool;
}

/// The backend of the request being answered.
///
/// # Panics
/// Outside a request: the server provides it in every context it renders in.
#[must_use]
pub fn use_backend() -> Arc<dyn Backend> {
    use_context::<Arc<dyn Backend>>().expect("the server provides the backend in every request's context")
}
