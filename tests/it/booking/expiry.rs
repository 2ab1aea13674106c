//! Time runs out: to the second, whether or not anybody sweeps.

use std::time::Duration;

use serde_json::json;
use server::usecase::sweep::sweep;
use tests::on_both_databases;

use super::{
    World,
    world::{details, query, seconds},
};

on_both_databases! {
    async fn a_hold_ends_at_its_very_second(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(1, 1);
        let offers = world.offers(&world.one.member, &wish).await;
        let held = world.hold(&world.one.member, &wish, &offers[0], "P").await;
        let (id, expiry) = (held.string("id"), seconds(&held.expect(201)["hold_expires_at"]));
        world.app.clock.set(expiry - 1);
        world.hold(&world.two.member, &wish, &offers[0], "P").await.problem(409, "conflict");
        world.app.clock.set(expiry);
        // Nobody swept: the next hold releases it on its way, and it can't be requested any more.
        let late = world.act(&world.one.member, &id, "request", details()).await;
        assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "hold_expired");
        assert_eq!(world.offers(&world.two.member, &wish).await.len(), 1, "searches count it as free");
        world.hold(&world.two.member, &wish, &offers[0], "P").await.expect(201);
        assert_eq!(world.booking(&world.one.member, &id).await["status"], "expired");
        world.settle().await;
        assert_eq!(world.notices(&world.one.member).await, ["hold_expired"]);
        world.close(&database).await;
    }

    async fn a_reply_that_is_due_at_midnight_is_due_by_the_end_of_the_day_before(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (client, operator) = (&world.one.member, &world.operator);
        let held = world.hold_best(client, &query(10, 10), "P").await;
        let id = held["id"].as_str().expect("an id");
        let asked = world.act(client, id, "request", details()).await;
        // It is Monday, and the platform has three working days.
        assert_eq!(asked.expect(200)["reply_by"], "2026-11-26T16:00:00Z");
        for (visitor, path, words) in [
            (client, format!("/en/bookings/{id}"), "answers by the end of Thu 26 Nov 2026"),
            (client, "/zh/campaigns".to_owned(), "2026年11月26日 周四 24:00"),
            (operator, format!("/en/desk/requests/{id}"), "the end of Thu 26 Nov 2026"),
            (operator, "/zh/desk".to_owned(), "11月26日 24:00"),
        ] {
            let page = visitor.get(&path).await.text;
            assert!(page.contains(words), "{path}: {words}: {page}");
        }
        world.close(&database).await;
    }

    async fn one_that_cannot_be_released_keeps_no_other_waiting(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (client, wish) = (&world.one.member, query(3, 3));
        let first = world.hold_best(client, &wish, "P").await;
        world.app.clock.advance(3600);
        let stuck = world.hold_best(client, &wish, "Q").await;
        // Its row says that there is time yet: a fault, which `verify` would name.
        let until = async |at: i64| {
            let stuck = stuck["reference"].as_str().expect("a reference");
            let sql = format!("UPDATE booking SET hold_expires_at = {at} WHERE reference = '{stuck}'");
            database.execute(&sql, vec![]).await.expect("it is changed");
        };
        until(1).await;
        world.app.clock.set(seconds(&first["hold_expires_at"]));
        let swept = tokio::time::timeout(Duration::from_secs(30), sweep(&world.app.state)).await;
        assert_eq!(swept.expect("it ends").expect("a sweep"), 2);
        assert_eq!(database.number("SELECT count(*) FROM booking WHERE status = 'expired'").await, 1);
        until(seconds(&stuck["hold_expires_at"])).await;
        world.close(&database).await;
    }

    async fn an_expired_hold_gives_back_its_share_of_a_pool_to_any_line(database: TestDatabase) {
        // Three lines, and a crew for two of them a day: the third can't run while the others are held.
        let world = World::new(&database, 3).await;
        let wish = query(3, 3);
        let offers = world.offers(&world.one.member, &wish).await;
        let mut held = Vec::new();
        for offer in &offers[..2] {
            held.push(world.hold(&world.one.member, &wish, offer, "P").await.expect(201).clone());
        }
        world.hold(&world.two.member, &wish, &offers[2], "P").await.problem(409, "conflict");
        // Nobody swept, and neither line of the expired holds is asked for.
        world.app.clock.set(seconds(&held[1]["hold_expires_at"]));
        world.hold(&world.two.member, &wish, &offers[2], "P").await.expect(201);
        for hold in &held {
            let id = hold["id"].as_str().expect("an id");
            assert_eq!(world.booking(&world.one.member, id).await["status"], "expired");
        }
        world.close(&database).await;
    }

    async fn the_sweep_releases_what_nobody_touches(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let held = world.hold_best(&world.one.member, &query(1, 5), "P").await;
        let requested = world.hold_best(&world.two.member, &query(1, 5), "P").await;
        let id = requested["id"].as_str().expect("an id");
        let requested = world.act(&world.two.member, id, "request", details()).await;
        world.app.clock.set(seconds(&held["hold_expires_at"]));
        world.settle().await;
        let first = held["id"].as_str().expect("an id");
        assert_eq!(world.booking(&world.one.member, first).await["status"], "expired");
        assert_eq!(world.booking(&world.two.member, id).await["status"], "requested", "its reply is not due yet");
        world.app.clock.set(seconds(&requested.expect(200)["reply_by"]));
        world.settle().await;
        assert_eq!(world.booking(&world.two.member, id).await["status"], "declined");
        assert_eq!(world.notices(&world.two.member).await, ["request_lapsed"]);
        assert_eq!(database.number("SELECT count(*) FROM occupancy WHERE live IS NOT NULL AND head IS NULL").await, 0);
        assert_eq!(database.number("SELECT count(*) FROM pool_claim").await, 0);
        let late = world.act(&world.operator, id, "decline", json!({"reason": "x"})).await;
        assert_eq!(late.problem(422, "refused")["refusal"]["reason"], "wrong_state");
        world.close(&database).await;
    }
}
