//! Forms that write.

use leptos::prelude::*;

use crate::{
    answered::HERE,
    backend::use_backend,
    language,
    request::{use_here, use_language},
};

/// A form that posts to the server function at `to` and comes back to this page if that fails.
#[component]
pub fn Post(to: &'static str, #[prop(optional)] class: &'static str, children: Children) -> impl IntoView {
    let here = language::link(use_language(), &use_here());
    view! {
        <form class=class method="post" action=to>
            <input type="hidden" name=HERE value=here />
            {children()}
        </form>
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
