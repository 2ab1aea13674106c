//! Open pages hear of what changes: only what their reader may see, and only that it changed.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{App, TestDatabase, Visitor, on_both_databases};
use uuid::Uuid;

use super::booking::{World, world::query};

/// Far beyond what any machine takes to tell.
const PATIENCE: Duration = Duration::from_secs(60);

/// More than is read at once.
const MANY: usize = 1_200;

/// Notes to an organisation, straight into the outbox.
async fn write_notes(
    database: &TestDatabase,
    ids: impl IntoIterator<Item = Uuid>,
    to: Uuid,
    booking: Option<Uuid>,
) {
    let note = json!({"kind": "company_verified", "to": [to], "booking": booking, "reference": null, "reason": null});
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let rows: Vec<String> =
        (1..=ids.len()).map(|at| format!("(${at}, 0, 'company_verified', '{note}')")).collect();
    let sql = format!("INSERT INTO outbox (id, at, topic, payload) VALUES {}", rows.join(", "));
    database.execute(&sql, ids.into_iter().map(Into::into).collect()).await.expect("notes are written");
}

/// A page that listens.
struct Listener {
    response: reqwest::Response,
    text: String,
}

impl Listener {
    async fn open(visitor: &Visitor, since: &str) -> Self {
        let response = visitor.request("GET", &format!("/live{since}")).send().await.expect("an answer");
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, text: String::new() }
    }

    /// The next change.
    async fn next(&mut self) -> Value {
        tokio::time::timeout(PATIENCE, self.whenever()).await.expect("news in time")
    }

    /// The next change, however long it takes: what keeps the connection alive is no news.
    async fn whenever(&mut self) -> Value {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.lines().find_map(|line| line.strip_prefix("data: ")).map(str::to_owned);
                self.text = rest.to_owned();
                match data {
                    Some(data) => return serde_json::from_str(&data).expect("JSON"),
                    None => continue,
                }
            }
            let chunk = self.response.chunk().await.expect("a stream").expect("the stream goes on");
            self.text += std::str::from_utf8(&chunk).expect("text");
        }
    }

    /// Whether the stream ends.
    async fn ends(&mut self) -> bool {
        loop {
            match tokio::time::timeout(PATIENCE, self.response.chunk()).await {
                Ok(Ok(Some(_))) => {}
                Ok(Ok(None) | Err(_)) => return true,
                Err(_) => return false,
            }
        }
    }
}

