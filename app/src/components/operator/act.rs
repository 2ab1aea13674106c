//! What a platform's people may do to a booking now, each deed a form.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{Hidden, declared};
use crate::{
    api::{Abort, Approve, AskBack, ConfirmHazards, Decline, RecallHazards, RunCampaign},
    components::{Field, TextArea, complaint_at},
    contract::{BookingView, Failure, FreedView, Role},
    language::Language,
    request::{use_failure, use_language, use_link, use_reader, use_typed},
    words::{check, date, day, freed, moment, say, text},
};

/// Whether the reader has anything to do to `booking`, or is told why not.
pub fn acts_on(booking: &BookingView) -> bool {
    !booking.actions.is_empty()
}

#[component]
pub fn Acts(
    booking: BookingView,
    /// What finishing it now would free of its lines.
    #[prop(optional)]
    frees: Vec<FreedView>,
    /// Whether a line of it is down in its time.
    #[prop(optional)]
    down: bool,
) -> impl IntoView {
    let language = use_language();
    let id = booking.id.to_string();
    let next = use_link(&format!("/desk/requests/{id}"));
    let may = |action: &str| booking.may(action);
    let hidden = || view! { <Hidden id=id.clone() next=next.clone() /> }.into_any();
    // What is signed, approved or declined is what this page shows, and nothing that came since.
    let as_shown = || {
        let version = booking.version.to_string();
        view! { {hidden()} <input type="hidden" name="version" value=version /> }.into_any()
    };
    let confirm = may("confirm_hazards").then(|| {
        let (failure, typed) = (use_failure::<ConfirmHazards>(), typed::<ConfirmHazards>());
        // What is signed stands beside the signature.
        let [what, hazards, evidence] = declared(language, &booking);
        let signed = say!(language, desk.confirms, what = what, hazards = hazards, evidence = evidence);
        view! {
            <form class="act" method="post" action=ConfirmHazards::PATH>
                {as_shown()}
                <p>{signed.to_string()}</p>
                <Words id="evidence-seen" label=say!(language, desk.evidence_seen) hint=say!(language, desk.evidence_hint) failure typed />
                <button class="button" type="submit">{say!(language, desk.confirm_hazards)}</button>
            </form>
        }
    });
    let lacks = !booking.unmet.is_empty();
    let unmet: Vec<String> = booking.unmet.iter().map(|name| check(language, name)).collect();
    let unmet = unmet.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    let fill =
        may("fill_in").then(|| view! { <p><a href="#fill-in">{say!(language, request.fill_in)}</a></p> });
    // Own production is withdrawn where a client's request is declined.
    let decides = booking.status == "requested" && (may("decline") || may("withdraw"));
    let lacking = (lacks && (decides || may("confirm_hazards"))).then(|| {
        view! {
            <div class="note warn">
                <p class="note-title">{say!(language, desk.lacks)}</p>
                <ul>{unmet}</ul>
                {fill}
            </div>
        }
    });
    // Licences are the law's: no reason goes before them.
    let unlicensed = booking.unmet.iter().any(|name| name == "licences");
    let approve = may("approve").then(|| {
        if unlicensed {
            return view! { <p class="hint">{say!(language, desk.approve_unlicensed)}</p> }.into_any();
        }
        let (failure, typed) = (use_failure::<Approve>(), typed::<Approve>());
        let despite = lacks.then(|| {
            view! { <Words id="despite" label=say!(language, desk.despite) hint=say!(language, desk.despite_hint) failure typed /> }
        });
        let (class, words) = if lacks {
            ("button grave", say!(language, desk.approve_despite))
        } else {
            ("button", say!(language, desk.approve))
        };
        view! {
            <form class="act" method="post" action=Approve::PATH>
                {as_shown()}
                <p class="hint">{say!(language, desk.approve_hint)}</p>
                {despite}
                <button class=class type="submit">{words}</button>
            </form>
        }
        .into_any()
    });
    let waits = (decides && !booking.hazards_confirmed).then(|| {
        view! { <p class="hint">{say!(language, desk.approve_waits)}</p> }
    });
    let first = booking.steps.iter().map(|step| step.start).min();
    let ahead = first.filter(|first| day(*first, 0) > day(booking.now, 0));
    // Before its day there is nothing to press.
    let not_yet = ahead.filter(|_| may("start")).map(|first| {
        let words = say!(language, desk.start_from, date = date(language, first)).to_string();
        view! { <p class="hint">{words}</p> }
    });
    let steps = [
        ("start", say!(language, desk.start), say!(language, desk.start_hint).to_owned()),
        (
            "complete",
            say!(language, desk.finish),
            finish_hint(language, &frees, booking.company_name.is_none()),
        ),
        ("close", say!(language, desk.close), say!(language, desk.close_hint).to_owned()),
    ];
    let steps = steps
        .into_iter()
        .filter(|(step, ..)| may(step) && (*step != "start" || ahead.is_none()))
        .map(|(step, words, hint)| {
            // It may run all the same, which only people there know; but it isn't what is to be done now.
            let doubtful = down && step == "start";
            let warning = doubtful.then(|| {
                view! { <p class="note warn">{say!(language, desk.start_down)}</p> }
            });
            let class = if doubtful { "button quiet" } else { "button" };
            view! {
                <form class="act" method="post" action=RunCampaign::PATH>
                    {hidden()}
                    {warning}
                    <p class="hint">{hint}</p>
                    <button class=class type="submit" name="step" value=step>{words}</button>
                </form>
            }
        })
        .collect_view();
    // What has yet to begin isn't done: it says from when on it can be, where the button would be.
    let unfinished = booking.step_ahead().filter(|_| may("abort") && !may("complete")).map(|step| {
        let (name, line) = (text(language, &step.name), text(language, &step.line_name));
        let when = moment(language, step.start);
        let words = say!(language, desk.finish_ahead, step = name, line = line, moment = when).to_string();
        view! { <p class="hint">{words}</p> }
    });
    // One's own people aren't waited for, nor anybody before it begins.
    let has_begun = first.is_some_and(|first| first <= booking.now);
    let awaited = may("no_show") && booking.company_name.is_some();
    let absent_from = first.filter(|_| awaited && !has_begun && ahead.is_none()).map(|first| {
        let words = say!(language, desk.no_show_from, moment = moment(language, first)).to_string();
        view! { <p class="hint">{words}</p> }
    });
    let no_show = (awaited && has_begun).then(|| {
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
        // Whoever signs may also not agree: the reason is ready, and what is asked for is theirs to say.
        let disagrees = may("confirm_hazards");
        let words = if disagrees { say!(language, desk.disagree) } else { say!(language, desk.ask_back) };
        let ready = if disagrees {
            let [what, hazards, evidence] = declared(language, &booking);
            say!(language, desk.disagree_ready, what = what, hazards = hazards, evidence = evidence)
                .to_string()
        } else {
            String::new()
        };
        let [hint, label] = [say!(language, desk.question_hint), say!(language, desk.question)];
        let send = say!(language, desk.send_question);
        told::<AskBack>(hidden(), Telling { id: "question", words, label, hint, send, grave: false, ready })
    });
    let recall = may("recall_hazards").then(|| {
        let [words, hint, label] =
            [say!(language, desk.recall), say!(language, desk.recall_hint), say!(language, desk.reason)];
        let (id, ready) = ("recall-reason", String::new());
        told::<RecallHazards>(as_shown(), Telling { id, words, label, hint, send: words, grave: true, ready })
    });
    let decline = may("decline").then(|| {
        let [words, hint, label] =
            [say!(language, desk.decline), say!(language, desk.decline_hint), say!(language, desk.reason)];
        told::<Decline>(
            as_shown(),
            Telling {
                id: "decline-reason",
                words,
                label,
                hint,
                send: words,
                grave: true,
                ready: String::new(),
            },
        )
    });
    let abort = may("abort").then(|| {
        let [words, hint, label] =
            [say!(language, desk.abort), say!(language, desk.abort_hint), say!(language, desk.reason)];
        let (id, ready) = ("abort-reason", String::new());
        told::<Abort>(hidden(), Telling { id, words, label, hint, send: words, grave: true, ready })
    });
    let ways = [
        ("move", "/move", say!(language, campaign.relocate)),
        ("cancel", "/cancel", say!(language, campaign.cancel)),
        ("withdraw", "#actions", say!(language, campaign.withdraw)),
    ];
    let ways = ways
        .into_iter()
        .filter(|(action, ..)| may(action))
        .map(|(_, rest, words)| {
            let href = use_link(&format!("/bookings/{id}{rest}"));
            view! { <p><a href=href>{words}</a></p> }
        })
        .collect_view();
    // A confirmed booking is its owner's: nobody here moves it, or gives it up for a fee that the firm pays.
    let operates =
        use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin));
    let theirs = (operates && booking.status == "confirmed" && booking.company_name.is_some()).then(|| {
        let href = use_link(&format!("/bookings/{id}"));
        view! {
            <p class="hint">{say!(language, desk.firms_alone)} " " <a href=href>{say!(language, desk.firms_page)}</a></p>
        }
    });
    view! {
        <div class="acts">
            {lacking} {confirm} {approve} {waits} {not_yet} {steps} {unfinished} {ask} {recall} {decline} {abort}
            {absent_from} {no_show} {ways} {theirs}
        </div>
    }
}

