//! Proposals as those concerned see them.

use app::contract::{
    AskView, Failure, Instant, PartedView, ProposedView, RepairCostView, RepairOrder, RepairView, field,
};
use domain::{
    Minute, PlatformId, Second,
    availability::{PlacedStep, Placement},
    booking::Status,
    calendar::{DAY, plant_day},
};
use serde::de::DeserializeOwned;

use super::{lapse::Lapse, plan::Cause};
use crate::{
    store::{
        Catalogue, StoreError,
        tables::{proposal, proposal_move},
    },
    usecase::{booking::Loaded, cancel, place, protocol::Stop},
};

/// Reads one of a proposal's documents.
pub(crate) fn document<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::document("a proposal", &error))
}

/// A proposal as whoever wants the place sees it, with all its `moves`: nothing of those who are asked.
pub(super) fn own(
    catalogue: &Catalogue,
    row: &proposal::Model,
    moves: &[&proposal_move::Model],
) -> Result<RepairView, StoreError> {
    let order: RepairOrder = document(&row.wish)?;
    let where_to: Placement = document(&row.place)?;
    let platform = catalogue.route(where_to.route).and_then(|route| catalogue.platform(route.platform));
    Ok(RepairView {
        id: row.id,
        offering_name: place::offering_name(&order.query.offering),
        query: order.query,
        product_code: order.product_code.filter(|code| !code.is_empty()),
        platform_name: platform.map_or_else(place::unnamed, |platform| platform.name.clone()).into(),
        steps: place::steps(catalogue, &where_to),
        price_fen: row.price_fen,
        cost: cost(catalogue, moves)?,
        state: row.outcome.clone().unwrap_or_else(|| "asking".into()),
        asked_at: Instant(row.created_at),
        answer_by: Instant(row.expires_at),
        booking: row.booking,
    })
}

/// By how many days at most a campaign moves: that of its steps whose start moves most, so that one which moves as a
/// whole by a day moves by a day. The kernel adds its steps up, since each is in somebody's way. Whoever wants the
/// place reads it of others' campaigns: beside where it fits, the minutes would be those that a line takes to change.
/// So would days on which the line is closed: as soon as a set-up isn't done before them they'd all be passed over at
/// once, and whoever knows the calendar would know to the minute where it ends.
pub(super) fn days_moved(catalogue: &Catalogue, from: &Placement, to: &Placement) -> i64 {
    let steps = from.steps.iter().zip(&to.steps);
    let most = steps.map(|(from, to)| open_shift(catalogue, from, to)).max();
    most.map_or(0, |minutes| minutes.div_euclid(DAY) + i64::from(minutes.rem_euclid(DAY) > 0))
}

/// By how many minutes a step's start moves, without the plant days between on which the line that it goes to is
/// closed.
fn open_shift(catalogue: &Catalogue, from: &PlacedStep, to: &PlacedStep) -> i64 {
    let [was, is] = [from, to].map(|step| step.interval.start);
    let (first, last) = (plant_day(was.min(is)) + 1, plant_day(was.max(is)) - 1);
    let closed = match catalogue.parts(to.line) {
        Some(parts) if first <= last => last - first + 1 - parts.calendar.open_days(first, last),
        _ => 0,
    };
    (is - was).abs() - closed * DAY
}

/// What it costs whom, from what is on record.
fn cost(catalogue: &Catalogue, moves: &[&proposal_move::Model]) -> Result<RepairCostView, StoreError> {
    let mut shift_days = 0;
    for one in moves {
        let (from, to): (Placement, Placement) = (document(&one.from_place)?, document(&one.to_place)?);
        shift_days += days_moved(catalogue, &from, &to);
    }
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let consents = count(moves.iter().filter(|one| one.organisation.is_some()).count());
    Ok(RepairCostView { consents, moves: count(moves.len()), shift_days })
}

/// The first and the last plant day of a place, as they are written.
pub(super) fn days(place: &Placement) -> (String, String) {
    let day = |minute: Minute| field::plant_date(minute).to_string();
    place.span().map(|span| (day(span.start), day(span.end - 1))).unwrap_or_default()
}

