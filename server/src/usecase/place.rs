//! Places and offerings, named.

use app::contract::{Instant, PartedView, StepView, TextView};
use domain::{
    Text,
    availability::{PlacedStep, Placement},
    offering,
};
use uuid::Uuid;

use crate::store::Catalogue;

/// The steps of a place.
pub(crate) fn steps(catalogue: &Catalogue, place: &Placement) -> Vec<StepView> {
    let route = catalogue.route(place.route);
    let step = |(number, placed): (usize, &PlacedStep)| StepView {
        name: route
            .and_then(|route| route.steps.get(number))
            .map_or_else(unnamed, |step| step.name.clone())
            .into(),
        line: placed.line.0,
        line_name: catalogue.line(placed.line).map_or_else(unnamed, |line| line.name.clone()).into(),
        start: Instant::from_minute(placed.interval.start),
        end: Instant::from_minute(placed.interval.end),
    };
    place.steps.iter().enumerate().map(step).collect()
}

/// A campaign, as far as that is known placed at `from`, whose first batches stay at the first of `places` and whose
/// others go to the second.
pub(crate) fn parted(
    catalogue: &Catalogue,
    from: Option<&Placement>,
    [stays_batches, goes_batches]: [u32; 2],
    [stays, goes]: [&Placement; 2],
    booking: Option<Uuid>,
) -> PartedView {
    let in_place = from.is_some_and(|from| from.starts() == stays.starts());
    let (stays, goes) = (steps(catalogue, stays), steps(catalogue, goes));
    PartedView { stays_batches, stays, in_place, goes_batches, goes, booking }
}

/// The offering's name; one that isn't known any more goes by its code.
pub(crate) fn offering_name(code: &str) -> TextView {
    offering::find(code).map_or_else(
        || TextView { zh: code.to_owned(), en: code.to_owned() },
        |offering| TextView { zh: offering.zh.to_owned(), en: offering.en.to_owned() },
    )
}

/// The name of what isn't there any more.
pub(crate) const fn unnamed() -> Text {
    Text { zh: String::new(), en: String::new() }
}
