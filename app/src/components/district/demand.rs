//! What was searched for, and what found no place.

use leptos::prelude::*;

use super::{order::place, what::What};
use crate::{
    contract::{DemandView, UnmetReason},
    request::use_language,
    words::{grouped, hours, reason, say, text, whole_weeks},
};

/// Reasons told for one form.
const REASONS: usize = 3;

/// In the order of all tables of forms; those of which nothing but the searches can be told are summed up.
#[component]
pub fn Demand(
    mut offerings: Vec<DemandView>,
    /// Whether anybody searched at all.
    searched: bool,
) -> impl IntoView {
    let language = use_language();
    offerings.sort_by_key(|form| place(&form.offering));
    let (told, silent): (Vec<_>, Vec<_>) = offerings.into_iter().partition(tells);
    let content = if !searched {
        view! { <p class="hint">{say!(language, district.demand_nobody)}</p> }.into_any()
    } else if told.is_empty() && silent.is_empty() {
        view! { <p class="hint">{say!(language, district.demand_none)}</p> }.into_any()
    } else {
        view! { <Told told /> <Silent silent /> }.into_any()
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

/// Whether anything can be told of a form but how often it was searched for.
fn tells(form: &DemandView) -> bool {
    form.unmet.is_some() || form.lead_median_weeks.is_some()
}

#[component]
fn Told(told: Vec<DemandView>) -> impl IntoView {
    let language = use_language();
    if told.is_empty() {
        return ().into_any();
    }
    let withheld = told.iter().any(|form| form.unmet.is_none() || form.lead_median_weeks.is_none());
    let note = withheld.then(|| view! { <p class="hint">{say!(language, district.demand_note)}</p> });
    let rows = told.into_iter().map(|form| view! { <Row form /> }).collect_view();
    view! {
        <table class="figures-table demand">
            <thead>
                <tr>
                    <th scope="col">{say!(language, district.form)}</th>
                    <th scope="col" class="number">{say!(language, district.searches)}</th>
                    <th scope="col" class="number">{say!(language, district.without)}</th>
                    <th scope="col" class="number">{say!(language, district.hours_unmet)}</th>
                    <th scope="col" class="apart">{say!(language, district.lead_time)}</th>
                    <th scope="col">{say!(language, district.reasons)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        {note}
    }
    .into_any()
}

/// The forms of which only the searches can be told, in one line.
#[component]
fn Silent(silent: Vec<DemandView>) -> impl IntoView {
    let language = use_language();
    if silent.is_empty() {
        return ().into_any();
    }
    let forms = silent
        .iter()
        .map(|form| {
            let (name, count) = (text(language, &form.name), grouped(form.searches.unsigned_abs()));
            say!(language, district.reason_count, reason = name, count = count).to_string()
        })
        .collect::<Vec<_>>()
        .join(" · ");
    let words = match silent.len() {
        1 => say!(language, district.demand_more_one, forms = forms).to_string(),
        count => say!(language, district.demand_more, count = count, forms = forms).to_string(),
    };
    view! { <p class="hint">{words}</p> }.into_any()
}

#[component]
fn Row(form: DemandView) -> impl IntoView {
    let language = use_language();
    let count = |number: i64| grouped(number.unsigned_abs());
    let hidden = || say!(language, district.too_few_short).to_owned();
    let lead = form
        .lead_median_weeks
        .zip(form.lead_p90_weeks)
        .map(|(median, p90)| format!("{} · {}", whole_weeks(language, median), whole_weeks(language, p90)));
    let lead = lead.unwrap_or_else(hidden);
    let unmet = form.unmet.map_or_else(hidden, count);
    let unmet_hours = form.unmet_minutes.map_or_else(hidden, |minutes| hours(language, minutes));
    // Those that can be told; if none can, that is said once.
    let told = form.reasons.iter().filter(|one| one.searches.is_some()).take(REASONS);
    let reasons = told.map(|one| view! { <Reason one=one.clone() /> }).collect_view();
    let silent = !form.reasons.is_empty() && form.reasons.iter().all(|one| one.searches.is_none());
    let few = silent.then(|| view! { <li class="all-withheld">{hidden()}</li> });
    view! {
        <tr>
            <th scope="row">{text(language, &form.name)} <span class="code">{form.offering}</span></th>
            <td class="number" data-label=say!(language, district.searches)>{count(form.searches)}</td>
            <td class="number" data-label=say!(language, district.without)>{unmet}</td>
            <td class="number" data-label=say!(language, district.hours_unmet)>{unmet_hours}</td>
            <td class="when apart" data-label=say!(language, district.lead_time)>{lead}</td>
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

#[cfg(test)]
mod tests {
    use super::tells;
    use crate::contract::{DemandView, TextView};

    #[test]
    fn a_form_of_which_only_the_searches_are_told_has_no_row() {
        let form = DemandView {
            offering: "TAB".to_owned(),
            name: TextView { zh: String::new(), en: String::new() },
            searches: 4,
            unmet: None,
            asked_minutes: 100,
            unmet_minutes: None,
            lead_median_weeks: None,
            lead_p90_weeks: None,
            reasons: Vec::new(),
        };
        assert!(!tells(&form));
        assert!(tells(&DemandView { unmet: Some(0), ..form.clone() }));
        assert!(tells(&DemandView { lead_median_weeks: Some(1), ..form }));
    }
}
