//! Samples of what a firm follows: its campaigns as a list, on a month and on a strip of three, what leaving costs, the
//! room that others make for it, and swaps.

use domain::calendar::plant_date;
use leptos::prelude::*;
use uuid::Uuid;

use super::{HOUR, Part, both, deals::PRICE, sample, work::first};
use crate::{
    backend::use_backend,
    components::{CampaignFilters, CampaignList, Fee, MonthCalendar, Room, Swap, ThreeMonths},
    contract::{BookingFilter, FeeQuote, Instant, RepairCostView, RepairView, SwapView},
    request::use_language,
    words::{day, say},
};

#[component]
pub fn Campaigns() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let states = ["running", "held", "requested", "confirmed"].into_iter().zip(0..);
    let bookings: Vec<_> = states.map(|(status, number)| sample::booking(now, number, status)).collect();
    let (listed, on_strip) = (bookings.clone(), bookings.clone());
    let filter = BookingFilter { status: Some("held".to_owned()), ..BookingFilter::default() };
    view! {
        <Part id="campaigns-sample" name=say!(language, campaign.page)>
            <CampaignFilters filter offerings=sample::offerings() platforms=Vec::new() />
            <CampaignList id="sample-campaigns" bookings=listed />
            <CampaignList id="sample-none" bookings=Vec::new() />
            <MonthCalendar bookings first=first(plant_date(now.minute())) now />
            <ThreeMonths bookings=on_strip now />
        </Part>
        <Part id="fees" name=say!(language, design.fees)>
            <Fee quote=quote(now, false) name=say!(language, campaign.cancel) />
            <Fee quote=quote(now, true) name=say!(language, campaign.relocate) />
        </Part>
    }
}

/// What leaving or moving costs: half, or nothing.
pub fn quote(now: Instant, waived: bool) -> FeeQuote {
    FeeQuote {
        fee_fen: if waived { 0 } else { PRICE / 2 },
        price_fen: PRICE,
        notice_days: 20,
        notice_from: (!waived).then_some(Instant(now.0 + 20 * 24 * HOUR)),
        notice_until: (!waived).then_some(Instant(now.0 + 5 * 24 * HOUR)),
        percent: 50,
        left_fee_fen: 0,
        waived,
        policy_version: 1,
        now,
    }
}

#[component]
pub fn Others() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let repairs = ["asking", "made", "declined", "expired", "withdrawn", "overtaken"].into_iter().zip(1..);
    let repairs: Vec<_> = repairs.map(|(state, number)| repair(now, number, state)).collect();
    // While one is asked there is nothing to offer.
    let swaps: Vec<_> = ["made", "declined", "overtaken"].map(|state| swap(now, state)).into();
    view! {
        <Part id="rooms-sample" name=say!(language, design.rooms)>
            <Room repairs />
        </Part>
        <Part id="swaps-sample" name=say!(language, design.swaps)>
            <Swap booking=sample::booking(now, 3, "confirmed") swaps />
        </Part>
    }
}

fn repair(now: Instant, number: u8, state: &str) -> RepairView {
    let at = |hours: i64| Instant(now.0 + hours * HOUR);
    let moves = u32::from(number % 2) + 1;
    RepairView {
        id: Uuid::from_u128(number.into()),
        query: sample::query(now),
        offering_name: both(|language| say!(language, design.form)),
        platform_name: both(|language| say!(language, design.platform)),
        product_code: (number > 1).then(|| format!("ZS-{number}")),
        steps: vec![sample::step(at(240), at(264))],
        price_fen: PRICE,
        cost: RepairCostView { consents: moves, moves, shift_days: number.into() },
        state: state.to_owned(),
        asked_at: at(-2),
        answer_by: at(46),
        booking: (state == "made").then(Uuid::nil),
    }
}

fn swap(now: Instant, state: &str) -> SwapView {
    let at = |hours: i64| Instant(now.0 + hours * HOUR);
    let made = state == "made";
    SwapView {
        id: Uuid::nil(),
        booking: Uuid::nil(),
        reference: String::new(),
        from: vec![sample::step(at(240), at(264))],
        to: if made { vec![sample::step(at(480), at(504))] } else { Vec::new() },
        first_day: day(now, 20),
        last_day: day(now, 21),
        price_fen: (state == "asking").then_some(6_200_000),
        price_there_fen: (state == "asking").then_some(12_400_000),
        state: state.to_owned(),
        lapse: None,
        asked_at: at(-2),
        answer_by: at(46),
    }
}

/// A button whose form is on its way; scripts put others back.
#[component]
pub fn Busy() -> impl IntoView {
    let language = use_language();
    let words = say!(language, design.button);
    view! {
        <Part id="busy" name=say!(language, design.busy)>
            <div class="samples">
                <button type="button" class="button" aria-busy="true">{words}</button>
                <button type="button" class="button small quiet" aria-busy="true">{words}</button>
            </div>
        </Part>
    }
}
