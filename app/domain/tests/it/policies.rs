//! Fees and prices, at their bounds.

use domain::{
    Interval,
    calendar::{Calendar, DAY, Holidays, Pattern, Shift, plant_midnight},
    policy::{Policy, after_resale, notice_days},
    price::charged_days,
    route::Running,
};
use time::macros::date;
use uuid::Uuid;

#[test]
fn the_ladder_is_climbed_at_its_bounds() {
    let policy = Policy::default();
    let steps = [
        (121, 0),
        (120, 25),
        (61, 25),
        (60, 50),
        (31, 50),
        (30, 75),
        (15, 75),
        (14, 100),
        (0, 100),
        (-3, 100),
    ];
    for (days, percent) in steps {
        assert_eq!(policy.cancellation_percent(days), percent, "{days} days of notice");
    }
}

#[test]
fn notice_counts_plant_dates_and_not_hours() {
    let start = plant_midnight(date!(2026 - 12 - 31)) + 8 * 60;
    // One minute on either side of plant midnight, both 16:00 in UTC.
    let midnight = plant_midnight(date!(2026 - 12 - 17));
    assert_eq!(notice_days(start, midnight - 1), 15);
    assert_eq!(notice_days(start, midnight), 14);
    let policy = Policy::default();
    assert_eq!(policy.cancellation_fee(1_000_001, start, midnight - 1), 750_000, "fractions are dropped");
    assert_eq!(policy.cancellation_fee(1_000_001, start, midnight), 1_000_001);
    assert_eq!(policy.cancellation_fee(i64::MAX, start, midnight - 1), 6_917_529_027_641_081_855);
}

#[test]
fn one_move_is_free_with_sixty_days() {
    let policy = Policy::default();
    let start = plant_midnight(date!(2027 - 03 - 02));
    let sixty = plant_midnight(date!(2027 - 01 - 01));
    assert_eq!(policy.move_fee(false, 1000, start, sixty), 0);
    assert_eq!(policy.move_fee(true, 1000, start, sixty), 500, "the second move costs what cancelling does");
    assert_eq!(policy.move_fee(false, 1000, start, sixty + DAY), 500, "59 days are too few");
    assert_eq!(policy.no_show_fee(1000), 1000);
    assert_eq!(policy.reservation_fee(1009), 100);
}

#[test]
fn what_is_resold_is_not_charged() {
    assert_eq!(after_resale(1000, 0, 300), 1000);
    assert_eq!(after_resale(1000, 100, 300), 666);
    assert_eq!(after_resale(1000, 300, 300), 0);
    assert_eq!(after_resale(1000, 999, 300), 0);
    assert_eq!(after_resale(1000, 10, 0), 1000);
}

#[test]
fn only_open_days_are_charged_unless_nobody_needs_to_be_there() {
    let mut week: [Vec<Shift>; 7] = Default::default();
    week[..5].fill(vec![Shift { start: 480, end: 960 }]);
    let pattern = Pattern {
        id: domain::CalendarId(Uuid::nil()),
        code: "day".into(),
        name: crate::world::text("day"),
        week,
        observes_holidays: true,
        working_weekend_as: 0,
    };
    let monday = plant_midnight(date!(2026 - 11 - 02));
    let horizon = Interval { start: monday, end: monday + 21 * DAY };
    let calendar = Calendar::compile(pattern, &Holidays::default(), horizon);
    let days = |running, start, end| charged_days(&calendar, running, Interval { start, end });
    // Friday 08:00 to Monday 16:00.
    let (friday, next) = (monday + 4 * DAY + 480, monday + 7 * DAY + 960);
    assert_eq!(days(Running::Crew, friday, next), 2);
    assert_eq!(days(Running::Unattended, friday, next), 4);
    // An end at midnight doesn't touch the next day.
    assert_eq!(days(Running::Crew, monday + 480, monday + DAY), 1);
    assert_eq!(days(Running::Crew, monday + 480, monday + DAY + 1), 2);
}

#[test]
fn a_policy_on_record_from_before_a_rule_reads_with_its_default() {
    let mut record = serde_json::to_value(Policy::default()).expect("plain data");
    let fields = record.as_object_mut().expect("an object");
    for later in ["ask_answer", "ask_reach", "move_most", "ask_most", "auto_confirm"] {
        assert!(fields.remove(later).is_some(), "{later}");
    }
    for later in ["plan_freeze_days", "plan_discount_percent", "use_or_lose"] {
        assert!(fields.remove(later).is_some(), "{later}");
    }
    let read: Policy = serde_json::from_value(record).expect("a policy");
    assert_eq!((read.ask_answer, read.ask_reach), (3 * DAY, 21 * DAY));
    assert_eq!((read.move_most, read.ask_most, read.plan_freeze_days), (3, 3, 14));
    assert_eq!(read, Policy::default());
}

#[test]
fn without_a_discount_there_are_no_plan_windows() {
    let window = Interval { start: 0, end: 30 * DAY };
    let agreed = |plan_discount_percent| {
        let plan = Policy { plan_discount_percent, ..Policy::default() }.plan(window)?;
        Some((plan.window, plan.freeze_days, plan.percent))
    };
    assert_eq!(agreed(0), None);
    assert_eq!(agreed(1), Some((window, 14, 1)));
    assert_eq!(agreed(200), Some((window, 14, 100)), "nothing costs less than nothing");
}
