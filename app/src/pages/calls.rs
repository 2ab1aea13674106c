//! The calls that platforms have announced.

use leptos::prelude::*;

use crate::{
    backend::use_backend,
    components::{CallList, PageTitle, loaded},
    contract::{CallFilter, CallView, Page},
    request::{use_language, use_link, use_parameters},
    words::say,
};

/// Calls on a page.
pub const ON_PAGE: u32 = 30;

#[component]
pub fn CallsPage() -> impl IntoView {
    let filter = CallFilter { cursor: use_parameters().get("cursor"), limit: Some(ON_PAGE) };
    loaded(async move { use_backend().calls(filter).await }, |page| view! { <Calls page /> })
}

#[component]
fn Calls(page: Page<CallView>) -> impl IntoView {
    let language = use_language();
    let title = say!(language, round.page);
    let older = older("/calls", page.next);
    let list = if page.items.is_empty() {
        view! {
            <div class="note" id="calls" data-live>
                <p class="note-title">{say!(language, round.none)}</p>
                <p>{say!(language, round.none_text)}</p>
            </div>
        }
        .into_any()
    } else {
        view! { <CallList calls=page.items folder="/calls" /> }.into_any()
    };
    view! {
        <PageTitle page=title />
        <header class="headline">
            <div>
                <h1>{title}</h1>
                <p class="lead">{say!(language, round.lead)}</p>
            </div>
        </header>
        {list}
        {older}
    }
}

/// Where the older ones are.
pub fn older(folder: &str, next: Option<String>) -> Option<impl IntoView> {
    let next = next?;
    let mut parameters = use_parameters();
    parameters.remove("cursor");
    parameters.insert("cursor", next);
    let href = use_link(&format!("{folder}{}", parameters.to_query_string()));
    let words = say!(use_language(), office.older);
    Some(view! { <p class="onwards"><a href=href rel="next">{words}</a></p> })
}
