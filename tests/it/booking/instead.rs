//! What is offered instead of a place that somebody else took: a few that differ in kind, at a stated cost.

use serde_json::Value;
use tests::on_both_databases;

use super::{World, world::query};

on_both_databases! {
    async fn alternatives_differ_in_kind_and_say_how(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, query(2, 20));
        let offers = world.offers(one, &wish).await;
        let wanted = &offers[0];
        world.hold(one, &wish, wanted, "A").await.expect(201);
        let taken = world.hold(two, &wish, wanted, "B").await;
        let instead = taken.problem(409, "conflict")["alternatives"].as_array().expect("a list").clone();
        let of = |offer: &Value, what: &str| offer["instead"][what].clone();
        let kinds: Vec<Value> = instead.iter().map(|offer| of(offer, "kind")).collect();
        // On the other line at once: a day's shift in cost; on the same line once that is free: the shift itself.
        assert!(kinds.contains(&"another_line".into()) && kinds.contains(&"later".into()), "{kinds:?}");
        let costs: Vec<i64> = instead.iter().filter_map(|offer| of(offer, "cost_minutes").as_i64()).collect();
        assert_eq!(costs.len(), instead.len());
        assert!(costs.is_sorted(), "{costs:?}");
        for offer in &instead {
            let shift = of(offer, "shift_minutes").as_i64().expect("minutes");
            let dearer = of(offer, "cost_minutes").as_i64().expect("minutes") - shift.abs();
            let kind = of(offer, "kind");
            if kind == "another_line" {
                assert_eq!((dearer, offer["steps"][0]["line"] != wanted["steps"][0]["line"]), (1440, true));
            } else {
                assert_eq!((kind, dearer, offer["steps"][0]["line"].clone()), ("later".into(), 0, wanted["steps"][0]["line"].clone()));
                assert!(shift > 0);
            }
        }
        assert!(offers.iter().all(|offer| offer["instead"].is_null()), "a search has nothing to compare with");
        world.close(&database).await;
    }

    async fn the_nearest_places_are_offered_however_wide_the_window(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let wanted = world.offers(one, &query(16, 18)).await.remove(0);
        world.hold(one, &query(16, 18), &wanted, "A").await.expect(201);
        let taken = world.hold(two, &query(2, 30), &wanted, "B").await;
        let instead = taken.problem(409, "conflict")["alternatives"].as_array().expect("a list").clone();
        let of = |kind: &str| {
            let one = instead.iter().find(|offer| offer["instead"]["kind"] == kind);
            one.and_then(|offer| offer["instead"]["shift_minutes"].as_i64()).expect("one of this kind")
        };
        assert_eq!(of("another_line"), 0, "the other line is free at the same time");
        assert!((-2 * 1440..0).contains(&of("sooner")), "{instead:?}");
        assert!((1..2 * 1440).contains(&of("later")), "{instead:?}");
        world.close(&database).await;
    }
}
