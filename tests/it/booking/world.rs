//! A plant with its people and two companies, on a running server.

use domain::{hazard::Hazard, resource::Approval};
use serde_json::{Value, json};
use server::{
    clock::Clock,
    store::{Observer, verify::verify},
    usecase::{relay::relay, sweep::sweep},
};
use tests::{
    App, Plant, TestDatabase, Visitor,
    app::{Answer, CompanyStaff, People},
    audit,
};

/// Beyond every test.
const FAR: i64 = 40_000_000;

/// Everybody whom a booking concerns.
pub struct World {
    pub app: App,
    pub plant: Plant,
    pub one: CompanyStaff,
    pub two: CompanyStaff,
    pub operator: Visitor,
    pub qa: Visitor,
    pub district: Visitor,
}

impl World {
    /// With `lines` lines that admit hormones and highly active products, approved by QA.
    pub async fn new(database: &TestDatabase, lines: usize) -> Self {
        Self::observed(database, lines, None).await
    }

    /// The same, every statement of every write shown to `observer`.
    pub async fn observed(database: &TestDatabase, lines: usize, observer: Option<Observer>) -> Self {
        Self::of(database, Plant::new(lines), observer).await
    }

    /// The same with a plant of the test's own.
    pub async fn of(database: &TestDatabase, mut plant: Plant, observer: Option<Observer>) -> Self {
        for line in &mut plant.lines {
            line.admits = [Hazard::Hormone, Hazard::HighActivity].into();
            line.approvals =
                line.admits.iter().map(|hazard| Approval { hazard: *hazard, valid_until: FAR }).collect();
        }
        plant.write(database).await;
        // Sessions outlast the months that a test lets pass.
        let app = App::start_observed(database, observer, |settings| {
            settings.session.idle_hours = 10_000;
            settings.session.longest_hours = 10_000;
        })
        .await;
        let people = People::found(&app).await;
        let (one, two) = (people.company(1).await, people.company(2).await);
        let platform = plant.platform.0;
        let operator = people.staff(platform, "operator", "operator@plant.example").await;
        let qa = people.staff(platform, "qa", "qa@plant.example").await;
        let district = people.district_admin.clone();
        drop(people);
        Self { app, plant, one, two, operator, qa, district }
    }

    /// Offers for `query`, best first.
    pub async fn offers(&self, visitor: &Visitor, query: &Value) -> Vec<Value> {
        let answer = self.search(visitor, query).await;
        answer.expect(200)["offers"].as_array().expect("a list").clone()
    }

    /// The answer to a search.
    pub async fn search(&self, visitor: &Visitor, query: &Value) -> Answer {
        visitor.get(&search_path(query)).await
    }

    /// Holds `offer` of `query`.
    pub async fn hold(&self, visitor: &Visitor, query: &Value, offer: &Value, product: &str) -> Answer {
        let order = json!({"query": query, "offer": offer["key"], "product_code": product});
        visitor.ask_once("POST", "/api/v1/holds", Some(order)).await
    }

    /// Holds the best offer of `query`.
    pub async fn hold_best(&self, visitor: &Visitor, query: &Value, product: &str) -> Value {
        let offers = self.offers(visitor, query).await;
        let held = self.hold(visitor, query, offers.first().expect("an offer"), product).await;
        held.expect(201).clone()
    }

    /// A confirmed booking of company one.
    pub async fn confirmed(&self, query: &Value, product: &str) -> Value {
        self.confirmed_for(&self.one.member, query, product).await
    }

    /// A confirmed booking of `client`.
    pub async fn confirmed_for(&self, client: &Visitor, query: &Value, product: &str) -> Value {
        let held = self.hold_best(client, query, product).await;
        let id = held["id"].as_str().expect("an id");
        self.act(client, id, "request", details()).await.expect(200);
        self.act(&self.qa, id, "confirm-hazards", json!({"reason": "SDS 4711"})).await.expect(200);
        self.act(&self.operator, id, "approve", Value::Null).await.expect(200).clone()
    }

