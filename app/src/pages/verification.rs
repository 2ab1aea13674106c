//! How far the own company's verification is, and what can be done meanwhile.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{PageTitle, SubmitAgainForm, loaded},
    contract::{Standing, VerificationView},
    request::{use_language, use_link},
    words::{date, say, text},
};

/// `/verification`
#[component]
pub fn VerificationPage() -> impl IntoView {
    loaded(async move { use_backend().verification().await }, |state| view! { <Verification state /> })
        .into_any()
}

#[component]
fn Verification(state: VerificationView) -> impl IntoView {
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
        view! {
            <blockquote>{reason}</blockquote>
            <p><a href=use_link("/company")>{say!(language, register.state_rejected_next)}</a></p>
            <SubmitAgainForm />
        }
    });
    view! {
        <PageTitle page=say!(language, register.state) />
        <section class="narrow wide">
            <h1>{say!(language, register.state)}</h1>
            <div class=class id="state" data-live>
                <p class="note-title">{heading}</p>
                <p>{words}</p>
                {reason}
            </div>
            <div id="progress" data-live>
                <Progress standing=state.standing />
            </div>
            <section aria-labelledby="meanwhile">
                <h2 id="meanwhile">{say!(language, register.meanwhile)}</h2>
                <ul class="ways-on">
                    <li class="panel">
                        <a href=use_link("/")>{say!(language, register.meanwhile_search)}</a>
                        <span class="hint">{say!(language, register.meanwhile_search_text)}</span>
                    </li>
                    <li class="panel">
                        <a href=use_link("/company")>{say!(language, register.meanwhile_people)}</a>
                        <span class="hint">{say!(language, register.meanwhile_people_text)}</span>
                    </li>
                </ul>
            </section>
        </section>
    }
    .into_any()
}

/// The three steps, with where one is said in words too.
#[component]
fn Progress(standing: Standing) -> impl IntoView {
    let language = use_language();
    let verified = standing == Standing::Verified;
    let (done, now, later) =
        (say!(language, register.done), say!(language, register.now), say!(language, register.later));
    let steps = [
        (say!(language, register.step_registered), "done", done),
        if verified {
            (say!(language, register.step_checked), "done", done)
        } else {
            let state = match standing {
                Standing::TurnedAway => say!(language, register.turned_away),
                Standing::Withdrawn => say!(language, register.withdrawn),
                Standing::Waiting | Standing::Verified => now,
            };
            (say!(language, register.step_checked), "now", state)
        },
        if verified {
            (say!(language, register.step_books), "now", now)
        } else {
            (say!(language, register.step_books), "later", later)
        },
    ];
    let steps = steps
        .into_iter()
        .map(|(name, class, state)| {
            let current = (class == "now").then_some("step");
            view! { <li class=class aria-current=current><strong>{name}</strong> <span class="hint">{state}</span></li> }
        })
        .collect_view();
    view! {
        <h2 class="sr">{say!(language, register.steps)}</h2>
        <ol class="progress">{steps}</ol>
    }
    .into_any()
}
