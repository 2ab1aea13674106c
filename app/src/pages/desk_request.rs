//! One booking on one screen, for the platform that runs it.

use std::sync::Arc;

use domain::calendar::{DAY, DAY_SECONDS, plant_date};
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    backend::use_backend,
    components::{
        Asked, Down, FillForm, Overtaken, PageTitle, Step, Steps, TourAnswer, lacking, loaded_booking,
        operator::{
            Acts, BoardsInWords, Checks, Facts, History, Lane, Legend, Questions, Refused, Timeline, acts_on,
        },
        titled,
    },
    contract::{
        AskView, BookingView, ConflictView, Failure, LineBoard, OrganisationKind, OutageView, PageQuery,
        RequestDesk,
    },
    language::Language,
    request::{use_id, use_kept, use_language, use_link},
    words::{conflict_state, deadline, length, outcome, say, short_day, text, weekday},
};

#[component]
pub fn DeskRequestPage() -> impl IntoView {
    let id = use_id();
    loaded_booking(id, &[OrganisationKind::Platform], load(id), |found| view! { <Request found /> })
}

struct Found {
    desk: RequestDesk,
    /// For which it can't run where it stands, and the conflict that the desk has of it.
    outages: Vec<OutageView>,
    conflict: Option<ConflictView>,
    /// Moves that its platform is asked for, if it is its own production.
    asks: Vec<AskView>,
}

async fn load(id: Option<Uuid>) -> Result<Found, Failure> {
    let id = id.ok_or(Failure::NotFound)?;
    let backend = use_backend();
    let desk = backend.request_desk(id).await?;
    let outages = backend.outages_of(id).await?;
    let conflicts = if outages.is_empty() { Vec::new() } else { backend.conflicts(None).await?.items };
    let is_it = |one: &ConflictView| {
        one.kind == "outage" && one.booking.as_ref().is_some_and(|booking| booking.id == id)
    };
    let conflict = conflicts.into_iter().find(is_it);
    let asks = match desk.booking.company_name {
        Some(_) => Vec::new(),
        None => backend.asks(PageQuery::default(), Some(id)).await?.items,
    };
    Ok(Found { desk, outages, conflict, asks })
}

/// How far the desk is with a booking that can't stay, and where its ways out are.
#[component]
fn WayOut(conflict: Option<ConflictView>) -> impl IntoView {
    let language = use_language();
    let words = conflict.map(|conflict| {
        let state = conflict_state(language, &conflict.state);
        let by = conflict.answer_by.map(|by| {
            let words = say!(language, desk.owner_answers_by, moment = deadline(language, by)).to_string();
            view! { " " {words} }
        });
        let id = conflict.id;
        let href = use_link(&format!("/desk/conflicts?open={id}#c-{id}"));
        view! {
            <p><strong>{state}</strong> {by} " " <a href=href>{say!(language, conflict.show_ways)}</a></p>
        }
    });
    view! { <div id="way-out" data-live>{words}</div> }
}

