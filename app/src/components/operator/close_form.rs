//! Closing a line: what and when, then what it would hit, then the deed.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::{Hidden, proposed::place_words};
use crate::{
    api::{CloseLine, MarkDown},
    components::{Choice, Field, complaint, complaint_at, known_as},
    contract::{ClosureHit, Failure, PartedView, StepView},
    language::Language,
    query::ClosureDraft,
    request::{use_failure, use_language, use_link, use_typed},
    words::{CLOSURES, closure, dated_span, moment, piece, say, split_batches, status, trouble},
};

/// Asks what to close; `failure` is what was wrong with it.
#[component]
pub fn CloseForm(line: Uuid, draft: ClosureDraft, failure: Option<Failure>) -> impl IntoView {
    let language = use_language();
    let complaint = move |field: &str| complaint(failure.as_ref(), field);
    let [start_wrong, end_wrong] = ["start", "end"].map(|name| complaint(name).map(|_| "true"));
    let kinds = CLOSURES
        .into_iter()
        .map(|kind| {
            let words = closure(language, kind);
            view! { <Choice value=kind words chosen=draft.kind == kind /> }
        })
        .collect_view();
    let action = use_link(&format!("/lines/{line}/close"));
    view! {
        <form class="panel close-form" method="get" action=action>
            <Field id="kind" label=say!(language, desk.closure_kind) complaint=complaint("kind")>
                <select id="kind" name="kind" aria-describedby="kind-problem">{kinds}</select>
            </Field>
            <Field id="start" label=say!(language, desk.closed_from) complaint=complaint("start") joined=true>
                <input id="start" aria-invalid=start_wrong name="start" type="date" required value=draft.start aria-describedby="start-problem" />
                <input name="start_time" type="time" required value=draft.start_time aria-label=say!(language, desk.start_time) />
            </Field>
            <Field id="end" label=say!(language, desk.closed_until) complaint=complaint("end") joined=true>
                <input id="end" aria-invalid=end_wrong name="end" type="date" required value=draft.end aria-describedby="end-problem" />
                <input name="end_time" type="time" required value=draft.end_time aria-label=say!(language, desk.end_time) />
            </Field>
            <Field id="note" label=say!(language, desk.closure_note) hint=say!(language, desk.closure_note_hint) complaint=complaint("note")>
                <input id="note" name="note" value=draft.note autocomplete="off" aria-describedby="note-hint note-problem" />
            </Field>
            <button class="button" type="submit">{say!(language, desk.look_first)}</button>
        </form>
    }
}

/// What the closure would hit; over nothing it can be made.
#[component]
pub fn Hits(line: Uuid, draft: ClosureDraft, hits: Vec<ClosureHit>) -> impl IntoView {
    let language = use_language();
    if hits.is_empty() {
        let next = use_link(&format!("/lines/{line}?week={}", draft.start));
        return view! {
            <div class="note good hits">
                <p class="note-title">{say!(language, desk.hits_nothing)}</p>
                <form method="post" action=CloseLine::PATH>
                    <Hidden id=line.to_string() next />
                    <input type="hidden" name="kind" value=draft.kind />
                    <input type="hidden" name="start" value=draft.start />
                    <input type="hidden" name="start_time" value=draft.start_time />
                    <input type="hidden" name="end" value=draft.end />
                    <input type="hidden" name="end_time" value=draft.end_time />
                    <input type="hidden" name="note" value=draft.note />
                    <button class="button" type="submit">{say!(language, desk.close_line)}</button>
                </form>
            </div>
        }
        .into_any();
    }
    let count = hits.len();
    // Nothing stands where the line would be closed, but something right behind it.
    let only_near = hits.iter().all(|hit| hit.why.is_some());
    let (class, title, hint) = if only_near {
        let title = say!(language, desk.hits_near, count = count).to_string();
        ("note warn hits", title, say!(language, desk.hits_near_hint))
    } else {
        let title = say!(language, desk.hits, count = count).to_string();
        ("note bad hits", title, say!(language, desk.hits_hint))
    };
    // What would become of them is said where the work is announced: a line that is closed has nobody go anywhere.
    let hits: Vec<_> = hits.into_iter().map(|hit| ClosureHit { way: None, to: Vec::new(), ..hit }).collect();
    view! {
        <div class=class role="alert">
            <p class="note-title">{title}</p>
            <p>{hint}</p>
            <HitList hits />
        </div>
    }
    .into_any()
}

