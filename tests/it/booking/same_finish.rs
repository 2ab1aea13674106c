//! What is shown costs no more than its finish has to.

use serde_json::{Value, json};
use tests::{Plant, on_both_databases};

use super::{
    World,
    world::{query, with},
};

/// Nothing on `line` from before the window on until then.
async fn close_until(world: &World, line: usize, end: &str) {
    let closure = json!({
        "line": world.plant.line(line),
        "start": "2026-11-30T16:00:00Z",
        "end": end,
        "kind": "maintenance",
    });
    world.operator.ask_once("POST", "/api/v1/closures", Some(closure)).await.expect(201);
}

on_both_databases! {
    async fn an_evening_on_which_nothing_is_won_is_not_charged(database: TestDatabase) {
        // Shifts from eight to eight; ten hours on the first line, and ten on the second, which opens two days later.
        let world = World::of(&database, Plant::demanding(2), None).await;
        let client = &world.one.member;
        close_until(&world, 0, "2026-12-01T06:00:00Z").await;
        close_until(&world, 1, "2026-12-03T06:00:00Z").await;

        let offers = world.offers(client, &query(1, 5)).await;
        let steps = offers[0]["steps"].as_array().expect("steps").iter();
        let steps: Vec<(&Value, &Value)> = steps.map(|step| (&step["start"], &step["end"])).collect();
        // The earliest start would be on the first day at four, for four hours of it and six of the second. On the
        // second alone, from ten to eight, there is time for all of it, and it is done as soon.
        assert_eq!(steps, [
            (&json!("2026-12-02T02:00:00Z"), &json!("2026-12-02T12:00:00Z")),
            (&json!("2026-12-03T08:00:00Z"), &json!("2026-12-04T06:00:00Z")),
        ]);
        assert_eq!(offers[0]["price_fen"], 3_000_000, "three days instead of four");
        // A window that begins earlier makes it no dearer.
        let wider = with(&query(1, 5), &json!({"from": "2026-11-30"}));
        assert_eq!(world.offers(client, &wider).await[0]["price_fen"], 3_000_000);
        let held = world.hold(client, &query(1, 5), &offers[0], "P").await;
        assert_eq!(held.expect(201)["price_fen"], 3_000_000);
        world.close(&database).await;
    }
}
