//! What the other side is told of every time isn't done without end: whoever goes back and forth between two answers
//! would bury what it has to read.

use app::contract::{Failure, OrganisationKind, RefusalView};
use domain::{Second, calendar::DAY_SECONDS};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Member, protocol::Stop, refusal::second};
use crate::store::{Tx, statement};

/// So often a side can do the same to one booking within 24 hours: a slip is put right, a carrier is late, the campaign
/// moves, and each of that once more.
const MOST: usize = 5;

/// Refuses, as `named`, what was done [`MOST`] times within 24 hours before `now`, at these times of the past.
///
/// # Errors
/// [`Failure::Refused`], with when it can be done again.
pub(super) fn rarely(
    named: &str,
    times: impl IntoIterator<Item = Second>,
    now: Second,
) -> Result<(), Failure> {
    at_most(MOST, named, times, now)
}

/// The same of what may be done `most` times.
///
/// # Errors
/// As [`rarely`].
pub(super) fn at_most(
    most: usize,
    named: &str,
    times: impl IntoIterator<Item = Second>,
    now: Second,
) -> Result<(), Failure> {
    let mut lately: Vec<Second> = times.into_iter().filter(|at| *at > now - DAY_SECONDS).collect();
    lately.sort_unstable();
    // The oldest that counts: once a day has passed since, it is one less.
    let Some(oldest) = lately.iter().rev().nth(most - 1) else { return Ok(()) };
    let refusal = RefusalView::named(named);
    let refusal = refusal.with("max", most).with("again", second(oldest + DAY_SECONDS));
    Err(Failure::Refused { refusal })
}

/// The same of `action` on `booking`, as often as it was decided by the side of `member`. Two at once don't both count
/// the same: the booking's version lets one of them be saved, and the other counts again.
///
/// # Errors
/// [`Failure::Refused`], the database's failure.
pub(super) async fn rarely_decided(
    tx: &Tx<'_>,
    (booking, action, named): (Uuid, &str, &str),
    member: &Member,
    now: Second,
) -> Result<(), Stop> {
    decided_at_most(tx, MOST, (booking, action, named), member.kind, now).await
}

/// The same of what organisations of this kind may do `most` times.
///
/// # Errors
/// As [`rarely_decided`].
pub(super) async fn decided_at_most(
    tx: &Tx<'_>,
    most: usize,
    (booking, action, named): (Uuid, &str, &str),
    side: OrganisationKind,
    now: Second,
) -> Result<(), Stop> {
    let sql = "SELECT at FROM decision WHERE booking = ? AND action = ? AND side = ? AND at > ?";
    let since = now - DAY_SECONDS;
    let values = [booking.into(), action.into(), side.word().into(), since.into()];
    let rows = tx.query_all_raw(statement(tx, sql, values)).await?;
    let times = rows.iter().map(|row| row.try_get("", "at")).collect::<Result<Vec<Second>, _>>()?;
    at_most(most, named, times, now).map_err(Stop::Failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_is_refused_until_a_day_has_passed_since_the_oldest_that_counts() {
        let times = || (0..5).map(|one| one * 60);
        assert_eq!(rarely("often", times().take(4), 300), Ok(()));
        let Err(Failure::Refused { refusal }) = rarely("often", times(), 300) else { panic!("it counts") };
        assert_eq!(refusal.reason, "often");
        assert_eq!(refusal.facts[1].1, second(DAY_SECONDS));
        assert!(rarely("often", times(), DAY_SECONDS - 1).is_err());
        assert_eq!(rarely("often", times(), DAY_SECONDS), Ok(()));
    }
}
