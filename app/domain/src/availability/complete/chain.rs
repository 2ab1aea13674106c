//! One chain: the steps behind a first one, placed in turn and pushed later as need be.

use crate::Minute;

use super::{
    super::{gap::Gap, spot::Spot},
    RouteSearch,
};

/// Why a chain can't be completed.
#[derive(Clone, Copy, Debug)]
struct DeadEnd {
    /// The first end of the step before at which that may change; `None`: never.
    retry: Option<Minute>,
}

impl RouteSearch<'_> {
    /// Completes the chain from a first spot, pushing it within its gap as need be.
    pub(super) fn complete_from(&mut self, first: Spot, gap: usize) -> bool {
        let mut spot = first;
        loop {
            self.chain.clear();
            self.own.clear();
            self.put(0, spot);
            let Err(DeadEnd { retry }) = self.complete(1) else { return true };
            let Some(retry) = retry.filter(|_| !self.is_cut_short) else { return false };
            let (fitting, view) = (&self.steps[0][spot.fitting], &self.views[0][spot.fitting]);
            let from = fitting.first_start_ending(retry, spot.start + 1);
            let fit = Gap::open(fitting, view, gap).and_then(|gap| gap.first_fit(fitting, &[], from));
            match fit {
                Ok((start, end)) => spot = Spot { start, end, ..spot },
                Err(_) => return false,
            }
        }
    }

    /// Places step `step` and all after it behind the chain so far.
    fn complete(&mut self, step: usize) -> Result<(), DeadEnd> {
        let end_before = self.chain.last().map_or(0, |spot| spot.end);
        if !self.is_settled(step) {
            return Err(DeadEnd { retry: Some(end_before + 1) });
        }
        if step == self.steps.len() {
            return Ok(());
        }
        self.furthest = self.furthest.max(step);
        if end_before + self.tails[step] > self.last_end {
            return Err(DeadEnd { retry: None });
        }
        let Some(attempts) = self.attempts.checked_sub(1) else {
            self.is_cut_short = true;
            return Err(DeadEnd { retry: None });
        };
        self.attempts = attempts;
        let (min_lag, max_lag) = (self.route.steps[step].min_lag, self.route.steps[step].max_lag);
        let first = end_before + min_lag;
        let last = max_lag.map_or(Minute::MAX, |lag| end_before.saturating_add(lag));
        let mut spots = self.spots(step, first);
        while let Some((index, spot)) = self.best(step, &mut spots, (first, last)) {
            let (chain, own) = (self.chain.len(), self.own.len());
            self.put(step, spot);
            let Err(DeadEnd { retry }) = self.complete(step + 1) else { return Ok(()) };
            self.chain.truncate(chain);
            self.own.truncate(own);
            if self.is_cut_short {
                return Err(DeadEnd { retry: None });
            }
            let fitting = &self.steps[step][spot.fitting];
            let from = retry.map(|retry| fitting.first_start_ending(retry, spot.start + 1));
            self.push_on(step, &mut spots, index, (from, last));
        }
        // A step that may meet earlier ones can fit once they have moved by the least bit.
        let meets = self.meets[step..].iter().any(|meets| *meets);
        let retry = if meets {
            Some(end_before + 1)
        } else {
            spots.too_late.map(|start| start - max_lag.unwrap_or(0))
        };
        Err(DeadEnd { retry })
    }
}
