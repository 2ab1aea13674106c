//! What happens next, in order of time.

use std::{cmp::Reverse, collections::BinaryHeap};

use domain::Second;
use uuid::Uuid;

use super::scenes::Scene;

/// Something that is going to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// Somebody asks for a campaign.
    Ask,
    /// Somebody asks this platform for something that it will still have to answer when the story ends.
    AskLate { platform: usize },
    /// A platform closes one of its lines for a while.
    Shut { line: usize },
    /// Expired holds are released and notices delivered.
    Tick,
    /// Everybody reads what they have been told so far.
    Read,
    /// Something that a visitor is to find.
    Scene(Scene),
    /// The next turn in the life of a booking.
    Turn { booking: Uuid, turn: Turn },
}

/// A turn in the life of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    Send,
    ConfirmHazards,
    Answer,
    Withdraw,
    Move,
    Cancel,
    Start,
    Complete,
    Close,
}

/// Events by time; those of the same second in the order in which they were put, so that ids decide nothing.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: BinaryHeap<Reverse<(Second, u64, Event)>>,
    put: u64,
}

impl Queue {
    pub fn put(&mut self, at: Second, event: Event) {
        self.put += 1;
        self.waiting.push(Reverse((at, self.put, event)));
    }

    pub fn next(&mut self) -> Option<(Second, Event)> {
        self.waiting.pop().map(|Reverse((at, _, event))| (at, event))
    }
}
