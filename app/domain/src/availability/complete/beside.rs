//! Steps of one route beside each other on one line.

use crate::Minute;

use super::{
    super::{
        gap::{Gap, Probe},
        spot::{first_fit, own_row},
        view::View,
    },
    RouteSearch,
};

impl RouteSearch<'_> {
    /// The first start at or after `from` of step `step` on one line, beside the chain so far.
    pub(super) fn next_beside_own(
        &mut self,
        step: usize,
        number: usize,
        from: Minute,
    ) -> Option<(Minute, Minute)> {
        let view = self.view_beside(step, number, step);
        let view = view.as_ref().unwrap_or(&self.views[step][number]);
        first_fit(&self.steps[step][number], view, &self.own, from).ok()
    }

    /// Whether the rows behind the steps so far find their line clean, as far as no step from `step` on can still come
    /// between.
    pub(super) fn is_settled(&self, step: usize) -> bool {
        self.chain.iter().enumerate().all(|(number, spot)| {
            let fitting = &self.steps[number][spot.fitting];
            if fitting.followed_by.is_none_or(|last| last + 1 != step) {
                return true;
            }
            let view = self.view_beside(number, spot.fitting, number);
            let view = view.as_ref().unwrap_or(&self.views[number][spot.fitting]);
            let gap = Gap::open_settled(fitting, view, view.gaps.at(spot.start));
            gap.is_ok_and(|gap| matches!(gap.probe(fitting, &[], spot.start), Probe::Fits(_)))
        })
    }

    /// A line of step `step` with the chain's steps on it but for step `without`; `None` if there are none.
    fn view_beside(&self, step: usize, number: usize, without: usize) -> Option<View<'static>> {
        let line = self.steps[step][number].state.line.id;
        let mut view: Option<View<'static>> = None;
        for (other, spot) in self.chain.iter().enumerate().filter(|(other, _)| *other != without) {
            let placed = &self.steps[other][spot.fitting];
            if placed.state.line.id == line {
                let row = own_row(placed, *spot);
                view = Some(view.as_ref().unwrap_or(&self.views[step][number]).with(row));
            }
        }
        view
    }
}
