//! Marking a line as down, and saying that it is up again. Whatever is booked on it: that it is down is a fact.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use crate::{
    api::{EndOutage, MarkDown},
    backend::use_backend,
    components::{
        Choice, FailureNote, Field, PageTitle, complaint, complaint_in, loaded,
        operator::{Hidden, HitList},
    },
    contract::{ClosureHit, Failure, Instant, LineBoard, OutageView},
    query::OutageDraft,
    request::{
        set_failure_status, use_failure, use_id, use_kept, use_language, use_link, use_parameters, use_typed,
    },
    window::Window,
    words::{OUTAGES, clock, dated_span, day, outage, say, text},
};

#[component]
pub fn LineDownPage() -> impl IntoView {
    let id = use_id();
    loaded(load(id), |found| view! { <Down found /> })
}

struct Found {
    board: LineBoard,
    outages: Vec<OutageView>,
    /// What was asked about, and what that would hit.
    looked: Option<(OutageDraft, Result<Vec<ClosureHit>, Failure>)>,
}

async fn load(id: Option<Uuid>) -> Result<Found, Failure> {
    let id = id.ok_or(Failure::NotFound)?;
    let backend = use_backend();
    let week = Window::read(&use_parameters(), backend.now()).period();
    let outages = backend.outages(id).await?;
    let board = backend.board(id, week).await?;
    let looked = match OutageDraft::read(&use_parameters()) {
        None => None,
        Some(draft) => {
            let hits = match draft.order(id) {
                Ok(order) => backend.foresee_down(order).await,
                Err(failure) => Err(failure),
            };
            Some((draft, hits))
        }
    };
    if let Some((_, Err(failure))) = &looked {
        set_failure_status(failure);
    }
    Ok(Found { board, outages, looked })
}

#[component]
fn Down(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { board, outages, looked } = found;
    let (line, now) = (board.line, board.now);
    let seen = looked.as_ref().and_then(|(_, hits)| hits.as_ref().err().cloned());
    let failure = use_failure::<MarkDown>().or(seen);
    let typed = use_typed::<MarkDown>();
    let draft = typed.map_or_else(
        || looked.as_ref().map_or_else(|| OutageDraft::blank(now), |(draft, _)| draft.clone()),
        |typed| {
            let get = |name: &str| typed.get(name).unwrap_or_default();
            OutageDraft {
                kind: get("kind"),
                from: get("from"),
                from_time: get("from_time"),
                until: get("until"),
                until_time: get("until_time"),
                reason: get("reason"),
            }
        },
    );
    let foreseen = looked
        .and_then(|(draft, hits)| Some((draft, hits.ok()?)))
        .map(|(draft, hits)| view! { <Foreseen line draft hits /> });
    let named =
        vec![("kind", say!(language, conflict.down_kind)), ("reason", say!(language, conflict.down_reason))];
    let note = failure
        .clone()
        .or_else(use_failure::<EndOutage>)
        .map(|failure| view! { <FailureNote failure named=named.clone() /> });
    let complaint = move |field: &str| complaint_in(failure.as_ref(), field, &named);
    let until_wrong = complaint("until").map(|_| "true");
    let kinds = OUTAGES
        .into_iter()
        .map(|kind| view! { <Choice value=kind words=outage(language, kind) chosen=draft.kind == kind /> })
        .collect_view();
    let open: Vec<OutageView> =
        outages.into_iter().filter(|one| one.ended_at.is_none() && one.until.0 > now.0).collect();
    let is_down = open.iter().any(|one| one.from <= now);
    let known = open.into_iter().map(|one| view! { <Known one now /> }).collect_view();
    let name = text(language, &board.name);
    let title = if is_down {
        say!(language, conflict.down_title, line = name.as_str()).to_string()
    } else {
        say!(language, conflict.down_mark, line = name.as_str()).to_string()
    };
    view! {
        <PageTitle page=title.clone() />
        <p class="crumb"><a href=use_link(&format!("/lines/{line}"))>{name}</a></p>
        <h1 class="sober">{title}</h1>
        <p class="lead">{say!(language, conflict.down_lead)}</p>
        {note}
        <div id="outages" data-live data-typed=use_kept()>{known}</div>
        {foreseen}
        <form class="panel close-form" method="get" action=use_link(&format!("/lines/{line}/down"))>
            <Field id="kind" label=say!(language, conflict.down_kind) complaint=complaint("kind")>
                <select id="kind" name="kind" aria-describedby="kind-problem">{kinds}</select>
            </Field>
            <Field id="until" label=say!(language, conflict.down_until) hint=say!(language, conflict.down_until_hint) complaint=complaint("until") joined=true>
                <input id="until" aria-invalid=until_wrong name="until" type="date" required min=day(now, 0) value=draft.until aria-describedby="until-hint until-problem" />
                <input name="until_time" type="time" required value=draft.until_time aria-label=say!(language, desk.end_time) />
            </Field>
            <Field id="reason" label=say!(language, conflict.down_reason) hint=say!(language, conflict.down_reason_hint) complaint=complaint("reason")>
                <input id="reason" name="reason" required value=draft.reason autocomplete="off" aria-describedby="reason-hint reason-problem" />
            </Field>
            <button class="button" type="submit">{say!(language, desk.look_first)}</button>
        </form>
    }
}

