//! Closures that are lifted: what has passed of one was closed, and stays so.

use serde_json::json;
use server::usecase::waitlist::promote;
use tests::on_both_databases;

use super::{
    World,
    outages::id,
    world::{query, seconds},
};

/// Closes the line; the closure's address.
async fn shut(world: &World, start: &str, end: &str) -> String {
    let order = json!({"line": world.plant.line(0), "start": start, "end": end, "kind": "hvac"});
    let made = world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await;
    format!("/api/v1/closures/{}", id(&made.expect(201)["closure"]))
}

fn at(instant: &str) -> i64 {
    seconds(&json!(instant))
}

/// Minutes of December in which the line is closed, as its platform's figures have it.
async fn downtime(world: &World) -> i64 {
    let period = "from=2026-12-01&to=2026-12-31";
    let path = format!("/api/v1/platforms/{}/utilisation?{period}", world.plant.platform);
    world.operator.get(&path).await.expect(200)[0]["downtime_minutes"].as_i64().expect("a figure")
}

on_both_databases! {
    async fn one_that_has_begun_ends_and_what_has_passed_stays_closed(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let closure = shut(&world, "2026-12-09T16:00:00Z", "2026-12-12T16:00:00Z").await;
        let waits = json!({"query": query(12, 12), "product_code": "B"});
        two.ask_once("POST", "/api/v1/waitlist", Some(waits)).await.expect(201);
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 0);
        let page = format!("/en/lines/{}?week=2026-12-07", world.plant.line(0));
        let shown = async || world.operator.get(&page).await.text;
        assert!(shown().await.contains("Lift closure"));

        world.app.clock.set(at("2026-12-10T10:00:30Z"));
        let text = shown().await;
        assert!(text.contains("End closure now") && !text.contains("Lift closure"), "{text}");
        let lifted = world.operator.delete(&closure).await.expect(200).clone();
        let (from, until) = (json!("2026-12-09T16:00:00Z"), json!("2026-12-10T10:01:00Z"));
        assert_eq!((&lifted["start"], &lifted["end"]), (&from, &until), "the minute that has begun was closed");
        assert!(lifted["lifted_at"].is_string());
        assert_eq!(world.operator.delete(&closure).await.expect(200), &lifted, "lifting again changes nothing");
        assert_eq!(downtime(&world).await, 18 * 60 + 1);
        let listed = world.operator.get(&format!("/api/v1/closures?line={}", world.plant.line(0))).await;
        assert_eq!(listed.expect(200)["items"], json!([lifted]));
        assert!(!shown().await.contains("/do/lift-closure"), "of what is over nothing is left to be given back");

        // What is left of it is first of all theirs who wait.
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 1);
        assert!(two.get("/api/v1/waitlist").await.expect(200)["items"][0]["hold"].is_string());
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'lift_closure'").await, 1);
        world.close(&database).await;
    }

    async fn one_that_has_not_begun_was_never_and_one_that_is_over_stays(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let never = shut(&world, "2026-12-02T16:00:00Z", "2026-12-03T16:00:00Z").await;
        let over = shut(&world, "2026-12-05T16:00:00Z", "2026-12-06T16:00:00Z").await;
        let nearly = shut(&world, "2026-12-09T16:00:00Z", "2026-12-11T16:00:00Z").await;
        // As it would begin.
        world.app.clock.set(at("2026-12-02T16:00:00Z"));
        let lifted = world.operator.delete(&never).await;
        assert_eq!(lifted.expect(200)["end"], "2026-12-03T16:00:00Z");
        assert_eq!(downtime(&world).await, 3 * 1440);

        world.app.clock.set(at("2026-12-06T16:00:00Z"));
        let late = world.operator.delete(&over).await;
        assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "closure_over");
        let here = format!("/en/lines/{}?week=2026-12-07", world.plant.line(0));
        let which = over.rsplit('/').next().expect("an id");
        let form = json!({"id": which, "key": "late", "next": here, "here": here});
        let late = world.operator.post_form("/do/lift-closure", &form).await;
        late.expect(422);
        assert!(late.text.contains("This closure is over"), "{}", late.text);
        assert_eq!(downtime(&world).await, 3 * 1440);

        // In its last minute there is nothing left to be freed.
        world.app.clock.set(at("2026-12-11T15:59:30Z"));
        let lifted = world.operator.delete(&nearly).await;
        assert_eq!(lifted.expect(200)["end"], "2026-12-11T16:00:00Z");
        assert!(lifted.body["lifted_at"].is_string());
        assert_eq!(downtime(&world).await, 3 * 1440);
        assert_eq!(world.operator.delete(&never).await.expect(200)["end"], "2026-12-03T16:00:00Z");
        world.close(&database).await;
    }
}
