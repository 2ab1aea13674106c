//! Opening a call.

use std::convert::identity;

use leptos::prelude::*;

use crate::{
    api::OpenCall,
    backend::use_backend,
    components::{
        PageTitle, loaded,
        operator::{CallForeseen, CallForm},
    },
    contract::{Failure, Period, Role},
    query::CallDraft,
    request::{use_failure, use_language, use_link, use_outcome, use_reader, use_sent},
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
    let sent = use_sent::<OpenCall>();
    let draft = sent.as_ref().map_or_else(|| CallDraft::blank(backend.now()), CallDraft::typed);
    let failure = use_failure::<OpenCall>();
    let foreseen = use_outcome::<OpenCall>().flatten().zip(sent);
    let change = foreseen.is_some().then(|| view! { <h2>{say!(language, round.change_it)}</h2> });
    let foreseen = foreseen.map(|(call, sent)| view! { <CallForeseen call sent /> });
    Ok(view! {
        <PageTitle page=say!(language, round.begin) />
        <p class="crumb"><a href=use_link("/desk/calls")>{say!(language, round.page)}</a></p>
        <h1 class="sober">{say!(language, round.begin)}</h1>
        <p class="lead">{say!(language, round.begin_lead)}</p>
        {foreseen}
        {change}
        <CallForm draft lines failure />
    }
    .into_any())
}
