//! A deadline or a beginning on the reader's clock, beside the plant's, where it would take room that others need.

use leptos::prelude::*;

use crate::{contract::Instant, islands::OwnTime, request::use_language};

/// Only whoever reads on another clock has it on the page.
#[component]
pub fn OwnMoment(at: Instant) -> impl IntoView {
    view! { <div class="own-only"><OwnTime language=use_language() start=at.0 end=at.0 /></div> }
}
