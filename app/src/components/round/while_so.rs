//! What ties a page about a call to the state that it was made in.

use leptos::prelude::*;

/// A part that the page loses when the call is in another `state`, be it by the clock: what may be done then is other
/// than what the page shows, which is loaded anew. It stands last, so that what is fresh is in place by then, whatever
/// somebody types.
#[component]
pub fn WhileSo(state: String) -> impl IntoView {
    view! { <span id=format!("while-{state}") data-live hidden></span> }
}
