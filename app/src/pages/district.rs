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
    request::{use_language, use_link, use_parameters, use_reader},
    words::{hours, moment, percent, say, text},
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
    let waits = count > 0;
    let (first, last) = if waits { (Some(companies), None) } else { (None, Some(companies)) };
    // On paper it says who had it, and when it was so.
    let whose = use_reader().map(|reader| text(language, &reader.organisation_name));
    let at = say!(language, desk.printed_at, when = moment(language, report.now)).to_string();
    let printed = whose.into_iter().chain([at]).collect::<Vec<_>>().join(" · ");
    Ok(view! {
        <PageTitle page=say!(language, district.page) />
        <header class="page-head">
            <h1>{say!(language, district.page)}</h1>
            <p class="lead">{say!(language, district.lead)}</p>
            <p class="hint only-print">{printed}</p>
            <Parts waits />
        </header>
        {first}
        <QuarterChooser quarter=report.quarter.clone() />
        <Headlines report=report.clone() demand=demand.clone() />
        <HeatMap report=report.clone() />
        <ByPlatform report=report.clone() />
        <ByForm offerings=report.offerings />
        <Demand offerings=demand.offerings searched=demand.searched />
        <FairBySize report=fair />
        {last}
        <FreeCapacity capacity />
    }
    .into_any())
}

/// The ways to the page's parts, in their order: on a phone they are far from each other. Where somebody `waits` to be
/// verified, that comes first.
#[component]
fn Parts(waits: bool) -> impl IntoView {
    let language = use_language();
    let companies = ("waiting", say!(language, district.waiting));
    let (first, last) = if waits { (Some(companies), None) } else { (None, Some(companies)) };
    let figures = [
        ("map", say!(language, district.map)),
        ("platforms", say!(language, district.by_platform)),
        ("forms", say!(language, district.by_form)),
        ("demand", say!(language, district.demand)),
        ("fair", say!(language, district.fair)),
    ];
    let free = ("free", say!(language, district.free));
    let ways = first.into_iter().chain(figures).chain(last).chain([free]);
    let ways = ways.map(|(id, name)| view! { <li><a href=format!("#{id}")>{name}</a></li> }).collect_view();
    view! { <nav aria-label=say!(language, district.parts)><ul class="onwards">{ways}</ul></nav> }
}

/// The quarter in four figures.
#[component]
fn Headlines(report: OccupancyReport, demand: DemandReport) -> impl IntoView {
    let language = use_language();
    let whole = report.bookable_minutes;
    let share = |part: Option<i64>| match part {
        Some(part) => percent(part, whole).map_or(Figure::Shut, Figure::Known),
        None => Figure::Few,
    };
    let unmet = unmet(&demand);
    let figures = [
        (
            say!(language, district.committed),
            share(report.committed_minutes),
            say!(language, district.committed_what),
        ),
        (say!(language, district.held), share(report.held_minutes), say!(language, district.held_what)),
        (
            say!(language, district.bookable),
            Figure::Known(hours(language, whole)),
            say!(language, district.bookable_what),
        ),
        (say!(language, district.unmet), unmet, say!(language, district.unmet_what)),
    ];
    let figures = figures
        .into_iter()
        .map(|(name, value, what)| {
            let (class, value) = match value {
                Figure::Known(value) => ("figure-value", value),
                Figure::Shut => ("figure-value few-firms", say!(language, district.no_time).to_owned()),
                Figure::Few => ("figure-value few-firms", say!(language, district.too_few).to_owned()),
                Figure::Nobody => {
                    ("figure-value few-firms", say!(language, district.unmet_nobody).to_owned())
                }
                Figure::Partly => {
                    ("figure-value few-firms", say!(language, district.unmet_partly).to_owned())
                }
            };
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

/// What is told of a figure.
#[derive(Debug, PartialEq, Eq)]
enum Figure {
    Known(String),
    /// No line is open.
    Shut,
    /// It would tell about fewer than three firms.
    Few,
    /// Nobody searched.
    Nobody,
    /// What is withheld would make it false.
    Partly,
}

/// The share of what was asked for that found no place, of the forms of which both can be told: where these are not
/// most of what was asked for, or none of it is theirs, it would be taken for what is true of all.
fn unmet(demand: &DemandReport) -> Figure {
    if !demand.searched {
        return Figure::Nobody;
    }
    let told = demand.offerings.iter().filter_map(|form| Some((form.unmet_minutes?, form.asked_minutes)));
    let (unmet, asked) = told.fold((0, 0), |sum, form| (sum.0 + form.0, sum.1 + form.1));
    let all: i64 = demand.offerings.iter().map(|form| form.asked_minutes).sum();
    let Some(share) = percent(unmet, asked) else { return Figure::Few };
    let partly = asked < all;
    if partly && (unmet == 0 || asked * 2 < all) { Figure::Partly } else { Figure::Known(share) }
}

#[cfg(test)]
mod tests {
    use super::{Figure, unmet};
    use crate::contract::{DemandReport, DemandView, QuarterView, TextView};

    fn report(forms: &[(i64, Option<i64>)]) -> DemandReport {
        let form = |(asked_minutes, unmet_minutes): &(i64, Option<i64>)| DemandView {
            offering: "TAB".to_owned(),
            name: TextView { zh: String::new(), en: String::new() },
            searches: 3,
            unmet: unmet_minutes.map(|_| 1),
            asked_minutes: *asked_minutes,
            unmet_minutes: *unmet_minutes,
            lead_median_weeks: None,
            lead_p90_weeks: None,
            reasons: Vec::new(),
        };
        let day = || "2026-09-28".to_owned();
        let quarter = QuarterView {
            quarter: "2026-4".to_owned(),
            from: day(),
            to: day(),
            previous: None,
            next: None,
            weeks: Vec::new(),
        };
        DemandReport { quarter, searched: true, offerings: forms.iter().map(form).collect() }
    }

    #[test]
    fn what_is_withheld_makes_no_figure_false() {
        let known = |share: &str| Figure::Known(share.to_owned());
        assert_eq!(unmet(&report(&[(100, Some(25)), (100, Some(0))])), known("13%"));
        assert_eq!(unmet(&report(&[(100, Some(0))])), known("0%"), "that is so");
        assert_eq!(
            unmet(&report(&[(100, Some(0)), (10, None)])),
            Figure::Partly,
            "of the other it may not be"
        );
        assert_eq!(unmet(&report(&[(100, Some(25)), (10, None)])), known("25%"), "most of it is known");
        assert_eq!(unmet(&report(&[(100, Some(25)), (110, None)])), Figure::Partly);
        assert_eq!(unmet(&report(&[(100, None)])), Figure::Few);
        assert_eq!(unmet(&DemandReport { searched: false, ..report(&[]) }), Figure::Nobody);
    }
}
