//! What was sent came too late, as somebody did something else meanwhile: in another window, or a colleague, or the
//! platform.

use leptos::prelude::*;

use super::{details::Details, draft::draft_of};
use crate::{
    api::{FillIn, SaveDraft, SendRequest, Withdraw},
    contract::{EventView, Failure},
    request::{use_failure, use_language, use_typed},
    words::{acted, happened, moment, refusal, say},
};

/// Says what happened `last`, and keeps what was typed; nothing unless a form of the booking was refused for that.
#[component]
pub fn Overtaken(last: Option<EventView>) -> impl IntoView {
    let language = use_language();
    let failure = use_failure::<SendRequest>()
        .or_else(use_failure::<SaveDraft>)
        .or_else(use_failure::<FillIn>)
        .or_else(use_failure::<Withdraw>);
    let Some(Failure::Refused { refusal: why }) = failure else { return ().into_any() };
    let what = last.map(|last| {
        view! {
            <p>
                <strong>{happened(language, &last.action)}</strong>
                " · "
                {moment(language, last.at)}
                " · "
                {acted(language, &last.by)}
            </p>
        }
    });
    let typed = use_typed::<SendRequest>().or_else(use_typed::<SaveDraft>).or_else(use_typed::<FillIn>);
    let typed = typed.map(|typed| {
        let title = say!(language, campaign.overtaken_typed);
        view! { <Details id="typed" title details=draft_of(&typed) /> }
    });
    view! {
        <div class="note warn overtaken" role="alert">
            <p class="note-title">{say!(language, campaign.overtaken)}</p>
            {what}
            <p class="hint">{refusal(language, &why)}</p>
            {typed}
        </div>
    }
    .into_any()
}
