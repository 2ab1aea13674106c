//! A secret that is shown once.

use leptos::prelude::*;

/// `secret` is whole and easily selected, with scripts and without.
#[component]
pub fn Shown(title: String, text: String, secret: String) -> impl IntoView {
    view! {
        <div class="note good shown" role="status">
            <p class="note-title">{title.clone()}</p>
            <p>{text}</p>
            <input class="secret" type="text" readonly value=secret aria-label=title autofocus />
        </div>
    }
}
