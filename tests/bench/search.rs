//! Search through HTTP over 200 lines with 50,000 bookings, beside the kernel alone on the same rows.

use std::hint::black_box;

use app::contract::OfferQuery;
use domain::availability;
use reqwest::Url;
use serde_json::Value;
use server::{
    clock::{Clock, SystemClock},
    store::{Snapshots, Store, StoreOptions},
};
use time::{Date, OffsetDateTime};

use crate::{
    Scale, block_on, clients,
    made::{self, Copy},
    process::Server,
    report::{Report, Row, median, spell},
    timings::Timings,
};

/// What is asked: a name, the offering, and the window's length in days.
const ASKED: &[(&str, &str, i64)] = &[
    ("one step, 30 days", "TAB", 30),
    ("one step, 150 days", "TAB", 150),
    ("three steps, 30 days", "FCT", 30),
];
/// Windows that begin on one day after another, so that no two requests in a row are the same.
const DAYS: i64 = 10;

/// Measures every question with one client, the first one with several too.
pub fn measure(report: &mut Report, scale: Scale) {
    let (lines, bookings) = scale.of((200, 50_000), (50, 5_000));
    let copy = block_on(made::bulk(lines, bookings)).copy();
    let server = Server::start(&copy.url());
    for (number, (name, offering, days)) in ASKED.iter().enumerate() {
        let kernel = Kernel::over(&copy, &queries(offering, *days));
        for clients in [1, 4].into_iter().take(if number == 0 { 2 } else { 1 }) {
            let ran = block_on(ask(&server, offering, *days, clients, scale.of(2_000, 200)));
            report.add(Row {
                what: format!(
                    "search through HTTP, {lines} lines, {bookings} bookings, {name}, {clients} client(s): {} offers; p50 {}",
                    kernel.offers,
                    spell(ran.p50()),
                ),
                value: format!("p99 {}", spell(ran.p99())),
                yardstick: format!("the kernel alone: {}", spell(kernel.time)),
                ratio: format!(
                    "p50 {:.1} ×, p99 {:.1} ×",
                    ran.p50().as_secs_f64() / kernel.time.as_secs_f64(),
                    ran.p99().as_secs_f64() / kernel.time.as_secs_f64(),
                ),
                wanted: "p99 < 5 ms",
            });
        }
    }
}

/// Asks a server, after a warm-up.
pub async fn ask(server: &Server, offering: &str, days: i64, clients: usize, requests: usize) -> Timings {
    let addresses: Vec<Url> =
        queries(offering, days).iter().map(|query| clients::offers(&server.address, query)).collect();
    clients::read_all(&addresses, clients, requests / 10).await;
    clients::read_all(&addresses, clients, requests).await
}

fn queries(offering: &str, days: i64) -> Vec<Value> {
    let day = |from: Date, days: i64| from + time::Duration::days(days);
    let first = day(today(), 7);
    (0..DAYS)
        .map(|number| clients::query(offering, day(first, number), day(first, number + days), None))
        .collect()
}

/// By the machine's clock, which the server goes by.
pub fn today() -> Date {
    OffsetDateTime::from_unix_timestamp(SystemClock.now()).expect("a time").date()
}

struct Kernel {
    /// Of the first question.
    offers: usize,
    /// Of one question.
    time: std::time::Duration,
}

impl Kernel {
    fn over(copy: &Copy, queries: &[Value]) -> Self {
        let now = SystemClock.now();
        let snapshot = block_on(async {
            let store = Store::open(&StoreOptions::new(copy.url())).await.expect("the store opens");
            Snapshots::new(store).current(now).await.expect("it can be read").snapshot
        });
        let request = |query: &Value| {
            let query: OfferQuery = serde_json::from_value(query.clone()).expect("a query");
            query.request().expect("a right query")
        };
        let requests: Vec<_> = queries.iter().map(request).collect();
        let offers = availability::search(&snapshot, &requests[0], now).map_or(0, |found| found.offers.len());
        let time = median(25, || {
            for request in &requests {
                black_box(availability::search(black_box(&snapshot), black_box(request), now).ok());
            }
        });
        Self { offers, time: time / u32::try_from(requests.len()).expect("few questions") }
    }
}