/// What is hit, the worst first: what has no place, whom one would ask, what moves by rule, what stays.
#[component]
pub fn HitList(hits: Vec<ClosureHit>) -> impl IntoView {
    let language = use_language();
    let [when, becomes] = [say!(language, desk.when), say!(language, desk.hit_becomes)];
    let mut hits = hits;
    let harm = |hit: &ClosureHit| match hit.way.as_deref() {
        Some("asked") => 1,
        Some("moves") => 2,
        Some("stays") => 3,
        _ => 0,
    };
    hits.sort_by_key(|hit| (harm(hit), hit.start));
    let rows = hits
        .into_iter()
        .map(|hit| {
            let what = hit.status.as_deref().map_or_else(
                || piece(language, &hit.kind),
                |name| format!("{} · {}", piece(language, &hit.kind), status(language, name)),
            );
            let name = match (hit.booking, hit.reference) {
                (Some(id), Some(reference)) => {
                    let href = use_link(&format!("/desk/requests/{id}"));
                    view! { <a href=href>{reference}</a> }.into_any()
                }
                _ => ().into_any(),
            };
            let campaign =
                hit.campaign.map(|name| view! { <br /> <span>{known_as(language, &name, true)}</span> });
            let why = hit.why.map(|why| match hit.latest_end.map(|latest| moment(language, latest)) {
                Some(latest) => say!(language, desk.hit_changeover, moment = latest).to_string(),
                None => trouble(language, &why),
            });
            let runs = hit.status.as_deref() == Some("running");
            let way = match (hit.way.as_deref(), &hit.parted) {
                (Some("none"), _) if runs => Some(say!(language, conflict.running).to_owned()),
                (Some(way), Some(parts)) => Some(parted(language, way, parts)),
                (Some(way), None) => outcome(language, way, &hit.to),
                (None, _) => None,
            };
            let why = why.map(|words| view! { <p>{words}</p> });
            let way = way.map(|words| view! { <p>{words}</p> });
            view! {
                <tr>
                    <th scope="row">{name} {campaign}</th>
                    <td data-label=when>
                        <span class="when">{dated_span(language, hit.start, hit.end)}</span>
                    </td>
                    <td data-label=becomes><span class="hint">{what}</span> {why} {way}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="dense">
            <thead>
                <tr>
                    <th scope="col">{say!(language, desk.reference)}</th>
                    <th scope="col">{when}</th>
                    <th scope="col">{becomes}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// What would become of a booking, and where it would go.
fn outcome(language: Language, way: &str, to: &[StepView]) -> Option<String> {
    Some(match way {
        "moves" => say!(language, desk.hit_moves, place = place_words(language, to)).to_string(),
        "asked" => say!(language, desk.hit_asked, place = place_words(language, to)).to_string(),
        "offered" => say!(language, desk.hit_offered, place = place_words(language, to)).to_string(),
        "stays" => say!(language, desk.hit_stays).to_owned(),
        "none" => say!(language, desk.hit_none).to_owned(),
        _ => return None,
    })
}

/// How it would be parted, as its owner would be asked, or at once.
fn parted(language: Language, way: &str, parts: &PartedView) -> String {
    let part = |batches: u32, steps: &[StepView]| {
        format!("{} · {}", split_batches(language, batches), place_words(language, steps))
    };
    let stays = part(parts.stays_batches, &parts.stays);
    let goes = part(parts.goes_batches, &parts.goes);
    match way {
        "asked" => say!(language, desk.hit_part_asked, stays = stays, goes = goes).to_string(),
        _ => say!(language, desk.hit_part_moves, stays = stays, goes = goes).to_string(),
    }
}

/// Announcing the work over what it would hit.
#[component]
pub fn Announce(line: Uuid, draft: ClosureDraft, hits: Vec<ClosureHit>) -> impl IntoView {
    let language = use_language();
    let come = hits.into_iter().filter(|hit| hit.way.is_some());
    let come: Vec<_> = come.map(|hit| ClosureHit { why: None, latest_end: None, ..hit }).collect();
    let come = (!come.is_empty()).then(|| {
        view! { <p>{say!(language, desk.plan_over_then)}</p> <HitList hits=come /> }
    });
    // The firms are told why, at least what it is: never the note, which is for the platform's own people.
    let typed = use_typed::<MarkDown>().and_then(|typed| typed.get("reason"));
    let reason = typed.unwrap_or_else(|| closure(language, &draft.kind));
    let failure = use_failure::<MarkDown>();
    let complaint = complaint_at(failure.as_ref(), "reason", say!(language, conflict.down_reason));
    view! {
        <form class="panel close-form" method="post" action=MarkDown::PATH>
            <p class="note-title">{say!(language, desk.plan_over)}</p>
            <p class="hint">{say!(language, desk.plan_over_hint)}</p>
            {come}
            <Hidden id=line.to_string() next=use_link("/desk/conflicts") />
            <input type="hidden" name="kind" value="planned" />
            <input type="hidden" name="from" value=draft.start />
            <input type="hidden" name="from_time" value=draft.start_time />
            <input type="hidden" name="until" value=draft.end />
            <input type="hidden" name="until_time" value=draft.end_time />
            <Field id="reason" label=say!(language, conflict.down_reason) hint=say!(language, conflict.down_reason_hint) complaint>
                <input id="reason" name="reason" required value=reason autocomplete="off" aria-describedby="reason-hint reason-problem" />
            </Field>
            <button class="button grave" type="submit">{say!(language, desk.plan_over_do)}</button>
        </form>
    }
}
