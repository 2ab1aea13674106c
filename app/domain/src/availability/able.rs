//! Whether a request can be made at all: what no other days change.

use crate::{LineId, request::Request, route::Route, snapshot::Snapshot};

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
