//! Moving a booking for a fee: first the fee and the new schedule, then the question.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::Relocate,
    backend::use_backend,
    components::{
        Destinations, FailureNote, Fee, Leaving, MoveFields, PageTitle, Past, Post, SIDES, Schedule, Step,
        Steps, Taken, TakenNote, dearer, late_note, loaded_booking, materials_of, move_keeps, shift, taken,
        titled, too_soon_for_materials,
    },
    contract::{BookingView, Failure, FeeQuote, OfferQuery, OfferView},
    language::Language,
    query,
    request::{use_failure, use_id, use_language, use_link, use_parameters},
    words::{end_moment, moment, say, yuan},
};

#[component]
pub fn MoveQuestionPage() -> impl IntoView {
    let id = use_id();
    loaded_booking(id, SIDES, load(id), |found| match found {
        Ok(found) => view! { <Question found /> }.into_any(),
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
    /// The place as it is now, or why it can't be had.
    place: Result<OfferView, Failure>,
    taken: Option<Taken>,
}

/// The place that the address names, or the booking that can't be moved any more.
async fn load(id: Option<uuid::Uuid>) -> Result<Result<Found, BookingView>, Failure> {
    let id = id.ok_or(Failure::NotFound)?;
    let parameters = use_parameters();
    let query = parameters.get("search").and_then(|search| query::parse(&search)).ok_or(Failure::NotFound)?;
    let offer = parameters.get("offer").ok_or(Failure::NotFound)?;
    let backend = use_backend();
    let booking = backend.booking(id).await?;
    if !booking.may("move") {
        return Ok(Err(booking));
    }
    let quote = backend.move_fee(id).await?;
    let query = OfferQuery { moving: Some(id), ..query };
    let place = match use_failure::<Relocate>() {
        // Whoever was told so by the answer needn't be told by another search.
        Some(lost @ Failure::Conflict { .. }) => Err(lost),
        _ => backend.destination(id, query.clone(), &offer).await,
    };
    let shown = match &place {
        Err(Failure::Conflict { alternatives, .. }) => alternatives.as_slice(),
        _ => &[],
    };
    let taken = if shown.is_empty() { None } else { taken(&query, shown).await };
    Ok(Ok(Found { booking, quote, query, place, taken }))
}

#[component]
fn Question(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { booking, quote, query, place, taken } = found;
    let title = say!(language, campaign.move_page, reference = booking.reference.as_str()).to_string();
    let heading = titled(&title, &booking.reference);
    let search = query::write(&query);
    let all = use_link(&format!("/bookings/{}/move?from={}&to={}", booking.id, query.from, query.to));
    let body = match place {
        Ok(offer) => view! { <Asked booking quote offer search all /> }.into_any(),
        Err(Failure::Conflict { refusal: why, alternatives, .. }) => {
            let nothing = alternatives.is_empty();
            let offers: Vec<OfferView> =
                alternatives.into_iter().zip(1..).map(|(offer, rank)| OfferView { rank, ..offer }).collect();
            view! {
                <section class="conflict" aria-labelledby="conflict">
                    <TakenNote reason=why nothing all=Some(all) />
                    <Destinations booking quote search offers taken />
                </section>
            }
            .into_any()
        }
        Err(failure) => view! {
            <FailureNote failure />
            <p><a href=all>{say!(language, campaign.move_others)}</a></p>
        }
        .into_any(),
    };
    view! {
        <PageTitle page=title />
        <header class="page-head">
            <h1>{heading}</h1>
        </header>
        {body}
    }
}

/// `all` is where the other places are.
#[component]
fn Asked(
    booking: BookingView,
    quote: FeeQuote,
    offer: OfferView,
    search: String,
    all: String,
) -> impl IntoView {
    let language = use_language();
    let failure = use_failure::<Relocate>().map(|failure| view! { <FailureNote failure /> });
    let words = match quote.fee_fen {
        0 => say!(language, campaign.move_for_nothing).to_owned(),
        fee => say!(language, campaign.move_for, fee = yuan(fee)).to_string(),
    };
    // What costs nothing is no danger.
    let class = if quote.fee_fen > 0 { "button danger" } else { "button" };
    let words = [Some(words), dearer(language, &booking, &offer)];
    let words = words.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let shift = shift(language, &booking, &offer);
    let present: Vec<Step> = booking.steps.iter().map(Step::from).collect();
    let steps: Vec<Step> = offer.steps.iter().map(Step::from).collect();
    let starts = offer.steps.iter().map(|step| step.start);
    let soon = too_soon_for_materials(language, materials_of(&booking), starts);
    let soon = soon.map(|words| view! { <p class="note warn">{words}</p> });
    let late = late_note(language, &booking, quote.fee_fen, Leaving::Move);
    let stays = move_keeps(language, &booking.status).map(|words| view! { <p>{words}</p> });
    let [now, then] = [&present, &steps].map(|steps| span(language, steps.as_slice()));
    view! {
        <article class="booking" data-return>
            <p class="lead">{say!(language, campaign.move_ask_lead)}</p>
            {stays}
            {failure}
            <Fee quote=quote.clone() name=say!(language, campaign.fee_move) />
            {late}
            <dl class="facts spans">
                <div><dt>{say!(language, campaign.present)}</dt><dd>{now}</dd></div>
                <div>
                    <dt>{say!(language, campaign.move_to)}</dt>
                    <dd>{then} " " <span class="hint">{shift}</span></dd>
                </div>
                <div><dt>{say!(language, campaign.move_price)}</dt><dd>{yuan(offer.price_fen)}</dd></div>
            </dl>
            {soon}
            <Schedule steps=steps.clone() />
            <Steps steps own=true />
            <Post class="stack" to=Relocate::PATH>
                <MoveFields
                    id=booking.id.to_string()
                    version=booking.version
                    search
                    offer=offer.key
                    fee=quote.fee_fen
                />
                <div class="form-foot">
                    <a class="button quiet" href=all>{say!(language, campaign.move_others)}</a>
                    <button class=class type="submit">{words}</button>
                </div>
            </Post>
        </article>
    }
}

/// From the first start to the last end.
fn span(language: Language, steps: &[Step]) -> Option<String> {
    let start = steps.iter().map(|step| step.start).min()?;
    let end = steps.iter().map(|step| step.end).max()?;
    Some(format!("{} → {}", moment(language, start), end_moment(language, end)))
}
