//! The guided first booking of a demonstration: on every page where it goes on, the step that comes now and the seat to
//! take for the next one.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use crate::{
    api::TryAs,
    backend::use_backend,
    components::{Post, tour_step::TourStep},
    contract::{BookingView, OrganisationKind, Role, Viewer},
    query,
    request::{use_here, use_language, use_link, use_parameters, use_reader},
    words::say,
};

/// A step, and the way on.
struct Step {
    step: TourStep,
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
/// The next seat is offered once there is something to do for whoever sits there.
#[component]
pub fn TourRequest(booking: BookingView) -> impl IntoView {
    let firm = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Company);
    if !firm || !use_backend().demonstration() {
        return ().into_any();
    }
    let language = use_language();
    let at = |audience, name| Some(seat_at(Some(booking.platform), audience, "/desk", name));
    strip(match (booking.status.as_str(), booking.hazards_confirmed) {
        ("requested", false) => Step { step: TourStep::Confirm, onwards: at("qa", say!(language, tour.qa)) },
        ("requested", true) => {
            Step { step: TourStep::Answer, onwards: at("operator", say!(language, tour.operator)) }
        }
        _ => Step { step: TourStep::Request, onwards: None },
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
    if reader.role == Role::Qa {
        let platform = Some(reader.organisation);
        let onwards = seat_at(platform, "operator", "/desk", say!(language, tour.operator));
        Step { step: TourStep::Confirm, onwards: Some(onwards) }
    } else {
        let onwards = seat("district", "/district", say!(language, tour.district));
        Step { step: TourStep::Answer, onwards: Some(onwards) }
    }
}

fn strip(Step { step, onwards }: Step) -> AnyView {
    let language = use_language();
    let number = say!(language, tour.step, number = step.number(), of = TourStep::ALL.len()).to_string();
    // It is about offers: where there are none, the style sheet hides it.
    let of_offers = step == TourStep::Hold;
    view! {
        <aside class="tour-strip" class:of-offers=of_offers aria-label=say!(language, tour.first)>
            <p>
                <strong>{number} " " {step.name(language)}</strong>
                " "
                {step.text(language)}
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
            step: TourStep::Seat,
            onwards: Some(seat("firm", &here, say!(language, tour.firm))),
        });
    };
    let step = match (reader.organisation_kind, reader.role, path) {
        (OrganisationKind::Company, _, "/") if !searched => Step { step: TourStep::Search, onwards: None },
        (OrganisationKind::Company, _, "/") => Step { step: TourStep::Hold, onwards: None },
        (OrganisationKind::Platform, _, "/desk") => answering(&reader),
        (OrganisationKind::District, _, "/district") => Step {
            step: TourStep::Look,
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
