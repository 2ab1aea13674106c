//! The district's part, and the way in.

use app::{
    backend::District,
    contract::{
        Credentials, DemandReport, Failure, FreeCapacityView, InnovationOrder, OccupancyReport,
        OrganisationView, Page, PageQuery, QuarterQuery, Registration, Rejection, VerificationView, Viewer,
    },
};
use async_trait::async_trait;
use axum::http::{HeaderValue, header::CONNECTION};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use uuid::Uuid;

use super::{PageBackend, set_cookie};
use crate::{
    demo,
    http::session,
    live,
    usecase::{
        self, Paging,
        people::{self, Order, Which},
    },
};

#[async_trait]
impl District for PageBackend {
    async fn occupancy(&self, quarter: QuarterQuery) -> Result<OccupancyReport, Failure> {
        usecase::occupancy::report(&self.state, &self.caller, &quarter).await
    }

    async fn demand(&self, quarter: QuarterQuery) -> Result<DemandReport, Failure> {
        usecase::demand::of_quarter(&self.state, &self.caller, &quarter).await
    }

    async fn free_capacity(&self) -> Result<Vec<FreeCapacityView>, Failure> {
        usecase::free_capacity::by_offering(&self.state, &self.caller).await
    }

    async fn waiting(&self, page: PageQuery) -> Result<Page<OrganisationView>, Failure> {
        let which = Which { verified: Some(false), ..Which::default() };
        people::companies(&self.state, &self.caller, &which, Paging::try_from(page)?).await
    }

    async fn waiting_count(&self) -> Result<u32, Failure> {
        people::waiting(&self.state, &self.caller).await
    }

    async fn companies(
        &self,
        find: String,
        order: &'static str,
        page: PageQuery,
    ) -> Result<Page<OrganisationView>, Failure> {
        self.caller.district()?;
        let order = Order::read(Some(order))?;
        let which = Which { verified: Some(true), find: Some(find), order, ..Which::default() };
        people::companies(&self.state, &self.caller, &which, Paging::try_from(page)?).await
    }

    async fn turned_away(&self, page: PageQuery) -> Result<Page<OrganisationView>, Failure> {
        let which = Which { turned_away: Some(true), ..Which::default() };
        people::companies(&self.state, &self.caller, &which, Paging::try_from(page)?).await
    }

    async fn record_innovation(&self, company: Uuid, order: InnovationOrder) -> Result<(), Failure> {
        people::record_innovation(&self.state, &self.caller, company, &order).await.map(drop)
    }

    async fn clear_innovation(&self, company: Uuid) -> Result<(), Failure> {
        people::clear_innovation(&self.state, &self.caller, company).await
    }

    async fn verify(&self, company: Uuid) -> Result<(), Failure> {
        people::set_verified(&self.state, &self.caller, company, true).await.map(drop)
    }

    async fn reject(&self, company: Uuid, why: Rejection) -> Result<(), Failure> {
        people::reject(&self.state, &self.caller, company, &why).await.map(drop)
    }

    async fn register(&self, asked: Registration) -> Result<Viewer, Failure> {
        // Before anything is awaited: the response of this request is known to the task that asks, and to no other.
        let response = use_context::<ResponseOptions>();
        let credentials =
            Credentials { email: asked.email.clone(), password: asked.password.clone(), organisation: None };
        people::register(&self.state, self.address, asked).await?;
        let (caller, device) = (&self.caller, self.device.clone());
        let signed_in = people::sign_in(&self.state, caller, self.address, device, credentials).await?;
        set_cookie(response, session::begin(&self.state.settings, &signed_in.secret)?);
        Ok(signed_in.viewer)
    }

    async fn verification(&self) -> Result<VerificationView, Failure> {
        people::verification(&self.state, &self.caller).await
    }

    async fn submit_again(&self) -> Result<(), Failure> {
        people::submit_again(&self.state, &self.caller).await.map(drop)
    }

    async fn mark(&self) -> Result<Uuid, Failure> {
        self.caller.member()?;
        Ok(live::mark())
    }

    async fn begin_anew(&self) -> Result<(), Failure> {
        let response = use_context::<ResponseOptions>();
        demo::begin_anew(&self.state).await?;
        if let Some(response) = response {
            // What the browser asks for next waits on a connection of its own for the server to be back.
            response.insert_header(CONNECTION, HeaderValue::from_static("close"));
        }
        Ok(())
    }

    async fn try_as(&self, audience: &str, platform: Option<Uuid>) -> Result<Viewer, Failure> {
        // Before anything is awaited: the response of this request is known to the task that asks, and to no other.
        let response = use_context::<ResponseOptions>();
        let (caller, device) = (&self.caller, self.device.clone());
        let signed_in = demo::sign_in_as(&self.state, caller, audience, platform, device).await?;
        set_cookie(response, session::begin(&self.state.settings, &signed_in.secret)?);
        Ok(signed_in.viewer)
    }
}
