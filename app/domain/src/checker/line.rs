//! The rows of one line.

use super::{Crew, LinePlan, Violation};
use crate::{
    Minute, Minutes, ProductId,
    calendar::Holidays,
    changeover::{CampaignCap, Changeover, Relation},
    occupancy::{Kind, Link, Occupancy},
};

pub(super) fn verify(plan: &LinePlan<'_>, holidays: &Holidays, violations: &mut Vec<Violation>) {
    let crew = Crew { pattern: plan.pattern, holidays };
    let heads = plan.rows.iter().filter(|row| row.kind == Kind::Head).count();
    if heads != 1 || plan.rows.first().is_none_or(|row| row.kind != Kind::Head) {
        violations.push(Violation::Head { line: plan.line.id });
        return;
    }
    for pair in plan.rows.windows(2) {
        pair_fits(plan, crew, &pair[0], &pair[1], violations);
    }
    if let Some(cap) = plan.matrix.cap {
        runs_end(plan, crew, cap, violations);
    }
    for row in plan.rows.iter().filter(|row| row.kind == Kind::Campaign) {
        let (start, end) = (row.interval.start, row.interval.end);
        if plan.outages.iter().any(|outage| start < outage.end && outage.start < end) {
            violations.push(Violation::Down { row: row.id });
        }
    }
}

fn pair_fits(
    plan: &LinePlan<'_>,
    crew: Crew<'_>,
    ahead: &Occupancy,
    row: &Occupancy,
    violations: &mut Vec<Violation>,
) {
    let id = row.id;
    if row.line != plan.line.id || row.interval.end <= row.interval.start {
        violations.push(Violation::Malformed { row: id });
    }
    if row.interval.start < ahead.interval.end {
        violations.push(Violation::Overlap { row: id, ahead: ahead.id });
    }
    let Some(link) = row.link else {
        violations.push(Violation::Link { row: id });
        return;
    };
    let remembered = (link.prev_end, link.prev_leaves, link.prev_product);
    if remembered != (ahead.interval.end, ahead.leaves, ahead.product) {
        violations.push(Violation::Link { row: id });
    }
    if row.kind == Kind::Closure {
        let carried = (row.needs, row.leaves, row.product, link.setup);
        if carried != (None, ahead.leaves, ahead.product, 0) {
            violations.push(Violation::Carried { row: id });
        }
        return;
    }
    let same = row.product == ahead.product;
    if same != (link.relation == Relation::Same) || row.product == ProductId::NONE {
        violations.push(Violation::Link { row: id });
    }
    if link.prev_end + link.setup > row.interval.start {
        violations.push(Violation::Changeover { row: id, done: Some(link.prev_end + link.setup) });
    }
    // A row that stayed what it was when the matrix changed keeps to the version that it was decided by.
    if link.version == plan.matrix.version {
        changeover_fits(plan, crew, link, row, violations);
    }
}

fn changeover_fits(
    plan: &LinePlan<'_>,
    crew: Crew<'_>,
    link: Link,
    row: &Occupancy,
    violations: &mut Vec<Violation>,
) {
    let id = row.id;
    let cell = plan.matrix.cells.iter().find(|cell| {
        (cell.leaves, Some(cell.needs), cell.relation) == (link.prev_leaves, row.needs, link.relation)
    });
    let Some(cell) = cell else {
        violations.push(Violation::Forbidden { row: id });
        return;
    };
    if link.setup != cell.changeover.crew + cell.changeover.wait {
        violations.push(Violation::Setup { row: id });
    }
    let done = worked(crew, link.prev_end, cell.changeover);
    let Some(clean) = done.filter(|done| *done <= row.interval.start) else {
        violations.push(Violation::Changeover { row: id, done });
        return;
    };
    if let Some(hold) = plan.matrix.clean_hold
        && row.interval.start - clean > hold
        && !recleaned(crew, plan.matrix.reclean, clean, hold, row.interval.start)
    {
        violations.push(Violation::CleanHold { row: id });
    }
}

fn worked(crew: Crew<'_>, from: Minute, changeover: Changeover) -> Option<Minute> {
    Some(crew.done(from, changeover.crew)? + changeover.wait)
}

/// Whether a re-clean begun at or after `clean` can be done in the last `hold` minutes before `start`.
fn recleaned(crew: Crew<'_>, reclean: Changeover, clean: Minute, hold: Minutes, start: Minute) -> bool {
    let in_time = |begun| worked(crew, begun, reclean).is_some_and(|done| done <= start);
    if !in_time(clean) {
        return false;
    }
    // The later it begins the later it is done: find the last beginning that is in time.
    let (mut good, mut bad) = (clean, start + 1);
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if in_time(middle) { good = middle } else { bad = middle }
    }
    worked(crew, good, reclean).is_some_and(|done| start - done <= hold)
}

/// Every run of one product without a full clean stays within the cap.
fn runs_end(plan: &LinePlan<'_>, crew: Crew<'_>, cap: CampaignCap, violations: &mut Vec<Violation>) {
    let mut runs: Vec<Vec<&Occupancy>> = Vec::new();
    for pair in plan.rows.windows(2) {
        let (ahead, row) = (&pair[0], &pair[1]);
        if row.kind == Kind::Closure {
            continue;
        }
        let cleaned =
            || worked(crew, ahead.interval.end, cap.full_clean).is_some_and(|at| at <= row.interval.start);
        match runs.last_mut() {
            Some(run) if run[0].product == row.product && !cleaned() => run.push(row),
            _ => runs.push(vec![row]),
        }
    }
    for run in runs {
        let batches: u64 = run.iter().map(|row| u64::from(row.batches)).sum();
        let minutes = run[run.len() - 1].interval.end - run[0].interval.start;
        let has_campaign = run.iter().any(|row| row.kind == Kind::Campaign);
        let exceeded = cap.max_batches.is_some_and(|most| batches > u64::from(most))
            || cap.max_minutes.is_some_and(|most| minutes > most);
        if has_campaign && exceeded {
            violations.push(Violation::CampaignCap { first: run[0].id });
        }
    }
}
