//! Samples of what the district looks on: how full, how free, what was asked for in vain, how firms fare, and which of
//! them wait to be verified. What would tell of fewer than three firms is withheld.

use leptos::{context::Provider, prelude::*};
use uuid::Uuid;

use super::sample;
use crate::{
    backend::use_backend,
    components::district::{
        Away, ByForm, ByPlatform, Companies, Demand, FairBySize, FreeCapacity, HeatMap, Scores,
    },
    contract::{
        DemandView, FairnessReport, FreeCapacityView, FreePart, Instant, OccupancyCell, OccupancyReport,
        Page, PlatformFairness, PlatformOccupancy, QuarterView, Role, SizeFairness, TextView, UnmetReason,
        WeekCell, WeekView,
    },
    request::Reader,
};

/// Weeks with their Mondays.
const WEEKS: [(u8, &str); 6] = [
    (40, "2026-09-28"),
    (41, "2026-10-05"),
    (42, "2026-10-12"),
    (43, "2026-10-19"),
    (44, "2026-10-26"),
    (45, "2026-11-02"),
];
/// Minutes of each week that are committed, a row a platform; absent: withheld.
const COMMITTED: [[Option<i64>; 6]; 3] = [
    [Some(0), Some(12), Some(34), Some(56), Some(78), Some(100)],
    [Some(40), None, None, Some(55), Some(61), Some(70)],
    [Some(5), Some(8), Some(13), Some(21), Some(34), Some(55)],
];
/// Minutes of each week that can be booked.
const BOOKABLE: i64 = 100;
const DAY: i64 = 24 * 60;

#[component]
pub fn District() -> impl IntoView {
    let now = use_backend().now();
    let report = report(now);
    let (by_platform, offerings) = (report.clone(), report.offerings.clone());
    let waiting = Page {
        items: vec![sample::organisation(now, 1, false), sample::organisation(now, 2, false)],
        next: Some("2".to_owned()),
    };
    let companies = vec![sample::organisation(now, 3, true), sample::organisation(now, 4, true)];
    let away = Page { items: vec![sample::turned_away(now, 5)], next: None };
    view! {
        <HeatMap report />
        <ByPlatform report=by_platform />
        <ByForm offerings />
        <FreeCapacity capacity=capacity() />
        <Demand offerings=demand() searched=true />
        <FairBySize report=fairness() />
        <Provider value=Reader(Some(sample::viewer(Role::DistrictAdmin)))>
            <Companies waiting count=7 />
            <Away away whole="/district/waiting" decides=true />
            <Scores companies />
        </Provider>
    }
}

fn report(now: Instant) -> OccupancyReport {
    let week = |committed_minutes: Option<i64>| WeekCell { committed_minutes, bookable_minutes: BOOKABLE };
    let platforms = COMMITTED.into_iter().zip(1..).map(|(weeks, number): (_, usize)| PlatformOccupancy {
        // What is withheld of a week is withheld of the whole.
        quarter: cell("", platform(number), weeks.into_iter().sum()),
        weeks: weeks.map(week).into(),
    });
    let of_all = |at: usize| WeekCell {
        committed_minutes: COMMITTED.iter().map(|weeks| weeks[at]).sum(),
        bookable_minutes: 3 * BOOKABLE,
    };
    let forms = [("TAB", Some(420)), ("FCT", Some(0)), ("CAPH", None)];
    OccupancyReport {
        quarter: quarter(),
        platforms: platforms.collect(),
        weeks: (0..WEEKS.len()).map(of_all).collect(),
        offerings: forms.map(|(code, minutes)| cell(code, sample::form(code), minutes)).into(),
        committed_minutes: None,
        held_minutes: None,
        bookable_minutes: 18 * BOOKABLE,
        now,
    }
}

fn quarter() -> QuarterView {
    let week = |(number, from): (u8, &str)| WeekView { number, from: from.to_owned() };
    QuarterView {
        quarter: "2026-4".to_owned(),
        from: "2026-09-28".to_owned(),
        to: "2027-01-03".to_owned(),
        previous: None,
        next: None,
        weeks: WEEKS.map(week).into(),
    }
}

/// The platform of this number.
fn platform(number: usize) -> TextView {
    let TextView { zh, en } = sample::platform_name();
    TextView { zh: format!("{zh} {number}"), en: format!("{en} {number}") }
}

/// So many minutes of six weeks are committed.
fn cell(code: &str, name: TextView, committed_minutes: Option<i64>) -> OccupancyCell {
    OccupancyCell {
        code: code.to_owned(),
        name,
        bookable_minutes: 6 * BOOKABLE,
        committed_minutes,
        held_minutes: committed_minutes.map(|minutes| minutes / 10),
    }
}

/// Forms whose lines are free for the most part, hardly, and not open at all.
fn capacity() -> Vec<FreeCapacityView> {
    let part = |(bookable, free): (i64, i64)| FreePart {
        bookable_minutes: bookable * DAY,
        free_minutes: free * DAY,
    };
    let form = |code: &str, lines: u32, parts: [(i64, i64); 3]| FreeCapacityView {
        code: code.to_owned(),
        name: sample::form(code),
        lines,
        parts: parts.map(part).into(),
    };
    vec![form("TAB", 4, [(80, 60), (80, 71), (80, 80)]), form("FCT", 1, [(20, 1), (20, 0), (0, 0)])]
}

/// Searches that were in vain often, too few to be told, and never.
fn demand() -> Vec<DemandView> {
    let reason = |name: &str, searches| UnmetReason { reason: name.to_owned(), searches };
    vec![
        DemandView {
            unmet: Some(31),
            unmet_minutes: Some(31 * DAY),
            reasons: vec![
                reason("occupied", Some(19)),
                reason("batch_out_of_range", Some(8)),
                reason("not_gmp", None),
            ],
            ..searched("TAB", 120)
        },
        DemandView {
            unmet: None,
            unmet_minutes: None,
            lead_median_weeks: None,
            reasons: vec![reason("occupied", None)],
            ..searched("FCT", 14)
        },
        searched("CAPH", 9),
    ]
}

fn searched(code: &str, searches: i64) -> DemandView {
    DemandView {
        offering: code.to_owned(),
        name: sample::form(code),
        searches,
        unmet: Some(0),
        asked_minutes: searches * DAY,
        unmet_minutes: Some(0),
        lead_median_weeks: Some(1),
        lead_p90_weeks: Some(4),
        reasons: Vec::new(),
    }
}

fn fairness() -> FairnessReport {
    let total: Vec<SizeFairness> =
        [("small", Some(2)), ("large", None), ("all", Some(5))].map(|(name, times)| size(name, times)).into();
    let one = PlatformFairness { platform: Uuid::nil(), name: platform(1), sizes: total.clone() };
    FairnessReport { quarter: None, platforms: vec![one], total }
}

/// How firms of a size fare, the more `times` the more of all; absent: withheld.
pub fn size(name: &str, times: Option<i64>) -> SizeFairness {
    let some = |amount: i64| times.map(|times| times * amount);
    SizeFairness {
        size: name.to_owned(),
        requests: some(9),
        placed: some(7),
        unmet: some(1),
        shifts_asked: some(2),
        shifts_granted: some(1),
        moved_by_rule: some(1),
        given_up: some(1),
        given_up_late: some(0),
    }
}
