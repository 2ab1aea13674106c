//! Repair: where nothing fits, others are moved by the rule that they agreed to, or asked to make room.
//!
//! What may move by rule moves at once, in one change with the hold that it makes room for. Where somebody must agree
//! first there is a proposal: each of those asked sees its own move alone, and when the last has agreed all of it is
//! decided again under the lock and written as one change, or nothing moves.

mod agreed;
pub(crate) mod among;
mod answer;
mod close;
mod commit;
mod considered;
mod declined;
mod find;
mod lapse;
mod list;
mod make;
mod movables;
mod own_ask;
mod own_moves;
mod plan;
mod propose;
pub(crate) mod rescue;
mod rest;
mod room_moves;
mod stays;
mod swap;
mod swap_prices;
mod taken;
mod view;
mod ways;

pub use self::{
    answer::{Answer, answer},
    close::{close_lapsed, close_over, withdraw},
    list::{asked, own},
    make::make,
    swap::{offer as offer_swap, own as own_swaps},
    taken::close_taken,
    ways::ways,
};
pub(crate) use self::{
    close::{leave_neighbours, moot},
    considered::{Considered, Kept},
    declined::{Unwanted, by_owner as declined_by_owner, for_room as declined_for_room},
    find::find,
    make::planned,
    movables::{already_asked, placement},
    plan::{Cause, Gap, Planned},
    propose::{Draft, price, put, within_limit},
    stays::{ask_no_more, stays},
    taken::Looked,
    view::{document, proposed, write_in},
};

/// Open proposals that a company may have.
const MOST: u64 = 3;
