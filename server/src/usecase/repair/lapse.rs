//! Why an open proposal can't be made any more: read when it is shown, so that nobody answers what has come to nothing;
//! and kept when it ends for that.

use std::collections::{HashMap, HashSet};

use domain::{
    Second,
    availability::Placement,
    booking::{Action, Status, transition},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{agreed::by_rule, movables::placement, plan::Cause, view};
use crate::{
    store::{
        Catalogue, StoreError,
        tables::{booking as booking_table, occupancy, proposal, proposal_move},
    },
    usecase::{
        blameless,
        booking::{self, Loaded},
    },
};

/// Why it can't be made: for most, what one of the campaigns concerned did meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lapse {
    /// Nobody answered in time.
    Expired,
    /// The reader's own stands elsewhere by now.
    Moved,
    /// The reader's own was cancelled or declined, or is over.
    Ended,
    /// The reader's own has begun, or must have been decided by now.
    Begun,
    /// The reader's own would move by rule, and its plan window is frozen where it is or where it would go.
    Frozen,
    /// The platform no longer offers the route that the reader's own would go to.
    Route,
    /// One of these holds of somebody else's: which, and of whose, isn't told.
    Other,
    /// A place that it needs was taken.
    Place,
    /// Whoever asked couldn't have it any more: what keeps it from that is told to it alone.
    Asker,
    /// The reader's own can't stay where it is, and was proposed another time for that.
    Replaced,
    /// What the platform asked for is had without it by now.
    Needless,
    /// Whoever asked took it back.
    Withdrawn,
}

impl Lapse {
    /// The name on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Moved => "moved",
            Self::Ended => "ended",
            Self::Begun => "begun",
            Self::Frozen => "frozen",
            Self::Route => "route",
            Self::Other => "other",
            Self::Place => "place",
            Self::Asker => "asker",
            Self::Replaced => "replaced",
            Self::Needless => "needless",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Those of `proposals` that are open and can't be made any more, with why as `reader`, an organisation, may know it.
/// That a place was taken by a third isn't seen here: the kernel decides that, for the sweep and when all have agreed.
pub(super) async fn lapses(
    connection: &impl ConnectionTrait,
    catalogue: &Catalogue,
    proposals: &[proposal::Model],
    reader: Uuid,
    now: Second,
) -> Result<HashMap<Uuid, Lapse>, StoreError> {
    let open = proposals.iter().filter(|row| row.closed_at.is_none());
    let (over, open): (Vec<_>, Vec<_>) = open.partition(|row| row.expires_at <= now);
    let mut lapses: HashMap<Uuid, Lapse> = over.iter().map(|row| (row.id, Lapse::Expired)).collect();
    if open.is_empty() {
        return Ok(lapses);
    }
    let moves = proposal_move::Entity::find()
        .filter(proposal_move::Column::Proposal.is_in(open.iter().map(|row| row.id)))
        .all(connection)
        .await?;
    let rows = booking_table::Entity::find()
        .filter(booking_table::Column::Id.is_in(moves.iter().map(|one| one.booking)))
        .all(connection)
        .await?;
    let bookings = booking::load_many(connection, rows).await?;
    let standing = standing(connection, &open, now).await?;
    for row in open {
        let cause = Cause::from_word(&row.kind).unwrap_or(Cause::Room);
        for one in moves.iter().filter(|one| one.proposal == row.id) {
            let Some(booking) = bookings.iter().find(|booking| booking.row.id == one.booking) else {
                continue;
            };
            let Some(why) = lapse(catalogue, booking, one, cause, now)? else { continue };
            let own = booking.row.organisation.unwrap_or(booking.row.platform) == reader;
            // What the reader knows of its own says more than that somebody changed something.
            lapses.entry(row.id).and_modify(|known| *known = if own { why } else { *known });
            lapses.entry(row.id).or_insert(if own { why } else { Lapse::Other });
        }
        let is_removed = row.cleaning.is_some_and(|cleaning| !standing.contains(&cleaning));
        if is_removed || (!lapses.contains_key(&row.id) && can_stay(connection, row, cause).await?) {
            lapses.entry(row.id).or_insert(Lapse::Needless);
        }
    }
    Ok(lapses)
}

/// Whether what its owner is asked to leave for is over: the set-up fits again, or the line is up in its time.
async fn can_stay(
    connection: &impl ConnectionTrait,
    row: &proposal::Model,
    cause: Cause,
) -> Result<bool, StoreError> {
    let Some(booking) = row.cause.filter(|_| cause == Cause::Rescue) else { return Ok(false) };
    Ok(!blameless::cannot_stay(connection, (booking, row.organisation)).await?)
}

/// The cleanings that these proposals are for, as far as they still stand and are ahead.
async fn standing(
    connection: &impl ConnectionTrait,
    open: &[&proposal::Model],
    now: Second,
) -> Result<HashSet<Uuid>, StoreError> {
    let ids: Vec<Uuid> = open.iter().filter_map(|row| row.cleaning).collect();
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = occupancy::Entity::find()
        .filter(occupancy::Column::Id.is_in(ids))
        .filter(occupancy::Column::Live.is_not_null())
        .filter(occupancy::Column::EndsAt.gt(now.div_euclid(60)))
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Why `booking` can't make its move any more.
fn lapse(
    catalogue: &Catalogue,
    booking: &Loaded,
    one: &proposal_move::Model,
    cause: Cause,
    now: Second,
) -> Result<Option<Lapse>, StoreError> {
    let (from, to): (Placement, Placement) =
        (view::document(&one.from_place)?, view::document(&one.to_place)?);
    // What its line's outage struck as it ran can still be helped.
    let runs = cause == Cause::Rescue && booking.status == Status::Running;
    if transition(booking.status, Action::Move).is_err() && !runs {
        // Whoever was asked about what ran already knew that it had begun.
        let had = cause == Cause::Rescue && from.steps.first() == to.steps.first();
        let begun = !had && matches!(booking.status, Status::Running | Status::Completed | Status::Closed);
        return Ok(Some(if begun { Lapse::Begun } else { Lapse::Ended }));
    }
    if placement(booking).as_ref() != Some(&from) {
        return Ok(Some(Lapse::Moved));
    }
    let Some(start) = from.span().map(|span| span.start) else { return Ok(Some(Lapse::Moved)) };
    let due = match booking.status {
        Status::Held => booking.row.hold_expires_at,
        Status::Requested => booking.row.reply_by,
        _ => None,
    };
    if (start * 60 <= now && cause != Cause::Rescue) || due.is_some_and(|due| due <= now) {
        return Ok(Some(Lapse::Begun));
    }
    let by_rule = || by_rule(booking, now).zip(to.span()).is_some_and(|(open, to)| open.holds(to));
    if one.organisation.is_none() && booking.plan.is_some() && !by_rule() {
        return Ok(Some(Lapse::Frozen));
    }
    Ok(catalogue.offered(to.route).is_none().then_some(Lapse::Route))
}
