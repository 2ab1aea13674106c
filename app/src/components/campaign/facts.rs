//! What a booking is of.

use leptos::prelude::*;

use super::plan_fact::PlanFact;
use crate::{
    components::is_own_production,
    contract::{BookingView, TextView},
    language::Language,
    request::use_language,
    words::{amount, hazard, hazards_signed, moment, say, stage, text, yuan},
};

/// The offering's name; a code that is not known reads as itself.
pub fn offering_name(language: Language, code: &str) -> String {
    domain::offering::find(code).map_or_else(
        || code.to_owned(),
        |known| text(language, &TextView { zh: known.zh.into(), en: known.en.into() }),
    )
}

/// `3 × 20 kg`.
pub fn batches(language: Language, booking: &BookingView) -> String {
    let amount = amount(language, &booking.batch_size, &booking.unit);
    say!(language, campaign.batches, count = booking.batches, amount = amount).to_string()
}

#[component]
pub fn Facts(booking: BookingView) -> impl IntoView {
    let language = use_language();
    let grade = if booking.gmp { say!(language, campaign.gmp) } else { say!(language, campaign.not_gmp) };
    let mut facts = vec![
        (say!(language, booking.platform), text(language, &booking.platform_name)),
        (say!(language, booking.offering), offering_name(language, &booking.offering)),
        (say!(language, campaign.batch), batches(language, &booking)),
        (say!(language, campaign.grade), grade.to_owned()),
        (say!(language, campaign.stage), stage(language, &booking.stage)),
        (say!(language, campaign.declared), hazards(language, &booking)),
        (say!(language, booking.created), moment(language, booking.created_at)),
    ];
    // Nobody pays for a platform's own production.
    if !is_own_production(&booking) {
        facts.insert(facts.len() - 1, (say!(language, offer.price), yuan(booking.price_fen)));
    }
    if let Some(contact) = &booking.platform_contact {
        facts.insert(1, (say!(language, campaign.platform_contact), contact.clone()));
    }
    if let Some(code) = &booking.product_code {
        let place = if booking.platform_contact.is_some() { 3 } else { 2 };
        facts.insert(place, (say!(language, booking.product), code.clone()));
    }
    facts.extend(fees(language, &booking));
    if booking.moves > 0 {
        facts.push((say!(language, campaign.moves), booking.moves.to_string()));
    }
    let facts = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    // It takes sentences, and has a row to itself.
    let plan = booking.plan.map(|plan| view! { <PlanFact plan status=booking.status.clone() /> });
    view! { <dl class="facts">{facts} {plan}</dl> }
}

/// All fees, what each is for, and what is still to pay of them.
fn fees(language: Language, booking: &BookingView) -> Vec<(&'static str, String)> {
    let Some(fee) = booking.fee_fen else { return Vec::new() };
    let mut facts = vec![(say!(language, campaign.fee), yuan(fee))];
    let leaving = booking.leaving_fee_fen.unwrap_or(0);
    let leaving_for = match booking.status.as_str() {
        "no_show" => say!(language, campaign.fee_no_show),
        _ => say!(language, campaign.fee_cancel),
    };
    let parts = [(say!(language, campaign.fee_moves), fee - leaving), (leaving_for, leaving)];
    facts.extend(parts.into_iter().filter(|(_, part)| *part > 0).map(|(name, part)| (name, yuan(part))));
    if let Some(percent) = booking.resold_percent {
        facts.push((say!(language, campaign.resold), format!("{percent}%")));
    }
    facts.extend(booking.fee_due_fen.map(|due| (say!(language, campaign.fee_due), yuan(due))));
    facts
}

/// As declared, and whether the platform's QA has confirmed it.
fn hazards(language: Language, booking: &BookingView) -> String {
    let mut declared: Vec<String> =
        booking.hazards.split(',').filter(|tag| !tag.is_empty()).map(|tag| hazard(language, tag)).collect();
    if let Some(band) = booking.oeb {
        declared.push(say!(language, campaign.oeb, band = band).to_string());
    }
    if declared.is_empty() {
        declared.push(say!(language, campaign.no_hazards).to_owned());
    }
    let confirmed = hazards_signed(language, booking);
    let declared = declared.join(say!(language, campaign.and));
    say!(language, campaign.hazards_and_state, hazards = declared, state = confirmed).to_string()
}
