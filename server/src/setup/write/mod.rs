//! A platform's set-up as text, in the notation that [`super::read()`] reads: what is written and read again is the
//! same.

mod calendar;
mod line;
mod matrix;
mod policy;
mod pool;
mod route;
mod toml;

use app::{language::Language, words::say};
use domain::Text;

use self::{
    calendar::calendar,
    line::line,
    matrix::matrix,
    policy::policy,
    pool::pool,
    route::{base, families, route},
    toml::Toml,
};
use super::{PlatformSetup, What};

pub(super) use self::toml::{quoted, word};
pub use self::{calendar::write_shift, matrix::write_cell, route::write_lag};

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
    let [zh, en] = [Language::zh_CN, Language::en].map(|language| say!(language, desk.policy).to_owned());
    let name = Text { zh, en };
    parts.push(part(What::Policy, "policy", &name, policy(&setup.policy)));
    parts
}

fn part(what: What, code: &str, name: &Text, text: String) -> Part {
    Part { what, code: code.to_owned(), name: name.clone(), text }
}

fn platform(setup: &PlatformSetup) -> String {
    let mut toml = Toml::named("[platform]", &setup.code, &setup.name);
    toml.put("illustrative", setup.illustrative);
    toml.put("contact", quoted(&setup.contact));
    toml.0
}
