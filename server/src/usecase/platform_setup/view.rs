//! The set-up in the contract's words.

use app::contract::{
    CalendarSetup, CapabilityView, Failure, FiguresSetup, Instant, LineSetup, MatrixSetup, PolicySetup,
    PoolSetup, RouteSetup, SetupView, StepSetup, TextView, field, setup_form::NamedCode,
};
use domain::{
    CalendarId, LineId, MatrixId, Text,
    changeover::{Matrix, Relation},
    policy::Policy,
    resource::Line,
    route::{RouteStep, Running},
};

use super::super::{Caller, words::word};
use crate::{
    setup::{Part, PlatformSetup, write_cell, write_lag, write_shift},
    state::AppState,
};

/// The set-up of the caller's platform.
///
/// # Errors
/// [`Failure::Unauthenticated`], [`Failure::Forbidden`] for whoever isn't of a platform.
pub async fn view(state: &AppState, caller: &Caller) -> Result<SetupView, Failure> {
    let platform = caller.member()?.platform().ok_or(Failure::Forbidden)?;
    let setup = super::current(state, platform).await?;
    Ok(SetupView {
        code: setup.code.clone(),
        name: setup.name.clone().into(),
        lines: setup.lines.iter().map(|one| line(&setup, one)).collect(),
        pools: pools(&setup),
        calendars: calendars(&setup),
        matrices: setup.matrices.iter().map(matrix).collect(),
        routes: routes(&setup),
        policy: policy(&setup.policy),
        retired: super::retired(state, platform).await?.into_iter().map(off).collect(),
    })
}

fn off(part: Part) -> NamedCode {
    NamedCode { code: part.code, name: part.name.into() }
}

fn calendar_name(setup: &PlatformSetup, id: CalendarId) -> TextView {
    named(setup.calendars.iter().find(|one| one.id == id).map(|one| &one.name))
}

fn matrix_name(setup: &PlatformSetup, id: MatrixId) -> TextView {
    named(setup.matrices.iter().find(|one| one.id == id).map(|one| &one.name))
}

/// A set-up refers to nothing that isn't there.
fn named(name: Option<&Text>) -> TextView {
    name.map_or_else(|| TextView { zh: String::new(), en: String::new() }, |name| name.clone().into())
}

fn line(setup: &PlatformSetup, line: &Line) -> LineSetup {
    let makes = line.capabilities.iter().map(|able| CapabilityView {
        offering: able.offering.clone(),
        batch_min: field::decimal(able.batch_min),
        batch_max: field::decimal(able.batch_max),
        unit: word(able.unit),
    });
    LineSetup {
        code: line.code.clone(),
        name: line.name.clone().into(),
        gmp: line.gmp,
        day_rate_fen: line.day_rate_fen,
        start_every_minutes: line.granularity,
        calendar: calendar_name(setup, line.calendar),
        matrix: matrix_name(setup, line.matrix),
        makes: makes.collect(),
        admits: line.admits.iter().map(word).collect(),
        oeb_max: line.oeb_max,
        media_fill_until: line.media_fill_valid_until.map(Instant::from_minute),
    }
}

fn pools(setup: &PlatformSetup) -> Vec<PoolSetup> {
    let view = |pool: &domain::resource::Pool| PoolSetup {
        code: pool.code.clone(),
        name: pool.name.clone().into(),
        calendar: calendar_name(setup, pool.calendar),
        per: word(pool.cell),
        capacity: pool.capacity,
    };
    setup.pools.iter().map(view).collect()
}

fn calendars(setup: &PlatformSetup) -> Vec<CalendarSetup> {
    let view = |pattern: &domain::calendar::Pattern| CalendarSetup {
        code: pattern.code.clone(),
        name: pattern.name.clone().into(),
        week: pattern.week.iter().map(|day| day.iter().map(|shift| write_shift(*shift)).collect()).collect(),
        observes_holidays: pattern.observes_holidays,
    };
    setup.calendars.iter().map(view).collect()
}

fn matrix(matrix: &Matrix) -> MatrixSetup {
    let grid = |relation: Relation| {
        let row = |left: &domain::changeover::Class| {
            let cell =
                |needed: &domain::changeover::Class| write_cell(matrix.cell(left.id, needed.id, relation));
            matrix.classes.iter().map(cell).collect()
        };
        matrix.classes.iter().map(row).collect()
    };
    MatrixSetup {
        code: matrix.code.clone(),
        name: matrix.name.clone().into(),
        version: matrix.version,
        classes: matrix.classes.iter().map(|class| class.name.clone().into()).collect(),
        same_product: grid(Relation::Same),
        other_product: grid(Relation::Other),
    }
}

fn routes(setup: &PlatformSetup) -> Vec<RouteSetup> {
    let mut views: Vec<RouteSetup> = Vec::new();
    for route in &setup.routes {
        let code = route.code.rsplit_once('/').map_or(route.code.as_str(), |(base, _)| base);
        match views.iter_mut().find(|view| view.code == code) {
            Some(view) => view.offerings.push(route.offering.clone()),
            None => views.push(RouteSetup {
                code: code.to_owned(),
                name: route.name.clone().into(),
                offerings: vec![route.offering.clone()],
                steps: route.steps.iter().map(|one| step(setup, one)).collect(),
            }),
        }
    }
    views
}

fn step(setup: &PlatformSetup, step: &RouteStep) -> StepSetup {
    let name = |id: LineId| -> TextView {
        named(setup.lines.iter().find(|line| line.id == id).map(|line| &line.name))
    };
    let figures = step.lines.iter().map(|figures| FiguresSetup {
        line: name(figures.line),
        setup_minutes: figures.setup,
        batch_minutes: figures.batch,
        wait_minutes: figures.wait,
        unattended: figures.running == Running::Unattended,
    });
    StepSetup {
        name: step.name.clone().into(),
        lines: figures.collect(),
        lag: write_lag(step.min_lag, step.max_lag),
    }
}

fn policy(policy: &Policy) -> PolicySetup {
    PolicySetup {
        version: policy.version,
        hold_minutes: policy.hold_minutes,
        max_holds: policy.max_holds,
        reply_working_days: policy.reply_working_days,
        reservation_percent: policy.reservation_percent,
        free_move_days: policy.free_move_days,
        min_notice_minutes: policy.min_notice,
        horizon_minutes: policy.horizon,
        ask_answer_minutes: policy.ask_answer,
        ask_reach_minutes: policy.ask_reach,
        move_most: policy.move_most,
        ask_most: policy.ask_most,
        plan_freeze_days: policy.plan_freeze_days,
        plan_discount_percent: policy.plan_discount_percent,
        use_or_lose: policy.use_or_lose.map(Into::into),
        ladder: policy.ladder.iter().map(|rung| (rung.min_notice_days, rung.percent)).collect(),
    }
}
