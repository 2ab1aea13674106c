//! Why a form of the desk was not carried out, for whichever of them was sent.

use leptos::prelude::*;

use crate::{
    api::{
        Abort, AnswerMove, Approve, AskBack, ConfirmHazards, Decline, LiftClosure, RecallHazards,
        RemoveCleaning, ResolveConflict, RunCampaign, SettleConflict, SettleFlag, ShortenClosure,
        WithdrawRepair,
    },
    components::FailureNote,
    contract::{EventView, Failure},
    language::Language,
    request::{use_failure, use_language, use_link},
    words::{event, moment, say, side},
};

#[component]
pub fn Refused(
    /// What happened last to the booking that the page is about.
    #[prop(optional_no_strip)]
    last: Option<EventView>,
) -> impl IntoView {
    let failure = use_failure::<ConfirmHazards>()
        .or_else(use_failure::<RecallHazards>)
        .or_else(use_failure::<Approve>)
        .or_else(use_failure::<Decline>)
        .or_else(use_failure::<AskBack>)
        .or_else(use_failure::<RunCampaign>)
        .or_else(use_failure::<Abort>)
        .or_else(use_failure::<LiftClosure>)
        .or_else(use_failure::<ShortenClosure>)
        .or_else(use_failure::<RemoveCleaning>)
        .or_else(use_failure::<SettleFlag>)
        .or_else(use_failure::<ResolveConflict>)
        .or_else(use_failure::<SettleConflict>)
        .or_else(use_failure::<WithdrawRepair>)
        .or_else(use_failure::<AnswerMove>);
    failure.map(|failure| {
        let language = use_language();
        // What it was refused for: the rest of the page shows what that came to.
        let changed = matches!(&failure, Failure::Refused { refusal } if refusal.reason == "booking_changed");
        let since = last.filter(|_| changed).map(|last| {
            view! {
                <p>
                    <strong>{event(language, &last.action)}</strong>
                    " · "
                    {moment(language, last.at)}
                    " · "
                    {side(language, &last.by)}
                </p>
            }
            .into_any()
        });
        // Where the conflict was opened nothing of it is left to act on.
        let gone =
            matches!(&failure, Failure::Refused { refusal } if refusal.reason.starts_with("conflict_"));
        let back = gone.then(|| {
            view! { <p><a href=use_link("/desk/conflicts")>{say!(language, conflict.back)}</a></p> }
        });
        let named = reason_called(language).map(|label| vec![("reason", label)]).unwrap_or_default();
        view! { <FailureNote failure onwards=since named /> {back} }
    })
}

/// What the form that was sent calls the words that it asks for, where that isn't a reason.
fn reason_called(language: Language) -> Option<&'static str> {
    Some(if use_failure::<ConfirmHazards>().is_some() {
        say!(language, desk.evidence_seen)
    } else if use_failure::<Approve>().is_some() {
        say!(language, desk.despite)
    } else if use_failure::<AskBack>().is_some() {
        say!(language, desk.question)
    } else if use_failure::<SettleFlag>().is_some() || use_failure::<SettleConflict>().is_some() {
        say!(language, desk.settled_how)
    } else {
        return None;
    })
}
