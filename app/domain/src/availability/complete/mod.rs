//! Placing a whole route: complete backtracking over lines and starts.
//!
//! Ends never fall when starts rise, so a step that can't be reached in time pushes the ones before it to later starts,
//! and no start in between needs to be tried. Where steps of one route meet each other (on one line, or in a pool's
//! cell), that no longer follows and every start is tried. The chains tried are limited in number, and a line for which
//! that was too few is named.

mod around;
mod back;
mod beside;
mod chain;
mod each;
mod next;

use crate::{Minute, Minutes, Second, request::Request, route::Route, snapshot::Snapshot};

use super::{
    LineRefusal,
    fitting::{Fitting, Range},
    pools::{Own, share_pool},
    search::refuse,
    spot::Spot,
    view::View,
};
use next::Known;

/// Told of every chain found: the fittings of all steps and the spots, one a step.
pub(super) type Found<'a, 'f> = dyn FnMut(&[Vec<Fitting<'a>>], &[Spot]) + 'f;

/// The search for one route.
#[derive(Debug)]
pub(super) struct RouteSearch<'a> {
    route: &'a Route,
    pub steps: Vec<Vec<Fitting<'a>>>,
    views: Vec<Vec<View<'a>>>,
    known: Vec<Vec<Option<Known>>>,
    /// Elapsed minutes that the steps from here on take at least, lags included.
    tails: Vec<Minutes>,
    /// For each step, whether it may meet an earlier one.
    meets: Vec<bool>,
    /// For each step, whether all its lines run it at one pace and start it on one grid.
    even: Vec<bool>,
    last_end: Minute,
    chain: Vec<Spot>,
    own: Vec<Own>,
    /// Chains that may yet be tried, and whether there were too few.
    attempts: u32,
    is_cut_short: bool,
    /// The last step that some chain of the current first spot came to.
    furthest: usize,
}

impl<'a> RouteSearch<'a> {
    /// Matches every step with its lines; the lines that can't are named in `refusals`.
    pub fn new(
        snapshot: &'a Snapshot,
        request: &Request,
        route: &'a Route,
        (range, now): (Range, Second),
        attempts: u32,
        refusals: &mut Vec<LineRefusal>,
    ) -> Self {
        let mut steps = Vec::with_capacity(route.steps.len());
        for (number, step) in route.steps.iter().enumerate() {
            let mut able = Vec::with_capacity(step.lines.len());
            for figures in &step.lines {
                match Fitting::new(snapshot, request, step, figures, range, now) {
                    Ok(fitting) => able.push(fitting),
                    Err(refusal) => refuse(refusals, route, number, figures.line, refusal),
                }
            }
            steps.push(able);
        }
        mark_followed(&mut steps);
        let views = steps
            .iter()
            .map(|able| able.iter().map(|fitting| View::new(fitting.state, now)).collect())
            .collect();
        let known = steps.iter().map(|able: &Vec<Fitting<'_>>| vec![None; able.len()]).collect();
        let meets =
            (0..steps.len()).map(|later| (0..later).any(|earlier| may_meet(route, earlier, later))).collect();
        let even =
            steps.iter().map(|able| able.windows(2).all(|pair| pair[0].keeps_pace(&pair[1]))).collect();
        let mut tails = vec![0; steps.len() + 1];
        for (number, able) in steps.iter().enumerate().rev() {
            let lag = if number == 0 { 0 } else { route.steps[number].min_lag };
            let least = able.iter().map(|fitting| fitting.least).min().unwrap_or(0);
            tails[number] = tails[number + 1] + lag + least;
        }
        Self {
            route,
            steps,
            views,
            known,
            tails,
            meets,
            even,
            last_end: range.last_end,
            chain: Vec::with_capacity(route.steps.len()),
            own: Vec::new(),
            attempts,
            is_cut_short: false,
            furthest: 0,
        }
    }

    /// Leaves open what follows the steps on their lines.
    pub fn leave_open_behind(&mut self) {
        self.steps.iter_mut().flatten().for_each(Fitting::leave_open_behind);
    }

    fn put(&mut self, step: usize, spot: Spot) {
        let interval = crate::Interval { start: spot.start, end: spot.end };
        self.own.extend(self.steps[step][spot.fitting].claims.own(interval));
        self.chain.push(spot);
    }
}

/// Notes for each fitting the last later step that may land on its line.
fn mark_followed(steps: &mut [Vec<Fitting<'_>>]) {
    for later in 1..steps.len() {
        let (before, rest) = steps.split_at_mut(later);
        for fitting in before.iter_mut().flatten() {
            let line = fitting.state.line.id;
            if rest[0].iter().any(|other| other.state.line.id == line) {
                fitting.followed_by = Some(later);
            }
        }
    }
}

/// Whether two steps of a route may land on one line or in one pool.
fn may_meet(route: &Route, earlier: usize, later: usize) -> bool {
    let (one, other) = (&route.steps[earlier], &route.steps[later]);
    share_pool(one, other)
        || one.lines.iter().any(|mine| other.lines.iter().any(|their| their.line == mine.line))
}
