//! Tier 3, the waiting list: whose turn it is when capacity becomes free.

use std::{collections::BTreeMap, sync::Arc};

use uuid::Uuid;

use crate::{
    LineId, OccupancyId, OrganisationId, PoolId, Second,
    availability::{self, Offer},
    calendar::DAY_SECONDS,
    occupancy::Occupancy,
    request::Request,
    snapshot::{LineState, PoolState, Snapshot},
    supposed::Held,
};

/// The name of the rule below, with its version, as the decision record gives it.
pub const RULE: &str = "waiting/5";

/// Somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiter {
    pub id: Uuid,
    pub firm: OrganisationId,
    /// Since when, in seconds since 1970.
    pub since: Second,
    /// Holds that the firm has from the list, those that it has asked for and that nobody has answered yet, and those
    /// of the last [`REMEMBERED`] that it let go before they were confirmed, whether it had asked for them or not.
    pub given: u32,
}

/// How long a hold from the list that was let go still counts, in seconds: whoever gives back one after the other isn't
/// first at each.
pub const REMEMBERED: Second = 30 * DAY_SECONDS;

/// Whose turn it is, first to last: whoever has had least from the list lately; of those, whoever has waited longest;
/// of those, the smaller id, so that the order is the same wherever it is made. A firm that queues with ten requests
/// thus gets its second hold only after everybody else has had a first.
pub fn rank(waiters: &mut [Waiter]) {
    waiters.sort_unstable_by_key(|waiter| (waiter.given, waiter.since, waiter.id));
}

/// What would be open if nobody had anything booked and every line were up: every line from its first row on, every
/// pool unused; of what isn't used no hold's claim counts either. A request that fits nowhere even here waits in vain;
/// an outage may end sooner than was said.
#[must_use]
pub fn emptied(snapshot: &Snapshot) -> Snapshot {
    let line = |(id, state): (&LineId, &Arc<LineState>)| {
        (*id, Arc::new(state.with(state.rows().first().copied().into_iter().collect()).down(Vec::new())))
    };
    let pool = |(id, state): (&PoolId, &Arc<PoolState>)| {
        let unused = PoolState { used: BTreeMap::new(), ..(**state).clone() };
        (*id, Arc::new(unused))
    };
    Snapshot {
        lines: snapshot.lines.iter().map(line).collect(),
        pools: snapshot.pools.iter().map(pool).collect(),
        ..snapshot.clone()
    }
}

/// What would be open if nobody had anything booked: closures and outages stay as they are, and so what pools have in
/// all.
#[must_use]
pub fn unbooked(snapshot: &Snapshot) -> Snapshot {
    let taken = |row: &&Occupancy| !row.kind.is_transparent();
    let of = |(id, state): (&LineId, &Arc<LineState>)| -> Vec<(LineId, OccupancyId)> {
        state.rows().iter().filter(taken).map(|row| (*id, row.id)).collect()
    };
    let held = Held { rows: snapshot.lines.iter().flat_map(of).collect(), claims: Vec::new() };
    let mut open = Snapshot { pools: emptied(snapshot).pools, ..snapshot.clone() };
    open.release(&held);
    open
}

/// Where `request` would find room if nobody had anything booked and every line were up; nothing if it would nowhere.
#[must_use]
pub fn possible(snapshot: &Snapshot, request: &Request, now: Second) -> Vec<Offer> {
    availability::search(&emptied(snapshot), request, now)
        .map_or_else(|_| Vec::new(), |found| found.offers.iter().collect())
}

/// Whether there is any such place.
#[must_use]
pub fn is_worth_it(snapshot: &Snapshot, request: &Request, now: Second) -> bool {
    availability::search(&emptied(snapshot), request, now)
        .is_ok_and(|found| found.offers.iter().next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiter(id: u128, firm: u128, since: Second, given: u32) -> Waiter {
        Waiter { id: Uuid::from_u128(id), firm: OrganisationId(Uuid::from_u128(firm)), since, given }
    }

    #[test]
    fn who_has_nothing_yet_goes_before_who_waited_longer() {
        let mut waiters = [
            waiter(1, 1, 10, 1),
            waiter(2, 2, 30, 0),
            waiter(4, 3, 20, 0),
            waiter(3, 4, 20, 0),
            waiter(5, 5, 5, 2),
        ];
        rank(&mut waiters);
        assert_eq!(waiters.map(|waiter| waiter.id.as_u128()), [3, 4, 2, 1, 5]);
    }
}
