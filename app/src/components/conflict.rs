//! Somebody was faster, be it of the own company: what fits instead.

use leptos::prelude::*;

use super::{
    hold_form::HoldForm, line_strip::Taken, offer_card::OfferCard, room::RoomForm, split_card::SplitCard,
};
use crate::{
    api::Hold,
    contract::{Failure, OfferView, RefusalView, SplitView},
    request::{use_here, use_language, use_link, use_typed},
    words::{instead, lost, refusal, say},
};

/// There is room, so that nobody needs to be asked or waited for: no conflict, but a refusal.
pub fn needless(failure: Failure) -> Failure {
    match failure {
        Failure::Conflict { refusal, .. } => Failure::Refused { refusal },
        other => other,
    }
}

#[component]
pub fn Conflict(
    reason: RefusalView,
    alternatives: Vec<OfferView>,
    /// Cheaper than every alternative.
    split: Option<SplitView>,
    search: String,
    taken: Option<Taken>,
) -> impl IntoView {
    let language = use_language();
    let nothing = alternatives.is_empty() && split.is_none();
    let ranking = (!alternatives.is_empty())
        .then(|| view! { <p class="hint ranking">{say!(language, offer.instead.ranking)}</p> });
    let is_split = split.is_some();
    let split = split.map(|split| view! { <SplitCard split search=search.clone() taken=taken.clone() /> });
    let cards = alternatives
        .into_iter()
        .zip(1..)
        .map(|(mut offer, rank)| {
            offer.rank = rank;
            let merits = if rank == 1 && !is_split { vec![say!(language, offer.next_best)] } else { Vec::new() };
            let (key, plan) = (offer.key.clone(), offer.terms.plan);
            let foot =
                view! { <HoldForm search=search.clone() offer=key rank words=say!(language, offer.take) plan /> }
                    .into_any();
            let shift = offer.instead.as_ref().map(|differs| instead(language, differs));
            view! { <OfferCard offer merits foot shift taken=taken.clone() /> }
        })
        .collect_view();
    // The place that was wanted can still be asked for.
    let wanted = use_typed::<Hold>().and_then(|typed| typed.get("offer"));
    let room = wanted.map(|offer| view! { <RoomForm search=search.clone() offer /> });
    view! {
        <section class="conflict" aria-labelledby="conflict">
            <TakenNote reason nothing />
            {split}
            {ranking}
            {cards}
            {room}
        </section>
    }
}

/// That the place is gone, why, and whether there is something instead; to whose own company it went, with a link.
#[component]
pub fn TakenNote(
    reason: RefusalView,
    nothing: bool,
    /// The page with all that fits, where that isn't this one.
    #[prop(optional_no_strip)]
    all: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let all = all.unwrap_or_else(|| use_link(&use_here()));
    let is_own = reason.reason == RefusalView::OWN_BOOKING;
    let title = if is_own { say!(language, failure.own) } else { say!(language, failure.taken) };
    let own = reason.fact("booking").filter(|_| is_own).map(|id| {
        let href = use_link(&format!("/bookings/{id}"));
        view! { <p><a href=href>{say!(language, failure.own_link)}</a></p> }
    });
    view! {
        <div class="note warn" role="alert" tabindex="-1" autofocus>
            <h2 id="conflict" class="note-title">{title}</h2>
            <p>{lost(language, &reason, nothing)}</p>
            <p class="hint">{refusal(language, &reason)}</p>
            {own}
            <p><a href=all>{say!(language, failure.all)}</a></p>
        </div>
    }
}
