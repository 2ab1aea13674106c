//! Moving: by the owner, for a stated fee, and all or nothing.

use std::collections::BTreeSet;

use domain::resource::Line;
use serde_json::{Value, json};
use tests::on_both_databases;

use super::{
    World,
    changing::save_line,
    world::{details, query, search_path, seconds, with},
};

/// Offers for moving `id` into `wish`.
async fn offers(world: &World, visitor: &tests::Visitor, wish: &Value, id: &str) -> Vec<Value> {
    world.offers(visitor, &with(wish, &json!({"moving": id}))).await
}

/// Where the first offer of a page for moving leads.
fn asking(page: &str) -> String {
    let mut links = page.split("href=\"").filter_map(|rest| rest.split('"').next());
    let link = links.find(|link| link.contains("/move/ask?")).expect("a way to the question");
    link.replace("&amp;", "&")
}

on_both_databases! {
    async fn a_move_for_a_fee_is_asked_before_and_one_for_nothing_is_one_click(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let booking = world.confirmed(&query(20, 20), "P").await;
        let id = booking["id"].as_str().expect("an id");
        let places = format!("/en/bookings/{id}/move");
        let page = client.get(&format!("{places}?from=2026-12-22&to=2026-12-25")).await.text;
        assert!(page.contains("fee ¥7,500") && !page.contains("/do/move"), "{page}");
        let ask = asking(&page);
        let question = client.get(&ask).await;
        question.expect(200);
        assert!(question.text.contains("Move for ¥7,500") && question.text.contains("/do/move"), "{}", question.text);
        assert!(question.text.contains("Price there") && !question.text.contains("Materials arrive"), "{}", question.text);
        assert_eq!(world.booking(client, id).await["steps"], booking["steps"], "looking moves nothing");
        assert!(!page.contains("would begin there"), "{page}");
        // What a price is made of is told, and comes to it.
        assert!(page.contains(" × ¥"), "{page}");
        for offer in offers(&world, client, &query(22, 25), id).await {
            let charges = offer["terms"]["charges"].as_array().expect("a list").iter();
            let sum: i64 = charges
                .map(|one| one["days"].as_i64().expect("days") * one["day_rate_fen"].as_i64().expect("fen"))
                .sum();
            assert_eq!(sum, offer["price_fen"].as_i64().expect("fen"), "{offer}");
        }
        // Where it stands is free for it, and is told as its own.
        let around = client.get(&format!("{places}?from=2026-12-19&to=2026-12-25")).await.text;
        assert!(around.contains("yours now 20 Dec") && !around.contains("taken 20 Dec"), "{around}");
        // Before the materials are there it says so, at the place and beside the button.
        let page = client.get(&format!("{places}?from=2026-11-28&to=2026-11-30")).await.text;
        assert!(page.contains("Materials arrive on Mon 30 Nov 2026, after the first step would begin there"), "{page}");
        let question = client.get(&asking(&page)).await.text;
        assert!(question.contains("Materials arrive on Mon 30 Nov 2026, after the first step"), "{question}");

        // With fourteen days of notice it is the whole price: the question is put again.
        world.app.clock.set(seconds(&booking["steps"][0]["start"]) - 14 * 86_400);
        let elsewhere = query(22, 25);
        let target = offers(&world, client, &elsewhere, id).await[0].clone();
        let search = search_path(&elsewhere).replace("/api/v1/offers", "");
        let confirm = async |fee: i64, here: &str| {
            let form = json!({"id": id, "version": booking["version"], "search": search, "offer": target["key"],
                "quoted_fee_fen": fee, "key": uuid::Uuid::now_v7(), "here": here});
            client.post_form("/do/move", &form).await
        };
        let changed = confirm(750_000, &ask).await;
        changed.expect(422);
        assert!(changed.text.contains("The fee has changed"), "{}", changed.text);
        assert!(changed.text.contains("Move for ¥10,000"), "{}", changed.text);
        assert_eq!(world.booking(client, id).await["steps"], booking["steps"]);
        let moved = confirm(1_000_000, &ask).await;
        assert_eq!(moved.header("location"), format!("/en/bookings/{id}"), "{}", moved.text);
        // The page that follows says so, with what it cost, and says it once.
        let told = client.get(&format!("/en/bookings/{id}")).await.text;
        assert!(told.contains("Moved: the campaign now begins on") && told.contains("Fee: ¥10,000."), "{told}");
        let again = client.get(&format!("/en/bookings/{id}")).await.text;
        assert!(!again.contains("Moved: the campaign now begins on"), "{again}");
        let cancelling = client.get(&format!("/en/bookings/{id}/cancel")).await.text;
        for words in ["To pay in all after cancelling: ¥", ", of which ¥10,000 for moving it before."] {
            assert!(cancelling.contains(words), "{words}: {cancelling}");
        }

        // What another has taken before the question is answered can't be agreed to.
        let page = client.get(&format!("{places}?from=2027-01-05&to=2027-01-05")).await.text;
        let ask = asking(&page);
        world.hold_best(&world.two.member, &with(&query(5, 5), &json!({"from": "2027-01-05", "to": "2027-01-05"})), "Q").await;
        let gone = client.get(&ask).await.text;
        assert!(gone.contains("Somebody was faster") && !gone.contains("/do/move"), "{gone}");
        world.two.member.get(&ask).await.expect(404);

        // What isn't confirmed yet moves for nothing.
        let held = world.hold_best(client, &query(28, 28), "P").await;
        let places = format!("/en/bookings/{}/move", held["id"].as_str().expect("an id"));
        let page = client.get(&format!("{places}?from=2026-12-26&to=2026-12-31")).await.text;
        assert!(page.contains("Move here") && page.contains("/do/move") && !page.contains("/move/ask"), "{page}");
        world.close(&database).await;
    }

    async fn giving_up_after_a_free_move_costs_no_less_than_before_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let on = |day: &str| with(&query(1, 1), &json!({"from": day, "to": day}));
        let booking = world.confirmed(&on("2027-02-10"), "P").await;
        let id = booking["id"].as_str().expect("an id");
        let quote = async |what: &str| client.get(&format!("/api/v1/bookings/{id}/{what}")).await.expect(200).clone();
        let before = quote("cancellation").await;
        assert_eq!((&before["notice_days"], &before["fee_fen"]), (&json!(79), &json!(250_000)));
        let moving = quote("move").await;
        assert_eq!((&moving["fee_fen"], &moving["left_fee_fen"]), (&json!(0), &json!(250_000)));
        let far = on("2027-04-20");
        let target = offers(&world, client, &far, id).await[0].clone();
        let order = json!({"query": far, "offer": target["key"], "quoted_fee_fen": 0});
        world.act(client, id, "move", order).await.expect(200);
        let after = quote("cancellation").await;
        assert_eq!((&after["percent"], &after["fee_fen"]), (&json!(0), &json!(250_000)));
        let page = client.get(&format!("/en/bookings/{id}/cancel")).await.text;
        assert!(page.contains("what cancelling cost at the old place, before the free move"), "{page}");
        let left = world.act(client, id, "cancel", json!({"quoted_fee_fen": 250_000})).await;
        assert_eq!((&left.expect(200)["status"], &left.body["fee_fen"]), (&json!("cancelled"), &json!(250_000)));
        assert_eq!(database.number("SELECT count(*) FROM late_leaving").await, 1);
        world.close(&database).await;
    }

    async fn a_booking_moves_elsewhere_and_not_to_where_it_stands(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let wish = with(&query(5, 5), &json!({"batches": 2}));
        let place = world.offers(client, &wish).await.remove(0);
        let booking = world.confirmed(&wish, "P").await;
        let id = booking["id"].as_str().expect("an id");
        assert!(world.offers(client, &wish).await.is_empty(), "the day is full");
        let path = format!("/api/v1/bookings/{id}/move");
        let fee = client.get(&path).await.expect(200)["fee_fen"].clone();

        // For itself its own time is free, but no place to move to.
        assert_eq!(offers(&world, client, &wish, id).await, [Value::Null; 0]);
        let before = world.booking(client, id).await;
        let nowhere = json!({"query": wish, "offer": place["key"], "quoted_fee_fen": fee});
        let refused = world.act(client, id, "move", nowhere).await;
        assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "already_there");
        assert_eq!(world.booking(client, id).await, before, "nothing is used up");
        // Behind it in the same stretch there may be room.
        let behind = offers(&world, client, &query(5, 8), id).await;
        let starts = |offer: &Value| seconds(&offer["steps"][0]["start"]);
        assert!(!behind.is_empty() && behind.iter().all(|offer| starts(offer) > starts(&booking)), "{behind:?}");
        assert_eq!(behind[0]["rank"], 1);
        for window in [query(3, 8), query(5, 12), query(1, 20)] {
            let found = offers(&world, client, &window, id).await;
            let keys: BTreeSet<&str> = found.iter().filter_map(|offer| offer["key"].as_str()).collect();
            assert_eq!(keys.len(), found.len(), "each place once: {found:?}");
        }

        let elsewhere = query(20, 25);
        let target = offers(&world, client, &elsewhere, id).await[0].clone();
        let quote = client.get(&path).await.expect(200)["fee_fen"].clone();
        let order = |fee: &Value| json!({"query": elsewhere, "offer": target["key"], "quoted_fee_fen": fee});
        let wrong = world.act(client, id, "move", order(&json!(1))).await;
        assert_eq!(wrong.problem(422, "refused")["refusal"]["reason"], "fee_changed");
        let moved = world.act(client, id, "move", order(&quote)).await;
        assert_eq!(moved.expect(200)["status"], "confirmed");
        assert_eq!(moved.body["steps"][0]["start"], target["steps"][0]["start"]);
        assert_eq!(moved.body["batches"], 2, "the campaign stays what it was");
        assert_eq!((&moved.body["moves"], &moved.body["fee_fen"]), (&json!(1), &quote));
        assert_eq!(world.booking(client, id).await["steps"], moved.body["steps"]);
        // Its history says from when to when, and for how much.
        let history = client.get(&format!("/api/v1/bookings/{id}/history")).await.expect(200)["items"].clone();
        let last = history.as_array().and_then(|events| events.last()).expect("an event").clone();
        let steps = [&booking, &target].map(|of| of["steps"][0]["start"].clone());
        assert_eq!(last["moved"], json!({"from": steps[0], "to": steps[1]}));
        assert_eq!(last["fee_fen"], quote);
        let page = client.get(&format!("/en/bookings/{id}")).await.text;
        assert!(page.contains("fee ¥"), "{page}");
        assert_eq!(world.offers(client, &wish).await.len(), 1, "the old place is free");
        world.close(&database).await;
    }

    async fn what_was_decided_on_a_state_that_is_past_is_not_done(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let shown = world.confirmed(&query(5, 5), "P").await;
        let id = shown["id"].as_str().expect("an id");
        let order = async |elsewhere: Value, version: &Value| {
            let target = offers(&world, client, &elsewhere, id).await[0].clone();
            let fee = client.get(&format!("/api/v1/bookings/{id}/move")).await.expect(200)["fee_fen"].clone();
            json!({"query": elsewhere, "offer": target["key"], "quoted_fee_fen": fee, "version": version})
        };
        let first = order(query(12, 12), &shown["version"]).await;
        let moved = world.act(client, id, "move", first).await.expect(200).clone();
        assert!(moved["version"].as_i64() > shown["version"].as_i64());
        // Another window still shows it where it was, and asks for the fee that is due now.
        let late = world.act(client, id, "move", order(query(20, 20), &shown["version"]).await).await;
        assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "booking_changed");
        let fee = client.get(&format!("/api/v1/bookings/{id}/cancellation")).await.expect(200)["fee_fen"].clone();
        let cancel = |version: &Value| json!({"quoted_fee_fen": fee, "version": version});
        let late = world.act(client, id, "cancel", cancel(&shown["version"])).await;
        assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "booking_changed");
        assert_eq!(world.booking(client, id).await, moved);
        // Its page has the state that it shows, and says what became of the other.
        let page = client.get(&format!("/en/bookings/{id}/cancel")).await.text;
        assert!(page.contains(&format!("name=\"version\" value=\"{}\"", moved["version"])), "{page}");
        world.act(client, id, "cancel", cancel(&moved["version"])).await.expect(200);
        world.close(&database).await;
    }

    async fn a_confirmed_booking_moves_only_by_its_owner(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let held = world.hold_best(&world.one.member, &query(5, 12), "P").await;
        let id = held["id"].as_str().expect("an id");
        world.act(&world.one.member, id, "request", details()).await.expect(200);
        let elsewhere = query(10, 12);
        let into = async |visitor, wish: &Value| {
            let target = offers(&world, visitor, wish, id).await[0].clone();
            json!({"query": wish, "offer": target["key"], "quoted_fee_fen": 0})
        };
        let order = async |visitor| into(visitor, &elsewhere).await;
        let beyond = world.act(&world.operator, id, "move", into(&world.one.member, &query(14, 16)).await).await;
        assert_eq!(beyond.problem(422, "refused")["refusal"]["reason"], "outside_window", "its client never asked for that");
        // Nor is it offered to the platform, be it sooner or later; to its client it is.
        let [first, last] = ["2026-12-04T16:00:00Z", "2026-12-12T16:00:00Z"].map(|at| seconds(&json!(at)));
        let inside = |offer: &Value| {
            let (start, end) = (&offer["steps"][0]["start"], &offer["steps"][0]["end"]);
            first <= seconds(start) && seconds(end) <= last
        };
        for wide in [query(1, 10), query(8, 20)] {
            let offered = offers(&world, &world.operator, &wide, id).await;
            assert!(!offered.is_empty() && offered.iter().all(inside), "{offered:?}");
        }
        assert!(!offers(&world, &world.one.member, &query(1, 10), id).await.iter().all(inside));
        let none = world.search(&world.operator, &with(&query(14, 16), &json!({"moving": id}))).await;
        assert_eq!(none.problem(422, "refused")["refusal"]["reason"], "outside_asked");
        // The line has become dearer: that is no matter of whose campaign the platform puts elsewhere.
        let line = world.plant.lines[0].clone();
        save_line(&world, Line { day_rate_fen: line.day_rate_fen * 2, ..line }).await;
        let cheap = offers(&world, &world.operator, &elsewhere, id).await[0].clone();
        assert_eq!(cheap["price_fen"], held["price_fen"], "and the search says so");
        let moved = world.act(&world.operator, id, "move", order(&world.operator).await).await;
        assert_eq!(moved.expect(200)["moves"], 0, "before confirmation it costs nothing");
        assert_eq!(moved.body["price_fen"], held["price_fen"]);
        let dear = offers(&world, &world.one.member, &elsewhere, id).await[0].clone();
        assert!(dear["price_fen"].as_i64() > held["price_fen"].as_i64(), "whoever wants another place pays for it");
        // The window stays its client's.
        world.act(&world.operator, id, "move", into(&world.operator, &query(5, 7)).await).await.expect(200);
        world.act(&world.operator, id, "move", order(&world.operator).await).await.expect(200);
        world.act(&world.qa, id, "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id, "approve", Value::Null).await.expect(200);
        let refused = world.act(&world.operator, id, "move", order(&world.operator).await).await;
        refused.problem(403, "forbidden");
        let foreign = with(&elsewhere, &json!({"moving": id}));
        world.search(&world.two.member, &foreign).await.invalid("moving", "unknown");
        let body = json!({"query": elsewhere, "offer": "x", "quoted_fee_fen": 0});
        world.act(&world.two.member, id, "move", body).await.problem(404, "not-found");
        world.close(&database).await;
    }

    async fn who_finds_the_new_place_taken_stays_where_he_is(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booking = world.hold_best(&world.one.member, &query(5, 5), "P").await;
        let id = booking["id"].as_str().expect("an id");
        let elsewhere = with(&query(10, 10), &json!({"batches": 1}));
        let target = offers(&world, &world.one.member, &elsewhere, id).await[0].clone();
        world.hold_best(&world.two.member, &elsewhere, "Q").await;
        let order = json!({"query": query(10, 20), "offer": target["key"], "quoted_fee_fen": 0});
        let taken = world.act(&world.one.member, id, "move", order).await;
        let problem = taken.problem(409, "conflict");
        assert_eq!(problem["refusal"]["reason"], "busy");
        assert!(!problem["alternatives"].as_array().expect("a list").is_empty());
        assert_eq!(world.booking(&world.one.member, id).await["steps"], booking["steps"]);
        world.close(&database).await;
    }
}
