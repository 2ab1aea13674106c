//! The rows of a line as a decision sees them: without expired holds, with the steps placed so far.

use std::borrow::Cow;

use crate::{
    Second,
    gaps::Gaps,
    occupancy::{Kind, Occupancy},
    snapshot::LineState,
};

/// Rows and the free time after each.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub rows: Cow<'a, [Occupancy]>,
    pub gaps: Cow<'a, Gaps>,
    /// Whether a step of the request itself is among the rows.
    pub has_own: bool,
}

impl<'a> View<'a> {
    /// The line's rows at `now`; borrowed unless a hold has expired.
    pub fn new(state: &'a LineState, now: Second) -> Self {
        if state.has_expired(now) {
            Self::owned(state.rows().iter().filter(|row| !row.is_expired(now)).copied().collect(), false)
        } else {
            Self { rows: Cow::Borrowed(state.rows()), gaps: Cow::Borrowed(state.gaps()), has_own: false }
        }
    }

    /// The same with one more row, a step of the request, which lies in free time.
    pub fn with(&self, row: Occupancy) -> View<'static> {
        let at = self.rows.partition_point(|known| known.interval.end <= row.interval.start);
        let mut rows = self.rows.to_vec();
        rows.insert(at, row);
        View::owned(rows, true)
    }

    fn owned(mut rows: Vec<Occupancy>, has_own: bool) -> View<'static> {
        carry(&mut rows);
        let gaps = Gaps::after(&rows);
        View { rows: Cow::Owned(rows), gaps: Cow::Owned(gaps), has_own }
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
