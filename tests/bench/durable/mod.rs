//! Durable booking over HTTP: 64 clients hold slots, each answered after its commit. Beside it the same statements in
//! the same groups without HTTP, and the bare commits a second of the same disk.

mod bare;

use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use serde_json::json;
use server::{
    settings::Settings,
    store::{Observer, Store},
};
use tests::{
    Engine, TestDatabase,
    app::{App, People},
};
use time::{Date, Month};

use crate::{
    Scale, block_on,
    clients::{self, Booker},
    plant,
    report::{Report, Row, spell},
};
use bare::Seen;

/// Clients at once.
const CLIENTS: usize = 64;
/// What the lines of the plant need between two campaigns, in minutes.
const CHANGEOVER: i64 = 120;

/// Measures on SQLite, then on PostgreSQL.
pub fn measure(report: &mut Report, scale: Scale) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        block_on(on(engine, report, scale.of(60, 10)));
    }
}

async fn on(engine: Engine, report: &mut Report, holds: usize) {
    let database = TestDatabase::migrated(engine).await;
    let app = App::start_with(&database, generous).await;
    plant::build(&app.state.store, CLIENTS, CHANGEOVER).await;
    let bookers = found(&app, holds).await;
    app.stop().await;
    let before = bare::copy(&database).await;
    let recorded: Arc<Mutex<Vec<Seen>>> = Arc::default();
    let (record, store) = (Arc::clone(&recorded), Arc::<OnceLock<Store>>::default());
    let opened = Arc::clone(&store);
    let observer = Observer(Arc::new(move |statement| {
        // Nothing is written before the server is up.
        let commits = opened.get().map_or(0, Store::commits);
        let seen = Seen { task: tokio::task::try_id(), commits, statement: statement.clone() };
        record.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
    }));
    let app = App::start_observed(&database, Some(observer), generous).await;
    store.set(app.state.store.clone()).expect("set once");
    let ran = clients::hold_all(bookers, &app.address).await;
    let groups = app.state.store.commits();
    app.stop().await;
    let recorded = std::mem::take(&mut *recorded.lock().unwrap_or_else(PoisonError::into_inner));
    let per_hold = recorded.len() as f64 / ran.count() as f64;
    let name = if engine == Engine::Sqlite { "SQLite" } else { "PostgreSQL" };
    let wanted = if engine == Engine::Sqlite { "≥ 30 %; aim 2000/s, p99 < 60 ms" } else { "–" };
    let what = format!(
        "durable holds, {name}, {CLIENTS} clients: p50 {}, p99 {}; {per_hold:.1} statements a hold, {:.1} holds a commit",
        spell(ran.p50()),
        spell(ran.p99()),
        ran.count() as f64 / groups as f64,
    );
    let replayed = before.replay(recorded).await;
    let replayed = rate(ran.count(), replayed);
    report.add(Row {
        what,
        value: format!("{:.0}/s", ran.rate()),
        yardstick: format!("the same statements, same groups, no HTTP: {replayed:.0}/s"),
        ratio: format!("{:.0} % of it", 100.0 * ran.rate() / replayed),
        wanted,
    });
    let commits = before.bare_commits().await;
    report.add(Row {
        what: format!("the same run, {name}"),
        value: format!("{:.0} holds/s", ran.rate()),
        yardstick: format!("bare commits of one row: {commits:.0}/s"),
        ratio: format!("{:.1} holds a bare commit", ran.rate() / commits),
        wanted: "–",
    });
}

/// Companies, each with `holds` offers, days apart, on a platform of its own.
async fn found(app: &App, holds: usize) -> Vec<Booker> {
    let people = People::found(app).await;
    let first = Date::from_calendar_date(2027, Month::January, 4).expect("a date");
    let mut bookers = Vec::with_capacity(CLIENTS);
    for number in 0..CLIENTS {
        let company = people.company(u32::try_from(number).expect("few clients")).await;
        let token = company.admin.post("/api/v1/tokens", json!({"name": "bench"})).await;
        let mut booker = Booker::new(token.expect(201)["secret"].as_str().expect("a secret").to_owned());
        for hold in 0..holds {
            let day = first + time::Duration::days(2 * i64::try_from(hold).expect("few holds"));
            assert!(
                booker.look_up(&app.address, plant::platform(number), day).await,
                "a line without bookings"
            );
        }
        bookers.push(booker);
    }
    bookers
}

fn generous(settings: &mut Settings) {
    settings.limits.holds_per_company = 1_000_000;
    settings.limits.unconfirmed_per_company = 1_000_000;
    settings.limits.search_per_minute = 1_000_000;
}

fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}
