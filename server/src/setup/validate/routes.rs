//! A route can make something: in one unit, some batch size suits a line of every step.

use domain::{
    offering::Unit,
    resource::{Capability, Line},
    route::RouteStep,
};

use super::super::{
    problem::Fault,
    section::{At, Section},
};

const UNITS: [Unit; 6] = [Unit::Kilogram, Unit::Gram, Unit::Litre, Unit::Piece, Unit::Vial, Unit::Lot];

pub(in super::super) fn common_batch(
    route: &Section<'_>,
    offering: &At<String>,
    steps: &[RouteStep],
    lines: &[Line],
) {
    let able = |step: &RouteStep| -> Vec<Capability> {
        let on = step.lines.iter().filter_map(|figures| lines.iter().find(|line| line.id == figures.line));
        on.flat_map(|line| line.capabilities.iter().filter(|c| c.offering == offering.value).cloned())
            .collect()
    };
    let steps: Vec<Vec<Capability>> = steps.iter().map(able).collect();
    if steps.iter().any(Vec::is_empty) {
        return; // noted at the step already
    }
    // A size that suits every step exists if one does among the smallest sizes of the ranges.
    let suits = |unit: Unit, size: i64| {
        let takes =
            |able: &Capability| able.bounds_in(unit).is_some_and(|(min, max)| (min..=max).contains(&size));
        steps.iter().all(|step| step.iter().any(takes))
    };
    let sizes = |unit: Unit| steps.iter().flatten().filter_map(move |able| Some(able.bounds_in(unit)?.0));
    if !UNITS.into_iter().any(|unit| sizes(unit).any(|size| suits(unit, size))) {
        route.note(offering.line, Fault::NoCommonBatch { offering: offering.value.clone() });
    }
}
