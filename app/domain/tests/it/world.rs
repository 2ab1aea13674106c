//! Small random worlds: one platform, a few lines, one route, one pool.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    CalendarId, ClassId, Interval, LineId, MatrixId, Minute, Minutes, OccupancyId, PlatformId, PoolId,
    ProductId, RouteId, Second, Text,
    calendar::{Calendar, DAY, DayKind, Holiday, Holidays, Pattern, Shift, plant_midnight},
    changeover::{CampaignCap, Changeover, Class, ClassRule, Matrix, MatrixCell, Relation},
    hazard::HazardProfile,
    occupancy::{Kind, Occupancy},
    offering::Unit,
    policy::Policy,
    request::{Request, Stage},
    resource::{Capability, CellUnit, Line, Pool},
    route::{Figures, PoolUse, Route, RouteStep, Running},
    snapshot::{ExpiringClaim, LineState, PoolState, Snapshot},
};
use proptest::prelude::*;
use time::macros::date;
use uuid::Uuid;

pub const PLATFORM: PlatformId = PlatformId(Uuid::from_u128(1));
pub const ROUTE: RouteId = RouteId(Uuid::from_u128(2));
pub const POOL: PoolId = PoolId(Uuid::from_u128(3));
pub const DAYS: i64 = 12;

/// Monday before the National Day holidays of 2026, which end with a working Saturday.
pub fn origin() -> Minute {
    plant_midnight(date!(2026 - 09 - 28))
}

pub fn horizon() -> Interval {
    Interval { start: origin(), end: origin() + DAYS * DAY }
}

/// Long before the origin, so that no notice is in the way.
pub fn now() -> Second {
    (origin() - 40 * DAY) * 60
}

pub fn text(words: &str) -> Text {
    Text { zh: words.into(), en: words.into() }
}

pub fn product(number: u8) -> ProductId {
    if number == 0 { ProductId::NONE } else { ProductId(Uuid::from_u128(0x100 + u128::from(number))) }
}

pub fn line_id(number: usize) -> LineId {
    LineId(Uuid::from_u128(0x1000 + number as u128))
}

pub fn holidays() -> Holidays {
    let mut holidays = Holidays::default();
    let mut add = |date, kind| {
        holidays.days.insert(date, Holiday { kind, name: text("国庆"), official: true });
    };
    for day in 1..=7 {
        add(date!(2026 - 10 - 01).replace_day(day).expect("a day of October"), DayKind::Off);
    }
    add(date!(2026 - 10 - 10), DayKind::Work);
    holidays
}

fn shifts(choice: u8, by_night: bool) -> Vec<Shift> {
    let spans: &[(u16, u16)] = match (choice % 5, by_night) {
        (0, _) => &[],
        (1, _) => &[(480, 960)],
        (2, _) => &[(480, 720), (780, 1020)],
        (3, false) => &[(0, 1440)],
        (3, true) => &[(1320, 1800)],
        (_, false) => &[(0, 300), (700, 1440)],
        (_, true) => &[(480, 960), (1320, 1800)],
    };
    spans.iter().map(|(start, end)| Shift { start: *start, end: *end }).collect()
}

/// Crew at every minute.
pub fn always_open() -> Pattern {
    Pattern {
        id: CalendarId(Uuid::from_u128(4)),
        code: "24h".into(),
        name: text("24h"),
        week: std::array::from_fn(|_| vec![Shift { start: 0, end: 1440 }]),
        observes_holidays: false,
        working_weekend_as: 0,
    }
}

pub fn day_shift() -> Pattern {
    Pattern { week: std::array::from_fn(|_| vec![Shift { start: 480, end: 960 }]), ..always_open() }
}

pub fn pattern() -> impl Strategy<Value = Pattern> {
    (any::<[u8; 7]>(), any::<bool>(), any::<bool>(), 0..7_u8).prop_map(
        |(choices, by_night, observes_holidays, working_weekend_as)| Pattern {
            id: CalendarId(Uuid::from_u128(4)),
            code: "random".into(),
            name: text("random"),
            week: choices.map(|choice| shifts(choice, by_night)),
            observes_holidays,
            working_weekend_as,
        },
    )
}

