//! Going ahead of those who wait, for a reason, with what a platform's people book or move.

use leptos::prelude::*;

use super::field::Field;
use crate::{request::use_language, words::say};

/// The folded field, of which a page may have several: `id` tells them apart.
#[component]
pub fn Ahead(
    #[prop(into)] id: String,
    /// As typed before it was refused.
    value: String,
    /// What is wrong with it.
    complaint: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let open = complaint.is_some() || !value.is_empty();
    let described = format!("{id}-hint {id}-problem");
    view! {
        <details class="act-more" open=open>
            <summary>{say!(language, desk.ahead)}</summary>
            <Field id=id.clone() label=say!(language, desk.ahead_why) hint=say!(language, desk.ahead_hint) complaint>
                <input id=id name="ahead" autocomplete="off" value=value aria-describedby=described />
            </Field>
        </details>
    }
}
