//! A line and days that somebody looks at on a calendar, handed on to what can be done there.

use leptos_router::params::ParamsMap;
use time::Date;
use uuid::Uuid;

use crate::contract::field;

/// What somebody looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    pub line: Option<Uuid>,
    /// The first day and the last one.
    pub days: Option<(Date, Date)>,
}

impl Looked {
    /// From `first` to `last`, as far as that isn't before `today`.
    #[must_use]
    pub fn at(line: Option<Uuid>, (first, last): (Date, Date), today: Date) -> Self {
        Self { line, days: Some((first.max(today), last)).filter(|(first, last)| first <= last) }
    }

    /// What the parameters say; what can't be read is left out.
    #[must_use]
    pub fn read(parameters: &ParamsMap) -> Self {
        let day = |name: &str| parameters.get(name).and_then(|said| field::plant_day(name, &said).ok());
        Self {
            line: parameters.get("line").and_then(|id| Uuid::parse_str(&id).ok()),
            days: day("first").zip(day("last")).filter(|(first, last)| first <= last),
        }
    }

    /// The parameters that [`Self::read`] reads.
    #[must_use]
    pub fn parameters(self) -> String {
        let line = self.line.map(|line| format!("line={line}"));
        let days = self.days.map(|(first, last)| format!("first={first}&last={last}"));
        let said: Vec<String> = line.into_iter().chain(days).collect();
        if said.is_empty() { String::new() } else { format!("?{}", said.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use leptos_router::location::RequestUrl;
    use time::Month;

    use super::*;

    fn day(day: u8) -> Date {
        Date::from_calendar_date(2026, Month::December, day).expect("a date")
    }

    fn read(written: &str) -> Looked {
        let url = RequestUrl::new(&format!("/desk/book{written}")).parse().expect("an address");
        Looked::read(url.search_params())
    }

    #[test]
    fn what_is_looked_at_survives_its_address_and_nonsense_is_left_out() {
        let line = Some(Uuid::from_u128(7));
        for looked in [
            Looked::default(),
            Looked { line, days: None },
            Looked { line: None, days: Some((day(1), day(7))) },
            Looked { line, days: Some((day(1), day(1))) },
        ] {
            assert_eq!(read(&looked.parameters()), looked);
        }
        assert_eq!(read("?line=press&first=soon&last=2026-12-07"), Looked::default());
        assert_eq!(read("?first=2026-12-07&last=2026-12-01"), Looked::default());
    }

    #[test]
    fn nothing_past_is_looked_at() {
        let days = |today: Date| Looked::at(None, (day(1), day(7)), today).days;
        assert_eq!(days(day(1)), Some((day(1), day(7))));
        assert_eq!(days(day(4)), Some((day(4), day(7))));
        assert_eq!(days(day(8)), None);
    }
}
