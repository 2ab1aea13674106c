//! What an import would change: the set-up read from files against what the database holds.

mod affected;
mod ahead;
mod catalogue;
mod difference;
mod holidays;
mod judge;
mod matrix;
mod parts;
mod world;

use sea_orm::ConnectionTrait;
use uuid::Uuid;

pub use affected::Affected;
pub(super) use catalogue::Stored;
pub(super) use difference::Difference;
pub use judge::Trouble;

use super::{Setup, error::SetupError, what::What};

/// What becomes of one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    Added,
    Changed,
    /// A route that the file no longer has.
    SwitchedOff,
    /// In the database and not in the file: it stays as it is.
    Kept,
    Unchanged,
}

/// One part and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The platform's code; empty for holidays.
    pub platform: String,
    pub what: What,
    pub code: String,
    pub change: Change,
}

/// The outcome of a dry run, and of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub items: Vec<Item>,
    /// Bookings ahead that no longer fit after it, once for each trouble.
    pub affected: Vec<Affected>,
    /// Bookings ahead that didn't fit before it, and do after it.
    pub mended: Vec<Uuid>,
}

impl Plan {
    /// Whether anything would be written.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.items.iter().any(|item| !matches!(item.change, Change::Unchanged | Change::Kept))
    }

    /// How many parts of this sort have this fate.
    #[must_use]
    pub fn count(&self, what: What, change: Change) -> usize {
        self.items.iter().filter(|item| item.what == what && item.change == change).count()
    }
}

/// Says what importing `setup` would change. Writes nothing.
///
/// # Errors
/// What the database shows to be impossible (a removed class, a line's matrix exchanged), or the database fails.
pub async fn plan(
    connection: &impl ConnectionTrait,
    setup: &Setup,
    now: domain::Minute,
) -> Result<Plan, SetupError> {
    let (plan, _) = work_out(connection, setup, now).await?;
    Ok(plan)
}

/// The plan with what is to be written.
pub(super) async fn work_out(
    connection: &impl ConnectionTrait,
    setup: &Setup,
    now: domain::Minute,
) -> Result<(Plan, Difference), SetupError> {
    let stored = Stored::load(connection, setup).await?;
    let (items, difference) = difference::compare(&stored, setup).map_err(SetupError::Problems)?;
    let affected::Outcome { affected, mended } = affected::find(connection, &difference, now).await?;
    Ok((Plan { items, affected, mended }, difference))
}
