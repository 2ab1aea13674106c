//! The components with every state, for those who build with them; in a demonstration only. A form whose fields have
//! ids of their own can stand on a page once: the larger ones have sheets of theirs.

mod asked;
mod book;
mod booking;
mod calls;
mod cases;
mod deals;
mod desk;
mod district;
mod firm;
mod frame;
mod nothing;
mod office;
mod request;
mod sample;
mod search;
mod setup;
mod tables;
mod work;
mod wrong;

use leptos::prelude::*;
use uuid::Uuid;

use asked::{Conversations, Grids, Tours};
use book::Book;
use booking::Booking;
use calls::Calls;
use cases::Cases;
use deals::Deals;
use desk::Desk;
use district::District;
use firm::{Busy, Campaigns, Others};
use frame::Frames;
use nothing::Nothing;
use office::Office;
use request::{Request, Wish};
use search::Searches;
use setup::SetupParts;
use tables::SetupTables;
use work::Work;
use wrong::Wrong;

use crate::{
    backend::use_backend,
    components::{Field, PageTitle, Schedule, Step, Steps, TextArea, Trouble, district::Meter},
    contract::{Failure, Instant, TextView},
    islands::Countdown,
    language::Language,
    request::{use_language, use_link, use_parameters},
    words::{UNITS, percent, say, status, unit},
};

/// The states of a booking, in the order of its life.
const STATES: [&str; 12] = [
    "draft",
    "held",
    "requested",
    "confirmed",
    "running",
    "completed",
    "closed",
    "expired",
    "declined",
    "withdrawn",
    "cancelled",
    "no_show",
];
/// Meanings that notes and tags have.
const MEANINGS: [&str; 4] = ["good", "info", "warn", "bad"];
/// Steps of the scale for figures, nothing included.
const SCALE: i64 = 6;
const HOUR: i64 = 3600;

/// `/design`
#[component]
pub fn DesignPage() -> impl IntoView {
    if !use_backend().demonstration() {
        return view! { <Trouble failure=Failure::NotFound /> }.into_any();
    }
    let language = use_language();
    let shown = use_parameters().get("view").unwrap_or_default();
    let sheet = match shown.as_str() {
        "search" => view! { <Searches /> }.into_any(),
        "request" => view! { <Request refused=false /> }.into_any(),
        "refused" => view! { <Request refused=true /> }.into_any(),
        "booking" => view! { <Booking /> }.into_any(),
        "wish" => view! { <Wish /> }.into_any(),
        "desk" => view! { <Desk /> }.into_any(),
        "setup" => view! { <SetupParts /> <SetupTables /> }.into_any(),
        "book" => view! { <Book /> }.into_any(),
        "cases" => view! { <Cases /> }.into_any(),
        "calls" => view! { <Calls /> }.into_any(),
        "office" => view! { <Office /> }.into_any(),
        "district" => view! { <District /> }.into_any(),
        "nothing" => view! { <Nothing /> }.into_any(),
        "frame" => view! { <Frames /> }.into_any(),
        _ => view! { <Basics /> }.into_any(),
    };
    view! {
        <PageTitle page=say!(language, design.page) />
        <header class="page-head">
            <h1>{say!(language, design.page)}</h1>
            <p class="lead">{say!(language, design.lead)}</p>
        </header>
        {sheet}
        <Sheets shown />
    }
    .into_any()
}

/// What most pages are made of.
#[component]
fn Basics() -> impl IntoView {
    view! {
        <Type />
        <Notes />
        <Buttons />
        <Fields />
        <States />
        <Schedules />
        <Deals />
        <Wrong />
        <Work />
        <Grids />
        <Conversations />
        <Campaigns />
        <Others />
        <Figures />
        <Empty />
        <Busy />
        <Tours />
    }
}

