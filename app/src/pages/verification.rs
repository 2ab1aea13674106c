//! How far the own company's verification is, and what can be done meanwhile.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{PageTitle, StandingNote, loaded},
    contract::{Standing, VerificationView},
    request::{use_language, use_link},
    words::say,
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
    let standing = state.standing;
    let (heading, search) = if standing == Standing::Verified {
        (say!(language, register.onwards), say!(language, register.onwards_search_text))
    } else {
        (say!(language, register.meanwhile), say!(language, register.meanwhile_search_text))
    };
    view! {
        <PageTitle page=say!(language, register.state) />
        <section class="narrow wide">
            <h1>{say!(language, register.state)}</h1>
            <StandingNote state />
            <div id="progress" data-live>
                <Progress standing />
            </div>
            <section id="onwards" data-live aria-labelledby="meanwhile">
                <h2 id="meanwhile">{heading}</h2>
                <ul class="ways-on">
                    <li class="panel">
                        <a href=use_link("/")>{say!(language, register.meanwhile_search)}</a>
                        <span class="hint">{search}</span>
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
