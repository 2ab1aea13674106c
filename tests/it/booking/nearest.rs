//! What is nearest to a window in which nothing fits.

use serde_json::{Value, json};
use tests::on_both_databases;

use super::{
    World,
    world::{query, with},
};

on_both_databases! {
    async fn the_nearest_offers_lie_just_outside_what_is_taken(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let closure = json!({
            "line": world.plant.line(0),
            "start": "2026-12-05T00:00:00Z",
            "end": "2026-12-20T00:00:00Z",
            "kind": "maintenance",
        });
        world.operator.ask_once("POST", "/api/v1/closures", Some(closure)).await.expect(201);

        let answer = world.search(&world.one.member, &query(8, 10)).await;
        assert_eq!(answer.expect(200)["offers"], json!([]));
        let nearest = answer.body["nearest"].as_array().expect("a list").clone();
        let steps: Vec<(&Value, &Value)> = nearest.iter()
            .map(|near| (&near["offer"]["steps"][0]["start"], &near["offer"]["steps"][0]["end"]))
            .collect();
        assert_eq!(steps, [
            (&json!("2026-12-03T16:00:00Z"), &json!("2026-12-04T02:00:00Z")),
            (&json!("2026-12-20T02:00:00Z"), &json!("2026-12-20T12:00:00Z")),
        ], "the plant's 4 December, and once the line is prepared after the closure");

        // Its window is the fewest days wider, and searching it finds the same.
        let (sooner, later) = (&nearest[0]["query"], &nearest[1]["query"]);
        assert_eq!((&sooner["from"], &sooner["to"]), (&json!("2026-12-04"), &json!("2026-12-10")));
        assert_eq!((&later["from"], &later["to"]), (&json!("2026-12-08"), &json!("2026-12-20")));
        for near in &nearest {
            let found = world.offers(&world.one.member, &near["query"]).await;
            assert_eq!(found.first().expect("an offer")["key"], near["offer"]["key"]);
        }
        let tighter = with(sooner, &json!({"from": "2026-12-05"}));
        assert!(world.offers(&world.one.member, &tighter).await.is_empty());

        // What is already near is not looked for.
        let answer = world.search(&world.one.member, &query(1, 10)).await;
        assert_eq!(answer.expect(200)["nearest"], json!([]));
        world.close(&database).await;
    }
}
