//! How the firms on a platform fare: what each asked for and got, by their size too, and who has given up late.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{Fairness, FirmStandings, PageTitle, loaded},
    contract::{Failure, FairnessView, LateStandingView, OrganisationKind, QuarterQuery, Role, SizeFairness},
    request::{use_language, use_link, use_reader},
    words::say,
};

#[component]
pub fn DeskFairnessPage() -> impl IntoView {
    loaded(load(), |found| view! { <Firms found /> })
}

struct Found {
    firms: Vec<FairnessView>,
    sizes: Vec<SizeFairness>,
    standings: Vec<LateStandingView>,
}

async fn load() -> Result<Found, Failure> {
    // A company has its own figures beside its campaigns.
    let reader = use_reader().ok_or(Failure::Unauthenticated)?;
    if reader.organisation_kind != OrganisationKind::Platform {
        return Err(Failure::Forbidden);
    }
    let backend = use_backend();
    let firms = backend.fairness().await?;
    let sizes = backend.fairness_by_size(QuarterQuery::default()).await?.total;
    Ok(Found { firms, sizes, standings: backend.late_standings().await? })
}

#[component]
fn Firms(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { firms, sizes, standings } = found;
    let forgives = use_reader().is_some_and(|reader| reader.role == Role::PlatformAdmin);
    let none = firms.is_empty().then(|| view! { <p>{say!(language, conflict.fair.none)}</p> });
    view! {
        <PageTitle page=say!(language, conflict.fair.page) />
        <p class="crumb"><a href=use_link("/desk")>{say!(language, desk.page)}</a></p>
        <h1 class="sober">{say!(language, conflict.fair.page)}</h1>
        <p class="lead">{say!(language, conflict.fair.lead)}</p>
        {none}
        <Fairness firms sizes />
        <FirmStandings standings forgives />
    }
}