#[component]
fn Request(found: Found) -> impl IntoView {
    let language = use_language();
    let Found { desk, outages, conflict, asks } = found;
    let RequestDesk { booking, hazard_note, checks, history, boards, frees } = desk;
    let down = !outages.is_empty();
    let steps: Vec<Step> = booking.steps.iter().map(Step::from).collect();
    // Once it is decided it is no request any more.
    let title = match booking.status.as_str() {
        "requested" => say!(language, desk.request, reference = booking.reference.as_str()).to_string(),
        _ => say!(language, booking.page, reference = booking.reference.as_str()).to_string(),
    };
    let heading = titled(&title, &booking.reference);
    let company = booking
        .company_name
        .as_ref()
        .map_or_else(|| say!(language, desk.own_production).to_owned(), |name| text(language, name));
    let said = outcome(language, &booking);
    let last = history.last().cloned();
    // Where it can still be filled in, its form says why it wasn't.
    let overtaken = (!booking.may("fill_in")).then(|| view! { <Overtaken last=last.clone() /> });
    let refused = view! { <Refused last=last.clone() /> };
    // Where nothing is left to do, nothing stands.
    let acts = acts_on(&booking).then(|| {
        view! {
            <section class="sheet request-act" aria-labelledby="do">
                <h2 id="do">{say!(language, desk.to_do)}</h2>
                <Acts booking=booking.clone() frees down />
            </section>
        }
    });
    let fill_in = booking.may("fill_in").then(|| {
        view! { <section class="sheet"><FillForm booking=booking.clone() /></section> }
    });
    view! {
        <PageTitle page=title />
        <TourAnswer booking=booking.clone() last />
        <p class="crumb"><a href=use_link("/desk")>{say!(language, desk.page)}</a></p>
        <header class="booking-head">
            <h1 id="called" data-live>{heading}</h1>
            <span id="state" data-live class=format!("status {}", booking.status)>{said}</span>
            <span class="desk-company">{company}</span>
        </header>
        <div class="until" id="until" data-live><Deadline booking=booking.clone() /></div>
        {refused}
        {overtaken}
        <Down outages />
        <WayOut conflict />
        <Asked asks now=booking.now all=true />
        <div class="questions" id="questions" data-live><Questions booking=booking.clone() /></div>
        <div class="request-desk">
            <div class="request-side">
                <div id="act" data-live data-version=booking.version.to_string() data-typed=use_kept()>{acts}</div>
                <section class="sheet request-history" id="past" data-live aria-labelledby="history">
                    <h2 id="history">{say!(language, desk.history)}</h2>
                    <History events=history />
                </section>
            </div>
            <section class="sheet request-lines" id="lines-around" data-live aria-labelledby="around">
                <h2 id="around">{say!(language, desk.around)}</h2>
                <Around boards booking=booking.id />
                <Legend own=true />
                <Steps steps />
            </section>
            <div class="request-said">
                <section class="sheet request-checks" id="checked" data-live aria-labelledby="checks">
                    <h2 id="checks">{say!(language, desk.checks)}</h2>
                    <Checks checks />
                </section>
                <section class="sheet request-facts" id="said" data-live aria-labelledby="facts">
                    <h2 id="facts">{say!(language, desk.request_says)}</h2>
                    <Facts booking=booking.clone() hazard_note />
                </section>
            </div>
            <div class="request-rest" id="fill-in-part" data-live data-typed=use_kept()>{fill_in}</div>
        </div>
    }
}

/// Until when something must happen, said first.
#[component]
fn Deadline(booking: BookingView) -> impl IntoView {
    let language = use_language();
    if let Some(words) = lacking(language, &booking).filter(|_| booking.reply_by.is_none()) {
        return view! { <p class="deadline">{words}</p> }.into_any();
    }
    let until = match booking.status.as_str() {
        "requested" => booking.decide_by().map(|by| (say!(language, desk.reply_by), by)),
        "held" => booking.hold_expires_at.map(|by| (say!(language, desk.lapses), by)),
        _ => None,
    };
    until.map(|(words, by)| {
        let left = length(language, (by.0 - booking.now.0).max(0) / 60);
        let left = say!(language, desk.left, length = left).to_string();
        view! { <p class="deadline">{words} " " <strong class="when">{deadline(language, by)}</strong> " " <span class="left">{left}</span></p> }
    })
    .into_any()
}

/// The campaign's lines in the weeks around it.
#[component]
fn Around(boards: Vec<LineBoard>, booking: Uuid) -> impl IntoView {
    let language = use_language();
    let Some(first) = boards.first() else {
        return view! { <p class="hint">{say!(language, desk.no_lines)}</p> }.into_any();
    };
    let ticks = days(language, first);
    let from = plant_date(first.from.minute());
    let lanes = boards
        .into_iter()
        .map(|board| Lane {
            label: text(language, &board.name),
            note: None,
            href: Some(use_link(&format!("/lines/{}?week={from}", board.line))),
            from: board.from,
            to: board.to,
            board: Arc::new(board),
        })
        .collect::<Vec<_>>();
    let own = Some(booking);
    view! {
        <BoardsInWords lanes=lanes.clone() own />
        <Timeline lanes ticks own />
    }
    .into_any()
}

/// A tick a day; named are the Mondays where days are many.
fn days(language: Language, board: &LineBoard) -> Vec<String> {
    let count = (board.to.0 - board.from.0) / DAY_SECONDS;
    (0..count)
        .map(|day| plant_date(board.from.minute() + day * DAY))
        .map(|day| {
            let monday = day.weekday().number_days_from_monday() == 0;
            match (count <= 7, monday) {
                (true, _) => format!("{} {}", weekday(language, day), day.day()),
                (false, true) => short_day(language, day),
                (false, false) => String::new(),
            }
        })
        .collect()
}
