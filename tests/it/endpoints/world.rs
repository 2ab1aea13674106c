//! Somebody of every role, and what they ask about: bookings and closures of one firm on one platform, in every state.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
};

use serde_json::{Value, json};
use server::clock::Clock;
use tests::{
    TestDatabase, Visitor,
    app::{People, bare_platform},
};
use uuid::Uuid;

use crate::booking::{
    World as Plant,
    world::{details, query, seconds, with},
};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    Anonymous,
    /// The administrator of a company that nobody has verified.
    Unverified,
    CompanyMember,
    CompanyAdmin,
    /// A member of another verified company.
    OtherCompany,
    Operator,
    Qa,
    PlatformAdmin,
    /// An operator of another platform.
    OtherPlatform,
    DistrictViewer,
    DistrictAdmin,
}

/// The columns of the table.
pub const ROLES: [Role; 11] = [
    Role::Anonymous,
    Role::Unverified,
    Role::CompanyMember,
    Role::CompanyAdmin,
    Role::OtherCompany,
    Role::Operator,
    Role::Qa,
    Role::PlatformAdmin,
    Role::OtherPlatform,
    Role::DistrictViewer,
    Role::DistrictAdmin,
];

/// What is asked about: the company's bookings on the platform, in the order of what may become of them, and what else
/// is on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    Held,
    Requested,
    /// Requested, its hazards confirmed.
    Assured,
    Confirmed,
    /// Confirmed, and its time has come.
    Due,
    Running,
    Completed,
    Closure,
    Cleaning,
    Notice,
    /// An entry of the waiting list.
    Waiter,
    /// Room that the other company wants.
    Repair,
    /// A move that the company is asked for by the other one.
    Ask,
    /// A call that is open.
    Call,
    /// The company's wish in such a call.
    Wish,
    /// A call with a wish of the company that has closed.
    ClosedCall,
    /// The same, drafted.
    Draft,
    /// The company's wish in such a call.
    DraftedWish,
    /// A time at which the line is down.
    Outage,
    /// A booking of the company where the line is down.
    Conflict,
}

/// Everybody, signed in, and the plant.
pub struct World {
    visitors: BTreeMap<Role, Visitor>,
    plant: Plant,
    /// What exists and is as its subject says: nobody has done anything to it yet.
    untouched: Mutex<BTreeMap<Subject, Value>>,
    /// Of the days on which room is wanted, the next.
    days: AtomicU8,
    /// Of the days on which the line goes down, the next.
    down: AtomicU8,
    /// How many outages have been marked that nobody is hit by.
    marked: AtomicU8,
    /// How many closures have been made to be asked about.
    closed: AtomicU8,
    pub company: Uuid,
    pub unverified: Uuid,
    pub platform: Uuid,
    pub line: Uuid,
}

impl World {
    pub async fn new(database: &TestDatabase) -> Self {
        let plant = Plant::new(database, 1).await;
        let people = People::found(&plant.app).await;
        let (unverified, unverified_admin) = people.unverified_company(3).await;
        let platform = plant.plant.platform.0;
        let other_platform = bare_platform(database, "two").await;
        let district = people.district().await;
        let staff = async |organisation, role, email: &str| people.staff(organisation, role, email).await;
        let visitors = BTreeMap::from([
            (Role::Anonymous, plant.app.visitor()),
            (Role::Unverified, unverified_admin),
            (Role::CompanyMember, plant.one.member.clone()),
            (Role::CompanyAdmin, plant.one.admin.clone()),
            (Role::OtherCompany, plant.two.member.clone()),
            (Role::Operator, plant.operator.clone()),
            (Role::Qa, plant.qa.clone()),
            (Role::PlatformAdmin, staff(platform, "platform_admin", "admin@one.example").await),
            (Role::OtherPlatform, staff(other_platform, "operator", "operator@two.example").await),
            (Role::DistrictViewer, staff(district, "district_viewer", "viewer@district.example").await),
            (Role::DistrictAdmin, people.district_admin.clone()),
        ]);
        let (company, line) = (plant.one.organisation, plant.plant.line(0));
        let untouched = Mutex::default();
        let (days, down, marked, closed) =
            (AtomicU8::new(1), AtomicU8::new(10), AtomicU8::new(0), AtomicU8::new(0));
        Self { visitors, plant, untouched, days, down, marked, closed, company, unverified, platform, line }
    }

    pub fn visitor(&self, role: Role) -> &Visitor {
        &self.visitors[&role]
    }

    /// What `subject` says, as nobody has touched it.
    pub async fn subject(&self, subject: Subject) -> Value {
        if let Some(known) = self.pool().get(&subject) {
            return known.clone();
        }
        let made = Box::pin(self.make(subject)).await;
        self.pool().insert(subject, made.clone());
        made
    }

