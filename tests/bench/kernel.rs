//! The kernel over 200 lines with 50,000 bookings, beside one bare pass over the same gaps.

use std::{hint::black_box, sync::Arc};

use domain::{
    CalendarId, ClassId, Interval, LineId, MatrixId, Minute, OccupancyId, PlatformId, ProductId, RouteId,
    Text,
    availability::search,
    calendar::{Calendar, DAY, Holidays, Pattern, Shift},
    changeover::{Changeover, Class, ClassRule, Matrix, MatrixCell, Relation},
    hazard::HazardProfile,
    occupancy::{Kind, Link, Occupancy},
    offering::Unit,
    policy::Policy,
    request::{Request, Stage},
    resource::{Capability, Line},
    route::{Figures, Route, RouteStep, Running},
    snapshot::{LineState, Snapshot},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use uuid::Uuid;

use crate::{
    Scale,
    report::{Report, Row, median, spell},
};

pub const LINES: u32 = 200;
pub const ROWS: usize = 250;
/// 2027-01-04, a Monday, at plant midnight.
pub const BEGIN: Minute = 1_798_992_000 / 60;
const HORIZON: i64 = 540 * DAY;

/// Measures a one-step and a three-step search.
pub fn measure(report: &mut Report, _scale: Scale) {
    let lines = lines();
    let bare = median(25, || {
        let mut fitting = 0_u32;
        for state in &lines {
            for pair in state.rows().windows(2) {
                fitting += u32::from(pair[1].interval.start - pair[0].interval.end >= 3 * DAY);
            }
        }
        black_box(fitting);
    });
    for (steps, wanted) in [(1_usize, "< 1 ms"), (3, "< 5 ms")] {
        let snapshot = snapshot(&lines, steps);
        let request = request();
        let found = search(&snapshot, &request, BEGIN * 60).map_or(0, |outcome| outcome.offers.len());
        let taken = median(25, || {
            black_box(search(black_box(&snapshot), black_box(&request), BEGIN * 60).ok());
        });
        report.add(Row {
            what: format!("every placement, {steps} step(s), {LINES} lines × {ROWS} rows: {found} offers"),
            value: spell(taken),
            yardstick: format!("one pass over all gaps: {}", spell(bare)),
            ratio: format!("{:.1} × the pass", taken.as_secs_f64() / bare.as_secs_f64()),
            wanted,
        });
    }
}

pub fn id(kind: u32, number: u32) -> Uuid {
    Uuid::from_u128((u128::from(kind) << 64) | u128::from(number) | (7_u128 << 76))
}

fn text(words: &str) -> Text {
    Text { zh: words.to_owned(), en: words.to_owned() }
}

pub fn request() -> Request {
    Request {
        offering: "TAB".into(),
        product: ProductId(id(9, 9_999)),
        batch_size: 20_000,
        unit: Unit::Kilogram,
        batches: 1,
        hazards: HazardProfile::Classified { tags: Default::default(), oeb: None },
        gmp: false,
        stage: Stage::ScaleUp,
        window: Interval { start: BEGIN + 30 * DAY, end: BEGIN + HORIZON - 30 * DAY },
        platform: None,
    }
}

/// Lines with two day shifts, most gaps between neighbours too short for another campaign.
pub fn lines() -> Vec<Arc<LineState>> {
    let day = vec![Shift { start: 8 * 60, end: 16 * 60 }, Shift { start: 16 * 60, end: 24 * 60 }];
    let pattern = Pattern {
        id: CalendarId(id(1, 1)),
        code: "two-shifts".into(),
        name: text("two shifts"),
        week: [day.clone(), day.clone(), day.clone(), day.clone(), day, vec![], vec![]],
        observes_holidays: true,
        working_weekend_as: 0,
    };
    let horizon = Interval { start: BEGIN - 30 * DAY, end: BEGIN + HORIZON + 60 * DAY };
    let calendar = Arc::new(Calendar::compile(pattern, &Holidays::default(), horizon));
    let matrix = Arc::new(matrix());
    let mut chance = StdRng::seed_from_u64(7);
    (0..LINES).map(|number| Arc::new(line(number, &calendar, &matrix, &mut chance))).collect()
}

fn matrix() -> Matrix {
    let classes = [ClassId(0), ClassId(1)];
    let mut cells = Vec::new();
    for leaves in classes {
        for needs in classes {
            for (relation, crew) in [(Relation::Same, 120), (Relation::Other, 480)] {
                cells.push(MatrixCell {
                    leaves,
                    needs,
                    relation,
                    changeover: Changeover { crew, wait: 240 },
                });
            }
        }
    }
    Matrix {
        id: MatrixId(id(2, 1)),
        version: 1,
        code: "solid".into(),
        name: text("solid"),
        classes: classes
            .iter()
            .map(|class| Class { id: *class, code: class.0.to_string(), name: text("class") })
            .collect(),
        rules: vec![ClassRule {
            any_hazard: Default::default(),
            oeb_at_least: None,
            offerings: Default::default(),
            needs: ClassId(0),
            leaves: ClassId(0),
        }],
        cells,
        clean_hold: Some(7 * DAY),
        reclean: Changeover { crew: 120, wait: 0 },
        cap: None,
        initial: ClassId(0),
    }
}

fn line(number: u32, calendar: &Arc<Calendar>, matrix: &Arc<Matrix>, chance: &mut StdRng) -> LineState {
    let line = Line {
        id: LineId(id(3, number)),
        platform: PlatformId(id(4, number % 7)),
        code: format!("L{number}"),
        name: text("line"),
        matrix: matrix.id,
        calendar: calendar.pattern.id,
        capabilities: vec![Capability {
            offering: "TAB".into(),
            batch_min: 5_000,
            batch_max: 50_000,
            unit: Unit::Kilogram,
        }],
        admits: Default::default(),
        dedicated_to: None,
        approvals: Vec::new(),
        oeb_max: None,
        gmp: true,
        media_fill_valid_until: None,
        day_rate_fen: 1_000_000,
        granularity: 60,
    };
    let mut rows = vec![Occupancy {
        id: OccupancyId(id(5, number)),
        line: line.id,
        kind: Kind::Head,
        interval: Interval { start: BEGIN - 1, end: BEGIN },
        needs: None,
        leaves: matrix.initial,
        product: ProductId::NONE,
        batches: 0,
        expires_at: None,
        link: None,
    }];
    let mut end = BEGIN;
    for at in 1..=ROWS {
        let previous = rows[at - 1];
        let setup = 720;
        // On average 2.1 days a row, so that 250 rows fill about 530 days.
        let gap = setup + chance.random_range(0..DAY);
        let interval = Interval { start: end + gap, end: end + gap + chance.random_range(360..DAY + 360) };
        end = interval.end;
        rows.push(Occupancy {
            id: OccupancyId(id(6, number * 1_000 + u32::try_from(at).expect("few rows"))),
            line: line.id,
            kind: Kind::Campaign,
            interval,
            needs: Some(ClassId(0)),
            leaves: ClassId(0),
            product: ProductId(id(9, u32::try_from(at).expect("few rows"))),
            batches: 1,
            expires_at: None,
            link: Some(Link {
                prev_end: previous.interval.end,
                prev_leaves: previous.leaves,
                prev_product: previous.product,
                version: 1,
                relation: Relation::Other,
                setup,
            }),
        });
    }
    LineState::new(Arc::new(line), matrix.clone(), calendar.clone(), 1, rows)
}

/// A route of `steps` steps that each may run on any line of its third of the house.
pub fn snapshot(lines: &[Arc<LineState>], steps: usize) -> Snapshot {
    let share = lines.len() / steps;
    let steps = (0..steps)
        .map(|step| RouteStep {
            code: format!("s{step}"),
            name: text("step"),
            lines: lines[step * share..(step + 1) * share]
                .iter()
                .map(|state| Figures {
                    line: state.line.id,
                    setup: 60,
                    batch: 600,
                    running: Running::Crew,
                    wait: 0,
                })
                .collect(),
            uses: Vec::new(),
            min_lag: 0,
            max_lag: Some(7 * DAY),
        })
        .collect();
    let route = Route {
        id: RouteId(id(8, 1)),
        platform: PlatformId(id(4, 0)),
        offering: "TAB".into(),
        code: "tab".into(),
        name: text("tablet"),
        steps,
    };
    Snapshot {
        lines: lines.iter().map(|state| (state.line.id, state.clone())).collect(),
        pools: Default::default(),
        routes: vec![Arc::new(route)],
        policies: std::iter::once((PlatformId(id(4, 0)), Arc::new(Policy::default()))).collect(),
    }
}
