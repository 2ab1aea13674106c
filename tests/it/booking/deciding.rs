//! Deciding a request, as the platform's people see it: by when, in which words, what comes next, and what of it can be
//! taken back.

use serde_json::{Value, json};
use tests::{Visitor, app::credit_code, on_both_databases};
use uuid::Uuid;

use super::{
    World,
    desk::page,
    world::{details, query, seconds, with},
};

/// A request of `client` for the best that `wish` finds.
async fn requested(world: &World, client: &Visitor, wish: &Value, product: &str) -> Value {
    let held = world.hold_best(client, wish, product).await;
    let id = held["id"].as_str().expect("an id");
    world.act(client, id, "request", details()).await.expect(200).clone()
}

/// What an operator books for company one, or for own production.
async fn booked(world: &World, wish: &Value, company: Option<String>) -> Value {
    let offer = world.offers(&world.operator, wish).await[0].clone();
    let order = json!({"query": wish, "offer": offer["key"], "product_code": "BOOKED", "company": company});
    world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await.expect(201).clone()
}

fn text<'a>(booking: &'a Value, name: &str) -> &'a str {
    booking[name].as_str().expect("a text")
}

/// Sends a form of a request's page, and answers the page that follows.
async fn send(visitor: &Visitor, to: &str, booking: &Value, fields: Value) -> String {
    let here = format!("/en/desk/requests/{}", text(booking, "id"));
    let form = json!({"id": booking["id"], "here": here, "next": here, "key": Uuid::now_v7()});
    let sent = visitor.post_form(&format!("/do/{to}"), &with(&form, &fields)).await;
    if sent.status == 422 {
        return sent.text;
    }
    assert_eq!(sent.header("location"), here, "{}", sent.text);
    visitor.get(&here).await.text
}