on_both_databases! {
    async fn both_sides_of_a_booking_hear_of_it_and_nobody_else(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let mut owner = Listener::open(&world.one.admin, "").await;
        let mut operator = Listener::open(&world.operator, "").await;
        let mut rival = Listener::open(&world.two.member, "").await;
        let held = world.hold_best(&world.one.member, &query(1, 1), "SECRET-1").await;
        let told = json!({"kind": "booking", "id": held["id"]});
        assert_eq!(owner.next().await, told, "the sort of thing and which one, nothing more");
        assert_eq!(operator.next().await, told);
        // The rival hears of its own booking first: of the other one it never heard.
        let own = world.hold_best(&world.two.member, &query(10, 12), "SECRET-2").await;
        assert_eq!(rival.next().await["id"], own["id"]);
        world.app.visitor().get("/live").await.problem(401, "unauthenticated");
        drop((owner, operator, rival));
        world.close(&database).await;
    }

    async fn another_server_on_the_same_database_tells_it_too(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let second = App::start_with(&database, |settings| {
            settings.session.idle_hours = 10_000;
            settings.session.longest_hours = 10_000;
        })
        .await;
        let elsewhere = second.visitor();
        elsewhere.sign_in("member@company1.example", tests::app::PASSWORD).await.expect(201);
        let mut listener = Listener::open(&elsewhere, "").await;
        let held = world.hold_best(&world.one.member, &query(1, 1), "P").await;
        assert_eq!(listener.next().await["id"], held["id"]);
        drop(listener);
        second.stop().await;
        world.close(&database).await;
    }

    async fn what_happened_since_the_page_was_made_is_told_at_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let mark = server::live::mark();
        // A while before the page was made: it shows that already.
        let long_ago = Uuid::from_u128(mark.as_u128() - (1 << 80));
        write_notes(&database, [long_ago], world.one.organisation, Some(long_ago)).await;
        // However much happens to others at the same time.
        write_notes(&database, (0..MANY).map(|_| Uuid::now_v7()), world.two.organisation, None).await;
        let held = world.hold_best(&world.one.member, &query(10, 12), "Q").await;
        let mut listener = Listener::open(&world.one.member, &format!("?since={mark}")).await;
        // A moment ago the company was verified.
        let mut told = listener.next().await;
        while told["kind"] == "company" {
            told = listener.next().await;
        }
        assert_eq!(told["id"], held["id"]);
        drop(listener);
        world.close(&database).await;
    }

    async fn much_at_once_does_not_stop_the_news(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let mut listener = Listener::open(&world.one.member, "").await;
        write_notes(&database, (0..MANY).map(|_| Uuid::now_v7()), world.two.organisation, None).await;
        let held = world.hold_best(&world.one.member, &query(1, 1), "P").await;
        assert_eq!(listener.next().await["id"], held["id"]);
        drop(listener);
        world.close(&database).await;
    }

    async fn a_page_says_nothing_of_when_anything_happened_to_others(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        world.hold_best(&world.one.member, &query(1, 1), "SECRET").await;
        let newest = "SELECT id FROM outbox ORDER BY id DESC LIMIT 1";
        let newest = database.rows(newest, vec![]).await.expect("rows");
        let newest: Uuid = newest[0].try_get("", "id").expect("an id");
        let page = world.two.member.get("/en/campaigns").await;
        page.expect(200);
        assert!(page.text.contains("Live"), "it listens: {}", page.text);
        let millisecond = &newest.to_string()[..13];
        assert!(!page.text.contains(millisecond), "{millisecond} of {newest}: {}", page.text);
        // Nor does it matter to somebody who was away for long whether anything happened to others.
        let mut listener = Listener::open(&world.two.member, &format!("?since={}", Uuid::nil())).await;
        assert_eq!(listener.next().await, json!({"kind": "all", "id": null}));
        drop(listener);
        world.close(&database).await;
    }

    async fn a_line_that_is_closed_or_opened_again_is_told_to_its_platform(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let mut operator = Listener::open(&world.qa, "").await;
        let mut firm = Listener::open(&world.one.member, "").await;
        let order = json!({"line": world.plant.line(0), "start": "2026-12-28T00:00:00Z", "end": "2026-12-28T10:00:00Z",
            "kind": "hvac", "note": ""});
        let closed = world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await.expect(201).clone();
        let told = json!({"kind": "line", "id": null});
        assert_eq!(operator.next().await, told);
        let closure = closed["closure"]["id"].as_str().expect("an id");
        world.operator.delete(&format!("/api/v1/closures/{closure}")).await.expect(200);
        assert_eq!(operator.next().await, told);
        // The firm hears of its own booking first: of the closure it never heard, and nobody has a notice of it.
        let held = world.hold_best(&world.one.member, &query(1, 1), "P").await;
        assert_eq!(firm.next().await["id"], held["id"]);
        world.settle().await;
        assert_eq!(world.notices(&world.qa).await, ["booking_held"]);
        drop((operator, firm));
        world.close(&database).await;
    }

    async fn a_server_that_stops_does_not_wait_for_listeners(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let mut listener = Listener::open(&world.one.member, "").await;
        let live = world.app.state.live.clone();
        live.close();
        assert!(listener.ends().await);
        // Nor does it let anybody begin.
        assert!(Listener::open(&world.one.member, "").await.ends().await);
        world.close(&database).await;
    }
}
