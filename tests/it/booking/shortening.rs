//! Closures that take less time: what becomes free is theirs who wait, and what stays closed is closed throughout.

use serde_json::{Value, json};
use server::usecase::waitlist::promote;
use tests::{Plant, app::Answer, on_both_databases};
use uuid::Uuid;

use super::{
    World,
    outages::{day, id},
    world::{query, seconds},
};

/// Closes the line; the closure.
async fn shut(world: &World, start: &str, end: &str) -> Value {
    let order =
        json!({"line": world.plant.line(0), "start": start, "end": end, "kind": "hvac", "note": "filters"});
    world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await.expect(201)["closure"].clone()
}

/// Plant days 10 and 11 of December.
async fn two_days(world: &World) -> Value {
    shut(world, "2026-12-09T16:00:00Z", "2026-12-11T16:00:00Z").await
}

fn path(closure: &Value) -> String {
    format!("/api/v1/closures/{}/shorten", id(closure))
}

async fn shorten(world: &World, closure: &Value, asked: Value) -> Answer {
    world.operator.ask_once("POST", &path(closure), Some(asked)).await
}

on_both_databases! {
    async fn what_a_shorter_closure_frees_goes_to_whoever_waits(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let seen = world.offers(one, &day(10)).await.remove(0);
        let closure = two_days(&world).await;
        let waits = json!({"query": query(11, 11), "product_code": "B"});
        two.ask_once("POST", "/api/v1/waitlist", Some(waits)).await.expect(201);
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 0);

        let half = json!({"end": "2026-12-10T16:00:00Z"});
        let key = Uuid::now_v7().to_string();
        let done = world.operator.post_once(&path(&closure), &key, half.clone()).await;
        assert_eq!(done.expect(200)["id"], closure["id"], "it is the same closure");
        assert_eq!((&done.body["start"], &done.body["end"]), (&closure["start"], &half["end"]));
        // Pressed twice, or said again: nothing more happens.
        assert_eq!(world.operator.post_once(&path(&closure), &key, half.clone()).await.expect(200), &done.body);
        assert_eq!(shorten(&world, &closure, half).await.expect(200), &done.body);
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'shorten_closure'").await, 1);

        // Whoever comes by isn't first.
        let offer = world.offers(one, &day(11)).await.remove(0);
        world.hold(one, &day(11), &offer, "A").await.problem(409, "conflict");
        let entries = two.get("/api/v1/waitlist").await;
        let hold = entries.expect(200)["items"][0]["hold"].as_str().expect("a hold").to_owned();
        assert_eq!(world.booking(two, &hold).await["steps"][0]["start"], "2026-12-10T18:00:00Z");
        // The rest is closed as it was.
        assert!(world.offers(one, &query(10, 10)).await.is_empty());
        world.hold(one, &day(10), &seen, "A").await.problem(409, "conflict");
        let listed = world.operator.get(&format!("/api/v1/closures?line={}", world.plant.line(0))).await;
        assert_eq!(listed.expect(200)["items"], json!([done.body]));
        world.close(&database).await;
    }

    async fn it_may_begin_later_and_is_lifted_as_any_other(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (wish, last) = (day(11), world.offers(&world.one.member, &day(11)).await.remove(0));
        let closure = two_days(&world).await;
        let later = json!({"start": "2026-12-10T16:00:00Z"});
        // The last day is closed before, after, and whatever comes in between.
        let (done, held) = tokio::join!(
            shorten(&world, &closure, later.clone()),
            world.hold(&world.one.member, &wish, &last, "A")
        );
        held.problem(409, "conflict");
        let shorter = done.expect(200).clone();
        assert_eq!((&shorter["start"], &shorter["end"]), (&later["start"], &closure["end"]));
        assert_eq!(world.offers(&world.one.member, &query(10, 10)).await.len(), 1);
        assert!(world.offers(&world.one.member, &query(11, 11)).await.is_empty());
        let lifted = world.operator.delete(&format!("/api/v1/closures/{}", id(&closure))).await;
        assert!(lifted.expect(200)["lifted_at"].is_string());
        assert_eq!(world.offers(&world.one.member, &query(11, 11)).await.len(), 1);
        let refused = shorten(&world, &closure, json!({})).await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "closure_lifted");
        world.close(&database).await;
    }

    async fn it_gets_no_longer_and_ends_in_no_past(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let closure = shut(&world, "2026-11-22T12:00:00Z", "2026-11-25T00:00:00Z").await;
        for longer in [json!({"end": "2026-11-25T00:01:00Z"}), json!({"start": "2026-11-22T11:00:00Z"})] {
            let refused = shorten(&world, &closure, longer).await;
            assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "closure_longer");
        }
        shorten(&world, &closure, json!({"end": "2026-11-22T23:59:00Z"})).await.invalid("end", "reversed");
        let nothing_left = json!({"start": "2026-11-24T00:00:00Z", "end": "2026-11-24T00:00:00Z"});
        shorten(&world, &closure, nothing_left).await.invalid("end", "reversed");
        let unknown = json!({"id": Uuid::now_v7()});
        shorten(&world, &unknown, json!({})).await.problem(404, "not-found");
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'shorten_closure'").await, 0);
        // It is over as soon as the work is.
        let over = shorten(&world, &closure, json!({"end": "2026-11-23T00:00:00Z"})).await;
        assert_eq!(over.expect(200)["lifted_at"], Value::Null, "what was closed stays on record");
        world.close(&database).await;
    }

    async fn the_campaign_behind_keeps_its_changeover(database: TestDatabase) {
        let mut plant = Plant::new(1);
        // Clean for a week; cleaning again takes longer than the gap that the closure fills.
        plant.matrix.clean_hold = Some(7 * 1440);
        plant.matrix.reclean.wait = 100 * 1440;
        let world = World::of(&database, plant, None).await;
        world.confirmed(&query(2, 2), "A").await;
        let closure = shut(&world, "2026-12-04T00:00:00Z", "2026-12-20T00:00:00Z").await;
        world.confirmed(&query(21, 21), "B").await;
        let refused = shorten(&world, &closure, json!({"end": "2026-12-06T00:00:00Z"})).await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "reclean_after");
        let shorter = json!({"start": "2026-12-06T00:00:00Z", "end": "2026-12-18T00:00:00Z"});
        let done = shorten(&world, &closure, shorter).await;
        let end = seconds(&done.expect(200)["end"]) / 60;
        let behind = format!("SELECT count(*) FROM occupancy WHERE live IS NOT NULL AND kind = 'campaign' AND prev_end = {end}");
        assert_eq!(database.number(&behind).await, 1);
        world.close(&database).await;
    }

    async fn lifting_and_shortening_at_once_end_lifted(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        for _ in 0..6 {
            let closure = two_days(&world).await;
            let lift = format!("/api/v1/closures/{}", id(&closure));
            let (lifted, shorter) = tokio::join!(
                world.operator.ask("DELETE", &lift, None),
                shorten(&world, &closure, json!({"end": "2026-12-10T16:00:00Z"})),
            );
            assert!(lifted.expect(200)["lifted_at"].is_string());
            if shorter.status != 200 {
                assert_eq!(shorter.problem(422, "refused")["refusal"]["reason"], "closure_lifted");
            }
        }
        let live = "SELECT count(*) FROM occupancy WHERE live IS NOT NULL AND kind = 'closure'";
        assert_eq!(database.number(live).await, 0);
        world.close(&database).await;
    }

    async fn its_form_is_on_the_lines_page(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let closure = two_days(&world).await;
        let here = format!("/en/lines/{}?week=2026-12-07", world.plant.line(0));
        let page = world.operator.get(&here).await;
        for part in ["action=\"/do/shorten-closure\"", "value=\"2026-12-10\"", "value=\"2026-12-12\""] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        assert!(!world.qa.get(&here).await.text.contains("/do/shorten-closure"), "who may not, isn't asked");
        let form = async |until: &str| {
            let fields = json!({"id": closure["id"], "start": "2026-12-10", "start_time": "00:00", "end": until,
                "end_time": "00:00", "key": Uuid::now_v7(), "next": here, "here": here});
            world.operator.post_form("/do/shorten-closure", &fields).await
        };
        let longer = form("2026-12-14").await;
        assert_eq!(longer.status, 422, "{}", longer.text);
        for part in ["add another closure", "value=\"2026-12-14\""] {
            assert!(longer.text.contains(part), "{part}: {}", longer.text);
        }
        let shorter = form("2026-12-11").await;
        assert_eq!((shorter.status, shorter.header("location")), (303, here.as_str()), "{}", shorter.text);
        assert_eq!(world.offers(&world.one.member, &query(11, 11)).await.len(), 1);
        world.close(&database).await;
    }
}
