//! What a platform's people may do to a booking now, each deed a form.

use leptos::{prelude::*, server_fn::ServerFn};

use super::Hidden;
use crate::{
    api::{Abort, Approve, AskBack, ConfirmHazards, Decline, RunCampaign},
    components::Field,
    contract::{BookingView, Failure},
    request::{use_failure, use_language, use_link},
    words::{problem, say},
};

#[component]
pub fn Acts(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let id = booking.id.to_string();
    let next = use_link(&format!("/desk/requests/{id}"));
    let may = |action: &str| booking.actions.iter().any(|known| known == action);
    let hidden = || view! { <Hidden id=id.clone() next=next.clone() /> }.into_any();
    let confirm = may("confirm_hazards").then(|| {
        view! {
            <form class="act" method="post" action=ConfirmHazards::PATH>
                {hidden()}
                <Words id="evidence-seen" label=say!(language, desk.evidence_seen) hint=say!(language, desk.evidence_hint) complaint=complaint(use_failure::<ConfirmHazards>()) />
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
    let steps = [
        ("start", say!(language, desk.start), say!(language, desk.start_hint)),
        ("complete", say!(language, desk.finish), say!(language, desk.finish_hint)),
        ("close", say!(language, desk.close), say!(language, desk.close_hint)),
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
    let asks = booking.company_name.is_some() && matches!(booking.status.as_str(), "held" | "requested");
    let ask = asks.then(|| {
        let hidden = hidden();
        let complaint = complaint(use_failure::<AskBack>());
        view! {
            <Aside words=say!(language, desk.ask_back) open=complaint.is_some()>
                <form class="act" method="post" action=AskBack::PATH>
                    {hidden}
                    <Words id="question" label=say!(language, desk.question) hint=say!(language, desk.question_hint) complaint />
                    <button class="button quiet" type="submit">{say!(language, desk.send_question)}</button>
                </form>
            </Aside>
        }
    });
    let decline = may("decline").then(|| {
        let hidden = hidden();
        let complaint = complaint(use_failure::<Decline>());
        view! {
            <Aside words=say!(language, desk.decline) open=complaint.is_some()>
                <form class="act" method="post" action=Decline::PATH>
                    {hidden}
                    <Words id="decline-reason" label=say!(language, desk.reason) hint=say!(language, desk.decline_hint) complaint />
                    <button class="button grave" type="submit">{say!(language, desk.decline)}</button>
                </form>
            </Aside>
        }
    });
    let abort = may("abort").then(|| {
        let hidden = hidden();
        let complaint = complaint(use_failure::<Abort>());
        view! {
            <Aside words=say!(language, desk.abort) open=complaint.is_some()>
                <form class="act" method="post" action=Abort::PATH>
                    {hidden}
                    <Words id="abort-reason" label=say!(language, desk.reason) hint=say!(language, desk.abort_hint) complaint />
                    <button class="button grave" type="submit">{say!(language, desk.abort)}</button>
                </form>
            </Aside>
        }
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
) -> impl IntoView {
    view! {
        <Field id label hint complaint>
            <textarea id=id name="reason" rows="3" required maxlength="1000" aria-describedby=format!("{id}-hint {id}-problem")></textarea>
        </Field>
    }
}

/// What is wrong with the reason that was given.
fn complaint(failure: Option<Failure>) -> Option<String> {
    match failure {
        Some(Failure::Invalid { field, problem: wrong }) if field == "reason" => {
            Some(problem(use_language(), &field, &wrong))
        }
        _ => None,
    }
}