/// The ways to the other sheets.
#[component]
fn Sheets(shown: String) -> impl IntoView {
    let language = use_language();
    let links = [
        ("", say!(language, design.sheet_first)),
        ("search", say!(language, design.sheet_search)),
        ("request", say!(language, design.sheet_request)),
        ("refused", say!(language, design.sheet_refused)),
        ("booking", say!(language, design.sheet_booking)),
        ("wish", say!(language, design.sheet_wish)),
        ("desk", say!(language, design.sheet_desk)),
        ("setup", say!(language, design.sheet_setup)),
        ("book", say!(language, design.sheet_book)),
        ("cases", say!(language, design.sheet_cases)),
        ("calls", say!(language, design.sheet_calls)),
        ("office", say!(language, design.sheet_office)),
        ("district", say!(language, design.sheet_district)),
        ("nothing", say!(language, design.sheet_nothing)),
        ("frame", say!(language, design.sheet_frame)),
    ];
    let links = links
        .into_iter()
        .map(|(sheet, words)| {
            let path = if sheet.is_empty() { "/design".to_owned() } else { format!("/design?view={sheet}") };
            let current = (sheet == shown).then_some("page");
            view! { <a href=use_link(&path) aria-current=current>{words}</a> }
        })
        .collect_view();
    view! { <nav class="onwards" aria-label=say!(language, design.more)>{links}</nav> }
}

/// The words of both languages.
fn both(of: fn(Language) -> &'static str) -> TextView {
    TextView { zh: of(Language::zh_CN).to_owned(), en: of(Language::en).to_owned() }
}

/// A named set of samples.
#[component]
fn Part(id: &'static str, name: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby=id>
            <h2 id=id>{name}</h2>
            {children()}
        </section>
    }
    .into_any()
}

#[component]
fn Type() -> impl IntoView {
    let language = use_language();
    view! {
        <Part id="type" name=say!(language, design.typography)>
            <p class="sample-hero">{say!(language, design.hero)}</p>
            <p class="sample-title">{say!(language, design.title)}</p>
            <p class="lead">{say!(language, design.large)}</p>
            <p>{say!(language, design.body)}</p>
            <p class="hint">{say!(language, design.small)}</p>
        </Part>
    }
    .into_any()
}

#[component]
fn Notes() -> impl IntoView {
    let language = use_language();
    let names = [
        say!(language, design.note_good),
        say!(language, design.note_info),
        say!(language, design.note_warn),
        say!(language, design.note_bad),
    ];
    let notes = MEANINGS
        .into_iter()
        .zip(names)
        .map(|(meaning, name)| {
            view! {
                <div class=format!("note {meaning}")>
                    <p class="note-title">{name}</p>
                    <p>{say!(language, design.note_text)}</p>
                </div>
            }
        })
        .collect_view();
    let tags = MEANINGS
        .into_iter()
        .zip(names)
        .map(|(meaning, name)| view! { <li class=format!("tag {meaning}")>{name}</li> })
        .collect_view();
    view! {
        <Part id="notes" name=say!(language, design.notes)>
            {notes}
            <h3>{say!(language, design.tags)}</h3>
            <ul class="tags"><li class="tag">{say!(language, design.tag)}</li> {tags}</ul>
        </Part>
    }
    .into_any()
}

#[component]
fn Buttons() -> impl IntoView {
    let language = use_language();
    let row = move |small: bool| {
        let class = move |kind: &str| format!("button {kind} {}", if small { "small" } else { "" });
        view! {
            <div class="samples">
                <button type="button" class=class("")>{say!(language, design.button)}</button>
                <button type="button" class=class("quiet")>{say!(language, design.button_quiet)}</button>
                <button type="button" class=class("danger")>{say!(language, design.button_danger)}</button>
                <button type="button" class=class("") disabled>{say!(language, design.button_off)}</button>
                <a class=class("quiet") href="#buttons">{say!(language, design.button_link)}</a>
            </div>
        }
    };
    view! {
        <Part id="buttons" name=say!(language, design.buttons)>
            {row(false)}
            {row(true)}
        </Part>
    }
    .into_any()
}