on_both_databases! {
    async fn a_confirmation_is_taken_back_until_something_is_approved_on_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let asked = requested(&world, &world.one.member, &query(1, 10), "P").await;
        let id = text(&asked, "id");
        let (evidence, wrong) = (json!({"reason": "SDS 4711"}), json!({"reason": "That was of another product"}));
        let early = world.act(&world.qa, id, "recall-hazards", wrong.clone()).await;
        assert_eq!(early.problem(422, "refused")["refusal"]["reason"], "hazards_unconfirmed");
        world.act(&world.qa, id, "confirm-hazards", evidence.clone()).await.expect(200);
        let before = with(&wrong, &json!({"version": asked["version"]}));
        let unseen = world.act(&world.qa, id, "recall-hazards", before).await;
        assert_eq!(unseen.problem(422, "refused")["refusal"]["reason"], "booking_changed");
        world.act(&world.operator, id, "recall-hazards", wrong.clone()).await.problem(403, "forbidden");
        world.act(&world.one.member, id, "recall-hazards", wrong.clone()).await.problem(403, "forbidden");
        world.act(&world.qa, id, "recall-hazards", json!({})).await.invalid("reason", "missing");
        let (path, form) = (format!("/desk/requests/{id}"), "action=\"/do/recall-hazards\"");
        assert!(page(&world.qa, &path).await.contains(form));
        assert!(!page(&world.operator, &path).await.contains(form));

        let recalled = world.act(&world.qa, id, "recall-hazards", wrong.clone()).await.expect(200).clone();
        assert_eq!((&recalled["status"], &recalled["hazards_confirmed"]), (&json!("requested"), &json!(false)));
        let unconfirmed = world.act(&world.operator, id, "approve", Value::Null).await;
        assert_eq!(unconfirmed.problem(422, "refused")["refusal"]["reason"], "hazards_unconfirmed");
        // Its operators were about to approve it, and its client to rely on that: both are told, and read why.
        world.settle().await;
        for visitor in [&world.operator, &world.one.member] {
            assert_eq!(world.notices(visitor).await[0], "hazards_recalled");
        }
        for (visitor, path) in [(&world.operator, path.clone()), (&world.one.member, format!("/bookings/{id}"))] {
            let shown = page(visitor, &path).await;
            assert!(shown.contains("That was of another product"), "{shown}");
        }

        world.act(&world.qa, id, "confirm-hazards", evidence).await.expect(200);
        world.act(&world.operator, id, "approve", Value::Null).await.expect(200);
        let late = world.act(&world.qa, id, "recall-hazards", wrong).await;
        assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "wrong_state");
        world.close(&database).await;
    }

    async fn a_confirmation_is_taken_back_and_given_again_a_few_times_a_day(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let asked = requested(&world, &world.one.member, &query(1, 10), "P").await;
        let (id, evidence) = (text(&asked, "id"), json!({"reason": "SDS 4711"}));
        let confirmed = world.act(&world.qa, id, "confirm-hazards", evidence.clone()).await.expect(200).clone();
        let here = format!("/en/desk/requests/{id}");
        let form = json!({"id": id, "version": confirmed["version"], "reason": "Another product", "key": Uuid::now_v7(),
            "here": here, "next": here});
        assert_eq!(world.qa.post_form("/do/recall-hazards", &form).await.header("location"), here);
        world.act(&world.qa, id, "confirm-hazards", evidence.clone()).await.expect(200);
        // Sent once more it takes nothing back, and doesn't say so.
        let again = world.qa.post_form("/do/recall-hazards", &form).await;
        again.expect(422);
        assert!(again.text.contains("This booking has changed meanwhile"), "{}", again.text);
        for _ in 0..4 {
            world.act(&world.qa, id, "recall-hazards", json!({"reason": "Another lot"})).await.expect(200);
            world.act(&world.qa, id, "confirm-hazards", evidence.clone()).await.expect(200);
        }
        let often = world.act(&world.qa, id, "recall-hazards", json!({"reason": "Another lot"})).await;
        assert_eq!(often.problem(422, "refused")["refusal"]["reason"], "recall_often");
        world.close(&database).await;
    }

    async fn what_was_booked_on_the_phone_is_due_when_it_begins(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let phoned = booked(&world, &query(1, 1), Some(credit_code(1))).await;
        let begins = seconds(&phoned["steps"][0]["start"]);
        // The day before a firm asks for more, and is answered within some working days.
        world.app.clock.set(begins - 86_400);
        let held = world.hold_best(&world.two.member, &query(14, 25), "P").await;
        let filled = with(&details(), &json!({"materials_on": "2026-12-10"}));
        let sent = world.act(&world.two.member, text(&held, "id"), "request", filled).await.expect(200).clone();
        assert!(seconds(&sent["reply_by"]) > begins, "{sent}");
        let queue = page(&world.operator, "/desk").await;
        let [first, second] = [&phoned, &sent].map(|one| queue.find(text(one, "reference")).expect("a row"));
        assert!(first < second, "{queue}");
        assert!(queue.contains("to be filled in") && !queue.contains("no deadline"), "{queue}");
        world.close(&database).await;
    }

    async fn what_is_missing_of_a_deed_is_called_as_its_form_calls_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let asked = requested(&world, &world.one.member, &query(1, 10), "P").await;
        for (to, label) in [("confirm-hazards", "Evidence looked at"), ("ask-back", "Question")] {
            let told = send(&world.qa, to, &asked, json!({"reason": "  "})).await;
            let words = format!("Please fill in “{label}”");
            assert!(told.matches(&words).count() > 1 && !told.contains("“Reason”"), "{to}: {told}");
        }
        // What is signed is said in whole words.
        let shown = page(&world.qa, &format!("/desk/requests/{}", text(&asked, "id"))).await;
        let words = "You confirm the hazards declared for tablet (P): no special hazard; evidence: PDE 0.5 µg/day.";
        assert!(shown.to_lowercase().contains(&words.to_lowercase()), "{shown}");
        world.close(&database).await;
    }

    async fn what_is_filled_in_says_whether_anything_is_missing_still(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let phoned = booked(&world, &query(1, 10), Some(credit_code(1))).await;
        let (whole, missing) = ("Nothing is missing any more.", "What is still missing is shown below.");
        let some = send(&world.operator, "fill-in", &phoned, json!({"details[storage]": "ambient"})).await;
        assert!(some.contains(missing) && some.contains("the other side is told"), "{some}");
        // Its form marks what the approval asks for, and nothing else.
        assert!(some.contains("Materials arrive on *") && !some.contains("Strength *"), "{some}");
        let mut fields = json!({});
        for (name, value) in details().as_object().into_iter().flatten() {
            fields[format!("details[{name}]")] = value.clone();
        }
        let all = send(&world.operator, "fill-in", &phoned, fields).await;
        assert!(all.contains(whole) && !all.contains(missing), "{all}");
        world.close(&database).await;
    }

    async fn own_production_has_no_price_and_is_withdrawn_and_not_declined(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let own = booked(&world, &query(1, 10), None).await;
        let shown = page(&world.operator, &format!("/desk/requests/{}", text(&own, "id"))).await;
        assert!(shown.contains("#actions\"") && !shown.contains("/do/decline") && !shown.contains('¥'), "{shown}");
        let actions = world.booking(&world.operator, text(&own, "id")).await["actions"].clone();
        let actions = actions.as_array().expect("a list");
        assert!(actions.contains(&json!("withdraw")) && !actions.contains(&json!("decline")), "{actions:?}");
        let told = send(&world.operator, "fill-in", &own, json!({"details[strength]": "5 mg"})).await;
        assert!(told.contains("Filled in.") && !told.contains("the other side is told"), "{told}");
        world.close(&database).await;
    }

    async fn one_decision_leads_to_the_next_and_nobody_is_waited_for_any_more(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let first = requested(&world, &world.one.member, &query(1, 3), "P").await;
        let second = requested(&world, &world.two.member, &query(8, 10), "P").await;
        let third = requested(&world, &world.two.member, &query(14, 16), "Q").await;
        for one in [&first, &second] {
            let evidence = json!({"reason": "SDS 4711"});
            world.act(&world.qa, text(one, "id"), "confirm-hazards", evidence).await.expect(200);
        }
        world.act(&world.operator, text(&second, "id"), "ask", json!({"reason": "When?"})).await.expect(200);
        let approved = send(&world.operator, "approve", &first, json!({})).await;
        let next = format!("Next request: {}", text(&second, "reference"));
        assert!(approved.contains(&next), "{approved}");
        // What waits for quality assurance doesn't wait for the operator.
        let declined = send(&world.operator, "decline", &second, json!({"reason": "No crew"})).await;
        assert!(declined.contains("No other request waits for you."), "{declined}");
        assert!(declined.contains("not answered") && !declined.contains("waits for the client"), "{declined}");
        let asked = send(&world.qa, "ask-back", &third, json!({"reason": "Which batch?"})).await;
        assert!(asked.contains("No other request waits for you.") && asked.contains("waits for the client"), "{asked}");
        world.close(&database).await;
    }
}
