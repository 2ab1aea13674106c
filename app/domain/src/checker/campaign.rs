//! One booking against its route, request and rows.

use super::{CampaignPlan, Crew, LinePlan, Plan, Violation, sharing};
use crate::{
    Interval, Minute,
    availability::PlacedStep,
    occupancy::Kind,
    request::Request,
    route::{Figures, Running},
};

pub(super) fn verify(campaign: &CampaignPlan<'_>, plan: &Plan<'_>, violations: &mut Vec<Violation>) {
    let CampaignPlan { booking, request, route, placement } = *campaign;
    if placement.route != route.id
        || placement.steps.len() != route.steps.len()
        || route.offering != request.offering
    {
        violations.push(Violation::Route { booking });
        return;
    }
    let mut end_before: Option<Minute> = None;
    for ((step, placed), number) in route.steps.iter().zip(&placement.steps).zip(0_u32..) {
        if let Some(end) = end_before {
            let minutes = placed.interval.start - end;
            if minutes < step.min_lag || step.max_lag.is_some_and(|most| minutes > most) {
                violations.push(Violation::Lag { booking, step: number, minutes });
            }
        }
        end_before = Some(placed.interval.end);
        let line = plan.lines.iter().find(|line| line.line.id == placed.line);
        let figures = step.lines.iter().find(|figures| figures.line == placed.line);
        let (Some(line), Some(figures)) = (line, figures) else {
            violations.push(Violation::Route { booking });
            continue;
        };
        step_fits(campaign, plan, number, (line, figures, placed), violations);
        is_held(campaign, line, number, placed, violations);
    }
}

fn step_fits(
    campaign: &CampaignPlan<'_>,
    plan: &Plan<'_>,
    step: u32,
    (line, figures, placed): (&LinePlan<'_>, &Figures, &PlacedStep),
    violations: &mut Vec<Violation>,
) {
    let CampaignPlan { booking, request, .. } = *campaign;
    let Interval { start, end } = placed.interval;
    let crew = Crew { pattern: line.pattern, holidays: plan.holidays };
    if start < request.window.start || end > request.window.end {
        violations.push(Violation::Window { booking, step });
    }
    if (start + 480) % line.line.granularity != 0 {
        violations.push(Violation::Granularity { booking, step });
    }
    let due = due(crew, figures, request.batches, start);
    if due != Some(end) {
        violations.push(Violation::Length { booking, step, due });
    }
    if !can_make(line, request) {
        violations.push(Violation::Capability { booking, step });
    }
    if !sharing::is_allowed(line.line, &request.hazards, end) {
        violations.push(Violation::Segregation { booking, step });
    }
}

/// The end of a step that starts at `start`; `None` if it needs crew there and has none.
fn due(crew: Crew<'_>, figures: &Figures, batches: u32, start: Minute) -> Option<Minute> {
    let run = figures.batch * i64::from(batches);
    let attended = figures.setup > 0 || (figures.running == Running::Crew && run > 0);
    if attended && !crew.is_there(start) {
        return None;
    }
    let ready = crew.done(start, figures.setup)?;
    let ran = match figures.running {
        Running::Crew => crew.done(ready, run)?,
        Running::Unattended => ready + run,
    };
    Some(ran + figures.wait)
}

fn can_make(line: &LinePlan<'_>, request: &Request) -> bool {
    (line.line.gmp || !request.gmp)
        && line.line.capabilities.iter().any(|able| {
            able.offering == request.offering
                && able
                    .bounds_in(request.unit)
                    .is_some_and(|(min, max)| min <= request.batch_size && request.batch_size <= max)
        })
}

/// The line has exactly this row, with the request's product and batches.
fn is_held(
    campaign: &CampaignPlan<'_>,
    line: &LinePlan<'_>,
    number: u32,
    placed: &PlacedStep,
    violations: &mut Vec<Violation>,
) {
    let held = line.rows.iter().any(|row| {
        row.kind == Kind::Campaign
            && row.interval == placed.interval
            && row.product == campaign.request.product
            && row.batches == campaign.request.batches
    });
    if !held {
        let (booking, interval) = (campaign.booking, placed.interval);
        violations.push(Violation::NotHeld { booking, step: number, interval });
    }
}
