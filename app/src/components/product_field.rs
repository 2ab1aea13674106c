//! What a firm calls the product that it asks a place for.

use leptos::prelude::*;

use crate::{request::use_language, words::say};

/// The field, of which a page may have several: `id` tells them apart.
#[component]
pub fn ProductField(
    id: String,
    #[prop(optional)] code: String,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    complaint: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let told = format!("{id}-problem");
    view! {
        <div class="hold-product">
            <label for=id.clone()>{say!(language, offer.product_code_optional)}</label>
            <input
                id=id
                name="product_code"
                value=code
                autocomplete="off"
                placeholder=say!(language, offer.product_code_hint)
                aria-invalid=complaint.as_ref().map(|_| "true")
                aria-describedby=complaint.as_ref().map(|_| told.clone())
            />
            {complaint.map(|words| view! { <p class="complaint" id=told>{words}</p> })}
        </div>
    }
}
