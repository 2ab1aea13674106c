//! Offers side by side, and the ways on from where there is none.

use app::{contract::Instant, language::Language, words::moment};
use serde_json::{Value, json};
use tests::{Plant, Visitor, on_both_databases};

use super::{
    World,
    world::{encoded, query, search_path, with},
};

/// The English page that compares `offers` of a search.
async fn compared(visitor: &Visitor, query: &Value, offers: &[&Value]) -> String {
    let search = search_path(query).replace("/api/v1/offers", "");
    let key = |offer: &&Value| format!("&offer={}", encoded(offer["key"].as_str().expect("a key")));
    let keys: String = offers.iter().map(key).collect();
    let path = format!("/en/compare?search={}{keys}", encoded(&search));
    let page = visitor.get(&path).await;
    page.expect(200);
    page.text
}

/// The English page of a search.
async fn searched(visitor: &Visitor, query: &Value) -> String {
    let page = visitor.get(&search_path(query).replace("/api/v1/offers", "/en")).await;
    page.expect(200);
    page.text
}

fn at(instant: &Value) -> String {
    moment(Language::en, serde_json::from_value::<Instant>(instant.clone()).expect("an instant"))
}

on_both_databases! {
    async fn schedules_side_by_side_say_why_they_rank_and_when_each_step_runs(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let client = &world.one.member;
        let asked = query(1, 10);
        let offers = world.offers(client, &asked).await;
        let page = compared(client, &asked, &[&offers[0], &offers[1]]).await;
        for words in ["Why it ranks there", "none is done sooner", "done when No. 1 is", "Ranked by finish"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        for step in [&offers[0]["steps"][0], &offers[1]["steps"][0]] {
            for time in [at(&step["start"]), at(&step["end"])] {
                assert!(page.contains(&time), "{time}: {page}");
            }
        }
        assert!(page.contains("no waiting between steps") && !page.contains(">0 min<"), "{page}");
        // What is the same of both is said once.
        assert_eq!(page.matches(">Cancelling<").count(), 1, "{page}");
        assert!(page.contains("colspan=\"2\""), "{page}");
        // Beside the first one, be that compared or not.
        let second = compared(client, &asked, &[&offers[1]]).await;
        assert!(second.contains("done when No. 1 is"), "{second}");
        world.close(&database).await;
    }

    async fn no_hold_is_said_to_last_beyond_the_start(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let client = &world.one.member;
        // A hold lasts three days, and the day after tomorrow begins sooner.
        let soon = with(&query(1, 10), &json!({"from": "2026-11-25"}));
        let offers = world.offers(client, &soon).await;
        let page = compared(client, &soon, &[&offers[0], &offers[1]]).await;
        let card = searched(client, &soon).await;
        let held = card.split("Held for ").nth(1).and_then(|rest| rest.split(';').next()).expect("how long");
        assert!(held != "3 d" && page.contains(&format!(">{held}<")), "{held}: {page}");
        world.close(&database).await;
    }

    async fn what_lies_near_a_window_can_be_compared_too(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let closure = json!({
            "line": world.plant.line(0),
            "start": "2026-12-05T00:00:00Z",
            "end": "2026-12-20T00:00:00Z",
            "kind": "maintenance",
        });
        world.operator.ask_once("POST", "/api/v1/closures", Some(closure)).await.expect(201);
        let asked = query(8, 10);
        let page = searched(client, &asked).await;
        assert_eq!(page.matches("tag tick-tag").count(), 2, "{page}");
        // They are outside of it, and not so far into it.
        assert!(page.contains("before your earliest day") && page.contains("after your latest day"), "{page}");
        assert!(!page.contains("into the window"), "{page}");
        let answer = world.search(client, &asked).await;
        let nearest = answer.expect(200)["nearest"].as_array().expect("a list");
        let offers: Vec<&Value> = nearest.iter().map(|near| &near["offer"]).collect();
        let page = compared(client, &asked, &offers).await;
        for words in ["before your earliest day", "after your latest day", " after No. 1", "name=\"search\""] {
            assert!(page.contains(words), "{words}: {page}");
        }
        world.close(&database).await;
    }

    async fn a_refusal_that_tells_what_would_change_it_leads_there(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let page = searched(client, &with(&query(1, 10), &json!({"batch_size": "150"}))).await;
        let (before, _) = page.split_once("Search for 2").unwrap_or_else(|| panic!("no way on: {page}"));
        let link = before.rsplit("href=\"").next().and_then(|rest| rest.split('"').next()).expect("a link");
        let found = client.get(&link.replace("&amp;", "&")).await;
        found.expect(200);
        assert!(found.text.contains("class=\"offer-head\""), "{link}: {}", found.text);
        // A hundred batches are more than the days have room for, whoever has what booked: nobody is sent there.
        let vain = searched(client, &with(&query(1, 10), &json!({"batch_size": "9999"}))).await;
        assert!(vain.contains("range (") && !vain.contains("Search for "), "{vain}");
        // What others do on the line changes nothing that could be typed.
        world.hold_best(client, &query(5, 5), "P").await;
        let busy = searched(client, &query(5, 5)).await;
        assert!(!busy.contains("Search for "), "{busy}");
        world.close(&database).await;
    }

    async fn nobody_is_told_to_wait_for_what_the_window_is_too_short_for(database: TestDatabase) {
        // Two steps of ten hours, in shifts of twelve.
        let world = World::of(&database, Plant::demanding(2), None).await;
        let closure = json!({
            "line": world.plant.line(0),
            "start": "2026-11-30T16:00:00Z",
            "end": "2026-12-02T16:00:00Z",
            "kind": "maintenance",
        });
        world.operator.ask_once("POST", "/api/v1/closures", Some(closure)).await.expect(201);
        for (last, waits) in [(1, false), (2, true)] {
            let page = searched(&world.one.member, &query(1, last)).await;
            assert!(page.contains("No free stretch of the line in the window"), "{page}");
            assert_eq!(page.contains("or ask for room, or wait for it"), waits, "{page}");
        }
        world.close(&database).await;
    }

    async fn visitors_find_where_to_register(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let page = world.app.visitor().get("/en").await.text;
        assert!(page.matches("href=\"/en/register\"").count() >= 2, "{page}");
        let page = world.one.member.get("/en").await.text;
        assert!(!page.contains("href=\"/en/register\""), "{page}");
        world.close(&database).await;
    }
}
