//! A plant to write on: one platform, lines that run day and night, and a pool.

use domain::{
    CalendarId, ClassId, Interval, LineId, MatrixId, OccupancyId, PlatformId, PoolId, ProductId, Second,
    Text,
    calendar::{Pattern, Shift},
    chain::{Change, relink},
    changeover::{CampaignCap, Changeover, Class, Matrix, MatrixCell, Relation},
    occupancy::{Kind, Occupancy},
    resource::{CellUnit, Line, Pool},
};
use sea_orm::EntityTrait;
use server::store::{
    Catalogue, Platform, Store, StoreError, StoreOptions, Tx,
    queries::{self, PoolClaim},
    tables::organisation,
};
use tests::TestDatabase;
use uuid::Uuid;

pub use domain::calendar::DAY;

/// 2026-11-23T00:00Z, in minutes; the tests' now.
pub const NOW: i64 = 29_923_200;
pub const NOW_SECONDS: Second = NOW * 60;

pub fn text(name: &str) -> Text {
    Text { zh: name.into(), en: name.into() }
}

#[derive(Clone)]
pub struct Plant {
    pub store: Store,
    pub platform: PlatformId,
    pub matrix: Matrix,
    pub calendar: CalendarId,
    pub lines: Vec<LineId>,
    pub pool: PoolId,
}

impl Plant {
    /// `lines` lines; `capped`: at most 40 days of one product without a full clean.
    pub async fn on(db: &TestDatabase, lines: usize, capped: bool) -> Self {
        let store = Store::open(&StoreOptions::new(db.url())).await.expect("the database opens");
        let matrix = matrix(capped);
        let ids = (0..lines).map(|_| LineId(Uuid::now_v7())).collect();
        let plant = Self {
            store,
            platform: PlatformId(Uuid::now_v7()),
            matrix,
            calendar: CalendarId(Uuid::now_v7()),
            lines: ids,
            pool: PoolId(Uuid::now_v7()),
        };
        let built = plant.clone();
        plant
            .store
            .write(move |tx| {
                let plant = built.clone();
                Box::pin(async move { plant.save(tx).await })
            })
            .await
            .expect("the plant is saved");
        plant
    }

    async fn save(&self, tx: &Tx<'_>) -> Result<(), StoreError> {
        let organisation = organisation::Model {
            id: self.platform.0,
            kind: "platform".into(),
            name_zh: "平台".into(),
            name_en: "Platform".into(),
            credit_code: None,
            contact: String::new(),
            size: None,
            in_district: true,
            verified_at: None,
            verified_by: None,
            created_at: 0,
        };
        let row: organisation::ActiveModel = organisation.into();
        organisation::Entity::insert(row).exec_without_returning(tx).await?;
        let platform = Platform {
            id: self.platform,
            code: "p".into(),
            name: text("p"),
            illustrative: true,
            document: "{}".into(),
        };
        queries::save_platform(tx, &platform).await?;
        queries::save_calendar(tx, self.platform, &self.pattern()).await?;
        queries::save_matrix(tx, self.platform, &self.matrix).await?;
        for (n, id) in self.lines.iter().enumerate() {
            queries::save_line(tx, &self.line(*id, n), &self.matrix).await?;
        }
        queries::save_pool(tx, &self.pool_of(4)).await?;
        queries::bump_catalogue(tx, &self.lines, &[self.pool]).await?;
        Ok(())
    }

    pub fn pool_of(&self, capacity: u32) -> Pool {
        Pool {
            id: self.pool,
            platform: self.platform,
            code: "crew".into(),
            name: text("crew"),
            calendar: self.calendar,
            cell: CellUnit::Day,
            capacity,
        }
    }

    pub fn line(&self, id: LineId, n: usize) -> Line {
        Line {
            id,
            platform: self.platform,
            code: format!("line-{n}"),
            name: text("line"),
            matrix: self.matrix.id,
            calendar: self.calendar,
            capabilities: vec![],
            admits: std::collections::BTreeSet::new(),
            dedicated_to: None,
            approvals: vec![],
            oeb_max: None,
            gmp: false,
            media_fill_valid_until: None,
            day_rate_fen: 100,
            granularity: 60,
        }
    }

    fn pattern(&self) -> Pattern {
        Pattern {
            id: self.calendar,
            code: "all-day".into(),
            name: text("all day"),
            week: std::array::from_fn(|_| vec![Shift { start: 0, end: 1440 }]),
            observes_holidays: false,
            working_weekend_as: 0,
        }
    }

    pub async fn catalogue(&self) -> Catalogue {
        Catalogue::load(self.store.read(), Catalogue::horizon_at(NOW_SECONDS)).await.expect("it loads")
    }

