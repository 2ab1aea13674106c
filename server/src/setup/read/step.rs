//! `[[route.step]]`: the lines able to do a step, with figures; lags; shares of pools.

use domain::{
    Minutes,
    calendar::DAY,
    resource::{Line, Pool},
    route::{Figures, PoolUse, RouteStep, Running},
};

use super::{
    super::{
        codes::{Codes, part_id},
        notation,
        problem::{Example, Fault},
        section::{At, Section},
        what::What,
    },
    platform::Known,
};

pub(super) fn read(
    section: Section<'_>,
    at: usize,
    codes: &mut Codes,
    known: &Known<'_>,
    offerings: &[At<String>],
    lines: &[Line],
    pools: &[Pool],
) -> RouteStep {
    let code = codes.declare(&section, "code");
    let on = section.sections("on");
    if on.is_empty() {
        section.note(section.line, Fault::Missing { key: "on" });
    }
    let mut taken = Vec::new();
    let (min_lag, max_lag) = lag(&section, at);
    let step = RouteStep {
        code,
        name: section.name(),
        lines: on.into_iter().map(|on| figures(on, known, offerings, lines, &mut taken)).collect(),
        uses: section.sections("uses").into_iter().map(|used| pool_use(used, known, pools)).collect(),
        min_lag,
        max_lag,
    };
    section.finish();
    step
}

/// The lag after the step before; absent is any.
fn lag(section: &Section<'_>, at: usize) -> (Minutes, Option<Minutes>) {
    let Some(lag) = section.maybe_written("lag", notation::lag, Example::Lag) else { return (0, None) };
    let (least, most) = lag.value;
    if at == 0 {
        let known = vec!["code", "zh", "en", "on", "uses"];
        section.note(lag.line, Fault::UnknownKey { key: "lag".to_owned(), known });
    }
    if most.is_some_and(|most| most < least) {
        let text = section.text("lag").value;
        section.note(lag.line, Fault::LagReversed { text });
    }
    if least.max(most.unwrap_or(0)) > 400 * DAY {
        let text = section.text("lag").value;
        section.out_of_range(lag.line, "lag", text, "0", "400d");
    }
    lag.value
}

/// `{ line = "press-1", setup = "2h", batch = "8h", running = "crew", wait = "0" }`; `taken` are the step's lines so
/// far, each of which does it in one way.
fn figures(
    section: Section<'_>,
    known: &Known<'_>,
    offerings: &[At<String>],
    lines: &[Line],
    taken: &mut Vec<(String, u32)>,
) -> Figures {
    let code = section.text("line");
    match taken.iter().find(|(line, _)| *line == code.value && !line.is_empty()) {
        Some((line, first)) => {
            let fault = Fault::Duplicate { what: What::Line, code: line.clone(), first: *first };
            section.note(code.line, fault);
        }
        None => taken.push((code.value.clone(), code.line)),
    }
    known.lines.check(&section, &code);
    if let Some(line) = lines.iter().find(|line| line.code == code.value) {
        for offering in offerings {
            if !line.capabilities.iter().any(|capability| capability.offering == offering.value) {
                let fault = Fault::NotCapable { line: code.value.clone(), offering: offering.value.clone() };
                section.note(code.line, fault);
            }
        }
    }
    let running = |text: &str| match text {
        "crew" => Some(Running::Crew),
        "unattended" => Some(Running::Unattended),
        _ => None,
    };
    let figures = Figures {
        line: part_id(known.platform, "line", &code.value).into(),
        setup: section.maybe_duration("setup").unwrap_or(0),
        batch: section.duration("batch"),
        running: section
            .maybe_written("running", running, Example::Notation("\"crew\", \"unattended\""))
            .map_or(Running::Crew, |running| running.value),
        wait: section.maybe_duration("wait").unwrap_or(0),
    };
    if section.has("batch") && figures.batch == 0 {
        section.out_of_range(section.line, "batch", 0, "1min", "800d");
    }
    section.finish();
    figures
}

/// `{ pool = "crew", amount = 2 }`
fn pool_use(section: Section<'_>, known: &Known<'_>, pools: &[Pool]) -> PoolUse {
    let code = section.text("pool");
    known.pools.check(&section, &code);
    let amount = u32::try_from(section.integer("amount", 1, 100_000)).unwrap_or(1);
    if let Some(pool) = pools.iter().find(|pool| pool.code == code.value)
        && pool.capacity < amount
    {
        let fault = Fault::PoolTooSmall { pool: code.value.clone(), amount, capacity: pool.capacity };
        section.note(code.line, fault);
    }
    section.finish();
    PoolUse { pool: part_id(known.platform, "pool", &code.value).into(), amount }
}
