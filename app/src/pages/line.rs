//! One line: its week or month, everything on it, and what an operator may do about it.

use std::sync::Arc;

use domain::calendar::{DAY, plant_date, plant_midnight};
use leptos::prelude::*;
use time::{Date, Duration};

use crate::{
    backend::use_backend,
    components::{
        PageTitle, loaded,
        operator::{Lane, Legend, Pieces, Refused, Timeline, WindowBar, closed_words},
    },
    contract::{Failure, Instant, LineBoard, Role},
    language::Language,
    query::Looked,
    request::{use_here, use_id, use_kept, use_language, use_link, use_parameters, use_reader},
    window::{Reach, Window},
    words::{from_now, grade, moment, open_time, say, short_day, text, weekday},
};

#[component]
pub fn LinePage() -> impl IntoView {
    let id = use_id();
    let window = Window::read(&use_parameters(), use_backend().now());
    let load = async move { use_backend().board(id.ok_or(Failure::NotFound)?, window.period()).await };
    loaded(load, move |board| view! { <Line board window /> })
}

#[component]
fn Line(board: LineBoard, window: Window) -> impl IntoView {
    let language = use_language();
    let operates =
        use_reader().is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin));
    let name = text(language, &board.name);
    let line = board.line;
    let pieces = board.pieces.clone();
    let next_free = board.next_free.map(|at| {
        let words = say!(language, desk.next_free_at, when = from_now(language, at, board.now)).to_string();
        view! { <li class="tag good">{words}</li> }
    });
    let free = match board.free_minutes() {
        0 => say!(language, desk.none_free_here).to_owned(),
        minutes => say!(language, desk.free_here, length = open_time(language, minutes)).to_string(),
    };
    // On paper it says whose line it is, which on screen the page's head does.
    let whose = use_reader().map(|reader| text(language, &reader.organisation_name));
    let at = say!(language, desk.printed_at, when = moment(language, board.now)).to_string();
    let printed = whose.into_iter().chain([at]).collect::<Vec<_>>().join(" · ");
    let gmp = grade(language, board.gmp);
    let ways = operates.then(|| {
        let close = format!("/lines/{line}/close{}", window.parameters());
        let looked = Looked::at(Some(line), window.ends(), plant_date(board.now.minute()));
        let book = format!("/desk/book{}", looked.parameters());
        view! {
            <div class="desk-ways">
                <a class="button small quiet" href=use_link(&format!("/lines/{line}/down"))>{say!(language, conflict.mark_down)}</a>
                <a class="button small quiet" href=use_link(&close)>{say!(language, desk.close_this)}</a>
                <a class="button small" href=use_link(&book)>{say!(language, desk.book)}</a>
            </div>
        }
    });
    let nothing = pieces.is_empty().then(|| {
        let way = operates.then(|| view! { <p class="hint">{say!(language, desk.nothing_way)}</p> });
        view! {
            <p>{say!(language, desk.nothing_on_line)}</p>
            {way}
        }
    });
    let stretches = board.free.clone();
    let hint = (!stretches.is_empty()).then(|| {
        view! { <p class="hint">{say!(language, desk.free_hint)}</p> }
    });
    let table = (!pieces.is_empty() || !stretches.is_empty()).then(|| {
        view! { <Pieces line pieces free=stretches operates next=use_link(&use_here()) /> }
    });
    // What is on it the table below says.
    let shut = closed_words(language, &board).map(|words| view! { <p class="sr">{words}</p> });
    let (lanes, ticks) = sheet(language, Arc::new(board), window);
    view! {
        <PageTitle page=name.clone() />
        <p class="crumb"><a href=use_link(&format!("/lines{}", window.parameters()))>{say!(language, desk.lines)}</a></p>
        <div class="desk-head">
            <div>
                <h1>{name}</h1>
                <ul class="tags" id="when-free" data-live>
                    <li class="tag">{gmp}</li>
                    {next_free}
                    <li class="tag">{free}</li>
                </ul>
                <p class="hint only-print">{printed}</p>
            </div>
            {ways}
        </div>
        <Refused />
        <section class="sheet" id="weeks" data-live>
            <WindowBar path=format!("/lines/{line}") window />
            {shut}
            <Timeline lanes ticks />
            <Legend outside=window.reach == Reach::Month />
        </section>
        <section class="sheet" id="everything" data-live data-typed=use_kept()>
            <h2 id="pieces">{say!(language, desk.everything)}</h2>
            {nothing}
            {hint}
            {table}
        </section>
    }
}

/// A day a row in a week; a week a row in a month, as on a wall calendar.
fn sheet(language: Language, board: Arc<LineBoard>, window: Window) -> (Vec<Lane>, Vec<String>) {
    let lane = |first: Date, days: i64, label: String, note: Option<String>| Lane {
        label,
        note,
        href: None,
        from: Instant::from_minute(plant_midnight(first)),
        to: Instant::from_minute(plant_midnight(first) + days * DAY),
        board: Arc::clone(&board),
    };
    match window.reach {
        Reach::Week => {
            let row =
                |day: Date| lane(day, 1, weekday(language, day).to_owned(), Some(short_day(language, day)));
            let hours = (0..24).step_by(3).map(|hour| format!("{hour:02}")).collect();
            (window.dates().map(row).collect(), hours)
        }
        Reach::Month => {
            let last = window.first + Duration::days(i64::from(window.days) - 1);
            let mut week = Window::week(window.first);
            let mut lanes = Vec::new();
            while week.first <= last {
                lanes.push(lane(week.first, 7, short_day(language, week.first), None));
                week = week.next();
            }
            let days = Window::week(window.first).dates().map(|day| weekday(language, day).to_owned());
            (lanes, days.collect())
        }
    }
}
