//! What the platform asks about a booking, and the forms that answer it.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use crate::{
    api::AnswerQuestion,
    components::{FailureNote, Field, Once, OwnMoment, Post, TextArea, complaint},
    contract::{BookingView, Instant, QuestionView},
    request::{use_failure, use_kept, use_language, use_typed},
    words::{deadline, detail, moment, say},
};

/// While it can be answered; afterwards the timeline tells of it. What was typed into an answer that came too late is
/// still shown.
#[component]
pub fn Questions(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let may = booking.may("answer");
    let typed = use_typed::<AnswerQuestion>();
    let by = booking.reply_by.filter(|_| booking.status == "requested");
    let waits = match (booking.status.as_str(), booking.reply_by) {
        ("requested", Some(by)) => {
            say!(language, campaign.question_due, moment = deadline(language, by)).to_string()
        }
        _ => say!(language, campaign.question_meanwhile).to_owned(),
    };
    let asked = booking
        .questions
        .into_iter()
        .filter(|asked| {
            may || typed.as_ref().and_then(|typed| typed.get("question")) == Some(asked.id.to_string())
        })
        .map(|asked| {
            let waits = waits.clone();
            let materials_on = booking.details.materials_on.clone();
            view! { <Question booking=booking.id materials_on asked waits by /> }
        })
        .collect_view();
    view! { <div class="questions" id="questions" data-live data-typed=use_kept()>{asked}</div> }
}

/// One question: what was answered, and the form for what is to answer.
#[component]
pub fn Question(
    booking: Uuid,
    /// The day on which materials arrive, as it was said; empty: none do.
    #[prop(into)]
    materials_on: String,
    asked: QuestionView,
    /// What waits for the answer, in words.
    waits: String,
    /// And until when.
    #[prop(optional_no_strip)]
    by: Option<Instant>,
) -> impl IntoView {
    let language = use_language();
    let when = say!(language, campaign.question_asked, moment = moment(language, asked.at)).to_string();
    let open = asked.is_open();
    let answers = asked
        .answers
        .into_iter()
        .map(|one| {
            let when = say!(language, campaign.answered, moment = moment(language, one.at)).to_string();
            view! { <div><p class="said">{one.answer}</p> <p class="hint">{when}</p></div> }
        })
        .collect_view();
    let form = view! { <AnswerForm booking materials_on question=asked.id open /> };
    let (class, form) = if open {
        let own = by.map(|at| view! { <OwnMoment at /> });
        ("note warn question", view! { <p>{waits}</p> {own} {form} }.into_any())
    } else {
        ("note good question", form.into_any())
    };
    view! {
        <section class=class>
            <h2 class="note-title">{say!(language, campaign.question)}</h2>
            <blockquote>{asked.question}</blockquote>
            <p class="hint">{when}</p>
            {answers}
            {form}
        </section>
    }
}

/// Folded away once there is an answer.
#[component]
fn AnswerForm(booking: Uuid, materials_on: String, question: Uuid, open: bool) -> impl IntoView {
    let language = use_language();
    let typed =
        use_typed::<AnswerQuestion>().filter(|typed| typed.get("question") == Some(question.to_string()));
    let failure = use_failure::<AnswerQuestion>().filter(|_| typed.is_some());
    let failed = failure.is_some();
    let late = complaint(failure.as_ref(), "materials_on");
    let complaint = complaint(failure.as_ref(), "answer");
    let note = failure
        .filter(|_| complaint.is_none() && late.is_none())
        .map(|failure| view! { <FailureNote failure /> });
    let day = typed.as_ref().and_then(|typed| typed.get("materials_on"));
    let day = day.unwrap_or_else(|| materials_on.clone());
    let typed = typed.and_then(|typed| typed.get("answer")).unwrap_or_default();
    let id = format!("answer-{question}");
    let describes = format!("{id}-hint {id}-problem");
    // What is asked is often when the materials come: the answer then is the day itself.
    let materials = (!materials_on.is_empty()).then(|| {
        let id = format!("materials-{question}");
        view! {
            <Field id=id.clone() label=detail(language, "materials_on").unwrap_or_default() hint=say!(language, campaign.materials_again) complaint=late>
                <input id=id.clone() name="materials_on" type="date" value=day aria-describedby=format!("{id}-hint {id}-problem") />
            </Field>
        }
    });
    let form = view! {
        <Post class="stack" to=AnswerQuestion::PATH>
            <input type="hidden" name="id" value=booking.to_string() />
            <input type="hidden" name="question" value=question.to_string() />
            <Once />
            {note}
            <Field id=id.clone() label=say!(language, campaign.answer) hint=say!(language, campaign.answer_hint) complaint>
                <TextArea id name="answer" rows="4" text=typed required=true described=Some(describes) />
            </Field>
            {materials}
            <button class="button" type="submit">{say!(language, campaign.send_answer)}</button>
        </Post>
    };
    if open {
        return form.into_any();
    }
    view! {
        <details open=failed>
            <summary>{say!(language, campaign.add_answer)}</summary>
            {form}
        </details>
    }
    .into_any()
}
