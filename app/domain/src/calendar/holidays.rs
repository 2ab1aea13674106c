//! The holiday table: imported, official once the State Council's notice is out, provisional before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::{Date, Month, Weekday};

use super::plant::{DAY, plant_date, plant_midnight};
use crate::{Minute, Text};

/// What a dated entry makes of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    Off,
    Work,
}

/// One entry of the holiday table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    pub kind: DayKind,
    pub name: Text,
    /// From a State Council notice; otherwise provisional.
    pub official: bool,
}

/// The imported holiday table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holidays {
    pub days: BTreeMap<Date, Holiday>,
}

impl Holidays {
    /// What the table says of `date`; `None`: nothing, the weekday decides.
    #[must_use]
    pub fn kind(&self, date: Date) -> Option<DayKind> {
        self.days.get(&date).map(|holiday| holiday.kind)
    }

    /// Whether offices work on `date`: Monday to Friday but for days off, and the working weekends.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        match self.kind(date) {
            Some(DayKind::Off) => false,
            Some(DayKind::Work) => true,
            None => !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday),
        }
    }

    /// The `days`-th working day after `date`, `date` itself for 0. Stops at the last date that exists.
    #[must_use]
    pub fn add_working_days(&self, date: Date, days: u32) -> Date {
        let mut reached = date;
        let mut left = days;
        while left > 0 {
            let Some(next) = reached.next_day() else { break };
            reached = next;
            left -= u32::from(self.is_working_day(reached));
        }
        reached
    }

    /// The end of the `days`-th working day after the plant day of `asked`: a reply is in time before this minute.
    #[must_use]
    pub fn deadline(&self, asked: Minute, days: u32) -> Minute {
        plant_midnight(self.add_working_days(plant_date(asked), days)) + DAY
    }

    /// Whether `year` has no official entry yet, so that its days off are only the statutory ones.
    #[must_use]
    pub fn is_provisional(&self, year: i32) -> bool {
        !self.days.iter().any(|(date, holiday)| date.year() == year && holiday.official)
    }

    /// Adds the statutory days of every provisional year in `years` as provisional entries, without working weekends.
    /// Entries that are there stay. Answers the years whose lunar festivals aren't known and so are missing.
    pub fn add_provisional(&mut self, years: std::ops::RangeInclusive<i32>) -> Vec<i32> {
        let mut incomplete = Vec::new();
        for year in years.filter(|year| self.is_provisional(*year)).collect::<Vec<_>>() {
            let (days, complete) = statutory_days(year);
            if !complete {
                incomplete.push(year);
            }
            for (date, name) in days {
                self.days.entry(date).or_insert(Holiday { kind: DayKind::Off, name, official: false });
            }
        }
        incomplete
    }
}

/// The years whose lunar festivals are known.
pub const LUNAR_YEARS: std::ops::RangeInclusive<i32> = 2025..=2032;

/// First day of the lunar year, Dragon Boat and Mid-Autumn, as (month, day), by year.
const LUNAR: &[(i32, [(Month, u8); 3])] = &[
    (2025, [(Month::January, 29), (Month::May, 31), (Month::October, 6)]),
    (2026, [(Month::February, 17), (Month::June, 19), (Month::September, 25)]),
    (2027, [(Month::February, 6), (Month::June, 9), (Month::September, 15)]),
    (2028, [(Month::January, 26), (Month::May, 28), (Month::October, 3)]),
    (2029, [(Month::February, 13), (Month::June, 16), (Month::September, 22)]),
    (2030, [(Month::February, 3), (Month::June, 5), (Month::September, 12)]),
    (2031, [(Month::January, 23), (Month::June, 24), (Month::October, 1)]),
    (2032, [(Month::February, 11), (Month::June, 12), (Month::September, 19)]),
];

/// The statutory days of `year` by the State Council's regulation as revised in 2024, and whether the lunar festivals
/// are among them.
fn statutory_days(year: i32) -> (Vec<(Date, Text)>, bool) {
    let mut days = Vec::new();
    let mut add = |month, first, length: u8, zh: &str, en: &str| {
        let mut date = Date::from_calendar_date(year, month, first).ok();
        for _ in 0..length {
            if let Some(day) = date {
                days.push((day, Text { zh: zh.into(), en: en.into() }));
                date = day.next_day();
            }
        }
    };
    add(Month::January, 1, 1, "元旦", "New Year");
    add(Month::April, qingming(year), 1, "清明节", "Tomb-Sweeping Day");
    add(Month::May, 1, 2, "劳动节", "Labour Day");
    add(Month::October, 1, 3, "国庆节", "National Day");
    let lunar = LUNAR.iter().find(|(known, _)| *known == year);
    if let Some((_, [spring, dragon, autumn])) = lunar {
        // New Year's Eve and the first three days of the lunar year.
        let eve = Date::from_calendar_date(year, spring.0, spring.1).ok().and_then(Date::previous_day);
        if let Some(eve) = eve {
            add(eve.month(), eve.day(), 4, "春节", "Spring Festival");
        }
        add(dragon.0, dragon.1, 1, "端午节", "Dragon Boat Festival");
        add(autumn.0, autumn.1, 1, "中秋节", "Mid-Autumn Festival");
    }
    (days, lunar.is_some())
}

/// Day in April of the solar term 清明, by the usual formula, right for 2000 to 2099.
fn qingming(year: i32) -> u8 {
    let y = year.rem_euclid(100);
    let day = (y * 2422 + 48_100) / 10_000 - y / 4;
    u8::try_from(day).unwrap_or(5).clamp(4, 6)
}
