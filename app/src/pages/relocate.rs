//! Moving a booking: offers from the same search, with what moving costs.

use std::iter;

use leptos::prelude::*;

use crate::{
    api::Relocate,
    backend::use_backend,
    components::{
        Complaints, Destinations, FailureNote, Fee, Field, PageTitle, Past, Refusals, SIDES, Schedule, Step,
        Taken, TakenNote, complaint, is_own_production, loaded_booking, move_keeps, taken, titled,
    },
    contract::{BookingView, Failure, FeeQuote, OfferQuery, OfferView, SearchAnswer},
    query,
    request::{set_failure_status, use_failure, use_id, use_language, use_link, use_parameters},
    words::{end_moment, moment, say, span as short_span, text, yuan},
};

/// Offers shown.
const SHOWN: usize = 8;

#[component]
pub fn MovePage() -> impl IntoView {
    let id = use_id();
    loaded_booking(id, SIDES, load(id), |found| match found {
        Ok(found) => view! { <Move found /> }.into_any(),
        Err(booking) => {
            let title = say!(use_language(), campaign.move_page, reference = booking.reference.as_str());
            view! { <Past title=title.to_string() booking /> }.into_any()
        }
    })
}

struct Found {
    booking: BookingView,
    quote: FeeQuote,
    query: OfferQuery,
    answer: Result<SearchAnswer, Failure>,
    /// Why nothing could be searched.
    wrong: Option<Failure>,
    taken: Option<Taken>,
}

/// What can be moved to, or the booking that can't be moved any more.
async fn load(id: Option<uuid::Uuid>) -> Result<Result<Found, BookingView>, Failure> {
    let id = id.ok_or(Failure::NotFound)?;
    let parameters = use_parameters();
    let backend = use_backend();
    let booking = backend.booking(id).await?;
    if !booking.may("move") {
        return Ok(Err(booking));
    }
    let quote = backend.move_fee(id).await?;
    let mut query = OfferQuery { moving: Some(id), ..query::again(&booking) };
    let said = ["from", "to"].map(|name| parameters.get(name));
    let chosen = said.iter().any(Option::is_some);
    if chosen {
        // A day that is left out is missing, as it is when the field is emptied.
        [query.from, query.to] = said.map(Option::unwrap_or_default);
    }
    let mut answer = backend.search(query.clone()).await;
    if !chosen && answer.as_ref().is_ok_and(|answer| answer.offers.is_empty()) {
        // Nothing else in the window that was searched: what lies around the present place.
        query = OfferQuery { moving: Some(id), ..query::near(&booking) };
        answer = backend.search(query.clone()).await;
    }
    let shown = match (use_failure::<Relocate>(), &answer) {
        (Some(Failure::Conflict { alternatives, .. }), _) => alternatives,
        (_, Ok(answer)) => answer.offers.iter().take(SHOWN).cloned().collect(),
        _ => Vec::new(),
    };
    let taken = taken(&query, &shown).await;
    // What became of the move says more than that there is no other search.
    let wrong = answer.as_ref().err().filter(|_| use_failure::<Relocate>().is_none()).cloned();
    // Days that nobody chose are nobody's mistake.
    if let Some(failure) = wrong.as_ref().filter(|_| chosen) {
        set_failure_status(failure);
    }
    Ok(Ok(Found { booking, quote, query, answer, wrong, taken }))
}

