//! A platform's set-up as tables.

use leptos::prelude::*;

use super::queue::Dense;
use crate::{
    components::offering_name,
    contract::{
        CalendarSetup, CapabilityView, LineSetup, MatrixSetup, PolicySetup, PoolSetup, Role, RouteSetup,
        StepSetup, TextView,
    },
    language::Language,
    request::{use_language, use_link, use_reader},
    words::{self, amounts, date, hazard, length, say, setup_label, spans, text, weekday_name, yuan},
};

/// The way to a part's text.
#[component]
pub fn EditLink(sort: &'static str, code: String) -> impl IntoView {
    let href = use_link(&format!("/setup/part?sort={sort}&code={code}"));
    let (language, reader) = (use_language(), use_reader());
    let edits = reader.is_some_and(|reader| matches!(reader.role, Role::Operator | Role::PlatformAdmin));
    let words = if edits { say!(language, desk.edit) } else { say!(language, desk.view) };
    view! { <a class="hint" href=href>{words} <span class="sr">" " {code}</span></a> }
}

/// The way to a new part's form.
#[component]
pub fn AddLink(sort: &'static str, words: &'static str) -> impl IntoView {
    let language = use_language();
    let href = use_link(&format!("/setup/part?sort={sort}"));
    view! { <a class="button small quiet add" href=href>{say!(language, setup.add)} <span class="sr">" " {words}</span></a> }
}

