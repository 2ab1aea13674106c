//! Plant calendars: every minute against the rules, and the edges by name.

use domain::{
    Interval,
    calendar::{
        Calendar, DAY, Holidays, Pattern, Shift, align_up, days_between, plant_date, plant_days,
        plant_midnight,
    },
};
use proptest::prelude::*;
use time::{Date, macros::date};

use crate::{
    brute::{Walk, open_minutes},
    world::{DAYS, holidays, horizon, origin, pattern},
};

fn compiled(pattern: Pattern) -> Calendar {
    Calendar::compile(pattern, &holidays(), horizon())
}

proptest! {
    #[test]
    fn every_minute_is_as_the_rules_say(pattern in pattern()) {
        let calendar = compiled(pattern.clone());
        let open = open_minutes(&pattern, &holidays(), horizon());
        for (minute, is_open) in (horizon().start..).zip(open) {
            prop_assert_eq!(calendar.is_open(minute), is_open, "minute {}", minute - origin());
        }
    }

    #[test]
    fn what_is_closed_is_what_is_not_open(pattern in pattern(), from in -DAY..12 * DAY, minutes in 1..6000_i64) {
        let calendar = compiled(pattern);
        let asked = Interval { start: origin() + from, end: origin() + from + minutes };
        let closed = calendar.closed_in(asked);
        prop_assert!(closed.windows(2).all(|pair| pair[0].end < pair[1].start), "{closed:?}");
        for minute in asked.start..asked.end {
            let known = horizon().contains(minute);
            let is_closed = closed.iter().any(|piece| piece.contains(minute));
            prop_assert_eq!(is_closed, known && !calendar.is_open(minute), "minute {}", minute - origin());
        }
    }

    #[test]
    fn adding_and_taking_away_open_time(pattern in pattern(), from in 0..12 * DAY, minutes in 0..6000_i64) {
        let calendar = compiled(pattern.clone());
        let walk = Walk::new(&pattern);
        let from = origin() + from;
        let until = calendar.add_open(from, minutes);
        prop_assert_eq!(until, walk.after(from, minutes));
        if let Some(until) = until {
            prop_assert_eq!(calendar.open_minutes(Interval { start: from, end: until }), minutes);
            let back = calendar.sub_open(until, minutes).expect("what was added can be taken away");
            prop_assert!(back >= from);
            prop_assert_eq!(calendar.add_open(back, minutes), Some(until));
            // It is the latest: one minute later no longer fits.
            prop_assert!(calendar.add_open(back + 1, minutes).is_none_or(|end| end > until) || minutes == 0);
            prop_assert!(calendar.least_elapsed(minutes) <= until - from);
        }
        let next = (from..horizon().end).find(|minute| walk.is_open(*minute));
        prop_assert_eq!(calendar.next_open(from), next);
        let last = (origin()..=from).rev().find(|minute| walk.is_open(*minute));
        prop_assert_eq!(calendar.last_open(from), last);
        let of_day = |day: i64| (0..DAY).filter(|minute| walk.is_open(origin() + day * DAY + minute)).count();
        let fullest = (0..DAYS).map(of_day).max().and_then(|most| i64::try_from(most).ok());
        prop_assert_eq!(Some(calendar.fullest_day()), fullest);
    }
}

fn weekly(day: &[(u16, u16)], days: usize, observes_holidays: bool) -> Pattern {
    let shifts: Vec<_> = day.iter().map(|(start, end)| Shift { start: *start, end: *end }).collect();
    let mut week: [Vec<Shift>; 7] = Default::default();
    week[..days].fill(shifts);
    Pattern {
        id: domain::CalendarId(uuid::Uuid::nil()),
        code: "test".into(),
        name: crate::world::text("test"),
        week,
        observes_holidays,
        working_weekend_as: 0,
    }
}

fn over(pattern: Pattern, first: Date, last: Date) -> Calendar {
    let horizon = Interval { start: plant_midnight(first), end: plant_midnight(last) + DAY };
    Calendar::compile(pattern, &holidays(), horizon)
}

