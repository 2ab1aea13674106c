//! What was searched for, and what found no place.

use leptos::prelude::*;

use super::what::What;
use crate::{
    contract::{DemandView, UnmetReason},
    request::use_language,
    words::{grouped, hours, reason, say, text, whole_days},
};

/// Reasons told for one form.
const REASONS: usize = 3;

/// The most searches without an offer first.
#[component]
pub fn Demand(mut offerings: Vec<DemandView>) -> impl IntoView {
    let language = use_language();
    offerings.sort_by_key(|form| (form.unmet.map(|unmet| -unmet), -form.searches));
    let content = if offerings.is_empty() {
        view! { <p class="hint">{say!(language, district.demand_none)}</p> }.into_any()
    } else {
        let rows = offerings.into_iter().map(|form| view! { <Row form /> }).collect_view();
        view! {
            <table class="figures-table demand">
                <thead>
                    <tr>
                        <th scope="col">{say!(language, district.form)}</th>
                        <th scope="col" class="number">{say!(language, district.searches)}</th>
                        <th scope="col" class="number">{say!(language, district.without)}</th>
                        <th scope="col" class="number">{say!(language, district.hours_unmet)}</th>
                        <th scope="col">{say!(language, district.lead_time)}</th>
                        <th scope="col">{say!(language, district.reasons)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="panel" aria-labelledby="demand">
            <header class="section-head">
                <h2 id="demand">{say!(language, district.demand)}</h2>
                <What text=say!(language, district.demand_what) of=say!(language, district.demand) />
            </header>
            {content}
        </section>
    }
    .into_any()
}

#[component]
fn Row(form: DemandView) -> impl IntoView {
    let language = use_language();
    let count = |number: i64| grouped(number.unsigned_abs());
    let lead = form
        .lead_median_minutes
        .zip(form.lead_p90_minutes)
        .map(|(median, p90)| format!("{} · {}", whole_days(language, median), whole_days(language, p90)));
    let hidden = || say!(language, district.too_few_short).to_owned();
    let unmet = form.unmet.map_or_else(hidden, count);
    let unmet_hours = form.unmet_minutes.map_or_else(hidden, |minutes| hours(language, minutes));
    // Those that can be told; if none can, that is said once.
    let told = form.reasons.iter().filter(|one| one.searches.is_some()).take(REASONS);
    let reasons = told.map(|one| view! { <Reason one=one.clone() /> }).collect_view();
    let silent = !form.reasons.is_empty() && form.reasons.iter().all(|one| one.searches.is_none());
    let few = silent.then(|| view! { <li>{say!(language, district.too_few)}</li> });
    view! {
        <tr>
            <th scope="row">{text(language, &form.name)} <span class="code">{form.offering}</span></th>
            <td class="number" data-label=say!(language, district.searches)>{count(form.searches)}</td>
            <td class="number" data-label=say!(language, district.without)>{unmet}</td>
            <td class="number" data-label=say!(language, district.hours_unmet)>{unmet_hours}</td>
            <td class="when" data-label=say!(language, district.lead_time)>{lead}</td>
            <td data-label=say!(language, district.reasons)><ul class="reasons">{reasons} {few}</ul></td>
        </tr>
    }
    .into_any()
}

#[component]
fn Reason(one: UnmetReason) -> impl IntoView {
    let language = use_language();
    let words = reason(language, &one.reason).trim_end_matches(['.', '。']);
    let count = grouped(one.searches.unwrap_or(0).unsigned_abs());
    view! { <li>{say!(language, district.reason_count, reason = words, count = count).to_string()}</li> }
}
