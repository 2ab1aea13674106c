//! A small plant: one platform with some lines, a matrix with a forbidden pair, a pool, a route, a client with
//! products.

mod write;

use std::collections::BTreeSet;

use domain::{
    CalendarId, ClassId, LineId, MatrixId, Minute, Minutes, OrganisationId, PlatformId, PoolId, ProductId,
    RouteId, Text,
    calendar::{Pattern, Shift},
    changeover::{CampaignCap, Changeover, Class, ClassRule, Matrix, MatrixCell, Relation},
    hazard::Hazard,
    offering::Unit,
    resource::{Approval, Capability, CellUnit, Line, Pool},
    route::{Figures, PoolUse, Route, RouteStep, Running},
};
use uuid::Uuid;

pub use domain::calendar::DAY;

/// 2026-03-02, a Monday, at plant midnight: where every line's life begins.
pub const BEGIN: Minute = 1_772_380_800 / 60;
/// Days for which the pools have cells.
pub const DAYS: i64 = 90;

/// Hazards that every line shares, under an approval that doesn't expire.
const SHARED: [Hazard; 2] = [Hazard::Hormone, Hazard::HighActivity];

/// What the lines of a plant are booked from. Everything is open day and night, so that open time is elapsed time, but
/// for [`Plant::demanding`].
#[derive(Clone, Debug)]
pub struct Plant {
    pub platform: PlatformId,
    pub account: Uuid,
    pub client: OrganisationId,
    pub products: Vec<ProductId>,
    pub pattern: Pattern,
    /// The version in force.
    pub matrix: Matrix,
    pub lines: Vec<Line>,
    pub pools: Vec<Pool>,
    pub route: Route,
}

/// A stable id, apart by `group`.
#[must_use]
pub fn id(group: u16, n: usize) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 | u128::from(group) << 32 | n as u128)
}

fn text(word: &str) -> Text {
    Text { zh: word.into(), en: word.into() }
}

impl Plant {
    /// With this many lines; each of them can do the one step of the one route, which takes a share of the one pool
    /// (capacity 2 a day).
    #[must_use]
    pub fn new(lines: usize) -> Self {
        let platform = PlatformId(id(1, 0));
        let pattern = Pattern {
            id: CalendarId(id(2, 0)),
            code: "always".into(),
            name: text("always"),
            week: std::array::from_fn(|_| vec![Shift { start: 0, end: 1440 }]),
            observes_holidays: false,
            working_weekend_as: 0,
        };
        let matrix = matrix(2, 0);
        let lines: Vec<_> = (0..lines).map(|n| line(n, platform, matrix.id, pattern.id)).collect();
        let pool = Pool {
            id: PoolId(id(5, 0)),
            platform,
            code: "crew".into(),
            name: text("crew"),
            calendar: pattern.id,
            cell: CellUnit::Day,
            capacity: 2,
        };
        let route = Route {
            id: RouteId(id(6, 0)),
            platform,
            offering: "TAB".into(),
            code: "tablets".into(),
            name: text("tablets"),
            steps: vec![RouteStep {
                code: "press".into(),
                name: text("press"),
                lines: lines.iter().map(|line| figures(line.id)).collect(),
                uses: vec![PoolUse { pool: pool.id, amount: 1 }],
                min_lag: 0,
                max_lag: None,
            }],
        };
        Self {
            platform,
            account: id(7, 0),
            client: OrganisationId(id(8, 0)),
            products: (0..4).map(|n| ProductId(id(9, n))).collect(),
            pattern,
            matrix,
            lines,
            pools: vec![pool],
            route,
        }
    }

    /// The same with as much in the pool as the lines could ever want.
    #[must_use]
    pub fn roomy(lines: usize) -> Self {
        let mut plant = Self::new(lines);
        plant.pools.iter_mut().for_each(|pool| pool.capacity = 1_000);
        plant
    }

