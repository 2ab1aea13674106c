//! Open pages hear of what changes: only what their reader may see, and only that it changed.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{App, Visitor, on_both_databases};

use super::booking::{World, world::query};

/// Far beyond what any machine takes to tell.
const PATIENCE: Duration = Duration::from_secs(60);

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
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.lines().find_map(|line| line.strip_prefix("data: ")).map(str::to_owned);
                self.text = rest.to_owned();
                match data {
                    Some(data) => return serde_json::from_str(&data).expect("JSON"),
                    None => continue,
                }
            }
            let chunk = tokio::time::timeout(PATIENCE, self.response.chunk()).await.expect("news in time");
            let chunk = chunk.expect("a stream").expect("the stream goes on");
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
        let first = world.hold_best(&world.one.member, &query(1, 1), "P").await;
        let mark = world.app.state.live.mark().await.expect("a mark");
        let second = world.hold_best(&world.one.member, &query(10, 12), "Q").await;
        let mut listener = Listener::open(&world.one.member, &format!("?since={mark}")).await;
        let told = listener.next().await;
        assert_ne!(told["id"], first["id"], "the page shows that already");
        assert_eq!(told["id"], second["id"]);
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