#[test]
fn a_shift_over_midnight_belongs_to_the_day_on_which_it_starts() {
    // Monday to Friday 22:00 to 06:00; 10-01 is a day off, 10-10 a working Saturday.
    let calendar = over(weekly(&[(1320, 1800)], 5, true), date!(2026 - 09 - 28), date!(2026 - 10 - 11));
    let at = |date, hour: i64| calendar.is_open(plant_midnight(date) + hour * 60);
    assert!(at(date!(2026 - 09 - 30), 23));
    assert!(at(date!(2026 - 10 - 01), 5), "the night shift of 30 September runs into the day off");
    assert!(!at(date!(2026 - 10 - 01), 23), "no shift starts on a day off");
    assert!(!at(date!(2026 - 10 - 08), 5), "nor runs out of one");
    assert!(at(date!(2026 - 10 - 10), 23), "the working Saturday has Monday's shifts");
    assert!(at(date!(2026 - 10 - 11), 5));
}

#[test]
fn the_horizon_cuts_a_shift_that_began_before_it() {
    let calendar = over(weekly(&[(1320, 1800)], 5, true), date!(2026 - 09 - 29), date!(2026 - 09 - 29));
    let open: Vec<_> = calendar.open().collect();
    let midnight = plant_midnight(date!(2026 - 09 - 29));
    let morning = Interval { start: midnight, end: midnight + 360 };
    let evening = Interval { start: midnight + 1320, end: midnight + DAY };
    assert_eq!(open, [morning, evening]);
    // Pool cells stay whole.
    let whole = Interval { start: midnight - 120, end: midnight + 360 };
    assert_eq!(calendar.shifts(morning).collect::<Vec<_>>(), [whole]);
}

#[test]
fn a_line_that_ignores_holidays_runs_through() {
    let calendar = over(weekly(&[(0, 1440)], 7, false), date!(2026 - 09 - 28), date!(2026 - 10 - 11));
    assert_eq!(calendar.open().count(), 1, "touching shifts are one open time");
    let start = plant_midnight(date!(2026 - 09 - 30));
    assert_eq!(calendar.add_open(start, 10 * DAY), Some(start + 10 * DAY));
}

#[test]
fn new_year_and_leap_day_are_plain_days() {
    let calendar = over(weekly(&[(480, 960)], 5, true), date!(2027 - 12 - 30), date!(2028 - 03 - 03));
    // Thursday and Friday, then the weekend, then Monday 3 January.
    let start = plant_midnight(date!(2027 - 12 - 30)) + 480;
    assert_eq!(calendar.add_open(start, 3 * 480), Some(plant_midnight(date!(2028 - 01 - 03)) + 960));
    assert!(calendar.is_open(plant_midnight(date!(2028 - 02 - 29)) + 480), "a Tuesday");
    let leap = plant_midnight(date!(2028 - 02 - 29));
    assert_eq!((plant_date(leap), plant_date(leap + DAY)), (date!(2028 - 02 - 29), date!(2028 - 03 - 01)));
    assert_eq!(plant_date(leap - 1), date!(2028 - 02 - 28));
}

#[test]
fn open_time_ends_where_the_shift_ends_and_starts_where_it_starts() {
    let calendar = over(weekly(&[(480, 960)], 5, true), date!(2026 - 09 - 28), date!(2026 - 09 - 30));
    let monday = plant_midnight(date!(2026 - 09 - 28));
    assert_eq!(calendar.add_open(monday + 480, 480), Some(monday + 960), "not Tuesday 08:00");
    assert_eq!(calendar.add_open(monday + 960, 1), Some(monday + DAY + 481));
    assert_eq!(calendar.add_open(monday + 960, 0), Some(monday + 960));
    assert_eq!(calendar.sub_open(monday + DAY + 480, 480), Some(monday + 480));
    assert_eq!(calendar.add_open(monday + 480, 3 * 480 + 1), None, "beyond the horizon");
    assert_eq!(calendar.add_open(monday - 1, 1), None, "before the horizon");
}

