//! What was checked, and how it came out.

use leptos::prelude::*;

use crate::{
    contract::{CheckOutcome, CheckView},
    request::use_language,
    words::{check, date, moment, refusal, say},
};

#[component]
pub fn Checks(checks: Vec<CheckView>) -> impl IntoView {
    let language = use_language();
    let rows = checks
        .into_iter()
        .map(|one| {
            let (class, words) = match one.outcome {
                CheckOutcome::Passed => ("check passed", say!(language, desk.passed)),
                CheckOutcome::Open => ("check open", say!(language, desk.open)),
                CheckOutcome::Failed => ("check failed", say!(language, desk.failed)),
                CheckOutcome::NotNeeded => ("check spare", say!(language, desk.not_needed)),
            };
            let why = one.refusal.map(|why| view! { <p class="hint">{refusal(language, &why)}</p> });
            let at = one.at.map(|at| {
                // Materials arrive on a day, the rest happened at a moment.
                let words = if one.name == "materials" { date(language, at) } else { moment(language, at) };
                view! { <span class="hint when">{words}</span> }
            });
            view! {
                <li class=class>
                    <span class="check-name">{check(language, &one.name)} " " {at}</span>
                    <span class="check-outcome">{words}</span>
                    {why}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="checks">{rows}</ul> }
}
