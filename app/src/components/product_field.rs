//! What a firm calls the product that it asks a place for.

use leptos::prelude::*;

use crate::{request::use_language, words::say};

/// The field, of which a page may have several: `id` tells them apart.
#[component]
pub fn ProductField(id: String, #[prop(optional)] code: String) -> impl IntoView {
    let language = use_language();
    view! {
        <div class="hold-product">
            <label for=id.clone()>{say!(language, offer.product_code_optional)}</label>
            <input
                id=id
                name="product_code"
                value=code
                maxlength="64"
                autocomplete="off"
                placeholder=say!(language, offer.product_code_hint)
            />
        </div>
    }
}
