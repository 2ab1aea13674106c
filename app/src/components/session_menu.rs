//! Who is signed in, and the ways in and out.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::switch::SwitchForm;
use crate::{
    api::SignOut,
    contract::Standing,
    language,
    request::{Reader, use_elsewhere, use_here, use_language, use_link, use_reader},
    words::{say, text},
};

#[component]
pub fn SessionMenu() -> impl IntoView {
    // Of who can't be made out nobody says that they are signed out.
    if use_context::<Reader>().is_none() {
        return ().into_any();
    }
    let language = use_language();
    let Some(reader) = use_reader() else {
        let here = language::link(language, &use_here());
        let href = sign_in_link(language, &here);
        return view! {
            <a class="quiet" href=use_link("/register")>{say!(language, session.register)}</a>
            <a class="button small" href=href>{say!(language, session.sign_in)}</a>
        }
        .into_any();
    };
    let unverified = (!reader.verified).then(|| {
        let words = match reader.standing {
            Standing::TurnedAway => say!(language, session.turned_away),
            Standing::Withdrawn => say!(language, session.withdrawn),
            Standing::Waiting | Standing::Verified => say!(language, session.unverified),
        };
        view! { <span class="tag warn">{words}</span> }
    });
    let firm = text(language, &reader.organisation_name);
    let others = use_elsewhere().into_iter().map(|one| view! { <SwitchForm one /> }).collect_view();
    view! {
        <details class="account">
            <summary class="who" title=reader.name.clone()>
                <span class="who-name">{reader.name.clone()}</span>
                <span class="who-firm">{firm.clone()} {unverified}</span>
            </summary>
            <div class="account-menu">
                <p class="who-full">{reader.name}</p>
                <p class="hint">{firm}</p>
                <p class="hint">{reader.email}</p>
                {others}
                <a href=use_link("/account")>{say!(language, nav.account)}</a>
                <a href=use_link("/company")>{say!(language, nav.organisation)}</a>
                <form method="post" action=SignOut::PATH>
                    <input type="hidden" name="next" value=use_link("/") />
                    <button class="button small quiet" type="submit">{say!(language, session.sign_out)}</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// The sign-in page that leads to `next` afterwards.
pub fn sign_in_link(language: language::Language, next: &str) -> String {
    sign_in_for(language, next, None)
}

/// The same for whoever acted for `organisation` before, and goes on for that one if they can.
pub fn sign_in_for(language: language::Language, next: &str, organisation: Option<Uuid>) -> String {
    // A page that one signs in from is never worth returning to.
    let next = if next.contains("/sign-in") { language::link(language, "/") } else { next.to_owned() };
    let mut parameters = leptos_router::params::ParamsMap::new();
    parameters.insert("next", next);
    if let Some(organisation) = organisation {
        parameters.insert("organisation", organisation.to_string());
    }
    language::link(language, &format!("/sign-in{}", parameters.to_query_string()))
}
