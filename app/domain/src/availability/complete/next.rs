//! The next start of a later step on one of its lines.

use crate::Minute;

use super::{
    super::spot::{Spot, first_fit},
    RouteSearch,
};

/// What is known of the next start on one line: asked `from`, the answer holds for every minute up to its start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    from: Minute,
    next: Option<(Minute, Minute)>,
}

/// The next spots of one step on its lines, found as far as they are needed: while one of them ends as early as any
/// could, the lines after it needn't be looked at.
pub(super) struct Spots {
    found: Vec<Spot>,
    /// Lines looked at so far.
    looked: usize,
    /// No line's spot ends before that.
    soonest: Option<Minute>,
    /// The first start too late for the chain so far, of all lines.
    pub too_late: Option<Minute>,
}

impl Spots {
    fn late(&mut self, start: Minute) {
        self.too_late = Some(self.too_late.map_or(start, |known| known.min(start)));
    }
}

impl RouteSearch<'_> {
    /// The spots of step `step` from `first` on, none looked at.
    pub(super) fn spots(&self, step: usize, first: Minute) -> Spots {
        let of_all = self.steps[step].first().filter(|_| self.even[step]);
        let soonest = of_all.and_then(|fitting| fitting.end(fitting.next_start(first)?));
        Spots { found: Vec::new(), looked: 0, soonest, too_late: None }
    }

    /// The spot that ends first of those that start in `first..=last` and leave time for the steps after it, the first
    /// line's if several do.
    pub(super) fn best(
        &mut self,
        step: usize,
        spots: &mut Spots,
        (first, last): (Minute, Minute),
    ) -> Option<(usize, Spot)> {
        while spots.looked < self.steps[step].len()
            && spots.found.last().is_none_or(|spot| Some(spot.end) != spots.soonest)
        {
            let fitting = spots.looked;
            spots.looked += 1;
            if let Some(spot) = self.in_time(step, fitting, (first, last), spots) {
                spots.found.push(spot);
            }
        }
        let all = spots.found.iter().copied().enumerate();
        all.min_by_key(|(_, spot)| (spot.end, spot.fitting))
    }

    /// Puts the next spot of its line, from `from` on if that is known, in the place of one that led nowhere.
    pub(super) fn push_on(
        &mut self,
        step: usize,
        spots: &mut Spots,
        index: usize,
        (from, last): (Option<Minute>, Minute),
    ) {
        let fitting = spots.found.swap_remove(index).fitting;
        if let Some(spot) = from.and_then(|from| self.in_time(step, fitting, (from, last), spots)) {
            spots.found.push(spot);
        }
    }

    fn in_time(
        &mut self,
        step: usize,
        fitting: usize,
        (from, last): (Minute, Minute),
        spots: &mut Spots,
    ) -> Option<Spot> {
        let (start, end) = self.next(step, fitting, from)?;
        if start > last {
            spots.late(start);
            return None;
        }
        // Later starts end later still.
        (end + self.tails[step + 1] <= self.last_end).then_some(Spot { fitting, start, end })
    }

    /// The first start at or after `from` of step `step` on one line, beside the chain so far.
    fn next(&mut self, step: usize, number: usize, from: Minute) -> Option<(Minute, Minute)> {
        if self.meets[step] {
            return self.next_beside_own(step, number, from);
        }
        let known = self.known[step][number];
        if let Some(known) = known
            && known.from <= from
            && known.next.is_none_or(|(start, _)| from <= start)
        {
            return known.next;
        }
        let next = first_fit(&self.steps[step][number], &self.views[step][number], &[], from).ok();
        self.known[step][number] = Some(Known { from, next });
        next
    }
}
