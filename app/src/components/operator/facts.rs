//! Everything that a request says, in groups. What is empty is not shown, but for what an operator would look for.

use leptos::prelude::*;

use super::queue::{evidence_list, evidence_words, hazard_list, hazard_words};
use crate::{
    components::{batches, offering_name},
    contract::BookingView,
    language::Language,
    request::use_language,
    words::{grade, hazards_signed, markets, molecule, moment, plant_day, say, stage, storage, yuan},
};

type Fact = (&'static str, String);

#[component]
pub fn Facts(booking: BookingView, hazard_note: Option<String>) -> impl IntoView {
    let language = use_language();
    let groups = [
        (say!(language, desk.campaign), campaign(language, &booking)),
        (say!(language, desk.hazards), hazards(language, &booking, hazard_note)),
        (say!(language, desk.materials), materials(language, &booking)),
        (say!(language, desk.contact), contact(language, &booking)),
    ];
    groups
        .into_iter()
        .map(|(heading, facts)| {
            (heading, facts.into_iter().filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>())
        })
        .filter(|(_, facts)| !facts.is_empty())
        .map(|(heading, facts)| {
            let facts = facts
                .into_iter()
                .map(|(name, value)| {
                    // Sentences have a row to themselves.
                    let class = (name == say!(language, desk.remark)).then_some("wide");
                    view! { <div class=class><dt>{name}</dt><dd>{value}</dd></div> }
                })
                .collect_view();
            view! {
                <section>
                    <h3>{heading}</h3>
                    <dl class="facts">{facts}</dl>
                </section>
            }
        })
        .collect_view()
}

/// What quality assurance signs: of what, the hazards declared with their band, and the evidence given for them.
pub(super) fn declared(language: Language, booking: &BookingView) -> [String; 3] {
    let made = offering_name(language, &booking.offering);
    let what = match &booking.product_code {
        Some(code) => say!(language, term.aside, words = made, aside = code.as_str()).to_string(),
        None => made,
    };
    let comma = say!(language, term.comma);
    [what, hazard_list(language, booking).join(comma), evidence_list(language, booking).join(comma)]
}

fn campaign(language: Language, booking: &BookingView) -> Vec<Fact> {
    let details = &booking.details;
    // Its own production costs a platform nothing that anybody pays.
    let own = booking.company_name.is_none();
    let price = if own { String::new() } else { yuan(booking.price_fen) };
    let order_number =
        if own { say!(language, desk.own_order_number) } else { say!(language, desk.order_number) };
    vec![
        (say!(language, booking.offering), offering_name(language, &booking.offering)),
        (say!(language, desk.batches), batches(language, booking)),
        (say!(language, desk.stage), stage(language, &booking.stage)),
        (say!(language, desk.grade), grade(language, booking.gmp).to_owned()),
        (say!(language, desk.project), details.project.clone()),
        (say!(language, booking.product), booking.product_code.clone().unwrap_or_default()),
        (say!(language, desk.molecule_is), molecule(language, &details.molecule)),
        (say!(language, desk.strength), details.strength.clone()),
        (say!(language, desk.container), details.container.clone()),
        (say!(language, desk.fill), details.fill.clone()),
        (say!(language, desk.markets), markets(language, &details.market)),
        (say!(language, offer.price), price),
        (say!(language, desk.fee), booking.fee_fen.map(yuan).unwrap_or_default()),
        (order_number, details.order_number.clone()),
        (say!(language, booking.created), moment(language, booking.created_at)),
    ]
}

fn hazards(language: Language, booking: &BookingView, note: Option<String>) -> Vec<Fact> {
    let confirmed = hazards_signed(language, booking);
    vec![
        (say!(language, desk.declared), hazard_words(language, booking)),
        (say!(language, desk.evidence), evidence_words(language, booking)),
        (say!(language, desk.confirmation), confirmed.to_owned()),
        (say!(language, desk.hazard_note), note.unwrap_or_default()),
    ]
}

fn materials(language: Language, booking: &BookingView) -> Vec<Fact> {
    let details = &booking.details;
    // What is lacking is said as the check does: with itself a platform agrees on nothing.
    let own = booking.company_name.is_none();
    let agreed = |there: bool, lacking: &'static str| {
        match (there, own) {
            (true, _) => say!(language, desk.in_place),
            (false, true) => say!(language, desk.not_needed),
            (false, false) => lacking,
        }
        .to_owned()
    };
    let missing = say!(language, desk.missing);
    let no_quality = if booking.gmp { missing } else { say!(language, desk.quality_not_gmp) };
    vec![
        (say!(language, desk.materials_on), plant_day(language, &details.materials_on).unwrap_or_default()),
        (say!(language, desk.stored), storage(language, &details.storage)),
        (say!(language, desk.controlled_licence), details.controlled_licence.clone()),
        (say!(language, desk.genetic_licence), details.genetic_licence.clone()),
        (say!(language, desk.biosafety_licence), details.biosafety_licence.clone()),
        (say!(language, desk.confidentiality), agreed(details.confidentiality, missing)),
        (say!(language, desk.quality), agreed(details.quality, no_quality)),
    ]
}

fn contact(language: Language, booking: &BookingView) -> Vec<Fact> {
    let details = &booking.details;
    vec![
        (say!(language, desk.contact_name), details.contact_name.clone()),
        (say!(language, desk.contact_phone), details.contact_phone.clone()),
        (say!(language, session.email), details.contact_email.clone()),
        (say!(language, desk.remark), details.remark.clone()),
    ]
}
