//! Opening a call.

use std::convert::identity;

use leptos::prelude::*;

use crate::{
    api::OpenCall,
    backend::use_backend,
    components::{PageTitle, loaded, operator::CallForm},
    contract::{Failure, Period, Role},
    query::CallDraft,
    request::{use_failure, use_language, use_link, use_reader, use_typed},
    words::{day, say},
};

#[component]
pub fn DeskCallNewPage() -> impl IntoView {
    loaded(load(), identity)
}

async fn load() -> Result<AnyView, Failure> {
    let language = use_language();
    let backend = use_backend();
    let today = day(backend.now(), 0);
    let lines = backend.boards(Period { from: today.clone(), to: today }).await?;
    let operates =
        use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin));
    if !operates {
        return Err(Failure::Forbidden);
    }
    let lines = lines.into_iter().map(|board| (board.line, board.name)).collect();
    let draft = use_typed::<OpenCall>()
        .map_or_else(|| CallDraft::blank(backend.now()), |typed| CallDraft::typed(&typed));
    let failure = use_failure::<OpenCall>();
    Ok(view! {
        <PageTitle page=say!(language, round.begin) />
        <p class="crumb"><a href=use_link("/desk/calls")>{say!(language, round.page)}</a></p>
        <h1 class="sober">{say!(language, round.begin)}</h1>
        <p class="lead">{say!(language, round.begin_lead)}</p>
        <CallForm draft lines failure />
    }
    .into_any())
}
