//! One booking, as its owner sees it: what happened, what is next, and everything that may be done about it.

use domain::booking::Status;
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    api::{
        AnswerMove, ChangeMaterials, FillIn, Hold, HoldSplit, MakeRoom, OfferSwap, SaveDraft, SendRequest,
        WithdrawRepair,
    },
    backend::use_backend,
    components::{
        Actions, Asked, Conflict, Details, Down, Facts, FailureNote, FillForm, HoldForm, MaterialsForm, Next,
        OfferCard, Overtaken, PageTitle, Questions, RequestForm, SIDES, Schedule, Step, Steps, Swap, Terms,
        Timeline, TourRequest, asked_until, beyond, draft_of, is_own_production, loaded_booking, needless,
        swap_needless, titled,
    },
    contract::{
        AskView, BookingView, EventView, Failure, FeeQuote, NearestView, OfferView, OrganisationKind,
        OutageView, PageQuery, RequestDetails, SearchAnswer, SwapView,
    },
    islands::OwnTime,
    query,
    request::{use_failure, use_id, use_kept, use_language, use_link, use_reader, use_typed},
    words::{failure, moment, outcome, say, text},
};

#[component]
pub fn BookingPage() -> impl IntoView {
    let id = use_id();
    loaded_booking(id, SIDES, load(id), |found| view! { <Booking found /> })
}

/// A booking with what the page shows beside it.
struct Found {
    booking: BookingView,
    events: Vec<EventView>,
    /// What fits instead of a hold that has expired, or why that isn't known, and the search that asked for it.
    instead: Option<(String, Result<Vec<OfferView>, Failure>)>,
    /// For which it can't run where it stands.
    outages: Vec<OutageView>,
    /// Moves that it was asked for.
    asks: Vec<AskView>,
    /// Swaps that it was offered for.
    swaps: Vec<SwapView>,
    /// What leaving it costs now, as its cancellation says it.
    quote: Option<FeeQuote>,
}

async fn load(id: Option<Uuid>) -> Result<Found, Failure> {
    let id = id.ok_or(Failure::NotFound)?;
    let backend = use_backend();
    let mut booking = backend.booking(id).await?;
    let events = backend.history(id).await?;
    let instead = if lapsed(&booking) {
        // Whether it has been swept up already is no matter of the reader's.
        "expired".clone_into(&mut booking.status);
        let query = query::again(&booking);
        // The page is about the booking: where nothing can be found now, it says so and stands.
        Some(match backend.search(query.clone()).await {
            Ok(SearchAnswer { offers, mut nearest, .. }) if offers.is_empty() && !nearest.is_empty() => {
                let NearestView { query, offer } = nearest.remove(0);
                (query::write(&query), Ok(vec![offer]))
            }
            Ok(answer) => (query::write(&query), Ok(answer.offers.into_iter().take(3).collect())),
            Err(failure) => (query::write(&query), Err(failure)),
        })
    } else {
        None
    };
    let outages = backend.outages_of(id).await?;
    let asks = backend.asks(PageQuery::default(), Some(id)).await.map(|page| page.items).unwrap_or_default();
    let swaps = backend.swaps(PageQuery::default()).await.map(|page| page.items).unwrap_or_default();
    let swaps = swaps.into_iter().filter(|swap| swap.booking == id).collect();
    let quote = if booking.may("cancel") { backend.cancellation_fee(id).await.ok() } else { None };
    Ok(Found { booking, events, instead, outages, asks, swaps, quote })
}

/// Whether its hold has run out, swept up or not.
fn lapsed(booking: &BookingView) -> bool {
    let over = booking.hold_expires_at.is_some_and(|until| until <= booking.now);
    booking.status == "expired" || (booking.status == "held" && over)
}

/// Whether any terms are of consequence to it: of what was never confirmed none were agreed, nor are any with oneself,
/// and of what is given up only a fee is left of them.
fn has_terms(booking: &BookingView) -> bool {
    let given_up = matches!(&*booking.status, "expired" | "declined" | "withdrawn" | "cancelled" | "no_show");
    !is_own_production(booking) && (!given_up || booking.fee_fen.is_some_and(|fee| fee > 0))
}

