//! The platform's own calls.

use leptos::prelude::*;

use super::calls::{ON_PAGE, older};
use crate::{
    backend::use_backend,
    components::{CallList, PageTitle, loaded},
    contract::{CallFilter, CallView, Failure, OrganisationKind, Page, Role},
    request::{use_language, use_link, use_parameters, use_reader},
    words::say,
};

#[component]
pub fn DeskCallsPage() -> impl IntoView {
    loaded(load(), |page| view! { <Calls page /> })
}

async fn load() -> Result<Page<CallView>, Failure> {
    let filter = CallFilter { cursor: use_parameters().get("cursor"), limit: Some(ON_PAGE) };
    let page = use_backend().calls(filter).await?;
    let desk = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    if desk { Ok(page) } else { Err(Failure::Forbidden) }
}

#[component]
fn Calls(page: Page<CallView>) -> impl IntoView {
    let language = use_language();
    let title = say!(language, round.page);
    let operates =
        use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin));
    let new = operates.then(|| {
        view! { <a class="button small" href=use_link("/desk/calls/new")>{say!(language, round.begin)}</a> }
    });
    let older = older("/desk/calls", page.next);
    let list = if page.items.is_empty() {
        view! {
            <div class="note">
                <p class="note-title">{say!(language, round.desk_none)}</p>
                <p>{say!(language, round.desk_none_text)}</p>
            </div>
        }
        .into_any()
    } else {
        view! { <CallList calls=page.items folder="/desk/calls" own=true /> }.into_any()
    };
    view! {
        <PageTitle page=title />
        <div class="desk-head">
            <div>
                <h1>{title}</h1>
                <p class="lead">{say!(language, round.desk_lead)}</p>
            </div>
            <div class="desk-ways">{new}</div>
        </div>
        {list}
        {older}
    }
}
