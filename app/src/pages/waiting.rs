//! The companies that wait to be verified, for whoever verifies them: the district, and platforms at their desk. Below
//! them those that were turned away.

use std::convert::identity;

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{
        PageTitle,
        district::{Away, Companies},
        loaded,
    },
    contract::{Failure, OrganisationKind, PageQuery, Role},
    request::{use_language, use_link, use_parameters, use_reader},
    words::say,
};

/// `/district/waiting` and `/desk/companies`, by pages.
#[component]
pub fn WaitingPage() -> impl IntoView {
    let page = |name: &str| PageQuery { cursor: use_parameters().get(name), limit: None };
    loaded(load(page("cursor"), page("away")), identity).into_any()
}

async fn load(page: PageQuery, away: PageQuery) -> Result<impl IntoView, Failure> {
    let language = use_language();
    let backend = use_backend();
    let (waiting, count) = (backend.waiting(page).await?, backend.waiting_count().await?);
    let away = backend.turned_away(away).await?;
    let reader = use_reader();
    let of_platform =
        reader.as_ref().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    let decides = reader.is_some_and(|reader| {
        matches!(reader.role, Role::DistrictAdmin | Role::Operator | Role::PlatformAdmin)
    });
    let lead = if decides {
        say!(language, district.waiting_lead)
    } else {
        say!(language, district.waiting_lead_viewer)
    };
    let whole = if of_platform { "/desk/companies" } else { "/district/waiting" };
    let (home, name) = if of_platform {
        ("/desk", say!(language, desk.page))
    } else {
        ("/district", say!(language, district.page))
    };
    Ok(view! {
        <PageTitle page=say!(language, district.waiting) />
        <p class="crumb"><a href=use_link(home)>{name}</a></p>
        <header class="page-head">
            <h1>{say!(language, district.waiting)}</h1>
            <p class="lead">{lead}</p>
        </header>
        <Companies waiting count />
        <Away away whole decides />
    })
}
