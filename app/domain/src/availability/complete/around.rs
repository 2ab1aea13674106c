//! The chains nearest to a time, either side of it, one of each line of the first step.

use crate::{Minute, calendar::DAY};

use super::{
    super::{gap::Gap, spot::Spot},
    Found, RouteSearch,
};

impl<'a> RouteSearch<'a> {
    /// Tells `found`, for each line of the first step, the placement that begins first at or after `at`, and the one
    /// that begins last before it.
    pub fn around(&mut self, at: Minute, found: &mut Found<'a, '_>) {
        if !self.later_steps_can(&mut Vec::new()) {
            return;
        }
        let lines = self.steps[0].len();
        let share = self.attempts / u32::try_from(lines).unwrap_or(u32::MAX);
        for number in 0..lines {
            self.attempts = share;
            if self.first_in(number, at, Minute::MAX).is_some() {
                found(&self.steps, &self.chain);
            }
            if let Some(chain) = self.last_before(number, at) {
                found(&self.steps, &chain);
            }
        }
    }

    /// The chain that begins last before `at` on one line. Whether any begins in `from..at` never gets truer as `from`
    /// rises, so that the last start is where it stops being true: looked for further and further back, then between.
    fn last_before(&mut self, number: usize, at: Minute) -> Option<Vec<Spot>> {
        let fitting = &self.steps[0][number];
        let (earliest, grid) = (fitting.range.first_start, fitting.state.line.granularity.max(1));
        let (mut none_from, mut back) = (at, DAY);
        let mut start = loop {
            if none_from <= earliest {
                return None;
            }
            let from = at.saturating_sub(back).max(earliest);
            match self.first_in(number, from, none_from) {
                Some(start) => break start,
                None => (none_from, back) = (from, back.saturating_mul(2)),
            }
        };
        let mut best = self.chain.clone();
        while start + grid < none_from {
            let middle = Minute::midpoint(start + grid, none_from);
            match self.first_in(number, middle, none_from) {
                Some(later) => {
                    start = later;
                    best.clone_from(&self.chain);
                }
                None => none_from = middle,
            }
        }
        Some(best)
    }

    /// Makes the chain that begins first in `from..before` on one line; answers its start.
    fn first_in(&mut self, number: usize, from: Minute, before: Minute) -> Option<Minute> {
        let mut from = from.max(self.steps[0][number].range.first_start);
        while from < before {
            let (fitting, view) = (&self.steps[0][number], &self.views[0][number]);
            let index = fitting.gaps(view, from).next()?;
            let until = view.gaps.free()[index].until;
            let fit = Gap::open(fitting, view, index).and_then(|gap| gap.first_fit(fitting, &[], from));
            if let Ok((start, end)) = fit {
                if start >= before {
                    return None;
                }
                self.is_cut_short = false;
                if self.complete_from(Spot { fitting: number, start, end }, index) {
                    let start = self.chain[0].start;
                    return (start < before).then_some(start);
                }
            }
            from = until;
        }
        None
    }
}
