//! Offering the time of a confirmed campaign for another one, and what came of it.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    complaints::complaint_in,
    field::Field,
    own_moment::OwnMoment,
    post::{Once, Post},
};
use crate::{
    api::{OfferSwap, WithdrawRepair},
    contract::{BookingView, Failure, Instant, StepView, SwapView},
    language::Language,
    request::{use_failure, use_kept, use_language, use_link, use_typed},
    words::{dated_span, day, deadline, lapsed, plant_day, say, yuan},
};

#[component]
pub fn Swap(booking: BookingView, swaps: Vec<SwapView>) -> impl IntoView {
    let language = use_language();
    let asking = swaps.iter().any(|swap| matches!(swap.state.as_str(), "asking" | "lapsed"));
    // What begins today is swapped no more, nor is anything into today.
    let first = day(booking.now, 1);
    let ahead = booking.steps.iter().all(|step| day(step.start, 0) >= first);
    // Once what was offered is answered or taken back, another can be looked for.
    let again = booking.status == "confirmed" && ahead;
    let open = again && !asking;
    if !open && swaps.is_empty() {
        return view! { <section id="swap" data-live></section> }.into_any();
    }
    let past = swaps.into_iter().map(|swap| view! { <Offered swap open again /> }).collect_view();
    let form = open.then(|| {
        let typed = use_typed::<OfferSwap>();
        let get = |name: &str| typed.as_ref().and_then(|typed| typed.get(name)).unwrap_or_default();
        let (from, to) = (get("from"), get("to"));
        let failure = use_failure::<OfferSwap>();
        let (first_day, last_day) = (say!(language, conflict.swap_from), say!(language, conflict.swap_to));
        let named = [("from", first_day), ("to", last_day)];
        let [from_wrong, to_wrong] = ["from", "to"].map(|name| complaint_in(failure.as_ref(), name, &named));
        let least = first.clone();
        view! {
            <p class="hint">{say!(language, conflict.swap_text)}</p>
            <Post to=OfferSwap::PATH class="act">
                <input type="hidden" name="id" value=booking.id.to_string() />
                <Once />
                <div class="fields">
                    <Field id="swap-from" label=first_day complaint=from_wrong>
                        <input id="swap-from" name="from" type="date" required min=first value=from aria-describedby="swap-from-problem" />
                    </Field>
                    <Field id="swap-to" label=last_day complaint=to_wrong>
                        <input id="swap-to" name="to" type="date" required min=least value=to aria-describedby="swap-to-problem" />
                    </Field>
                </div>
                <button class="button small quiet" type="submit">{say!(language, conflict.swap_offer)}</button>
            </Post>
        }
    });
    view! {
        <section class="swap" id="swap" data-live data-typed=use_kept() aria-labelledby="swaps">
            <h2 id="swaps">{say!(language, conflict.swap)}</h2>
            {past}
            {form}
        </section>
    }
    .into_any()
}

/// The way to moving it there by itself, where that is why no partner was looked for.
pub fn swap_needless(booking: &BookingView) -> Option<AnyView> {
    match use_failure::<OfferSwap>()? {
        Failure::Refused { refusal } if refusal.reason == "room_found" && booking.may("move") => {}
        _ => return None,
    }
    let typed = use_typed::<OfferSwap>()?;
    let (from, to) = (typed.get("from")?, typed.get("to")?);
    let href = use_link(&format!("/bookings/{}/move?from={from}&to={to}", booking.id));
    Some(view! { <p><a href=href>{say!(use_language(), conflict.swap_move)}</a></p> }.into_any())
}

/// What a firm pays for its campaign now, and would there, where both are told.
pub fn swap_price(language: Language, now: Option<i64>, there: Option<i64>) -> Option<AnyView> {
    let (now, there) = now.zip(there).map(|(now, there)| (yuan(now), yuan(there)))?;
    let words = say!(language, conflict.swap_price, price = now.as_str(), other = there.as_str()).to_string();
    Some(view! { <p>{words}</p> }.into_any())
}

/// One that was offered; `open`: another can be looked for below, `again`: it can once this one is taken back.
#[component]
fn Offered(swap: SwapView, open: bool, again: bool) -> impl IntoView {
    let language = use_language();
    let place = |steps: &[StepView]| {
        let start = steps.iter().map(|step| step.start).min();
        let end = steps.iter().map(|step| step.end).max();
        start.zip(end).map(|(start, end): (Instant, Instant)| dated_span(language, start, end))
    };
    let days = || {
        let of = |day: &str| plant_day(language, day).unwrap_or_default();
        match (of(&swap.first_day), of(&swap.last_day)) {
            (first, last) if first == last => first,
            (first, last) => format!("{first} – {last}"),
        }
    };
    let to = place(&swap.to).unwrap_or_else(days);
    let state = swap.state.as_str();
    let words = match state {
        "asking" => say!(language, conflict.swap_asking),
        "made" => say!(language, conflict.swap_made),
        "declined" => say!(language, room.declined),
        "expired" => say!(language, room.expired),
        "withdrawn" => say!(language, room.withdrawn),
        "lapsed" => lapsed(language, swap.lapse.as_deref()),
        _ => say!(language, conflict.swap_overtaken),
    };
    // What to do now, where there is something.
    let next = match state {
        "lapsed" if again => Some(say!(language, conflict.swap_lapsed).to_owned()),
        "lapsed" => Some(say!(language, conflict.swap_over).to_owned()),
        "declined" | "expired" | "overtaken" if open => Some(say!(language, conflict.swap_again).to_owned()),
        "asking" => {
            let until = deadline(language, swap.answer_by);
            Some(say!(language, conflict.answer_until, moment = until).to_string())
        }
        _ => None,
    };
    let own = (state == "asking").then(|| view! { <OwnMoment at=swap.answer_by /> });
    let next = next.map(|next| view! { <p class="hint">{next}</p> {own} });
    let withdraw = matches!(state, "asking" | "lapsed").then(|| {
        view! {
            <Post to=WithdrawRepair::PATH>
                <input type="hidden" name="id" value=swap.id.to_string() />
                <input type="hidden" name="next" value=use_link(&format!("/bookings/{}#swap", swap.booking)) />
                <button class="button small quiet" type="submit">{say!(language, room.withdraw)}</button>
            </Post>
        }
    });
    view! {
        <div class="note">
            <p>{place(&swap.from)} " → " {to}</p>
            {swap_price(language, swap.price_fen, swap.price_there_fen)}
            <p>{words}</p>
            {next}
            {withdraw}
        </div>
    }
}
