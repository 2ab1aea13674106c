//! An address without a page.

use leptos::prelude::*;

use crate::{components::Trouble, contract::Failure};

#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <Trouble failure=Failure::NotFound /> }
}