#[test]
fn dates_far_away_do_not_break_plant_time() {
    for date in [date!(1900 - 01 - 01), date!(1969 - 12 - 31), date!(9999 - 12 - 31)] {
        assert_eq!(plant_date(plant_midnight(date)), date);
        assert_eq!(plant_date(plant_midnight(date) + DAY - 1), date);
    }
    assert_eq!(plant_date(i64::MAX / 4), Date::MAX);
}

#[test]
fn starts_are_aligned_from_plant_midnight() {
    let midnight = plant_midnight(date!(2026 - 09 - 28));
    assert_eq!(align_up(midnight, 480), midnight);
    assert_eq!(align_up(midnight + 1, 480), midnight + 480);
    assert_eq!(align_up(midnight - 1, 480), midnight);
    assert_eq!(align_up(midnight + 1, 0), midnight + 1);
    assert_eq!(align_up(midnight + 1, 360), midnight + 360);
}

#[test]
fn working_days_skip_days_off_and_count_working_weekends() {
    let table = holidays();
    assert_eq!(table.add_working_days(date!(2026 - 09 - 30), 1), date!(2026 - 10 - 08));
    assert_eq!(table.add_working_days(date!(2026 - 09 - 30), 3), date!(2026 - 10 - 10));
    assert_eq!(table.add_working_days(date!(2026 - 09 - 30), 4), date!(2026 - 10 - 12));
    assert_eq!(table.add_working_days(date!(2026 - 10 - 03), 0), date!(2026 - 10 - 03));
    assert_eq!(table.add_working_days(Date::MAX, 3), Date::MAX);
    // Asked on Wednesday evening, plant time: in time until the end of the third working day.
    let asked = plant_midnight(date!(2026 - 09 - 30)) + 23 * 60;
    assert_eq!(table.deadline(asked, 3), plant_midnight(date!(2026 - 10 - 11)));
    assert_eq!(days_between(date!(2026 - 12 - 31), date!(2027 - 01 - 01)), 1);
}

#[test]
fn a_year_without_a_notice_holds_the_statutory_days() {
    let mut table = holidays();
    assert!(!table.is_provisional(2026));
    assert!(table.is_provisional(2027));
    assert!(table.add_provisional(2026..=2027).is_empty());
    assert!(table.is_provisional(2027), "still no official entry");
    for off in [
        date!(2027 - 01 - 01),
        date!(2027 - 02 - 05),
        date!(2027 - 02 - 06),
        date!(2027 - 02 - 08),
        date!(2027 - 04 - 05),
        date!(2027 - 05 - 02),
        date!(2027 - 06 - 09),
        date!(2027 - 09 - 15),
        date!(2027 - 10 - 03),
    ] {
        assert!(!table.is_working_day(off), "{off}");
    }
    assert!(table.kind(date!(2027 - 02 - 09)).is_none());
    assert_eq!(table.days.range(date!(2027 - 01 - 01)..).count(), 1 + 4 + 1 + 2 + 1 + 1 + 3);
    assert_eq!(table.add_provisional(2040..=2040), [2040], "the lunar festivals aren't known");
}

#[test]
fn the_holiday_table_survives_json() {
    let table = holidays();
    let json = serde_json::to_string(&table).expect("dates are keys");
    assert_eq!(serde_json::from_str::<Holidays>(&json).expect("and read back"), table);
}

#[test]
fn plant_days_run_from_midnight_to_midnight() {
    let (monday, tuesday) = (date!(2026 - 09 - 28), date!(2026 - 09 - 29));
    let start = plant_midnight(monday);
    assert_eq!(plant_days(monday, monday), Some(Interval { start, end: start + DAY }));
    assert_eq!(plant_days(monday, tuesday), Some(Interval { start, end: start + 2 * DAY }));
    assert_eq!(plant_days(tuesday, monday), None);
}

