//! An address without a page.

use leptos::prelude::*;

use crate::{
    components::{PageTitle, Ways},
    contract::Failure,
    request::{set_failure_status, use_language},
    words::say,
};

#[component]
pub fn NotFoundPage() -> impl IntoView {
    set_failure_status(&Failure::NotFound);
    let language = use_language();
    view! {
        <PageTitle page=say!(language, failure.not_found_page) />
        <section class="narrow lone">
            <h1>{say!(language, failure.not_found_page)}</h1>
            <p class="lead">{say!(language, failure.not_found)}</p>
            <Ways />
        </section>
    }
}
