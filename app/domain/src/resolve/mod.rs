//! The resolver: what can be done where not everything that is asked for fits. Each of its tiers only proposes; the
//! booking protocol commits.

pub mod allocation;
pub mod alternatives;
pub mod onward;
pub mod parted;
pub mod repair;
pub mod rescue;
pub mod rivals;
pub mod setups;
pub mod split;
pub mod swap;
pub mod waiting;
