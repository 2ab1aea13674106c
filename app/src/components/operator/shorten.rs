//! The form by which a closure takes less time.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::Hidden;
use crate::{
    api::ShortenClosure,
    contract::Instant,
    request::{use_language, use_typed},
    words::{clock, day, say},
};

/// Asks from when until when the line stays closed, inside of what is closed now. `next` is where it leads afterwards.
#[component]
pub fn Shorten(id: Uuid, start: Instant, end: Instant, next: String) -> impl IntoView {
    let language = use_language();
    let id = id.to_string();
    let typed = use_typed::<ShortenClosure>().filter(|typed| typed.get("id").as_ref() == Some(&id));
    let open = typed.is_some();
    let value = |name: &str, now: String| typed.as_ref().and_then(|typed| typed.get(name)).unwrap_or(now);
    let (first, last) = (day(start, 0), day(end, 0));
    let (from, from_time) = (value("start", first.clone()), value("start_time", clock(start)));
    let (until, until_time) = (value("end", last.clone()), value("end_time", clock(end)));
    let [from_id, until_id] = ["from", "until"].map(|name| format!("{name}-{id}"));
    view! {
        <details class="act-more" open=open>
            <summary>{say!(language, desk.shorten)}</summary>
            <form class="act" method="post" action=ShortenClosure::PATH>
                <Hidden id next />
                <div class="field">
                    <label for=from_id.clone()>{say!(language, desk.closed_from)}</label>
                    <div class="joined">
                        <input id=from_id name="start" type="date" required min=first.clone() max=last.clone() value=from />
                        <input name="start_time" type="time" required value=from_time aria-label=say!(language, desk.start_time) />
                    </div>
                </div>
                <div class="field">
                    <label for=until_id.clone()>{say!(language, desk.closed_until)}</label>
                    <div class="joined">
                        <input id=until_id name="end" type="date" required min=first max=last value=until />
                        <input name="end_time" type="time" required value=until_time aria-label=say!(language, desk.end_time) />
                    </div>
                </div>
                <p class="hint">{say!(language, desk.shorten_hint)}</p>
                <button class="button small quiet" type="submit">{say!(language, desk.shorten_do)}</button>
            </form>
        </details>
    }
}
