//! What a request lacks that the platform booked, to be filled in by either side.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    draft::draft_of,
    request_form::{Fields, Wrong, meanwhile},
};
use crate::{
    api::FillIn,
    components::{Complaints, Post},
    contract::BookingView,
    language::Language,
    request::{use_failure, use_language, use_typed},
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
    view! {
        <details class="request" id="fill-in" open=open>
            <summary><strong>{say!(language, request.fill_in)}</strong></summary>
            <p class="hint">{say!(language, request.fill_in_lead)}</p>
            {lacking}
            {summary}
            {meanwhile}
            <Post class="sections" to=FillIn::PATH>
                <Fields booking=booking.clone() details />
                <div class="form-foot">
                    <p class="hint">{say!(language, request.fill_in_evidence)}</p>
                    <button class="button" type="submit">{say!(language, request.fill_in_save)}</button>
                </div>
            </Post>
        </details>
    }
    .into_any()
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
