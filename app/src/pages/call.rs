//! One call as firms see it: its published rule, the own wishes, and what became of them.

use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    api::WithdrawWish,
    backend::use_backend,
    components::{
        CallFacts, CallState, FailureNote, OwnMoment, PageTitle, WhileSo, WishForm, Wishes, loaded,
    },
    contract::{CallView, Failure, OfferingView, OrganisationKind, WishView},
    request::{use_failure, use_id, use_language, use_link, use_parameters, use_reader},
    words::{deadline, moment, result_due, say, text},
};

#[component]
pub fn CallPage() -> impl IntoView {
    let id = use_id();
    loaded(load(id), |found| view! { <Shown found /> })
}

struct Found {
    call: CallView,
    /// A firm's own; others have none here.
    wishes: Option<Vec<WishView>>,
    offerings: Vec<OfferingView>,
}

async fn load(id: Option<Uuid>) -> Result<Found, Failure> {
    let id = id.ok_or(Failure::NotFound)?;
    let backend = use_backend();
    let call = backend.call(id).await?;
    let firm = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Company);
    let wishes = if firm { Some(backend.wishes(id).await?) } else { None };
    let mut offerings = if call.may("wish") { backend.offerings().await? } else { Vec::new() };
    offerings.retain(|offering| call.offerings.contains(&offering.code));
    Ok(Found { call, wishes, offerings })
}

#[component]
fn Shown(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { call, wishes, offerings } = found;
    let (note, state) = (note(&call), call.state.clone());
    let stopped = use_failure::<WithdrawWish>().map(|failure| view! { <FailureNote failure /> });
    let changed = use_parameters().get("wish").and_then(|id| Uuid::parse_str(&id).ok());
    let wish = wishes.iter().flatten().find(|wish| Some(wish.id) == changed).cloned();
    let is_free = |rank: &u16| wishes.iter().flatten().all(|wish| wish.rank != *rank);
    let next_rank = (1..).find(is_free).unwrap_or(1);
    let named = |wish: &WishView| {
        let code = wish.product_code.as_ref().map(|code| format!(" · {code}")).unwrap_or_default();
        (wish.rank, format!("{}{code}", text(language, &wish.offering_name)))
    };
    let ranks: Vec<_> = wishes.iter().flatten().map(named).collect();
    let form =
        call.may("wish").then(|| view! { <WishForm call=call.clone() offerings wish next_rank ranks /> });
    let mine = wishes.map(|wishes| view! { <Wishes call=call.clone() wishes /> });
    let unverified = use_reader().is_some_and(|reader| {
        reader.organisation_kind == OrganisationKind::Company && call.state == "open" && !call.may("wish")
    });
    let verify = unverified.then(|| view! { <p class="note warn">{say!(language, round.must_verify)}</p> });
    view! {
        <PageTitle page=call.title.clone() />
        <p class="crumb"><a href=use_link("/calls")>{say!(language, round.page)}</a></p>
        <header class="headline">
            <div>
                <h1 class="sober">{call.title.clone()}</h1>
                <p class="lead">{text(language, &call.platform_name)}</p>
            </div>
            <p id="state" data-live><CallState state=call.state.clone() /></p>
        </header>
        {stopped}
        {note}
        {verify}
        {mine}
        {form}
        <CallFacts call />
        <WhileSo state />
    }
}

/// What the reader can expect of the call as it is.
fn note(call: &CallView) -> AnyView {
    let language = use_language();
    let said = match call.state.as_str() {
        "closed" | "drafted" => say!(language, round.closed_text).to_owned(),
        "cancelled" => say!(language, round.cancelled_text).to_owned(),
        "open" => say!(language, round.open_text, moment = deadline(language, call.closes_at)).to_string(),
        "announced" => {
            let opens = moment(language, call.opens_at);
            say!(language, round.announced_text, moment = opens).to_string()
        }
        _ => return ().into_any(),
    };
    let at = match call.state.as_str() {
        "open" => Some(call.closes_at),
        "announced" => Some(call.opens_at),
        _ => None,
    };
    let own = at.map(|at| view! { <OwnMoment at /> });
    let due = (call.state != "cancelled").then(|| result_due(language, call, false)).flatten();
    let due = due.map(|words| view! { <p>{words}</p> });
    let why = call.reason.clone().map(|reason| view! { <q class="said">{reason}</q> });
    view! { <div class="note" id="call-note" data-live><p>{said}</p> {own} {due} {why}</div> }.into_any()
}
