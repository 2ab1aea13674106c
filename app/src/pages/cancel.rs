//! Cancelling a booking: first the fee, then the question.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::Cancel,
    backend::use_backend,
    components::{
        Fee, Field, Leaving, Once, PageTitle, Past, Post, SIDES, Schedule, Step, Steps, complaint_at,
        failed_elsewhere, is_own_production, late_note, loaded_booking, titled,
    },
    contract::{BookingView, Failure, FeeQuote},
    language::Language,
    request::{use_failure, use_id, use_language, use_link, use_typed},
    words::{say, yuan},
};

#[component]
pub fn CancelPage() -> impl IntoView {
    let id = use_id();
    let load = async move {
        let booking = use_backend().booking(id.ok_or(Failure::NotFound)?).await?;
        if !booking.may("cancel") {
            return Ok((booking, None));
        }
        let quote = use_backend().cancellation_fee(booking.id).await?;
        Ok((booking, Some(quote)))
    };
    loaded_booking(id, SIDES, load, |(booking, quote)| {
        if let Some(quote) = quote {
            return view! { <Question booking quote /> }.into_any();
        }
        let title = say!(use_language(), campaign.cancel_page, reference = booking.reference.as_str());
        view! { <Past title=title.to_string() booking /> }.into_any()
    })
}

/// What is to pay once it is cancelled for `fee_fen`, with the fees of its moves, and what becomes of the reservation.
fn in_all(language: Language, booking: &BookingView, fee_fen: i64) -> String {
    let moves_fen = booking.fee_fen.unwrap_or(0);
    let sum = yuan(moves_fen + fee_fen);
    let all = match moves_fen {
        0 => say!(language, campaign.cancel_total, sum = sum).to_string(),
        moves => say!(language, campaign.cancel_total_moves, sum = sum, moves = yuan(moves)).to_string(),
    };
    if booking.terms.reservation_fen == 0 {
        return all;
    }
    let credited = say!(language, campaign.cancel_reservation);
    say!(language, term.sentences, first = all, second = credited).to_string()
}

#[component]
fn Question(booking: BookingView, quote: FeeQuote) -> impl IntoView {
    let language = use_language();
    let title = say!(language, campaign.cancel_page, reference = booking.reference.as_str()).to_string();
    let failure = use_failure::<Cancel>();
    let complaint = complaint_at(failure.as_ref(), "reason", say!(language, campaign.reason));
    let wrong = complaint.is_some();
    let typed = use_typed::<Cancel>().and_then(|typed| typed.get("reason")).unwrap_or_default();
    let words = match quote.fee_fen {
        0 => say!(language, campaign.cancel_free).to_owned(),
        fee => say!(language, campaign.cancel_now, fee = yuan(fee)).to_string(),
    };
    let late = late_note(language, &booking, quote.fee_fen, Leaving::Cancel);
    let left = (quote.fee_fen > 0 && quote.fee_fen == quote.left_fee_fen).then(|| {
        view! { <p class="hint">{say!(language, campaign.cancel_left)}</p> }
    });
    let in_all = (!is_own_production(&booking)).then(|| {
        view! { <p>{in_all(language, &booking, quote.fee_fen)}</p> }
    });
    let steps: Vec<Step> = booking.steps.iter().map(Step::from).collect();
    let heading = titled(&title, &booking.reference);
    view! {
        <PageTitle page=title />
        <article class="booking" data-return>
            <header>
                <h1>{heading}</h1>
                <p class="lead">{say!(language, campaign.cancel_lead)}</p>
            </header>
            {failed_elsewhere::<Cancel>(&["reason"])}
            <Fee quote=quote.clone() name=say!(language, campaign.fee_today) />
            {left}
            {in_all}
            {late}
            <Schedule steps=steps.clone() />
            <Steps steps own=true />
            <Post class="stack" to=Cancel::PATH>
                <input type="hidden" name="id" value=booking.id.to_string() />
                <input type="hidden" name="quoted_fee_fen" value=quote.fee_fen.to_string() />
                <input type="hidden" name="version" value=booking.version.to_string() />
                <Once />
                <Field id="reason" label=say!(language, campaign.reason) hint=say!(language, campaign.reason_hint) complaint>
                    <input id="reason" name="reason" value=typed aria-describedby="reason-hint reason-problem" autofocus=wrong />
                </Field>
                <div class="form-foot">
                    <a class="button quiet" href=use_link(&format!("/bookings/{}", booking.id))>
                        {say!(language, campaign.back)}
                    </a>
                    <button class="button danger" type="submit">{words}</button>
                </div>
            </Post>
        </article>
    }
}
