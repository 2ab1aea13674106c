//! One durable booking on a line with 100,000 rows beside one on a line with 100, in the same database and in turn.

use std::time::Instant;

use domain::{
    ClassId, Interval, Minute, OccupancyId, ProductId,
    calendar::DAY,
    chain::Writes,
    changeover::Relation,
    occupancy::{Kind, Link, Occupancy},
};
use server::store::{Store, StoreError, queries};
use tests::{
    Engine, TestDatabase,
    app::{App, BEGINNING, People},
};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    Scale, block_on,
    clients::{self, Booker},
    plant,
    report::{Report, Row, spell},
    timings::Timings,
};

/// Days that the rows lie on, from `FIRST` on; every `FREE`th is left free to book.
const DAYS: i64 = 1_400;
const FREE: i64 = 4;
/// After the tests' beginning.
const FIRST: i64 = 10;
/// Of the plant: what must lie between two rows.
const CHANGEOVER: Minute = 10;
/// Rows in one statement.
const MOST: usize = 1_000;

/// Measures on SQLite, then on PostgreSQL.
pub fn measure(report: &mut Report, scale: Scale) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        block_on(on(engine, report, scale));
    }
}

async fn on(engine: Engine, report: &mut Report, scale: Scale) {
    let (few, many) = (100, scale.of(100_000, 10_000));
    let holds = scale.of(120, 30);
    let database = TestDatabase::migrated(engine).await;
    let app = App::start_with(&database, |settings| {
        settings.limits.holds_per_company = 1_000_000;
        settings.limits.unconfirmed_per_company = 1_000_000;
        settings.limits.search_per_minute = 1_000_000;
    })
    .await;
    plant::build(&app.state.store, 2, CHANGEOVER).await;
    for (number, rows) in [few, many].into_iter().enumerate() {
        fill(&app.state.store, number, rows).await.expect("the guard takes the rows");
    }
    let people = People::found(&app).await;
    let mut bookers = Vec::new();
    for (number, company) in [(0, people.company(0).await), (1, people.company(1).await)] {
        let token = company.admin.post("/api/v1/tokens", serde_json::json!({"name": "bench"})).await;
        let mut booker = Booker::new(token.expect(201)["secret"].as_str().expect("a secret").to_owned());
        let platform = plant::platform(number);
        for day in (0..).map(|n| FIRST + FREE * n + FREE - 1).take(holds) {
            assert!(booker.look_up(&app.address, platform, date(day)).await, "every fourth day is free");
        }
        bookers.push(booker);
    }
    let mut held = [Timings::default(), Timings::default()];
    let mut searched = [Timings::default(), Timings::default()];
    for _ in 0..holds {
        for (number, booker) in bookers.iter_mut().enumerate() {
            booker.hold(&app.address, &mut held[number]).await;
            // The first search after a booking reads again what the booking changed.
            let query = clients::query("TAB", date(FIRST), date(FIRST + 30), Some(plant::platform(number)));
            let begun = Instant::now();
            let answer = clients::client().get(clients::offers(&app.address, &query)).send().await;
            assert!(answer.expect("an answer").status().is_success());
            searched[number].note(begun);
        }
    }
    app.stop().await;
    let name = if engine == Engine::Sqlite { "SQLite" } else { "PostgreSQL" };
    for (what, [short, long], wanted) in
        [("a durable hold", held, "≤ 2 ×"), ("the first search after it", searched, "–")]
    {
        report.add(Row {
            what: format!("{what} on a line with {many} rows, {name}: p99 {}", spell(long.p99())),
            value: format!("p50 {}", spell(long.p50())),
            yardstick: format!("with {few} rows: p50 {}, p99 {}", spell(short.p50()), spell(short.p99())),
            ratio: format!("{:.2} ×", long.p50().as_secs_f64() / short.p50().as_secs_f64()),
            wanted,
        });
    }
}

/// So many days after the tests' beginning.
fn date(day: i64) -> Date {
    OffsetDateTime::from_unix_timestamp(BEGINNING).expect("a time").date() + Duration::days(day)
}

/// Writes `rows` campaigns of a minute each on the line of this number, all of one product.
async fn fill(store: &Store, number: usize, rows: usize) -> Result<(), StoreError> {
    let line = plant::line(number);
    let product = plant::product(number);
    let busy: Vec<i64> = (0..DAYS).filter(|day| day % FREE != FREE - 1).collect();
    let each = rows.div_ceil(busy.len());
    // Plant midnight of the first day.
    let begin = domain::calendar::day_start(domain::calendar::plant_day(BEGINNING / 60)) + FIRST * DAY;
    let starts = busy.iter().flat_map(|day| {
        (0..each).map(move |n| begin + day * DAY + i64::try_from(n).expect("few") * (CHANGEOVER + 1))
    });
    let mut before: (Minute, ProductId) = (0, ProductId::NONE);
    let mut all = Vec::with_capacity(rows);
    for start in starts.take(rows) {
        let (prev_end, prev_product) = before;
        let relation = if prev_product == product { Relation::Same } else { Relation::Other };
        before = (start + 1, product);
        all.push(Occupancy {
            id: OccupancyId(Uuid::now_v7()),
            line,
            kind: Kind::Campaign,
            interval: Interval { start, end: start + 1 },
            needs: Some(ClassId(0)),
            leaves: ClassId(0),
            product,
            batches: 1,
            expires_at: None,
            link: Some(Link {
                prev_end,
                prev_leaves: ClassId(0),
                prev_product,
                version: 1,
                relation,
                setup: CHANGEOVER,
            }),
        });
    }
    for some in all.chunks(MOST) {
        let added = some.to_vec();
        store
            .write::<(), StoreError, _>(move |tx| {
                let added = added.clone();
                Box::pin(async move {
                    let locked = queries::lock_lines(tx, &[line]).await?;
                    let version = locked.lines[&line];
                    queries::write_chain(tx, &Writes { added, ..Writes::default() }, version).await
                })
            })
            .await?;
    }
    Ok(())
}
