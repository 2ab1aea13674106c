//! Kill -9 while booking, again and again: what was acknowledged is there afterwards.
//!
//! The test starts itself as another process, which is a server and nothing else; several clients book there over HTTP
//! until so many of their holds were answered, and the server is killed. `ZHONGSHI_TEST_KILLS` sets how often.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use futures::future::{join_all, pending};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use server::{
    AppState,
    clock::SetClock,
    settings::Settings,
    store::{Store, StoreOptions, verify::verify},
};
use tests::{
    App, Engine, Plant, TestDatabase,
    app::{BEGINNING, People},
    audit,
};
use tokio::net::TcpListener;
use uuid::Uuid;

const URL: &str = "ZHONGSHI_TEST_KILL_URL";
const LINES: usize = 6;
const CLIENTS: usize = 8;
/// What the child writes before its address.
const SERVES: &str = "serves at ";

fn limitless(settings: &mut Settings) {
    settings.limits.search_per_minute = 1_000_000;
    settings.limits.holds_per_company = 1_000_000;
    settings.limits.unconfirmed_per_company = 1_000_000;
    settings.limits.questions_per_company = 1_000_000;
}

/// Serves until it is killed. Only as a child of the test below; alone it does nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_is_killed() {
    let Ok(url) = std::env::var(URL) else { return };
    let store = Store::open(&StoreOptions::new(url)).await.expect("the database opens");
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let mut settings = Settings::defaults();
    limitless(&mut settings);
    settings.listen = listener.local_addr().expect("an address");
    let address = settings.listen;
    let state = AppState::new(store, Arc::new(SetClock::at(BEGINNING)), settings);
    {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{SERVES}{address}").expect("the parent listens");
        out.flush().expect("the parent listens");
    }
    server::serve::serve(listener, state, pending(), Duration::ZERO).await.expect("it serves");
}

