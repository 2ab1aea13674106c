//! Samples of what is offered: an offer as the best, as another and beside what one has, its terms, and its lines.

use leptos::prelude::*;
use uuid::Uuid;

use super::{HOUR, Part, both};
use crate::{
    backend::use_backend,
    components::{Key, LaneNames, LanesInWords, OfferCard, StripLane, StripLanes, Terms},
    contract::{ChargeView, FeeStepView, Instant, OfferStepView, OfferView, TermsView},
    request::use_language,
    words::say,
};

/// Of every sample.
pub const PRICE: i64 = 1_234_560;

/// With this part of the price due on confirmation.
pub fn terms(reservation_percent: u8) -> TermsView {
    let step = |from_days, to_days, percent| FeeStepView { from_days, to_days, percent };
    TermsView {
        version: 1,
        hold_minutes: 72 * 60,
        reply_working_days: 3,
        reply_by: None,
        reservation_percent,
        reservation_fen: PRICE * i64::from(reservation_percent) / 100,
        cancellation: vec![step(61, None, 0), step(15, Some(60), 50), step(0, Some(14), 100)],
        free_move_days: 60,
        use_or_lose: None,
        plan: None,
        lowered_percent: None,
        charges: vec![ChargeView {
            line_name: both(|language| say!(language, design.line_one)),
            days: 2,
            day_rate_fen: PRICE / 2,
        }],
    }
}

/// The offer of this rank, the higher the later.
pub fn offer(now: Instant, rank: u32) -> OfferView {
    let at = |hours: i64| Instant(now.0 + hours * HOUR);
    OfferView {
        key: String::new(),
        route: Uuid::nil(),
        platform: Uuid::nil(),
        platform_name: both(|language| say!(language, design.platform)),
        steps: vec![OfferStepView {
            name: both(|language| say!(language, design.step_one)),
            line: Uuid::nil(),
            line_name: both(|language| say!(language, design.line_one)),
            start: at(24 * i64::from(rank)),
            end: at(24 * i64::from(rank) + 20),
        }],
        price_fen: PRICE,
        terms: terms(10),
        rank,
        finish_minutes: 44 * 60,
        waiting_minutes: i64::from(rank - 1) * 240,
        instead: None,
    }
}

#[component]
pub fn Deals() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let foot = move || {
        view! { <button type="button" class="button">{say!(language, design.offer_hold)}</button> }.into_any()
    };
    let agreed = TermsView { lowered_percent: Some(8), ..terms(10) };
    let merits = vec![say!(language, offer.earliest), say!(language, offer.cheapest)];
    let at = move |hours: i64| Instant(now.0 + hours * HOUR);
    let lanes = vec![
        StripLane {
            name: say!(language, design.line_one).to_owned(),
            closed: (0..10).map(|day| (at(24 * day + 16), at(24 * day + 32))).collect(),
            busy: vec![(at(0), at(30)), (at(90), at(140))],
            own: vec![(at(40), at(80))],
            ..StripLane::default()
        },
        StripLane { name: say!(language, design.line_two).to_owned(), ..StripLane::default() },
    ];
    let names = LaneNames {
        own: say!(language, find.this),
        taken: say!(language, find.taken_word),
        free: say!(language, find.open),
    };
    view! {
        <Part id="offers" name=say!(language, design.offers)>
            <OfferCard offer=offer(now, 1) merits foot=foot() />
            <OfferCard offer=offer(now, 2) merits=Vec::new() foot=foot() shift=Some(say!(language, campaign.shift_same).to_owned()) />
            <Terms terms=terms(0) price_fen=PRICE open=true />
            <Terms terms=agreed price_fen=PRICE booked="confirmed" />
        </Part>
        <Part id="strips" name=say!(language, design.strips)>
            <LanesInWords lanes=lanes.clone() from=at(0) to=at(240) names />
            <StripLanes lanes from=at(0) to=at(240)>
                <Key class="bar" words=say!(language, find.this) />
                <Key class="busy" words=say!(language, find.taken) />
                <Key class="off" words=say!(language, find.shut) />
                <Key class="track" words=say!(language, find.open) />
            </StripLanes>
        </Part>
    }
}
