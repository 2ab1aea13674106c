//! A platform's set-up as text, in the notation that [`super::read()`] reads: what is written and read again is the same.

use std::fmt::Write as _;

use app::contract::{field, setup_form::DAYS};
use domain::{
    Minute, Minutes, Text,
    calendar::{Pattern, Shift, plant_date},
    changeover::{Changeover, ClassRule, Matrix, Relation},
    hazard::Hazard,
    policy::Policy,
    resource::{Capability, CellUnit, Line, Pool},
    route::{Route, RouteStep, Running},
};
use serde::Serialize;

use super::{PlatformSetup, What, write_duration};

/// One part of a set-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub what: What,
    pub code: String,
    pub name: Text,
    pub text: String,
}

/// Every part of a platform, in the order of the format.
#[must_use]
pub fn write(setup: &PlatformSetup) -> Vec<Part> {
    let mut parts = vec![part(What::Platform, &setup.code, &setup.name, platform(setup))];
    parts.extend(setup.calendars.iter().map(|one| part(What::Calendar, &one.code, &one.name, calendar(one))));
    parts.extend(setup.matrices.iter().map(|one| part(What::Matrix, &one.code, &one.name, matrix(one))));
    parts.extend(setup.pools.iter().map(|one| part(What::Pool, &one.code, &one.name, pool(setup, one))));
    parts.extend(setup.lines.iter().map(|one| part(What::Line, &one.code, &one.name, line(setup, one))));
    for family in families(&setup.routes) {
        let first = family[0];
        parts.push(part(What::Route, base(first), &first.name, route(setup, &family)));
    }
    let name = Text { zh: "政策".into(), en: "Policy".into() };
    parts.push(part(What::Policy, "policy", &name, policy(&setup.policy)));
    parts
}

fn part(what: What, code: &str, name: &Text, text: String) -> Part {
    Part { what, code: code.to_owned(), name: name.clone(), text }
}

/// Routes of one code and several offerings are written as one.
fn families(routes: &[Route]) -> Vec<Vec<&Route>> {
    let mut families: Vec<Vec<&Route>> = Vec::new();
    for route in routes {
        match families.iter_mut().find(|family| base(family[0]) == base(route)) {
            Some(family) => family.push(route),
            None => families.push(vec![route]),
        }
    }
    families
}

/// The code as it is written, without the offering.
fn base(route: &Route) -> &str {
    route.code.rsplit_once('/').map_or(route.code.as_str(), |(base, _)| base)
}

/// Lines of TOML; writing to a text can't fail.
struct Toml(String);

impl Toml {
    fn head(head: &str) -> Self {
        Self(format!("{head}\n"))
    }

    fn put(&mut self, key: &str, value: impl std::fmt::Display) {
        let _infallible = writeln!(self.0, "{key} = {value}");
    }

    fn named(head: &str, code: &str, name: &Text) -> Self {
        let mut toml = Self::head(head);
        toml.put("code", quoted(code));
        toml.put("zh", quoted(&name.zh));
        toml.put("en", quoted(&name.en));
        toml
    }
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            letter if letter.is_control() => {
                let _infallible = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A list of texts in quotes.
fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}

fn lasting(minutes: Minutes) -> String {
    quoted(&write_duration(minutes))
}

/// The word of a unit variant.
fn word(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn hazards<'a>(hazards: impl IntoIterator<Item = &'a Hazard>) -> String {
    list(hazards.into_iter().map(word))
}

/// The last day of a validity that ends with it.
fn last_day(until: Minute) -> time::Date {
    plant_date(until - 1)
}

fn platform(setup: &PlatformSetup) -> String {
    let mut toml = Toml::named("[platform]", &setup.code, &setup.name);
    toml.put("illustrative", setup.illustrative);
    toml.put("contact", quoted(&setup.contact));
    toml.0
}

fn calendar(pattern: &Pattern) -> String {
    let mut toml = Toml::named("[[calendar]]", &pattern.code, &pattern.name);
    for (day, shifts) in DAYS.into_iter().zip(&pattern.week) {
        toml.put(day, list(shifts.iter().map(|shift| write_shift(*shift))));
    }
    toml.put("observes_holidays", pattern.observes_holidays);
    toml.put("working_weekend_as", quoted(DAYS[usize::from(pattern.working_weekend_as) % 7]));
    toml.0
}

/// A shift the way it is written.
#[must_use]
pub fn write_shift(shift: Shift) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let end = if shift.end > 1440 { shift.end - 1440 } else { shift.end };
    format!("{}-{}", clock(shift.start), clock(end))
}

