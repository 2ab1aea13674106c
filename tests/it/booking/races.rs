//! Two things at once: each pair ends in one of the states that one after the other could have led to, with a clear
//! answer to whoever came second, and the audit of the whole store finds nothing wrong.

use serde_json::{Value, json};
use server::usecase::{sweep::sweep, waitlist::promote};
use tests::on_both_databases;

use super::{
    World,
    outages::{asks, day, down, id, say},
    world::{details, seconds},
};

const ROUNDS: u8 = 4;

on_both_databases! {
    async fn a_request_approved_twice_is_confirmed_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        for round in 1..=ROUNDS {
            let held = world.hold_best(&world.one.member, &day(2 * round), "P").await;
            world.act(&world.one.member, id(&held), "request", details()).await.expect(200);
            world.act(&world.qa, id(&held), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
            let approve = || world.act(&world.operator, id(&held), "approve", Value::Null);
            let (first, second) = tokio::join!(approve(), approve());
            let mut statuses = [first.status, second.status];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 422], "{} {}", first.text, second.text);
            let refused = if first.status == 422 { first } else { second };
            assert_eq!(refused.problem(422, "refused")["refusal"]["reason"], "wrong_state");
            let sql = format!("SELECT count(*) FROM decision WHERE action = 'approve' AND booking = (SELECT id FROM booking WHERE reference = '{}')",
                held["reference"].as_str().expect("a reference"));
            assert_eq!(database.number(&sql).await, 1);
        }
        world.close(&database).await;
    }

    async fn a_hold_that_expires_is_not_requested(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        for (early, expected) in [(1, "requested"), (0, "expired")] {
            let held = world.hold_best(one, &day(20 + early), "P").await;
            world.app.clock.set(seconds(&held["hold_expires_at"]) - i64::from(early));
            let (said, swept) =
                tokio::join!(world.act(one, id(&held), "request", details()), sweep(&world.app.state));
            swept.expect("a sweep");
            assert_eq!(world.booking(one, id(&held)).await["status"], expected);
            if early == 1 {
                said.expect(200);
            } else {
                let reason = said.problem(422, "refused")["refusal"]["reason"].clone();
                assert!([json!("hold_expired"), json!("wrong_state")].contains(&reason), "{reason}");
            }
        }
        world.close(&database).await;
    }

    async fn a_request_that_lapses_is_not_confirmed(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let held = world.hold_best(&world.one.member, &day(28), "P").await;
        world.act(&world.one.member, id(&held), "request", details()).await.expect(200);
        let assured = world.act(&world.qa, id(&held), "confirm-hazards", json!({"reason": "SDS"})).await;
        world.app.clock.set(seconds(&assured.expect(200)["reply_by"]));
        let (said, swept) = tokio::join!(
            world.act(&world.operator, id(&held), "approve", Value::Null),
            sweep(&world.app.state)
        );
        swept.expect("a sweep");
        said.problem(422, "refused");
        assert_eq!(world.booking(&world.one.member, id(&held)).await["status"], "declined");
        world.close(&database).await;
    }

    async fn what_is_freed_goes_to_whoever_waits_and_not_to_whoever_books(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for round in 1..=ROUNDS {
            let wish = day(3 * round);
            let offer = world.offers(two, &wish).await.remove(0);
            let held = world.hold(one, &wish, &offer, "FILL").await.expect(201).clone();
            let waits = json!({"query": wish, "product_code": "W"});
            one.ask_once("POST", "/api/v1/waitlist", Some(waits)).await.expect(201);
            world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
            let (given, booked) =
                tokio::join!(promote(&world.app.state), world.hold(two, &wish, &offer, "B"));
            let given = given.expect("a turn");
            assert!(given <= 1, "given once, by whoever looked first");
            assert_eq!(booked.problem(409, "conflict")["refusal"]["reason"], "busy");
            let live = "SELECT count(*) FROM booking WHERE status = 'held'";
            assert_eq!(database.number(live).await, 1);
            for visitor in [one, two] {
                let all = visitor.get("/api/v1/bookings?status=held").await;
                for booking in all.expect(200)["items"].as_array().expect("a list") {
                    world.act(visitor, id(booking), "withdraw", json!({})).await.expect(200);
                }
            }
            let list = one.get("/api/v1/waitlist").await;
            for entry in list.expect(200)["items"].as_array().expect("a list") {
                one.delete(&format!("/api/v1/waitlist/{}", id(entry))).await.expect(204);
            }
            promote(&world.app.state).await.expect("a turn");
        }
        world.close(&database).await;
    }

    async fn a_closure_and_a_hold_never_share_a_day(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        for round in 1..=ROUNDS {
            let wish = day(3 * round);
            let offer = world.offers(&world.one.member, &wish).await.remove(0);
            let step = &offer["steps"][0];
            let order = json!({"line": step["line"], "start": step["start"], "end": step["end"], "kind": "hvac"});
            let (held, closed) = tokio::join!(
                world.hold(&world.one.member, &wish, &offer, "P"),
                world.operator.ask_once("POST", "/api/v1/closures", Some(order))
            );
            match (held.status, closed.status) {
                (201, 409) => {
                    assert_eq!(closed.problem(409, "in-the-way")["hits"][0]["booking"], held.body["id"]);
                    world.act(&world.one.member, id(&held.body), "withdraw", json!({})).await.expect(200);
                }
                (409, 201) => drop(held.problem(409, "conflict")),
                other => panic!("{other:?}: {} {}", held.text, closed.text),
            }
        }
        world.close(&database).await;
    }

    async fn a_line_that_goes_down_while_it_is_booked_hits_or_refuses(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        for round in 0..ROUNDS {
            let on = 3 + 7 * round;
            let offer = world.offers(&world.one.member, &day(on)).await.remove(0);
            let wish = day(on);
            let (held, marked) = tokio::join!(
                world.hold(&world.one.member, &wish, &offer, "P"),
                down(&world, &offer, on)
            );
            let marked = marked.expect(201);
            match held.status {
                // It was first, and its firm, which wants that day, is asked about another.
                201 => {
                    assert_eq!(marked["hit"], json!(1));
                    let asked = asks(&world.one.member).await;
                    assert!(asked.iter().any(|ask| ask["booking"] == held.body["id"] && ask["state"] == "open"));
                    world.act(&world.one.member, id(&held.body), "withdraw", json!({})).await.expect(200);
                }
                409 => {
                    assert_eq!(marked["hit"], json!(0));
                    assert_eq!(held.problem(409, "conflict")["refusal"]["reason"], "line_down");
                }
                _ => panic!("{}", held.text),
            }
        }
        world.close(&database).await;
    }

    async fn a_way_out_agreed_to_once_it_is_taken_moves_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        down(&world, &booking, 10).await.expect(201);
        let ask = asks(two).await.remove(0);
        let to = &ask["to"][0];
        let order = json!({"line": to["line"], "start": to["start"], "end": to["end"], "kind": "hvac"});
        let (said, closed) = tokio::join!(
            say(two, &ask, "accept"),
            world.operator.ask_once("POST", "/api/v1/closures", Some(order))
        );
        let state = said.expect(200)["state"].clone();
        let steps = world.booking(two, id(&booking)).await["steps"].clone();
        match closed.status {
            201 => assert_eq!((&state, &steps), (&json!("over"), &booking["steps"])),
            409 => assert_eq!((&state, &steps), (&json!("moved"), &ask["to"])),
            _ => panic!("{}", closed.text),
        }
        world.close(&database).await;
    }

    async fn a_consent_after_the_expiry_leaves_it_to_the_operator(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        down(&world, &booking, 10).await.expect(201);
        let ask = asks(two).await.remove(0);
        world.app.clock.set(seconds(&ask["answer_by"]));
        let (said, swept) = tokio::join!(say(two, &ask, "accept"), sweep(&world.app.state));
        swept.expect("a sweep");
        assert_eq!(said.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        let all = world.operator.get("/api/v1/conflicts").await;
        assert_eq!(all.expect(200)["items"][0]["state"], "expired");
        world.close(&database).await;
    }
}