    /// Does `action` to a booking.
    pub async fn act(&self, visitor: &Visitor, id: &str, action: &str, body: Value) -> Answer {
        let mut body = Some(body).filter(|body| !body.is_null());
        // Once the day that is sent by default is past, the materials are there: it is today.
        if let Some(body) = body.as_mut().filter(|body| body["materials_on"] == details()["materials_on"]) {
            let today = app::contract::field::plant_date(self.app.clock.now().div_euclid(60)).to_string();
            if today.as_str() > "2026-11-30" {
                body["materials_on"] = json!(today);
            }
        }
        visitor.ask_once("POST", &format!("/api/v1/bookings/{id}/{action}"), body).await
    }

    /// What a booking is now.
    pub async fn booking(&self, visitor: &Visitor, id: &str) -> Value {
        visitor.get(&format!("/api/v1/bookings/{id}")).await.expect(200).clone()
    }

    /// Lets what happens in the background happen.
    pub async fn settle(&self) {
        sweep(&self.app.state).await.expect("a sweep");
        relay(&self.app.state).await.expect("a relay");
    }

    /// The kinds of a visitor's notices, newest first, but for the one that told the companies that they are verified,
    /// with which this world begins.
    pub async fn notices(&self, visitor: &Visitor) -> Vec<String> {
        let page = visitor.get("/api/v1/notices").await;
        let items = page.expect(200)["items"].as_array().expect("a list").clone();
        let kinds = items.iter().map(|item| item["kind"].as_str().expect("a kind").to_owned());
        kinds.filter(|kind| kind != "company_verified").collect()
    }

    /// Stops, and asserts that the state left is right: by the audit that trusts nothing, and by the server's own.
    pub async fn close(self, database: &TestDatabase) {
        let wrong = audit(database).await;
        assert!(wrong.is_empty(), "{wrong:?}");
        if let Err(fault) = verify(&self.app.state.store).await {
            panic!("{fault}");
        }
        self.app.stop().await;
    }
}

/// A search for one batch of tablets between two plant days of December 2026.
pub fn query(from: u8, to: u8) -> Value {
    json!({
        "offering": "TAB",
        "batch_size": "12.5",
        "unit": "kilogram",
        "batches": 1,
        "from": format!("2026-12-{from:02}"),
        "to": format!("2026-12-{to:02}"),
        "hazards": "",
        "gmp": true,
        "stage": "scale_up",
    })
}

/// `query` with other fields.
pub fn with(query: &Value, change: &Value) -> Value {
    let mut query = query.clone();
    for (name, value) in change.as_object().expect("fields") {
        query[name] = value.clone();
    }
    query
}

/// The address of a search.
pub fn search_path(query: &Value) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let fields = query.as_object().expect("fields").iter().filter(|(_, value)| !value.is_null());
    let fields = fields.map(|(name, value)| format!("{name}={}", encoded(&text(value))));
    format!("/api/v1/offers?{}", fields.collect::<Vec<_>>().join("&"))
}

/// As it stands in an address or a form.
pub fn encoded(text: &str) -> String {
    let letter = |byte: u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(letter).collect()
}

/// A request with all that it needs.
pub fn details() -> Value {
    json!({
        "project": "新药 🧪 project 7",
        "molecule": "small_molecule",
        "strength": "5 mg",
        "container": "HDPE bottle of 100",
        "market": "cn,ru",
        "pde": "0.5",
        "materials_on": "2026-11-30",
        "storage": "ambient",
        "confidentiality": true,
        "quality": true,
        "contact_name": "王小明",
        "contact_phone": "+86 451 0000 0000",
        "order_number": "PO-2026-17",
    })
}

/// Seconds since 1970 of an instant on the wire, which the API writes to the second in UTC.
pub fn seconds(instant: &Value) -> i64 {
    serde_json::from_value::<app::contract::Instant>(instant.clone()).expect("an instant").0
}
