//! A firm sees nothing of another: every body that firm B can get is searched for everything of firm A.

use serde_json::{Value, json};
use tests::{app::Answer, on_both_databases};

use super::{
    World,
    outages::{day, id},
    repairing::make_room,
    rounds::open_call,
    world::{query, search_path, seconds, with},
};

on_both_databases! {
    async fn nothing_of_one_firm_shows_in_any_answer_to_another(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let wish = with(&query(1, 1), &json!({"hazards": "hormone", "batches": 2}));
        let confirmed = world.confirmed(&wish, "SECRET-CODE-A").await;
        let held = world.hold_best(&world.one.member, &query(4, 6), "SECRET-CODE-B").await;
        world.settle().await;
        let mut secrets: Vec<String> = [&confirmed["id"], &confirmed["reference"], &held["id"], &held["reference"]]
            .iter().map(|value| value.as_str().expect("text").to_owned()).collect();
        secrets.extend(["SECRET-CODE".into(), "Example Pharma 1".into(), "示例药业1".into(), "project 7".into(),
            "PO-2026-17".into(), world.one.organisation.to_string()]);
        for table in ["occupancy", "step", "product"] {
            for row in database.rows(&format!("SELECT id FROM {table}"), vec![]).await.expect("rows") {
                secrets.push(row.try_get::<uuid::Uuid>("", "id").expect("an id").to_string());
            }
        }

        let spy = &world.two.member;
        let line = world.plant.line(0);
        let period = "from=2026-12-01&to=2026-12-31";
        let mut bodies = Vec::new();
        for path in [
            "/api/v1/bookings".to_owned(),
            "/api/v1/notices".to_owned(),
            "/api/v1/platforms".to_owned(),
            "/api/v1/lines".to_owned(),
            format!("/api/v1/lines/{line}/free-busy?{period}"),
            format!("/api/v1/closures?line={line}"),
            "/api/v1/cleanings".to_owned(),
            "/api/v1/occupancy?quarter=2026-4".to_owned(),
            "/api/v1/demand?quarter=2026-4".to_owned(),
            "/api/v1/free-capacity".to_owned(),
            format!("/api/v1/platforms/{}/utilisation?{period}", world.plant.platform),
        ] {
            bodies.push(spy.get(&path).await);
        }
        // The answers to searches, to a refused hold, and to every attempt at what is not one's own.
        let mine = with(&query(1, 1), &json!({"batches": 2}));
        bodies.push(world.search(spy, &mine).await);
        let stolen = world.offers(&world.one.member, &with(&query(1, 2), &json!({"hazards": ""}))).await;
        for offer in &stolen {
            bodies.push(world.hold(spy, &mine, offer, "MINE").await);
        }
        let mut order = json!({"query": mine, "offer": stolen.first().map(|offer| offer["key"].clone())});
        order["query"]["from"] = "2026-12-01".into();
        bodies.push(spy.ask_once("POST", "/api/v1/holds", Some(order)).await);
        for booking in [&confirmed, &held] {
            let id = booking["id"].as_str().expect("an id");
            let at = |tail: &str| format!("/api/v1/bookings/{id}{tail}");
            for path in [at(""), at("/history"), at("/cancellation"), at("/move")] {
                let answer = spy.get(&path).await;
                // The path that was asked for is echoed; it is the spy's own knowledge.
                let mut problem = answer.problem(404, "not-found").clone();
                problem["instance"] = Value::Null;
                bodies.push(Answer { text: problem.to_string(), ..answer });
            }
            for (action, body) in [("withdraw", json!({})), ("request", super::world::details()),
                ("cancel", json!({"quoted_fee_fen": 0})), ("decline", json!({"reason": "x"})), ("start", Value::Null)]
            {
                world.act(spy, id, action, body).await.problem(404, "not-found");
            }
        }
        for answer in bodies {
            for secret in &secrets {
                let shown = answer.text.contains(secret.as_str());
                assert!(!shown, "{} shows {secret}: {}", answer.asked, answer.text);
            }
        }
        world.close(&database).await;
    }

    async fn nothing_of_one_firm_shows_where_it_is_asked_waits_or_wishes_beside_another(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, spy) = (&world.one.member, &world.two.member);
        // Either wants the other's day, by room and by a swap; both wait, and both wish for the same.
        for (on, product) in [(10, "SECRET-A"), (26, "SECRET-C")] {
            world.confirmed(&day(on), product).await;
        }
        let theirs = world.confirmed(&day(20), "SECRET-B").await;
        let offered = world.confirmed_for(spy, &day(28), "OWN").await;
        for on in [14, 24] {
            world.confirmed_for(spy, &day(on), "OWN").await;
        }
        let midnight = |on: u8| format!("2026-12-{on:02}T16:00:00Z");
        let swap = |booking: &Value, on: u8| {
            json!({"booking": booking["id"], "from": midnight(on - 1), "to": midnight(on)})
        };
        let waiting = |on: u8, product: &str| json!({"query": day(on), "product_code": product});
        let wish = |product: &str| json!({"query": day(17), "rank": 1, "product_code": product});
        let call = open_call(&world, json!({"rule": "first_come"})).await;
        let calls = format!("/api/v1/calls/{}", id(&call));
        make_room(one, &day(14), "SECRET-D").await.expect(201);
        one.ask_once("POST", "/api/v1/swaps", Some(swap(&theirs, 24))).await.expect(201);
        let waits = one.ask_once("POST", "/api/v1/waitlist", Some(waiting(14, "SECRET-E"))).await;
        let wishes = one.ask_once("POST", &format!("{calls}/wishes"), Some(wish("SECRET-F"))).await;
        let (waits, wishes) = (waits.expect(201).clone(), wishes.expect(201).clone());

        world.app.clock.advance(1);
        let ways = search_path(&day(10)).replace("/api/v1/offers", "/api/v1/repairs/ways");
        let mut bodies = vec![
            spy.get(&ways).await,
            make_room(spy, &day(10), "OWN").await,
            spy.ask_once("POST", "/api/v1/swaps", Some(swap(&offered, 26))).await,
            spy.ask_once("POST", "/api/v1/waitlist", Some(waiting(10, "OWN"))).await,
            spy.ask_once("POST", &format!("{calls}/wishes"), Some(wish("OWN"))).await,
        ];
        for (body, status) in bodies.iter().zip([200, 201, 201, 201, 201]) {
            body.expect(status);
        }
        // Once while the call is open, and once it is published.
        for published in [false, true] {
            if published {
                world.app.clock.set(seconds(&call["closes_at"]));
                world.settle().await;
                let draft = world.operator.ask_once("POST", &format!("{calls}/draft"), None).await.expect(200).clone();
                let seen = json!({"version": draft["version"]});
                world.operator.ask_once("POST", &format!("{calls}/publish"), Some(seen)).await.expect(200);
            }
            world.settle().await;
            for list in ["repairs", "proposals", "swaps", "waitlist", "notices"] {
                let answer = spy.get(&format!("/api/v1/{list}")).await;
                let items = answer.expect(200)["items"].as_array();
                assert!(items.is_some_and(|items| !items.is_empty()), "{list} has nothing to tell: {}", answer.text);
                bodies.push(answer);
            }
            let others = ["/api/v1/fairness", "/api/v1/late-leavings", "/api/v1/calls"].map(str::to_owned);
            for path in others.into_iter().chain([calls.clone(), format!("{calls}/wishes")]) {
                let answer = spy.get(&path).await;
                answer.expect(200);
                bodies.push(answer);
            }
        }
        // What isn't one's own isn't there; the path that was asked for is echoed.
        for path in [format!("/api/v1/waitlist/{}", id(&waits)), format!("/api/v1/wishes/{}", id(&wishes))] {
            spy.ask_once("DELETE", &path, None).await.problem(404, "not-found");
        }

        let names = ["SECRET", "Example Pharma 1", "示例药业1", "company1.example", id(&waits), id(&wishes)];
        let mut secrets: Vec<String> = names.map(str::to_owned).into();
        secrets.push(world.one.organisation.to_string());
        let bookings = one.get("/api/v1/bookings").await.expect(200)["items"].as_array().expect("a list").clone();
        assert_eq!(bookings.len(), 4, "the call gave one: {bookings:?}");
        for booking in &bookings {
            secrets.extend([id(booking), booking["reference"].as_str().expect("text")].map(str::to_owned));
        }
        // Rows of a line's time and of what is made on it are told to no firm, whosever they are.
        for rows in ["occupancy", "step", "product WHERE code LIKE 'SECRET%'"] {
            for row in database.rows(&format!("SELECT id FROM {rows}"), vec![]).await.expect("rows") {
                secrets.push(row.try_get::<uuid::Uuid>("", "id").expect("an id").to_string());
            }
        }
        for answer in bodies {
            for secret in &secrets {
                assert!(!answer.text.contains(secret.as_str()), "{} shows {secret}: {}", answer.asked, answer.text);
            }
        }
        world.close(&database).await;
    }

    async fn free_and_busy_tells_neither_by_whom_nor_why(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        // Two neighbours with a short set-up between them, and far off a third.
        world.hold_best(&world.one.member, &query(1, 1), "P").await;
        world.hold_best(&world.two.member, &query(1, 2), "Q").await;
        let path = format!("/api/v1/lines/{}/free-busy?from=2026-12-01&to=2026-12-31", world.plant.line(0));
        let seen = world.district.get(&path).await;
        assert_eq!(seen.expect(200)["rows"], json!([]));
        for piece in seen.body["busy"].as_array().expect("pieces") {
            let names = piece.as_object().expect("a piece").keys();
            assert!(names.clone().count() == 2 && names.clone().all(|name| name == "start" || name == "end"));
        }
        let inside = world.operator.get(&path).await;
        assert_eq!(inside.expect(200)["rows"].as_array().map(Vec::len), Some(2));
        assert_eq!(inside.body["busy"], seen.body["busy"]);
        world.app.visitor().get(&path).await.problem(401, "unauthenticated");
        world.close(&database).await;
    }
    async fn where_a_line_is_free_again_tells_nothing_of_the_set_up_there(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let path = format!("/api/v1/lines/{}/free-busy?from=2026-12-01&to=2026-12-31", world.plant.line(0));
        // Behind a hormone the line is cleaned for a day, otherwise for two hours.
        for hazards in ["", "hormone"] {
            let held = world.hold_best(&world.one.member, &with(&query(1, 1), &json!({"hazards": hazards})), "P").await;
            let stranger = world.two.member.get(&path).await;
            let first = &world.offers(&world.two.member, &query(1, 31)).await[0]["steps"][0]["start"];
            assert_eq!(&stranger.expect(200)["busy"][0]["end"], first, "beside {hazards:?}");
            let own = world.one.member.get(&path).await;
            let steps = &held["steps"][0];
            let piece = json!({"start": steps["start"], "end": steps["end"]});
            assert_eq!(own.expect(200)["busy"][0], piece, "one's own is no secret");
            world.act(&world.one.member, held["id"].as_str().expect("an id"), "withdraw", json!({})).await.expect(200);
        }
        world.close(&database).await;
    }

    async fn what_an_alternative_costs_tells_nothing_of_who_ran_before(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let mut told = Vec::new();
        // Behind a hormone the first line is cleaned for a day, otherwise for two hours; nothing ran on the second.
        for hazards in ["", "hormone"] {
            let ahead = world.hold_best(one, &with(&query(1, 3), &json!({"hazards": hazards})), "P").await;
            let wanted = world.offers(one, &query(16, 18)).await.remove(0);
            assert_eq!(ahead["steps"][0]["line"], wanted["steps"][0]["line"]);
            let held = world.hold(one, &query(16, 18), &wanted, "Q").await.expect(201).clone();
            let taken = world.hold(two, &query(10, 30), &wanted, "R").await;
            let instead = taken.problem(409, "conflict")["alternatives"].as_array().expect("a list").clone();
            let lines: std::collections::BTreeSet<_> =
                instead.iter().map(|offer| offer["steps"][0]["line"].to_string()).collect();
            assert_eq!(lines.len(), 2, "{instead:?}");
            let of = |offer: &Value| (offer["rank"].clone(), offer["steps"].clone(), offer["instead"].clone());
            told.push(instead.iter().map(of).collect::<Vec<_>>());
            for booking in [&ahead, &held] {
                world.act(one, id(booking), "withdraw", json!({})).await.expect(200);
            }
        }
        assert_eq!(told[0], told[1]);
        world.close(&database).await;
    }

    async fn who_asks_often_when_a_line_is_free_is_told_to_wait(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let app = tests::App::start_with(&database, |settings| settings.limits.search_per_minute = 2).await;
        let (firm, operator) = (app.visitor(), app.visitor());
        firm.sign_in("member@company1.example", tests::app::PASSWORD).await.expect(201);
        operator.sign_in("operator@plant.example", tests::app::PASSWORD).await.expect(201);
        let path = format!("/api/v1/lines/{}/free-busy?from=2026-12-01&to=2026-12-31", world.plant.line(0));
        for _ in 0..2 {
            firm.get(&path).await.expect(200);
        }
        firm.get(&path).await.problem(429, "too-many");
        world.search(&firm, &query(1, 1)).await.problem(429, "too-many");
        for _ in 0..3 {
            operator.get(&path).await.expect(200);
        }
        app.stop().await;
        world.close(&database).await;
    }
}
