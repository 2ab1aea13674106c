//! A table of figures: what is committed and held of the time that can be booked, a row each.

use leptos::prelude::*;

use super::{meter::Meter, what::What};
use crate::{
    components::Key,
    contract::OccupancyCell,
    request::use_language,
    words::{hours, percent, say, text},
};

/// The panel named `id`: `title` with its definition, and one row a cell. `of` heads the first column; codes are shown
/// where they are `coded`.
#[component]
pub fn Figures(
    id: &'static str,
    title: &'static str,
    definition: String,
    of: &'static str,
    cells: Vec<OccupancyCell>,
    #[prop(optional)] coded: bool,
) -> impl IntoView {
    let language = use_language();
    let rows = cells.into_iter().map(|cell| view! { <Row cell coded /> }).collect_view();
    view! {
        <section class="panel" aria-labelledby=id>
            <header class="section-head">
                <h2 id=id>{title}</h2>
                <What text=definition of=title />
            </header>
            <p class="hint keys exact" aria-hidden="true">
                <Key class="part" words=say!(language, district.committed) />
                <Key class="more" words=say!(language, district.held) />
            </p>
            <table class="figures-table">
                <thead>
                    <tr>
                        <th scope="col">{of}</th>
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
fn Row(cell: OccupancyCell, coded: bool) -> impl IntoView {
    let language = use_language();
    let bookable = cell.bookable_minutes;
    let bar = cell.committed_minutes.map(|committed| {
        view! { <Meter part=committed more=cell.held_minutes.unwrap_or(0) whole=bookable /> }
    });
    let code = coded.then(|| view! { " " <span class="code">{cell.code}</span> });
    view! {
        <tr>
            <th scope="row">{text(language, &cell.name)}{code}</th>
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
fn Share(part: Option<i64>, whole: i64) -> impl IntoView {
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
