//! Every chain that is offered: one from each gap of each line of the first step.

use crate::refusal::Refusal;

use super::{
    super::{
        LineRefusal,
        gap::Gap,
        search::refuse,
        spot::{Spot, first_fit},
    },
    Found, RouteSearch,
};

/// What became of one line of the first step.
#[derive(Clone, Debug)]
struct Tried {
    /// What stopped the last gap, if none had room for the first step.
    why: Option<Refusal>,
    placed: bool,
    is_cut_short: bool,
    /// The step that came last in some chain tried.
    furthest: usize,
}

impl<'a> RouteSearch<'a> {
    /// Tells `found` every placement, for each line of the first step and each of its gaps the earliest one, and names
    /// the lines that found none, or for which not all was tried.
    pub fn each(&mut self, refusals: &mut Vec<LineRefusal>, found: &mut Found<'a, '_>) {
        if !self.later_steps_can(refusals) {
            return;
        }
        let single = self.steps.len() == 1;
        let mut firsts = Vec::new();
        let mut lines = Vec::with_capacity(self.steps[0].len());
        for number in 0..self.steps[0].len() {
            let why = self.first_spots(number, &mut |spot, gap| {
                if single {
                    found(&self.steps, &[spot]);
                } else {
                    firsts.push((spot, gap));
                }
            });
            lines.push(Tried { why, placed: single, is_cut_short: false, furthest: 0 });
        }
        // In the order of time what is known of the later steps' lines can be used again and again.
        firsts.sort_unstable_by_key(|(spot, _)| (spot.end, spot.fitting));
        self.complete_all(&firsts, &mut lines, found);
        for (number, tried) in lines.into_iter().enumerate() {
            let line = self.steps[0][number].state.line.id;
            let refusal = match tried {
                Tried { why: Some(why), .. } => why,
                Tried { is_cut_short: true, .. } => Refusal::SearchCutShort { line },
                Tried { placed: true, .. } => continue,
                Tried { furthest, .. } => {
                    Refusal::LaterStepUnplaced { step: u32::try_from(furthest).unwrap_or(u32::MAX) }
                }
            };
            refuse(refusals, self.route, 0, line, refusal);
        }
    }

    /// Completes the chain from each of `firsts`. What one of them leaves of its share of the attempts goes to the
    /// others, so that a hopeless one doesn't keep the rest from being tried.
    fn complete_all(&mut self, firsts: &[(Spot, usize)], lines: &mut [Tried], found: &mut Found<'a, '_>) {
        let mut left = self.attempts;
        for ((spot, gap), others) in firsts.iter().zip((1..=firsts.len()).rev()) {
            let share = left / u32::try_from(others).unwrap_or(u32::MAX);
            (self.attempts, self.is_cut_short, self.furthest) = (share, false, 0);
            let tried = &mut lines[spot.fitting];
            if self.complete_from(*spot, *gap) {
                tried.placed = true;
                found(&self.steps, &self.chain);
            } else {
                tried.is_cut_short |= self.is_cut_short;
                tried.furthest = tried.furthest.max(self.furthest);
            }
            left = left - share + self.attempts;
        }
    }

    /// Whether every step but the first has a line with room at all; the lines that haven't are named.
    pub(super) fn later_steps_can(&mut self, refusals: &mut Vec<LineRefusal>) -> bool {
        let mut all = !self.steps[0].is_empty();
        for step in 1..self.steps.len() {
            let mut any = false;
            for fitting in 0..self.steps[step].len() {
                let from = self.steps[step][fitting].range.first_start;
                match first_fit(&self.steps[step][fitting], &self.views[step][fitting], &[], from) {
                    Ok(_) => any = true,
                    // Beside an earlier step of its own route there may be room yet.
                    Err(_) if self.meets[step] => any = true,
                    Err(why) => {
                        let line = self.steps[step][fitting].state.line.id;
                        refuse(refusals, self.route, step, line, why);
                    }
                }
            }
            all &= any;
        }
        all
    }

    /// Tells `spot` the earliest spot of the first step in each gap of one line; answers what stopped the last gap if
    /// there is none in any.
    fn first_spots(&self, number: usize, spot: &mut dyn FnMut(Spot, usize)) -> Option<Refusal> {
        let (fitting, view) = (&self.steps[0][number], &self.views[0][number]);
        let (mut why, mut any) = (None, false);
        for index in fitting.gaps(view, fitting.range.first_start) {
            let fit = Gap::open(fitting, view, index)
                .and_then(|gap| gap.first_fit(fitting, &[], fitting.range.first_start));
            match fit {
                Ok((start, end)) => {
                    any = true;
                    spot(Spot { fitting: number, start, end }, index);
                }
                Err(Refusal::NoSlot) => {}
                Err(reason) => why = Some(reason),
            }
        }
        (!any).then(|| why.unwrap_or_else(|| fitting.no_room()))
    }
}
