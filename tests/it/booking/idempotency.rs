//! A double click books once.

use futures::future::join_all;
use serde_json::json;
use tests::on_both_databases;

use super::{World, world::query};

on_both_databases! {
    async fn a_double_click_books_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(1, 10);
        let offers = world.offers(&world.one.member, &wish).await;
        let order = json!({"query": wish, "offer": offers[0]["key"], "product_code": "P"});
        let clicks = (0..8).map(|_| world.one.member.post_once("/api/v1/holds", "click-1", order.clone()));
        let answers = join_all(clicks).await;
        for answer in &answers {
            assert_eq!(answer.expect(201), &answers[0].body, "every click gets the first answer");
        }
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 1);

        // Later too, when the slot is long taken; and after the clock went on, still the first answer.
        world.app.clock.advance(3600);
        let replay = world.one.member.post_once("/api/v1/holds", "click-1", order.clone()).await;
        assert_eq!(replay.expect(201), &answers[0].body);

        // The key belongs to that request, and to that account.
        let other = json!({"query": wish, "offer": offers[0]["key"], "product_code": "Q"});
        world.one.member.post_once("/api/v1/holds", "click-1", other).await.problem(422, "key-reused");
        world.two.member.post_once("/api/v1/holds", "click-1", order.clone()).await.problem(409, "conflict");
        let missing = world.one.member.post("/api/v1/holds", order).await;
        missing.invalid("idempotency-key", "missing");
        world.close(&database).await;
    }

    async fn answers_are_kept_for_seven_days(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(20, 20);
        let offers = world.offers(&world.one.member, &wish).await;
        let order = json!({"query": wish, "offer": offers[0]["key"], "product_code": "P"});
        let first = world.one.member.post_once("/api/v1/holds", "kept", order.clone()).await;
        first.expect(201);
        let kept = "SELECT count(*) FROM idempotency WHERE key = 'kept'";
        world.app.clock.advance(7 * 86_400 - 1);
        server::usecase::people::sweep(&world.app.state).await.expect("a sweep");
        let replay = world.one.member.post_once("/api/v1/holds", "kept", order).await;
        assert_eq!(replay.expect(201), &first.body);
        assert_eq!(database.number(kept).await, 1);
        world.app.clock.advance(1);
        server::usecase::people::sweep(&world.app.state).await.expect("a sweep");
        assert_eq!(database.number(kept).await, 0);
        world.close(&database).await;
    }

    async fn a_refused_attempt_may_be_tried_again_under_its_key(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(1, 1);
        let offers = world.offers(&world.one.member, &wish).await;
        let rival = world.hold(&world.two.member, &wish, &offers[0], "P").await;
        let order = json!({"query": wish, "offer": offers[0]["key"]});
        world.one.member.post_once("/api/v1/holds", "again", order.clone()).await.problem(409, "conflict");
        world.act(&world.two.member, &rival.string("id"), "withdraw", json!({})).await.expect(200);
        world.one.member.post_once("/api/v1/holds", "again", order).await.expect(201);
        world.close(&database).await;
    }
}
