//! The tables of the desk: what waits for somebody.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{Hidden, questions::AskedTag};
use crate::{
    api::RemoveCleaning,
    components::{batches, offering_name, whole_code},
    contract::{BookingView, CleaningView, Instant, TextView},
    language::Language,
    request::{use_language, use_link},
    words::{hazard, length, near_deadline, near_moment, say, span, text},
};
use domain::calendar::{DAY_SECONDS, plant_date};

/// Less than this many seconds left is urgent: a working day.
const URGENT: i64 = DAY_SECONDS;

/// Requests by deadline.
#[component]
pub fn Requests(requests: Vec<BookingView>, now: Instant) -> impl IntoView {
    let language = use_language();
    let [who, what, start, reply, state] = [
        say!(language, desk.company),
        say!(language, desk.campaign),
        say!(language, desk.first_start),
        say!(language, desk.reply_by),
        say!(language, desk.state),
    ];
    let rows = requests
        .into_iter()
        .map(|one| {
            // What is to be filled in waits for nobody: that goes on beside quality assurance.
            let unfilled = one.is_unfilled();
            let states = [
                (unfilled, "tag warn", say!(language, desk.to_fill_in)),
                (!one.hazards_confirmed, "tag warn", say!(language, desk.waits_for_qa)),
                (one.hazards_confirmed && !unfilled, "tag good", say!(language, desk.to_decide)),
            ];
            let states = states
                .into_iter()
                .filter(|(is_so, ..)| *is_so)
                .map(|(_, class, words)| view! { <span class=class>{words}</span> " " })
                .collect_view();
            view! {
                <tr>
                    <th scope="row"><Reference booking=one.clone() /></th>
                    <td data-label=who><span class="typed">{company(language, one.company_name.as_ref())}</span></td>
                    <td data-label=what><span class="typed">{campaign(language, &one)}</span></td>
                    <td data-label=start class="when">{first_start(language, &one, now)}</td>
                    <td data-label=reply class="when"><Left until=one.decide_by() now /></td>
                    <td data-label=state>{states} <AskedTag booking=one.clone() /></td>
                </tr>
            }
        })
        .collect_view();
    view! { <Dense id="requests" heads=vec![say!(language, desk.reference), who, what, start, reply, state]>{rows}</Dense> }
}

/// Hazards that quality assurance has to confirm.
#[component]
pub fn Hazards(requests: Vec<BookingView>, now: Instant) -> impl IntoView {
    let language = use_language();
    let [who, hazards, evidence, reply] = [
        say!(language, desk.company),
        say!(language, desk.hazards),
        say!(language, desk.evidence),
        say!(language, desk.reply_by),
    ];
    let rows = requests
        .into_iter()
        .map(|one| {
            view! {
                <tr>
                    <th scope="row"><Reference booking=one.clone() /></th>
                    <td data-label=who><span class="typed">{company(language, one.company_name.as_ref())}</span></td>
                    <td data-label=hazards>{hazard_words(language, &one)}</td>
                    <td data-label=evidence>{evidence_words(language, &one)}</td>
                    <td data-label=reply class="when"><Left until=one.decide_by() now /></td>
                </tr>
            }
        })
        .collect_view();
    view! { <Dense id="hazards" heads=vec![say!(language, desk.reference), who, hazards, evidence, reply]>{rows}</Dense> }
}

/// Holds that expire soon.
#[component]
pub fn Lapsing(holds: Vec<BookingView>, now: Instant) -> impl IntoView {
    let language = use_language();
    let [who, what, start, until] = [
        say!(language, desk.company),
        say!(language, desk.campaign),
        say!(language, desk.first_start),
        say!(language, desk.lapses),
    ];
    let rows = holds
        .into_iter()
        .map(|one| {
            view! {
                <tr>
                    <th scope="row"><Reference booking=one.clone() /></th>
                    <td data-label=who><span class="typed">{company(language, one.company_name.as_ref())}</span></td>
                    <td data-label=what><span class="typed">{campaign(language, &one)}</span></td>
                    <td data-label=start class="when">{first_start(language, &one, now)}</td>
                    <td data-label=until class="when"><Left until=one.hold_expires_at now /></td>
                </tr>
            }
        })
        .collect_view();
    view! { <Dense id="lapsing" heads=vec![say!(language, desk.reference), who, what, start, until]>{rows}</Dense> }
}

