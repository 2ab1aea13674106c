//! What is next for a booking, and by when.

use leptos::prelude::*;

use super::{lacking, waits::waits_until};
use crate::{
    components::is_own_production,
    contract::{BookingView, Instant, QuestionView},
    islands::{Countdown, OwnTime},
    language::Language,
    request::use_language,
    words::{deadline, end_moment, moment, plant_day, say, text, yuan},
};

/// One sentence; `asked` is until when its firm is asked whether it may move.
pub fn next_step(language: Language, booking: &BookingView, asked: Option<Instant>) -> String {
    if let Some(by) = answer_first(booking, asked) {
        return say!(language, campaign.due.proposal, moment = deadline(language, by)).to_string();
    }
    let start = booking.steps.iter().map(|step| step.start).min();
    let end = booking.steps.iter().map(|step| step.end).max();
    let at = |instant: Instant| moment(language, instant);
    let materials_on = booking.details.materials_on.as_str();
    match (booking.status.as_str(), booking.hold_expires_at, booking.reply_by, start, end) {
        ("held", Some(by), ..) if by > booking.now => {
            say!(language, campaign.due.send, moment = deadline(language, by)).to_string()
        }
        ("requested", _, Some(by), ..) if booking.questions.iter().any(QuestionView::is_open) => {
            say!(language, campaign.due.question, moment = deadline(language, by)).to_string()
        }
        ("requested", _, Some(by), ..) => {
            say!(language, campaign.due.answer, moment = deadline(language, by)).to_string()
        }
        // Booked by an operator: nothing ends it but its own start.
        ("requested", _, None, Some(start), _) if booking.questions.iter().any(QuestionView::is_open) => {
            say!(language, campaign.due.question_start, moment = at(start)).to_string()
        }
        ("requested", _, None, ..) => {
            lacking(language, booking).unwrap_or_else(|| say!(language, campaign.due.decided).to_owned())
        }
        ("confirmed", _, _, Some(start), _) => {
            match (old_day(language, booking), arrival(language, materials_on, booking.now)) {
                (Some(words), _) => words,
                (None, Some(date)) => say!(language, campaign.due.materials, date = date).to_string(),
                (None, None) => say!(language, campaign.due.start, moment = at(start)).to_string(),
            }
        }
        ("running", _, _, _, Some(end)) => {
            say!(language, campaign.due.end, moment = end_moment(language, end)).to_string()
        }
        ("cancelled" | "no_show", ..) => match booking.fee_due_fen.filter(|due| *due > 0) {
            Some(due) => {
                let platform = text(language, &booking.platform_name);
                say!(language, campaign.due.invoice, platform = platform, sum = yuan(due)).to_string()
            }
            None => say!(language, campaign.due.over).to_owned(),
        },
        ("completed", ..) => say!(language, campaign.due.settle).to_owned(),
        _ => say!(language, campaign.due.over).to_owned(),
    }
}

/// That its materials come too late, or on a day that was said of another start, of what is asked for or confirmed.
fn old_day(language: Language, booking: &BookingView) -> Option<String> {
    let (materials_on, now) = materials_of(booking);
    let date = arrival(language, materials_on, now)?;
    let start = booking.steps.iter().map(|step| step.start).min()?;
    if is_late_for(materials_on, start) {
        return Some(say!(language, campaign.due.materials_late, date = date).to_string());
    }
    booking.materials_before_move.then(|| {
        let start = moment(language, start);
        say!(language, campaign.due.materials_moved, date = date, moment = start).to_string()
    })
}

/// Until when a proposal to move it is to be answered, unless something else of it waits for its firm before.
fn answer_first(booking: &BookingView, asked: Option<Instant>) -> Option<Instant> {
    asked.filter(|by| waits_until(booking).is_none_or(|other| *by <= other))
}

/// The day `materials_on` as people read it, if the materials arrive on one that is still ahead.
fn arrival(language: Language, materials_on: &str, now: Instant) -> Option<String> {
    if ahead(materials_on, now) { plant_day(language, materials_on) } else { None }
}

/// Whether materials that arrive on the day `materials_on` aren't there on that of a first step at `start`.
fn is_late_for(materials_on: &str, start: Instant) -> bool {
    *materials_on > *crate::words::day(start, 0)
}

/// The day on which the materials of what has been asked for arrive, seen now: whoever only holds can still name
/// another.
pub fn materials_of(booking: &BookingView) -> (&str, Instant) {
    let is_asked_for = matches!(booking.status.as_str(), "requested" | "confirmed");
    let day = if is_asked_for { booking.details.materials_on.as_str() } else { "" };
    (day, booking.now)
}

