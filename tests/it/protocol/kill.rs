//! Kill -9 while booking, again and again: what was acknowledged is there afterwards.
//!
//! The test starts itself as another process, which books with several clients and says so on its standard output once
//! a hold is answered; after a while it is killed. `ZHONGSHI_TEST_KILLS` sets how often.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
    sync::Arc,
};

use futures::future::join_all;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use server::store::{StoreOptions, verify::verify};
use tests::{
    Engine, Plant, TestDatabase, audit,
    desk::{Desk, clock},
};

const URL: &str = "ZHONGSHI_TEST_KILL_URL";
const SEED: &str = "ZHONGSHI_TEST_KILL_SEED";
const LINES: usize = 6;
const CLIENTS: usize = 8;
/// What the child writes before the reference of a booking that it was told is made.
const ACKNOWLEDGED: &str = "acknowledged ";

/// Books until it is killed. Only as a child of the test below; alone it does nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_is_killed() {
    let (Ok(url), Ok(seed)) = (std::env::var(URL), std::env::var(SEED)) else { return };
    let seed: u64 = seed.parse().expect("a number");
    let plant = Plant::roomy(LINES);
    let desk = Desk::open_with(&StoreOptions::new(url), &plant, clock()).await;
    let query = Arc::new(Desk::query(1, "", ("2026-03-03", "2027-08-01")));
    let clients = (0..CLIENTS).map(|client| {
        let (desk, query) = (desk.clone(), query.clone());
        tokio::spawn(async move {
            let mut random = StdRng::seed_from_u64(seed * 1_000 + client as u64);
            loop {
                let offers = desk.offers(&query).await.expect("a year and more isn't full");
                let offer = &offers[random.random_range(0..offers.len())];
                if let Ok(booking) = desk.hold(&query, offer, client % 4).await {
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "{ACKNOWLEDGED}{}", booking.reference).expect("the parent listens");
                    out.flush().expect("the parent listens");
                }
            }
        })
    });
    join_all(clients).await;
}

/// Starts the child, lets it acknowledge `bookings` and kills it; every reference that it acknowledged.
fn booked_until_killed(url: &str, seed: u64, bookings: usize) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().expect("a test knows itself"))
        .args(["--exact", "protocol::kill::the_process_that_is_killed", "--nocapture"])
        .env(URL, url)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a test can start itself");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut told = Vec::new();
    while let Some(Ok(line)) = lines.next() {
        // The test runner's own words may stand before it.
        if let Some((_, reference)) = line.split_once(ACKNOWLEDGED) {
            told.push(reference.to_owned());
        }
        if told.len() == bookings {
            child.kill().expect("it can be killed");
        }
    }
    let status = child.wait().expect("it has ended");
    assert_eq!(status.code(), None, "the child was to be killed, and ended by itself: {status}");
    told
}

#[test]
fn nothing_acknowledged_is_lost_by_kill_nine() {
    let kills: u64 =
        std::env::var("ZHONGSHI_TEST_KILLS").map_or(100, |kills| kills.parse().expect("a number"));
    tests::database::run(Engine::Sqlite, |db| async move {
        Plant::roomy(LINES).write(&db).await;
        let mut random = StdRng::seed_from_u64(9);
        let mut told = BTreeSet::new();
        for round in 0..kills {
            let bookings = random.random_range(1..25);
            let url = db.url();
            let more = tokio::task::spawn_blocking(move || booked_until_killed(&url, round, bookings));
            told.extend(more.await.expect("no panic"));
            let found: BTreeSet<String> = references(&db).await;
            let lost: Vec<_> = told.difference(&found).collect();
            assert!(lost.is_empty(), "round {round}: acknowledged and lost: {lost:?}");
        }
        assert!(told.len() as u64 >= kills);
        assert_eq!(audit(&db).await, []);
        let seen = verify(&db.store().await).await.unwrap_or_else(|fault| panic!("{fault}"));
        assert!(seen.bookings >= told.len() as u64);
    });
}

/// References of the bookings that hold a line.
async fn references(db: &TestDatabase) -> BTreeSet<String> {
    let sql = "SELECT b.reference FROM booking b JOIN step s ON s.booking = b.id
        JOIN occupancy o ON o.id = s.occupancy WHERE b.status = 'held' AND o.live IS NOT NULL";
    let rows = db.rows(sql, vec![]).await.expect("rows are read");
    rows.iter().map(|row| row.try_get_by_index(0).expect("a word")).collect()
}
