//! Sets of minutes as united intervals.

use crate::{Interval, Minutes};

/// A set of minutes: ascending, disjoint intervals that don't touch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(Vec<Interval>);

impl Spans {
    /// Unites `intervals`, which may overlap and come in any order; those without length are left out.
    #[must_use]
    pub fn unite(intervals: impl IntoIterator<Item = Interval>) -> Self {
        let mut sorted: Vec<_> = intervals.into_iter().filter(|one| one.start < one.end).collect();
        sorted.sort_unstable();
        let mut united: Vec<Interval> = Vec::with_capacity(sorted.len());
        for next in sorted {
            match united.last_mut() {
                Some(last) if next.start <= last.end => last.end = last.end.max(next.end),
                _ => united.push(next),
            }
        }
        Self(united)
    }

    /// The intervals, ascending.
    #[must_use]
    pub fn intervals(&self) -> &[Interval] {
        &self.0
    }

    /// Length in minutes.
    #[must_use]
    pub fn minutes(&self) -> Minutes {
        self.0.iter().map(|one| one.minutes()).sum()
    }

    /// The minutes in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut both = Vec::new();
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            both.extend(one.intersection(**two));
            if one.end <= two.end {
                left.next();
            } else {
                right.next();
            }
        }
        Self(both)
    }

    /// The minutes in this one only.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let mut rest = Vec::new();
        let mut cuts = other.0.iter().peekable();
        for one in &self.0 {
            let mut start = one.start;
            while let Some(cut) = cuts.peek().filter(|cut| cut.start < one.end) {
                rest.extend(Interval::new(start, cut.start.min(one.end)));
                start = start.max(cut.end);
                if cut.end > one.end {
                    break;
                }
                cuts.next();
            }
            rest.extend(Interval::new(start, one.end));
        }
        Self(rest)
    }

    /// The minutes in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self::unite(self.0.iter().chain(&other.0).copied())
    }
}
