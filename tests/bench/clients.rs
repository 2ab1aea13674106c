//! The clients: each with a token, a connection of its own and a list of offers that it has searched before the clock
//! starts.

use std::time::Instant;

use futures::future::join_all;
use reqwest::{Client, StatusCode, Url};
use serde_json::{Value, json};
use time::Date;
use uuid::Uuid;

use crate::timings::Timings;

/// An HTTP client with one connection.
pub fn client() -> Client {
    let client = Client::builder().no_proxy().cookie_store(true).pool_max_idle_per_host(1);
    client.build().expect("a client can be made")
}

/// A search for one batch of 20 kg, from the first of these plant days to the last.
pub fn query(offering: &str, from: Date, to: Date, platform: Option<Uuid>) -> Value {
    let mut query = json!({
        "offering": offering, "batch_size": "20", "unit": "kilogram", "batches": 1, "hazards": "", "gmp": false,
        "from": from.to_string(), "to": to.to_string(),
    });
    if let Some(platform) = platform {
        query["platform"] = platform.to_string().into();
    }
    query
}

/// Where a search is asked.
pub fn offers(address: &str, query: &Value) -> Url {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let pairs = query.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), text(value)));
    Url::parse_with_params(&format!("{address}/api/v1/offers"), pairs).expect("an address")
}

/// A new token of somebody who signs in with a password.
pub async fn token(address: &str, email: &str, password: &str) -> String {
    let client = client();
    let post = async |path: &str, body: Value| {
        let request = client.post(format!("{address}{path}")).header("origin", address).json(&body);
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        let text = answer.text().await.expect("a body");
        assert_eq!(status, StatusCode::CREATED, "{path}: {text}");
        serde_json::from_str::<Value>(&text).expect("JSON")
    };
    post("/api/v1/sessions", json!({"email": email, "password": password})).await;
    let made = post("/api/v1/tokens", json!({"name": "bench"})).await;
    made["secret"].as_str().expect("a secret").to_owned()
}

/// One client with its orders.
#[derive(Debug)]
pub struct Booker {
    client: Client,
    token: String,
    orders: Vec<Value>,
}

impl Booker {
    pub fn new(token: String) -> Self {
        Self { client: client(), token, orders: Vec::new() }
    }

    /// Searches one day of a platform and keeps the best offer, if there is any.
    pub async fn look_up(&mut self, address: &str, platform: Uuid, day: Date) -> bool {
        let query = query("TAB", day, day, Some(platform));
        let answer = self.client.get(offers(address, &query)).bearer_auth(&self.token).send().await;
        let text = answer.expect("an answer").text().await.expect("a body");
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        let offer = answer["offers"].as_array().unwrap_or_else(|| panic!("no answer: {text}")).first();
        let Some(key) = offer.map(|offer| &offer["key"]) else { return false };
        self.orders.push(json!({"query": query, "offer": key, "product_code": "BENCH-1"}));
        true
    }

    /// Holds the next of what it found.
    pub async fn hold(&mut self, address: &str, timings: &mut Timings) {
        let order = self.orders.pop().expect("an order is left");
        let begun = Instant::now();
        let request = self.client.post(format!("{address}/api/v1/holds")).bearer_auth(&self.token);
        let request = request.header("idempotency-key", Uuid::now_v7().to_string()).json(&order);
        let answer = request.send().await.expect("an answer");
        let status = answer.status();
        let body = answer.bytes().await.expect("a body");
        assert_eq!(status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&body));
        timings.note(begun);
    }
}

/// Everybody holds everything that they found, all at once, from the server at `address`.
pub async fn hold_all(bookers: Vec<Booker>, address: &str) -> Timings {
    let one = |mut booker: Booker| {
        let address = address.to_owned();
        tokio::spawn(async move {
            let mut timings = Timings::default();
            while !booker.orders.is_empty() {
                booker.hold(&address, &mut timings).await;
            }
            timings
        })
    };
    together(bookers.into_iter().map(one)).await
}

/// Every client reads each of `addresses` in turn until all have sent `requests`.
pub async fn read_all(addresses: &[Url], clients: usize, requests: usize) -> Timings {
    let one = |number: usize| {
        let addresses = addresses.to_vec();
        tokio::spawn(async move {
            let client = client();
            let mut timings = Timings::default();
            for address in addresses.iter().cycle().skip(number).take(requests / clients) {
                let begun = Instant::now();
                let answer = client.get(address.clone()).send().await.expect("an answer");
                let status = answer.status();
                let body = answer.bytes().await.expect("a body");
                timings.note(begun);
                assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&body));
            }
            timings
        })
    };
    together((0..clients).map(one)).await
}

async fn together(clients: impl Iterator<Item = tokio::task::JoinHandle<Timings>>) -> Timings {
    let begun = Instant::now();
    let mut all = Timings::default();
    for one in join_all(clients).await {
        all.add(&one.expect("no client fails"));
    }
    all.total = begun.elapsed();
    all
}
