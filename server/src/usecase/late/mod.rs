//! Use it or lose it: confirmed bookings given up late, what a platform's rule makes of them, and forgiving one.
//! Whoever moves one away for a fee gives its slot up late, too: else it would be moved to where leaving costs nothing,
//! and left there.
//!
//! One counts if the terms that the booking was confirmed on had such a rule: nobody is limited by what wasn't
//! published when they booked. Not if the platform's doing went before it (the line was down, a change of the set-up
//! flagged it, it was moved or parted for that), nor once its slot was sold again whole, nor if the platform's
//! administrator forgave it. One that was moved for others counts as if it had stayed: where leaving cost a fee it
//! costs one still, and where it didn't, its notice is no shorter for that.

mod curb;
mod forgive;
mod record;
mod standings;

pub use forgive::forgive;
pub use standings::standings;

pub(crate) use curb::{admit, curbed, for_search, queue};
pub(crate) use record::{leave, move_away};

/// The rule's name on decisions.
const RULE: &str = "use_or_lose/2";

/// What counts of the rows `l` of `late_leaving` with their bookings `b`, by whatever rule.
pub(crate) const COUNTS: &str = "l.forgiven_at IS NULL AND ((l.moved AND l.resold_at IS NULL) \
     OR (NOT l.moved AND COALESCE(b.resold_fen, 0) < COALESCE(b.leaving_fee_fen, 0)))";
