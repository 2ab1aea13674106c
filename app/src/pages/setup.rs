//! The platform's set-up, as it is in force.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{
        PageTitle, Trouble,
        operator::{CalendarTable, EditLink, LineTable, MatrixGrids, PolicyFacts, PoolTable, RouteTable},
    },
    contract::SetupView,
    request::{use_language, use_link},
    words::{say, text},
};

#[component]
pub fn SetupPage() -> impl IntoView {
    view! {
        <Suspense>
            {Suspend::new(async move {
                match use_backend().setup().await {
                    Ok(setup) => view! { <Setup setup /> }.into_any(),
                    Err(failure) => view! { <Trouble failure /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Setup(setup: SetupView) -> impl IntoView {
    let language = use_language();
    let matrices = setup.matrices.into_iter().map(|matrix| view! { <MatrixGrids matrix /> }).collect_view();
    view! {
        <PageTitle page=say!(language, desk.setup_page) />
        <p class="crumb"><a href=use_link("/lines")>{say!(language, desk.lines)}</a></p>
        <h1 class="sober">{text(language, &setup.name)} " · " {say!(language, desk.setup_page)}</h1>
        <p class="lead">{say!(language, desk.setup_lead)}</p>
        <section class="sheet">
            <h2 id="setup-lines">{say!(language, desk.lines)}</h2>
            <LineTable lines=setup.lines />
        </section>
        <section class="sheet">
            <h2 id="setup-routes">{say!(language, desk.routes)}</h2>
            <RouteTable routes=setup.routes />
        </section>
        <section class="sheet">
            <h2>{say!(language, desk.matrices)}</h2>
            <p class="hint">{say!(language, desk.matrices_hint)}</p>
            {matrices}
        </section>
        <section class="sheet">
            <h2 id="setup-pools">{say!(language, desk.pools)}</h2>
            <PoolTable pools=setup.pools />
        </section>
        <section class="sheet">
            <h2 id="setup-calendars">{say!(language, desk.calendars)}</h2>
            <CalendarTable calendars=setup.calendars />
        </section>
        <section class="sheet">
            <h2>{say!(language, desk.policy)} " " <EditLink sort="policy" code="policy".to_owned() /></h2>
            <PolicyFacts policy=setup.policy />
        </section>
    }
}
