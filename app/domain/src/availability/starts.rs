//! Every feasible start of a step on one line.

use crate::{LineId, Minute, RouteId, Second, refusal::Refusal, request::Request, snapshot::Snapshot};

use super::{
    check::{figures, route_of},
    fitting::Fitting,
    gap::Gap,
    request::{admit_request, range},
    view::View,
};

/// Every feasible start of the first step of `route` on `line`, ascending; of the whole request if the route has no
/// further step. The same probe as [`super::search`] and [`super::check`].
///
/// # Errors
/// What rules out the request, the route or the line altogether.
pub fn starts(
    snapshot: &Snapshot,
    request: &Request,
    route: RouteId,
    line: LineId,
    now: Second,
) -> Result<Vec<Minute>, Refusal> {
    admit_request(request)?;
    let route = route_of(snapshot, request, route)?;
    let range = range(snapshot, request, route.platform, now)?;
    let step = &route.steps[0];
    let fitting = Fitting::new(snapshot, request, step, figures(step, line)?, range, now)?;
    let view = View::new(fitting.state, now);
    let mut starts = Vec::new();
    for index in view.gaps.at(fitting.range.first_start)..view.rows.len() {
        let Ok(gap) = Gap::open(&fitting, &view, index) else { continue };
        let mut from = gap.earliest;
        while let Ok((start, _)) = gap.first_fit(&fitting, &[], from) {
            starts.push(start);
            from = start + 1;
        }
    }
    Ok(starts)
}
