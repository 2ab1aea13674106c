//! What has become free is first theirs who wait, whatever it is: a share of a pool, or a set-up; and whoever would
//! take it, a platform's own people included.

use serde_json::{Value, json};
use server::usecase::waitlist::promote;
use tests::{
    Plant, Visitor,
    app::{Answer, credit_code},
    on_both_databases,
};

use super::{
    World,
    outages::{day, id},
    world::{search_path, seconds, with},
};

async fn wait(visitor: &Visitor, query: &Value, product: &str) {
    let order = json!({"query": query, "product_code": product});
    visitor.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201);
}

/// The hold that the only entry of a visitor was given.
async fn given(visitor: &Visitor) -> Option<String> {
    let page = visitor.get("/api/v1/waitlist").await;
    page.expect(200)["items"][0]["hold"].as_str().map(str::to_owned)
}

/// Company one holds the day and company two waits for it, who has had its turn: nothing was free.
async fn held_and_waited_for(world: &World, day: &Value) -> Value {
    let held = world.hold_best(&world.one.member, day, "FILL").await;
    wait(&world.two.member, day, "W").await;
    assert_eq!(promote(&world.app.state).await.expect("a turn"), 0);
    held
}

/// Books `offer` for the platform's own production; `ahead` is why that goes first.
async fn own_production(world: &World, day: &Value, offer: &Value, ahead: Option<&str>) -> Answer {
    let order = json!({"query": day, "offer": offer["key"], "product_code": "OWN", "ahead": ahead});
    world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await
}

/// Books the first place of the day for company one, on the phone.
async fn book_for_one(world: &World, day: &Value, product: &str, ahead: Option<&str>) -> Answer {
    let offer = world.offers(&world.operator, day).await.remove(0);
    let order = json!({"query": day, "offer": offer["key"], "product_code": product, "company": credit_code(1),
        "ahead": ahead});
    world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await
}

/// The day becomes free, for which these wait, the first since longest; they had their turn while nothing was.
async fn become_free(world: &World, day: &Value, waiting: [(&Visitor, &str); 2]) {
    let held = world.hold_best(&world.one.member, day, "FILL").await;
    for (firm, product) in waiting {
        wait(firm, day, product).await;
        world.app.clock.advance(60);
    }
    assert_eq!(promote(&world.app.state).await.expect("a turn"), 0);
    world.act(&world.one.member, id(&held), "withdraw", json!({})).await.expect(200);
}

const AHEAD: &str = "SELECT count(*) FROM decision WHERE inputs LIKE '%ahead_of_waiters%'";

