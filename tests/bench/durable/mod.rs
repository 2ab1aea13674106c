//! Durable booking over HTTP: 64 clients hold slots, each answered after its commit. Beside it the same statements in
//! groups of the same size without HTTP, and the bare commits a second of the same disk.

mod bare;
mod clients;
mod plant;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use server::{settings::Settings, store::Observer};
use tests::{Engine, TestDatabase, app::App};

use crate::report::{Report, Row, spell};
use bare::Seen;
use clients::Ran;

/// Clients at once.
const CLIENTS: usize = 64;
/// Holds of each in the measured run.
const HOLDS: usize = 60;

/// Measures on SQLite, then on PostgreSQL.
pub fn measure(report: &mut Report) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    for engine in [Engine::Sqlite, Engine::Postgres] {
        runtime.block_on(on(engine, report));
    }
}

async fn on(engine: Engine, report: &mut Report) {
    let database = TestDatabase::migrated(engine).await;
    let app = App::start_with(&database, generous).await;
    plant::build(&app.state.store, CLIENTS).await;
    let clients = clients::found(&app, CLIENTS, HOLDS).await;
    app.stop().await;
    let before = bare::copy(&database).await;
    let recorded: Arc<Mutex<Vec<Seen>>> = Arc::default();
    let record = Arc::clone(&recorded);
    let observer = Observer(Arc::new(move |statement| {
        let seen = Seen { task: tokio::task::try_id(), statement: statement.clone() };
        record.lock().unwrap_or_else(PoisonError::into_inner).push(seen);
    }));
    let app = App::start_observed(&database, Some(observer), generous).await;
    let ran = clients::run(clients, &app.address).await;
    let groups = app.state.store.commits();
    app.stop().await;
    let recorded = std::mem::take(&mut *recorded.lock().unwrap_or_else(PoisonError::into_inner));
    let per_hold = recorded.len() as f64 / ran.holds as f64;
    let name = if engine == Engine::Sqlite { "SQLite" } else { "PostgreSQL" };
    let wanted = if engine == Engine::Sqlite { "≥ 30 %; aim 2000/s, p99 < 60 ms" } else { "–" };
    let what = format!(
        "durable holds, {name}, {CLIENTS} clients: p50 {}, p99 {}; {per_hold:.1} statements a hold, {:.1} holds a commit",
        spell(ran.p50),
        spell(ran.p99),
        ran.holds as f64 / groups as f64,
    );
    let replayed = before.replay(recorded, groups).await;
    let replayed = rate(ran.holds, replayed);
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

fn generous(settings: &mut Settings) {
    settings.limits.holds_per_company = 1_000_000;
    settings.limits.search_per_minute = 1_000_000;
}

fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

impl Ran {
    fn rate(&self) -> f64 {
        rate(self.holds, self.time)
    }
}
