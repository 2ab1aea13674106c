//! Set-up is data: platforms, lines, pools, calendars, matrices, routes, prices, policies and holidays from TOML files.
//!
//! [`read()`] turns files into domain types or lists every problem; [`plan()`] says what an import would change,
//! without writing; [`apply()`] writes it in one transaction. The format is documented in `server/demo/hayao.toml`, the
//! first of the demonstration's files, which uses every part of it.

mod apply;
mod codes;
mod error;
pub mod form;
mod notation;
mod plan;
mod problem;
mod read;
pub mod report;
mod section;
mod source;
mod validate;
mod what;
mod wording;
mod write;

use std::collections::BTreeMap;

use domain::{
    PlatformId, Text,
    calendar::{Holiday, Pattern},
    changeover::Matrix,
    policy::Policy,
    resource::{Line, Pool},
    route::Route,
};
use time::Date;

pub use apply::{Wrong, apply, apply_as_of};
pub use codes::{part_id, platform_id};
pub use error::SetupError;
pub use notation::{write_crew, write_duration};
pub use plan::{Affected, Change, Item, Plan, Trouble, plan};
pub use problem::{Example, Fault, Problem};
pub use read::read;
pub use source::Source;
pub use what::What;
pub use write::{Part, write, write_cell, write_lag, write_shift};

/// Everything that was read from the files of one import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    pub platforms: Vec<PlatformSetup>,
    /// By year; a year that is given replaces what was known of it.
    pub holidays: BTreeMap<i32, BTreeMap<Date, Holiday>>,
}

/// One platform with all its parts. Ids follow from codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformSetup {
    pub id: PlatformId,
    pub code: String,
    pub name: Text,
    /// Demonstration data, to be shown as such.
    pub illustrative: bool,
    /// How to reach the platform; free text.
    pub contact: String,
    pub calendars: Vec<Pattern>,
    pub matrices: Vec<Matrix>,
    pub pools: Vec<Pool>,
    pub lines: Vec<Line>,
    pub routes: Vec<Route>,
    pub policy: Policy,
    /// Where each matrix and line stands, for problems that only the database shows: `(file, sort, code) → line`.
    pub places: Places,
}

/// The file of a platform and the line numbers of its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    pub file: String,
    pub lines: BTreeMap<(&'static str, String), u32>,
}
