//! The difference between files and database: what to write, and what is touched by it.

use std::collections::BTreeSet;

use domain::{
    LineId, PlatformId, PoolId,
    calendar::{Holiday, Pattern},
    changeover::Matrix,
    policy::Policy,
    resource::{Line, Pool},
    route::Route,
};
use time::Date;
use uuid::Uuid;

use super::{
    super::{PlatformSetup, Setup, problem::Problem},
    Item, Stored, holidays, parts,
};

/// What to write; each part is new or replaces the stored one.
#[derive(Debug, Default)]
pub(in super::super) struct Difference {
    pub platforms: Vec<PlatformSetup>,
    /// With the platform.
    pub calendars: Vec<(PlatformId, Pattern)>,
    /// With the platform. The version is the new one.
    pub matrices: Vec<(PlatformId, Matrix)>,
    pub pools: Vec<Pool>,
    /// With its matrix, in whose initial state a new line begins.
    pub lines: Vec<(Line, Matrix)>,
    /// With whether it is on offer.
    pub routes: Vec<(Route, bool)>,
    pub policies: Vec<(PlatformId, Policy)>,
    pub holidays: Vec<(Date, Option<Holiday>)>,
    /// The days of them on which it changes whether people work; another name or notice changes nothing.
    pub days: BTreeSet<Date>,
    /// Every line, new ones included, that a decision may come out differently on.
    judged_lines: BTreeSet<Uuid>,
    judged_pools: BTreeSet<Uuid>,
}

impl Difference {
    /// Lines on which a decision may come out differently after this: whoever decides on them must know.
    pub fn judged_lines(&self) -> Vec<LineId> {
        self.judged_lines.iter().copied().map(LineId).collect()
    }

    /// Pools likewise.
    pub fn judged_pools(&self) -> Vec<PoolId> {
        self.judged_pools.iter().copied().map(PoolId).collect()
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.platforms.is_empty()
            && self.calendars.is_empty()
            && self.matrices.is_empty()
            && self.pools.is_empty()
            && self.lines.is_empty()
            && self.routes.is_empty()
            && self.policies.is_empty()
            && self.holidays.is_empty()
    }
}

/// Compares everything.
pub(super) fn compare(stored: &Stored, setup: &Setup) -> Result<(Vec<Item>, Difference), Vec<Problem>> {
    let mut items = Vec::new();
    let mut difference = Difference::default();
    let mut problems = Vec::new();
    for platform in &setup.platforms {
        parts::compare(stored, platform, &mut items, &mut difference, &mut problems);
    }
    holidays::compare(stored, setup, &mut items, &mut difference);
    touch(stored, &mut difference);
    if problems.is_empty() { Ok((items, difference)) } else { Err(problems) }
}

/// A line decides by its document, its matrix, its calendar and its figures in routes; besides, by its platform's
/// policy and the pools of its routes, which change nothing for what stands already.
fn touch(stored: &Stored, difference: &mut Difference) {
    let calendars: BTreeSet<Uuid> = difference.calendars.iter().map(|(_, pattern)| pattern.id.0).collect();
    let matrices: BTreeSet<Uuid> = difference.matrices.iter().map(|(_, matrix)| matrix.id.0).collect();
    let mut lines: BTreeSet<Uuid> = difference.lines.iter().map(|(line, _)| line.id.0).collect();
    let now_and_before = difference.routes.iter().flat_map(|(route, _)| {
        let before = stored.routes.get(&route.id.0).map(|(route, _)| route);
        [Some(route), before]
    });
    for route in now_and_before.flatten() {
        lines.extend(route.steps.iter().flat_map(|step| step.lines.iter().map(|figures| figures.line.0)));
    }
    let observing =
        |calendar: Uuid| stored.calendars.get(&calendar).is_some_and(|pattern| pattern.observes_holidays);
    for (id, line) in &stored.lines {
        let holidays = !difference.days.is_empty() && observing(line.calendar.0);
        if holidays || calendars.contains(&line.calendar.0) || matrices.contains(&line.matrix.0) {
            lines.insert(*id);
        }
    }
    let mut pools: BTreeSet<Uuid> = difference.pools.iter().map(|pool| pool.id.0).collect();
    for (id, pool) in &stored.pools {
        let holidays = !difference.days.is_empty() && observing(pool.calendar.0);
        if holidays || calendars.contains(&pool.calendar.0) {
            pools.insert(*id);
        }
    }
    let policies: BTreeSet<Uuid> = difference.policies.iter().map(|(platform, _)| platform.0).collect();
    lines.extend(
        stored.lines.values().filter(|line| policies.contains(&line.platform.0)).map(|line| line.id.0),
    );
    let steps = stored.routes.values().flat_map(|(route, _)| &route.steps);
    let drawing = steps.filter(|step| step.uses.iter().any(|share| pools.contains(&share.pool.0)));
    lines.extend(drawing.flat_map(|step| step.lines.iter().map(|figures| figures.line.0)));
    (difference.judged_lines, difference.judged_pools) = (lines, pools);
}
