//! A platform and a line for every client, so that nobody waits for anything but the disk.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CalendarId, ClassId, LineId, MatrixId, Minutes, PlatformId, ProductId, RouteId, Text,
    calendar::{Pattern, Shift},
    changeover::{Changeover, Class, ClassRule, Matrix, MatrixCell, Relation},
    offering::Unit,
    policy::Policy,
    resource::{Capability, Line},
    route::{Figures, Route, RouteStep, Running},
};
use server::{
    setup::{self, Places, PlatformSetup, Setup},
    store::Store,
};
use uuid::Uuid;

/// The platform that the client with this number books at.
pub fn platform(number: usize) -> Uuid {
    id(1, number)
}

/// Its line.
pub fn line(number: usize) -> LineId {
    LineId(id(4, number))
}

/// A product that whoever fills that line may use.
pub fn product(number: usize) -> ProductId {
    ProductId(id(6, number))
}

fn id(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | (kind << 32) | number as u128)
}

fn text(words: &str) -> Text {
    Text { zh: words.to_owned(), en: words.to_owned() }
}

/// Imports it, with so many minutes between any two campaigns.
pub async fn build(store: &Store, clients: usize, changeover: Minutes) {
    let platforms = (0..clients).map(|number| one(number, changeover)).collect();
    let setup = Setup { platforms, holidays: BTreeMap::new() };
    setup::apply(store, setup, "benchmark".into(), tests::app::BEGINNING)
        .await
        .expect("the set-up is imported");
}

fn one(number: usize, changeover: Minutes) -> PlatformSetup {
    let (platform, calendar, matrix, line) =
        (PlatformId(platform(number)), CalendarId(id(2, number)), MatrixId(id(3, number)), line(number));
    let day = vec![Shift { start: 0, end: 1440 }];
    let class = ClassId(0);
    let cell = |relation| MatrixCell {
        leaves: class,
        needs: class,
        relation,
        changeover: Changeover { crew: changeover, wait: 0 },
    };
    PlatformSetup {
        id: platform,
        code: format!("bench-{number}"),
        name: text("benchmark"),
        illustrative: true,
        contact: "nobody".into(),
        calendars: vec![Pattern {
            id: calendar,
            code: "always".into(),
            name: text("always"),
            week: std::array::from_fn(|_| day.clone()),
            observes_holidays: false,
            working_weekend_as: 0,
        }],
        matrices: vec![Matrix {
            id: matrix,
            version: 1,
            code: "one".into(),
            name: text("one"),
            classes: vec![Class { id: class, code: "clean".into(), name: text("clean") }],
            rules: vec![ClassRule {
                any_hazard: BTreeSet::new(),
                oeb_at_least: None,
                offerings: BTreeSet::new(),
                needs: class,
                leaves: class,
            }],
            cells: vec![cell(Relation::Same), cell(Relation::Other)],
            clean_hold: None,
            reclean: Changeover { crew: 0, wait: 0 },
            cap: None,
            initial: class,
        }],
        pools: Vec::new(),
        lines: vec![Line {
            id: line,
            platform,
            code: "line".into(),
            name: text("line"),
            matrix,
            calendar,
            capabilities: vec![Capability {
                offering: "TAB".into(),
                batch_min: 1_000,
                batch_max: 100_000,
                unit: Unit::Kilogram,
            }],
            admits: BTreeSet::new(),
            dedicated_to: None,
            approvals: Vec::new(),
            oeb_max: None,
            gmp: true,
            media_fill_valid_until: None,
            day_rate_fen: 1_000_000,
            granularity: 60,
        }],
        routes: vec![Route {
            id: RouteId(id(5, number)),
            platform,
            offering: "TAB".into(),
            code: "tablet".into(),
            name: text("tablet"),
            steps: vec![RouteStep {
                code: "press".into(),
                name: text("press"),
                lines: vec![Figures { line, setup: 60, batch: 600, running: Running::Unattended, wait: 0 }],
                uses: Vec::new(),
                min_lag: 0,
                max_lag: None,
            }],
        }],
        policy: Policy { max_holds: 1_000_000, ..Policy::default() },
        places: Places::default(),
    }
}