/// Whether its price is one that was agreed to for another place: since its owner put it somewhere, it was moved for
/// others or by its platform.
fn keeps_price(events: &[EventView]) -> bool {
    let last = events.iter().rev().find(|event| event.moved.is_some() || event.action == "part_off");
    last.is_some_and(|event| event.action != "move" || event.by != "company")
}

#[component]
fn Booking(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { booking, events, instead, outages, asks, swaps, quote } = found;
    // The days of a swap are called otherwise than those of a search.
    let days = vec![("from", say!(language, conflict.swap_from)), ("to", say!(language, conflict.swap_to))];
    let unheard = use_failure::<AnswerMove>()
        .or_else(use_failure::<OfferSwap>)
        .or_else(use_failure::<WithdrawRepair>)
        // Once it has begun their form is gone.
        .or_else(|| use_failure::<ChangeMaterials>().filter(|_| !booking.may("change_materials")))
        .map(|failure| view! { <FailureNote failure onwards=swap_needless(&booking) named=days /> });
    let title = say!(language, booking.page, reference = booking.reference.as_str()).to_string();
    let heading = titled(&title, &booking.reference);
    let steps: Vec<Step> = booking.steps.iter().map(Step::from).collect();
    // On the reader's clock it reads otherwise than as it comes: whether it moved is told by where it is.
    let places = booking.steps.iter().map(|step| format!("{} {} {}", step.line, step.start.0, step.end.0));
    let places = places.collect::<Vec<_>>().join(" ");
    let starts = booking.steps.iter().map(|step| step.start).min();
    let ends = booking.steps.iter().map(|step| step.end).max();
    let own_time = starts.zip(ends).map(|(start, end)| {
        view! { <OwnTime language start=start.0 end=end.0 /> }
    });
    let open = booking.may("request");
    let held = booking.status == "held";
    let asked = if open {
        view! { <RequestForm booking=booking.clone() /> }.into_any()
    } else if booking.may("fill_in") {
        view! { <FillForm booking=booking.clone() /> }.into_any()
    } else {
        let sent = events.iter().any(|event| matches!(event.action.as_str(), "request" | "operator_booking"));
        let title = if sent { say!(language, request.sent) } else { say!(language, request.not_sent) };
        view! { <Details id="details" title details=booking.details.clone() /> }.into_any()
    };
    let said = outcome(language, &booking);
    let last = events.last().cloned();
    // Where it can still be filled in, its form says why it wasn't.
    let told = booking.may("fill_in") && use_failure::<FillIn>().is_some();
    let overtaken = (instead.is_none() && !open && !told).then(|| view! { <Overtaken last /> });
    let late = use_failure::<Hold>()
        .or_else(use_failure::<HoldSplit>)
        .or_else(|| use_failure::<MakeRoom>().map(needless));
    let instead = instead.map(|(search, found)| match late.clone() {
        // Somebody was faster again.
        Some(Failure::Conflict { refusal, alternatives, split, .. }) => {
            let split = split.map(|split| *split);
            view! { <Conflict reason=refusal alternatives split search taken=None /> }.into_any()
        }
        failure => view! {
            {failure.map(|failure| view! { <FailureNote failure /> })}
            <Instead search found booking=booking.clone() />
        }
        .into_any(),
    });
    let platforms = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Platform);
    let back = if platforms {
        (use_link("/desk"), say!(language, nav.queue))
    } else {
        (use_link("/campaigns"), say!(language, campaign.page))
    };
    let search = use_link(&format!("/{}", query::write(&query::again(&booking))));
    // Of what is over that is all that is left to do.
    let over = !platforms && Status::from_name(&booking.status).is_some_and(Status::is_final);
    let again = |class: Option<&'static str>| {
        let href = search.clone();
        view! { <a class=class href=href>{say!(language, campaign.again)}</a> }
    };
    let anew = over.then(|| view! { <p class="onwards">{again(Some("button"))}</p> });
    let again = (!over).then(|| again(None));
    let terms = has_terms(&booking).then(|| {
        view! {
            <Terms
                terms=booking.terms.clone()
                price_fen=booking.price_fen
                start=starts
                booked=booking.status.clone()
                quote
                kept=keeps_price(&events)
            />
        }
    });
    let undecided = held || booking.status == "requested";
    let to_answer = asked_until(booking.id, &asks);
    let tour = undecided.then(|| view! { <TourRequest booking=booking.clone() /> });
    // On paper it is no more than what was so then.
    let at = say!(language, desk.printed_at, when = moment(language, booking.now)).to_string();
    let own = || use_reader().map(|reader| reader.organisation_name);
    let whose = booking.company_name.clone().or_else(own).map(|name| text(language, &name));
    let printed = whose.into_iter().chain([at]).collect::<Vec<_>>().join(" · ");
    view! {
        <PageTitle page=title />
        {tour}
        <article class="booking">
            <header class="booking-head">
                <h1>{heading}</h1>
                <span id="state" data-live class=format!("status {}", booking.status)>{said}</span>
            </header>
            <p class="hint only-print">{printed}</p>
            {overtaken}
            <Next booking=booking.clone() asked=to_answer />
            {unheard}
            <Down outages />
            <Asked asks now=booking.now all=true />
            <MaterialsForm booking=booking.clone() />
            <Questions booking=booking.clone() />
            <div id="instead-of-it" data-live data-typed=use_kept()>{instead}</div>
            <div id="search-again" data-live>{anew}</div>
            <div class="booking-body">
                <div>
                    <div id="facts" data-live><Facts booking=booking.clone() /></div>
                    <section id="times" data-live data-state=places aria-labelledby="schedule">
                        <h2 id="schedule">{say!(language, booking.schedule)}</h2>
                        <Schedule steps=steps.clone() />
                        <Steps steps own=true />
                        {own_time}
                    </section>
                    {terms}
                </div>
                <Timeline events booking=booking.clone() asked=to_answer />
            </div>
            <div id="asked" data-live data-typed=use_kept()>{asked}</div>
            <Swap booking=booking.clone() swaps />
            <Actions booking />
            <p class="onwards">
                <a href=back.0>{back.1}</a>
                {again}
            </p>
        </article>
    }
}

