//! The pages' way to the use cases: one backend is one caller's, for one request. Its parts are those of the trait.

mod campaigns;
mod district;
mod office;
mod operations;
mod rounds;

use std::{net::IpAddr, sync::Arc};

use app::{
    backend::{Arrival, Backend},
    contract::{
        Acceptance, BookingView, Credentials, Failure, HoldOrder, Instant, InvitedView, NewPassword,
        OfferQuery, OfferingView, PlatformView, SearchAnswer, SplitHeld, SplitOrder, Viewer,
    },
};
use async_trait::async_trait;
use axum::{
    extract::Request,
    http::{HeaderValue, header::SET_COOKIE},
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use uuid::Uuid;

use super::{ClientAddress, extract::device, session};
use crate::{
    state::AppState,
    usecase::{
        self, Caller, IdempotencyKey, Visit,
        people::{self, Device, SignedIn},
    },
};

/// The use cases for one caller.
#[derive(Clone, Debug)]
pub struct PageBackend {
    state: AppState,
    caller: Caller,
    address: Option<IpAddr>,
    device: Device,
    demonstration: bool,
}

/// Makes a backend for each request to the pages.
pub type Maker = Arc<dyn Fn(&Request) -> Arc<dyn Backend> + Send + Sync>;

impl PageBackend {
    /// That of whoever sent `request`.
    #[must_use]
    pub fn of(state: AppState, request: &Request) -> Self {
        let extensions = request.extensions();
        let caller = extensions.get::<Caller>().cloned().unwrap_or(Caller::Anonymous);
        let address = extensions.get::<ClientAddress>().and_then(|address| address.0);
        let device = device(request.headers());
        let demonstration = state.settings.demonstration;
        Self { state, caller, address, device, demonstration }
    }

    /// From where the request came.
    const fn visit(&self) -> Visit {
        Visit { address: self.address }
    }

    /// What makes one for each request to the pages.
    #[must_use]
    pub fn maker(state: AppState) -> Maker {
        Arc::new(move |request| Arc::new(Self::of(state.clone(), request)))
    }
}

#[async_trait]
impl Backend for PageBackend {
    async fn viewer(&self) -> Result<Option<Viewer>, Failure> {
        match self.caller.as_member() {
            Some(_) => people::viewer(&self.state, &self.caller).await.map(Some),
            None => Ok(None),
        }
    }

    async fn offerings(&self) -> Result<Vec<OfferingView>, Failure> {
        usecase::catalogue::offerings(&self.state).await
    }

    async fn platforms(&self) -> Result<Vec<PlatformView>, Failure> {
        usecase::catalogue::platforms(&self.state).await
    }

    async fn search(&self, query: OfferQuery) -> Result<SearchAnswer, Failure> {
        usecase::search::search(&self.state, &self.caller, &self.visit(), &query).await
    }

    async fn hold(&self, order: HoldOrder, key: String) -> Result<BookingView, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::hold::hold(&self.state, &self.caller, order, &key).await
    }

    async fn hold_split(&self, order: SplitOrder, key: String) -> Result<SplitHeld, Failure> {
        let key = IdempotencyKey::parse(&key)?;
        usecase::split::hold(&self.state, &self.caller, order, &key).await
    }

    async fn booking(&self, id: Uuid) -> Result<BookingView, Failure> {
        usecase::bookings::one(&self.state, &self.caller, id).await
    }

    async fn sign_in(&self, credentials: Credentials) -> Result<Arrival, Failure> {
        // Before anything is awaited: the response of this request is known to the task that asks, and to no other.
        let response = use_context::<ResponseOptions>();
        let (caller, device) = (&self.caller, self.device.clone());
        let signed_in = people::sign_in_again(&self.state, caller, self.address, device, credentials).await?;
        set_cookie(response, session::begin(&self.state.settings, &signed_in.secret)?);
        Ok(arrival(signed_in))
    }

    async fn invited(&self, token: &str) -> Result<InvitedView, Failure> {
        people::invited(&self.state, token).await
    }

    async fn join(&self, acceptance: Acceptance) -> Result<Arrival, Failure> {
        let response = use_context::<ResponseOptions>();
        let signed_in = people::accept(&self.state, self.address, self.device.clone(), acceptance).await?;
        set_cookie(response, session::begin(&self.state.settings, &signed_in.secret)?);
        Ok(arrival(signed_in))
    }

    async fn resets(&self, token: &str) -> Result<String, Failure> {
        people::resets(&self.state, token).await
    }

    async fn choose_password(&self, chosen: NewPassword) -> Result<(), Failure> {
        people::set_password(&self.state, self.address, chosen).await
    }

    async fn sign_out(&self) -> Result<(), Failure> {
        let response = use_context::<ResponseOptions>();
        people::sign_out(&self.state, &self.caller).await?;
        set_cookie(response, session::end(&self.state.settings)?);
        Ok(())
    }

    fn form_key(&self) -> String {
        Uuid::new_v4().to_string()
    }

    fn now(&self) -> Instant {
        Instant(self.state.clock.now())
    }

    fn demonstration(&self) -> bool {
        self.demonstration
    }

    fn begins_anew(&self) -> bool {
        self.demonstration && crate::demo::begins_anew(&self.state)
    }

    fn as_it_was(&self) -> bool {
        self.state.as_it_was
    }
}

fn arrival(signed_in: SignedIn) -> Arrival {
    let language = app::language::of_account(&signed_in.locale);
    Arrival { viewer: signed_in.viewer, language }
}

fn set_cookie(response: Option<ResponseOptions>, cookie: HeaderValue) {
    match response {
        Some(response) => response.append_header(SET_COOKIE, cookie),
        None => tracing::error!("a session's cookie has no response to go with"),
    }
}
