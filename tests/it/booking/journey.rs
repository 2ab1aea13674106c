//! A booking from search to close, and what each step refuses.

use serde_json::{Value, json};
use tests::{
    app::{PASSWORD, People},
    on_both_databases,
};

use super::{
    World,
    world::{details, query, with},
};

on_both_databases! {
    async fn a_booking_goes_from_search_to_close(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (client, operator, qa) = (&world.one.member, &world.operator, &world.qa);
        let wish = query(1, 10);
        let answer = world.search(client, &wish).await;
        let offers = answer.expect(200)["offers"].as_array().expect("offers").clone();
        assert_eq!(offers.len(), 2, "one for each line and gap");
        assert_eq!(offers[0]["rank"], 1);
        assert!(offers[0]["finish_minutes"].as_i64() <= offers[1]["finish_minutes"].as_i64());

        let held = world.hold(client, &wish, &offers[0], "ZS-101").await;
        let held = held.expect(201);
        let id = held["id"].as_str().expect("an id");
        assert_eq!((&held["status"], &held["product_code"]), (&json!("held"), &json!("ZS-101")));
        assert_eq!(held["price_fen"], 1_000_000, "one plant day of the line");
        assert_eq!(held["actions"], json!(["request", "withdraw", "move"]));
        assert_eq!(held["hold_expires_at"], "2026-11-26T00:00:00Z");
        assert_eq!(held["steps"][0]["start"], offers[0]["steps"][0]["start"]);

        // A partial draft can be saved, a partial request is not sent.
        let draft = client.ask("PUT", &format!("/api/v1/bookings/{id}/details"), Some(json!({"project": "P-7"}))).await;
        assert_eq!(draft.expect(200)["details"]["project"], "P-7");
        world.act(client, id, "request", json!({"project": "P-7"})).await.invalid("molecule", "missing");
        // The search may have left the stage open; the request says it.
        let staged = |stage: &str| with(&details(), &json!({"stage": stage}));
        world.act(client, id, "request", staged("someday")).await.invalid("stage", "unknown");
        assert_eq!(world.booking(client, id).await["stage"], "scale_up");
        let requested = world.act(client, id, "request", staged("registration")).await;
        assert_eq!((&requested.expect(200)["status"], &requested.body["stage"]), (&json!("requested"), &json!("registration")));
        assert_eq!(requested.body["reply_by"], "2026-11-26T16:00:00Z", "the end of the third working day");

        // No approval before quality assurance has confirmed the hazards.
        let early = world.act(operator, id, "approve", Value::Null).await;
        assert_eq!(early.problem(422, "refused")["refusal"]["reason"], "hazards_unconfirmed");
        world.act(operator, id, "confirm-hazards", json!({"reason": "SDS"})).await.problem(403, "forbidden");
        world.act(qa, id, "confirm-hazards", json!({})).await.invalid("reason", "missing");
        world.act(qa, id, "confirm-hazards", json!({"reason": "SDS 4711"})).await.expect(200);
        let twice = world.act(qa, id, "confirm-hazards", json!({"reason": "SDS 4711"})).await;
        assert_eq!(twice.problem(422, "refused")["refusal"]["reason"], "hazards_confirmed");
        world.act(client, id, "approve", Value::Null).await.problem(403, "forbidden");
        let confirmed = world.act(operator, id, "approve", Value::Null).await;
        assert_eq!(confirmed.expect(200)["status"], "confirmed");
        assert_eq!(confirmed.body["company_name"]["en"], "Example Pharma 1", "the platform knows its client");
        assert_eq!(confirmed.body["details"]["project"], "新药 🧪 project 7");
        assert_eq!(world.booking(client, id).await["reply_by"], Value::Null);

        // It runs on its day and not before.
        let early = world.act(operator, id, "start", Value::Null).await;
        let refusal = &early.problem(422, "refused")["refusal"];
        let first = super::world::seconds(&held["steps"][0]["start"]);
        let day = app::words::day(app::contract::Instant(first), 0);
        assert_eq!((&refusal["reason"], &refusal["facts"]), (&json!("starts_later"), &json!([["day", day]])));
        world.app.clock.set(super::world::seconds(&held["steps"][0]["start"]));
        for (action, status) in [("start", "running"), ("complete", "completed"), ("close", "closed")] {
            assert_eq!(world.act(operator, id, action, Value::Null).await.expect(200)["status"], status);
        }
        let again = world.act(operator, id, "start", Value::Null).await;
        assert_eq!(again.problem(422, "refused")["refusal"]["reason"], "wrong_state");

        let history = client.get(&format!("/api/v1/bookings/{id}/history")).await;
        let events: Vec<(&str, &str)> = history.expect(200)["items"].as_array().expect("events").iter()
            .map(|event| (event["action"].as_str().expect("an action"), event["by"].as_str().expect("a side")))
            .collect();
        assert_eq!(events, [("hold", "company"), ("request", "company"), ("confirm_hazards", "platform"),
            ("approve", "platform"), ("start", "platform"), ("complete", "platform"), ("close", "platform")]);

        world.settle().await;
        world.settle().await;
        assert_eq!(world.notices(client).await, ["booking_closed", "campaign_completed", "campaign_started",
            "booking_confirmed", "hazards_confirmed"], "each exactly once");
        assert_eq!(world.notices(operator).await, ["booking_requested", "booking_held"]);
        assert!(world.notices(&world.two.member).await.is_empty());
        world.close(&database).await;
    }

    async fn whoever_may_not_book_is_told_so(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(1, 10);
        let offer = &world.offers(&world.app.visitor(), &wish).await[0];
        let held = world.hold(&world.app.visitor(), &wish, offer, "P").await;
        held.problem(401, "unauthenticated");
        world.hold(&world.operator, &wish, offer, "P").await.problem(403, "forbidden");
        world.hold(&world.district, &wish, offer, "P").await.problem(403, "forbidden");
        let newcomer = world.app.visitor();
        newcomer.post("/api/v1/organisations", People::registration(9)).await.expect(201);
        newcomer.sign_in("admin@company9.example", PASSWORD).await.expect(201);
        world.hold(&newcomer, &wish, offer, "P").await.problem(403, "unverified");
        world.close(&database).await;
    }

    async fn a_company_has_so_many_holds_at_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        for _ in 0..5 {
            world.hold_best(&world.one.member, &query(1, 20), "P").await;
        }
        let offers = world.offers(&world.one.member, &query(1, 20)).await;
        let sixth = world.hold(&world.one.admin, &query(1, 20), &offers[0], "P").await;
        assert_eq!(sixth.problem(422, "refused")["refusal"]["reason"], "too_many_holds");
        // The page says what would change that.
        let search = super::world::search_path(&query(1, 20)).trim_start_matches("/api/v1/offers").to_owned();
        let form = json!({"search": search, "offer": offers[0]["key"], "product_code": "P",
            "key": uuid::Uuid::now_v7().to_string(), "here": format!("/en{search}")});
        let page = world.one.admin.post_form("/do/hold", &form).await;
        page.expect(422);
        assert!(page.text.contains("Send the request of one of them, or withdraw one"), "{}", page.text);
        world.hold(&world.two.member, &query(1, 20), &offers[0], "P").await.expect(201);
        world.close(&database).await;
    }

    async fn declined_and_withdrawn_slots_are_free_again(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = with(&query(1, 1), &json!({"batches": 2}));
        let held = world.hold_best(&world.one.member, &wish, "P").await;
        let id = held["id"].as_str().expect("an id");
        assert!(world.offers(&world.two.member, &wish).await.is_empty(), "the day is full");
        let withdrawn = world.act(&world.one.member, id, "withdraw", json!({})).await;
        assert_eq!(withdrawn.expect(200)["status"], "withdrawn");
        let held = world.hold_best(&world.two.member, &wish, "P").await;
        let id = held["id"].as_str().expect("an id");
        world.act(&world.two.member, id, "request", details()).await.expect(200);
        world.act(&world.operator, id, "decline", json!({"reason": " "})).await.invalid("reason", "missing");
        let declined = world.act(&world.operator, id, "decline", json!({"reason": "压片机检修"})).await;
        assert_eq!(declined.expect(200)["status"], "declined");
        assert_eq!(world.offers(&world.one.member, &wish).await.len(), 1);
        world.settle().await;
        let notices = world.two.member.get("/api/v1/notices?unread=true").await;
        let notice = notices.expect(200)["items"][0].clone();
        assert_eq!((&notice["kind"], &notice["reason"]), (&json!("booking_declined"), &json!("压片机检修")));
        let path = format!("/api/v1/notices/{}/read", notice["id"].as_str().expect("an id"));
        world.one.member.ask("POST", &path, None).await.problem(404, "not-found");
        world.two.member.ask("POST", &path, None).await.expect(204);
        let unread = world.two.member.get("/api/v1/notices?unread=true").await;
        let kinds: Vec<_> = unread.expect(200)["items"].as_array().expect("a list").iter().map(|item| item["kind"].clone()).collect();
        assert_eq!(kinds, ["company_verified"], "which it hasn't read");
        world.close(&database).await;
    }
}
