//! Why offers stand in their order.

use crate::{
    contract::OfferView,
    language::Language,
    words::{length, say, yuan},
};

/// The ways in which an offer beats all the others; of the first one, where it has none, that nobody is done sooner.
pub fn merits(language: Language, offer: &OfferView, all: &[OfferView]) -> Vec<&'static str> {
    let others = || all.iter().filter(|other| other.key != offer.key);
    let beats = |better: &dyn Fn(&OfferView) -> bool| all.len() > 1 && others().all(better);
    let mut merits = Vec::new();
    if beats(&|other| offer.finish_minutes < other.finish_minutes) {
        merits.push(say!(language, offer.earliest));
    }
    if beats(&|other| offer.price_fen < other.price_fen) {
        merits.push(say!(language, offer.cheapest));
    }
    if merits.is_empty() && offer.rank == 1 && beats(&|other| offer.finish_minutes <= other.finish_minutes) {
        merits.push(say!(language, offer.none_sooner));
    }
    merits
}

/// How an offer lies to the first one: how much later it is done, and how much more or less it costs.
pub fn beside_first(language: Language, offer: &OfferView, first: &OfferView) -> String {
    // Those near a window are found by searches of their own, each with its own beginning.
    let done = |offer: &OfferView| offer.steps.iter().map(|step| step.end.minute()).max().unwrap_or_default();
    let later = done(offer) - done(first);
    let done = match later.signum() {
        0 => say!(language, find.with_first).to_owned(),
        1 => say!(language, find.after_first, length = length(language, later)).to_string(),
        _ => say!(language, find.before_first, length = length(language, -later)).to_string(),
    };
    let dearer = offer.price_fen - first.price_fen;
    let costs = match dearer.signum() {
        0 => return done,
        1 => say!(language, find.dearer, sum = yuan(dearer)).to_string(),
        _ => say!(language, find.less, sum = yuan(-dearer)).to_string(),
    };
    format!("{done} · {costs}")
}
