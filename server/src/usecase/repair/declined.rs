//! Who has said no already, or was asked in vain: nobody is asked for the same again, nor without end.

use std::collections::BTreeSet;

use app::contract::{Failure, RepairOrder};
use domain::{Interval, OrganisationId, Second, availability::Placement};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{
    plan::{Cause, PlannedMove},
    view,
};
use crate::store::{StoreError, statement};

/// So long a firm doesn't ask about a campaign again once it has taken its question back, or had no answer in time, in
/// seconds.
const AGAIN: Second = 24 * 60 * 60;

/// Where a campaign would go for its platform, if its owner hadn't said no to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unwanted {
    to: Placement,
    /// Of one that would be parted, how many batches stay at `to`, and where the others go.
    rest: Option<(u32, Placement)>,
}

impl Unwanted {
    /// All that `one` asks for, from wherever it moves the campaign.
    pub fn of(one: &PlannedMove) -> Self {
        let rest = one.rest.as_ref().map(|rest| (rest.stays, rest.to.clone()));
        Self { to: one.to.clone(), rest }
    }
}

/// What the owner of `booking` has declined, of all that its platform asked for that `cause`.
pub(crate) async fn by_owner(
    connection: &impl ConnectionTrait,
    (booking, cause): (Uuid, Cause),
) -> Result<Vec<Unwanted>, StoreError> {
    let sql = "SELECT m.to_place, m.stays, m.rest_place FROM proposal_move m \
               JOIN proposal p ON p.id = m.proposal \
               WHERE m.booking = ? AND p.kind = ? AND m.answer = 'declined'";
    let values = [booking.into(), cause.word().into()];
    let rows = connection.query_all_raw(statement(connection, sql, values)).await?;
    rows.iter().map(unwanted).collect()
}

fn unwanted(row: &QueryResult) -> Result<Unwanted, StoreError> {
    let to: String = row.try_get("", "to_place")?;
    let stays: Option<i64> = row.try_get("", "stays")?;
    let place: Option<String> = row.try_get("", "rest_place")?;
    let rest = match stays.zip(place) {
        None => None,
        Some((stays, place)) => Some((u32::try_from(stays).unwrap_or(0), view::document(&place)?)),
    };
    Ok(Unwanted { to: view::document(&to)?, rest })
}

/// The bookings whose owners declined to make room for `asker` in a window that overlaps `window`.
pub(crate) async fn for_room(
    connection: &impl ConnectionTrait,
    asker: OrganisationId,
    window: Interval,
) -> Result<Vec<Uuid>, Failure> {
    let sql = "SELECT m.booking, p.wish FROM proposal p JOIN proposal_move m ON m.proposal = p.id \
               WHERE p.organisation = ? AND p.kind = ? AND m.answer = 'declined'";
    let values = [asker.0.into(), Cause::Room.word().into()];
    let rows = connection.query_all_raw(statement(connection, sql, values)).await;
    let mut declined = Vec::new();
    for row in rows.map_err(StoreError::from)? {
        let wish: String = row.try_get("", "wish").map_err(StoreError::from)?;
        let order: RepairOrder = view::document(&wish)?;
        // What was asked once could be read then.
        if order.query.request().is_ok_and(|asked| asked.window.overlaps(window)) {
            declined.push(row.try_get("", "booking").map_err(StoreError::from)?);
        }
    }
    Ok(declined)
}

/// The bookings about which `asker` has asked so lately, for room or for a swap, and taken that back or had no answer
/// in time.
pub(super) async fn lately(
    connection: &impl ConnectionTrait,
    asker: OrganisationId,
    now: Second,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let sql = "SELECT DISTINCT m.booking FROM proposal p JOIN proposal_move m ON m.proposal = p.id \
               WHERE p.organisation = ? AND p.kind IN ('room', 'swap') AND p.closed_at > ? \
               AND p.outcome IN ('withdrawn', 'expired') AND m.organisation <> p.organisation";
    let values = [asker.0.into(), (now - AGAIN).into()];
    let rows = connection.query_all_raw(statement(connection, sql, values)).await?;
    rows.iter().map(|row| Ok(row.try_get("", "booking")?)).collect()
}

/// The bookings whose owners declined to swap with `offered`.
pub(super) async fn to_swap(
    connection: &impl ConnectionTrait,
    offered: Uuid,
) -> Result<Vec<Uuid>, StoreError> {
    let sql = "SELECT m.booking FROM proposal_move m JOIN proposal p ON p.id = m.proposal \
               WHERE p.cause = ? AND p.kind = ? AND m.answer = 'declined'";
    let values = [offered.into(), Cause::Swap.word().into()];
    let rows = connection.query_all_raw(statement(connection, sql, values)).await?;
    rows.iter().map(|row| Ok(row.try_get("", "booking")?)).collect()
}
