//! The guided first booking of a demonstration: on every page where it goes on, the step that comes now and the seat to
//! take for the next one.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use crate::{
    api::TryAs,
    backend::use_backend,
    components::Post,
    contract::{OrganisationKind, Role, Viewer},
    query,
    request::{use_here, use_language, use_link, use_parameters, use_reader},
    words::say,
};

/// Steps of the way.
const STEPS: u8 = 6;
/// The step at which one of the offers found is held.
const HOLDING: u8 = 3;

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

/// The step of a firm that looks at what it holds or has asked for of `platform`: on the booking's own page, which
/// knows its state.
#[component]
pub fn TourRequest(platform: Uuid) -> impl IntoView {
    let firm = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Company);
    if !firm || !use_backend().demonstration() {
        return ().into_any();
    }
    let language = use_language();
    strip(Step {
        number: 4,
        name: say!(language, tour.first_request),
        text: say!(language, tour.first_request_text),
        onwards: Some(seat_at(Some(platform), "qa", "/desk", say!(language, tour.qa))),
    })
}

/// The step of a platform that looks at a request which it has to decide: on the request's own page, which knows its
/// state.
#[component]
pub fn TourAnswer() -> impl IntoView {
    let reader = use_reader().filter(|_| use_backend().demonstration());
    let platform = reader.filter(|reader| reader.organisation_kind == OrganisationKind::Platform);
    platform.map_or_else(|| ().into_any(), |reader| strip(answering(&reader)))
}

/// How a request is answered: first quality assurance, then whoever operates.
fn answering(reader: &Viewer) -> Step {
    let language = use_language();
    let (name, text, onwards) = if reader.role == Role::Qa {
        let platform = Some(reader.organisation);
        let onwards = seat_at(platform, "operator", "/desk", say!(language, tour.operator));
        (say!(language, tour.first_confirm), say!(language, tour.first_confirm_text), onwards)
    } else {
        let onwards = seat("district", "/district", say!(language, tour.district));
        (say!(language, tour.first_answer), say!(language, tour.first_answer_text), onwards)
    };
    Step { number: 5, name, text, onwards: Some(onwards) }
}

fn strip(Step { number, name, text, onwards }: Step) -> AnyView {
    let language = use_language();
    view! {
        <aside class="tour-strip" class:of-offers=number == HOLDING aria-label=say!(language, tour.first)>
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
            number: HOLDING,
            name: say!(language, tour.first_hold),
            text: say!(language, tour.first_hold_text),
            onwards: None,
        },
        (OrganisationKind::Platform, _, "/desk") => answering(&reader),
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

/// Takes the seat of `audience`, and goes on at `next`.
fn seat(audience: &'static str, next: &str, name: &'static str) -> AnyView {
    seat_at(None, audience, next, name)
}

/// The same at a platform: what was asked of one is on no other's desk.
fn seat_at(platform: Option<Uuid>, audience: &'static str, next: &str, name: &'static str) -> AnyView {
    let platform = platform.map(|id| view! { <input type="hidden" name="platform" value=id.to_string() /> });
    let language = use_language();
    let next = use_link(next);
    view! {
        <Post to=TryAs::PATH>
            <input type="hidden" name="audience" value=audience />
            {platform}
            <input type="hidden" name="next" value=next />
            <button class="button small" type="submit">
                {say!(language, tour.take_seat, name = name).to_string()}
            </button>
        </Post>
    }
    .into_any()
}
