//! The schema alone: whoever writes whatever, in whatever order, no two rows overlap, no changeover is skipped, no pool
//! is overdrawn.

mod allowed;
mod records;
mod refused;
mod storm;
