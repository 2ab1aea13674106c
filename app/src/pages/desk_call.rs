//! One call on the desk: its wishes once it has closed, the draft to review, and publishing.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use crate::{
    api::{AdjustWish, CancelCall, DecideCall, PublishCall, ScoreWishes},
    backend::use_backend,
    components::{
        CallFacts, CallState, FailureNote, Field, PageTitle, TextArea, WhileSo, complaint, loaded,
        operator::{Adjusting, CallWishes, DecideForm, DraftStrips, Hidden, PointsHint},
    },
    contract::{
        AdjustmentView, BusyView, CallView, DraftView, Failure, OrganisationKind, WishPlace, WishView,
    },
    request::{use_failure, use_id, use_language, use_link, use_parameters, use_reader, use_typed},
    words::{draft_change, moment, refusal, result_due, say, text},
};

#[component]
pub fn DeskCallPage() -> impl IntoView {
    let id = use_id();
    loaded(load(id), |found| view! { <Shown found /> })
}

struct Found {
    call: CallView,
    wishes: Vec<WishView>,
    draft: Option<DraftView>,
    /// By line of the call, when it is taken besides what the call gives.
    busy: Vec<Vec<BusyView>>,
    /// What was changed of the draft that is published.
    made: Vec<AdjustmentView>,
    /// The wish that is being adjusted, with where it could be.
    adjusting: Option<(WishView, Vec<WishPlace>)>,
}

async fn load(id: Option<Uuid>) -> Result<Found, Failure> {
    let id = id.ok_or(Failure::NotFound)?;
    let backend = use_backend();
    if !use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform) {
        return Err(if use_reader().is_some() { Failure::Forbidden } else { Failure::Unauthenticated });
    }
    let call = backend.call(id).await?;
    let draft = if call.state == "drafted" { Some(backend.call_draft(id).await?) } else { None };
    let wishes = match (&draft, call.state.as_str()) {
        (Some(draft), _) => draft.wishes.clone(),
        (None, "announced" | "open") => Vec::new(),
        (None, _) => backend.wishes(id).await?,
    };
    let mut busy = Vec::new();
    if matches!(call.state.as_str(), "drafted" | "published") {
        let mut before = backend.call_before(id).await?;
        busy.extend(call.lines.iter().map(|line| before.remove(&line.id).unwrap_or_default()));
    }
    let made = match call.state.as_str() {
        "published" => match backend.call_draft(id).await {
            Ok(draft) => draft.adjustments,
            // One that nobody wished in had none.
            Err(Failure::Refused { .. }) => Vec::new(),
            Err(failure) => return Err(failure),
        },
        _ => Vec::new(),
    };
    let wanted = use_parameters().get("wish").and_then(|id| Uuid::parse_str(&id).ok());
    let wish = wishes.iter().find(|wish| Some(wish.id) == wanted && call.may("adjust")).cloned();
    let adjusting = match wish {
        Some(wish) => Some((wish.clone(), backend.wish_places(wish.id).await?)),
        None => None,
    };
    Ok(Found { call, wishes, draft, busy, made, adjusting })
}

#[component]
fn Shown(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { call, wishes, draft, busy, made, adjusting } = found;
    let id = call.id;
    let next = use_link(&format!("/desk/calls/{id}"));
    let adjusting = adjusting.map(|(wish, places)| view! { <Adjusting call=id wish places /> });
    let state = call.state.clone();
    let picture = (!busy.is_empty()).then(|| {
        let strips = view! { <DraftStrips call=call.clone() wishes=wishes.clone() busy /> };
        view! {
            <section class="desk-section" aria-labelledby="drawn">
                <h2 id="drawn">{say!(language, round.lines)}</h2>
                {strips}
            </section>
        }
    });
    let changes = draft.as_ref().map_or(0, DraftView::own_changes);
    let draft = draft.map(|draft| view! { <Draft draft=draft next=next.clone() /> });
    let made = (!made.is_empty()).then(|| {
        view! {
            <section class="panel" aria-labelledby="made">
                <h2 id="made">{say!(language, round.changes)}</h2>
                <Changes changes=made />
            </section>
        }
    });
    let published = (call.state == "published").then(|| {
        let when = call
            .ended_at
            .map(|at| say!(language, round.published, moment = moment(language, at)).to_string());
        view! { <p class="note good">{when}</p> }
    });
    let waits = matches!(call.state.as_str(), "closed" | "drafted");
    let due = waits.then(|| result_due(language, &call, true)).flatten();
    let class = if call.result_by.is_some_and(|by| by <= call.now) { "note warn" } else { "note info" };
    let due = due.map(|words| view! { <p class=class>{words}</p> });
    let told = call.reason.clone().map(|reason| {
        view! { <div class="note"><p>{say!(language, round.cancelled_text)}</p> <q class="said">{reason}</q></div> }
    });
    view! {
        <PageTitle page=call.title.clone() />
        <p class="crumb"><a href=use_link("/desk/calls")>{say!(language, round.page)}</a></p>
        <div class="desk-head">
            <h1 class="sober">{call.title.clone()}</h1>
            <p id="state" data-live><CallState state=call.state.clone() /></p>
        </div>
        <Stopped />
        {published}
        {due}
        {told}
        {draft}
        {made}
        {picture}
        {adjusting}
        <Wished call=call.clone() wishes changes next=next.clone() />
        <CallFacts call=call.clone() desk=true />
        <Cancel call next />
        <WhileSo state />
    }
}

