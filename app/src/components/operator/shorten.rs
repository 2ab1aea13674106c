//! The form by which a closure takes less time.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::Hidden;
use crate::{
    api::ShortenClosure,
    components::{Field, complaint},
    contract::Instant,
    request::{use_failure, use_language, use_typed},
    words::{clock, day, say},
};

/// Asks from when until when the line stays closed, inside of what is closed now. `next` is where it leads afterwards.
#[component]
pub fn Shorten(id: Uuid, start: Instant, end: Instant, next: String) -> impl IntoView {
    let language = use_language();
    let id = id.to_string();
    let typed = use_typed::<ShortenClosure>().filter(|typed| typed.get("id").as_ref() == Some(&id));
    let open = typed.is_some();
    let failure = use_failure::<ShortenClosure>().filter(|_| open);
    let [start_wrong, end_wrong] = ["start", "end"].map(|name| complaint(failure.as_ref(), name));
    let [start_bad, end_bad] = [&start_wrong, &end_wrong].map(|wrong| wrong.as_ref().map(|_| "true"));
    let value = |name: &str, now: String| typed.as_ref().and_then(|typed| typed.get(name)).unwrap_or(now);
    let (first, last) = (day(start, 0), day(end, 0));
    let (from, from_time) = (value("start", first.clone()), value("start_time", clock(start)));
    let (until, until_time) = (value("end", last.clone()), value("end_time", clock(end)));
    let (earliest, latest) = (first.clone(), last.clone());
    let [from_id, until_id] = ["from", "until"].map(|name| format!("{name}-{id}"));
    let [from_told, until_told] = [&from_id, &until_id].map(|id| format!("{id}-problem"));
    view! {
        <details class="act-more" open=open>
            <summary>{say!(language, desk.shorten)}</summary>
            <form class="act" method="post" action=ShortenClosure::PATH>
                <Hidden id next />
                <Field id=from_id.clone() label=say!(language, desk.closed_from) complaint=start_wrong joined=true>
                    <input id=from_id aria-invalid=start_bad name="start" type="date" required min=earliest max=latest value=from aria-describedby=from_told />
                    <input name="start_time" type="time" required value=from_time aria-label=say!(language, desk.start_time) />
                </Field>
                <Field id=until_id.clone() label=say!(language, desk.closed_until) complaint=end_wrong joined=true>
                    <input id=until_id aria-invalid=end_bad name="end" type="date" required min=first max=last value=until aria-describedby=until_told />
                    <input name="end_time" type="time" required value=until_time aria-label=say!(language, desk.end_time) />
                </Field>
                <p class="hint">{say!(language, desk.shorten_hint)}</p>
                <button class="button small quiet" type="submit">{say!(language, desk.shorten_do)}</button>
            </form>
        </details>
    }
}
