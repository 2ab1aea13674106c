//! A month to choose from a list: not every browser has a picker for one, and none is typed wrong.

use std::{collections::BTreeSet, iter};

use domain::calendar::plant_date;
use leptos::prelude::*;
use time::Date;

use crate::{
    components::{Choice, SelectField},
    contract::{Instant, field},
    request::use_language,
    window::Window,
    words::say,
};

/// So many months can be chosen on either side of this one, and of the one that is chosen: whoever goes further back
/// gets there in steps.
const AROUND: usize = 18;

#[component]
pub fn MonthField(
    /// The month that the address says, `2027-03`, if it says one.
    chosen: String,
    now: Instant,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    complaint: Option<String>,
) -> impl IntoView {
    let language = use_language();
    let said = field::plant_day("month", &format!("{}-01", chosen.trim())).ok().map(Window::month);
    let months: Vec<Date> = months(Window::month(plant_date(now.minute())), said).into_iter().collect();
    let years = months
        .chunk_by(|one, next| one.year() == next.year())
        .map(|year| {
            let name = year.first().map(|first| first.year().to_string());
            let options = year
                .iter()
                .map(|first| {
                    let month = Window::month(*first);
                    let value = month.parameters().trim_start_matches("?month=").to_owned();
                    let chosen = said == Some(month);
                    view! { <Choice value words=month.heading(language) chosen /> }
                })
                .collect_view();
            view! { <optgroup label=name>{options}</optgroup> }
        })
        .collect_view();
    view! {
        <SelectField id="month" label=say!(language, desk.booking_month) none=say!(language, desk.no_month) empty=said.is_none() complaint beside="find-hint">
            {years}
        </SelectField>
    }
}

/// The first days of the months around these.
fn months(now: Window, said: Option<Window>) -> BTreeSet<Date> {
    let around = |month: Window| {
        let before = iter::successors(Some(month), |month| Some(month.previous())).take(AROUND + 1);
        let after = iter::successors(Some(month), |month| Some(month.next())).take(AROUND + 1);
        before.chain(after).map(|month| month.first)
    };
    // None is offered that would be refused.
    let known = |first: &Date| (field::FIRST_DAY..=field::LAST_DAY).contains(first);
    iter::once(now).chain(said).flat_map(around).filter(known).collect()
}

#[cfg(test)]
mod tests {
    use time::Month;

    use super::*;

    #[test]
    fn the_months_around_this_one_and_the_one_chosen_can_be_chosen() {
        let month = |year, month| {
            Window::month(Date::from_calendar_date(year, month, 1).expect("a day of the calendar"))
        };
        let now = month(2026, Month::November);
        let first_and_last = |months: &BTreeSet<Date>| {
            [months.first(), months.last()].map(|day| day.map(|day| (day.year(), day.month())))
        };
        let around = months(now, None);
        assert_eq!(around.len(), 2 * AROUND + 1);
        let ends = [Some((2025, Month::May)), Some((2028, Month::May))];
        assert_eq!(first_and_last(&around), ends);
        let older = months(now, Some(month(2024, Month::January)));
        assert!(older.contains(&month(2024, Month::January).first));
        assert_eq!(first_and_last(&older), [Some((2022, Month::July)), ends[1]]);
        // The calendar of what can be asked for begins somewhere.
        assert!(months(now, Some(month(2000, Month::March))).iter().all(|day| *day >= field::FIRST_DAY));
    }
}