/// The day `materials_on` as people read it, if materials that arrive on it come too late for the first of `starts`.
fn late_for(
    language: Language,
    (materials_on, now): (&str, Instant),
    starts: impl IntoIterator<Item = Instant>,
) -> Option<String> {
    let start = starts.into_iter().min()?;
    arrival(language, materials_on, now).filter(|_| is_late_for(materials_on, start))
}

/// That `materials`, a day seen now, would come too late for a move to the first of `starts`, if they would.
pub fn too_soon_for_materials(
    language: Language,
    materials: (&str, Instant),
    starts: impl IntoIterator<Item = Instant>,
) -> Option<String> {
    let date = late_for(language, materials, starts)?;
    Some(say!(language, campaign.move_before_materials, date = date).to_string())
}

/// The same of a move that its firm is asked for: it can agree, or keep the place.
pub fn asked_before_materials(
    language: Language,
    materials: (&str, Instant),
    starts: impl IntoIterator<Item = Instant>,
) -> Option<String> {
    let date = late_for(language, materials, starts)?;
    Some(say!(language, campaign.asked_before_materials, date = date).to_string())
}

/// Whether the plant day `day` is today or later.
fn ahead(day: &str, now: Instant) -> bool {
    !day.is_empty() && *day >= *crate::words::day(now, 0)
}

/// That the reservation fee is due, of what is confirmed and has one.
fn reservation(language: Language, booking: &BookingView) -> Option<String> {
    let (percent, fen) = (booking.terms.reservation_percent, booking.terms.reservation_fen);
    if booking.status != "confirmed" || fen == 0 || is_own_production(booking) {
        return None;
    }
    let (sum, platform) = (yuan(fen), text(language, &booking.platform_name));
    Some(say!(language, booking.reservation, sum = sum, percent = percent, platform = platform).to_string())
}

/// How long a hold still lasts, or that it doesn't any more. While it lasts, only its end counts as news: what is left
/// of it ticks by itself.
#[component]
pub fn Next(
    booking: BookingView,
    /// Until when its firm is asked whether it may move.
    #[prop(optional_no_strip)]
    asked: Option<Instant>,
) -> impl IntoView {
    let held = booking.hold_expires_at.filter(|_| booking.status == "held").map(|until| until.0.to_string());
    let language = use_language();
    let next = || {
        let due = reservation(language, &booking).unwrap_or_default();
        let old = old_day(language, &booking).unwrap_or_default();
        format!("{} {} {old} {due}", booking.status, next_step(language, &booking, asked))
    };
    let state = held.unwrap_or_else(next);
    view! { <div id="next" data-live data-state=state><Until booking asked /></div> }
}

#[component]
fn Until(booking: BookingView, asked: Option<Instant>) -> impl IntoView {
    let language = use_language();
    let until = match (booking.status.as_str(), booking.hold_expires_at) {
        ("held", Some(until)) if until > booking.now => until,
        ("expired" | "held", _) => {
            return view! {
                <div class="note warn">
                    <p>{say!(language, booking.expired_text)}</p>
                    <p class="while-typed">{say!(language, booking.expired_typed)}</p>
                </div>
            }
            .into_any();
        }
        _ => {
            let replied = booking.reply_by.filter(|_| booking.status == "requested");
            let by = answer_first(&booking, asked).or(replied);
            let own = by.map(|by| view! { <OwnTime language start=by.0 end=by.0 /> });
            let due = reservation(language, &booking).map(|words| view! { <p>{words}</p> });
            let next = next_step(language, &booking, asked);
            // Of what is confirmed that is what is next, unless something else comes first.
            let old = old_day(language, &booking);
            let change = old.is_some() && booking.may("change_materials");
            let old = old.filter(|words| *words != next).map(|words| view! { <p class="hint">{words}</p> });
            let change = change.then(|| {
                view! { <p><a href="#materials">{say!(language, campaign.materials_save)}</a></p> }
            });
            return view! { <p class="next">{next}</p> {own} {old} {change} {due} }.into_any();
        }
    };
    let fill_in = booking.may("request").then(|| {
        view! { <a class="button small" href="#request">{say!(language, booking.fill_in)}</a> }
    });
    view! {
        <div class="note good held">
            <div>
                <p class="note-title">{say!(language, booking.held)}</p>
                <p>{say!(language, booking.held_text)}</p>
                {fill_in}
            </div>
            <dl>
                <div>
                    <dt>{say!(language, booking.remaining)}</dt>
                    <dd><Countdown language now=booking.now.0 until=until.0 /></dd>
                </div>
                <div>
                    <dt>{say!(language, booking.expires)}</dt>
                    <dd>{deadline(language, until)} <OwnTime language start=until.0 end=until.0 /></dd>
                </div>
            </dl>
        </div>
    }
    .into_any()
}
