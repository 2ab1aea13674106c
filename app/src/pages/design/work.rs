//! Samples of what operators and the district work with.

use leptos::prelude::*;

use super::Part;
use crate::{
    backend::use_backend,
    components::{
        MonthCalendar,
        district::HeatCell,
        operator::{Checks, Legend},
    },
    contract::{CheckOutcome, CheckView, RefusalView, WeekCell},
    request::use_language,
    words::say,
};
use domain::calendar::plant_date;

/// Committed minutes of a week of 100; `None` stands for fewer than three firms.
const CELLS: [Option<i64>; 7] = [None, Some(0), Some(12), Some(34), Some(56), Some(78), Some(100)];

#[component]
pub fn Work() -> impl IntoView {
    let language = use_language();
    let now = use_backend().now();
    let refusal = RefusalView::named("no_crew");
    let checks = [
        ("classified", CheckOutcome::Passed, None),
        ("evidence", CheckOutcome::Open, None),
        ("schedule", CheckOutcome::Failed, Some(refusal)),
        ("licences", CheckOutcome::NotNeeded, None),
    ];
    let checks = checks.map(|(name, outcome, refusal)| CheckView {
        name: name.to_owned(),
        outcome,
        refusal,
        at: (outcome == CheckOutcome::Passed).then_some(now),
    });
    let cells = CELLS
        .into_iter()
        .map(|committed_minutes| WeekCell { committed_minutes, bookable_minutes: 100 })
        .chain([WeekCell { committed_minutes: Some(0), bookable_minutes: 0 }])
        .map(|week| view! { <HeatCell week /> })
        .collect_view();
    view! {
        <Part id="checks" name=say!(language, design.checks)>
            <Checks checks=checks.into() />
        </Part>
        <Part id="calendar-keys" name=say!(language, design.calendar_keys)>
            <Legend own=true />
        </Part>
        <Part id="cells" name=say!(language, design.cells)>
            <div class="scroller" role="group" tabindex="0" aria-label=say!(language, design.cells)>
                <table class="heat exact">
                    <tbody>
                        <tr><th scope="row">{say!(language, design.platform)}</th> {cells}</tr>
                    </tbody>
                </table>
            </div>
        </Part>
        <Part id="month-sample" name=say!(language, design.month)>
            <MonthCalendar bookings=Vec::new() first=first(plant_date(now.minute())) now />
        </Part>
    }
}

/// The first day of the month of `day`.
pub fn first(day: time::Date) -> time::Date {
    day.replace_day(1).unwrap_or(day)
}
