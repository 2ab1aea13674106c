//! Whether a request can be made at all: what no other days change.

use crate::{LineId, request::Request, route::Route, segregation::admit, snapshot::Snapshot};

use super::{
    fitting::suit,
    request::{admit_request, routes},
};

/// Whether some route that `request` may take has a line for each of its steps that admits the product's hazards and
/// takes batches of that size, whenever that might be.
#[must_use]
pub fn is_able(snapshot: &Snapshot, request: &Request) -> bool {
    let suits = |line: &LineId| snapshot.lines.get(line).is_some_and(|state| suit(state, request).is_ok());
    let is_made =
        |route: &Route| route.steps.iter().all(|step| step.lines.iter().any(|figures| suits(&figures.line)));
    admit_request(request).is_ok() && routes(snapshot, request).is_ok_and(|mut found| found.any(is_made))
}

/// The smallest and the largest batch, in the request's unit, that the routes which `request` may take can make on
/// lines that admit its product otherwise; `None` if there is no such route. Not all in between need be made: the
/// ranges of two lines may leave something out.
#[must_use]
pub fn batch_sizes(snapshot: &Snapshot, request: &Request) -> Option<(i64, i64)> {
    let of_route = |route: &Route| {
        let mut whole = (i64::MIN, i64::MAX);
        for step in &route.steps {
            let lines = step.lines.iter().filter_map(|figures| on_line(snapshot, request, figures.line));
            let (min, max) = widest(lines)?;
            whole = (whole.0.max(min), whole.1.min(max));
        }
        (whole.0 <= whole.1).then_some(whole)
    };
    widest(routes(snapshot, request).ok()?.filter_map(of_route))
}

/// The same of one line.
fn on_line(snapshot: &Snapshot, request: &Request, line: LineId) -> Option<(i64, i64)> {
    let line = &snapshot.lines.get(&line)?.line;
    if admit(line, &request.hazards).is_err() || (request.gmp && !line.gmp) {
        return None;
    }
    let able = line.capabilities.iter();
    let able = able.filter(|able| able.offering == request.offering);
    widest(able.filter_map(|able| able.bounds_in(request.unit)))
}

/// From the least of all to the most of all.
fn widest(ranges: impl Iterator<Item = (i64, i64)>) -> Option<(i64, i64)> {
    ranges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}
