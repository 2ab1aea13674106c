//! Allocation rounds: an operator opens a call, firms hand in wishes until it closes, a published rule decides them
//! together, and the platform reviews what came of it before it is published.
//!
//! Until the closing nobody sees another's wish, the platform included. While a draft stands nothing is held.
//! Publishing holds every place in one commit, or none; a hold is all that anybody is given, which its firm then
//! requests as it would any other. The seed is drawn when the call is opened and told when it has ended; its hash is
//! told from the beginning.

mod adjust;
mod before;
mod cancel;
mod close;
mod draft;
mod filling;
mod list;
mod load;
mod open;
mod points;
mod possible;
mod publish;
mod replay;
mod result;
mod seed;
mod settle;
mod submit;
mod view;

pub use self::{
    adjust::{adjust, places},
    before::before,
    cancel::cancel,
    close::close_over,
    draft::{draft, look},
    list::{calls, one, wishes},
    open::{foresee, open},
    points::{give as give_points, give_all as give_all_points},
    publish::publish,
    replay::{Replayed, replay},
    seed::commitment,
    submit::{change, submit, withdraw},
};

/// Wishes that a firm may have in a call.
const MOST: u64 = 10;
/// How often the search tries another plan, at most.
const ATTEMPTS: u32 = 1_000;
/// Longest period of a call, in plant days.
const LONGEST: i64 = 366;