pub fn changeover() -> impl Strategy<Value = Changeover> {
    (prop::sample::select(vec![0, 30, 120, 600]), prop::sample::select(vec![0, 60, 500]))
        .prop_map(|(crew, wait)| Changeover { crew, wait })
}

pub fn matrix() -> impl Strategy<Value = Matrix> {
    let cells = prop::collection::vec(prop::option::weighted(0.9, changeover()), 18);
    let hold = prop::option::of(prop::sample::select(vec![0, 400, 1500, 4000]));
    let cap = prop::option::of((
        prop::option::of(2..6_u32),
        prop::option::of(prop::sample::select(vec![900, 2500, 6000])),
        changeover(),
    ));
    (cells, hold, changeover(), cap, 0..3, 0..3).prop_map(|(all, clean_hold, reclean, cap, needs, leaves)| {
        let mut cells = Vec::new();
        for (index, changeover) in all.into_iter().enumerate() {
            let index = i32::try_from(index).expect("18 cells");
            let relation = if index % 2 == 0 { Relation::Same } else { Relation::Other };
            cells.extend(changeover.map(|changeover| MatrixCell {
                leaves: ClassId(index / 6),
                needs: ClassId(index / 2 % 3),
                relation,
                changeover,
            }));
        }
        Matrix {
            id: MatrixId(Uuid::from_u128(5)),
            version: 1,
            code: "random".into(),
            name: text("random"),
            classes: (0..3)
                .map(|id| Class { id: ClassId(id), code: id.to_string(), name: text("class") })
                .collect(),
            rules: vec![ClassRule {
                any_hazard: BTreeSet::new(),
                oeb_at_least: None,
                offerings: BTreeSet::new(),
                needs: ClassId(needs),
                leaves: ClassId(leaves),
            }],
            cells,
            clean_hold,
            reclean,
            cap: cap.map(|(max_batches, max_minutes, full_clean)| CampaignCap {
                max_batches,
                max_minutes,
                full_clean,
            }),
            initial: ClassId(0),
        }
    })
}

/// A row to be, as gap from the row ahead, length and what it is.
#[derive(Clone, Debug)]
pub struct Draft {
    pub gap: Minutes,
    pub length: Minutes,
    pub kind: u8,
    pub needs: i32,
    pub leaves: i32,
    pub product: u8,
    pub expires: u8,
}

pub fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let draft = (0..2600_i64, 1..1500_i64, 0..6_u8, 0..3, 0..3, 1..4_u8, 0..4_u8).prop_map(
        |(gap, length, kind, needs, leaves, product, expires)| Draft {
            gap: if gap % 5 == 0 { 0 } else { gap },
            length,
            kind,
            needs,
            leaves,
            product,
            expires,
        },
    );
    prop::collection::vec(draft, 0..7)
}

/// Rows behind a head at the origin; their links are not looked at by a search and left out.
pub fn rows(line: LineId, drafts: &[Draft]) -> Vec<Occupancy> {
    let mut rows = vec![Occupancy::head(OccupancyId(line.0), line, origin(), ClassId(0))];
    for (number, draft) in drafts.iter().enumerate() {
        let ahead = rows[rows.len() - 1];
        let kind = match draft.kind {
            0 | 1 => Kind::Closure,
            2 => Kind::Cleaning,
            _ => Kind::Campaign,
        };
        let start = ahead.interval.end + draft.gap;
        let interval = Interval { start, end: start + draft.length };
        let closure = kind == Kind::Closure;
        rows.push(Occupancy {
            id: OccupancyId(Uuid::from_u128(line.0.as_u128() * 1000 + number as u128)),
            line,
            kind,
            interval,
            needs: (!closure).then_some(ClassId(draft.needs)),
            leaves: if closure { ahead.leaves } else { ClassId(draft.leaves) },
            product: if closure { ahead.product } else { product(draft.product) },
            batches: u32::from(kind == Kind::Campaign),
            expires_at: match (kind, draft.expires) {
                (Kind::Campaign, 0) => Some(now()),
                (Kind::Campaign, 1) => Some(now() + 1),
                _ => None,
            },
            link: None,
        });
    }
    rows
}

