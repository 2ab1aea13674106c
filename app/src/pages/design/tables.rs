//! Samples of the set-up as it is in force: lines, routes, pools, calendars and the policy, each as a table.

use leptos::prelude::*;

use super::{Part, both};
use crate::{
    components::operator::{AddLink, CalendarTable, LineTable, PolicyFacts, PoolTable, RouteTable},
    contract::{
        CalendarSetup, CapabilityView, FiguresSetup, LineSetup, PolicySetup, PoolSetup, RouteSetup,
        StepSetup, TextView, UseOrLoseView,
    },
    language::Language,
    request::use_language,
    words::say,
};

const DAY: i64 = 24 * 60;

#[component]
pub fn SetupTables() -> impl IntoView {
    let language = use_language();
    let lines = vec![
        LineSetup {
            makes: vec![CapabilityView {
                offering: "TAB".to_owned(),
                batch_min: "5".to_owned(),
                batch_max: "50".to_owned(),
                unit: "kilogram".to_owned(),
            }],
            admits: ["hormone", "high_activity"].map(str::to_owned).into(),
            oeb_max: Some(4),
            ..line("gran-1", |language| say!(language, design.line_one))
        },
        line("press-1", |language| say!(language, design.line_two)),
    ];
    let add = say!(language, desk.lines);
    view! {
        <Part id="setup-lines" name=say!(language, desk.lines)>
            <p><AddLink sort="line" words=add /></p>
            <LineTable lines />
        </Part>
        <Part id="setup-routes" name=say!(language, desk.routes)>
            <RouteTable routes=vec![route()] />
        </Part>
        <Part id="setup-pools" name=say!(language, desk.pools)>
            <PoolTable pools=vec![pool("shift"), pool("day")] />
        </Part>
        <Part id="setup-calendars" name=say!(language, desk.calendars)>
            <CalendarTable calendars=vec![calendar(true), calendar(false)] />
        </Part>
        <Part id="setup-policy" name=say!(language, desk.policy)>
            <PolicyFacts policy=policy() />
        </Part>
    }
}

/// A line that can't make anything yet.
fn line(code: &str, name: fn(Language) -> &'static str) -> LineSetup {
    LineSetup {
        code: code.to_owned(),
        name: both(name),
        gmp: true,
        day_rate_fen: 900_000,
        start_every_minutes: 60,
        calendar: shifts(),
        matrix: both(|language| say!(language, design.matrix_name)),
        makes: Vec::new(),
        admits: Vec::new(),
        oeb_max: None,
        media_fill_until: None,
    }
}

/// What shifts are called.
fn shifts() -> TextView {
    both(|language| say!(language, design.shifts))
}

fn route() -> RouteSetup {
    let step = |name: fn(Language) -> &'static str, line: fn(Language) -> &'static str, lag: Option<&str>| {
        StepSetup {
            name: both(name),
            lines: vec![FiguresSetup {
                line: both(line),
                setup_minutes: 120,
                batch_minutes: 480,
                wait_minutes: 0,
                unattended: lag.is_some(),
            }],
            lag: lag.map(str::to_owned),
        }
    };
    RouteSetup {
        code: "tablet".to_owned(),
        name: both(|language| say!(language, design.form)),
        offerings: vec!["TAB".to_owned()],
        steps: vec![
            step(
                |language| say!(language, design.step_one),
                |language| say!(language, design.line_one),
                None,
            ),
            step(
                |language| say!(language, design.step_two),
                |language| say!(language, design.line_two),
                Some("≤ 24h"),
            ),
        ],
    }
}

fn pool(per: &str) -> PoolSetup {
    PoolSetup {
        code: per.to_owned(),
        name: both(|language| say!(language, design.pool)),
        calendar: shifts(),
        per: per.to_owned(),
        capacity: 4,
    }
}

/// Two shifts from Monday to Friday, or without a pause.
fn calendar(rests: bool) -> CalendarSetup {
    let day = |number: usize| match (rests, number) {
        (true, 5 | 6) => Vec::new(),
        (true, _) => ["08:00-16:00", "16:00-24:00"].map(str::to_owned).into(),
        (false, _) => ["00:00-24:00"].map(str::to_owned).into(),
    };
    CalendarSetup {
        code: if rests { "two-shift" } else { "continuous" }.to_owned(),
        name: shifts(),
        week: (0..7).map(day).collect(),
        observes_holidays: rests,
    }
}

fn policy() -> PolicySetup {
    PolicySetup {
        version: 3,
        hold_minutes: 3 * DAY,
        max_holds: 5,
        reply_working_days: 3,
        reservation_percent: 10,
        free_move_days: 60,
        min_notice_minutes: 2 * DAY,
        horizon_minutes: 366 * DAY,
        ask_answer_minutes: 2 * DAY,
        ask_reach_minutes: 14 * DAY,
        move_most: 3,
        ask_most: 2,
        plan_freeze_days: 14,
        plan_discount_percent: 8,
        use_or_lose: Some(UseOrLoseView { times: 2, within_minutes: 180 * DAY, horizon_minutes: 60 * DAY }),
        ladder: vec![(61, 0), (15, 50), (0, 100)],
    }
}
