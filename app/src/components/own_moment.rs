//! A deadline or a beginning on the reader's clock, beside the plant's, where it would take room that others need.

use leptos::prelude::*;

use crate::{
    contract::Instant,
    islands::OwnTime,
    request::use_language,
    words::{moment, say},
};

/// Only whoever reads on another clock has it on the page. What it will say is known there alone: the same on the
/// plant's clock, which nobody sees, keeps as many lines for it, so that nothing jumps.
#[component]
pub fn OwnMoment(at: Instant) -> impl IntoView {
    let language = use_language();
    let room = say!(language, find.own_moment, at = moment(language, at)).to_string();
    view! {
        <div class="own-only">
            <p class="own-room" aria-hidden="true">{room}</p>
            <OwnTime language start=at.0 end=at.0 />
        </div>
    }
}
