//! Plan windows of what has no place yet. Whoever waits, or asks in a call, agrees to one for wherever its campaign
//! will be: it counts where the platform offers them then, and where the place leaves something to move in.

use std::collections::BTreeMap;

use app::contract::{Failure, FieldProblem, PlanOfferView, field};
use domain::{Interval, Minutes, PlatformId, Second, availability::Offer, plan::LEAST_SLACK};

use super::ground;
use crate::store::Catalogue;

/// What agreeing to `window` as a plan window would change at each platform that offers them and has one of `places`.
pub(crate) fn offered(
    catalogue: &Catalogue,
    places: &[Offer],
    window: Interval,
    now: Second,
) -> Vec<PlanOfferView> {
    let view = |(platform, length): (PlatformId, Minutes)| {
        let plan =
            ground::policy(catalogue, platform).plan(window).filter(|plan| plan.has_room(length, now))?;
        Some(PlanOfferView {
            platform_name: catalogue.platform(platform)?.name.clone().into(),
            freeze_days: plan.freeze_days,
            percent: plan.percent,
        })
    };
    lengths(catalogue, places).into_iter().filter_map(view).collect()
}

/// Refuses an agreement that no platform which has one of `places` could take, in `window`.
///
/// # Errors
/// [`Failure::Refused`] with the reason `no_plan_windows` if none offers them; [`Failure::Invalid`] at the field
/// `flexible` if the window leaves too little to move in.
pub(crate) fn agreed(
    catalogue: &Catalogue,
    places: &[Offer],
    window: Interval,
    now: Second,
) -> Result<(), Failure> {
    let mut why = Failure::refused("no_plan_windows");
    for (platform, length) in lengths(catalogue, places) {
        let Some(plan) = ground::policy(catalogue, platform).plan(window) else { continue };
        if plan.has_room(length, now) {
            return Ok(());
        }
        let least = length + LEAST_SLACK;
        let problem = if window.minutes() < least {
            FieldProblem::TooNarrow { minutes: least }
        } else {
            FieldProblem::Frozen { days: plan.freeze_days }
        };
        why = field::invalid("flexible", problem);
    }
    Err(why)
}

/// By platform, how long the campaign takes there at least.
fn lengths(catalogue: &Catalogue, places: &[Offer]) -> BTreeMap<PlatformId, Minutes> {
    let mut shortest = BTreeMap::new();
    for place in places.iter().map(|offer| &offer.placement) {
        let platform = catalogue.route(place.route).map(|route| route.platform);
        if let Some((platform, span)) = platform.zip(place.span()) {
            let known = shortest.entry(platform).or_insert(span.minutes());
            *known = span.minutes().min(*known);
        }
    }
    shortest
}
