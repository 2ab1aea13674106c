//! The statements, one idea a file. Those that write take a [`super::Tx`], those that read any connection.
//!
//! Order within a change: lock lines, lock pools, read, steps leave their rows, [`write_chain`], claims, everything
//! else.

mod begun;
mod chain;
mod expiry;
mod freed;
mod lock;
mod neighbourhood;
mod outages;
mod pools;
mod reference;

pub use begun::first_decision;
pub use chain::write_chain;
pub use expiry::set_expiry;
pub use freed::{leave_word, leave_word_of_shares};
pub use lock::{LockedLines, catalogue_version, lock_lines, lock_pools};
pub use neighbourhood::neighbourhood;
pub(super) use neighbourhood::{earlier_rows, reaches};
pub use outages::outages;
pub use pools::{
    LONGEST_CELL, PoolClaim, claimed_pools, drop_claims, expired_holders, pool_state, write_claims,
};
pub use reference::{
    bump_catalogue, save_calendar, save_holidays, save_line, save_matrix, save_platform, save_policy,
    save_pool, save_route,
};

/// `?, ?, …`: as many as there are values in a list.
#[must_use]
pub fn marks(count: usize) -> String {
    let mut text = "?, ".repeat(count);
    text.truncate(text.len().saturating_sub(2));
    text
}
