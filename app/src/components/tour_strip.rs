//! The guided first booking of a demonstration: on every page where it goes on, the step that comes now and the seat to
//! take for the next one.

use leptos::{prelude::*, server_fn::ServerFn};
use uuid::Uuid;

use super::tour_end::TourEnd;
use crate::{
    api::{LeaveTour, TryAs},
    backend::use_backend,
    components::{Post, tour_step::TourStep},
    contract::{BookingView, EventView, OrganisationKind, Role, Viewer},
    guided::{PARAMETER, begin_here, use_guided},
    query,
    request::{use_here, use_language, use_link, use_parameters, use_reader},
    words::say,
};

/// So long, in seconds, the page of what was approved leads on to the next step.
const FRESH: i64 = 3600;
/// Where the district looks on at the end of the way.
const END: &str = "/district?tour=end";

/// A step, and the way on.
struct Step {
    step: TourStep,
    /// What to do on this page, where the list of all steps leads here only.
    text: Option<&'static str>,
    onwards: Option<AnyView>,
    /// Whether it ends the way.
    last: bool,
}

impl Step {
    fn new(step: TourStep, onwards: Option<AnyView>) -> Self {
        Self { step, text: None, onwards, last: false }
    }

    /// A step that is taken on the page about one request.
    fn on_page(step: TourStep, text: &'static str, onwards: Option<AnyView>) -> Self {
        Self { text: Some(text), ..Self::new(step, onwards) }
    }
}

/// Whether it is told where one is on the way: in a demonstration, to who follows it.
fn is_followed() -> bool {
    use_backend().demonstration() && use_guided()
}

/// Nothing but for who follows the way, and on pages that are not on it.
#[component]
pub fn TourStrip() -> impl IntoView {
    if !is_followed() {
        return ().into_any();
    }
    begin_here();
    present().map_or_else(|| ().into_any(), strip)
}

/// The step of a firm that looks at what it holds or has asked for: on the booking's own page, which knows its state.
/// The next seat is offered once there is something to do for whoever sits there.
#[component]
pub fn TourRequest(booking: BookingView) -> impl IntoView {
    let firm = use_reader().is_some_and(|reader| reader.organisation_kind == OrganisationKind::Company);
    if !firm || !is_followed() {
        return ().into_any();
    }
    let language = use_language();
    let at = |audience, name| Some(seat_at(Some(booking.platform), audience, "/desk", name));
    strip(match (booking.status.as_str(), booking.hazards_confirmed) {
        ("requested", false) => Step::new(TourStep::Confirm, at("qa", say!(language, tour.qa))),
        ("requested", true) => Step::new(TourStep::Answer, at("operator", say!(language, tour.operator))),
        _ => Step::new(TourStep::Request, None),
    })
}

/// The step of a platform that looks at a request which it has to decide, or has just decided: on the request's own
/// page, which knows its state and what happened to it last.
#[component]
pub fn TourAnswer(booking: BookingView, last: Option<EventView>) -> impl IntoView {
    let reader = use_reader().filter(|_| is_followed());
    let platform = reader.filter(|reader| reader.organisation_kind == OrganisationKind::Platform);
    let step = platform.and_then(|reader| deciding(&reader, &booking, last.as_ref()));
    step.map_or_else(|| ().into_any(), strip)
}

/// Where a request is on its way: the next seat is offered once there is something to do for whoever sits there.
fn deciding(reader: &Viewer, booking: &BookingView, last: Option<&EventView>) -> Option<Step> {
    let language = use_language();
    let (operates, page) = (reader.role != Role::Qa, format!("/desk/requests/{}", booking.id));
    let at = |audience, name| seat_at(Some(reader.organisation), audience, &page, name);
    let approved = |last: &EventView| last.action == "approve" && booking.now.0 - last.at.0 < FRESH;
    match (booking.status.as_str(), booking.hazards_confirmed) {
        ("requested", false) => {
            let onwards = operates.then(|| at("qa", say!(language, tour.qa)));
            Some(Step::on_page(TourStep::Confirm, say!(language, tour.here_confirm), onwards))
        }
        ("requested", true) => {
            let onwards = (!operates).then(|| at("operator", say!(language, tour.operator)));
            Some(Step::on_page(TourStep::Answer, say!(language, tour.here_answer), onwards))
        }
        ("confirmed", _) if last.is_some_and(approved) => Some(Step::new(TourStep::Look, Some(district()))),
        _ => None,
    }
}

/// How a request is answered: first quality assurance, then whoever operates.
fn answering(reader: &Viewer) -> Step {
    let language = use_language();
    if reader.role == Role::Qa {
        let platform = Some(reader.organisation);
        let onwards = seat_at(platform, "operator", "/desk", say!(language, tour.operator));
        Step::new(TourStep::Confirm, Some(onwards))
    } else {
        Step::new(TourStep::Answer, Some(district()))
    }
}

fn strip(Step { step, text, onwards, last }: Step) -> AnyView {
    let language = use_language();
    let end = last.then(|| view! { <TourEnd /> });
    let number = say!(language, tour.step, number = step.number(), of = TourStep::ALL.len()).to_string();
    let gap = TourStep::gap(language);
    // It is about offers: where there are none, the style sheet hides it.
    let of_offers = step == TourStep::Hold;
    view! {
        <aside class="tour-strip" class:of-offers=of_offers aria-label=say!(language, tour.first)>
            <p>
                <strong>{number} {gap} {step.name(language)}</strong>
                {gap}
                {text.unwrap_or_else(|| step.text(language))}
            </p>
            {onwards}
            <Close />
            {end}
        </aside>
    }
    .into_any()
}

/// Closes the way and comes back to the same page.
#[component]
fn Close() -> impl IntoView {
    let here = use_here();
    let path = here.split_once('?').map_or(here.as_str(), |(path, _)| path);
    let mut parameters = use_parameters();
    parameters.remove(PARAMETER);
    let next = use_link(&format!("{path}{}", parameters.to_query_string()));
    view! {
        <Post class="tour-close" to=LeaveTour::PATH>
            <input type="hidden" name="next" value=next />
            <button class="link" type="submit">{say!(use_language(), tour.close)}</button>
        </Post>
    }
}

/// Where whoever looks at this page is on the way.
fn present() -> Option<Step> {
    let language = use_language();
    let here = use_here();
    let path = here.split_once('?').map_or(here.as_str(), |(path, _)| path);
    let searched = query::read(&use_parameters()).is_some();
    let Some(reader) = use_reader() else {
        return (path == "/" && searched)
            .then(|| Step::new(TourStep::Seat, Some(seat("firm", &here, say!(language, tour.firm)))));
    };
    let step = match (reader.organisation_kind, path) {
        (OrganisationKind::Company, "/") if !searched => Step::new(TourStep::Search, None),
        (OrganisationKind::Company, "/") => Step::new(TourStep::Hold, None),
        (OrganisationKind::Platform, "/desk") => answering(&reader),
        // Whoever came by the way is at its end; whoever only took this seat is not.
        (OrganisationKind::District, "/district") => {
            let last = use_parameters().get(PARAMETER).as_deref() == Some("end");
            let firm = || seat("firm", "/campaigns", say!(language, tour.firm));
            Step { last, ..Step::new(TourStep::Look, (!last).then(firm)) }
        }
        _ => return None,
    };
    Some(step)
}

/// Takes the district's seat, at the end of the way.
fn district() -> AnyView {
    seat("district", END, say!(use_language(), tour.district))
}

/// Takes the seat of `audience`, and goes on at `next`.
pub(super) fn seat(audience: &'static str, next: &str, name: &'static str) -> AnyView {
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
