//! The district looks on: how full, how free, what was asked for in vain, and who waits to be verified.

use std::convert::identity;

use futures::try_join;
use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{
        PageTitle,
        district::{
            ByForm, ByPlatform, Companies, Demand, FairBySize, FreeCapacity, HeatMap, QuarterChooser, What,
        },
        loaded,
    },
    contract::{DemandReport, Failure, OccupancyReport, PageQuery, QuarterQuery},
    request::{use_language, use_link, use_parameters},
    words::{hours, percent, say},
};

#[component]
pub fn DistrictPage() -> impl IntoView {
    let quarter = QuarterQuery { quarter: use_parameters().get("quarter") };
    loaded(load(quarter), identity).into_any()
}

async fn load(quarter: QuarterQuery) -> Result<AnyView, Failure> {
    let language = use_language();
    let backend = use_backend();
    if backend.platforms().await?.is_empty() {
        // Tables of nothing say nothing; what to do is said.
        let (waiting, count) = (backend.waiting(PageQuery::default()).await?, backend.waiting_count().await?);
        return Ok(view! {
            <PageTitle page=say!(language, district.page) />
            <header class="page-head">
                <h1>{say!(language, district.page)}</h1>
                <p class="lead">{say!(language, district.lead)}</p>
            </header>
            <div class="note info">
                <p class="note-title">{say!(language, search.platforms_none)}</p>
                <p>{say!(language, search.platforms_none_text)}</p>
                <p><a href=use_link("/company")>{say!(language, office.invite_platform)}</a></p>
            </div>
            <Companies waiting count />
        }
        .into_any());
    }
    // Each reads much, and none what another finds.
    let (report, demand, fair, capacity, waiting, count) = try_join!(
        backend.occupancy(quarter.clone()),
        backend.demand(quarter.clone()),
        backend.fairness_by_size(quarter),
        backend.free_capacity(),
        backend.waiting(PageQuery::default()),
        backend.waiting_count(),
    )?;
    // It is the one thing here that somebody waits for.
    let companies = view! { <Companies waiting count /> }.into_any();
    let (first, last) = if count > 0 { (Some(companies), None) } else { (None, Some(companies)) };
    Ok(view! {
        <PageTitle page=say!(language, district.page) />
        <header class="page-head">
            <h1>{say!(language, district.page)}</h1>
            <p class="lead">{say!(language, district.lead)}</p>
        </header>
        {first}
        <QuarterChooser quarter=report.quarter.clone() />
        <Headlines report=report.clone() demand=demand.clone() />
        <HeatMap report=report.clone() />
        <ByPlatform report=report.clone() />
        <ByForm offerings=report.offerings />
        <FreeCapacity capacity />
        <Demand offerings=demand.offerings />
        <FairBySize report=fair />
        {last}
    }
    .into_any())
}

/// The quarter in four figures.
#[component]
fn Headlines(report: OccupancyReport, demand: DemandReport) -> impl IntoView {
    let language = use_language();
    let whole = report.bookable_minutes;
    let share = |part: Option<i64>| part.and_then(|part| percent(part, whole));
    // Of the forms of which both can be told.
    let told = demand.offerings.iter().filter_map(|form| Some((form.unmet_minutes?, form.asked_minutes)));
    let (unmet, asked) = told.fold((0, 0), |sum, form| (sum.0 + form.0, sum.1 + form.1));
    let unmet = percent(unmet, asked);
    let figures = [
        (
            say!(language, district.committed),
            share(report.committed_minutes),
            say!(language, district.committed_what),
        ),
        (say!(language, district.held), share(report.held_minutes), say!(language, district.held_what)),
        (
            say!(language, district.bookable),
            Some(hours(language, whole)),
            say!(language, district.bookable_what),
        ),
        (say!(language, district.unmet), unmet, say!(language, district.unmet_what)),
    ];
    let figures = figures
        .into_iter()
        .map(|(name, value, what)| {
            let class = if value.is_some() { "figure-value" } else { "figure-value few-firms" };
            let value = value.unwrap_or_else(|| say!(language, district.too_few).to_owned());
            view! {
                <li class="panel figure">
                    <h2 class="figure-name">{name}</h2>
                    <p class=class>{value}</p>
                    <What text=what of=name />
                </li>
            }
        })
        .collect_view();
    view! { <ul class="headlines">{figures}</ul> }
}
