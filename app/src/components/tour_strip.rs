//! The guided first booking of a demonstration: on every page where it goes on, the step that comes now and the seat to
//! take for the next one.

use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    api::TryAs,
    backend::use_backend,
    components::Post,
    contract::{OrganisationKind, Role},
    query,
    request::{use_here, use_language, use_link, use_parameters, use_reader},
    words::say,
};

/// Steps of the way.
const STEPS: u8 = 6;

/// A step: its number, its name and what to do, and the way on.
struct Step {
    number: u8,
    name: &'static str,
    text: &'static str,
    onwards: Option<AnyView>,
}

/// Nothing outside a demonstration, and on pages that are not on the way.
#[component]
pub fn TourStrip() -> impl IntoView {
    if !use_backend().demonstration() {
        return ().into_any();
    }
    present().map_or_else(|| ().into_any(), strip)
}

/// The step of a firm that looks at what it holds or has asked for: on the booking's own page, which knows its state.
#[component]
pub fn TourRequest() -> impl IntoView {
    let firm = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Company);
    if !firm || !use_backend().demonstration() {
        return ().into_any();
    }
    let language = use_language();
    strip(Step {
        number: 4,
        name: say!(language, tour.first_request),
        text: say!(language, tour.first_request_text),
        onwards: Some(seat("qa", "/desk", say!(language, tour.qa))),
    })
}

fn strip(Step { number, name, text, onwards }: Step) -> AnyView {
    let language = use_language();
    view! {
        <aside class="tour-strip" aria-label=say!(language, tour.first)>
            <p>
                <strong>{say!(language, tour.step, number = number, of = STEPS).to_string()} " " {name}</strong>
                " "
                {text}
            </p>
            {onwards}
        </aside>
    }
    .into_any()
}

/// Where whoever looks at this page is on the way.
fn present() -> Option<Step> {
    let language = use_language();
    let here = use_here();
    let path = here.split_once('?').map_or(here.as_str(), |(path, _)| path);
    let searched = query::read(&use_parameters()).is_some();
    let Some(reader) = use_reader() else {
        return (path == "/" && searched).then(|| Step {
            number: 1,
            name: say!(language, tour.first_seat),
            text: say!(language, tour.first_seat_text),
            onwards: Some(seat("firm", &here, say!(language, tour.firm))),
        });
    };
    let step = match (reader.organisation_kind, reader.role, path) {
        (OrganisationKind::Company, _, "/") if !searched => Step {
            number: 2,
            name: say!(language, tour.first_search),
            text: say!(language, tour.first_search_text),
            onwards: None,
        },
        (OrganisationKind::Company, _, "/") => Step {
            number: 3,
            name: say!(language, tour.first_hold),
            text: say!(language, tour.first_hold_text),
            onwards: None,
        },
        (OrganisationKind::Platform, Role::Qa, path) if is_queue(path) => Step {
            number: 5,
            name: say!(language, tour.first_confirm),
            text: say!(language, tour.first_confirm_text),
            onwards: Some(seat("operator", "/desk", say!(language, tour.operator))),
        },
        (OrganisationKind::Platform, _, path) if is_queue(path) => Step {
            number: 5,
            name: say!(language, tour.first_answer),
            text: say!(language, tour.first_answer_text),
            onwards: Some(seat("district", "/district", say!(language, tour.district))),
        },
        (OrganisationKind::District, _, "/district") => Step {
            number: 6,
            name: say!(language, tour.first_look),
            text: say!(language, tour.first_look_text),
            onwards: Some(seat("firm", "/campaigns", say!(language, tour.firm))),
        },
        _ => return None,
    };
    Some(step)
}

/// The queue, or a request of it.
fn is_queue(path: &str) -> bool {
    path == "/desk" || path.starts_with("/desk/requests/")
}

/// Takes the seat of `audience`, and goes on at `next`.
fn seat(audience: &'static str, next: &str, name: &'static str) -> AnyView {
    let language = use_language();
    let next = use_link(next);
    view! {
        <Post to=TryAs::PATH>
            <input type="hidden" name="audience" value=audience />
            <input type="hidden" name="next" value=next />
            <button class="button small" type="submit">
                {say!(language, tour.take_seat, name = name).to_string()}
            </button>
        </Post>
    }
    .into_any()
}
