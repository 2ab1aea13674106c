//! How far the own company's verification is, in the same words wherever that is told.

use leptos::prelude::*;

use super::SubmitAgainForm;
use crate::{
    contract::{Standing, VerificationView},
    request::{use_language, use_link},
    words::{date, say, text},
};

#[component]
pub fn StandingNote(
    state: VerificationView,
    /// Whether what is wrong can be corrected on this very page.
    #[prop(optional)]
    here: bool,
) -> impl IntoView {
    let language = use_language();
    let company = text(language, &state.company);
    let turned_away = || date(language, state.rejected_at.unwrap_or(state.registered_at));
    let (class, heading, words) = match state.standing {
        Standing::Verified => {
            let day = date(language, state.verified_at.unwrap_or(state.registered_at));
            let words =
                say!(language, register.state_verified_text, company = company, day = day).to_string();
            ("note good", say!(language, register.state_verified), words)
        }
        Standing::TurnedAway => {
            let day = turned_away();
            let words =
                say!(language, register.state_rejected_text, company = company, day = day).to_string();
            ("note bad", say!(language, register.state_rejected), words)
        }
        Standing::Withdrawn => {
            let day = turned_away();
            let words =
                say!(language, register.state_withdrawn_text, company = company, day = day).to_string();
            ("note bad", say!(language, register.state_withdrawn), words)
        }
        Standing::Waiting => {
            let words = match state.submitted_at {
                Some(at) => {
                    let day = date(language, at);
                    say!(language, register.state_again_text, company = company, day = day).to_string()
                }
                None => {
                    let day = date(language, state.registered_at);
                    say!(language, register.state_waiting_text, company = company, day = day).to_string()
                }
            };
            ("note info", say!(language, register.state_waiting), words)
        }
    };
    let reason = state.reason.clone().filter(|_| state.verified_at.is_none()).map(|reason| {
        let correct = (!here).then(|| {
            view! { <p><a href=use_link("/company")>{say!(language, register.state_rejected_next)}</a></p> }
        });
        view! {
            <blockquote>{reason}</blockquote>
            {correct}
            <SubmitAgainForm />
        }
    });
    view! {
        <div class=class id="state" data-live>
            <p class="note-title">{heading}</p>
            <p>{words}</p>
            {reason}
        </div>
    }
    .into_any()
}
