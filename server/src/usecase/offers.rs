//! The kernel's offers as the contract shows them.

use app::contract::{Instant, InsteadView, LineRefusalView, OfferStepView, OfferView};
use domain::{
    availability::{LineRefusal, Offer, Offers},
    refusal::Refusal,
    resolve::alternatives::{Alternative, Wanted, alternatives},
};

use super::{
    ground,
    offer_key::OfferKey,
    refusal::{self, Audience},
    terms,
    words::word,
};
use crate::store::{Catalogue, Current};

/// The first `most` of `offers`, ranked from 1. An offer whose route is unknown by now is left out.
pub(crate) fn views(catalogue: &Catalogue, offers: &Offers, most: usize) -> Vec<OfferView> {
    offers.iter().take(most).zip(1..).filter_map(|(offer, rank)| view(catalogue, &offer, rank)).collect()
}

/// At most `most` alternatives to what was wanted, ranked from 1.
pub(crate) fn instead(ground: &Current, offers: &Offers, wanted: &Wanted, most: usize) -> Vec<OfferView> {
    let few = alternatives(&ground.snapshot, offers, wanted, most);
    let view = |(one, rank): (Alternative, u32)| {
        let instead = InsteadView { kind: word(one.kind), shift_minutes: one.shift, cost_minutes: one.cost };
        Some(OfferView { instead: Some(instead), ..view(&ground.catalogue, &one.offer, rank)? })
    };
    few.into_iter().zip(1..).filter_map(view).collect()
}

/// One offer of this rank.
pub(crate) fn view(catalogue: &Catalogue, offer: &Offer, rank: u32) -> Option<OfferView> {
    let route = catalogue.route(offer.placement.route)?;
    let platform = catalogue.platform(route.platform)?;
    let steps = route.steps.iter().zip(&offer.placement.steps).map(|(step, placed)| {
        Some(OfferStepView {
            name: step.name.clone().into(),
            line: placed.line.0,
            line_name: catalogue.line(placed.line)?.name.clone().into(),
            start: Instant::from_minute(placed.interval.start),
            end: Instant::from_minute(placed.interval.end),
        })
    });
    Some(OfferView {
        key: OfferKey::of(offer).encode(),
        route: route.id.0,
        platform: route.platform.0,
        platform_name: platform.name.clone().into(),
        steps: steps.collect::<Option<_>>()?,
        price_fen: offer.price_fen,
        terms: terms::offered(&ground::policy(catalogue, route.platform), offer.price_fen),
        rank,
        finish_minutes: offer.cost.finish,
        waiting_minutes: offer.cost.waiting,
        instead: None,
    })
}

/// Why a line was left out, for `audience`.
pub(crate) fn refused(
    catalogue: &Catalogue,
    refused: &LineRefusal,
    audience: Audience,
) -> Option<LineRefusalView> {
    let line = catalogue.line(refused.line)?;
    let platform = catalogue.platform(line.platform)?;
    let mut refusal = refusal::view(&refused.refusal, audience, catalogue);
    if let Refusal::LaterStepUnplaced { step } = refused.refusal {
        // Here its route is known, so that the step has a name.
        let route = catalogue.route(refused.route);
        let step = route.and_then(|route| route.steps.get(usize::try_from(step).ok()?));
        if let Some(name) = step.map(|step| &step.name) {
            refusal.facts = vec![("name".into(), name.zh.clone()), ("name_en".into(), name.en.clone())];
        }
    }
    Some(LineRefusalView {
        platform_name: platform.name.clone().into(),
        line_name: line.name.clone().into(),
        step: refused.step + 1,
        refusal,
    })
}
