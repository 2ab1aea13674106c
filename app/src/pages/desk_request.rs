//! One booking on one screen, for the platform that runs it.

use std::sync::Arc;

use domain::calendar::{DAY, DAY_SECONDS, plant_date};
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    backend::use_backend,
    components::{
        PageTitle, Step, Steps, TourAnswer, loaded_booking,
        operator::{Acts, Checks, Facts, History, Lane, Legend, Questions, Refused, Timeline},
    },
    contract::{BookingView, Failure, LineBoard, OrganisationKind, RequestDesk},
    language::Language,
    request::{use_id, use_kept, use_language, use_link},
    words::{deadline, length, outcome, say, short_day, text, weekday},
};

#[component]
pub fn DeskRequestPage() -> impl IntoView {
    let id = use_id();
    let load = async move { use_backend().request_desk(id.ok_or(Failure::NotFound)?).await };
    loaded_booking(id, &[OrganisationKind::Platform], load, |desk| view! { <Request desk /> })
}

#[component]
fn Request(desk: RequestDesk) -> impl IntoView {
    let language = use_language();
    let RequestDesk { booking, hazard_note, checks, history, boards } = desk;
    let steps: Vec<Step> = booking.steps.iter().map(Step::from).collect();
    let title = say!(language, desk.request, reference = booking.reference.as_str()).to_string();
    let company = booking
        .company_name
        .as_ref()
        .map_or_else(|| say!(language, desk.own_production).to_owned(), |name| text(language, name));
    let said = outcome(language, &booking);
    let last = history.last().cloned();
    view! {
        <PageTitle page=title.clone() />
        <TourAnswer booking=booking.clone() last />
        <p class="crumb"><a href=use_link("/desk")>{say!(language, desk.page)}</a></p>
        <header class="booking-head">
            <h1>{title}</h1>
            <span id="state" data-live class=format!("status {}", booking.status)>{said}</span>
            <span class="desk-company">{company}</span>
        </header>
        <div class="until" id="until" data-live><Deadline booking=booking.clone() /></div>
        <Refused />
        <div class="questions" id="questions" data-live><Questions questions=booking.questions.clone() /></div>
        <div class="request-desk">
            <div class="request-side">
                <section class="sheet request-act" id="act" data-live data-typed=use_kept() aria-labelledby="do">
                    <h2 id="do">{say!(language, desk.to_do)}</h2>
                    <Acts booking=booking.clone() />
                </section>
                <section class="sheet request-history" id="past" data-live aria-labelledby="history">
                    <h2 id="history">{say!(language, desk.history)}</h2>
                    <History events=history />
                </section>
            </div>
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
            <section class="sheet request-lines" id="lines-around" data-live aria-labelledby="around">
                <h2 id="around">{say!(language, desk.around)}</h2>
                <Around boards booking=booking.id />
                <Legend own=true />
                <Steps steps />
            </section>
        </div>
    }
}

/// Until when something must happen, said first.
#[component]
fn Deadline(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let until = match booking.status.as_str() {
        "requested" => booking.reply_by.map(|by| (say!(language, desk.reply_by), by)),
        "held" => booking.hold_expires_at.map(|by| (say!(language, desk.lapses), by)),
        _ => None,
    };
    until.map(|(words, by)| {
        let left = length(language, (by.0 - booking.now.0).max(0) / 60);
        let left = say!(language, desk.left, length = left).to_string();
        view! { <p class="deadline">{words} " " <strong class="when">{deadline(language, by)}</strong> " " <span class="left">{left}</span></p> }
    })
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
        .collect();
    view! { <Timeline lanes ticks own=Some(booking) /> }.into_any()
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
