//! The session had ended when a form was sent: nothing that was typed is lost.

use leptos::prelude::*;

use crate::{
    answered::{Answered, HERE},
    components::{PageTitle, sign_in_link},
    contract::Failure,
    language,
    request::{set_failure_status, use_language},
    words::say,
};

/// The form that was sent without a session, if the page answers one.
pub fn use_interrupted() -> Option<Answered> {
    use_context::<Answered>().filter(|answered| matches!(answered.outcome, Err(Failure::Unauthenticated)))
}

/// Holds what was typed until the reader has signed in, in another window, and sends it again.
#[component]
pub fn ResumePage(interrupted: Answered) -> impl IntoView {
    set_failure_status(&Failure::Unauthenticated);
    let language = use_language();
    let title = say!(language, request.resume);
    let next = language::link(language, "/account");
    let fields = interrupted
        .typed
        .again()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    view! {
        <PageTitle page=title />
        <section class="narrow">
            <h1>{title}</h1>
            <p class="lead">{say!(language, request.resume_text)}</p>
            <p>
                <a class="button quiet" target="_blank" href=sign_in_link(language, &next)>
                    {say!(language, request.resume_sign_in)}
                </a>
            </p>
            <form method="post" action=interrupted.form>
                <input type="hidden" name=HERE value=interrupted.here />
                {fields}
                <button class="button" type="submit">{say!(language, request.resume_send)}</button>
            </form>
        </section>
    }
}