#[component]
fn Move(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { booking, quote, query, answer, wrong, taken } = found;
    let title = say!(language, campaign.move_page, reference = booking.reference.as_str()).to_string();
    let heading = titled(&title, &booking.reference);
    let steps: Vec<Step> = booking.steps.iter().map(Step::from).collect();
    let span = steps.iter().map(|step| step.start).min().zip(steps.iter().map(|step| step.end).max());
    let span =
        span.map(|(start, end)| format!("{} → {}", moment(language, start), end_moment(language, end)));
    let search = query::write(&query);
    let lost = use_failure::<Relocate>();
    let (what, fee, quoted) = (booking.clone(), quote.fee_fen, quote.clone());
    let cards = move |mut offers: Vec<OfferView>| {
        offers.truncate(SHOWN);
        view! { <Destinations booking=what quote=quoted search offers taken /> }
    };
    let below = match (lost, answer) {
        (Some(Failure::Conflict { refusal: why, alternatives, .. }), _) => {
            let nothing = alternatives.is_empty();
            let ranked = alternatives.into_iter().zip(1..).map(|(offer, rank)| OfferView { rank, ..offer });
            let cards = cards(ranked.collect());
            view! {
                <section class="conflict" aria-labelledby="conflict">
                    <TakenNote reason=why nothing />
                    {cards}
                </section>
            }
            .into_any()
        }
        (lost, Ok(answer)) => {
            let lost = lost.map(|failure| view! { <FailureNote failure /> });
            let none = answer.offers.is_empty();
            let none_text = none.then(|| view! { <p>{say!(language, campaign.move_none)}</p> });
            let cards = cards(answer.offers);
            view! {
                {lost}
                <section class="results">{none_text} {cards}</section>
                <Refusals refusals=answer.refusals open=none />
            }
            .into_any()
        }
        (lost, Err(_)) => lost.map(|failure| view! { <FailureNote failure /> }).into_any(),
    };
    let [from_wrong, to_wrong] = ["from", "to"].map(|field| complaint(wrong.as_ref(), field));
    let summary = wrong.map(|failure| view! { <Complaints failure /> });
    let lead = match fee {
        0 => say!(language, campaign.move_lead),
        _ => say!(language, campaign.move_lead_fee),
    };
    let left = (quote.left_fee_fen > 0).then(|| {
        let least = yuan(quote.left_fee_fen);
        let words = match fee {
            0 => say!(language, campaign.move_left, fee = least.as_str()).to_string(),
            _ => say!(language, campaign.move_left_paid, fee = least.as_str()).to_string(),
        };
        view! { <p class="hint">{words}</p> }
    });
    let stays = move_keeps(language, &booking.status).map(|words| view! { <p class="hint">{words}</p> });
    let price = (!is_own_production(&booking)).then(|| yuan(booking.price_fen));
    let platform_and_price = iter::once(text(language, &booking.platform_name)).chain(price);
    let platform_and_price = platform_and_price.collect::<Vec<_>>().join(" · ");
    let present = steps
        .iter()
        .map(|step| {
            view! {
                <li>
                    <strong>{text(language, &step.name)}</strong> " · " {text(language, &step.line)}
                    <span class="hint when">{short_span(language, step.start, step.end)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <PageTitle page=title />
        <article class="booking" data-return>
            <header>
                <h1>{heading}</h1>
                <p class="lead">{lead}</p>
            </header>
            {summary}
            <Fee quote=quote.clone() name=say!(language, campaign.fee_move) />
            {left}
            {stays}
            <form class="window" method="get" action=use_link(&format!("/bookings/{}/move", booking.id))>
                <Field id="from" label=say!(language, search.from) complaint=from_wrong>
                    <input id="from" name="from" type="date" required value=query.from aria-describedby="from-problem" />
                </Field>
                <Field id="to" label=say!(language, search.to) complaint=to_wrong>
                    <input id="to" name="to" type="date" required value=query.to aria-describedby="to-problem" />
                </Field>
                <button class="button quiet" type="submit">{say!(language, campaign.look)}</button>
            </form>
            <p><a href=use_link(&format!("/bookings/{}", booking.id))>{say!(language, campaign.back)}</a></p>
        </article>
        <div class="moving">
            <aside class="panel present" aria-labelledby="present">
                <h2 id="present">{say!(language, campaign.present)}</h2>
                <p class="when">{span}</p>
                <p>{platform_and_price}</p>
                <Schedule steps />
                <ol class="present-steps">{present}</ol>
            </aside>
            <div class="results">{below}</div>
        </div>
    }
}