on_both_databases! {
    async fn a_share_of_a_pool_is_not_taken_elsewhere_before_those_who_wait(database: TestDatabase) {
        let mut plant = Plant::new(2);
        plant.pools[0].capacity = 1;
        let world = World::of(&database, plant, None).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for (on, lapses) in [(10, false), (14, true)] {
            let day = day(on);
            let held = held_and_waited_for(&world, &day).await;
            let lines = [0, 1].map(|line| json!(world.plant.line(line)));
            let other = lines.iter().find(|line| **line != held["steps"][0]["line"]).expect("another line");
            if lapses {
                world.app.clock.set(seconds(&held["hold_expires_at"]));
            } else {
                world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
            }
            // The other line was free all the time: what it lacked was the share.
            let offers = world.offers(one, &day).await;
            let there = offers.iter().find(|offer| offer["steps"][0]["line"] == *other).expect("an offer");
            world.hold(one, &day, there, "N").await.problem(409, "conflict");
            let hold = given(two).await.expect("it was held for whoever waits");
            world.act(two, &hold, "withdraw", json!({})).await.expect(200);
            promote(&world.app.state).await.expect("nobody waits");
        }
        world.close(&database).await;
    }

    async fn what_would_need_the_set_up_beside_it_comes_after_those_who_wait(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for (on, lapses) in [(10, false), (16, true)] {
            let (eve, day) = (with(&day(on - 1), &json!({"hazards": "hormone", "batches": 1})), day(on));
            let held = held_and_waited_for(&world, &day).await;
            assert_eq!(world.offers(one, &eve).await, Vec::<Value>::new(), "a day to clean before that");
            if lapses {
                world.app.clock.set(seconds(&held["hold_expires_at"]));
            } else {
                world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
            }
            // It would take not a minute of what was held, and leave nothing of it to anybody.
            let before = world.offers(one, &eve).await.remove(0);
            assert!(seconds(&before["steps"][0]["end"]) <= seconds(&held["steps"][0]["start"]));
            world.hold(one, &eve, &before, "N").await.problem(409, "conflict");
            let hold = given(two).await.expect("it was held for whoever waits");
            assert_eq!(world.booking(two, &hold).await["steps"], held["steps"]);
            world.act(two, &hold, "withdraw", json!({})).await.expect(200);
            promote(&world.app.state).await.expect("nobody waits");
        }
        world.close(&database).await;
    }

    async fn own_production_comes_after_those_who_wait_unless_it_is_said_why(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = held_and_waited_for(&world, &day(10)).await;
        world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
        let offer = world.offers(&world.operator, &day(10)).await.remove(0);
        let late = own_production(&world, &day(10), &offer, None).await;
        let problem = late.problem(409, "conflict");
        assert_eq!(problem["refusal"]["reason"], "waiters_first");
        let name = world.two.admin.get("/api/v1/organisations/own").await.expect(200)["name"]["zh"].clone();
        assert!(!late.text.contains(name.as_str().expect("a name")), "whose it is isn't told: {}", late.text);
        let hold = given(two).await.expect("it was held for whoever waits");
        world.act(two, &hold, "withdraw", json!({})).await.expect(200);
        promote(&world.app.state).await.expect("nobody waits");

        let held = held_and_waited_for(&world, &day(14)).await;
        world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
        let offer = world.offers(&world.operator, &day(14)).await.remove(0);
        let long = "x".repeat(1001);
        own_production(&world, &day(14), &offer, Some(&long)).await.invalid("ahead", "too_long");
        assert_eq!(database.number(AHEAD).await, 0);
        own_production(&world, &day(14), &offer, Some("临床批次，患者在等")).await.expect(201);
        assert_eq!(given(two).await, None);
        let told = format!("{AHEAD} AND action = 'operator_booking' AND inputs LIKE '%临床批次%'");
        assert_eq!(database.number(&told).await, 1);
        // Where nobody is passed over there is nothing to be said.
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 0);
        let offer = world.offers(&world.operator, &day(20)).await.remove(0);
        own_production(&world, &day(20), &offer, Some("x")).await.expect(201);
        assert_eq!(database.number(AHEAD).await, 1);
        world.close(&database).await;
    }

    async fn a_client_that_waits_for_just_that_comes_behind_those_alone_who_are_ahead_of_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let refusal = |refused: &Answer| refused.problem(409, "conflict")["refusal"]["reason"].clone();
        // It is first in turn: its own turn is no reason why it shouldn't have it, and nobody is passed over.
        become_free(&world, &day(10), [(one, "A"), (two, "B")]).await;
        let booked = book_for_one(&world, &day(10), "A", None).await.expect(201).clone();
        assert_eq!((&booked["status"], &booked["company_name"]["en"]), (&json!("requested"), &json!("Example Pharma 1")));
        assert_eq!(one.get("/api/v1/waitlist").await.expect(200)["items"], json!([]), "it has what it waited for");
        world.settle().await;
        assert!(world.notices(one).await.contains(&"waited_booked".to_owned()));
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 0);
        assert_eq!(given(two).await, None);

        // It is behind another firm, which is passed over for a reason alone.
        become_free(&world, &day(14), [(two, "B"), (one, "A")]).await;
        book_for_one(&world, &day(14), "A", Some("临床批次，患者在等")).await.expect(201);
        assert_eq!(database.number(AHEAD).await, 1);
        assert_eq!(given(two).await, None);
        become_free(&world, &day(18), [(two, "B"), (one, "A")]).await;
        assert_eq!(refusal(&book_for_one(&world, &day(18), "A", None).await), "waiters_first");
        let hold = given(two).await.expect("it was ahead");
        // Whoever lets go what the list gave it is behind the others.
        world.act(two, &hold, "withdraw", json!({})).await.expect(200);
        book_for_one(&world, &day(18), "A", None).await.expect(201);

        // What it waits for is something else: then it has its turn as anybody has, and whoever books is told.
        become_free(&world, &day(22), [(one, "A"), (two, "B")]).await;
        let less = with(&day(22), &json!({"batches": 1}));
        assert_eq!(refusal(&book_for_one(&world, &less, "A", None).await), "client_given");
        assert!(given(one).await.is_some());
        assert_eq!(database.number(AHEAD).await, 1);
        world.close(&database).await;
    }

    async fn a_platform_moves_nothing_into_what_others_wait_for_unless_it_says_why(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let first = world.offers(&world.operator, &day(20)).await.remove(0);
        let own = own_production(&world, &day(20), &first, None).await.expect(201).clone();
        for (on, ahead) in [(10, None), (14, Some("设备验证"))] {
            let held = held_and_waited_for(&world, &day(on)).await;
            world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
            let into = with(&day(on), &json!({"moving": own["id"]}));
            let offer = world.offers(&world.operator, &into).await.remove(0);
            let order = json!({"query": into, "offer": offer["key"], "quoted_fee_fen": 0, "ahead": ahead});
            let moved = world.act(&world.operator, id(&own), "move", order).await;
            if ahead.is_some() {
                assert_eq!(moved.expect(200)["steps"], held["steps"]);
                assert_eq!(given(two).await, None);
            } else {
                assert_eq!(moved.problem(409, "conflict")["refusal"]["reason"], "waiters_first");
                let hold = given(two).await.expect("it was held for whoever waits");
                world.act(two, &hold, "withdraw", json!({})).await.expect(200);
                promote(&world.app.state).await.expect("nobody waits");
            }
        }
        assert_eq!(database.number(&format!("{AHEAD} AND action = 'move'")).await, 1);
        // No firm has such a reason.
        let held = world.hold_best(one, &day(22), "M").await;
        let into = with(&day(24), &json!({"moving": held["id"]}));
        let offer = world.offers(one, &into).await.remove(0);
        let order = json!({"query": into, "offer": offer["key"], "quoted_fee_fen": 0, "ahead": "x"});
        world.act(one, id(&held), "move", order).await.invalid("ahead", "unknown");
        world.close(&database).await;
    }

    async fn the_desk_has_a_field_for_why_it_goes_ahead(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let search = search_path(&day(10)).replace("/api/v1/offers", "");
        for (language, words) in [("en", "Go ahead of those who wait"), ("zh", "先于候补企业安排")] {
            let page = world.operator.get(&format!("/{language}/desk/book{search}")).await;
            page.expect(200);
            assert!(page.text.contains(words) && page.text.contains("name=\"ahead\""), "{}", page.text);
        }
        let own = world.offers(&world.operator, &day(12)).await.remove(0);
        let own = own_production(&world, &day(12), &own, None).await.expect(201).clone();
        let path = format!("/en/bookings/{}/move?from=2026-12-14&to=2026-12-14", id(&own));
        assert!(world.operator.get(&path).await.text.contains("name=\"ahead\""));
        // Firms aren't asked for what doesn't help them.
        let held = world.hold_best(&world.one.member, &day(16), "M").await;
        let path = format!("/en/bookings/{}/move?from=2026-12-18&to=2026-12-18", id(&held));
        let page = world.one.member.get(&path).await;
        assert!(page.text.contains("/do/move") && !page.text.contains("name=\"ahead\""), "{}", page.text);
        world.close(&database).await;
    }
}
