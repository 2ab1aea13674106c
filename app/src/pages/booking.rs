//! One booking, as its owner sees it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use crate::{
    backend::use_backend,
    components::{PageTitle, Schedule, Step, Steps, Trouble},
    contract::{BookingView, Failure, TextView},
    islands::Countdown,
    request::{use_language, use_link},
    words::{moment, say, status, text, yuan},
};

#[component]
pub fn BookingPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").and_then(|id| Uuid::parse_str(&id).ok());
    view! {
        <Suspense>
            {Suspend::new(async move {
                let found = match id {
                    Some(id) => use_backend().booking(id).await,
                    None => Err(Failure::NotFound),
                };
                match found {
                    Ok(booking) => view! { <Booking booking /> }.into_any(),
                    Err(failure) => view! { <Trouble failure /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Booking(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let title = say!(language, booking.page, reference = booking.reference.as_str()).to_string();
    let steps: Vec<Step> = booking.steps.iter().map(Step::from).collect();
    let hazards = if booking.hazards_confirmed {
        say!(language, booking.hazards_confirmed)
    } else {
        say!(language, booking.hazards_pending)
    };
    let offering = domain::offering::find(&booking.offering).map_or_else(
        || booking.offering.clone(),
        |known| text(language, &TextView { zh: known.zh.into(), en: known.en.into() }),
    );
    let mut facts = vec![
        (say!(language, booking.platform), text(language, &booking.platform_name)),
        (say!(language, booking.offering), offering),
        (say!(language, offer.price), yuan(booking.price_fen)),
        (say!(language, booking.hazards), hazards.to_owned()),
        (say!(language, booking.created), moment(language, booking.created_at)),
    ];
    if let Some(code) = &booking.product_code {
        facts.insert(2, (say!(language, booking.product), code.clone()));
    }
    if let Some(by) = booking.reply_by {
        facts.push((say!(language, booking.reply_by), moment(language, by)));
    }
    let facts = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! {
        <PageTitle page=title.clone() />
        <article class="booking">
            <header class="booking-head">
                <h1>{title}</h1>
                <span class=format!("status {}", booking.status)>{status(language, &booking.status)}</span>
            </header>
            <HoldNote booking=booking.clone() />
            <dl class="facts">{facts}</dl>
            <h2>{say!(language, booking.schedule)}</h2>
            <Schedule steps=steps.clone() />
            <Steps steps />
            <p><a href=use_link("/")>{say!(language, booking.again)}</a></p>
        </article>
    }
}

/// How long a hold still lasts.
#[component]
fn HoldNote(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let until = match booking.status.as_str() {
        "held" => booking.hold_expires_at,
        "expired" => {
            return view! { <p class="note warn">{say!(language, booking.expired_text)}</p> }.into_any();
        }
        _ => None,
    };
    let Some(until) = until else { return ().into_any() };
    view! {
        <div class="note good held">
            <div>
                <p class="note-title">{say!(language, booking.held)}</p>
                <p>{say!(language, booking.held_text)}</p>
            </div>
            <dl>
                <div>
                    <dt>{say!(language, booking.remaining)}</dt>
                    <dd><Countdown language now=booking.now.0 until=until.0 /></dd>
                </div>
                <div>
                    <dt>{say!(language, booking.expires)}</dt>
                    <dd>{moment(language, until)}</dd>
                </div>
            </dl>
        </div>
    }
    .into_any()
}