    /// Puts `add` on a line in place of `release`, through lock, neighbourhood and kernel, as the use cases do.
    /// `Ok(false)`: the kernel refused.
    pub async fn change(&self, line: LineId, change: Change) -> Result<bool, StoreError> {
        let catalogue = std::sync::Arc::new(self.catalogue().await);
        self.store
            .write(move |tx| {
                let (catalogue, change) = (catalogue.clone(), change.clone());
                Box::pin(async move { apply(tx, &catalogue, line, &change).await })
            })
            .await
    }
}

/// The protocol in a transaction.
pub async fn apply(
    tx: &Tx<'_>,
    catalogue: &Catalogue,
    line: LineId,
    change: &Change,
) -> Result<bool, StoreError> {
    let locked = queries::lock_lines(tx, &[line]).await?;
    let version = locked.lines[&line];
    let touched = Interval {
        start: change.add.iter().map(|row| row.interval.start).min().unwrap_or(i64::MAX),
        end: change.add.iter().map(|row| row.interval.end).max().unwrap_or(i64::MIN),
    };
    let released = released(tx, change).await?;
    let interval = Interval { start: touched.start.min(released.start), end: touched.end.max(released.end) };
    let state = queries::neighbourhood(tx, catalogue, line, interval, version).await?;
    if change.release.iter().any(|id| state.row(*id).is_none()) {
        return Ok(false);
    }
    match relink(&state, change, &mut || OccupancyId(Uuid::now_v7())) {
        Err(_) => Ok(false),
        Ok(writes) => {
            queries::drop_claims(tx, &change.release).await?;
            queries::write_chain(tx, &writes, version).await?;
            Ok(true)
        }
    }
}

async fn released(tx: &Tx<'_>, change: &Change) -> Result<Interval, StoreError> {
    use server::store::tables::occupancy;
    let mut hull = Interval { start: i64::MAX, end: i64::MIN };
    for id in &change.release {
        if let Some(row) = occupancy::Entity::find_by_id(id.0).one(tx).await? {
            hull = Interval { start: hull.start.min(row.starts_at), end: hull.end.max(row.ends_at) };
        }
    }
    Ok(hull)
}

/// A campaign that starts `start` minutes after now.
pub fn campaign(line: LineId, start: i64, minutes: i64, class: i32, product: ProductId) -> Occupancy {
    Occupancy {
        id: OccupancyId(Uuid::now_v7()),
        line,
        kind: Kind::Campaign,
        interval: Interval { start: NOW + start, end: NOW + start + minutes },
        needs: Some(ClassId(class)),
        leaves: ClassId(class),
        product,
        batches: 1,
        expires_at: None,
        link: None,
    }
}

pub fn add(row: Occupancy) -> Change {
    Change { add: vec![row], ..Change::default() }
}

pub fn claim(row: OccupancyId, pool: PoolId, day: i64, amount: u32) -> PoolClaim {
    PoolClaim { occupancy: row, pool, cell: NOW + day * DAY, amount }
}

/// Classes 1 to 3; dirtier ones take longer, and 3 to 1 is forbidden for another product.
fn matrix(capped: bool) -> Matrix {
    let classes = 1..=3;
    let cell = |leaves: i32, needs: i32, relation| MatrixCell {
        leaves: ClassId(leaves),
        needs: ClassId(needs),
        relation,
        changeover: Changeover {
            crew: if relation == Relation::Same { 60 } else { i64::from(leaves) * 240 },
            wait: if relation == Relation::Same { 0 } else { 60 },
        },
    };
    let pairs = classes.clone().flat_map(|leaves| classes.clone().map(move |needs| (leaves, needs)));
    let same = pairs.clone().map(|(leaves, needs)| cell(leaves, needs, Relation::Same));
    let other =
        pairs.filter(|pair| *pair != (3, 1)).map(|(leaves, needs)| cell(leaves, needs, Relation::Other));
    let clean = Changeover { crew: 2 * DAY, wait: 0 };
    Matrix {
        id: MatrixId(Uuid::now_v7()),
        version: 1,
        code: "m".into(),
        name: text("m"),
        classes: classes
            .clone()
            .map(|id| Class { id: ClassId(id), code: id.to_string(), name: text("class") })
            .collect(),
        rules: vec![],
        cells: same.chain(other).collect(),
        clean_hold: None,
        reclean: Changeover { crew: 0, wait: 0 },
        cap: capped.then_some(CampaignCap {
            max_batches: None,
            max_minutes: Some(40 * DAY),
            full_clean: clean,
        }),
        initial: ClassId(1),
    }
}