/// What finishing means; before the planned end, with what it frees. `own`: it is of the platform itself.
fn finish_hint(language: Language, frees: &[FreedView], own: bool) -> String {
    if frees.is_empty() {
        return say!(language, desk.finish_hint).to_owned();
    }
    let frees = say!(language, desk.finish_frees, what = freed(language, frees)).to_string();
    // The platform's own production has no price.
    if own {
        return frees;
    }
    say!(language, term.sentences, first = frees, second = say!(language, desk.price_stays)).to_string()
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
    /// What stands there before anything is typed.
    ready: String,
}

/// The form of such a deed; open while something is wrong with it.
fn told<F: ServerFn>(hidden: AnyView, telling: Telling) -> AnyView {
    let failure = use_failure::<F>();
    let open = failure.is_some();
    let typed = use_typed::<F>().and_then(|typed| typed.get("reason")).unwrap_or(telling.ready);
    let class = if telling.grave { "button grave" } else { "button quiet" };
    view! {
        <Aside words=telling.words open>
            <form class="act" method="post" action=F::PATH>
                {hidden}
                <Words id=telling.id label=telling.label hint=telling.hint failure typed />
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
    /** Why the form failed. */
    failure: Option<Failure>,
    /** What was typed before it failed. */
    typed: String,
) -> impl IntoView {
    let complaint = complaint_at(failure.as_ref(), "reason", label);
    let described = Some(format!("{id}-hint {id}-problem"));
    view! {
        <Field id label hint complaint>
            <TextArea id name="reason" rows="3" text=typed required=true described />
        </Field>
    }
}

/// The reason as it was typed into the form that posts to `F`.
fn typed<F: ServerFn>() -> String {
    use_typed::<F>().and_then(|typed| typed.get("reason")).unwrap_or_default()
}