    /// Something was done to it: the next one gets another.
    pub fn spend(&self, subject: Subject) {
        self.pool().remove(&subject);
    }

    fn pool(&self) -> std::sync::MutexGuard<'_, BTreeMap<Subject, Value>> {
        self.untouched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The company gives back the holds that forms and calls have left it, of which nobody may have many, but for the
    /// one that is asked about.
    async fn give_holds_back(&self) {
        let client = &self.plant.one.member;
        let asked_about = self.pool().get(&Subject::Held).map(|held| held["id"].clone());
        let held = client.get("/api/v1/bookings?status=held").await;
        let all = held.expect(200)["items"].as_array().expect("a list").clone();
        for booking in all.iter().filter(|booking| asked_about.as_ref() != Some(&booking["id"])) {
            self.plant.act(client, id(booking), "withdraw", json!({})).await.expect(200);
        }
    }

    async fn make(&self, subject: Subject) -> Value {
        self.give_holds_back().await;
        let (client, operator) = (&self.plant.one.member, &self.plant.operator);
        let after = async |before: Subject, by: &Visitor, action: &str, body: Value| {
            let booking = self.subject(before).await;
            self.spend(before);
            self.plant.act(by, id(&booking), action, body).await.expect(200).clone()
        };
        match subject {
            Subject::Held => self.plant.hold_best(client, &query(1, 31), "P").await,
            Subject::Requested => after(Subject::Held, client, "request", details()).await,
            Subject::Assured => {
                after(Subject::Requested, &self.plant.qa, "confirm-hazards", json!({"reason": "SDS"})).await
            }
            Subject::Confirmed => after(Subject::Assured, operator, "approve", Value::Null).await,
            Subject::Due => {
                // Holds and requests run out on the way there.
                self.pool().retain(|known, _| *known >= Subject::Closure);
                let booking = self.subject(Subject::Confirmed).await;
                self.spend(Subject::Confirmed);
                self.plant.app.clock.set(seconds(&booking["steps"][0]["start"]));
                booking
            }
            Subject::Running => after(Subject::Due, operator, "start", Value::Null).await,
            Subject::Completed => after(Subject::Running, operator, "complete", Value::Null).await,
            Subject::Closure => {
                // Each in an hour of its own: one that got shorter stays.
                let order = closure(self.line, self.closed.fetch_add(1, Ordering::Relaxed));
                let made = operator.ask_once("POST", "/api/v1/closures", Some(order)).await;
                made.expect(201)["closure"].clone()
            }
            Subject::Cleaning => {
                self.give_room_back().await;
                self.cleaning().await
            }
            Subject::Waiter => self.waiter().await,
            Subject::Repair => self.wish_for_room().await,
            Subject::Ask => {
                self.wish_for_room().await;
                let asks = client.get("/api/v1/proposals?limit=1").await;
                asks.expect(200)["items"][0].clone()
            }
            Subject::Call => self.open_call(1).await,
            Subject::Wish => self.wish_in(&self.open_call(1).await).await,
            Subject::ClosedCall => self.closed_call().await.0,
            Subject::Draft => self.drafted().await.0,
            Subject::DraftedWish => self.drafted().await.1,
            Subject::Outage => {
                // A minute sooner each time: what is on record already isn't marked again.
                let minute = self.marked.fetch_add(1, Ordering::Relaxed);
                let from = format!("2027-03-04T{:02}:{:02}:00Z", 23 - minute / 60, 59 - minute % 60);
                self.goes_down(&from, "2027-03-06T00:00:00Z").await["outage"].clone()
            }
            Subject::Conflict => self.conflict().await,
            Subject::Notice => {
                self.subject(Subject::Held).await;
                self.plant.settle().await;
                let newest = operator.get("/api/v1/notices?limit=1").await;
                newest.expect(200)["items"][0].clone()
            }
        }
    }

    /// The other company wants a day that a confirmed booking of the company fills, each time another one.
    async fn wish_for_room(&self) -> Value {
        // What moves goes to a day beside.
        let day = self.days.fetch_add(4, Ordering::Relaxed);
        let date = format!("2027-02-{day:02}");
        let full = with(&query(1, 1), &json!({"from": date, "to": date, "batches": 2}));
        self.plant.confirmed_for(&self.plant.one.member, &full, "R").await;
        let order = json!({"query": full, "product_code": "S"});
        let made = self.plant.two.member.ask_once("POST", "/api/v1/repairs", Some(order)).await;
        made.expect(201)["repair"].clone()
    }

    /// A call for the line that closes in so many days.
    async fn open_call(&self, days: i64) -> Value {
        let closes = app::contract::Instant(self.plant.app.clock.now() + days * 86_400 + 5);
        let order = json!({"title": "March", "from": "2027-03-05", "to": "2027-03-31", "lines": [self.line],
            "closes_at": closes, "rule": {"rule": "first_come"}, "hold_days": 3});
        self.plant.operator.ask_once("POST", "/api/v1/calls", Some(order)).await.expect(201).clone()
    }

