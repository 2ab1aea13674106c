//! Audits a whole database and names the first thing wrong, or says what was looked at.
//!
//! It trusts no constraint: everything that the schema guards is checked again from the rows, and what no constraint
//! can say (bookings against rows, decisions against outcomes, documents against cells) besides. Tables are read page
//! by page in one snapshot, so that a million rows pass within little memory and writers may go on meanwhile.

mod bookings;
mod campaigns;
mod chains;
mod closures;
mod decisions;
mod finding;
mod imports;
mod late;
mod matrices;
mod outages;
mod pages;
mod pools;
mod proposals;
mod rounds;
mod rules;
mod trail;

use sea_orm::{AccessMode, DbBackend, IsolationLevel, TransactionOptions, TransactionTrait};

pub use finding::{Fault, Finding};

use super::{Store, StoreError};

/// What an audit looked at and found in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub lines: u64,
    /// Live rows, heads included.
    pub live_rows: u64,
    pub bookings: u64,
    pub decisions: u64,
    pub cells: u64,
    pub closures: u64,
    /// Rows and bookings that the reference data of today would refuse: nothing is broken, but people should look.
    pub outdated: u64,
}

/// Audits the database behind `store`.
///
/// # Errors
/// [`Fault::Found`] with the first thing wrong; [`Fault::Unreadable`] if the database fails.
pub async fn verify(store: &Store) -> Result<Verified, Fault> {
    let options = TransactionOptions {
        // SQLite's deferred transaction is a snapshot by itself, and knows no levels.
        isolation_level: (store.backend() == DbBackend::Postgres).then_some(IsolationLevel::RepeatableRead),
        access_mode: (store.backend() == DbBackend::Postgres).then_some(AccessMode::ReadOnly),
        ..TransactionOptions::default()
    };
    let snapshot = store.read().begin_with_options(options).await.map_err(StoreError::from)?;
    let matrices = matrices::verify(&snapshot).await?;
    let (lines, live_rows) = chains::verify(&snapshot, &matrices).await?;
    let cells = pools::verify(&snapshot).await?;
    let bookings = bookings::verify(&snapshot).await?;
    proposals::verify(&snapshot).await?;
    rounds::verify(&snapshot).await?;
    outages::verify(&snapshot).await?;
    late::verify(&snapshot).await?;
    let decisions = decisions::verify(&snapshot).await?;
    let closures = closures::verify(&snapshot).await?;
    let outdated = campaigns::verify(&snapshot).await? + rules::verify(&snapshot).await?;
    snapshot.rollback().await.map_err(StoreError::from)?;
    Ok(Verified { lines, live_rows, bookings, decisions, cells, closures, outdated })
}
