//! When a line is taken, for those who may know neither by whom nor how long its set-up takes.

use std::collections::BTreeSet;

use crate::{
    ClassId, Interval, ProductId, Second,
    changeover::{Relation, Side, done_at, last_end},
    gaps::next_opaque,
    hazard::HazardProfile,
    occupancy::Occupancy,
    resource::Line,
    snapshot::LineState,
};

use super::view::View;

/// A product that nothing is known of but what it needs and leaves on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newcomer {
    pub needs: ClassId,
    pub leaves: ClassId,
}

impl Newcomer {
    /// One of this offering and these hazards; `None` if the line's matrix doesn't know such a product.
    #[must_use]
    pub fn of(line: &LineState, offering: &str, hazards: &HazardProfile) -> Option<Self> {
        line.matrix.classify(offering, hazards).map(|(needs, leaves)| Self { needs, leaves })
    }

    /// One without hazards, but for what the line is dedicated to, of the first offering that the line can make.
    #[must_use]
    pub fn plain(line: &LineState) -> Option<Self> {
        let Line { capabilities, dedicated_to, .. } = &*line.line;
        let hazards = HazardProfile::Classified { tags: dedicated_to.iter().copied().collect(), oeb: None };
        Self::of(line, &capabilities.first()?.offering, &hazards)
    }
}

/// When `line` is taken in `asked`, half-open, as `newcomer` finds it: by a row, by the changeovers between the row and
/// the newcomer, or because the line is down. Ascending by start; pieces may touch and overlap, and reach beyond
/// `asked`. Beside a product of `own` no changeover is added: whose it is knows when it ends.
///
/// A row's own end would, beside the first start that a search offers, tell how long the line is cleaned behind it, and
/// that tells of a potent neighbour (`domain.md`, section 7). What is taken therefore ends where the newcomer could
/// start, and begins where it would have to end: nothing that searching for it wouldn't tell. Where it can't come at
/// all, all of the time between two rows is taken.
#[must_use]
pub fn taken(
    line: &LineState,
    newcomer: Option<Newcomer>,
    own: &BTreeSet<ProductId>,
    asked: Interval,
    now: Second,
) -> Vec<Interval> {
    let view = View::new(line, now);
    let rows = &*view.rows;
    let sides = newcomer.map(|newcomer| Sides::new(line, newcomer));
    // The row whose free time is the first to reach into what is asked; that of the last before it is its own.
    let first = view.gaps.at(asked.start);
    let mut taken: Vec<Interval> =
        line.outages().iter().copied().filter(|outage| outage.overlaps(asked)).collect();
    for index in first..rows.len() {
        let row = &rows[index];
        if row.interval.start >= asked.end {
            break;
        }
        taken.extend(Interval::new(row.interval.start, row.interval.end));
        let gap = Interval {
            start: row.interval.end,
            end: rows.get(index + 1).map_or(asked.end.max(row.interval.end), |next| next.interval.start),
        };
        let free = sides.as_ref().and_then(|sides| sides.free(rows, index, gap, own));
        let free = free.unwrap_or(Interval { start: gap.end, end: gap.end });
        taken.extend(Interval::new(gap.start, free.start));
        taken.extend(Interval::new(free.end, gap.end));
    }
    taken.retain(|one| one.overlaps(asked));
    taken.sort_unstable();
    taken
}

/// A newcomer's changeovers on a line.
struct Sides<'a> {
    line: &'a LineState,
    before: Side,
    behind: Side,
}

impl<'a> Sides<'a> {
    fn new(line: &'a LineState, newcomer: Newcomer) -> Self {
        let matrix = &line.matrix;
        Self { line, before: matrix.cells_into(newcomer.needs), behind: matrix.cells_out_of(newcomer.leaves) }
    }

    /// What of the gap behind row `index` is left to the newcomer: from its first start to its last end.
    fn free(
        &self,
        rows: &[Occupancy],
        index: usize,
        gap: Interval,
        own: &BTreeSet<ProductId>,
    ) -> Option<Interval> {
        let row = &rows[index];
        let start = if own.contains(&row.product) {
            gap.start
        } else {
            let changeover = self.before.get(row.leaves, Relation::Other)?;
            done_at(&self.line.calendar, gap.start, changeover)?
        };
        let end = match next_opaque(rows, index + 1) {
            Some((at, next)) if !own.contains(&next.product) => {
                let changeover = self.behind.get(next.needs.unwrap_or(next.leaves), Relation::Other)?;
                if at == index + 1 {
                    last_end(&self.line.calendar, changeover, gap.end)?
                } else {
                    // Behind a closure the line is made ready for the next row, whenever the newcomer was done.
                    let done = done_at(&self.line.calendar, rows[at - 1].interval.end, changeover)?;
                    (done <= next.interval.start).then_some(gap.end)?
                }
            }
            _ => gap.end,
        };
        Interval::new(start, end)
    }
}
