//! Taking something off the desk as it is, with the reason.

use leptos::{prelude::*, server_fn::ServerFn};

use super::Hidden;
use crate::{
    components::{TextArea, complaint_at},
    request::{use_failure, use_language, use_link, use_typed},
    words::say,
};

/// The folded form that posts to `S` about `id`. `next` is the page that it leads to; the title is what opens it.
pub(super) fn settle<S: ServerFn>(
    id: String,
    (next, title, hint): (&'static str, &'static str, &'static str),
) -> AnyView {
    let language = use_language();
    let typed = use_typed::<S>().filter(|typed| typed.get("id").as_deref() == Some(&id));
    let failure = use_failure::<S>().filter(|_| typed.is_some());
    let complaint = complaint_at(failure.as_ref(), "reason", say!(language, desk.settled_how));
    let written = typed.and_then(|typed| typed.get("reason")).unwrap_or_default();
    let field = format!("settle-{id}");
    let described = Some(format!("{field}-hint {field}-problem"));
    let wrong = complaint.is_some();
    view! {
        <details class="act-more" open=wrong>
            <summary>{title}</summary>
            <form class="act" method="post" action=S::PATH>
                <Hidden id=id next=use_link(next) />
                <div class=if wrong { "field wrong" } else { "field" }>
                    <label for=field.clone()>{say!(language, desk.settled_how)}</label>
                    <TextArea id=field.clone() name="reason" rows="2" text=written required=true described />
                    <p class="hint" id=format!("{field}-hint")>{hint}</p>
                    {complaint.map(|words| view! { <p class="complaint" id=format!("{field}-problem")>{words}</p> })}
                </div>
                <button class="button small quiet" type="submit">{say!(language, desk.settle_it)}</button>
            </form>
        </details>
    }
    .into_any()
}