/// What it would hit and what would be done for each, and the button that does it.
#[component]
fn Foreseen(line: Uuid, draft: OutageDraft, hits: Vec<ClosureHit>) -> impl IntoView {
    let language = use_language();
    let class = if hits.is_empty() { "note good hits" } else { "note bad hits" };
    let title = match hits.len() {
        0 => say!(language, conflict.down_hits_none).to_owned(),
        count => say!(language, conflict.down_hits, count = count).to_string(),
    };
    view! {
        <div class=class role="alert">
            <p class="note-title">{title}</p>
            <HitList hits />
            <form method="post" action=MarkDown::PATH>
                <Hidden id=line.to_string() next=use_link("/desk/conflicts") />
                <input type="hidden" name="kind" value=draft.kind />
                <input type="hidden" name="until" value=draft.until />
                <input type="hidden" name="until_time" value=draft.until_time />
                <input type="hidden" name="reason" value=draft.reason />
                <button class="button grave" type="submit">{say!(language, conflict.mark_down)}</button>
            </form>
        </div>
    }
}

/// An outage that goes on: it can be over, or last longer.
#[component]
fn Known(one: OutageView, now: Instant) -> impl IntoView {
    let language = use_language();
    // What was announced and hasn't begun hits nobody once it is called off.
    let announced = one.from > now;
    let over = if announced { say!(language, conflict.call_off) } else { say!(language, conflict.up_again) };
    let (id, next) = (one.id.to_string(), use_link(&format!("/lines/{}/down", one.line)));
    let field = format!("until-{id}");
    let typed = use_typed::<EndOutage>().filter(|typed| typed.get("id").as_ref() == Some(&id));
    let failure = use_failure::<EndOutage>().filter(|_| typed.is_some());
    let wrong = complaint(failure.as_ref(), "until");
    let (invalid, told) = (wrong.as_ref().map(|_| "true"), format!("{field}-problem"));
    let typed = |name: &str| typed.as_ref().and_then(|typed| typed.get(name));
    let date = typed("until").unwrap_or_else(|| day(one.until, 0));
    let time = typed("until_time").unwrap_or_else(|| clock(one.until));
    let open = typed("until").is_some();
    view! {
        <div class="note warn">
            <p class="note-title">{outage(language, &one.kind)} " · " {dated_span(language, one.from, one.until)}</p>
            <p>{one.reason}</p>
            <div class="buttons">
                <form method="post" action=EndOutage::PATH>
                    <Hidden id=id.clone() next=next.clone() />
                    <button class="button small" type="submit">{over}</button>
                </form>
            </div>
            <details class="act-more" open=open>
                <summary>{say!(language, conflict.other_end)}</summary>
                <form class="act" method="post" action=EndOutage::PATH>
                    <Hidden id next />
                    <Field id=field.clone() label=say!(language, conflict.down_until) complaint=wrong joined=true>
                        <input id=field aria-invalid=invalid name="until" type="date" required value=date aria-describedby=told />
                        <input name="until_time" type="time" required value=time aria-label=say!(language, desk.end_time) />
                    </Field>
                    <button class="button small quiet" type="submit">{say!(language, conflict.say_end)}</button>
                </form>
            </details>
        </div>
    }
}
