//! The platform asks back and the client answers; the platform breaks a run off.

use serde_json::{Value, json};
use server::clock::Clock;
use tests::{Visitor, on_both_databases};

use super::{
    World,
    desk::page,
    world::{details, query, seconds, with},
};

/// The ids of what was asked, oldest first, as `visitor` sees it.
async fn questions(world: &World, visitor: &Visitor, id: &str) -> Vec<Value> {
    let booking = world.booking(visitor, id).await;
    booking["questions"].as_array().expect("a list").iter().map(|asked| asked["id"].clone()).collect()
}

/// What happened to a booking, as `(action, by, reason)`, oldest first.
async fn history(world: &World, id: &str) -> Vec<(String, String, Value)> {
    let events = world.one.member.get(&format!("/api/v1/bookings/{id}/history")).await;
    let events = events.expect(200)["items"].as_array().expect("a list").clone();
    let word = |value: &Value| value.as_str().expect("a word").to_owned();
    events.iter().map(|event| (word(&event["action"]), word(&event["by"]), event["reason"].clone())).collect()
}

on_both_databases! {
    async fn the_day_of_the_materials_can_be_changed_until_the_campaign_begins(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let booked = world.confirmed(&query(20, 20), "P").await;
        let id = booked["id"].as_str().expect("an id");
        let on = |day: &str| json!({"materials_on": day});
        world.act(client, id, "materials", on("2026-12-21")).await.invalid("materials_on", "too_late");
        world.act(client, id, "materials", on("")).await.invalid("materials_on", "missing");
        world.act(client, id, "materials", on("2025-01-05")).await.invalid("materials_on", "day_past");
        world.act(&world.operator, id, "materials", on("2026-12-18")).await.problem(403, "forbidden");
        let changed = world.act(client, id, "materials", on("2026-12-18")).await.expect(200).clone();
        assert_eq!((&changed["details"]["materials_on"], &changed["status"]), (&json!("2026-12-18"), &json!("confirmed")));
        let last = history(&world, id).await.pop().expect("an event");
        assert_eq!(last, ("change_materials".into(), "company".into(), json!("2026-12-18")));
        world.settle().await;
        assert_eq!(world.notices(&world.operator).await[0], "materials_changed");
        let shown = page(client, &format!("/bookings/{id}")).await;
        for words in ["Materials arrive on Fri 18 Dec 2026", "action=\"/do/change-materials\""] {
            assert!(shown.contains(words), "{words}: {shown}");
        }

        // Once it has begun nothing is to arrive.
        world.app.clock.set(seconds(&booked["steps"][0]["start"]));
        let late = world.act(client, id, "materials", on("2026-12-20")).await;
        assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "wrong_state");
        world.close(&database).await;
    }

    async fn the_day_of_the_materials_goes_back_and_forth_a_few_times_a_day(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let [booked, other] = [world.confirmed(&query(20, 20), "P").await, world.confirmed(&query(24, 24), "Q").await];
        let id = booked["id"].as_str().expect("an id");
        let on = |day: &str| json!({"materials_on": day});
        let told = "SELECT count(*) FROM outbox WHERE topic = 'materials_changed'";
        let first = world.app.clock.now();
        for day in ["2026-12-01", "2026-12-02", "2026-12-01", "2026-12-02", "2026-12-01"] {
            world.act(client, id, "materials", on(day)).await.expect(200);
            world.app.clock.advance(60);
        }
        let again = serde_json::to_value(app::contract::Instant(first + 24 * 3600)).expect("an instant");
        let often = world.act(client, id, "materials", on("2026-12-02")).await;
        let refusal = often.problem(422, "refused")["refusal"].clone();
        assert_eq!(refusal["reason"], "materials_often");
        assert_eq!(refusal["facts"], json!([["max", "5"], ["again", again]]));
        // Its page says so too.
        let form = json!({"id": id, "materials_on": "2026-12-02", "here": format!("/en/bookings/{id}"),
            "key": uuid::Uuid::now_v7()});
        let often = client.post_form("/do/change-materials", &form).await;
        often.expect(422);
        assert!(often.text.contains("as often as it may be") && often.text.contains("again from "), "{}", often.text);
        // The day that it is already is no change, and nobody is told; another booking's is another matter.
        assert_eq!(database.number(told).await, 5);
        let same = world.act(client, id, "materials", on("2026-12-01")).await.expect(200).clone();
        assert_eq!(same["version"], world.booking(client, id).await["version"]);
        assert_eq!(database.number(told).await, 5);
        let other = other["id"].as_str().expect("an id");
        world.act(client, other, "materials", on("2026-12-02")).await.expect(200);

        world.app.clock.set(first + 24 * 3600 - 1);
        world.act(client, id, "materials", on("2026-12-02")).await.problem(422, "refused");
        world.app.clock.advance(1);
        world.act(client, id, "materials", on("2026-12-02")).await.expect(200);
        world.act(client, id, "materials", on("2026-12-01")).await.problem(422, "refused");
        world.close(&database).await;
    }

    async fn who_did_it_is_named_to_the_people_of_their_own_side(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booked = world.confirmed(&query(2, 4), "P").await;
        let id = booked["id"].as_str().expect("an id");
        let named = async |reader: &Visitor, side: &str| {
            let events = reader.get(&format!("/api/v1/bookings/{id}/history")).await;
            let events = events.expect(200)["items"].as_array().expect("a list").clone();
            let own = |event: &&Value| event["by"] == side;
            events.iter().filter(own).map(|event| event["person"].clone()).collect::<Vec<_>>()
        };
        let (member, operator) = (&world.one.member, &world.operator);
        for (reader, own, other) in [(member, "company", "platform"), (operator, "platform", "company")] {
            let (own, other) = (named(reader, own).await, named(reader, other).await);
            assert!(!own.is_empty() && own.iter().all(Value::is_string), "{own:?}");
            assert!(!other.is_empty() && other.iter().all(Value::is_null), "{other:?}");
        }
        // And so on the pages of both.
        for (colleague, name) in [(member, "Sun Li"), (operator, "Zhao Min")] {
            colleague.ask("PATCH", "/api/v1/accounts/me", Some(json!({"name": name}))).await.expect(200);
        }
        let desk = page(&world.qa, &format!("/desk/requests/{id}")).await;
        assert!(desk.contains("Zhao Min") && !desk.contains("Sun Li"), "{desk}");
        let own = page(&world.one.admin, &format!("/bookings/{id}")).await;
        assert!(own.contains("Sun Li") && !own.contains("Zhao Min"), "{own}");
        world.close(&database).await;
    }

    async fn a_question_reaches_the_client_and_changes_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let held = world.hold_best(&world.one.member, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        let sent = world.act(&world.one.member, id, "request", details()).await.expect(200).clone();
        let question = json!({"reason": "哪一批的 OEL 报告？"});
        world.act(&world.one.member, id, "ask", question.clone()).await.problem(403, "forbidden");
        world.act(&world.two.member, id, "ask", question.clone()).await.problem(404, "not-found");
        world.act(&world.district, id, "ask", question.clone()).await.problem(404, "not-found");
        world.act(&world.operator, id, "ask", json!({"reason": "  "})).await.invalid("reason", "missing");

        // Quality assurance asks for evidence as well as the operator for the rest.
        let asked = world.act(&world.qa, id, "ask", question.clone()).await.expect(200).clone();
        assert_eq!((&asked["status"], &asked["reply_by"]), (&json!("requested"), &sent["reply_by"]));
        world.settle().await;
        assert_eq!(world.notices(&world.one.member).await[0], "question_asked");
        let last = history(&world, id).await.pop().expect("an event");
        assert_eq!(last, ("ask".into(), "platform".into(), question["reason"].clone()));

        world.act(&world.qa, id, "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id, "approve", Value::Null).await.expect(200);
        let late = world.act(&world.operator, id, "ask", question).await;
        assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "wrong_state");
        world.close(&database).await;
    }

    async fn the_record_says_who_acted_even_once_they_have_left(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let held = world.hold_best(&world.one.member, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        world.act(&world.one.member, id, "request", details()).await.expect(200);
        world.act(&world.operator, id, "decline", json!({"reason": "设备大修"})).await.expect(200);
        let gone = "DELETE FROM membership WHERE organisation = $1";
        database.execute(gone, vec![world.plant.platform.0.into()]).await.expect("they have left");
        let sides: Vec<_> = history(&world, id).await.into_iter().map(|(action, by, _)| (action, by)).collect();
        let told = [("hold", "company"), ("request", "company"), ("decline", "platform")];
        assert_eq!(sides, told.map(|(action, by)| (action.to_owned(), by.to_owned())));

        // It comes in pages, like every list that grows.
        let path = format!("/api/v1/bookings/{id}/history?limit=2");
        let first = world.one.member.get(&path).await;
        assert_eq!(first.expect(200)["items"].as_array().map(Vec::len), Some(2));
        let rest = world.one.member.get(&format!("{path}&cursor={}", first.string("next"))).await;
        assert_eq!((&rest.expect(200)["items"][0]["action"], &rest.body["next"]), (&json!("decline"), &Value::Null));
        world.close(&database).await;
    }

    async fn a_question_asked_twice_by_a_double_click_is_one(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let held = world.hold_best(&world.one.member, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        let path = format!("/api/v1/bookings/{id}/ask");
        for _ in 0..2 {
            world.operator.post_once(&path, "one-key", json!({"reason": "何时到料？"})).await.expect(200);
        }
        let asked = history(&world, id).await.into_iter().filter(|(action, ..)| action == "ask").count();
        assert_eq!(asked, 1);
        world.close(&database).await;
    }

    async fn the_client_answers_and_both_sides_read_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (client, operator) = (&world.one.member, &world.operator);
        let held = world.hold_best(client, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        let sent = world.act(client, id, "request", details()).await.expect(200).clone();
        assert!(!sent["actions"].as_array().expect("a list").contains(&json!("answer")), "nothing was asked");
        world.act(&world.qa, id, "ask", json!({"reason": "哪一批的 OEL 报告？"})).await.expect(200);
        world.act(operator, id, "ask", json!({"reason": "When does it arrive?"})).await.expect(200);
        let asked = questions(&world, client, id).await;
        assert!(world.booking(client, id).await["actions"].as_array().expect("a list").contains(&json!("answer")));
        assert!(page(operator, "/desk").await.contains("waits for the client"));

        let order = |question: &Value, answer: &str| json!({"question": question, "answer": answer});
        let answer = order(&asked[0], "批号 24-07，见附录 3");
        world.act(operator, id, "answer", answer.clone()).await.problem(403, "forbidden");
        world.act(&world.two.member, id, "answer", answer.clone()).await.problem(404, "not-found");
        world.act(&world.district, id, "answer", answer.clone()).await.problem(404, "not-found");
        world.act(client, id, "answer", order(&asked[0], " \n ")).await.invalid("answer", "missing");
        world.act(client, id, "answer", order(&asked[0], &"长".repeat(4001))).await.invalid("answer", "too_long");
        world.act(client, id, "answer", order(&held["id"], "?")).await.invalid("question", "unknown");

        let path = format!("/api/v1/bookings/{id}/answer");
        for _ in 0..2 {
            let answered = client.post_once(&path, "one-key", answer.clone()).await.expect(200).clone();
            assert_eq!((&answered["status"], &answered["reply_by"]), (&json!("requested"), &sent["reply_by"]));
        }
        for side in [client, operator] {
            let booking = world.booking(side, id).await;
            let answers = &booking["questions"][0]["answers"];
            assert_eq!(answers.as_array().map(Vec::len), Some(1), "a double click answers once");
            assert_eq!(answers[0]["answer"], answer["answer"]);
            assert_eq!(booking["questions"][1]["answers"], json!([]), "the other one is still open");
            let events = side.get(&format!("/api/v1/bookings/{id}/history")).await;
            let last = events.expect(200)["items"].as_array().expect("a list").last().expect("an event").clone();
            assert_eq!((&last["action"], &last["by"]), (&json!("answer"), &json!("company")));
            assert_eq!(last["reason"], answer["answer"]);
        }
        world.settle().await;
        let told = operator.get("/api/v1/notices").await.expect(200)["items"][0].clone();
        assert_eq!((&told["kind"], &told["reason"]), (&json!("question_answered"), &answer["answer"]));

        // A colleague who answers the same question is heard too.
        world.act(&world.one.admin, id, "answer", order(&asked[0], "附录 3 已寄出")).await.expect(200);
        assert!(page(operator, "/desk").await.contains("waits for the client"));
        world.act(client, id, "answer", order(&asked[1], "On Monday")).await.expect(200);
        let desk = page(operator, "/desk").await;
        assert!(desk.contains("client answered") && !desk.contains("waits for the client"));
        let request = page(operator, &format!("/desk/requests/{id}")).await;
        for words in ["批号 24-07，见附录 3", "附录 3 已寄出", "On Monday", "When does it arrive?"] {
            assert!(request.contains(words), "{words}: {request}");
        }

        world.act(&world.qa, id, "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(operator, id, "approve", Value::Null).await.expect(200);
        let late = world.act(client, id, "answer", order(&asked[1], "On Tuesday")).await;
        assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "wrong_state");
        world.close(&database).await;
    }

    async fn what_was_said_last_is_no_further_answer_and_more_is_added_a_few_times_a_day(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let held = world.hold_best(client, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        world.act(client, id, "request", details()).await.expect(200);
        for question in ["Which batch?", "When does it arrive?"] {
            world.act(&world.operator, id, "ask", json!({"reason": question})).await.expect(200);
        }
        let asked = questions(&world, client, id).await;
        let order = |question: &Value, answer: &str| json!({"question": question, "answer": answer});
        let told = "SELECT count(*) FROM outbox WHERE topic = 'question_answered'";
        let first = world.app.clock.now();
        let said = world.act(client, id, "answer", order(&asked[0], "24-07")).await.expect(200).clone();
        let same = world.act(&world.one.admin, id, "answer", order(&asked[0], " 24-07 ")).await;
        assert_eq!((&same.expect(200)["version"], &same.body["questions"]), (&said["version"], &said["questions"]));
        assert_eq!(database.number(told).await, 1, "nobody is told again");
        for more in 1..=5 {
            world.app.clock.advance(60);
            world.act(client, id, "answer", order(&asked[0], &format!("24-0{more}"))).await.expect(200);
        }
        let again = serde_json::to_value(app::contract::Instant(first + 60 + 24 * 3600)).expect("an instant");
        let often = world.act(client, id, "answer", order(&asked[0], "24-08")).await;
        let refusal = often.problem(422, "refused")["refusal"].clone();
        assert_eq!((&refusal["reason"], &refusal["facts"]), (&json!("answers_often"), &json!([["max", "5"], ["again", again]])));
        // Its page says so too, with what was typed.
        let form = json!({"id": id, "question": asked[0], "answer": "24-08", "here": format!("/en/bookings/{id}"),
            "key": uuid::Uuid::now_v7()});
        let often = client.post_form("/do/answer", &form).await;
        often.expect(422);
        for words in ["nothing more can be added", "again from ", "24-08</textarea>"] {
            assert!(often.text.contains(words), "{words}: {}", often.text);
        }
        // What has no answer yet gets one, however often was added to another.
        world.act(client, id, "answer", order(&asked[1], "On Monday")).await.expect(200);
        assert_eq!(database.number(told).await, 7);
        world.app.clock.set(first + 60 + 24 * 3600 - 1);
        world.act(client, id, "answer", order(&asked[0], "24-08")).await.problem(422, "refused");
        world.app.clock.advance(1);
        world.act(client, id, "answer", order(&asked[0], "24-08")).await.expect(200);
        world.close(&database).await;
    }

    async fn a_booking_is_asked_ten_questions_a_day(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let held = world.hold_best(client, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        world.act(client, id, "request", details()).await.expect(200);
        for number in 1..=10 {
            let question = json!({"reason": format!("Question {number}?")});
            world.act(&world.operator, id, "ask", question).await.expect(200);
        }
        let often = world.act(&world.qa, id, "ask", json!({"reason": "One more?"})).await;
        let refusal = often.problem(422, "refused")["refusal"].clone();
        assert_eq!((&refusal["reason"], &refusal["facts"][0]), (&json!("questions_often"), &json!(["max", "10"])));
        assert_eq!(questions(&world, client, id).await.len(), 10);
        let other = world.hold_best(client, &query(14, 25), "Q").await;
        let other = other["id"].as_str().expect("an id");
        world.act(&world.operator, other, "ask", json!({"reason": "Which batch?"})).await.expect(200);
        world.close(&database).await;
    }

    async fn what_was_asked_of_a_hold_is_answered_while_it_lasts(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let held = world.hold_best(client, &query(1, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        world.act(&world.operator, id, "ask", json!({"reason": "何时到料？"})).await.expect(200);
        let asked = questions(&world, client, id).await;
        let order = json!({"question": asked[0], "answer": "周一"});
        let answered = world.act(client, id, "answer", order.clone()).await.expect(200).clone();
        assert_eq!(answered["hold_expires_at"], held["hold_expires_at"], "it lasts no longer");
        world.app.clock.set(seconds(&held["hold_expires_at"]));
        for (who, action, body) in [
            (client, "answer", order),
            (&world.operator, "ask", json!({"reason": "?"})),
        ] {
            let late = world.act(who, id, action, body).await;
            assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "hold_expired");
        }
        world.close(&database).await;
    }

    async fn nobody_is_to_ask_about_own_production(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(1, 1);
        let offer = world.offers(&world.operator, &wish).await[0].clone();
        let order = json!({"query": wish, "offer": offer["key"], "product_code": "OWN"});
        let made = world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await;
        made.expect(201);
        let asked = world.act(&world.operator, &made.string("id"), "ask", json!({"reason": "?"})).await;
        assert_eq!(asked.problem(422, "refused")["refusal"]["reason"], "wrong_state");
        world.close(&database).await;
    }

    async fn a_run_that_is_broken_off_frees_the_rest_of_its_time(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booked = world.confirmed(&with(&query(2, 12), &json!({"batches": 4})), "P").await;
        let id = booked["id"].as_str().expect("an id");
        let (start, end) = (seconds(&booked["steps"][0]["start"]), seconds(&booked["steps"][0]["end"]));
        world.app.clock.set(start);
        world.act(&world.operator, id, "start", Value::Null).await.expect(200);
        let claims = database.number("SELECT count(*) FROM pool_claim").await;
        world.app.clock.set(start + 3 * 3600 + 20);
        let over = world.act(&world.operator, id, "abort", json!({"reason": "压片机故障"})).await.expect(200).clone();
        assert_eq!(seconds(&over["steps"][0]["start"]), start);
        assert_eq!(seconds(&over["steps"][0]["end"]), start + 3 * 3600 + 60, "the minute that has begun is its own");
        assert_eq!(over["steps"].as_array().expect("a list").len(), booked["steps"].as_array().expect("a list").len());
        // The same row with another end, and the shares of pools that it doesn't use given back.
        let live = "SELECT count(*) FROM occupancy WHERE live IS NOT NULL AND kind = 'campaign' AND ends_at";
        assert_eq!(database.number(&format!("{live} = {}", end / 60)).await, 0);
        assert_eq!(database.number(&format!("{live} = {}", start / 60 + 181)).await, 1);
        assert!(database.number("SELECT count(*) FROM pool_claim").await <= claims);
        // Somebody else gets what is free, within the time that was its own.
        let others = world.confirmed_for(&world.two.member, &query(3, 12), "Q").await;
        assert!(seconds(&others["steps"][0]["start"]) < end, "{others}");
        assert_eq!(world.booking(&world.operator, id).await["steps"], over["steps"]);
        world.act(&world.operator, id, "close", Value::Null).await.expect(200);
        world.close(&database).await;
    }

    async fn a_run_that_is_broken_off_before_its_slot_keeps_a_minute_of_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        // It begins behind another, in the middle of a day, and may be started from that day's beginning.
        world.confirmed_for(&world.two.member, &query(2, 2), "Q").await;
        let booked = world.confirmed(&query(2, 2), "P").await;
        let id = booked["id"].as_str().expect("an id");
        let start = seconds(&booked["steps"][0]["start"]);
        world.app.clock.set(start - 1800);
        world.act(&world.operator, id, "start", Value::Null).await.expect(200);
        let over = world.act(&world.operator, id, "abort", json!({"reason": "停电"})).await.expect(200).clone();
        assert_eq!(seconds(&over["steps"][0]["end"]), start + 60);
        world.close(&database).await;
    }

    async fn a_run_that_is_broken_off_is_over_and_the_line_keeps_its_state(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booked = world.confirmed(&query(2, 4), "P").await;
        let id = booked["id"].as_str().expect("an id");
        let why = json!({"reason": "湿法制粒机故障"});
        let early = world.act(&world.operator, id, "abort", why.clone()).await;
        assert_eq!(early.problem(422, "refused")["refusal"]["reason"], "wrong_state");
        world.app.clock.set(seconds(&booked["steps"][0]["start"]));
        let running = world.act(&world.operator, id, "start", Value::Null).await.expect(200).clone();
        assert!(running["actions"].as_array().expect("a list").contains(&json!("abort")));
        world.act(&world.operator, id, "abort", json!({})).await.invalid("reason", "missing");
        world.act(&world.qa, id, "abort", why.clone()).await.problem(403, "forbidden");
        world.act(&world.one.member, id, "abort", why.clone()).await.problem(403, "forbidden");
        let live = "SELECT count(*) FROM occupancy WHERE live IS NOT NULL AND kind = 'campaign'";
        let before = database.number(live).await;
        let over = world.act(&world.operator, id, "abort", why.clone()).await.expect(200).clone();
        assert_eq!(over["status"], "completed");
        assert_eq!(database.number(live).await, before, "what ran is the line's state");
        let last = history(&world, id).await.pop().expect("an event");
        assert_eq!(last, ("abort".into(), "platform".into(), why["reason"].clone()));
        assert_eq!(over["broken_off"], true);
        for (reader, page) in [(&world.operator, "/en/desk"), (&world.one.member, "/en/campaigns")] {
            assert!(reader.get(page).await.text.contains("Broken off"), "{page}: it isn't over like any other");
        }
        // It is over, not done, and what is to be settled stays on the desk.
        let shown = page(&world.operator, &format!("/desk/requests/{id}")).await;
        assert!(shown.contains(">Broken off<"), "{shown}");
        let desk = page(&world.operator, "/desk").await;
        assert!(desk.contains("name=\"step\" value=\"close\""), "{desk}");
        let line = booked["steps"][0]["line"].as_str().expect("an id");
        let week = page(&world.operator, &format!("/lines/{line}")).await;
        assert!(week.contains("class=\"status broken_off\">Broken off<"), "{week}");
        world.settle().await;
        assert_eq!(world.notices(&world.one.member).await[0], "campaign_aborted");
        world.close(&database).await;
    }
}