/// A move as the firm that is asked sees it: nothing of whoever wants the place, nor of others. Of a swap it reads the
/// days alone until both have moved, as whoever offers it does: the minutes at which the other firm's campaign begins
/// and ends would be, beside when the line is taken, the length of its set-up. `lapse` is why it can't be made any
/// more, if so.
pub(super) fn asked(
    catalogue: &Catalogue,
    one: &proposal_move::Model,
    whole: &proposal::Model,
    booking: &Loaded,
    (lapse, now): (Option<Lapse>, Second),
) -> Result<AskView, StoreError> {
    let is_over = whole.closed_at.is_some() || whole.expires_at <= now;
    let state = match (one.answer.as_deref(), whole.outcome.as_deref()) {
        (_, Some("made")) => "moved",
        (Some("declined"), _) => "declined",
        _ if is_over => "over",
        _ if lapse.is_some() => "lapsed",
        (Some(_), _) => "accepted",
        (None, _) => "open",
    };
    let lapse = match (state, whole.outcome.as_deref()) {
        ("over", Some("expired")) => Some(Lapse::Expired.word().to_owned()),
        ("over", Some("overtaken")) => one.lapse.clone(),
        ("over", Some("withdrawn")) => Some(Lapse::Withdrawn.word().to_owned()),
        ("over" | "lapsed", None) => lapse.map(|lapse| lapse.word().to_owned()),
        _ => None,
    };
    let platform = catalogue.platform(PlatformId(booking.row.platform));
    let (from, to): (Placement, Placement) = (document(&one.from_place)?, document(&one.to_place)?);
    let (first_day, last_day) = days(&to);
    let is_others = whole.kind == Cause::Swap.word() && state != "moved";
    // Its own production costs a platform nothing to leave.
    let firm = booking.row.organisation;
    let leaving = |start: Minute| firm.map(|_| cancel::fee_at(catalogue, booking, start, now));
    let leaves = state == "open" && booking.status == Status::Confirmed;
    // Whoever swaps has the notice of its new place at once; whoever goes for others leaves for a while as if it had
    // stayed.
    let swapped = to.span().filter(|_| whole.kind == Cause::Swap.word() && leaves);
    // By the price that it would have there.
    let mut there = booking.clone();
    there.row.price_fen = one.price_fen.unwrap_or(there.row.price_fen);
    let leaving_fen = swapped.filter(|_| firm.is_some());
    let leaving_fen = leaving_fen.map(|to| cancel::fee_at(catalogue, &there, to.start, now));
    let leaving_fen = leaving_fen.filter(|fee| Some(*fee) > leaving(booking.notice_start(now)));
    let is_asked_for = matches!(booking.status, Status::Requested | Status::Confirmed);
    let materials_on = if is_asked_for { booking.campaign.details.materials_on.as_str() } else { "" };
    let price_there_fen = one.price_fen.filter(|_| matches!(state, "open" | "accepted" | "lapsed"));
    Ok(AskView {
        id: one.id,
        kind: Cause::from_word(&whole.kind).map_or("", Cause::told).to_owned(),
        booking: one.booking,
        reference: booking.row.reference.clone(),
        offering_name: place::offering_name(&booking.campaign.request.offering),
        platform_name: platform.map_or_else(place::unnamed, |platform| platform.name.clone()).into(),
        product_code: booking.product_code.clone(),
        from: place::steps(catalogue, &from),
        to: if is_others { Vec::new() } else { place::steps(catalogue, &to) },
        first_day,
        last_day,
        materials_on: materials_on.to_owned(),
        leaving_fen,
        price_fen: price_there_fen.map(|_| booking.row.price_fen),
        price_there_fen,
        parted: parts(catalogue, one)?,
        state: state.into(),
        lapse,
        asked_at: Instant(whole.created_at),
        answer_by: Instant(whole.expires_at),
    })
}

/// The same as the people of the platform see it that asks.
pub(crate) fn proposed(
    catalogue: &Catalogue,
    one: &proposal_move::Model,
    whole: &proposal::Model,
) -> Result<ProposedView, StoreError> {
    let (from, to): (Placement, Placement) = (document(&one.from_place)?, document(&one.to_place)?);
    let goes: Option<Placement> = one.rest_place.as_deref().map(document).transpose()?;
    let start = |place: &Placement| place.span().map_or(0, |span| span.start);
    Ok(ProposedView {
        asked_at: Instant(whole.created_at),
        from: place::steps(catalogue, &from),
        to: place::steps(catalogue, &to),
        parted: parts(catalogue, one)?,
        shift_minutes: start(goes.as_ref().unwrap_or(&to)) - start(&from),
    })
}

/// What stays and what goes of a campaign that would be or was parted.
fn parts(catalogue: &Catalogue, one: &proposal_move::Model) -> Result<Option<PartedView>, StoreError> {
    let (Some(place), Some(stays), Some(goes)) = (one.rest_place.as_deref(), one.stays, one.goes) else {
        return Ok(None);
    };
    let count = |batches: i64| u32::try_from(batches).unwrap_or(0);
    let from: Placement = document(&one.from_place)?;
    let places = [&document(&one.to_place)?, &document(place)?];
    Ok(Some(place::parted(catalogue, Some(&from), [count(stays), count(goes)], places, one.rest)))
}

/// Writes a document of a proposal.
pub(super) fn write(value: &impl serde::Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string(value).map_err(|error| StoreError::document("a proposal", &error))?)
}

/// The same inside a change.
pub(crate) fn write_in(value: &impl serde::Serialize) -> Result<String, Stop> {
    write(value).map_err(Stop::Failed)
}
