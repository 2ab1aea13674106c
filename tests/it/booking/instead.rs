//! What is offered instead of a place that somebody else took: a few that differ in kind, at a stated cost.

use serde_json::{Value, json};
use tests::on_both_databases;

use super::{
    World,
    outages::{day, id},
    world::{query, search_path},
};

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

    async fn a_place_behind_ones_own_campaign_counts_less_changeover(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let own = world.hold_best(two, &query(1, 1), "R").await;
        let wanted = world.offers(one, &query(16, 18)).await.remove(0);
        assert_eq!(own["steps"][0]["line"], wanted["steps"][0]["line"]);
        world.hold(one, &query(16, 18), &wanted, "A").await.expect(201);
        // It takes two hours behind one's own, and up to a day behind anybody: another product may have been a hormone.
        let longer = 24 * 60 - 2 * 60;
        // Its operators know what runs where, and a line that has run nothing yet takes two hours as well.
        let cases = [(two, "holds", longer), (&world.operator, "operator-bookings", 0)];
        for (asker, path, longer) in cases {
            let order = json!({"query": query(10, 30), "offer": wanted["key"], "product_code": "S"});
            let taken = asker.ask_once("POST", &format!("/api/v1/{path}"), Some(order)).await;
            let instead = taken.problem(409, "conflict")["alternatives"].as_array().expect("a list").clone();
            let of = |kind: &str, what: &str| {
                let one = instead.iter().find(|offer| offer["instead"]["kind"] == kind);
                one.and_then(|offer| offer["instead"][what].as_i64()).expect("one of this kind")
            };
            let changeovers = ["sooner", "later", "another_line"].map(|kind| of(kind, "changeover_minutes"));
            assert_eq!(changeovers, [0, longer, longer], "{instead:?}");
            // Beside shift, another line and whole percents of price a quarter of it.
            for (kind, line) in [("sooner", 0), ("later", 0), ("another_line", 1440)] {
                let rest = of(kind, "cost_minutes") - of(kind, "shift_minutes").abs() - line;
                assert_eq!((rest - of(kind, "changeover_minutes") / 4) % 360, 0, "{kind}: {instead:?}");
            }
        }
        world.close(&database).await;
    }

    async fn where_nothing_fits_every_line_says_why_and_every_way_out_is_told(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, day(10));
        let offers = world.offers(one, &wish).await;
        for offer in &offers {
            world.hold(one, &wish, offer, "A").await.expect(201);
        }
        let lost = world.hold(two, &wish, &offers[0], "B").await;
        let problem = lost.problem(409, "conflict");
        assert_eq!((&problem["alternatives"], &problem["may_free"]), (&json!([]), &json!(true)));
        let searched = world.search(two, &wish).await.expect(200)["refusals"].clone();
        assert_eq!(problem["refusals"], searched, "what a search says of each line, and no more");
        assert_eq!(searched.as_array().map(Vec::len), Some(2));
        let detail = problem["detail"].as_str().expect("words");
        assert!(detail.ends_with("You can wait for a place to become free, or ask others to make room."), "{detail}");
        assert!(!detail.contains('0'), "what there is none of is not counted: {detail}");
        world.close(&database).await;
    }

    async fn who_loses_to_its_own_company_is_told_so_and_where_that_is(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        let wish = query(10, 20);
        let offer = world.offers(&world.one.member, &wish).await.remove(0);
        let held = world.hold(&world.one.member, &wish, &offer, "A").await.expect(201).clone();
        let search = search_path(&wish).trim_start_matches("/api/v1/offers").to_owned();
        for (language, faster, own) in
            [("en", "Somebody was faster", "Your own company was faster"), ("zh", "这个时段刚被占用", "贵企业已先占用")]
        {
            let key = uuid::Uuid::now_v7().to_string();
            let here = format!("/{language}{search}");
            let order = json!({"search": search, "offer": offer["key"], "key": key, "here": here});
            let link = format!("/{language}/bookings/{}", id(&held));
            for (visitor, says, silent) in [(&world.one.admin, own, faster), (&world.two.member, faster, own)] {
                let lost = visitor.post_form("/do/hold", &order).await;
                lost.expect(409);
                assert!(lost.text.contains(says) && !lost.text.contains(silent), "{}", lost.text);
                assert_eq!(lost.text.contains(&link), says == own, "{}", lost.text);
            }
        }
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
