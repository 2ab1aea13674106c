//! What a platform's people may do to a booking now, each deed a form.

use leptos::{prelude::*, server_fn::ServerFn};

use super::Hidden;
use crate::{
    api::{Abort, Approve, AskBack, ConfirmHazards, Decline, RunCampaign},
    components::{self, Field},
    contract::{BookingView, Failure},
    request::{use_failure, use_language, use_link, use_typed},
    words::{date, day, say},
};

#[component]
pub fn Acts(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let id = booking.id.to_string();
    let next = use_link(&format!("/desk/requests/{id}"));
    let may = |action: &str| booking.may(action);
    let hidden = || view! { <Hidden id=id.clone() next=next.clone() /> }.into_any();
    let confirm = may("confirm_hazards").then(|| {
        let (complaint, typed) = (complaint(use_failure::<ConfirmHazards>()), typed::<ConfirmHazards>());
        view! {
            <form class="act" method="post" action=ConfirmHazards::PATH>
                {hidden()}
                <Words id="evidence-seen" label=say!(language, desk.evidence_seen) hint=say!(language, desk.evidence_hint) complaint typed />
                <button class="button" type="submit">{say!(language, desk.confirm_hazards)}</button>
            </form>
        }
    });
    let approve = may("approve").then(|| {
        view! {
            <form class="act" method="post" action=Approve::PATH>
                {hidden()}
                <p class="hint">{say!(language, desk.approve_hint)}</p>
                <button class="button" type="submit">{say!(language, desk.approve)}</button>
            </form>
        }
    });
    let waits = (may("decline") && !booking.hazards_confirmed).then(|| {
        view! { <p class="hint">{say!(language, desk.approve_waits)}</p> }
    });
    let first = booking.steps.iter().map(|step| step.start).min();
    let ahead = first.filter(|first| day(*first, 0) > day(booking.now, 0));
    let start_hint = ahead.map_or_else(
        || say!(language, desk.start_hint).to_owned(),
        |first| say!(language, desk.start_from, date = date(language, first)).to_string(),
    );
    let steps = [
        ("start", say!(language, desk.start), start_hint),
        ("complete", say!(language, desk.finish), say!(language, desk.finish_hint).to_owned()),
        ("close", say!(language, desk.close), say!(language, desk.close_hint).to_owned()),
    ];
    let steps = steps
        .into_iter()
        .filter(|(step, ..)| may(step))
        .map(|(step, words, hint)| {
            view! {
                <form class="act" method="post" action=RunCampaign::PATH>
                    {hidden()}
                    <p class="hint">{hint}</p>
                    <button class="button" type="submit" name="step" value=step>{words}</button>
                </form>
            }
        })
        .collect_view();
    let no_show = may("no_show").then(|| {
        let hidden = hidden();
        view! {
            <Aside words=say!(language, desk.no_show) open=false>
                <form class="act" method="post" action=RunCampaign::PATH>
                    {hidden}
                    <p class="hint">{say!(language, desk.no_show_hint)}</p>
                    <button class="button grave" type="submit" name="step" value="no_show">{say!(language, desk.no_show)}</button>
                </form>
            </Aside>
        }
    });
    let ask = may("ask").then(|| {
        let [words, hint, label] = [
            say!(language, desk.ask_back),
            say!(language, desk.question_hint),
            say!(language, desk.question),
        ];
        let send = say!(language, desk.send_question);
        told::<AskBack>(hidden(), Telling { id: "question", words, label, hint, send, grave: false })
    });
    let decline = may("decline").then(|| {
        let [words, hint, label] =
            [say!(language, desk.decline), say!(language, desk.decline_hint), say!(language, desk.reason)];
        told::<Decline>(
            hidden(),
            Telling { id: "decline-reason", words, label, hint, send: words, grave: true },
        )
    });
    let abort = may("abort").then(|| {
        let [words, hint, label] =
            [say!(language, desk.abort), say!(language, desk.abort_hint), say!(language, desk.reason)];
        told::<Abort>(hidden(), Telling { id: "abort-reason", words, label, hint, send: words, grave: true })
    });
    let own_page = ["move", "cancel", "withdraw"].into_iter().any(may).then(|| {
        let href = use_link(&format!("/bookings/{id}"));
        view! { <p><a href=href>{say!(language, desk.on_its_page)}</a></p> }
    });
    view! {
        <div class="acts">
            {confirm} {approve} {waits} {steps} {ask} {decline} {abort} {no_show} {own_page}
        </div>
    }
}

/// The words of a rarer deed that has to be put in words itself.
struct Telling {
    id: &'static str,
    /// What it is called while it is folded away.
    words: &'static str,
    label: &'static str,
    hint: &'static str,
    send: &'static str,
    /// Whether there is no way back.
    grave: bool,
}

/// The form of such a deed; open while something is wrong with it.
fn told<F: ServerFn>(hidden: AnyView, telling: Telling) -> AnyView {
    let (complaint, typed) = (complaint(use_failure::<F>()), typed::<F>());
    let class = if telling.grave { "button grave" } else { "button quiet" };
    view! {
        <Aside words=telling.words open=complaint.is_some()>
            <form class="act" method="post" action=F::PATH>
                {hidden}
                <Words id=telling.id label=telling.label hint=telling.hint complaint typed />
                <button class=class type="submit">{telling.send}</button>
            </form>
        </Aside>
    }
    .into_any()
}

/// A deed that is rarer, folded away until asked for.
#[component]
fn Aside(words: &'static str, open: bool, children: Children) -> impl IntoView {
    view! {
        <details class="act-more" open=open>
            <summary>{words}</summary>
            {children()}
        </details>
    }
}

/// A reason in words, which every such deed needs.
#[component]
fn Words(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    complaint: Option<String>,
    /** What was typed before it failed. */
    typed: String,
) -> impl IntoView {
    view! {
        <Field id label hint complaint>
            <textarea id=id name="reason" rows="3" required aria-describedby=format!("{id}-hint {id}-problem")>
                {typed}
            </textarea>
        </Field>
    }
}

/// What is wrong with the reason that was given.
fn complaint(failure: Option<Failure>) -> Option<String> {
    components::complaint(failure.as_ref(), "reason")
}

/// The reason as it was typed into the form that posts to `F`.
fn typed<F: ServerFn>() -> String {
    use_typed::<F>().and_then(|typed| typed.get("reason")).unwrap_or_default()
}
