//! What is sold again of a slot reduces the fee of whoever left it.

use domain::policy::after_resale;
use serde_json::{Value, json};
use tests::{Visitor, on_both_databases};

use super::{
    World,
    plans::{hold_flexibly, offer_plans},
    repairing::make_room,
    world::{details, query, seconds, with},
};

/// Minutes of the first step.
fn interval(booking: &Value) -> (i64, i64) {
    let step = &booking["steps"][0];
    (seconds(&step["start"]) / 60, seconds(&step["end"]) / 60)
}

fn id(booking: &Value) -> &str {
    booking["id"].as_str().expect("an id")
}

/// Cancels for what it costs; the fee.
async fn cancel(world: &World, client: &Visitor, booking: &Value) -> i64 {
    let quote = client.get(&format!("/api/v1/bookings/{}/cancellation", id(booking))).await;
    let fee = quote.expect(200)["fee_fen"].as_i64().expect("a fee");
    world.act(client, id(booking), "cancel", json!({"quoted_fee_fen": fee})).await.expect(200);
    fee
}

fn fees(booking: &Value) -> (i64, i64, i64) {
    let number = |name: &str| booking[name].as_i64().unwrap_or_else(|| panic!("{name}: {booking}"));
    (number("fee_fen"), number("fee_due_fen"), number("resold_percent"))
}

on_both_databases! {
    async fn what_is_sold_again_reduces_the_fee_by_its_share(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let two_batches = with(&query(20, 20), &json!({"batches": 2}));
        let left = world.confirmed(&two_batches, "A").await;
        let fee = cancel(&world, one, &left).await;
        assert!(fee > 0);
        assert_eq!(fees(&world.booking(one, id(&left)).await), (fee, fee, 0));

        let page = one.get(&format!("/en/bookings/{}", id(&left))).await.text;
        for words in ["Total fees", "For cancelling", "Still to pay", "Invoice from "] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(!page.contains("For moving") && !page.contains("Nothing more to do"), "{page}");

        // A hold and a request sell nothing yet.
        let next = world.hold_best(two, &query(20, 20), "RIVAL-1").await;
        world.act(two, id(&next), "request", details()).await.expect(200);
        world.act(&world.qa, id(&next), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        assert_eq!(fees(&world.booking(one, id(&left)).await), (fee, fee, 0));
        world.act(&world.operator, id(&next), "approve", Value::Null).await.expect(200);

        let ((from, to), (start, end)) = (interval(&left), interval(&next));
        let sold = to.min(end) - from.max(start);
        assert!(sold > 0 && sold < to - from, "a part of it: {sold}");
        let due = after_resale(fee, sold, to - from);
        let share = sold * 100 / (to - from);
        let seen = world.booking(one, id(&left)).await;
        assert_eq!(fees(&seen), (fee, due, share));
        assert_eq!(fees(&world.booking(&world.operator, id(&left)).await), (fee, due, share));

        // The share, and nothing of whose it is.
        let history = one.get(&format!("/api/v1/bookings/{}/history", id(&left))).await;
        assert!(history.expect(200).to_string().contains("resell"));
        world.settle().await;
        let notices = one.get("/api/v1/notices").await;
        assert_eq!(notices.expect(200)["items"][0]["kind"], "fee_reduced");
        for text in [seen.to_string(), history.text, notices.text] {
            for secret in [id(&next), next["reference"].as_str().expect("a reference"), "RIVAL-1", "公司2", "药业2"] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
        }

        // The next one leaves too, for a fee of its own: what was forgiven stays forgiven, and is forgiven once.
        cancel(&world, two, &next).await;
        assert_eq!(fees(&world.booking(one, id(&left)).await), (fee, due, share));
        let records = "SELECT count(*) FROM decision WHERE action = 'resell'";
        assert_eq!(database.number(records).await, 1);
        world.close(&database).await;
    }

    async fn only_a_sale_to_another_company_counts(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let left = world.confirmed(&query(20, 20), "A").await;
        let fee = cancel(&world, one, &left).await;
        let again = world.confirmed(&query(20, 20), "B").await;
        assert_eq!(interval(&again), interval(&left));
        assert_eq!(fees(&world.booking(one, id(&left)).await), (fee, fee, 0), "to itself is no resale");
        let more = cancel(&world, one, &again).await;

        // The platform's own production is no sale.
        let offers = world.offers(&world.operator, &query(20, 20)).await;
        let order = json!({"query": query(20, 20), "offer": offers[0]["key"], "product_code": "OWN"});
        let own = world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(order)).await.expect(201).clone();
        world.act(&world.qa, id(&own), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id(&own), "approve", Value::Null).await.expect(200);
        assert_eq!(fees(&world.booking(one, id(&left)).await), (fee, fee, 0));
        cancel(&world, &world.operator, &own).await;

        // One sale reduces the fees of both who left the slot before: each is forgiven what of its slot is sold.
        world.confirmed_for(&world.two.member, &query(20, 20), "C").await;
        assert_eq!(fees(&world.booking(one, id(&left)).await), (fee, 0, 100));
        assert_eq!(fees(&world.booking(one, id(&again)).await), (more, 0, 100));
        world.close(&database).await;
    }

    async fn what_is_put_on_the_slot_by_rule_sells_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let day = |on: u8| with(&query(on, on), &json!({"batches": 2}));
        let left = world.confirmed(&day(20), "A").await;
        let wide = with(&query(20, 24), &json!({"batches": 2}));
        let offer = world.offers(two, &day(24)).await.remove(0);
        let far = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
        world.act(two, id(&far), "request", details()).await.expect(200);
        world.act(&world.qa, id(&far), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id(&far), "approve", Value::Null).await.expect(200);
        let closed = json!({"line": world.plant.line(0), "start": "2026-12-20T16:00:00Z",
            "end": "2026-12-23T10:00:00Z", "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        let fee = cancel(&world, one, &left).await;
        // Whoever left asks for room, or an ally of it, and drives the other onto what it has left.
        assert!(make_room(one, &day(24), "C").await.expect(201)["booking"].is_object());
        let ((from, to), (start, end)) = (interval(&left), interval(&world.booking(two, id(&far)).await));
        assert!(start < to && from < end, "it stands there");
        assert_eq!(fees(&world.booking(one, id(&left)).await), (fee, fee, 0));
        world.close(&database).await;
    }

    async fn a_move_onto_the_slot_sells_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let left = world.confirmed(&query(20, 20), "A").await;
        let fee = cancel(&world, one, &left).await;
        let next = world.confirmed_for(two, &query(24, 24), "B").await;
        assert_eq!(fees(&world.booking(one, id(&left)).await), (fee, fee, 0));
        let wish = with(&query(20, 20), &json!({"moving": id(&next)}));
        let target = world.offers(two, &wish).await[0].clone();
        let quote = two.get(&format!("/api/v1/bookings/{}/move", id(&next))).await.expect(200)["fee_fen"].clone();
        let order = json!({"query": wish, "offer": target["key"], "quoted_fee_fen": quote});
        world.act(two, id(&next), "move", order).await.expect(200);
        let seen = world.booking(one, id(&left)).await;
        assert_eq!((seen["fee_due_fen"].as_i64(), seen["resold_percent"].as_i64()), (Some(0), Some(100)));
        world.close(&database).await;
    }
}
