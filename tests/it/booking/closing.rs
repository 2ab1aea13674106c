//! Closures: made over nothing, naming everything else.

use serde_json::{Value, json};
use tests::on_both_databases;

use super::{
    World,
    world::{query, seconds},
};

fn order(world: &World, from: &str, to: &str) -> Value {
    json!({
        "line": world.plant.line(0),
        "start": from,
        "end": to,
        "kind": "maintenance",
        "note": "换模具 🔧",
    })
}

on_both_databases! {
    async fn a_closure_names_what_it_would_hit_and_is_made_over_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let held = world.hold_best(&world.one.member, &query(2, 2), "P").await;
        let over = order(&world, "2026-12-01T00:00:00Z", "2026-12-05T00:00:00Z");
        let refused = world.operator.ask_once("POST", "/api/v1/closures", Some(over.clone())).await;
        let hits = refused.problem(409, "in-the-way")["hits"].clone();
        assert_eq!(hits[0]["reference"], held["reference"]);
        assert_eq!(hits[0]["booking"], held["id"]);
        assert_eq!(hits[0]["status"], "held");
        let campaign = &hits[0]["campaign"];
        assert_eq!((&campaign["offering"], &campaign["product_code"]), (&json!("TAB"), &json!("P")));
        assert_eq!(campaign["company_name"]["en"], "Example Pharma 1");
        let mut dry = over.clone();
        dry["dry_run"] = true.into();
        let said = world.operator.ask_once("POST", "/api/v1/closures", Some(dry)).await;
        // Beforehand it also says what announcing the work would come to for each.
        let foretold = said.expect(200)["hits"][0].clone();
        assert_eq!((&foretold["booking"], &said.body["closure"]), (&hits[0]["booking"], &Value::Null));
        assert!(foretold["way"].is_string(), "{foretold}");
        assert!(foretold["way"] == "none" || foretold["to"][0]["start"].is_string(), "and where it would go: {foretold}");
        assert_eq!(database.number("SELECT count(*) FROM closure").await, 0);

        // Whoever must work there all the same announces it, and the booking becomes a case of the desk.
        let path = format!("/en/lines/{}/close?kind=maintenance&start=2026-12-01&start_time=08:00&end=2026-12-05\
            &end_time=08:00&note=punches", world.plant.line(0));
        let page = world.operator.get(&path).await.text;
        let reason = page.split("id=\"reason\"").nth(1).expect("what the firms read").split('>').next();
        assert!(reason.is_some_and(|field| !field.contains("punches")), "the note is for the platform's own people");
        assert!(page.contains("action=\"/do/mark-down\"") && page.contains("value=\"planned\""), "{page}");

        for (from, to) in [("2026-12-01", "9999-12-30"), ("9999-12-29", "9999-12-30")] {
            let far = order(&world, &format!("{from}T00:00:00Z"), &format!("{to}T00:00:00Z"));
            world.operator.ask_once("POST", "/api/v1/closures", Some(far)).await.invalid("end", "out_of_range");
        }

        // A hold that has expired is in nobody's way.
        world.app.clock.set(seconds(&held["hold_expires_at"]));
        let made = world.operator.ask_once("POST", "/api/v1/closures", Some(over.clone())).await;
        assert_eq!(made.expect(201)["closure"]["note"], "换模具 🔧");
        assert_eq!(world.booking(&world.one.member, held["id"].as_str().expect("an id")).await["status"], "expired");
        assert!(world.offers(&world.one.member, &query(2, 4)).await.is_empty());
        let again = world.operator.ask_once("POST", "/api/v1/closures", Some(over)).await;
        assert_eq!(again.problem(409, "in-the-way")["hits"][0]["kind"], "closure");

        let closure = &made.body["closure"];
        let path = format!("/api/v1/closures/{}", closure["id"].as_str().expect("an id"));
        world.one.member.delete(&path).await.problem(404, "not-found");
        let lifted = world.operator.delete(&path).await;
        assert!(lifted.expect(200)["lifted_at"].is_string());
        assert_eq!(world.operator.delete(&path).await.expect(200), &lifted.body, "lifting again changes nothing");
        // Nor does pressing the page's button again: it leads on as it did.
        let form = json!({"id": closure["id"], "key": "one", "next": "/en/lines", "here": "/en/lines"});
        for _ in 0..2 {
            world.operator.post_form("/do/lift-closure", &form).await.expect(303);
        }
        assert_eq!(world.offers(&world.one.member, &query(2, 4)).await.len(), 1);
        let list = world.operator.get(&format!("/api/v1/closures?line={}", world.plant.line(0))).await;
        assert_eq!(list.expect(200)["items"].as_array().map(Vec::len), Some(1));
        world.close(&database).await;
    }

    async fn what_lacks_time_for_its_set_up_is_told_until_when_the_line_may_be_closed(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booked = world.confirmed(&query(2, 2), "P").await;
        assert_eq!(booked["steps"][0]["start"], "2026-12-01T16:00:00Z");
        let mut near = order(&world, "2026-12-01T10:00:00Z", "2026-12-01T16:00:00Z");
        near["dry_run"] = true.into();
        let said = world.operator.ask_once("POST", "/api/v1/closures", Some(near.clone())).await;
        let hit = said.expect(200)["hits"][0].clone();
        assert_eq!((&hit["why"], &hit["latest_end"]), (&json!("changeover"), &json!("2026-12-01T14:00:00Z")));
        assert_eq!((&hit["way"], &hit["to"]), (&json!("stays"), &Value::Null));
        near["end"] = hit["latest_end"].clone();
        let said = world.operator.ask_once("POST", "/api/v1/closures", Some(near)).await;
        assert_eq!(said.expect(200)["hits"], json!([]));

        // What would become of it is said where the work is announced, and not where closing is refused.
        let path = format!("/en/lines/{}/close?kind=maintenance&start=2026-12-01&start_time=18:00&end=2026-12-02\
            &end_time=00:00&note=", world.plant.line(0));
        let page = world.operator.get(&path).await.text;
        let (refused, announced) = page.split_once("/do/mark-down").expect("it can be announced");
        assert!(refused.contains("Too little time would be left") && refused.contains("22:00: a closure must end by then"), "{refused}");
        assert!(!refused.contains("It stays") && announced.contains("It stays"), "{page}");
        world.close(&database).await;
    }

    async fn closures_come_in_pages_the_latest_first(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let mut made = Vec::new();
        for day in [10, 12, 11] {
            let over = order(&world, &format!("2026-12-{day}T00:00:00Z"), &format!("2026-12-{day}T12:00:00Z"));
            let closed = world.operator.ask_once("POST", "/api/v1/closures", Some(over)).await;
            made.insert(0, closed.expect(201)["closure"]["id"].clone());
        }
        let path = format!("/api/v1/closures?line={}&limit=2", world.plant.line(0));
        let ids = |page: &Value| page["items"].as_array().expect("a list").iter().map(|one| one["id"].clone()).collect::<Vec<_>>();
        let first = world.operator.get(&path).await;
        let rest = world.operator.get(&format!("{path}&cursor={}", first.string("next"))).await;
        assert_eq!((ids(first.expect(200)), ids(rest.expect(200))), (made[..2].to_vec(), made[2..].to_vec()));
        assert_eq!(rest.body["next"], Value::Null);
        world.close(&database).await;
    }

    async fn a_closure_on_which_a_clean_state_hangs_is_lifted_with_what_hangs_on_it(database: TestDatabase) {
        let mut plant = tests::Plant::new(1);
        // Clean for a week; cleaning again takes longer than the gap that the closure fills.
        plant.matrix.clean_hold = Some(7 * 1440);
        plant.matrix.reclean.wait = 100 * 1440;
        let world = World::of(&database, plant, None).await;
        world.confirmed(&query(2, 2), "A").await;
        let over = order(&world, "2026-12-04T00:00:00Z", "2026-12-20T00:00:00Z");
        let closed = world.operator.ask_once("POST", "/api/v1/closures", Some(over)).await;
        let path = format!("/api/v1/closures/{}", closed.expect(201)["closure"]["id"].as_str().expect("an id"));
        let behind = world.confirmed(&query(21, 21), "B").await;
        let refused = world.operator.delete(&path).await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "reclean_after");
        let list = format!("/api/v1/closures?line={}", world.plant.line(0));
        assert_eq!(world.operator.get(&list).await.expect(200)["items"][0]["lifted_at"], Value::Null, "nothing changed");

        let id = behind["id"].as_str().expect("an id");
        let quote = world.one.member.get(&format!("/api/v1/bookings/{id}/cancellation")).await;
        let order = json!({"quoted_fee_fen": quote.expect(200)["fee_fen"]});
        world.act(&world.one.member, id, "cancel", order).await.expect(200);
        assert!(world.operator.delete(&path).await.expect(200)["lifted_at"].is_string());
        assert_eq!(database.number("SELECT count(*) FROM occupancy WHERE live IS NOT NULL AND kind <> 'head'").await, 1);
        world.close(&database).await;
    }

    async fn only_the_lines_own_operators_close_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let over = order(&world, "2026-12-01T00:00:00Z", "2026-12-05T00:00:00Z");
        let post = async |visitor: &tests::Visitor, body: &Value| {
            visitor.ask_once("POST", "/api/v1/closures", Some(body.clone())).await
        };
        post(&world.app.visitor(), &over).await.problem(401, "unauthenticated");
        post(&world.one.member, &over).await.problem(404, "not-found");
        post(&world.district, &over).await.problem(404, "not-found");
        post(&world.qa, &over).await.problem(403, "forbidden");
        let mut wrong = over.clone();
        wrong["kind"] = "holiday".into();
        post(&world.operator, &wrong).await.invalid("kind", "unknown");
        let reversed = order(&world, "2026-12-05T00:00:00Z", "2026-12-01T00:00:00Z");
        post(&world.operator, &reversed).await.invalid("end", "reversed");
        let past = order(&world, "2026-10-05T00:00:00Z", "2026-10-07T00:00:00Z");
        post(&world.operator, &past).await.invalid("start", "too_early");
        world.close(&database).await;
    }
}
