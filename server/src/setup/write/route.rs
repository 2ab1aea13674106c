//! `[[route]]`: which offerings run over which steps, and how long on which line.

use domain::{
    Minutes,
    route::{Route, RouteStep, Running},
};

use super::{
    super::{PlatformSetup, write_duration},
    toml::{Toml, lasting, list, quoted},
};

/// Routes of one code and several offerings are written as one.
pub(super) fn families(routes: &[Route]) -> Vec<Vec<&Route>> {
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
pub(super) fn base(route: &Route) -> &str {
    route.code.rsplit_once('/').map_or(route.code.as_str(), |(base, _)| base)
}

pub(super) fn route(setup: &PlatformSetup, family: &[&Route]) -> String {
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
