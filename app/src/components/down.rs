//! That a campaign can't run where it stands, since a line is down.

use leptos::prelude::*;

use crate::{
    contract::{OrganisationKind, OutageView},
    request::{use_language, use_reader},
    words::{dated_span, outage, say, text},
};

/// When and why lines of it are down; nothing if none is. Its owner reads what that means for it.
#[component]
pub fn Down(outages: Vec<OutageView>) -> impl IntoView {
    let language = use_language();
    let owns = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Company);
    let rows = outages
        .iter()
        .map(|one| {
            let when = dated_span(language, one.from, one.until);
            view! {
                <li>
                    <span class="when">{when}</span> " · " {text(language, &one.line_name)} " · "
                    <strong>{outage(language, &one.kind)}</strong>
                    <q class="said">{one.reason.clone()}</q>
                </li>
            }
        })
        .collect_view();
    let note = (!outages.is_empty()).then(|| {
        let next = owns.then(|| view! { <p>{say!(language, booking.down_next)}</p> });
        view! {
            <section class="note warn down" aria-labelledby="down-head">
                <h2 id="down-head" class="note-title">{say!(language, booking.down)}</h2>
                <ul class="troubles">{rows}</ul>
                {next}
            </section>
        }
    });
    view! { <div id="down" data-live>{note}</div> }
}
