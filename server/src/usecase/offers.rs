//! The kernel's offers as the contract shows them.

use app::contract::{
    Instant, InsteadView, LineRefusalView, OfferStepView, OfferView, RefusalView, SplitPartView, SplitView,
    TermsView,
};
use domain::{
    Interval, Minutes, Second,
    availability::{LineRefusal, Offer, Offers},
    calendar::{day_start, plant_day},
    refusal::Refusal,
    resolve::{
        alternatives::Alternative,
        split::{Part, Split},
    },
};

use super::{
    ground,
    offer_key::OfferKey,
    refusal::{self, Audience},
    terms,
    words::word,
};
use crate::store::Catalogue;

/// What offers are shown by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Showing<'a> {
    pub catalogue: &'a Catalogue,
    /// In which was searched, half-open, UTC minutes: a plan window would be that.
    pub window: Interval,
    pub now: Second,
}

impl Showing<'_> {
    /// The first `most` of `offers`, ranked from 1. An offer whose route is unknown by now is left out.
    pub fn views(&self, offers: &Offers, most: usize) -> Vec<OfferView> {
        offers.iter().take(most).zip(1..).filter_map(|(offer, rank)| self.view(&offer, rank)).collect()
    }

    /// Alternatives to what was wanted, ranked from 1.
    pub fn instead(&self, few: Vec<Alternative>) -> Vec<OfferView> {
        let view = |(one, rank): (Alternative, u32)| {
            let instead = InsteadView {
                kind: word(one.kind),
                shift_minutes: one.shift,
                changeover_minutes: one.changeover,
                cost_minutes: one.cost,
            };
            Some(OfferView { instead: Some(instead), ..self.view(&one.offer, rank)? })
        };
        few.into_iter().zip(1..).filter_map(view).collect()
    }

    /// Two runs instead of one.
    pub fn split(&self, split: &Split) -> Option<SplitView> {
        let part = |(part, rank): (&Part, u32)| {
            Some(SplitPartView { batches: part.batches, offer: self.view(&part.offer, rank)? })
        };
        Some(SplitView {
            parts: split.parts.iter().zip(1..).map(part).collect::<Option<_>>()?,
            price_fen: split.price_fen,
            cost_minutes: split.cost,
        })
    }

    /// How much of the window lay before today.
    fn past(&self) -> Minutes {
        (day_start(plant_day(self.now.div_euclid(60))) - self.window.start).max(0)
    }

    /// One offer of this rank.
    pub fn view(&self, offer: &Offer, rank: u32) -> Option<OfferView> {
        let catalogue = self.catalogue;
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
        let placed = offer.placement.steps.iter().enumerate();
        let placed = placed.map(|(number, step)| (number, step.line, step.interval));
        let charges = terms::charges(catalogue, route, placed);
        let policy = ground::policy(catalogue, route.platform);
        let span = offer.placement.span()?;
        let reply_by = terms::reply_by_start(&catalogue.holidays, &policy, span.start, self.now);
        let terms = terms::offered(&policy, offer.price_fen, (self.window, span), self.now);
        Some(OfferView {
            key: OfferKey::of(offer).encode(),
            route: route.id.0,
            platform: route.platform.0,
            platform_name: platform.name.clone().into(),
            steps: steps.collect::<Option<_>>()?,
            price_fen: offer.price_fen,
            terms: TermsView { reply_by, charges, ..terms },
            rank,
            finish_minutes: offer.cost.finish - self.past(),
            waiting_minutes: offer.cost.waiting,
            instead: None,
        })
    }
}

/// Why a line was left out, for `audience`.
pub(crate) fn refused(
    catalogue: &Catalogue,
    refused: &LineRefusal,
    audience: Audience,
) -> Option<LineRefusalView> {
    let line = catalogue.line(refused.line)?;
    let platform = catalogue.platform(line.platform)?;
    Some(LineRefusalView {
        platform_name: platform.name.clone().into(),
        line_name: line.name.clone().into(),
        step: refused.step + 1,
        refusal: worded(catalogue, refused, audience),
        in_vain: false,
    })
}

/// A line's refusal in words for `audience`, by the name of the step that it is about.
pub(crate) fn worded(catalogue: &Catalogue, refused: &LineRefusal, audience: Audience) -> RefusalView {
    let mut refusal = refusal::view(&refused.refusal, audience, catalogue);
    if let Refusal::LaterStepUnplaced { step } = refused.refusal {
        // Here its route is known, so that the step has a name.
        let route = catalogue.route(refused.route);
        let step = route.and_then(|route| route.steps.get(usize::try_from(step).ok()?));
        if let Some(name) = step.map(|step| &step.name) {
            refusal.facts = vec![("name".into(), name.zh.clone()), ("name_en".into(), name.en.clone())];
        }
    }
    refusal
}
