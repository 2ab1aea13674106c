//! What was asked back about a booking, and what the client answered.

use leptos::prelude::*;

use crate::{
    contract::{BookingView, QuestionView},
    request::use_language,
    words::{moment, say},
};

#[component]
pub fn Questions(booking: BookingView) -> impl IntoView {
    let language = use_language();
    if booking.questions.is_empty() {
        return ().into_any();
    }
    // Once it is decided nobody is waited for.
    let (class, words) = if booking.may("ask") {
        ("tag warn", say!(language, desk.waits_for_client))
    } else {
        ("tag", say!(language, desk.unanswered))
    };
    let asked = booking
        .questions
        .into_iter()
        .map(|one| {
            let waits = one.is_open().then(|| view! { <p><span class=class>{words}</span></p> });
            let answers = one
                .answers
                .into_iter()
                .map(|one| {
                    view! {
                        <p class="said answer">{one.answer}</p>
                        <p class="hint when">{moment(language, one.at)}</p>
                    }
                })
                .collect_view();
            view! {
                <li>
                    <p class="said">{one.question}</p>
                    <p class="hint when">{moment(language, one.at)}</p>
                    {answers}
                    {waits}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="sheet" aria-labelledby="asked">
            <h2 id="asked">{say!(language, desk.asked)}</h2>
            <ul class="asked">{asked}</ul>
        </section>
    }
    .into_any()
}

/// Whether the client was asked about it, and has answered everything.
#[component]
pub(super) fn AskedTag(booking: BookingView) -> impl IntoView {
    let language = use_language();
    if booking.questions.is_empty() {
        return None;
    }
    let (class, words) = if booking.questions.iter().any(QuestionView::is_open) {
        ("tag warn", say!(language, desk.waits_for_client))
    } else {
        ("tag good", say!(language, desk.client_answered))
    };
    Some(view! { <span class=class>{words}</span> })
}
