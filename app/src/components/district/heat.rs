//! Platform by week: a table whose cells are coloured, so that it reads as well as it looks.

use domain::calendar::plant_date;
use leptos::prelude::*;

use super::what::What;
use crate::{
    contract::{OccupancyReport, QuarterView, WeekCell, WeekView},
    request::use_language,
    words::{brief_day, percent, say, text},
};

/// Steps of the scale above nothing.
const STEPS: i64 = 5;

#[component]
pub fn HeatMap(report: OccupancyReport) -> impl IntoView {
    let language = use_language();
    let today = plant_date(report.now.minute()).to_string();
    let current = current(&report.quarter, &today).map(|week| week.number);
    let weeks = report
        .quarter
        .weeks
        .iter()
        .map(|week| {
            let day = brief_day(language, &week.from);
            let full = say!(language, district.week_of, number = week.number, day = day.as_str()).to_string();
            let runs = current == Some(week.number);
            let said = runs.then(|| view! { <span class="sr">{say!(language, district.this_week)}</span> });
            view! {
                <th
                    scope="col"
                    abbr=full
                    class=runs.then_some("this-week")
                    title=runs.then_some(say!(language, district.this_week))
                    aria-current=runs.then_some("date")
                >
                    <span>{say!(language, district.week, number = week.number).to_string()}</span>
                    <span class="hint">{day}</span>
                    {said}
                </th>
            }
        })
        .collect_view();
    let rows = report
        .platforms
        .iter()
        .map(|platform| {
            let cells = platform.weeks.iter().map(|week| view! { <HeatCell week=*week /> }).collect_view();
            view! {
                <tr>
                    <th scope="row">{text(language, &platform.quarter.name)}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    let all = report.weeks.iter().map(|week| view! { <HeatCell week=*week /> }).collect_view();
    let legend = (0..=STEPS)
        .map(|step| {
            let words = match step {
                0 => "0%".to_owned(),
                step => format!("{}–{}%", (step - 1) * 100 / STEPS + 1, step * 100 / STEPS),
            };
            view! { <li><span class=format!("swatch heat-{step}") aria-hidden="true"></span> {words}</li> }
        })
        .collect_view();
    let marked = current.map(|_| {
        view! { <li><span class="swatch week-line" aria-hidden="true"></span> {say!(language, district.this_week)}</li> }
    });
    let definition = [say!(language, district.map_what), say!(language, district.firms_what)].join("\n\n");
    view! {
        <section class="panel" aria-labelledby="map">
            <header class="section-head">
                <h2 id="map">{say!(language, district.map)}</h2>
                <What text=definition of=say!(language, district.map) />
            </header>
            <div class="scroller" role="region" tabindex="0" aria-label=say!(language, district.map_region)>
                <table class="heat exact">
                    <thead>
                        <tr><th scope="col">{say!(language, district.platform)}</th> {weeks}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>
                        <tr><th scope="row">{say!(language, district.all_platforms)}</th> {all}</tr>
                    </tfoot>
                </table>
            </div>
            <ul class="legend exact" aria-label=say!(language, district.legend)>
                {legend}
                <li><span class="swatch few" aria-hidden="true"></span> {say!(language, district.too_few_short)}</li>
                {marked}
            </ul>
        </section>
    }
    .into_any()
}

/// The week of the quarter in which `today` lies, a plant day as the weeks have theirs, which stand in order so
/// written.
fn current<'a>(quarter: &'a QuarterView, today: &str) -> Option<&'a WeekView> {
    let begun = quarter.weeks.iter().rfind(|week| week.from.as_str() <= today);
    begun.filter(|_| today <= quarter.to.as_str())
}

/// One week of one platform.
#[component]
pub fn HeatCell(week: WeekCell) -> impl IntoView {
    let language = use_language();
    match (week.committed_minutes, week.bookable_minutes) {
        (None, _) => view! {
            <td class="few"><span class="sr">{say!(language, district.too_few_short)}</span></td>
        }
        .into_any(),
        (Some(_), 0) => view! {
            <td class="shut"><span aria-hidden="true">"·"</span><span class="sr">{say!(language, district.no_time)}</span></td>
        }
        .into_any(),
        (Some(committed), bookable) => {
            let class = format!("heat-{}", step(committed, bookable));
            view! { <td class=class><span class="share">{percent(committed, bookable)}</span></td> }
                .into_any()
        }
    }
}

/// The step of the scale that a share falls on: nothing at all is a step of its own.
fn step(part: i64, whole: i64) -> i64 {
    if part == 0 { 0 } else { ((part * STEPS - 1) / whole + 1).clamp(1, STEPS) }
}

#[cfg(test)]
mod tests {
    use super::{current, step};
    use crate::contract::{QuarterView, WeekView};

    #[test]
    fn the_week_that_runs_is_the_one_with_today_in_it() {
        let week = |number, from: &str| WeekView { number, from: from.to_owned() };
        let quarter = QuarterView {
            quarter: "2026-4".to_owned(),
            from: "2026-12-21".to_owned(),
            to: "2027-01-03".to_owned(),
            previous: None,
            next: None,
            weeks: vec![week(52, "2026-12-21"), week(53, "2026-12-28")],
        };
        let number = |today: &str| current(&quarter, today).map(|week| week.number);
        assert_eq!((number("2026-12-20"), number("2026-12-21")), (None, Some(52)));
        assert_eq!((number("2026-12-27"), number("2026-12-28")), (Some(52), Some(53)));
        assert_eq!((number("2027-01-03"), number("2027-01-04")), (Some(53), None));
    }

    #[test]
    fn the_scale_has_its_bounds_where_the_legend_says() {
        let steps = [0, 1, 20, 21, 40, 41, 60, 61, 80, 81, 100].map(|share| step(share, 100));
        assert_eq!(steps, [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        assert_eq!(step(120, 100), 5);
    }
}
