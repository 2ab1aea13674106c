//! The clients: each with a company, a token and a list of offers that it has searched before the clock starts.

use std::time::{Duration, Instant};

use futures::future::join_all;
use hdrhistogram::Histogram;
use reqwest::Client;
use serde_json::{Value, json};
use tests::app::{App, People};
use uuid::Uuid;

use super::plant;

/// One client with its orders.
pub struct Booker {
    client: Client,
    address: String,
    token: String,
    orders: Vec<Value>,
}

/// What a run came to.
pub struct Ran {
    pub holds: usize,
    pub time: Duration,
    pub p50: Duration,
    pub p99: Duration,
}

/// Brings in `count` companies and finds each `holds` offers, days apart, on a platform of its own.
pub async fn found(app: &App, count: usize, holds: usize) -> Vec<Booker> {
    let people = People::found(app).await;
    let mut bookers = Vec::with_capacity(count);
    for number in 0..count {
        let company = people.company(u32::try_from(number).expect("few clients")).await;
        let token = company.admin.post("/api/v1/tokens", json!({"name": "bench"})).await;
        let token = token.expect(201)["secret"].as_str().expect("a secret").to_owned();
        let mut booker = Booker {
            client: client(),
            address: app.address.clone(),
            token,
            orders: Vec::with_capacity(holds),
        };
        for hold in 0..holds {
            booker.look_up(number, hold).await;
        }
        bookers.push(booker);
    }
    bookers
}

fn client() -> Client {
    Client::builder().no_proxy().pool_max_idle_per_host(1).build().expect("a client can be made")
}

impl Booker {
    /// Searches one day of the client's own platform.
    async fn look_up(&mut self, number: usize, hold: usize) {
        let first = time::Date::from_calendar_date(2027, time::Month::January, 4).expect("a date");
        let from = first + time::Duration::days(2 * i64::try_from(hold).expect("few holds"));
        let query = json!({
            "offering": "TAB", "batch_size": "20", "unit": "kilogram", "batches": 1, "hazards": "", "gmp": false,
            "from": from.to_string(), "to": from.next_day().expect("a date").to_string(),
            "platform": plant::platform(number),
        });
        let path = format!("{}/api/v1/offers", self.address);
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let pairs = query.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), text(value)));
        let path = reqwest::Url::parse_with_params(&path, pairs).expect("an address");
        let answer = self.client.get(path).bearer_auth(&self.token).send().await;
        let text = answer.expect("an answer").text().await.expect("a body");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        let offer = answer["offers"][0]["key"].as_str().unwrap_or_else(|| panic!("no offer: {text}"));
        self.orders.push(json!({"query": query, "offer": offer, "product_code": "BENCH-1"}));
    }

    async fn hold_all(self, address: String) -> Histogram<u64> {
        let mut times = Histogram::new_with_bounds(1, 60_000_000, 3).expect("a histogram");
        for order in &self.orders {
            let begun = Instant::now();
            let request = self.client.post(format!("{address}/api/v1/holds")).bearer_auth(&self.token);
            let request = request.header("idempotency-key", Uuid::now_v7().to_string()).json(order);
            let answer = request.send().await.expect("an answer");
            let status = answer.status();
            let body = answer.bytes().await.expect("a body");
            assert_eq!(status.as_u16(), 201, "{}", String::from_utf8_lossy(&body));
            times.saturating_record(u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX));
        }
        times
    }
}

/// Everybody holds everything that they found, all at once, from the server at `address`.
pub async fn run(bookers: Vec<Booker>, address: &str) -> Ran {
    let begun = Instant::now();
    let all =
        join_all(bookers.into_iter().map(|booker| tokio::spawn(booker.hold_all(address.to_owned())))).await;
    let time = begun.elapsed();
    let mut times = Histogram::<u64>::new_with_bounds(1, 60_000_000, 3).expect("a histogram");
    for one in all {
        times.add(one.expect("no client fails")).expect("same bounds");
    }
    let at = |quantile| Duration::from_micros(times.value_at_quantile(quantile));
    Ran { holds: usize::try_from(times.len()).expect("few holds"), time, p50: at(0.5), p99: at(0.99) }
}
