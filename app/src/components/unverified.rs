//! What a company that nobody has verified yet sees in the place of what it may not do.

use leptos::prelude::*;

use crate::{
    request::{use_language, use_link},
    words::say,
};

/// That it has to be verified first, and where to see how that stands.
#[component]
pub fn Unverified() -> impl IntoView {
    let language = use_language();
    view! {
        <p class="hint unverified">
            {say!(language, offer.unverified)} " "
            <a href=use_link("/verification")>{say!(language, offer.unverified_link)}</a>
        </p>
    }
}
