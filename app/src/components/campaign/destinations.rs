//! Places to which a booking may move: for nothing at one click, for a fee after a question on a page of its own.

use std::cmp::Ordering;

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::params::ParamsMap;

use super::next::{materials_of, too_soon_for_materials};
use crate::{
    api::Relocate,
    components::{Ahead, Moving, OfferCard, Once, Post, Taken, complaint, is_own_production},
    contract::{BookingView, FeeQuote, Instant, OfferView, OrganisationKind},
    language::Language,
    request::{use_failure, use_language, use_link, use_reader, use_typed},
    words::{length, say, yuan},
};

/// `offers` of the search written as `search`, each with the way to it for `booking`.
#[component]
pub fn Destinations(
    booking: BookingView,
    /// What any move costs now.
    quote: FeeQuote,
    search: String,
    offers: Vec<OfferView>,
    taken: Option<Taken>,
) -> impl IntoView {
    let language = use_language();
    let (id, version, fee) = (booking.id, booking.version, quote.fee_fen);
    let moving = Moving::of(&booking, &quote);
    // Firms come after those who wait, whatever their reason.
    let operates = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    let (typed, failure) = (use_typed::<Relocate>().unwrap_or_default(), use_failure::<Relocate>());
    offers
        .into_iter()
        .map(|offer| {
            let (search, key, rank) = (search.clone(), offer.key.clone(), offer.rank);
            let dearer = dearer(language, &booking, &offer);
            let foot = if fee > 0 {
                let fee = say!(language, campaign.move_now_fee, fee = yuan(fee)).to_string();
                let words = [Some(say!(language, campaign.move_choose).to_owned()), Some(fee), dearer];
                let words = words.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                let mut parameters = ParamsMap::new();
                parameters.insert("search", search);
                parameters.insert("offer", key);
                let href = use_link(&format!("/bookings/{id}/move/ask{}", parameters.to_query_string()));
                view! {
                    <a class="button" href=href>
                        {words} <span class="sr">{say!(language, offer.rank, rank = rank).to_string()}</span>
                    </a>
                }
                .into_any()
            } else {
                let words = [Some(say!(language, campaign.move_now).to_owned()), dearer];
                let words = words.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                let sent = typed.get("offer").as_ref() == Some(&key);
                let ahead = operates.then(|| {
                    let value = typed.get("ahead").filter(|_| sent).unwrap_or_default();
                    let complaint = complaint(failure.as_ref().filter(|_| sent), "ahead");
                    view! { <Ahead id=format!("ahead-{rank}") value complaint /> }
                });
                view! {
                    <Post class="hold" to=Relocate::PATH>
                        <MoveFields id=id.to_string() version search offer=key fee />
                        {ahead}
                        <button class="button" type="submit">{words}</button>
                    </Post>
                }
                .into_any()
            };
            let starts = offer.steps.iter().map(|step| step.start);
            let soon = too_soon_for_materials(language, materials_of(&booking), starts);
            let soon = soon.map(|words| view! { <p class="note warn">{words}</p> });
            let foot = view! { {soon} {foot} }.into_any();
            let shift = shift(language, &booking, &offer);
            let moving = Some(moving.clone());
            view! { <OfferCard offer merits=Vec::new() foot shift taken=taken.clone() moving /> }
        })
        .collect_view()
}

/// What a move to `offer` of the search written as `search` sends: for the fee that is shown, from the state that is
/// shown.
#[component]
pub fn MoveFields(id: String, version: i64, search: String, offer: String, fee: i64) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=id />
        <input type="hidden" name="version" value=version.to_string() />
        <input type="hidden" name="search" value=search />
        <input type="hidden" name="offer" value=offer />
        <input type="hidden" name="quoted_fee_fen" value=fee.to_string() />
        <Once />
    }
}

/// How else the campaign's price then is, if it is.
pub fn dearer(language: Language, booking: &BookingView, offer: &OfferView) -> Option<String> {
    match offer.price_fen - booking.price_fen {
        0 => None,
        // Nobody pays for a platform's own production.
        _ if is_own_production(booking) => None,
        more @ 1.. => Some(say!(language, campaign.move_now_dearer, sum = yuan(more)).to_string()),
        less => Some(say!(language, campaign.move_now_less, sum = yuan(-less)).to_string()),
    }
}

/// How much later or earlier than now the campaign then begins.
pub fn shift(language: Language, booking: &BookingView, offer: &OfferView) -> Option<String> {
    let now = booking.steps.iter().map(|step| step.start).min();
    let then = offer.steps.iter().map(|step| step.start).min();
    now.zip(then).map(|(now, then)| shifted(language, now, then))
}

fn shifted(language: Language, now: Instant, then: Instant) -> String {
    let length = length(language, (then.0 - now.0).abs() / 60);
    match then.cmp(&now) {
        Ordering::Greater => say!(language, campaign.shift_later, length = length).to_string(),
        Ordering::Less => say!(language, campaign.shift_sooner, length = length).to_string(),
        Ordering::Equal => say!(language, campaign.shift_same).to_owned(),
    }
}