#[test]
fn from_before_the_horizon_the_first_shift_is_the_next() {
    let calendar = over(weekly(&[(480, 960)], 5, true), date!(2026 - 09 - 28), date!(2026 - 09 - 30));
    let monday = plant_midnight(date!(2026 - 09 - 28));
    let from = |end| Interval { start: monday - DAY, end };
    assert_eq!(calendar.next_open(monday - DAY), Some(monday + 480));
    assert_eq!(calendar.open_minutes(from(monday + DAY)), 480);
    assert_eq!(calendar.open_in(from(monday + 480)).count(), 0, "it is half-open");
    assert_eq!(calendar.open_in(from(monday + 481)).count(), 1);
}

#[test]
fn the_work_of_a_shift_fits_in_it_and_a_minute_more_takes_a_night() {
    let calendar = over(weekly(&[(480, 960)], 5, true), date!(2026 - 09 - 28), date!(2026 - 09 - 30));
    let least = [479, 480, 481, 960, 961].map(|minutes| calendar.least_elapsed(minutes));
    assert_eq!(least, [479, 480, 481 + 960, 960 + 960, 961 + 2 * 960]);
}

#[test]
fn a_working_weekend_has_the_shifts_of_the_day_that_is_named() {
    let mut pattern = weekly(&[(480, 960)], 5, true);
    pattern.week[4] = vec![Shift { start: 600, end: 720 }];
    pattern.working_weekend_as = 4;
    let saturday = date!(2026 - 10 - 10);
    let calendar = over(pattern, saturday, saturday);
    let start = plant_midnight(saturday);
    assert_eq!(calendar.open().collect::<Vec<_>>(), [Interval { start: start + 600, end: start + 720 }]);
}

#[test]
fn tomb_sweeping_is_on_the_day_of_its_solar_term() {
    for (year, day) in
        [(2000, 4), (2001, 5), (2013, 4), (2019, 5), (2020, 4), (2027, 5), (2028, 4), (2031, 5)]
    {
        let mut table = Holidays::default();
        table.add_provisional(year..=year);
        let april = |day| Date::from_calendar_date(year, time::Month::April, day).expect("a day of April");
        let off: Vec<u8> = (1..=30).filter(|day| table.kind(april(*day)).is_some()).collect();
        assert_eq!(off, [day], "{year}");
    }
}

#[test]
fn a_calendar_knows_its_last_minute_and_none_behind_it() {
    let calendar = over(weekly(&[(0, 1440)], 7, false), date!(2026 - 09 - 28), date!(2026 - 09 - 30));
    let end = calendar.horizon().end;
    assert_eq!([calendar.sub_open(end, 1), calendar.sub_open(end + 1, 1)], [Some(end - 1), None]);
    assert_eq!([calendar.add_open(end - 1, 1), calendar.add_open(end - 1, 2)], [Some(end), None]);
}

#[test]
fn a_day_is_open_by_its_own_shifts_and_not_by_the_next_day_s_first_minute() {
    // From Monday on open from midnight; Sunday is not.
    let calendar = over(weekly(&[(0, 600)], 5, false), date!(2026 - 09 - 27), date!(2026 - 09 - 28));
    let sunday = calendar.horizon().start.div_euclid(DAY) + 1;
    assert_eq!(
        [(0, 0), (1, 1), (0, 1)].map(|(first, last)| calendar.open_days(sunday + first, sunday + last)),
        [0, 1, 1]
    );
    let monday = Interval { start: calendar.horizon().start, end: calendar.horizon().start + DAY };
    assert_eq!(calendar.shifts(monday).count(), 0, "what begins at its end is not met");
}

#[test]
fn where_nobody_ever_works_no_work_is_done() {
    let closed = over(weekly(&[], 7, false), date!(2026 - 09 - 28), date!(2026 - 09 - 30));
    assert_eq!([closed.least_elapsed(0), closed.least_elapsed(10)], [0, 10]);
    assert_eq!(closed.add_open(closed.horizon().start, 1), None);
}