#[component]
pub fn LineTable(lines: Vec<LineSetup>) -> impl IntoView {
    let language = use_language();
    let [makes, grade, rate, starts, admits, by] = [
        say!(language, desk.makes),
        say!(language, desk.grade),
        say!(language, desk.day_rate),
        say!(language, desk.starts_every),
        say!(language, desk.admits),
        say!(language, desk.calendar_and_matrix),
    ];
    let rows = lines
        .into_iter()
        .map(|line| {
            let able = if line.makes.is_empty() {
                view! { <li class="quiet">{say!(language, setup.nothing_yet)}</li> }.into_any()
            } else {
                capabilities(language, &line.makes)
            };
            let mut tags: Vec<String> = line.admits.iter().map(|tag| hazard(language, tag)).collect();
            tags.extend(line.oeb_max.map(|band| say!(language, desk.oeb_up_to, band = band).to_string()));
            let tags = wholes(tags);
            let mut grade_words = vec![words::grade(language, line.gmp).to_owned()];
            grade_words.extend(line.media_fill_until.map(|until| {
                let day = date(language, crate::contract::Instant(until.0 - 1));
                say!(language, desk.media_fill_until, day = day).to_string()
            }));
            view! {
                <tr>
                    <th scope="row">{text(language, &line.name)} " " <EditLink sort="line" code=line.code /></th>
                    <td data-label=makes><ul class="ranges">{able}</ul></td>
                    <td data-label=grade>{grade_words.join(" · ")}</td>
                    <td data-label=rate class="when whole">{yuan(line.day_rate_fen)}</td>
                    <td data-label=starts class="when whole">{length(language, line.start_every_minutes)}</td>
                    <td data-label=admits>{tags}</td>
                    <td data-label=by>{text(language, &line.calendar)} " · " {text(language, &line.matrix)}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = vec![say!(language, desk.line), makes, grade, rate, starts, admits, by];
    view! { <Dense id="setup-lines" heads>{rows}</Dense> }
}

/// Words side by side, none of which is broken.
fn wholes(words: Vec<String>) -> AnyView {
    let last = words.len().saturating_sub(1);
    words
        .into_iter()
        .enumerate()
        .map(|(place, words)| {
            view! { <span class="whole">{words}</span> {(place < last).then_some(" · ")} }
        })
        .collect_view()
        .into_any()
}

/// Batch sizes, each with the forms that are made in them.
fn capabilities(language: Language, makes: &[CapabilityView]) -> AnyView {
    let mut ranges: Vec<(String, Vec<String>)> = Vec::new();
    for able in makes {
        let range = amounts(language, &able.batch_min, &able.batch_max, &able.unit);
        let made = offering_name(language, &able.offering);
        match ranges.iter_mut().find(|(known, _)| *known == range) {
            Some((_, forms)) => forms.push(made),
            None => ranges.push((range, vec![made])),
        }
    }
    ranges
        .into_iter()
        .map(|(range, forms)| {
            view! { <li><strong class="when whole">{range}</strong> " " {forms.join(" · ")}</li> }
        })
        .collect_view()
        .into_any()
}

#[component]
pub fn PoolTable(pools: Vec<PoolSetup>) -> impl IntoView {
    let language = use_language();
    let [capacity, calendar] = [say!(language, desk.capacity), say!(language, desk.calendar)];
    let rows = pools
        .into_iter()
        .map(|pool| {
            let room = pool.capacity;
            let room = if pool.per == "shift" {
                say!(language, desk.per_shift, count = room).to_string()
            } else {
                say!(language, desk.per_day, count = room).to_string()
            };
            view! {
                <tr>
                    <th scope="row">{text(language, &pool.name)} " " <EditLink sort="pool" code=pool.code /></th>
                    <td data-label=capacity class="when">{room}</td>
                    <td data-label=calendar>{text(language, &pool.calendar)}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Dense id="setup-pools" heads=vec![say!(language, desk.pool), capacity, calendar]>{rows}</Dense> }
}

#[component]
pub fn CalendarTable(calendars: Vec<CalendarSetup>) -> impl IntoView {
    let language = use_language();
    let days: Vec<&'static str> = (0..7).map(|day| weekday_name(language, day)).collect();
    let holidays = say!(language, desk.holidays);
    let rows = calendars
        .into_iter()
        .map(|calendar| {
            let cells = calendar
                .week
                .into_iter()
                .zip(days.clone())
                .map(|(shifts, day)| {
                    let none = shifts.is_empty().then_some("–");
                    let shifts = shifts
                        .into_iter()
                        .map(|shift| view! { <span class="shift">{shift.replace('-', "–")}</span> " " })
                        .collect_view();
                    view! { <td data-label=day class="when">{none} {shifts}</td> }
                })
                .collect_view();
            let rests = if calendar.observes_holidays {
                say!(language, desk.rests)
            } else {
                say!(language, desk.runs_through)
            };
            view! {
                <tr>
                    <th scope="row">{text(language, &calendar.name)} " " <EditLink sort="calendar" code=calendar.code /></th>
                    {cells}
                    <td data-label=holidays>{rests}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = [say!(language, desk.calendar)].into_iter().chain(days.clone()).chain([holidays]).collect();
    view! { <Dense id="setup-calendars" heads>{rows}</Dense> }
}

/// Rows are what was left, columns what is needed.
#[component]
pub fn MatrixGrids(matrix: MatrixSetup) -> impl IntoView {
    let language = use_language();
    let same = say!(language, desk.same_product);
    let other = say!(language, desk.other_product);
    let version = say!(language, desk.version, number = matrix.version).to_string();
    // A sample can't be changed.
    let edit =
        (!matrix.code.is_empty()).then(|| view! { <EditLink sort="matrix" code=matrix.code.clone() /> });
    view! {
        <section class="matrix">
            <h3>{text(language, &matrix.name)} " " <span class="hint">{version}</span> " " {edit}</h3>
            <div class="grids">
                <Grid caption=same classes=matrix.classes.clone() cells=matrix.same_product />
                <Grid caption=other classes=matrix.classes cells=matrix.other_product />
            </div>
        </section>
    }
}

#[component]
fn Grid(caption: &'static str, classes: Vec<TextView>, cells: Vec<Vec<String>>) -> impl IntoView {
    let language = use_language();
    let heads =
        classes.iter().map(|class| view! { <th scope="col">{text(language, class)}</th> }).collect_view();
    let rows = classes
        .iter()
        .zip(cells)
        .map(|(left, row)| {
            let row = row
                .into_iter()
                .map(|cell| {
                    let class = if cell == "-" { "forbidden" } else { "when" };
                    let cell = if cell == "-" {
                        say!(language, desk.forbidden).to_owned()
                    } else {
                        spans(language, &cell)
                    };
                    view! { <td class=class>{cell}</td> }
                })
                .collect_view();
            view! { <tr><th scope="row">{text(language, left)}</th>{row}</tr> }
        })
        .collect_view();
    view! {
        <div class="grid-scroll" tabindex="0" role="group" aria-label=caption>
            <table class="grid">
                <caption>{caption}</caption>
                <thead>
                    <tr><th scope="col">{say!(language, desk.left_needed)}</th>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
pub fn RouteTable(routes: Vec<RouteSetup>) -> impl IntoView {
    let language = use_language();
    let [makes, steps] = [say!(language, desk.makes), say!(language, desk.steps)];
    let rows = routes
        .into_iter()
        .map(|route| {
            let made: Vec<String> = route.offerings.iter().map(|code| offering_name(language, code)).collect();
            let steps_view = route
                .steps
                .iter()
                .map(|one| view! { <li>{step(language, one)}</li> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{text(language, &route.name)} " " <EditLink sort="route" code=route.code /></th>
                    <td data-label=makes>{made.join(" · ")}</td>
                    <td data-label=steps><ol class="route-steps">{steps_view}</ol></td>
                </tr>
            }
        })
        .collect_view();
    view! { <Dense id="setup-routes" heads=vec![say!(language, desk.route), makes, steps]>{rows}</Dense> }
}

/// `Press: Press 1 (2 h set-up, 8 h a batch) · lag ≤ 24 h`.
fn step(language: Language, step: &StepSetup) -> String {
    let lines: Vec<String> = step
        .lines
        .iter()
        .map(|figures| {
            let batch = length(language, figures.batch_minutes);
            let figures_words = say!(
                language,
                desk.figures,
                line = text(language, &figures.line),
                setup = length(language, figures.setup_minutes),
                batch = batch
            )
            .to_string();
            if figures.unattended {
                format!("{figures_words} · {}", say!(language, desk.unattended))
            } else {
                figures_words
            }
        })
        .collect();
    let lag = step.lag.as_deref().map(|lag| say!(language, desk.lag, lag = spans(language, lag)).to_string());
    let colon = say!(language, term.colon);
    let words = format!("{}{colon}{}", text(language, &step.name), lines.join(" / "));
    lag.map_or(words.clone(), |lag| format!("{words} · {lag}"))
}

#[component]
pub fn PolicyFacts(policy: PolicySetup) -> impl IntoView {
    let language = use_language();
    let days = |days: i64| say!(language, desk.days, count = days).to_string();
    let colon = say!(language, term.colon);
    let rung = |(notice, percent): &(i64, u8)| format!("≥ {}{colon}{percent}%", days(*notice));
    let mut ladder: Vec<String> = policy.ladder.iter().map(rung).collect();
    // Below the last rung, and of whoever doesn't come, it is all of the price.
    ladder.push(format!("{}{colon}100%", say!(language, desk.ladder_rest)));
    let use_or_lose = policy.use_or_lose.map_or_else(
        || say!(language, desk.use_or_lose_none).to_owned(),
        |rule| {
            let [within, horizon] =
                [rule.within_minutes, rule.horizon_minutes].map(|minutes| length(language, minutes));
            let (times, within, horizon) = (rule.times, within.as_str(), horizon.as_str());
            say!(language, desk.use_or_lose_rule, times = times, within = within, horizon = horizon)
                .to_string()
        },
    );
    let named = |key| setup_label(language, key);
    let facts = [
        (named("hold"), length(language, policy.hold_minutes)),
        (named("max_holds"), policy.max_holds.to_string()),
        (named("reply_working_days"), policy.reply_working_days.to_string()),
        (say!(language, desk.reservation).to_owned(), format!("{}%", policy.reservation_percent)),
        (say!(language, desk.free_move).to_owned(), days(policy.free_move_days)),
        (named("min_notice"), length(language, policy.min_notice_minutes)),
        (named("horizon"), length(language, policy.horizon_minutes)),
        (named("ask_answer"), length(language, policy.ask_answer_minutes)),
        (named("ask_reach"), length(language, policy.ask_reach_minutes)),
        (named("move_most"), policy.move_most.to_string()),
        (named("ask_most"), policy.ask_most.to_string()),
        (say!(language, desk.plan_discount).to_owned(), format!("{}%", policy.plan_discount_percent)),
        (say!(language, desk.plan_freeze).to_owned(), days(policy.plan_freeze_days)),
        (named("ladder"), ladder.join("\n")),
        (named("use_or_lose"), use_or_lose),
        (say!(language, desk.policy_version).to_owned(), policy.version.to_string()),
    ];
    let facts = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    view! { <dl class="facts">{facts}</dl> }
}