/// Starts the child; it, and where it serves.
fn start(url: &str) -> (Child, String) {
    let mut child = Command::new(std::env::current_exe().expect("a test knows itself"))
        .args(["--exact", "protocol::kill::the_process_that_is_killed", "--nocapture"])
        .env(URL, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a test can start itself");
    let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    // The test runner's own words may stand before it.
    let address = lines.map_while(Result::ok).find_map(|line| Some(line.split_once(SERVES)?.1.to_owned()));
    (child, format!("http://{}", address.expect("the child serves")))
}

/// One client: searches and holds until nobody answers any more. Every hold that was answered goes to `told`.
async fn book(address: String, token: String, seed: u64, told: impl Fn(String)) {
    let client = reqwest::Client::builder().no_proxy().build().expect("a client can be made");
    let mut random = StdRng::seed_from_u64(seed);
    let query = json!({"offering": "TAB", "batch_size": "10", "unit": "kilogram", "batches": 1,
        "from": "2026-11-25", "to": "2028-03-01", "hazards": "", "gmp": false});
    let search =
        "offering=TAB&batch_size=10&unit=kilogram&batches=1&from=2026-11-25&to=2028-03-01&hazards=&gmp=false";
    loop {
        let asked = client.get(format!("{address}/api/v1/offers?{search}")).bearer_auth(&token).send().await;
        let Ok(answer) = asked else { return };
        let (status, text) = (answer.status(), answer.text().await);
        let Ok(text) = text else { return };
        assert_eq!(status, 200, "{text}");
        let found: Value = serde_json::from_str(&text).expect("JSON");
        let offers = found["offers"].as_array().expect("a list");
        let offer = &offers[random.random_range(0..offers.len())];
        let order = json!({"query": query, "offer": offer["key"], "product_code": format!("P{}", seed % 4)});
        let request = client.post(format!("{address}/api/v1/holds")).bearer_auth(&token);
        let asked = request.header("idempotency-key", Uuid::now_v7().to_string()).json(&order).send().await;
        let Ok(answer) = asked else { return };
        let status = answer.status();
        let Ok(text) = answer.text().await else { return };
        // Somebody else may have been first.
        assert!(status == 201 || status == 409, "{status} {text}");
        if status == 201 {
            let held: Value = serde_json::from_str(&text).expect("JSON");
            told(held["reference"].as_str().expect("a reference").to_owned());
        }
    }
}

/// Kills the server after `bookings` answered holds; the references of all that were answered.
async fn booked_until_killed(url: String, token: &str, round: u64, bookings: usize) -> Vec<String> {
    let (child, address) = tokio::task::spawn_blocking(move || start(&url)).await.expect("no panic");
    let shared = Arc::new(Mutex::new((child, Vec::new())));
    let clients = (0..CLIENTS as u64).map(|client| {
        let shared = Arc::clone(&shared);
        let told = move |reference| {
            let (child, told) = &mut *shared.lock().unwrap_or_else(PoisonError::into_inner);
            told.push(reference);
            if told.len() == bookings {
                child.kill().expect("it can be killed");
            }
        };
        book(address.clone(), token.to_owned(), round * 1_000 + client, told)
    });
    join_all(clients).await;
    let (child, told) = &mut *shared.lock().unwrap_or_else(PoisonError::into_inner);
    let status = child.wait().expect("it has ended");
    assert_eq!(status.code(), None, "the child was to be killed, and ended by itself: {status}");
    std::mem::take(told)
}

/// Somebody of a verified company, with a token that outlives every server.
async fn token(db: &TestDatabase) -> String {
    let app = App::start_with(db, limitless).await;
    let company = People::found(&app).await.company(1).await;
    let made = company.member.post("/api/v1/tokens", json!({"name": "kill"})).await;
    made.expect(201);
    let secret = made.string("secret");
    app.stop().await;
    secret
}

fn kill_and_look(engine: Engine, kills: u64) {
    tests::database::run(engine, move |db| async move {
        Plant::roomy(LINES).write(&db).await;
        let token = token(&db).await;
        let mut random = StdRng::seed_from_u64(9);
        let mut told = BTreeSet::new();
        for round in 0..kills {
            let bookings = random.random_range(1..25);
            told.extend(booked_until_killed(db.url(), &token, round, bookings).await);
            let found: BTreeSet<String> = references(&db).await;
            let lost: Vec<_> = told.difference(&found).collect();
            assert!(lost.is_empty(), "round {round}: acknowledged and lost: {lost:?}");
            if round % 10 == 9 {
                verify(&db.store().await).await.unwrap_or_else(|fault| panic!("round {round}: {fault}"));
            }
        }
        assert!(told.len() as u64 >= kills);
        assert_eq!(audit(&db).await, []);
        let seen = verify(&db.store().await).await.unwrap_or_else(|fault| panic!("{fault}"));
        assert!(seen.bookings >= told.len() as u64);
    });
}

fn kills(usual: u64) -> u64 {
    std::env::var("ZHONGSHI_TEST_KILLS").map_or(usual, |kills| kills.parse().expect("a number"))
}

#[test]
fn nothing_acknowledged_is_lost_by_kill_nine() {
    kill_and_look(Engine::Sqlite, kills(100));
}

/// The database lives on here; what must not be lost is what the server has answered.
#[test]
fn nothing_acknowledged_is_lost_by_kill_nine_beside_postgres() {
    kill_and_look(Engine::Postgres, kills(100));
}

/// References of the bookings that hold a line.
async fn references(db: &TestDatabase) -> BTreeSet<String> {
    let sql = "SELECT b.reference FROM booking b JOIN step s ON s.booking = b.id
        JOIN occupancy o ON o.id = s.occupancy WHERE b.status = 'held' AND o.live IS NOT NULL";
    let rows = db.rows(sql, vec![]).await.expect("rows are read");
    rows.iter().map(|row| row.try_get_by_index(0).expect("a word")).collect()
}
