//! Turning a company away, be it one that waits or one that is verified: folded, with the reason that it will read.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::RejectCompany,
    components::{Field, Post, TextArea, complaint_at},
    request::{use_failure, use_language, use_typed},
    words::say,
};

/// `words` are on what opens the form and on its button, `name` is the company's.
#[component]
pub fn TurnAway(
    company: String,
    name: String,
    next: String,
    words: &'static str,
    example: &'static str,
    /// What follows from it.
    #[prop(optional)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let language = use_language();
    let field = format!("reason-{company}");
    let typed = use_typed::<RejectCompany>().filter(|typed| typed.get("company").as_ref() == Some(&company));
    let open = typed.is_some();
    let failure = use_failure::<RejectCompany>().filter(|_| open);
    let complaint = complaint_at(failure.as_ref(), "reason", say!(language, district.reject_reason));
    let (wrong, told) = (complaint.is_some(), format!("{field}-hint {field}-problem"));
    let reason = typed.and_then(|typed| typed.get("reason")).unwrap_or_default();
    let hint = hint.map(|hint| view! { <p class="hint">{hint}</p> });
    view! {
        <details class="away" open=open>
            <summary class="button small quiet">{words} " " <span class="sr">{name.clone()}</span></summary>
            <Post to=RejectCompany::PATH class="turn-away">
                <input type="hidden" name="company" value=company />
                <input type="hidden" name="next" value=next />
                {hint}
                <Field id=field.clone() label=say!(language, district.reject_reason) hint=say!(language, district.reject_hint) complaint>
                    <TextArea id=field name="reason" rows="2" text=reason required=true placeholder=example described=Some(told) autofocus=wrong />
                </Field>
                <button class="button small danger" type="submit">{words} " " <span class="sr">{name}</span></button>
            </Post>
        </details>
    }
    .into_any()
}