#[component]
fn Fields() -> impl IntoView {
    let language = use_language();
    let label = say!(language, design.field);
    let wrong = Some(say!(language, design.field_wrong).to_owned());
    let units = UNITS
        .into_iter()
        .map(|name| view! { <option value=name>{unit(language, name)}</option> })
        .collect_view();
    view! {
        <Part id="fields" name=say!(language, design.fields)>
            <div class="facts">
                <Field id="sample-plain" label hint=say!(language, design.field_hint)>
                    <input id="sample-plain" aria-describedby="sample-plain-hint" value=say!(language, design.field_value) />
                </Field>
                <Field id="sample-wrong" label complaint=wrong>
                    <input id="sample-wrong" aria-describedby="sample-wrong-problem" value="0" />
                </Field>
                <Field id="sample-off" label=say!(language, design.field_off)>
                    <input id="sample-off" value=say!(language, design.field_value) disabled />
                </Field>
                <Field id="sample-choice" label=say!(language, design.choice)>
                    <select id="sample-choice">{units}</select>
                </Field>
                <Field id="sample-area" label=say!(language, design.area)>
                    <TextArea id="sample-area" name="sample-area" rows="2" text=String::new() />
                </Field>
                <label class="tick"><input type="checkbox" checked /> {say!(language, design.tick)}</label>
            </div>
        </Part>
    }
    .into_any()
}

#[component]
fn States() -> impl IntoView {
    let language = use_language();
    let states = STATES
        .into_iter()
        .map(|name| view! { <li class=format!("status {name}")>{status(language, name)}</li> })
        .collect_view();
    view! { <Part id="states" name=say!(language, design.states)><ul class="samples">{states}</ul></Part> }
}

#[component]
fn Schedules() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let step = |name: TextView, line: TextView, from: i64, to: i64| Step {
        name,
        line,
        line_id: Uuid::from_u128(u128::from(from.unsigned_abs())),
        start: Instant(now.0 + from * HOUR),
        end: Instant(now.0 + to * HOUR),
    };
    let steps = vec![
        step(
            both(|language| say!(language, design.step_one)),
            both(|language| say!(language, design.line_one)),
            24,
            36,
        ),
        step(
            both(|language| say!(language, design.step_two)),
            both(|language| say!(language, design.line_two)),
            48,
            68,
        ),
    ];
    view! {
        <Part id="schedule" name=say!(language, design.schedule)>
            <Schedule steps=steps.clone() />
            <Steps steps />
            <p><Countdown language now=now.0 until=now.0 + 50 * HOUR /></p>
            <p class="hint">{say!(language, design.over)}</p>
            <p><Countdown language now=now.0 until=now.0 /></p>
        </Part>
    }
    .into_any()
}

#[component]
fn Figures() -> impl IntoView {
    let language = use_language();
    let scale = (0..SCALE)
        .map(|step| view! { <li class=format!("sample-swatch heat-{step}")>{percent(step, SCALE - 1)}</li> })
        .collect_view();
    view! {
        <Part id="figures" name=say!(language, design.figures)>
            <p class="figure-value">{percent(37, 100)}</p>
            <p class="hint">{say!(language, design.meter)}</p>
            <Meter part=37 more=12 whole=100 />
            <h3>{say!(language, design.scale)}</h3>
            <ul class="samples exact">{scale}</ul>
        </Part>
    }
    .into_any()
}

#[component]
fn Empty() -> impl IntoView {
    let language = use_language();
    view! {
        <Part id="empty" name=say!(language, design.empty)>
            <p class="hint">{say!(language, design.empty_text)}</p>
            <p><a class="button small" href=use_link("/")>{say!(language, design.empty_do)}</a></p>
        </Part>
    }
    .into_any()
}