/// Cleanings that nobody owns.
#[component]
pub fn Cleanings(cleanings: Vec<CleaningView>, operates: bool) -> impl IntoView {
    let language = use_language();
    let [when, what] = [say!(language, desk.when), say!(language, desk.to_do)];
    let rows = cleanings
        .into_iter()
        .map(|one| {
            let week = plant_date(one.start.minute());
            let line = use_link(&format!("/lines/{}?week={week}", one.line));
            let action = if one.removable && operates {
                view! {
                    <form method="post" action=RemoveCleaning::PATH>
                        <Hidden id=one.id.to_string() next=use_link("/desk") />
                        <button class="button small quiet" type="submit">{say!(language, desk.remove_cleaning)}</button>
                    </form>
                }
                .into_any()
            } else if one.removable {
                view! { <span>{say!(language, desk.cleaning_may_go)}</span> }.into_any()
            } else {
                view! { <span>{say!(language, desk.cleaning_stays)}</span> }.into_any()
            };
            view! {
                <tr>
                    <th scope="row"><a href=line>{text(language, &one.line_name)}</a></th>
                    <td data-label=when class="when">{span(language, one.start, one.end)}</td>
                    <td data-label=what>{action}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Dense id="cleanings" heads=vec![say!(language, desk.line), when, what]>{rows}</Dense> }
}

/// A table on wide screens, a list of cards on narrow ones. `id` is that of its heading.
#[component]
pub(super) fn Dense(id: &'static str, heads: Vec<&'static str>, children: Children) -> impl IntoView {
    let heads = heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    view! {
        <table class="dense" aria-labelledby=id>
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{children()}</tbody>
        </table>
    }
}

/// The booking's reference, which leads to all of it.
#[component]
pub(super) fn Reference(booking: BookingView) -> impl IntoView {
    let href = use_link(&format!("/desk/requests/{}", booking.id));
    view! { <a class="reference" href=href>{booking.reference}</a> }
}

/// An instant and how long it is until then.
#[component]
pub(super) fn Left(until: Option<Instant>, now: Instant) -> impl IntoView {
    let language = use_language();
    let Some(until) = until else {
        return view! { <span class="hint">{say!(language, desk.no_deadline)}</span> }.into_any();
    };
    let left = until.0 - now.0;
    let class = if left < URGENT { "left urgent" } else { "left" };
    let words = say!(language, desk.left, length = length(language, left.max(0) / 60)).to_string();
    view! {
        <span>{near_deadline(language, until, now)}</span>
        " "
        <span class=class>{words}</span>
    }
    .into_any()
}

/// Whose it is.
pub(super) fn company(language: Language, name: Option<&TextView>) -> String {
    name.map_or_else(|| say!(language, desk.own_production).to_owned(), |name| text(language, name))
}

/// `Tablet · 2 × 20 kg · ZS-001`.
pub(super) fn campaign(language: Language, booking: &BookingView) -> AnyView {
    let made = [offering_name(language, &booking.offering), batches(language, booking)].join(" · ");
    let code = booking.product_code.clone().map(|code| view! { " · " {whole_code(code)} });
    view! { {made} {code} }.into_any()
}

fn first_start(language: Language, booking: &BookingView, now: Instant) -> String {
    let start = booking.steps.iter().map(|step| step.start).min();
    start.map(|start| near_moment(language, start, now)).unwrap_or_default()
}

/// The hazards as declared, the band included.
pub(super) fn hazard_words(language: Language, booking: &BookingView) -> String {
    hazard_list(language, booking).join(" · ")
}

/// The same one by one; at least that there are none.
pub(super) fn hazard_list(language: Language, booking: &BookingView) -> Vec<String> {
    let tags = booking.hazards.split(',').filter(|tag| !tag.is_empty());
    let mut words: Vec<String> = tags
        .map(|tag| match tag {
            "unclassified" => say!(language, search.unclassified).to_owned(),
            tag => hazard(language, tag),
        })
        .collect();
    if words.is_empty() {
        words.push(say!(language, desk.no_hazards).to_owned());
    }
    if let Some(band) = booking.oeb {
        words.push(say!(language, campaign.oeb, band = band).to_string());
    }
    words
}

/// The limits that the client declares as evidence.
pub(super) fn evidence_words(language: Language, booking: &BookingView) -> String {
    evidence_list(language, booking).join(" · ")
}

/// The same one by one; at least that none is given.
pub(super) fn evidence_list(language: Language, booking: &BookingView) -> Vec<String> {
    let (oel, pde) = (booking.details.oel.as_str(), booking.details.pde.as_str());
    let mut given = Vec::new();
    if !oel.is_empty() {
        given.push(say!(language, desk.oel, value = oel).to_string());
    }
    if !pde.is_empty() {
        given.push(say!(language, desk.pde, value = pde).to_string());
    }
    if given.is_empty() {
        given.push(say!(language, desk.none_given).to_owned());
    }
    given
}
