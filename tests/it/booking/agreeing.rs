//! Plan windows that are agreed to before there is a place: on the waiting list, where others make room, and by the
//! pages' forms.

use domain::policy::Policy;
use serde_json::{Value, json};
use server::usecase::waitlist::promote;
use tests::on_both_databases;
use uuid::Uuid;

use super::{
    World,
    changing::save_policy,
    outages::{day, id},
    plans::offer_plans,
    repairing::repairs,
    world::{encoded, query, search_path, with},
};

/// Three days, of which a campaign of two batches takes less than one.
fn wide() -> Value {
    with(&query(20, 22), &json!({"batches": 2}))
}

/// Closes the line for those days; the closure's id.
async fn shut(world: &World) -> String {
    let order = json!({"line": world.plant.line(0), "start": "2026-12-19T16:00:00Z",
        "end": "2026-12-22T16:00:00Z", "kind": "hvac"});
    let closed = world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await;
    closed.expect(201)["closure"]["id"].as_str().expect("an id").to_owned()
}

async fn lift(world: &World, closure: &str) {
    world.operator.ask("DELETE", &format!("/api/v1/closures/{closure}"), None).await.expect(200);
}

/// The only hold of company two.
async fn held(world: &World) -> Value {
    let page = world.two.member.get("/api/v1/bookings?status=held").await;
    let all = page.expect(200)["items"].as_array().expect("a list").clone();
    assert_eq!(all.len(), 1, "{all:?}");
    all[0].clone()
}

on_both_databases! {
    async fn who_waits_gets_its_hold_for_less_where_that_is_offered(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let wait = async |query: Value, flexible: bool| {
            let order = json!({"query": query, "product_code": "W", "flexible": flexible});
            two.ask_once("POST", "/api/v1/waitlist", Some(order)).await
        };
        let closure = shut(&world).await;
        let unoffered = wait(wide(), true).await;
        assert_eq!(unoffered.problem(422, "refused")["refusal"]["reason"], "no_plan_windows");
        lift(&world, &closure).await;
        offer_plans(&world).await;
        let shown = world.offers(two, &wide()).await.remove(0);

        let closure = shut(&world).await;
        wait(day(20), true).await.invalid("flexible", "too_narrow");
        let entry = wait(wide(), true).await.expect(201).clone();
        assert_eq!(entry["flexible"], true);
        // With or without it is the same wish.
        let again = wait(wide(), false).await;
        assert_eq!(again.problem(422, "refused")["refusal"]["reason"], "already_waiting");
        lift(&world, &closure).await;
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 1);
        let held = held(&world).await;
        assert_eq!((&held["plan"]["percent"], &held["plan"]["frozen"]), (&json!(10), &json!(false)));
        assert_eq!(held["price_fen"], shown["terms"]["plan"]["price_fen"], "what agreeing costs");
        world.close(&database).await;
    }

    async fn what_a_platform_offers_no_more_by_then_costs_nobody_its_turn(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let closure = shut(&world).await;
        let order = json!({"query": wide(), "product_code": "W", "flexible": true});
        world.two.member.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201);
        save_policy(&world, Policy { version: 3, ..Policy::default() }).await;
        lift(&world, &closure).await;
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 1);
        assert_eq!(held(&world).await["plan"], Value::Null);
        world.close(&database).await;
    }

    async fn the_desk_gives_it_for_less_too(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let closure = shut(&world).await;
        let order = json!({"query": wide(), "product_code": "W", "flexible": true});
        world.two.member.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201);
        lift(&world, &closure).await;
        let all = world.operator.get("/api/v1/conflicts").await.expect(200)["items"].clone();
        let path = format!("/api/v1/conflicts/{}", id(&all[0]));
        let give = world.operator.get(&path).await.expect(200)["options"][0].clone();
        let order = json!({"option": give["key"]});
        world.operator.ask_once("POST", &format!("{path}/resolve"), Some(order)).await.expect(200);
        let held = held(&world).await;
        assert_eq!((&held["plan"]["percent"], &held["price_fen"]), (&json!(10), &give["price_fen"]));
        world.close(&database).await;
    }

    async fn the_forms_ask_for_it_where_it_is_offered(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        shut(&world).await;
        let search = search_path(&wide()).replace("/api/v1/offers", "");
        let plain = two.get(&format!("/en{search}")).await.text;
        assert!(plain.contains("/do/wait") && !plain.contains("name=\"flexible\""), "{plain}");
        offer_plans(&world).await;
        for (language, words) in [("en", "10% less, up to 7 days"), ("zh", "优惠 10%，开工前 7 天之前")] {
            let page = two.get(&format!("/{language}{search}")).await.text;
            assert!(page.contains("id=\"wait-flexible\"") && page.contains(words), "{page}");
        }
        let fields = json!({"search": search, "product_code": "W", "flexible": "true", "key": Uuid::now_v7(),
            "here": format!("/en{search}")});
        let sent = two.post_form("/do/wait", &fields).await;
        assert_eq!(sent.header("location"), "/en/campaigns", "{}", sent.text);
        let list = two.get("/en/campaigns").await.text;
        assert!(list.contains("You are on the waiting list"), "{list}");
        assert_eq!(two.get("/api/v1/waitlist").await.expect(200)["items"][0]["flexible"], true);
        let mine = two.get("/en/campaigns").await.text;
        assert!(mine.contains("may be moved inside its window"), "{mine}");
        world.close(&database).await;
    }

    async fn room_that_is_chosen_can_be_agreed_to_like_an_offer(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for on in [20, 21, 22] {
            world.confirmed_for(two, &day(on), "B").await;
        }
        let search = search_path(&wide()).replace("/api/v1/offers", "");
        let ways = one.get(&format!("/api/v1/repairs/ways{search}")).await.expect(200).clone();
        let (offer, cost) = (&ways[0]["offer"], &ways[0]["cost"]);
        let here = format!("/en/room?search={}", encoded(&search));
        let page = one.get(&here).await.text;
        assert!(page.contains("id=\"flexible-1\"") && page.contains("(10% less)"), "{page}");
        let fields = json!({"search": search, "offer": offer["key"], "consents": cost["consents"],
            "product_code": "A", "flexible": "true", "key": Uuid::now_v7(), "here": here});
        let sent = one.post_form("/do/make-room", &fields).await;
        assert_eq!(sent.header("location"), "/en/campaigns#room", "{}", sent.text);
        assert_eq!(repairs(one).await[0]["price_fen"], offer["terms"]["plan"]["price_fen"]);
        world.close(&database).await;
    }

    async fn room_anywhere_is_for_less_where_its_platform_offers_that(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for on in [20, 21, 22] {
            world.confirmed_for(two, &day(on), "B").await;
        }
        // Whoever names no place agrees to what isn't offered everywhere.
        let order = json!({"query": wide(), "product_code": "A", "flexible": true});
        let asked = one.ask_once("POST", "/api/v1/repairs", Some(order)).await.expect(201)["repair"].clone();
        one.ask("DELETE", &format!("/api/v1/repairs/{}", id(&asked)), None).await.expect(204);
        world.app.clock.advance(24 * 3_600);
        offer_plans(&world).await;
        let order = json!({"query": wide(), "product_code": "A", "flexible": true});
        let less = one.ask_once("POST", "/api/v1/repairs", Some(order)).await.expect(201)["repair"].clone();
        assert!(less["price_fen"].as_i64() < asked["price_fen"].as_i64(), "{less} {asked}");
        world.close(&database).await;
    }
}