/// What a deed on this page failed with, but for what is said at its field.
#[component]
fn Stopped() -> impl IntoView {
    let failures = [
        use_failure::<DecideCall>(),
        use_failure::<AdjustWish>(),
        use_failure::<PublishCall>(),
        use_failure::<CancelCall>(),
        use_failure::<ScoreWishes>(),
    ];
    let failures = failures.into_iter().flatten();
    failures.map(|failure| view! { <FailureNote failure /> }).collect_view()
}

/// The draft's head: whether it fits, what was changed of it, and publishing it.
#[component]
fn Draft(draft: DraftView, next: String) -> impl IntoView {
    let language = use_language();
    let placed = |wish: &&WishView| wish.result.as_ref().is_some_and(|result| !result.steps.is_empty());
    let (count, placed) = (draft.wishes.len(), draft.wishes.iter().filter(placed).count());
    let decided = say!(language, round.draft_at, moment = moment(language, draft.drafted_at)).to_string();
    let sum = say!(language, round.draft_sum, placed = placed, count = count).to_string();
    let unfit = draft.unfit.as_ref().map(|why| {
        let line = why.line.as_ref().map(|name| format!("{} · ", text(language, name)));
        view! {
            <div class="note bad" role="alert">
                <p class="note-title">{say!(language, round.unfit)}</p>
                <p>{line} {refusal(language, why)}</p>
            </div>
        }
    });
    let publish = (draft.call.may("publish") && draft.unfit.is_none()).then(|| {
        view! {
            <form class="act" method="post" action=PublishCall::PATH>
                <Hidden id=draft.call.id.to_string() next />
                <input type="hidden" name="version" value=draft.version.to_string() />
                <p class="hint">{say!(language, round.publish_text)}</p>
                <button class="button" type="submit">{say!(language, round.publish)}</button>
            </form>
        }
    });
    let changes = (!draft.adjustments.is_empty()).then(|| {
        view! {
            <h3>{say!(language, round.changes)}</h3>
            <Changes changes=draft.adjustments />
        }
    });
    view! {
        <section class="panel" id="draft" aria-labelledby="draft-head">
            <h2 id="draft-head">{say!(language, round.draft)}</h2>
            <p>{sum}</p>
            <p class="hint">{decided}</p>
            {unfit}
            {changes}
            {publish}
        </section>
    }
}

#[component]
fn Changes(changes: Vec<AdjustmentView>) -> impl IntoView {
    let language = use_language();
    let rows = changes
        .into_iter()
        .map(|change| {
            let deed = draft_change(language, &change.kind);
            view! {
                <li>
                    <strong>{text(language, &change.company)}</strong>
                    " · "
                    {text(language, &change.offering_name)}
                    " · "
                    {deed}
                    " · "
                    <span class="hint">{moment(language, change.at)}</span>
                    {change.reason.map(|reason| view! { <q class="said">{reason}</q> })}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="changes">{rows}</ul> }
}

/// The wishes, once they may be seen, and deciding them. `changes` of the draft are the platform's own.
#[component]
fn Wished(call: CallView, wishes: Vec<WishView>, changes: u32, next: String) -> impl IntoView {
    let language = use_language();
    let count = call.wishes.unwrap_or(0);
    let words = match count {
        1 => say!(language, round.wishes_count_one).to_owned(),
        count => say!(language, round.wishes_count, count = count).to_string(),
    };
    let sealed = matches!(call.state.as_str(), "announced" | "open")
        .then(|| view! { <p class="hint">{say!(language, round.wishes_sealed)}</p> });
    let points = call.may("score").then(|| view! { <PointsHint changes /> });
    // Where points are given, they and deciding by them are one form, at the table.
    let scored = call.may("score") && call.counts_points() && !wishes.is_empty();
    let decide = (call.may("draft") && count > 0 && !scored).then(|| {
        let again = call.state == "drafted";
        view! { <DecideForm call=call.id again changes next /> }
    });
    let nobody = (call.state == "closed" && count == 0)
        .then(|| view! { <p class="note">{say!(language, round.nobody_wished)}</p> });
    let table = (!wishes.is_empty()).then(|| view! { <CallWishes call=call.clone() wishes changes /> });
    view! {
        <section class="desk-section" id="wished" aria-labelledby="wishes-head">
            <h2 id="wishes-head">{say!(language, round.wishes)}</h2>
            <p id="wishes-count" data-live>{words}</p>
            {nobody}
            {sealed}
            {points}
            {table}
            {decide}
        </section>
    }
}

#[component]
fn Cancel(call: CallView, next: String) -> impl IntoView {
    if !call.may("cancel") {
        return ().into_any();
    }
    let language = use_language();
    let complaint = complaint(use_failure::<CancelCall>().as_ref(), "reason");
    let open = complaint.is_some();
    let typed = use_typed::<CancelCall>().and_then(|typed| typed.get("reason")).unwrap_or_default();
    let described = Some("cancel-reason-hint cancel-reason-problem".to_owned());
    view! {
        <details class="act-more" open=open>
            <summary>{say!(language, round.cancel)}</summary>
            <form class="act" method="post" action=CancelCall::PATH>
                <Hidden id=call.id.to_string() next />
                <Field id="cancel-reason" label=say!(language, round.reason) hint=say!(language, round.cancel_hint) complaint>
                    <TextArea id="cancel-reason" name="reason" rows="2" text=typed required=true described />
                </Field>
                <button class="button grave" type="submit">{say!(language, round.cancel)}</button>
            </form>
        </details>
    }
    .into_any()
}
