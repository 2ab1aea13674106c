//! A policy as clients read it.

use app::contract::{ChargeView, FeeStepView, Instant, PlanTermsView, TermsView};
use domain::{
    Interval, LineId, Minute, Second,
    calendar::Holidays,
    policy::Policy,
    price::Charge,
    route::{Route, RouteStep},
};

use crate::store::{Catalogue, LineParts};

/// `policy` for something that costs `price_fen`.
pub(crate) fn view(policy: &Policy, price_fen: i64) -> TermsView {
    TermsView {
        version: policy.version,
        hold_minutes: policy.hold_minutes,
        reply_working_days: policy.reply_working_days,
        reply_by: None,
        reservation_percent: policy.reservation_percent.min(100),
        reservation_fen: policy.reservation_fee(price_fen),
        cancellation: steps(policy),
        free_move_days: policy.free_move_days,
        use_or_lose: policy.use_or_lose.map(Into::into),
        plan: None,
        lowered_percent: None,
        charges: Vec::new(),
    }
}

/// What the steps of a `route` cost that lie `on` these lines, each with its number.
pub(crate) fn charges(
    catalogue: &Catalogue,
    route: &Route,
    on: impl Iterator<Item = (usize, LineId, Interval)>,
) -> Vec<ChargeView> {
    let charge = |(number, line, interval): (usize, LineId, Interval)| {
        let step: &RouteStep = route.steps.get(number)?;
        let figures = step.lines.iter().find(|figures| figures.line == line)?;
        let LineParts { line, calendar, .. } = catalogue.parts(line)?;
        let Charge { days, day_rate_fen } = Charge::of(&line, &calendar, figures.running, interval);
        Some(ChargeView { line_name: line.name.clone().into(), days, day_rate_fen })
    };
    on.filter_map(charge).collect()
}

/// The terms of an offer over `span` in `window`: those of something booked, and what a plan window would change, where
/// it leaves room to move.
pub(crate) fn offered(
    policy: &Policy,
    price_fen: i64,
    (window, span): (Interval, Interval),
    now: Second,
) -> TermsView {
    let plan = policy.plan(window).filter(|plan| plan.leaves_room(span, now));
    let plan = plan.map(|plan| PlanTermsView {
        freeze_days: plan.freeze_days,
        percent: plan.percent,
        price_fen: plan.price(price_fen),
    });
    TermsView { plan, ..view(policy, price_fen) }
}

/// The start of what begins at `start`, where a request that is sent now has to be answered sooner for it than the
/// policy says: nothing is answered once it has begun.
pub(crate) fn reply_by_start(
    holidays: &Holidays,
    policy: &Policy,
    start: Minute,
    now: Second,
) -> Option<Instant> {
    let due = holidays.deadline(now.div_euclid(60), policy.reply_working_days);
    (start < due).then(|| Instant::from_minute(start))
}

/// The ladder from the longest notice down to none: rungs that cost the same are one step.
fn steps(policy: &Policy) -> Vec<FeeStepView> {
    let mut bounds: Vec<u32> =
        policy.ladder.iter().filter_map(|rung| u32::try_from(rung.min_notice_days).ok()).chain([0]).collect();
    bounds.sort_unstable_by(|a, b| b.cmp(a));
    bounds.dedup();
    let mut steps: Vec<FeeStepView> = Vec::new();
    for from_days in bounds {
        let percent = policy.cancellation_percent(i64::from(from_days));
        match steps.last_mut() {
            Some(last) if last.percent == percent => last.from_days = from_days,
            last => {
                let to_days = last.map(|longer| longer.from_days - 1);
                steps.push(FeeStepView { from_days, to_days, percent });
            }
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use domain::policy::Rung;

    use super::*;

    fn told(policy: &Policy) -> Vec<(u32, Option<u32>, u8)> {
        steps(policy).into_iter().map(|step| (step.from_days, step.to_days, step.percent)).collect()
    }

    #[test]
    fn every_notice_has_its_step_and_only_one() {
        let policy = Policy::default();
        let steps = told(&policy);
        assert_eq!(
            steps,
            [(121, None, 0), (61, Some(120), 25), (31, Some(60), 50), (15, Some(30), 75), (0, Some(14), 100)]
        );
        for days in 0..200 {
            let within =
                |&&(from, to, _): &&(u32, Option<u32>, u8)| days >= from && to.is_none_or(|to| days <= to);
            let found: Vec<_> = steps.iter().filter(within).map(|step| step.2).collect();
            assert_eq!(found, [policy.cancellation_percent(i64::from(days))], "{days}");
        }
    }

    #[test]
    fn what_begins_before_the_answer_is_due_is_answered_before_it_begins() {
        // 2026-12-01T00:00 in the plant, a Tuesday; three working days end with Friday.
        let (midnight, day) = (1_796_054_400 / 60, 24 * 60);
        let by = |start| reply_by_start(&Holidays::default(), &Policy::default(), start, midnight * 60);
        let tomorrow = midnight + day + 8 * 60;
        assert_eq!(by(tomorrow), Some(Instant::from_minute(tomorrow)));
        assert_eq!(by(midnight + 4 * day - 1), Some(Instant::from_minute(midnight + 4 * day - 1)));
        assert_eq!(by(midnight + 4 * day), None);
    }

    #[test]
    fn a_ladder_without_rungs_is_one_step() {
        assert_eq!(told(&Policy { ladder: Vec::new(), ..Policy::default() }), [(0, None, 100)]);
        let flat = Policy { ladder: vec![Rung { min_notice_days: 9, percent: 100 }], ..Policy::default() };
        assert_eq!(told(&flat), [(0, None, 100)]);
    }
}