fn matrix(matrix: &Matrix) -> String {
    let code =
        |id| matrix.classes.iter().find(|class| class.id == id).map_or("", |class| class.code.as_str());
    let mut toml = Toml::named("[[matrix]]", &matrix.code, &matrix.name);
    toml.put("initial", quoted(code(matrix.initial)));
    if let Some(hold) = matrix.clean_hold {
        toml.put("clean_hold", lasting(hold));
    }
    toml.put("reclean", changeover(matrix.reclean));
    if let Some(cap) = matrix.cap {
        let batches = cap.max_batches.map(|batches| format!("batches = {batches}"));
        let time = cap.max_minutes.map(|minutes| format!("time = {}", lasting(minutes)));
        let full = format!("full_clean = {}", changeover(cap.full_clean));
        let cap: Vec<String> = batches.into_iter().chain(time).chain([full]).collect();
        toml.put("campaign_cap", format!("{{ {} }}", cap.join(", ")));
    }
    toml.put("same_product", grid(matrix, Relation::Same));
    toml.put("other_product", grid(matrix, Relation::Other));
    for class in &matrix.classes {
        toml.0 += "\n";
        toml.0 += &Toml::named("[[matrix.class]]", &class.code, &class.name).0;
    }
    for one in &matrix.rules {
        toml.0 += "\n";
        toml.0 += &rule(one, &code);
    }
    toml.0
}

fn rule<'a>(rule: &ClassRule, code: &impl Fn(domain::ClassId) -> &'a str) -> String {
    let mut toml = Toml::head("[[matrix.rule]]");
    if !rule.any_hazard.is_empty() {
        toml.put("hazards", hazards(&rule.any_hazard));
    }
    if let Some(band) = rule.oeb_at_least {
        toml.put("oeb_at_least", band);
    }
    if !rule.offerings.is_empty() {
        toml.put("offerings", list(&rule.offerings));
    }
    toml.put("needs", quoted(code(rule.needs)));
    toml.put("leaves", quoted(code(rule.leaves)));
    toml.0
}

fn changeover(changeover: Changeover) -> String {
    format!("{{ crew = {}, wait = {} }}", lasting(changeover.crew), lasting(changeover.wait))
}

/// A cell the way it is written: crew time and then waiting; `-` is forbidden.
#[must_use]
pub fn write_cell(cell: Option<Changeover>) -> String {
    match cell {
        None => "-".to_owned(),
        Some(cell) if cell.wait == 0 => write_duration(cell.crew),
        Some(cell) => format!("{} + {}", write_duration(cell.crew), write_duration(cell.wait)),
    }
}

/// The grid of a relation, its columns aligned.
fn grid(matrix: &Matrix, relation: Relation) -> String {
    let head = ["left \\ needed".to_owned()].into_iter();
    let head: Vec<String> = head.chain(matrix.classes.iter().map(|class| class.code.clone())).collect();
    let row = |left: &domain::changeover::Class| {
        let cells = matrix.classes.iter().map(|needed| write_cell(matrix.cell(left.id, needed.id, relation)));
        [left.code.clone()].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = [head].into_iter().chain(matrix.classes.iter().map(row)).collect();
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let written = rows.iter().map(|row| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join(" | ").trim_end().to_owned()
    });
    format!("'''\n{}\n'''", written.collect::<Vec<_>>().join("\n"))
}

fn pool(setup: &PlatformSetup, pool: &Pool) -> String {
    let calendar = setup.calendars.iter().find(|calendar| calendar.id == pool.calendar);
    let mut toml = Toml::named("[[pool]]", &pool.code, &pool.name);
    toml.put("calendar", quoted(calendar.map_or("", |calendar| &calendar.code)));
    toml.put("per", quoted(if pool.cell == CellUnit::Shift { "shift" } else { "day" }));
    toml.put("capacity", pool.capacity);
    toml.0
}

fn line(setup: &PlatformSetup, line: &Line) -> String {
    let matrix = setup.matrices.iter().find(|matrix| matrix.id == line.matrix);
    let calendar = setup.calendars.iter().find(|calendar| calendar.id == line.calendar);
    let mut toml = Toml::named("[[line]]", &line.code, &line.name);
    toml.put("matrix", quoted(matrix.map_or("", |matrix| &matrix.code)));
    toml.put("calendar", quoted(calendar.map_or("", |calendar| &calendar.code)));
    // What follows each other with one range is one row: the order is part of what is stored.
    let same = |one: &Capability, other: &Capability| {
        (one.batch_min, one.batch_max, one.unit) == (other.batch_min, other.batch_max, other.unit)
    };
    let makes: Vec<String> = line
        .capabilities
        .chunk_by(same)
        .map(|able| {
            let (min, max) = (field::decimal(able[0].batch_min), field::decimal(able[0].batch_max));
            let range = if min == max { min } else { format!("{min}-{max}") };
            let batch = quoted(&format!("{range} {}", word(able[0].unit)));
            let offerings = list(able.iter().map(|able| &able.offering));
            format!("  {{ offerings = {offerings}, batch = {batch} }},")
        })
        .collect();
    toml.put("makes", format!("[\n{}\n]", makes.join("\n")));
    toml.put("admits", hazards(&line.admits));
    if let Some(hazard) = line.dedicated_to {
        toml.put("dedicated_to", quoted(&word(hazard)));
    }
    if !line.approvals.is_empty() {
        let approvals: Vec<String> = line
            .approvals
            .iter()
            .map(|one| {
                let (hazard, until) = (quoted(&word(one.hazard)), last_day(one.valid_until));
                format!("  {{ hazard = {hazard}, until = {until} }},")
            })
            .collect();
        toml.put("approvals", format!("[\n{}\n]", approvals.join("\n")));
    }
    if let Some(band) = line.oeb_max {
        toml.put("oeb_max", band);
    }
    toml.put("gmp", line.gmp);
    if let Some(until) = line.media_fill_valid_until {
        toml.put("media_fill_valid_until", last_day(until));
    }
    toml.put("day_rate_yuan", quoted(&field::decimal(line.day_rate_fen * 10)));
    toml.put("start_every", lasting(line.granularity));
    toml.0
}

