//! A booking in the contract's words, for one of its two sides.

use app::contract::{BookingView, Instant, Role, StepView, TermsView, field};
use domain::{
    PlatformId, RouteId, Second, Text,
    booking::{Action, Status, actions},
    hazard::HazardProfile,
};
use serde_json::Value as Json;

use super::{Campaign, Loaded, Question, Side, plan};
use crate::{
    store::Catalogue,
    usecase::{
        Member, cancel, cut_short::step_ahead, fill_in, materials, resale, terms, unmet::unmet, words::word,
    },
};

/// The booking as `member` on `side` sees it at `now`.
pub(crate) fn view(
    catalogue: &Catalogue,
    booking: &Loaded,
    member: &Member,
    side: Side,
    now: Second,
) -> BookingView {
    let row = &booking.row;
    let Campaign { request, details, .. } = &booking.campaign;
    let route = catalogue.route(RouteId(row.route));
    let unnamed = || Text { zh: String::new(), en: String::new() };
    let runs = catalogue.platform(PlatformId(row.platform));
    let platform = runs.map_or_else(unnamed, |known| known.name.clone());
    // Of a campaign that was broken off, only what ran is a step of it.
    let stands = booking.live().next().is_some();
    let steps = booking.steps.iter().filter(|piece| piece.live || !stands);
    let steps = steps.map(|piece| StepView {
        name: route
            .and_then(|route| route.steps.get(piece.seq as usize))
            .map_or_else(unnamed, |step| step.name.clone())
            .into(),
        line: piece.line.0,
        line_name: catalogue.line(piece.line).map_or_else(unnamed, |line| line.name.clone()).into(),
        start: Instant::from_minute(piece.interval.start),
        end: Instant::from_minute(piece.interval.end),
    });
    let (hazards, oeb) = match &request.hazards {
        HazardProfile::Unclassified => ("unclassified".to_owned(), None),
        HazardProfile::Classified { tags, oeb } => {
            (tags.iter().map(word).collect::<Vec<_>>().join(","), *oeb)
        }
    };
    BookingView {
        id: row.id,
        reference: row.reference.clone(),
        status: row.status.clone(),
        broken_off: booking.broken_off,
        platform: row.platform,
        platform_name: platform.into(),
        platform_contact: runs.and_then(|known| contact(&known.document)),
        company_name: if side == Side::Platform { booking.company.clone() } else { None },
        offering: row.offering.clone(),
        product_code: booking.product_code.clone(),
        batch_size: field::decimal(request.batch_size),
        unit: word(request.unit),
        batches: request.batches,
        from: field::plant_date(request.window.start).to_string(),
        to: field::plant_date(request.window.end - 1).to_string(),
        searched_platform: request.platform.map(|platform| platform.0),
        gmp: request.gmp,
        stage: if details.stage.is_empty() { word(request.stage) } else { details.stage.clone() },
        hazards,
        oeb,
        details: details.clone(),
        questions: booking.campaign.questions.iter().map(Question::view).collect(),
        steps: steps.collect(),
        price_fen: row.price_fen,
        plan: booking.plan.map(|agreed| plan::view(&agreed, booking.first_start(), now)),
        terms: terms_of(catalogue, booking, now),
        fee_fen: row.fee_fen,
        leaving_fee_fen: row.leaving_fee_fen,
        fee_due_fen: resale::due_fen(row),
        resold_percent: resale::percent(row),
        moves: u32::try_from(row.moves).unwrap_or(u32::MAX),
        version: row.version,
        hold_expires_at: row.hold_expires_at.map(Instant),
        reply_by: row.reply_by.map(Instant),
        materials_before_move: booking.materials_before_move(),
        hazards_confirmed: row.hazards_confirmed_at.is_some(),
        unmet: if booking.status == Status::Requested { unmet(booking) } else { Vec::new() },
        created_at: Instant(row.created_at),
        actions: possible(booking, member, side, now)
            .map(word)
            .chain(fill_in::may(booking, member, side).then(|| fill_in::ACTION.to_owned()))
            .chain(materials::may(booking, side, now).then(|| materials::ACTION.to_owned()))
            .collect(),
        now: Instant(now),
    }
}

/// How a platform is reached, of what its set-up says besides.
fn contact(document: &str) -> Option<String> {
    let document: Json = serde_json::from_str(document).ok()?;
    let contact = document.get("contact")?.as_str()?.trim();
    (!contact.is_empty()).then(|| contact.to_owned())
}

/// The terms that count for it, with when a request of it is answered.
fn terms_of(catalogue: &Catalogue, booking: &Loaded, now: Second) -> TermsView {
    let policy = cancel::policy_of(catalogue, booking);
    let reply_by = match booking.status {
        Status::Held => terms::reply_by_start(&catalogue.holidays, &policy, booking.first_start(), now),
        Status::Requested => booking.row.reply_by.map(Instant),
        _ => None,
    };
    let lowered_percent = booking.plan.map(|plan| plan.percent);
    let placed = booking.live().map(|piece| (piece.seq as usize, piece.line, piece.interval));
    let route = catalogue.route(RouteId(booking.row.route));
    let charges = route.map(|route| terms::charges(catalogue, route, placed)).unwrap_or_default();
    TermsView { reply_by, lowered_percent, charges, ..terms::view(&policy, booking.row.price_fen) }
}

/// What `member` may do now. The use cases check again; this is for the buttons.
fn possible<'a>(
    booking: &'a Loaded,
    member: &'a Member,
    side: Side,
    now: Second,
) -> impl Iterator<Item = Action> + 'a {
    let over = |time: Option<Second>| time.is_some_and(|time| time <= now);
    let lapsed = over(booking.row.hold_expires_at) || over(booking.row.reply_by);
    let own_production = booking.row.organisation.is_none();
    let may = move |action: &Action| match (action, side) {
        (Action::Request | Action::Withdraw | Action::Cancel, Side::Owner) => true,
        (Action::Move, Side::Owner) => true,
        (Action::Answer, Side::Owner) => !booking.campaign.questions.is_empty(),
        (Action::Ask, Side::Platform) => !own_production,
        (Action::Withdraw | Action::Cancel, Side::Platform) => own_production && operates(member),
        (Action::Move, Side::Platform) => {
            operates(member) && (own_production || booking.status != Status::Confirmed)
        }
        (Action::ConfirmHazards, Side::Platform) => {
            member.role == Role::Qa && booking.row.hazards_confirmed_at.is_none()
        }
        (Action::RecallHazards, Side::Platform) => {
            member.role == Role::Qa && booking.row.hazards_confirmed_at.is_some()
        }
        (Action::Approve, Side::Platform) => operates(member) && booking.row.hazards_confirmed_at.is_some(),
        (Action::Complete, Side::Platform) => operates(member) && step_ahead(booking, now).is_none(),
        // What is its own the platform withdraws.
        (Action::Decline, Side::Platform) => operates(member) && !own_production,
        (Action::Start | Action::Abort | Action::Close | Action::NoShow, Side::Platform) => operates(member),
        _ => false,
    };
    actions(booking.status).filter(move |_| !lapsed).filter(may)
}

const fn operates(member: &Member) -> bool {
    member.operates()
}
