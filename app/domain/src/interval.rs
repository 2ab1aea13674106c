//! Half-open intervals of whole minutes.

use serde::{Deserialize, Serialize};

/// An instant: whole minutes since 1970-01-01T00:00Z.
pub type Minute = i64;
/// A length of time in minutes.
pub type Minutes = i64;
/// An instant in whole seconds since 1970-01-01T00:00Z; hold expiry is kept to the second.
pub type Second = i64;

/// The half-open interval `[start, end)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    pub start: Minute,
    pub end: Minute,
}

impl Interval {
    /// `[start, end)`, or `None` when it would be empty or reversed.
    #[must_use]
    pub fn new(start: Minute, end: Minute) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// Length in minutes, positive.
    #[must_use]
    pub const fn minutes(self) -> Minutes {
        self.end - self.start
    }

    /// Whether the two share at least one minute; touching intervals do not.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `minute` lies in `[start, end)`.
    #[must_use]
    pub const fn contains(self, minute: Minute) -> bool {
        self.start <= minute && minute < self.end
    }

    /// Whether all of `other` lies inside.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The shared part, if any.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }
}
