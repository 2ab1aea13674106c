//! The platform's set-up, as it is in force.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{
        PageTitle, loaded,
        operator::{
            AddLink, CalendarTable, EditLink, LineTable, MatrixGrids, PolicyFacts, PoolTable, RouteTable,
        },
    },
    contract::{Role, SetupView, setup_form::NamedCode},
    request::{use_language, use_link, use_parameters, use_reader},
    words::{say, text},
};

#[component]
pub fn SetupPage() -> impl IntoView {
    loaded(async move { use_backend().setup().await }, |setup| view! { <Setup setup /> })
}

#[component]
fn Setup(setup: SetupView) -> impl IntoView {
    let language = use_language();
    let operates =
        use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin));
    let SetupView { code, name, lines, pools, calendars, matrices, routes, policy, retired } = setup;
    let name = text(language, &name);
    let head = |id: &'static str, words: &'static str, sort: &'static str| {
        let add = operates.then(|| view! { <AddLink sort words /> });
        view! { <div class="sheet-head"><h2 id=id>{words}</h2> {add}</div> }
    };
    // What teaches a platform that has none yet.
    let or = |none: bool, words: &'static str, table: AnyView| {
        if none { view! { <p class="note">{words}</p> }.into_any() } else { table }
    };
    let lines = or(
        lines.is_empty(),
        say!(language, setup.no_lines),
        view! { <LineTable lines=lines.clone() /> }.into_any(),
    );
    let routes_table = or(
        routes.is_empty(),
        say!(language, setup.no_routes),
        view! { <RouteTable routes=routes.clone() /> }.into_any(),
    );
    let grids = matrices.iter().map(|matrix| view! { <MatrixGrids matrix=matrix.clone() /> }).collect_view();
    let grids = or(matrices.is_empty(), say!(language, setup.no_matrices), grids.into_any());
    let pools = or(
        pools.is_empty(),
        say!(language, setup.no_pools),
        view! { <PoolTable pools=pools.clone() /> }.into_any(),
    );
    let calendars = or(
        calendars.is_empty(),
        say!(language, setup.no_calendars),
        view! { <CalendarTable calendars=calendars.clone() /> }.into_any(),
    );
    let saved = use_parameters().get("saved").map(|_| {
        view! { <p class="note good" role="status">{say!(language, setup.saved)}</p> }
    });
    let retired = (!retired.is_empty()).then(|| view! { <Retired routes=retired operates /> });
    view! {
        <PageTitle page=say!(language, desk.setup_page) />
        <p class="crumb"><a href=use_link("/lines")>{say!(language, desk.lines)}</a></p>
        <h1 class="sober">{name} " · " {say!(language, desk.setup_page)} " " <EditLink sort="platform" code /></h1>
        {saved}
        <p class="lead">{say!(language, desk.setup_lead)}</p>
        <section class="sheet">
            {head("setup-lines", say!(language, desk.lines), "line")}
            {lines}
        </section>
        <section class="sheet">
            {head("setup-routes", say!(language, desk.routes), "route")}
            {routes_table}
            {retired}
        </section>
        <section class="sheet">
            {head("setup-matrices", say!(language, desk.matrices), "matrix")}
            <p class="hint">{say!(language, desk.matrices_hint)}</p>
            {grids}
        </section>
        <section class="sheet">
            {head("setup-pools", say!(language, desk.pools), "pool")}
            {pools}
        </section>
        <section class="sheet">
            {head("setup-calendars", say!(language, desk.calendars), "calendar")}
            {calendars}
        </section>
        <section class="sheet">
            <h2>{say!(language, desk.policy)} " " <EditLink sort="policy" code="policy".to_owned() /></h2>
            <PolicyFacts policy />
        </section>
    }
}

/// Routes that are no longer offered, and the way back.
#[component]
fn Retired(routes: Vec<NamedCode>, operates: bool) -> impl IntoView {
    let language = use_language();
    let rows = routes
        .into_iter()
        .map(|route| {
            let href = use_link(&format!("/setup/part?sort=route&code={}", route.code));
            let revive = operates.then(|| view! { <a href=href>{say!(language, setup.revive)}</a> });
            view! { <li>{text(language, &route.name)} " " {revive}</li> }
        })
        .collect_view();
    view! {
        <h3>{say!(language, setup.retired)}</h3>
        <ul class="retired">{rows}</ul>
    }
}
