//! What a figure counts, one click away from it.

use leptos::prelude::*;

use crate::{
    request::{use_language, use_link},
    words::say,
};

#[component]
pub fn What(
    #[prop(into)] text: String,
    /** Of which figure, for those who can't see which is near. */
    of: &'static str,
) -> impl IntoView {
    let language = use_language();
    view! {
        <details class="what">
            <summary>{say!(language, district.what)} <span class="sr">{of}</span></summary>
            <p>
                {text} " "
                <a href=use_link("/glossary#figure")>{say!(language, glossary.page)}</a>
            </p>
        </details>
    }
    .into_any()
}
