//! One offer.

use leptos::prelude::*;

use super::{
    hold_form::HoldForm,
    schedule::Schedule,
    steps::{Step, Steps},
};
use crate::{
    contract::OfferView,
    request::use_language,
    words::{length, moment, say, text, yuan},
};

/// What holding it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// The offer is one of a search's.
    AsFound,
    /// The offer stands in for one that somebody else took.
    Instead,
}

/// `merits` are the ways in which it beats the others.
#[component]
pub fn OfferCard(offer: OfferView, search: String, merits: Vec<&'static str>, takes: Takes) -> impl IntoView {
    let language = use_language();
    let steps: Vec<Step> = offer.steps.iter().map(Step::from).collect();
    let start = steps.iter().map(|step| step.start).min();
    let end = steps.iter().map(|step| step.end).max();
    let waiting = match offer.waiting_minutes {
        0 => say!(language, offer.no_waiting).to_owned(),
        minutes => say!(language, offer.waiting, length = length(language, minutes)).to_string(),
    };
    let words = match takes {
        Takes::AsFound => say!(language, offer.hold),
        Takes::Instead => say!(language, offer.take),
    };
    let class = if offer.rank == 1 { "offer first" } else { "offer" };
    let span = start.zip(end).map(|(start, end)| {
        view! {
            <p class="offer-span">
                <span>{moment(language, start)}</span>
                <span class="arrow" aria-hidden="true">"→"</span>
                <span>{moment(language, end)}</span>
            </p>
        }
    });
    let merits = merits.into_iter().map(|merit| view! { <li class="tag good">{merit}</li> }).collect_view();
    view! {
        <article class=class>
            <header class="offer-head">
                <span class="rank" aria-label=say!(language, offer.rank, rank = offer.rank).to_string()>{offer.rank}</span>
                <div>
                    <h3>{text(language, &offer.platform_name)}</h3>
                    {span}
                </div>
                <div class="price">
                    <span class="price-sum">{yuan(offer.price_fen)}</span>
                    <span class="price-note">{say!(language, offer.price_note)}</span>
                </div>
            </header>
            <ul class="tags">
                {merits}
                <li class="tag">{say!(language, offer.finish, length = length(language, offer.finish_minutes)).to_string()}</li>
                <li class="tag">{waiting}</li>
            </ul>
            <Schedule steps=steps.clone() />
            <Steps steps />
            <footer class="offer-foot">
                <HoldForm search offer=offer.key rank=offer.rank words />
            </footer>
        </article>
    }
}
