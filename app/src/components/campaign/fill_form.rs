//! What a request lacks that the platform booked, to be filled in by either side.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    draft::draft_of,
    request_form::{Booked, Fields, Wrong, meanwhile},
};
use crate::{
    api::FillIn,
    components::{Complaints, Post, is_own_production},
    contract::{BookingView, OrganisationKind},
    language::Language,
    request::{use_failure, use_language, use_reader, use_typed},
    words::{check, moment, say},
};

/// The request's form, where the reader may fill it in; open while something is lacking or wrong.
#[component]
pub fn FillForm(booking: BookingView) -> impl IntoView {
    if !booking.may("fill_in") {
        return ().into_any();
    }
    let language = use_language();
    let failed = use_failure::<FillIn>();
    let typed = use_typed::<FillIn>();
    let details = typed.map_or_else(|| booking.details.clone(), |typed| draft_of(&typed));
    provide_context(Wrong(failed.clone()));
    let open = failed.is_some() || !booking.unmet.is_empty();
    let meanwhile = meanwhile(failed.as_ref(), &booking.details, &details);
    let lacking = lacking(language, &booking).map(|words| view! { <p class="note warn">{words}</p> });
    let summary = failed.map(|failure| view! { <Complaints failure /> });
    let booked = booked(language, &booking);
    let marked = (!booked.needed.is_empty()).then(|| view! { " " {say!(language, request.fill_in_marked)} });
    view! {
        <details class="request" id="fill-in" open=open>
            <summary><strong>{say!(language, request.fill_in)}</strong></summary>
            <p class="hint">{say!(language, request.fill_in_lead)} {marked}</p>
            {lacking}
            {summary}
            {meanwhile}
            <Post class="sections" to=FillIn::PATH>
                <Fields booking=booking.clone() details booked=Some(booked) />
                <div class="form-foot">
                    <p class="hint">{say!(language, request.fill_in_evidence)}</p>
                    <button class="button" type="submit">{say!(language, request.fill_in_save)}</button>
                </div>
            </Post>
        </details>
    }
    .into_any()
}

/// What the form marks, and how it speaks to whoever fills it in.
fn booked(language: Language, booking: &BookingView) -> Booked {
    let own = is_own_production(booking);
    let platforms = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    // With itself a platform agrees on nothing, and it knows when its own materials are there.
    let needed: &[&str] = match (own, booking.gmp) {
        (true, _) => &[],
        (false, false) => &["materials_on", "confidentiality"],
        (false, true) => &["materials_on", "confidentiality", "quality"],
    };
    let order = match (platforms, own) {
        (false, _) => None,
        (true, true) => Some(say!(language, desk.own_order_number)),
        (true, false) => Some(say!(language, desk.order_number)),
    };
    Booked { needed, order }
}

/// What a request lacks, by the names of the checks, and by when; `None` if nothing.
pub fn lacking(language: Language, booking: &BookingView) -> Option<String> {
    let checks: Vec<String> = booking.unmet.iter().map(|name| check(language, name)).collect();
    let start = booking.steps.iter().map(|step| step.start).min()?;
    if checks.is_empty() {
        return None;
    }
    let checks = checks.join(say!(language, term.semicolon));
    Some(say!(language, campaign.due.lacking, what = checks, moment = moment(language, start)).to_string())
}
