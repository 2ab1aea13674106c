//! What is said where there is nothing yet, of what says it by itself.

use leptos::{context::Provider, prelude::*};

use super::{Part, request::call, sample};
use crate::{
    backend::use_backend,
    components::{
        CampaignList, Platforms, Wishes,
        company::Invitations,
        district::{Companies, Demand, FreeCapacity},
    },
    contract::{OrganisationKind, Page, Role},
    request::{Reader, use_language},
    words::say,
};

#[component]
pub fn Nothing() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let waiting = Page { items: Vec::new(), next: None };
    view! {
        <Part id="campaigns-none" name=say!(language, campaign.page)>
            <CampaignList id="sample-none" bookings=Vec::new() />
        </Part>
        <Platforms platforms=Vec::new() offerings=Vec::new() />
        <Wishes call=call(now) wishes=Vec::new() />
        <Provider value=Reader(Some(sample::viewer(Role::CompanyAdmin)))>
            <Invitations invitations=Vec::new() kind=OrganisationKind::Company now />
        </Provider>
        <FreeCapacity capacity=Vec::new() />
        <Demand offerings=Vec::new() searched=false />
        <Provider value=Reader(Some(sample::viewer(Role::DistrictAdmin)))>
            <Companies waiting count=0 />
        </Provider>
    }
}