fn route(setup: &PlatformSetup, family: &[&Route]) -> String {
    let first = family[0];
    let mut toml = Toml::named("[[route]]", base(first), &first.name);
    toml.put("offerings", list(family.iter().map(|route| &route.offering)));
    for (at, one) in first.steps.iter().enumerate() {
        toml.0 += "\n";
        toml.0 += &step(setup, one, at);
    }
    toml.0
}

fn step(setup: &PlatformSetup, step: &RouteStep, at: usize) -> String {
    let mut toml = Toml::named("[[route.step]]", &step.code, &step.name);
    let on: Vec<String> = step
        .lines
        .iter()
        .map(|figures| {
            let line = setup.lines.iter().find(|line| line.id == figures.line);
            let running = if figures.running == Running::Crew { "crew" } else { "unattended" };
            format!(
                "  {{ line = {}, setup = {}, batch = {}, running = {}, wait = {} }},",
                quoted(line.map_or("", |line| &line.code)),
                lasting(figures.setup),
                lasting(figures.batch),
                quoted(running),
                lasting(figures.wait)
            )
        })
        .collect();
    toml.put("on", format!("[\n{}\n]", on.join("\n")));
    if !step.uses.is_empty() {
        let uses: Vec<String> = step
            .uses
            .iter()
            .map(|used| {
                let pool = setup.pools.iter().find(|pool| pool.id == used.pool);
                format!(
                    "{{ pool = {}, amount = {} }}",
                    quoted(pool.map_or("", |pool| &pool.code)),
                    used.amount
                )
            })
            .collect();
        toml.put("uses", format!("[{}]", uses.join(", ")));
    }
    if at > 0
        && let Some(lag) = write_lag(step.min_lag, step.max_lag)
    {
        toml.put("lag", quoted(&lag));
    }
    toml.0
}

/// A lag the way it is written; `None` for any.
#[must_use]
pub fn write_lag(least: Minutes, most: Option<Minutes>) -> Option<String> {
    match (least, most) {
        (0, None) => None,
        (0, Some(0)) => Some("0".to_owned()),
        (0, Some(most)) => Some(format!("≤ {}", write_duration(most))),
        (least, None) => Some(format!("≥ {}", write_duration(least))),
        (least, Some(most)) => Some(format!("{} - {}", write_duration(least), write_duration(most))),
    }
}

fn policy(policy: &Policy) -> String {
    let mut toml = Toml::head("[policy]");
    toml.put("hold", lasting(policy.hold_minutes));
    toml.put("max_holds", policy.max_holds);
    toml.put("reply_working_days", policy.reply_working_days);
    toml.put("reservation_percent", policy.reservation_percent);
    toml.put("free_move_days", policy.free_move_days);
    toml.put("min_notice", lasting(policy.min_notice));
    toml.put("horizon", lasting(policy.horizon));
    toml.put("ask_answer", lasting(policy.ask_answer));
    toml.put("ask_reach", lasting(policy.ask_reach));
    toml.put("move_most", policy.move_most);
    toml.put("ask_most", policy.ask_most);
    toml.put("auto_confirm", policy.auto_confirm);
    toml.put("plan_freeze_days", policy.plan_freeze_days);
    toml.put("plan_discount_percent", policy.plan_discount_percent);
    if let Some(rule) = &policy.use_or_lose {
        let (within, horizon) = (lasting(rule.within), lasting(rule.horizon));
        toml.put(
            "use_or_lose",
            format!("{{ times = {}, within = {within}, horizon = {horizon} }}", rule.times),
        );
    }
    let rungs: Vec<String> = policy
        .ladder
        .iter()
        .map(|rung| format!("  {{ notice_days = {}, percent = {} }},", rung.min_notice_days, rung.percent))
        .collect();
    toml.put("ladder", format!("[\n{}\n]", rungs.join("\n")));
    toml.0
}
