//! How full the platforms are in the quarter.

use leptos::prelude::*;

use super::{meter::Meter, what::What};
use crate::{
    contract::{OccupancyCell, OccupancyReport},
    request::use_language,
    words::{hours, percent, say, text},
};

#[component]
pub fn ByPlatform(report: OccupancyReport) -> impl IntoView {
    let language = use_language();
    let rows = report
        .platforms
        .iter()
        .map(|platform| view! { <Row cell=platform.quarter.clone() /> })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="platforms">
            <header class="section-head">
                <h2 id="platforms">{say!(language, district.by_platform)}</h2>
                <What
                    text=format!("{}\n\n{}", say!(language, district.committed_what), say!(language, district.held_what))
                    of=say!(language, district.by_platform)
                />
            </header>
            <table class="figures-table">
                <thead>
                    <tr>
                        <th scope="col">{say!(language, district.platform)}</th>
                        <th scope="col" class="number">{say!(language, district.committed)}</th>
                        <th scope="col" class="number">{say!(language, district.held)}</th>
                        <th scope="col" class="number">{say!(language, district.bookable)}</th>
                        <td class="wide"></td>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

#[component]
fn Row(cell: OccupancyCell) -> impl IntoView {
    let language = use_language();
    let bookable = cell.bookable_minutes;
    let bar = cell.committed_minutes.map(|committed| {
        view! { <Meter part=committed more=cell.held_minutes.unwrap_or(0) whole=bookable /> }
    });
    view! {
        <tr>
            <th scope="row">{text(language, &cell.name)}</th>
            <td class="number" data-label=say!(language, district.committed)>
                <Share part=cell.committed_minutes whole=bookable />
            </td>
            <td class="number" data-label=say!(language, district.held)>
                <Share part=cell.held_minutes whole=bookable />
            </td>
            <td class="number" data-label=say!(language, district.bookable)>{hours(language, bookable)}</td>
            <td class="wide">{bar}</td>
        </tr>
    }
    .into_any()
}

/// A share in digits, or why there is none.
#[component]
pub fn Share(part: Option<i64>, whole: i64) -> impl IntoView {
    let language = use_language();
    match part.map(|part| percent(part, whole)) {
        Some(Some(share)) => share.into_any(),
        Some(None) => view! { <span class="quiet">{say!(language, district.no_time)}</span> }.into_any(),
        None => view! {
            <abbr class="quiet" title=say!(language, district.too_few)>{say!(language, district.too_few_short)}</abbr>
        }
        .into_any(),
    }
}
