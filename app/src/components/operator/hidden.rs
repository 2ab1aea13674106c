//! What every form of the desk sends along.

use leptos::prelude::*;

use crate::{backend::use_backend, components::Stand};

/// The page that it stands on and for whom, the id of what it is about, where to go afterwards, and the key that makes
/// a double click one deed.
#[component]
pub fn Hidden(#[prop(into)] id: String, next: String) -> impl IntoView {
    view! {
        <Stand />
        <input type="hidden" name="id" value=id />
        <input type="hidden" name="next" value=next />
        <input type="hidden" name="key" value=use_backend().form_key() />
    }
}
