//! A desk with more conflicts than a page, and firms that wait for one line with different things to make there.

use domain::{RouteId, resource::Capability};
use serde_json::{Value, json};
use tests::{TestDatabase, on_both_databases};
use uuid::Uuid;

use super::{
    World,
    changing::{save_line, save_route},
    outages::{day, down, id},
    world::{query, with},
};

const MANY: usize = 121;

/// The line of the only booking is down once more for each of them.
async fn go_down(world: &World, database: &TestDatabase) {
    let booking = world.confirmed(&day(2), "P").await;
    down(world, &booking, 2).await.expect(201);
    for _ in 1..MANY {
        let (outage, hit) = (Uuid::now_v7(), Uuid::now_v7());
        let copied = "INSERT INTO outage (id, line, kind, reason, starts_at, ends_at, created_by, created_at, ended_at, \
            planned) SELECT $1, line, kind, reason, starts_at, ends_at, created_by, created_at, ended_at, planned \
            FROM outage LIMIT 1";
        database.execute(copied, vec![outage.into()]).await.expect("an outage");
        let copied = "INSERT INTO outage_hit (id, outage, booking, at, looked_at, settled_at, settled_by, reason) \
            SELECT $1, $2, booking, at, looked_at, settled_at, settled_by, reason FROM outage_hit LIMIT 1";
        database.execute(copied, vec![hit.into(), outage.into()]).await.expect("a hit");
    }
}

on_both_databases! {
    async fn more_than_a_page_of_a_kind_is_on_the_desk(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        go_down(&world, &database).await;
        let first = world.operator.get("/api/v1/conflicts?limit=100").await;
        assert_eq!(first.expect(200)["counts"], json!([{"kind": "outage", "count": MANY}]));
        let cursor = first.string("next");
        let rest = world.operator.get(&format!("/api/v1/conflicts?limit=100&cursor={cursor}")).await;
        let all = |page: &Value| page["items"].as_array().expect("a list").clone();
        let (begin, end) = (all(&first.body), all(rest.expect(200)));
        assert_eq!((begin.len(), end.len(), &rest.body["next"]), (100, MANY - 100, &Value::Null));
        assert!(begin.iter().all(|one| !end.contains(one)), "each is on one page");
        // The last one is open as the first one is.
        let last = end.last().expect("a last one");
        let opened = world.operator.get(&format!("/api/v1/conflicts/{}", id(last))).await;
        assert_eq!(&opened.expect(200)["conflict"], last);

        let desk = world.operator.get("/en/desk/conflicts").await.text;
        assert!(desk.contains(&format!(">{MANY}<")) && desk.contains("More conflicts"), "{desk}");
        assert!(!desk.contains(&format!("id=\"c-{}\"", id(last))));
        let desk = world.operator.get(&format!("/en/desk/conflicts?open={}", id(last))).await.text;
        assert!(desk.contains(&format!("id=\"c-{}\"", id(last))), "{desk}");
        let home = world.operator.get("/en/desk").await.text;
        assert!(home.contains(&format!(">{MANY}<")), "{home}");
        world.close(&database).await;
    }

    async fn those_who_wait_for_one_line_are_rivals_whatever_they_make(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let mut line = world.plant.lines[0].clone();
        let capsules = Capability { offering: "CAPH".into(), ..line.capabilities[0].clone() };
        line.capabilities.push(capsules);
        save_line(&world, line).await;
        let mut plant = world.plant.clone();
        plant.route.id = RouteId(Uuid::now_v7());
        (plant.route.offering, plant.route.code) = ("CAPH".into(), "capsules".into());
        save_route(&world, &plant, true).await;

        let closed = json!({"line": world.plant.line(0), "start": "2026-12-09T16:00:00Z",
            "end": "2026-12-11T16:00:00Z", "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        let capsules = with(&query(10, 11), &json!({"offering": "CAPH"}));
        for (firm, wish, product) in [(&world.one.member, query(10, 10), "A"), (&world.two.member, capsules, "B")] {
            let order = json!({"query": wish, "product_code": product});
            firm.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201);
        }
        let page = world.operator.get("/api/v1/conflicts").await;
        let waiting = page.expect(200)["items"][0].clone();
        assert_eq!((&waiting["kind"], &waiting["offering_name"]), (&json!("waiters"), &Value::Null));
        assert_eq!((&waiting["line"], &waiting["line_name"]["en"]), (&json!(world.plant.line(0)), &json!("press")));
        let offerings: Vec<&Value> = waiting["waiters"].as_array().expect("a list").iter().map(|one| &one["query"]["offering"]).collect();
        assert_eq!(offerings, ["TAB", "CAPH"]);
        let desk = world.operator.get("/en/desk/conflicts").await.text;
        assert!(desk.contains("it could take any of them: press."), "{desk}");
        // Whoever leaves ends it, and the desk knows how.
        let entry = world.two.member.get("/api/v1/waitlist").await.expect(200)["items"][0].clone();
        world.two.member.ask("DELETE", &format!("/api/v1/waitlist/{}", id(&entry)), None).await.expect(204);
        let over = world.operator.get(&format!("/api/v1/conflicts/{}", id(&waiting))).await;
        let refusal = &over.problem(422, "refused")["refusal"];
        assert_eq!((&refusal["reason"], &refusal["facts"][0]), (&json!("conflict_over"), &json!(["done", "stop_waiting"])));
        world.close(&database).await;
    }
}