pub fn figures() -> impl Strategy<Value = Figures> {
    (
        prop::sample::select(vec![0, 60]),
        prop::sample::select(vec![30, 200, 500]),
        any::<bool>(),
        prop::sample::select(vec![0, 100]),
    )
        .prop_map(|(setup, batch, crew, wait)| Figures {
            line: line_id(0),
            setup,
            batch,
            running: if crew { Running::Crew } else { Running::Unattended },
            wait,
        })
}

pub fn line(id: LineId, granularity: Minutes, media_fill: Option<Minute>) -> Line {
    Line {
        id,
        platform: PLATFORM,
        code: "L".into(),
        name: text("line"),
        matrix: MatrixId(Uuid::from_u128(5)),
        calendar: CalendarId(Uuid::from_u128(4)),
        capabilities: vec![Capability {
            offering: "TAB".into(),
            batch_min: 1000,
            batch_max: 9000,
            unit: Unit::Kilogram,
        }],
        admits: BTreeSet::new(),
        dedicated_to: None,
        approvals: Vec::new(),
        oeb_max: None,
        gmp: false,
        media_fill_valid_until: media_fill,
        day_rate_fen: 10_000,
        granularity,
    }
}

pub fn request(product: ProductId, batches: u32, window: Interval) -> Request {
    Request {
        offering: "TAB".into(),
        product,
        batch_size: 5000,
        unit: Unit::Kilogram,
        batches,
        hazards: HazardProfile::Classified { tags: BTreeSet::new(), oeb: None },
        gmp: false,
        stage: Stage::ScaleUp,
        window,
        platform: None,
    }
}

pub fn step(lines: Vec<Figures>, amount: u32, min_lag: Minutes, max_lag: Option<Minutes>) -> RouteStep {
    let uses = if amount > 0 { vec![PoolUse { pool: POOL, amount }] } else { Vec::new() };
    RouteStep { code: "s".into(), name: text("step"), lines, uses, min_lag, max_lag }
}

pub fn route(steps: Vec<RouteStep>) -> Route {
    Route {
        id: ROUTE,
        platform: PLATFORM,
        offering: "TAB".into(),
        code: "r".into(),
        name: text("route"),
        steps,
    }
}

/// A pool with what is used of it by (cell, amount, whether the claim is an expired hold's).
#[derive(Clone, Debug)]
pub struct PoolDraft {
    pub cell: CellUnit,
    pub capacity: u32,
    pub used: Vec<(usize, u32, bool)>,
}

pub fn pool() -> impl Strategy<Value = PoolDraft> {
    (any::<bool>(), 1..4_u32, prop::collection::vec((0..40_usize, 1..3_u32, any::<bool>()), 0..12)).prop_map(
        |(shift, capacity, used)| PoolDraft {
            cell: if shift { CellUnit::Shift } else { CellUnit::Day },
            capacity,
            used,
        },
    )
}

/// Every cell of the horizon.
pub fn cells(unit: CellUnit, calendar: &Calendar) -> Vec<Interval> {
    match unit {
        CellUnit::Shift => calendar.shifts(horizon()).collect(),
        CellUnit::Day => (0..DAYS)
            .map(|day| Interval { start: origin() + day * DAY, end: origin() + (day + 1) * DAY })
            .collect(),
    }
}

