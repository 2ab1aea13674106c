//! The use of one pool, cell by cell.

use std::collections::BTreeMap;

use super::{Crew, Plan, PoolPlan, Violation, crew::day_of};
use crate::{Interval, Minute, calendar::Holidays, resource::CellUnit};

pub(super) fn verify(pool: &PoolPlan<'_>, plan: &Plan<'_>, violations: &mut Vec<Violation>) {
    let crew = Crew { pattern: pool.pattern, holidays: plan.holidays };
    let mut used: BTreeMap<Minute, u64> = BTreeMap::new();
    for campaign in plan.campaigns {
        for (step, placed) in campaign.route.steps.iter().zip(&campaign.placement.steps) {
            let amount: u64 = step
                .uses
                .iter()
                .filter(|share| share.pool == pool.pool.id)
                .map(|share| u64::from(share.amount))
                .sum();
            if amount > 0 {
                for cell in cells(pool.pool.cell, crew, placed.interval) {
                    *used.entry(cell.start).or_default() += amount;
                }
            }
        }
    }
    let overrun = used.into_iter().filter(|(_, used)| *used > u64::from(pool.pool.capacity));
    violations.extend(overrun.map(|(cell, used)| Violation::Pool { pool: pool.pool.id, cell, used }));
}

/// The cells of a pool that `interval` touches: a step claims its share in each.
#[must_use]
pub fn cells_of(pool: &PoolPlan<'_>, holidays: &Holidays, interval: Interval) -> Vec<Interval> {
    cells(pool.pool.cell, Crew { pattern: pool.pattern, holidays }, interval)
}

fn cells(unit: CellUnit, crew: Crew<'_>, interval: Interval) -> Vec<Interval> {
    let days = day_of(interval.start) - 1..=day_of(interval.end);
    let whole_day = |day: i64| Interval { start: day * 1440 - 480, end: day * 1440 + 960 };
    let all: Vec<Interval> = match unit {
        CellUnit::Shift => days.flat_map(|day| crew.shifts(day)).collect(),
        CellUnit::Day => days.map(whole_day).collect(),
    };
    all.into_iter().filter(|cell| cell.start < interval.end && interval.start < cell.end).collect()
}