    async fn wish_in(&self, call: &Value) -> Value {
        let path = format!("/api/v1/calls/{}/wishes", id(call));
        self.plant.one.member.ask_once("POST", &path, Some(wish())).await.expect(201).clone()
    }

    async fn closed_call(&self) -> (Value, Value) {
        let call = self.open_call(0).await;
        let wish = self.wish_in(&call).await;
        self.plant.app.clock.set(seconds(&call["closes_at"]));
        self.plant.settle().await;
        (call, wish)
    }

    async fn drafted(&self) -> (Value, Value) {
        let (mut call, wish) = self.closed_call().await;
        let path = format!("/api/v1/calls/{}/draft", id(&call));
        let draft = self.plant.operator.ask_once("POST", &path, None).await.expect(200).clone();
        call["version"] = draft["version"].clone();
        (call, wish)
    }

    /// The line is down between two instants.
    async fn goes_down(&self, from: &str, until: &str) -> Value {
        let order = json!({"line": self.line, "from": from, "until": until, "kind": "breakdown",
            "reason": "because"});
        self.plant.operator.ask_once("POST", "/api/v1/outages", Some(order)).await.expect(201).clone()
    }

    /// The line goes down over a confirmed booking, each time on another day.
    async fn conflict(&self) -> Value {
        let day = self.down.fetch_add(4, Ordering::Relaxed);
        let date = format!("2027-03-{day}");
        let full = with(&query(1, 1), &json!({"from": date, "to": date, "batches": 2}));
        let booking = self.plant.confirmed_for(&self.plant.one.member, &full, "D").await;
        let until = format!("2027-03-{}T00:00:00Z", day + 1);
        self.goes_down(&format!("{date}T00:00:00Z"), &until).await;
        let all = self.plant.operator.get("/api/v1/conflicts").await;
        let all = all.expect(200)["items"].as_array().expect("a list").clone();
        let about = |one: &Value| one["booking"]["id"] == booking["id"];
        all.into_iter().find(about).expect("a conflict")
    }

    /// The other company has no more holds than it may: those that came of its wishes go.
    async fn give_room_back(&self) {
        let held = self.plant.two.member.get("/api/v1/bookings?status=held").await;
        let all = held.expect(200)["items"].as_array().expect("a list").clone();
        for booking in all.iter().filter(|booking| booking["product_code"] == "S") {
            self.plant.act(&self.plant.two.member, id(booking), "withdraw", json!({})).await.expect(200);
        }
    }

    /// The company waits for days on which the line is closed.
    async fn waiter(&self) -> Value {
        let closed = json!({"line": self.line, "start": "2026-12-26T16:00:00Z", "end": "2026-12-28T16:00:00Z", "kind": "hvac"});
        // It stays closed from the first entry on.
        self.plant.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await;
        let order = json!({"query": query(28, 28), "product_code": "W"});
        let made = self.plant.one.member.ask_once("POST", "/api/v1/waitlist", Some(order)).await;
        made.expect(201).clone()
    }

    /// A cleaning that may go: what came between its neighbours left, and then one of these. Behind all else, since
    /// nothing harmless may follow a potent product.
    async fn cleaning(&self) -> Value {
        let (client, operator) = (&self.plant.two.member, &self.plant.operator);
        let mut made = Vec::new();
        for (hazards, product) in [("high_activity", "A"), ("hormone", "B"), ("", "C")] {
            let change = json!({"from": "2027-04-05", "to": "2027-04-30", "hazards": hazards});
            made.push(self.plant.hold_best(client, &with(&query(1, 1), &change), product).await);
        }
        for booking in &made[1..] {
            self.plant.act(client, id(booking), "withdraw", json!({})).await.expect(200);
        }
        let left = operator.get("/api/v1/cleanings").await;
        left.expect(200)["items"][0].clone()
    }

    pub async fn close(self, database: &TestDatabase) {
        self.plant.close(database).await;
    }
}

/// The id of a booking or the like.
pub fn id(subject: &Value) -> &str {
    subject["id"].as_str().expect("an id")
}

/// An order to close `line` for half an hour of a far day.
fn closure(line: Uuid, hour: u8) -> Value {
    let at = |minute: u8| format!("2027-03-01T{hour:02}:{minute:02}:00Z");
    json!({"line": line, "start": at(0), "end": at(30), "kind": "hvac"})
}

/// A wish for a campaign in a call.
pub fn wish() -> Value {
    json!({"query": with(&query(1, 1), &json!({"from": "2027-03-05", "to": "2027-03-31"})), "rank": 1})
}
