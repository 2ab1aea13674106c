//! What happens to campaigns, and what a request for one says.

use domain::booking::Status;

use super::{moment, say, short_end, short_moment, text, yuan};
use crate::{
    contract::{BookingView, EventView, FreedView, MovedView},
    language::Language,
};

/// Types of molecule, in the order of the form.
pub const MOLECULES: [&str; 9] = [
    "small_molecule",
    "peptide",
    "protein",
    "antibody",
    "oligonucleotide",
    "herbal",
    "cell",
    "gene_vector",
    "other",
];

/// Conditions of storage, warmest first.
pub const STORAGES: [&str; 6] = ["ambient", "cool", "refrigerated", "frozen", "cryogenic", "none"];

/// Target markets.
pub const MARKETS: [&str; 6] = ["cn", "ru", "us", "eu", "jp", "other"];

/// The words for what happened to a booking, as its owner reads it.
#[must_use]
pub fn happened(language: Language, action: &str) -> &'static str {
    match action {
        "hold" => say!(language, campaign.event.hold),
        "operator_booking" => say!(language, campaign.event.operator_booking),
        "request" => say!(language, campaign.event.request),
        "fill_in" => say!(language, campaign.event.fill_in),
        "change_materials" => say!(language, campaign.event.change_materials),
        "confirm_hazards" => say!(language, campaign.event.confirm_hazards),
        "recall_hazards" => say!(language, campaign.event.recall_hazards),
        "approve" => say!(language, campaign.event.approve),
        "decline" => say!(language, campaign.event.decline),
        "withdraw" => say!(language, campaign.event.withdraw),
        "expire" => say!(language, campaign.event.expire),
        "move" => say!(language, campaign.event.moved),
        "make_room" => say!(language, campaign.event.make_room),
        "rescue" => say!(language, conflict.event.rescue),
        "part" => say!(language, conflict.event.part),
        "part_off" => say!(language, conflict.event.part_off),
        "swap" => say!(language, conflict.event.swap),
        "give_hold" => say!(language, conflict.event.give_hold),
        "stop_waiting" => say!(language, conflict.event.stop_waiting),
        "cancel" => say!(language, campaign.event.cancel),
        "start" => say!(language, campaign.event.start),
        "complete" => say!(language, campaign.event.complete),
        "close" => say!(language, campaign.event.close),
        "no_show" => say!(language, campaign.event.no_show),
        "ask" => say!(language, campaign.event.ask),
        "answer" => say!(language, campaign.event.answer),
        "abort" => say!(language, campaign.event.abort),
        _ => say!(language, campaign.event.other),
    }
}

/// Which side acted, as the owner of a booking reads it.
#[must_use]
pub fn acted(language: Language, by: &str) -> &'static str {
    match by {
        "company" => say!(language, campaign.by.company),
        "platform" => say!(language, campaign.by.platform),
        _ => say!(language, campaign.by.system),
    }
}

/// Whether the platform's quality assurance has confirmed the hazards of a booking, or still may.
#[must_use]
pub fn hazards_signed(language: Language, booking: &BookingView) -> &'static str {
    let over = Status::from_name(&booking.status).is_some_and(Status::is_final);
    match (booking.hazards_confirmed, over) {
        (true, _) => say!(language, booking.hazards_confirmed),
        (false, false) => say!(language, booking.hazards_pending),
        (false, true) => say!(language, booking.hazards_unsigned),
    }
}

/// When the first step of a campaign that was moved, or is to move, began before and begins then.
#[must_use]
pub fn moved_from_to(language: Language, moved: MovedView) -> String {
    let to = moment(language, moved.to);
    if moved.from == moved.to {
        // Another line, or another part of it.
        return say!(language, campaign.event_same_start, moment = to).to_string();
    }
    format!("{} → {to}", moment(language, moved.from))
}

/// What a run that is over sooner than planned frees: of each line from when to when.
#[must_use]
pub fn freed(language: Language, freed: &[FreedView]) -> String {
    let words = freed.iter().map(|one| {
        let (from, until) = (short_moment(language, one.from), short_end(language, one.until));
        let line = text(language, &one.line_name);
        say!(language, campaign.freed, line = line, from = from, until = until).to_string()
    });
    words.collect::<Vec<_>>().join(say!(language, campaign.and))
}

/// From when to when a campaign was moved, what that or leaving it cost, and what it freed by being over sooner than
/// planned; `None` of what did none of that.
#[must_use]
pub fn consequence(language: Language, event: &EventView) -> Option<String> {
    let moved = event.moved.map(|moved| moved_from_to(language, moved));
    let fee = event.fee_fen.map(|fee| say!(language, campaign.event_fee, fee = yuan(fee)).to_string());
    let free = (!event.freed.is_empty())
        .then(|| say!(language, campaign.event_freed, what = freed(language, &event.freed)).to_string());
    let words: Vec<String> = moved.into_iter().chain(fee).chain(free).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// The label of the request's field `name`.
#[must_use]
pub fn detail(language: Language, name: &str) -> Option<&'static str> {
    Some(match name {
        "project" => say!(language, request.field.project),
        "product_code" => say!(language, request.field.product_code),
        "stage" => say!(language, search.stage),
        "molecule" => say!(language, request.field.molecule),
        "strength" => say!(language, request.field.strength),
        "container" => say!(language, request.field.container),
        "fill" => say!(language, request.field.fill),
        "market" => say!(language, request.field.market),
        "oel" => say!(language, request.field.oel),
        "pde" => say!(language, request.field.pde),
        "materials_on" => say!(language, request.field.materials_on),
        "storage" => say!(language, request.field.storage),
        "controlled_licence" => say!(language, request.field.controlled_licence),
        "genetic_licence" => say!(language, request.field.genetic_licence),
        "biosafety_licence" => say!(language, request.field.biosafety_licence),
        "confidentiality" => say!(language, request.field.confidentiality),
        "quality" => say!(language, request.field.quality),
        "contact_name" => say!(language, request.field.contact_name),
        "contact_phone" => say!(language, request.field.contact_phone),
        "contact_email" => say!(language, request.field.contact_email),
        "order_number" => say!(language, request.field.order_number),
        "remark" => say!(language, request.field.remark),
        _ => return None,
    })
}
