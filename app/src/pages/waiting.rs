//! The companies that wait to be verified, for whoever verifies them: the district, and platforms at their desk.

use std::convert::identity;

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{PageTitle, district::Companies, loaded},
    contract::{Failure, OrganisationKind, PageQuery},
    request::{use_language, use_link, use_parameters, use_reader},
    words::say,
};

/// `/district/waiting` and `/desk/companies`, by pages.
#[component]
pub fn WaitingPage() -> impl IntoView {
    let page = PageQuery { cursor: use_parameters().get("cursor"), limit: None };
    loaded(load(page), identity).into_any()
}

async fn load(page: PageQuery) -> Result<impl IntoView, Failure> {
    let language = use_language();
    let backend = use_backend();
    let (waiting, count) = (backend.waiting(page).await?, backend.waiting_count().await?);
    let of_platform =
        use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
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
            <p class="lead">{say!(language, district.waiting_lead)}</p>
        </header>
        <Companies waiting count />
    })
}
