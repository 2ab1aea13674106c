//! Which bookings, if they went, would let the request in: every set that works holds one of these.

use std::sync::Arc;

use crate::{LineId, availability::Placement, request::Request, route::Route, snapshot::Snapshot};

use super::routes;

/// Whether what lets a campaign in can be told line by line: it has one step and no share of a pool.
pub(super) fn is_local(snapshot: &Snapshot, request: &Request) -> bool {
    routes(snapshot, request)
        .all(|route| route.steps.len() == 1 && route.steps.iter().all(|step| step.uses.is_empty()))
}

/// The snapshot with the campaign's routes on these lines only: where nothing fitted, what goes there lets it in.
pub(super) fn narrowed(snapshot: &Snapshot, request: &Request, lines: &[LineId]) -> Snapshot {
    let narrow = |route: &Arc<Route>| {
        let mut route = (**route).clone();
        route.steps.iter_mut().for_each(|step| step.lines.retain(|able| lines.contains(&able.line)));
        Arc::new(route)
    };
    let routes = routes(snapshot, request).map(narrow).collect();
    Snapshot { routes, ..snapshot.clone() }
}

/// The snapshot with the route of `place` alone, each of its steps on the line that it has there. Whoever fits into the
/// time of the place on it needn't fit at the place itself, but whoever fits there does.
pub(super) fn only(snapshot: &Snapshot, place: &Placement) -> Snapshot {
    let narrow = |route: &Arc<Route>| {
        let mut route = (**route).clone();
        for (step, placed) in route.steps.iter_mut().zip(&place.steps) {
            step.lines.retain(|able| able.line == placed.line);
        }
        Arc::new(route)
    };
    let routes = snapshot.routes.iter().filter(|route| route.id == place.route).map(narrow).collect();
    Snapshot { routes, ..snapshot.clone() }
}

/// The smallest of the sets of up to `most` of `members`, those on one line only if `line_of` tells lines apart, for
/// which `opens` holds; a set that holds a smaller one isn't asked for.
pub(super) fn smallest(
    members: &[usize],
    most: usize,
    beside: &dyn Fn(&[usize], usize) -> bool,
    opens: &mut dyn FnMut(&[usize]) -> bool,
) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut closed: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..most {
        let mut wider = Vec::new();
        for set in &closed {
            let last = set.last().copied();
            for member in members.iter().copied().filter(|member| last.is_none_or(|last| *member > last)) {
                if !beside(set, member) {
                    continue;
                }
                let mut one_more = set.clone();
                one_more.push(member);
                if found.iter().any(|smaller| smaller.iter().all(|each| one_more.contains(each))) {
                    continue;
                }
                if opens(&one_more) { found.push(one_more) } else { wider.push(one_more) }
            }
        }
        closed = wider;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_set_holds_another() {
        let asked = &mut Vec::new();
        let sets = smallest(&[0, 1, 2, 3], 3, &|_, _| true, &mut |set| {
            asked.push(set.to_vec());
            set == [1] || set == [0, 2] || set == [0, 2, 3]
        });
        assert_eq!(sets, [vec![1], vec![0, 2]]);
        assert!(!asked.contains(&vec![0, 1]) && !asked.contains(&vec![0, 2, 3]));
        assert!(asked.iter().all(|set| set.is_sorted_by(|one, next| one < next)), "nothing twice: {asked:?}");
    }
}
