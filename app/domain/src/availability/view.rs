//! The rows of a line as a decision sees them: without expired holds, with the steps placed so far.

use std::borrow::Cow;

use crate::{
    Minute, Second,
    occupancy::{Kind, Occupancy},
    snapshot::{Free, LineState, free_after},
};

/// Rows and the free time after each.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub rows: Cow<'a, [Occupancy]>,
    pub free: Cow<'a, [Free]>,
}

impl<'a> View<'a> {
    /// The line's rows at `now`; borrowed unless a hold has expired.
    pub fn new(state: &'a LineState, now: Second) -> Self {
        if state.has_expired(now) {
            Self::owned(state.rows().iter().filter(|row| !row.is_expired(now)).copied().collect())
        } else {
            Self { rows: Cow::Borrowed(state.rows()), free: Cow::Borrowed(state.free()) }
        }
    }

    /// The same with one more row, which lies in free time.
    pub fn with(&self, row: Occupancy) -> View<'static> {
        let at = self.rows.partition_point(|known| known.interval.end <= row.interval.start);
        let mut rows = self.rows.to_vec();
        rows.insert(at, row);
        View::owned(rows)
    }

    fn owned(mut rows: Vec<Occupancy>) -> View<'static> {
        carry(&mut rows);
        let free = free_after(&rows);
        View { rows: Cow::Owned(rows), free: Cow::Owned(free) }
    }

    /// The index of the row whose free time is the first to reach beyond `minute`.
    pub fn gap_at(&self, minute: Minute) -> usize {
        self.free.partition_point(|free| free.until <= minute)
    }
}

/// Carries each row's state through the closures behind it.
fn carry(rows: &mut [Occupancy]) {
    for index in 1..rows.len() {
        if rows[index].kind == Kind::Closure {
            rows[index].leaves = rows[index - 1].leaves;
            rows[index].product = rows[index - 1].product;
        }
    }
}