/// What fits now instead of an expired hold; what was filled in goes along.
#[component]
fn Instead(search: String, found: Result<Vec<OfferView>, Failure>, booking: BookingView) -> impl IntoView {
    let language = use_language();
    let typed = use_typed::<SendRequest>().or_else(use_typed::<SaveDraft>);
    let draft = typed.map_or_else(|| booking.details.clone(), |typed| draft_of(&typed));
    let code = booking.product_code.clone().unwrap_or_else(|| draft.product_code.clone());
    // The hold names the product; the request then says nothing else.
    let draft = RequestDetails { product_code: String::new(), ..draft };
    let asked = query::again(&booking);
    // That nothing fits says only who has looked.
    let text = match &found {
        Ok(offers) if offers.is_empty() => say!(language, campaign.instead_none).to_owned(),
        Ok(_) => say!(language, campaign.instead_text).to_owned(),
        Err(refused @ Failure::Refused { .. }) => failure(language, refused),
        Err(wrong) => say!(language, campaign.instead_unknown, why = failure(language, wrong)).to_string(),
    };
    let cards = found
        .unwrap_or_default()
        .into_iter()
        .map(|offer| {
            let (key, rank, plan) = (offer.key.clone(), offer.rank, offer.terms.plan);
            let beside = beyond(language, &asked, &offer);
            let merits = if rank == 1 { vec![say!(language, offer.next_best)] } else { Vec::new() };
            let words = say!(language, offer.take);
            let foot = view! { <HoldForm search=search.clone() offer=key rank words code=code.clone() draft=draft.clone() plan /> }.into_any();
            view! { <OfferCard offer merits foot beside /> }
        })
        .collect_view();
    view! {
        <section class="instead" aria-labelledby="instead">
            <h2 id="instead">{say!(language, campaign.instead)}</h2>
            <p class="hint">{text}</p>
            {cards}
        </section>
    }
}