pub fn pool_state(draft: &PoolDraft, calendar: &Arc<Calendar>) -> PoolState {
    let all = cells(draft.cell, calendar);
    let pool = Pool {
        id: POOL,
        platform: PLATFORM,
        code: "P".into(),
        name: text("pool"),
        calendar: calendar.pattern.id,
        cell: draft.cell,
        capacity: draft.capacity,
    };
    let mut state = PoolState {
        pool: Arc::new(pool),
        calendar: calendar.clone(),
        version: 1,
        used: Default::default(),
        expiring: Vec::new(),
    };
    for (cell, amount, expired) in &draft.used {
        let Some(cell) = all.get(*cell) else { continue };
        *state.used.entry(cell.start).or_default() += amount;
        if *expired {
            let claim = ExpiringClaim { expires_at: now(), cell: cell.start, amount: *amount };
            state.expiring.push(claim);
        }
    }
    state
}

pub fn snapshot(lines: Vec<LineState>, pools: Vec<PoolState>, route: Route) -> Snapshot {
    let policy = Policy { min_notice: 0, horizon: 100 * DAY, ..Policy::default() };
    Snapshot {
        lines: lines.into_iter().map(|state| (state.line.id, Arc::new(state))).collect(),
        pools: pools.into_iter().map(|state| (state.pool.id, Arc::new(state))).collect(),
        routes: vec![Arc::new(route)],
        policies: std::iter::once((PLATFORM, Arc::new(policy))).collect(),
    }
}

/// One line, one step: everything that decides a start.
#[derive(Clone, Debug)]
pub struct Single {
    pub pattern: Pattern,
    pub matrix: Matrix,
    pub drafts: Vec<Draft>,
    pub figures: Figures,
    pub granularity: Minutes,
    pub media_fill: Option<Minute>,
    pub pool: PoolDraft,
    pub amount: u32,
    pub request: Request,
    /// When the line is down.
    pub outages: Vec<Interval>,
}

/// Now and then the line is down, from whenever to whenever.
fn outages() -> impl Strategy<Value = Vec<Interval>> {
    let outage = (0..DAYS * DAY, 1..2 * DAY)
        .prop_map(|(from, length)| Interval { start: origin() + from, end: origin() + from + length });
    prop::collection::vec(outage, 0..3)
}

pub fn single() -> impl Strategy<Value = Single> {
    let request =
        (0..3_u8, 1..3_u32, 0..4 * DAY, 2 * DAY..DAYS * DAY).prop_map(|(number, batches, from, until)| {
            let window = Interval { start: origin() + from, end: origin() + from.max(1) + until };
            request(product(number), batches, window)
        });
    (
        pattern(),
        matrix(),
        drafts(),
        figures(),
        prop::sample::select(vec![30, 60, 480]),
        prop::option::weighted(0.2, 0..DAYS * DAY),
        pool(),
        0..3_u32,
        request,
        outages(),
    )
        .prop_map(
            |(pattern, matrix, drafts, figures, granularity, media_fill, pool, amount, request, outages)| {
                Single {
                    pattern,
                    matrix,
                    drafts,
                    figures,
                    granularity,
                    media_fill: media_fill.map(|at| origin() + at),
                    pool,
                    amount,
                    request,
                    outages,
                }
            },
        )
}

impl Single {
    pub fn calendar(&self) -> Calendar {
        Calendar::compile(self.pattern.clone(), &holidays(), horizon())
    }

    pub fn rows(&self) -> Vec<Occupancy> {
        rows(line_id(0), &self.drafts)
    }

    pub fn snapshot(&self) -> Snapshot {
        let calendar = Arc::new(self.calendar());
        let line = line(line_id(0), self.granularity, self.media_fill);
        let matrix = Arc::new(self.matrix.clone());
        let state = LineState::new(Arc::new(line), matrix, calendar.clone(), 7, self.rows());
        let state = state.down(self.outages.clone());
        let step = step(vec![self.figures], self.amount, 0, None);
        snapshot(vec![state], vec![pool_state(&self.pool, &calendar)], route(vec![step]))
    }
}
