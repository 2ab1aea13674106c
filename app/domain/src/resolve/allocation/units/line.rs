//! What lies on one line, and the gaps between.

use super::ranges::Range;

/// A step on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub start: i64,
    pub end: i64,
    pub class: usize,
    pub request: usize,
}

/// The free time between two rows, as a step finds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    /// The row behind it; as many as there are rows if none is.
    pub index: usize,
    /// The first and last start that the neighbours leave; the ends of time where there is none.
    pub earliest: i64,
    pub latest: i64,
    /// Units of changeover more than without the step.
    pub added: i64,
}

/// The gaps between classes, in units.
#[derive(Clone, Debug)]
pub(super) struct Changeovers {
    classes: usize,
    gaps: Vec<i64>,
}

impl Changeovers {
    /// By row what was left, by column what is needed.
    pub fn new(matrix: &[Vec<i64>]) -> Self {
        Self { classes: matrix.len(), gaps: matrix.iter().flatten().copied().collect() }
    }

    /// The gap from class `before` to class `behind`.
    pub fn between(&self, before: usize, behind: usize) -> i64 {
        self.gaps[before * self.classes + behind]
    }

    /// The longest of them.
    pub fn longest(&self) -> i64 {
        self.gaps.iter().copied().max().unwrap_or(0)
    }

    /// Whether a row may be all that keeps its neighbours apart, if it is at least so long.
    pub fn may_tear(&self, shortest: i64) -> bool {
        let all = || 0..self.classes;
        all().any(|a| {
            all().any(|b| {
                all().any(|c| self.between(a, c) > self.between(a, b) + shortest + self.between(b, c))
            })
        })
    }
}

/// Rows in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    rows: Vec<Row>,
}

impl Line {
    /// Adds a row where its start says.
    pub fn put(&mut self, row: Row) {
        let at = self.rows.partition_point(|known| known.start < row.start);
        self.rows.insert(at, row);
    }

    /// Takes the row that starts there out.
    pub fn take(&mut self, start: i64) {
        let at = self.rows.partition_point(|known| known.start < start);
        self.rows.remove(at);
    }

    /// The first row that is too close behind the one before it.
    pub fn torn(&self, changeovers: &Changeovers) -> Option<usize> {
        let torn =
            |pair: &&[Row]| pair[1].start < pair[0].end + changeovers.between(pair[0].class, pair[1].class);
        self.rows.windows(2).find(torn).map(|pair| pair[1].request)
    }

    /// Tells `found` the gaps in which a step of `class` and `duration` can start within `range`.
    pub fn gaps(
        &self,
        changeovers: &Changeovers,
        (class, duration): (usize, i64),
        (first, last): Range,
        mut found: impl FnMut(Gap),
    ) {
        let mut index = self.rows.partition_point(|row| row.end <= first);
        loop {
            let (before, next) = (index.checked_sub(1).map(|at| self.rows[at]), self.rows.get(index));
            let mut gap = Gap { index, earliest: i64::MIN, latest: i64::MAX, added: 0 };
            if let Some(row) = before {
                if row.end > last {
                    return;
                }
                let changeover = changeovers.between(row.class, class);
                gap.earliest = row.end + changeover;
                gap.added += changeover;
            }
            if let Some(row) = next {
                let changeover = changeovers.between(class, row.class);
                gap.latest = row.start - changeover - duration;
                gap.added += changeover;
            }
            if let (Some(before), Some(next)) = (before, next) {
                gap.added -= changeovers.between(before.class, next.class);
            }
            if gap.earliest.max(first) <= gap.latest.min(last) {
                found(gap);
            }
            if next.is_none() {
                return;
            }
            index += 1;
        }
    }
}
