//! Why a form of the desk was not carried out, for whichever of them was sent.

use leptos::prelude::*;

use crate::{
    api::{
        Abort, AnswerMove, Approve, AskBack, ConfirmHazards, Decline, LiftClosure, RemoveCleaning,
        ResolveConflict, RunCampaign, SettleConflict, SettleFlag, ShortenClosure, WithdrawRepair,
    },
    components::FailureNote,
    contract::Failure,
    request::{use_failure, use_language, use_link},
    words::say,
};

#[component]
pub fn Refused() -> impl IntoView {
    let failure = use_failure::<ConfirmHazards>()
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
        // Where the conflict was opened nothing of it is left to act on.
        let language = use_language();
        let gone =
            matches!(&failure, Failure::Refused { refusal } if refusal.reason.starts_with("conflict_"));
        let back = gone.then(|| {
            view! { <p><a href=use_link("/desk/conflicts")>{say!(language, conflict.back)}</a></p> }
        });
        view! { <FailureNote failure /> {back} }
    })
}
