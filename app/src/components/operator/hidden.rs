//! What every form of the desk sends along.

use leptos::prelude::*;

use crate::{
    answered::HERE,
    backend::use_backend,
    language,
    request::{use_here, use_language},
};

/// The page that it stands on, the id of what it is about, where to go afterwards, and the key that makes a double
/// click one deed.
#[component]
pub fn Hidden(#[prop(into)] id: String, next: String) -> impl IntoView {
    let here = language::link(use_language(), &use_here());
    view! {
        <input type="hidden" name=HERE value=here />
        <input type="hidden" name="id" value=id />
        <input type="hidden" name="next" value=next />
        <input type="hidden" name="key" value=use_backend().form_key() />
    }
}