    /// With everything that only the kernel minds: a route of two steps on lines of their own with lags between them,
    /// one shift a day and none on Sundays, clean-hold times and a campaign cap. Half of the lines can do each step.
    ///
    /// # Panics
    /// With fewer than two lines.
    #[must_use]
    pub fn demanding(lines: usize) -> Self {
        let mut plant = Self::new(lines);
        plant.pattern.week =
            std::array::from_fn(|day| if day == 6 { vec![] } else { vec![Shift { start: 480, end: 1200 }] });
        plant.matrix.clean_hold = Some(2 * DAY);
        plant.matrix.reclean = Changeover { crew: 120, wait: 0 };
        let full_clean = Changeover { crew: 600, wait: 60 };
        plant.matrix.cap =
            Some(CampaignCap { max_batches: Some(5), max_minutes: Some(12 * DAY), full_clean });
        let first = &mut plant.route.steps[0];
        let second_lines = first.lines.split_off(lines / 2);
        assert!(!first.lines.is_empty(), "each step needs a line");
        let second = RouteStep {
            code: "coat".into(),
            lines: second_lines,
            min_lag: 120,
            max_lag: Some(4 * DAY),
            ..first.clone()
        };
        plant.route.steps.push(second);
        plant
    }

    /// The line with this number, as the schema knows it.
    #[must_use]
    pub fn line(&self, n: usize) -> Uuid {
        self.lines[n].id.0
    }

    /// The product with this number, as the schema knows it.
    #[must_use]
    pub fn product(&self, n: usize) -> Uuid {
        self.products[n].0
    }

    /// The least elapsed minutes from `leaves` to `needs`; `None`: forbidden.
    #[must_use]
    pub fn setup(&self, leaves: i64, needs: i64, same: bool) -> Option<i64> {
        let relation = if same { Relation::Same } else { Relation::Other };
        self.matrix
            .cells
            .iter()
            .find(|cell| {
                i64::from(cell.leaves.0) == leaves
                    && i64::from(cell.needs.0) == needs
                    && cell.relation == relation
            })
            .map(|cell| cell.changeover.minimum())
    }
}

/// Version `version` of the matrix, every cell `longer` minutes longer than usual.
pub(crate) fn matrix(version: i32, longer: Minutes) -> Matrix {
    // Class 0 is harmless, 1 a hormone, 2 potent; from 2 to 0 there is no way.
    let others: [[Option<Minutes>; 3]; 3] =
        [[Some(120), Some(240), Some(480)], [Some(1440), Some(360), Some(600)], [None, Some(720), Some(300)]];
    let classes = [0, 1, 2].map(ClassId);
    let mut cells = Vec::new();
    for leaves in classes {
        for needs in classes {
            let other = others[leaves.0 as usize][needs.0 as usize];
            let same = (leaves == needs).then_some(60);
            for (relation, minutes) in [(Relation::Other, other), (Relation::Same, same)] {
                if let Some(minutes) = minutes {
                    let changeover = Changeover { crew: minutes + longer, wait: 0 };
                    cells.push(MatrixCell { leaves, needs, relation, changeover });
                }
            }
        }
    }
    let rule = |any_hazard, class| ClassRule {
        any_hazard,
        oeb_at_least: None,
        offerings: BTreeSet::new(),
        needs: class,
        leaves: class,
    };
    Matrix {
        id: MatrixId(id(3, 0)),
        version,
        code: "solid".into(),
        name: text("solid"),
        classes: classes
            .map(|id| Class { id, code: format!("c{}", id.0), name: text("class") })
            .into_iter()
            .collect(),
        rules: vec![
            rule(BTreeSet::from([Hazard::HighActivity]), classes[2]),
            rule(BTreeSet::from([Hazard::Hormone]), classes[1]),
            rule(BTreeSet::new(), classes[0]),
        ],
        cells,
        clean_hold: None,
        reclean: Changeover { crew: 0, wait: 0 },
        cap: None,
        initial: classes[0],
    }
}

fn line(n: usize, platform: PlatformId, matrix: MatrixId, calendar: CalendarId) -> Line {
    Line {
        id: LineId(id(4, n)),
        platform,
        code: format!("press-{n}"),
        name: text("press"),
        matrix,
        calendar,
        capabilities: vec![Capability {
            offering: "TAB".into(),
            batch_min: 1_000,
            batch_max: 100_000,
            unit: Unit::Kilogram,
        }],
        admits: SHARED.into(),
        dedicated_to: None,
        approvals: SHARED.map(|hazard| Approval { hazard, valid_until: BEGIN + 3_000 * DAY }).into(),
        oeb_max: None,
        gmp: true,
        media_fill_valid_until: None,
        day_rate_fen: 1_000_000,
        granularity: 60,
    }
}

/// Two hours and eight a batch.
const fn figures(line: LineId) -> Figures {
    Figures { line, setup: 120, batch: 480, running: Running::Crew, wait: 0 }
}
