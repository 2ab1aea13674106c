//! Platform by week: a table whose cells are coloured, so that it reads as well as it looks.

use leptos::prelude::*;

use super::what::What;
use crate::{
    contract::{OccupancyReport, WeekCell},
    request::use_language,
    words::{brief_day, percent, say, text},
};

/// Steps of the scale above nothing.
const STEPS: i64 = 5;

#[component]
pub fn HeatMap(report: OccupancyReport) -> impl IntoView {
    let language = use_language();
    let weeks = report
        .quarter
        .weeks
        .iter()
        .map(|week| {
            let day = brief_day(language, &week.from);
            let full = say!(language, district.week_of, number = week.number, day = day.as_str()).to_string();
            view! {
                <th scope="col" abbr=full>
                    <span>{say!(language, district.week, number = week.number).to_string()}</span>
                    <span class="hint">{day}</span>
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
            </ul>
        </section>
    }
    .into_any()
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
    use super::step;

    #[test]
    fn the_scale_has_its_bounds_where_the_legend_says() {
        let steps = [0, 1, 20, 21, 40, 41, 60, 61, 80, 81, 100].map(|share| step(share, 100));
        assert_eq!(steps, [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
        assert_eq!(step(120, 100), 5);
    }
}
