//! The platform's lines: when each is free next, and their week or month side by side.

use std::sync::Arc;

use domain::calendar::plant_date;
use leptos::prelude::*;
use time::Weekday;

use crate::{
    backend::use_backend,
    components::{
        PageTitle, loaded,
        operator::{BoardsInWords, Lane, Legend, Timeline, WindowBar},
    },
    contract::{LineBoard, Role},
    query::Looked,
    request::{use_language, use_link, use_parameters, use_reader},
    window::{Reach, Window},
    words::{from_now, grade, moment, open_time, say, span, text, weekday},
};

#[component]
pub fn LinesPage() -> impl IntoView {
    let window = Window::read(&use_parameters(), use_backend().now());
    loaded(
        async move { use_backend().boards(window.period()).await },
        move |boards| view! { <Lines boards window /> },
    )
}

#[component]
fn Lines(boards: Vec<LineBoard>, window: Window) -> impl IntoView {
    let language = use_language();
    let [graded, next, free] =
        [say!(language, desk.grade), say!(language, desk.next_free), say!(language, desk.free_in_period)];
    let rows = boards
        .iter()
        .map(|board| {
            let href = use_link(&format!("/lines/{}{}", board.line, window.parameters()));
            let when = board.next_free.map(|at| from_now(language, at, board.now));
            let left = match board.free_minutes() {
                0 => say!(language, desk.none_left).to_owned(),
                minutes => open_time(language, minutes),
            };
            view! {
                <tr>
                    <th scope="row"><a href=href>{text(language, &board.name)}</a></th>
                    <td data-label=graded>{grade(language, board.gmp)}</td>
                    <td data-label=next class="when whole">{when}</td>
                    <td data-label=free class="when whole">{left}</td>
                </tr>
            }
        })
        .collect_view();
    // The bars are for the mouse; whoever has a keyboard alone comes to each booking here.
    let booked = boards
        .iter()
        .flat_map(|board| board.pieces.iter().map(move |piece| (board, piece)))
        .filter_map(|(board, piece)| {
            let href = use_link(&format!("/desk/requests/{}", piece.booking?));
            let words = format!("{} · {}", piece.reference.clone()?, span(language, piece.start, piece.end));
            Some(view! { <li><a href=href>{words}</a> " · " {text(language, &board.name)}</li> })
        })
        .collect_view();
    let lanes = boards
        .into_iter()
        .map(|board| Lane {
            label: text(language, &board.name),
            note: None,
            href: Some(use_link(&format!("/lines/{}{}", board.line, window.parameters()))),
            from: board.from,
            to: board.to,
            board: Arc::new(board),
        })
        .collect::<Vec<_>>();
    let ticks = window
        .dates()
        .map(|day| match window.reach {
            Reach::Week => format!("{} {}", weekday(language, day), day.day()),
            // A Monday beside the first would be read as one number with it.
            Reach::Month if day.day() == 1 || day.weekday() == Weekday::Monday && day.day() > 3 => {
                day.day().to_string()
            }
            Reach::Month => String::new(),
        })
        .collect::<Vec<_>>();
    let operates =
        use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin));
    let today = plant_date(use_backend().now().minute());
    let book = operates.then(|| {
        let book = format!("/desk/book{}", Looked::at(None, window.ends(), today).parameters());
        view! { <a class="button small" href=use_link(&book)>{say!(language, desk.book)}</a> }
    });
    if lanes.is_empty() {
        return view! { <NoLines /> }.into_any();
    }
    // On paper it says whose lines they are and when it was so, as a line's own page does.
    let whose = use_reader().map(|reader| text(language, &reader.organisation_name));
    let at = say!(language, desk.printed_at, when = moment(language, use_backend().now())).to_string();
    let printed = whose.into_iter().chain([at]).collect::<Vec<_>>().join(" · ");
    view! {
        <PageTitle page=say!(language, desk.lines) />
        <div class="desk-head">
            <div>
                <h1>{say!(language, desk.lines)}</h1>
                <p class="hint only-print">{printed}</p>
            </div>
            <div class="desk-ways">
                <a class="button small quiet" href=use_link("/setup")>{say!(language, desk.setup_page)}</a>
                {book}
            </div>
        </div>
        <section class="sheet" id="weeks" data-live>
            <WindowBar path="/lines".to_owned() window />
            <BoardsInWords lanes=lanes.clone() />
            <Timeline lanes ticks />
            <Legend />
        </section>
        <section class="sheet" id="when-free" data-live>
            <h2 id="lines">{say!(language, desk.lines_free)}</h2>
            <p class="hint">{say!(language, desk.free_hint)}</p>
            <table class="dense" aria-labelledby="lines">
                <thead>
                    <tr>
                        <th scope="col">{say!(language, desk.line)}</th>
                        <th scope="col">{graded}</th>
                        <th scope="col">{next}</th>
                        <th scope="col">{free}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <details class="act-more">
                <summary>{say!(language, desk.bookings_here)}</summary>
                <ul>{booked}</ul>
            </details>
        </section>
    }
    .into_any()
}

/// What to do on a platform that has no line yet.
#[component]
fn NoLines() -> impl IntoView {
    let language = use_language();
    view! {
        <PageTitle page=say!(language, desk.lines) />
        <h1>{say!(language, desk.lines)}</h1>
        <div class="note">
            <p class="note-title">{say!(language, desk.no_lines_yet)}</p>
            <p>{say!(language, desk.no_lines_way)}</p>
            <p><a class="button small" href=use_link("/setup")>{say!(language, desk.to_setup)}</a></p>
        </div>
    }
}
