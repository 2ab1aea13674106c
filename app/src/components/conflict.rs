//! Somebody was faster: what fits instead.

use leptos::prelude::*;

use super::{hold_form::HoldForm, line_strip::Taken, offer_card::OfferCard, room::RoomForm};
use crate::{
    api::Hold,
    contract::{OfferView, RefusalView},
    request::{use_here, use_language, use_link, use_typed},
    words::{instead, refusal, say},
};

#[component]
pub fn Conflict(
    reason: RefusalView,
    alternatives: Vec<OfferView>,
    search: String,
    taken: Option<Taken>,
) -> impl IntoView {
    let language = use_language();
    let text = if alternatives.is_empty() {
        say!(language, failure.taken_nothing)
    } else {
        say!(language, failure.taken_text)
    };
    let ranking = (!alternatives.is_empty())
        .then(|| view! { <p class="hint ranking">{say!(language, offer.instead.ranking)}</p> });
    let cards = alternatives
        .into_iter()
        .zip(1..)
        .map(|(mut offer, rank)| {
            offer.rank = rank;
            let merits = if rank == 1 { vec![say!(language, offer.next_best)] } else { Vec::new() };
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
            <div class="note warn" role="alert">
                <h2 id="conflict" class="note-title">{say!(language, failure.taken)}</h2>
                <p>{text}</p>
                <p class="hint">{refusal(language, &reason)}</p>
                <p><a href=use_link(&use_here())>{say!(language, failure.all)}</a></p>
            </div>
            {ranking}
            {cards}
            {room}
        </section>
    }
}
