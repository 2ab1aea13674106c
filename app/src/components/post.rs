//! Forms that write.

use leptos::prelude::*;

use crate::{
    answered::{FOR, HERE},
    backend::use_backend,
    language,
    request::{use_here, use_language, use_reader},
};

/// A form that posts to the server function at `to` and comes back to this page if that fails.
#[component]
pub fn Post(to: &'static str, #[prop(optional)] class: &'static str, children: Children) -> impl IntoView {
    view! {
        <form class=class method="post" action=to>
            <Stand />
            {children()}
        </form>
    }
}

/// The page on which a form stands, and the organisation for which it is filled in: sent for another one, because the
/// reader acts for that by then, it isn't carried out.
#[component]
pub fn Stand() -> impl IntoView {
    let here = language::link(use_language(), &use_here());
    let whose = use_reader().map(|reader| {
        view! { <input type="hidden" name=FOR value=reader.organisation.to_string() /> }
    });
    view! {
        <input type="hidden" name=HERE value=here />
        {whose}
    }
}

/// What a form whose work takes a while says while it is on its way.
#[component]
pub fn LongWork(words: &'static str) -> impl IntoView {
    view! { <p class="long-work" role="status"><progress aria-label=words></progress> {words}</p> }
}

/// The idempotency key of a form: a double click does once what it asks for.
#[component]
pub fn Once() -> impl IntoView {
    view! { <input type="hidden" name="key" value=use_backend().form_key() /> }
}
