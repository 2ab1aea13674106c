//! The week or month that a calendar page shows, in its address: `?week=2026-11-23` or `?month=2026-11`.

use domain::calendar::plant_date;
use leptos_router::params::ParamsMap;
use time::{Date, Duration};

use crate::{
    contract::{Instant, Period, field},
    language::Language,
    words::{month, week},
};

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Week,
    Month,
}

/// What is shown: from its first day, so many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub reach: Reach,
    pub first: Date,
    pub days: u8,
}

impl Window {
    /// What the parameters say, else the week of `now`.
    #[must_use]
    pub fn read(parameters: &ParamsMap, now: Instant) -> Self {
        let today = plant_date(now.minute());
        if let Some(text) = parameters.get("month") {
            return Self::month(field::plant_day("month", &format!("{}-01", text.trim())).unwrap_or(today));
        }
        let day = parameters.get("week").and_then(|text| field::plant_day("week", &text).ok());
        Self::week(day.unwrap_or(today))
    }

    /// The week of `day`, from Monday.
    #[must_use]
    pub fn week(day: Date) -> Self {
        let monday = day - Duration::days(i64::from(day.weekday().number_days_from_monday()));
        Self { reach: Reach::Week, first: monday, days: 7 }
    }

    /// The month of `day`.
    #[must_use]
    pub fn month(day: Date) -> Self {
        let first = day.replace_day(1).unwrap_or(day);
        Self { reach: Reach::Month, first, days: first.month().length(first.year()) }
    }

    /// The week of what is shown: that of `today` if it is among it, else the first one that lies mostly in it.
    #[must_use]
    pub fn as_week(self, today: Date) -> Self {
        match self.reach {
            Reach::Week => self,
            Reach::Month if self.shows(today) => Self::week(today),
            Reach::Month => {
                let week = Self::week(self.first);
                if self.shows(week.middle()) { week } else { week.next() }
            }
        }
    }

    /// The month of what is shown: that of `today` if it is among it, else the one in which most of it lies.
    #[must_use]
    pub fn as_month(self, today: Date) -> Self {
        match self.reach {
            Reach::Month => self,
            Reach::Week => Self::month(if self.shows(today) { today } else { self.middle() }),
        }
    }

    fn shows(self, day: Date) -> bool {
        (self.first..self.first + Duration::days(self.days.into())).contains(&day)
    }

    fn middle(self) -> Date {
        self.first + Duration::days(i64::from(self.days) / 2)
    }

    /// The plant days that it shows.
    pub fn dates(self) -> impl Iterator<Item = Date> {
        (0..i64::from(self.days)).map(move |days| self.first + Duration::days(days))
    }

    /// The first and the last of them.
    #[must_use]
    pub fn ends(self) -> (Date, Date) {
        (self.first, self.first + Duration::days(i64::from(self.days) - 1))
    }

    /// The same as a period to ask the server for.
    #[must_use]
    pub fn period(self) -> Period {
        let (first, last) = self.ends();
        Period { from: first.to_string(), to: last.to_string() }
    }

    #[must_use]
    pub fn next(self) -> Self {
        let day = self.first + Duration::days(self.days.into());
        if self.reach == Reach::Week { Self::week(day) } else { Self::month(day) }
    }

    #[must_use]
    pub fn previous(self) -> Self {
        let day = self.first - Duration::DAY;
        if self.reach == Reach::Week { Self::week(day) } else { Self::month(day) }
    }

    /// As parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self.reach {
            Reach::Week => format!("?week={}", self.first),
            Reach::Month => format!("?month={:04}-{:02}", self.first.year(), u8::from(self.first.month())),
        }
    }

    /// As a heading: `23 Nov – 29 Nov 2026`, `Nov 2026`.
    #[must_use]
    pub fn heading(self, language: Language) -> String {
        if self.reach == Reach::Month {
            return month(language, self.first);
        }
        let last = self.first + Duration::days(6);
        week(language, self.first, last)
    }
}

#[cfg(test)]
mod tests {
    use time::Month;

    use super::*;

    fn day(year: i32, month: Month, day: u8) -> Date {
        Date::from_calendar_date(year, month, day).expect("a date")
    }

    fn read(name: &'static str, value: &str) -> Window {
        let mut parameters = ParamsMap::new();
        parameters.insert(name, value.to_owned());
        // 2026-11-23T00:00Z
        Window::read(&parameters, Instant(1_795_392_000))
    }

    #[test]
    fn any_day_names_its_week_and_nonsense_the_present_one() {
        let week = read("week", "2026-12-06");
        assert_eq!((week.first, week.days), (day(2026, Month::November, 30), 7));
        assert_eq!(week.parameters(), "?week=2026-11-30");
        assert_eq!(read("week", "soon").first, day(2026, Month::November, 23));
        assert_eq!(week.next().previous(), week);
    }

    #[test]
    fn another_reach_stays_where_one_looks() {
        let today = day(2026, Month::November, 23);
        let month = read("month", "2026-11");
        assert_eq!(month.as_week(today), Window::week(today));
        // Its first day is a Sunday, whose week lies in October.
        let later = day(2027, Month::March, 5);
        assert_eq!(month.as_week(later).first, day(2026, Month::November, 2));
        assert_eq!(read("month", "2027-02").as_week(today).first, day(2027, Month::February, 1));
        // And back again, whatever the month, from wherever one is.
        for name in ["2026-10", "2026-11", "2026-12", "2027-01", "2028-02"] {
            let month = read("month", name);
            for today in [today, month.first, month.first + Duration::days(27)] {
                assert_eq!(month.as_week(today).as_month(today), month, "{name} on {today}");
            }
        }
        assert_eq!(read("week", "2026-11-30").as_month(today).parameters(), "?month=2026-12");
        assert_eq!(month.as_month(later), month);
        assert_eq!(read("week", "2026-11-30").as_week(today).parameters(), "?week=2026-11-30");
    }

    #[test]
    fn months_have_their_own_length() {
        let month = read("month", "2028-02");
        assert_eq!((month.first, month.days), (day(2028, Month::February, 1), 29));
        assert_eq!(month.period(), Period { from: "2028-02-01".into(), to: "2028-02-29".into() });
        assert_eq!(month.next().parameters(), "?month=2028-03");
        assert_eq!(month.previous().parameters(), "?month=2028-01");
        assert_eq!(read("month", "13").parameters(), "?month=2026-11");
    }
}
