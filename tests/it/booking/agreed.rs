//! What a plan window lets others do: a move by rule inside what isn't frozen, and beyond it a question.

use domain::policy::Policy;
use serde_json::{Value, json};
use tests::{TestDatabase, Visitor, app::Answer, on_both_databases};

use super::{
    World,
    changing::save_policy,
    outages::{asks, day, id, say},
    plans::{hold_flexibly, offer_plans},
    repairing::{make_room, repairs},
    world::{details, query, seconds, with},
};

/// A confirmed campaign of `client` on the plant day `on`, with a plan window from the day `from` to the day `to`.
async fn planned(world: &World, client: &Visitor, on: u8, (from, to): (u8, u8), more: &Value) -> Value {
    let wide = with(&day(on), &query_days(from, to));
    let offer = world.offers(client, &day(on)).await.remove(0);
    let held = hold_flexibly(client, &wide, &offer, "B").await.expect(201).clone();
    world.act(client, id(&held), "request", with(&details(), more)).await.expect(200);
    world.act(&world.qa, id(&held), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
    world.act(&world.operator, id(&held), "approve", Value::Null).await.expect(200).clone()
}

fn query_days(from: u8, to: u8) -> Value {
    let days = query(from, to);
    json!({"from": days["from"], "to": days["to"]})
}

/// Closes the line from this plant day of December until six in the evening of another.
async fn close(world: &World, from: u8, to: u8) {
    let closed = json!({"line": world.plant.line(0), "start": format!("2026-12-{:02}T16:00:00Z", from - 1),
        "end": format!("2026-12-{to:02}T10:00:00Z"), "kind": "hvac"});
    world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
}

/// The moment at which the plant day of December begins.
fn begin(day: u8) -> i64 {
    seconds(&json!(format!("2026-12-{:02}T16:00:00Z", day - 1)))
}

/// A plant that asks nobody, with a campaign on the 22nd that may be moved by rule since the 2nd, on a line that has
/// room for it until the 15th alone.
async fn free_until_the_fifteenth(database: &TestDatabase) -> (World, Value) {
    let world = World::new(database, 1).await;
    let policy = Policy {
        version: 2,
        ask_most: 0,
        max_holds: 1_000,
        plan_discount_percent: 10,
        plan_freeze_days: 7,
        ..Policy::default()
    };
    save_policy(&world, policy).await;
    let materials = json!({"materials_on": "2026-12-14"});
    let booking = planned(&world, &world.two.member, 22, (2, 22), &materials).await;
    close(&world, 16, 21).await;
    (world, booking)
}

/// Whether there is no room to be made.
fn is_none(answer: &Answer) -> bool {
    let reason = &answer.problem(422, "refused")["refusal"]["reason"];
    reason == "no_repair" || reason == "no_repair_found"
}

on_both_databases! {
    async fn a_rule_moves_to_where_nothing_is_frozen_and_the_materials_are(database: TestDatabase) {
        let (world, booking) = free_until_the_fifteenth(&database).await;
        world.app.clock.set(begin(7));
        assert!(make_room(&world.one.member, &day(22), "A").await.expect(201)["booking"].is_object());
        let moved = world.booking(&world.two.member, id(&booking)).await;
        let start = seconds(&moved["steps"][0]["start"]);
        assert!(begin(14) < start && start < begin(16), "{moved}");
        assert_eq!(moved["plan"]["frozen"], false);

        // Its owner reads from when to when, that the materials were to come for another start, and what it costs.
        let two = &world.two.member;
        world.settle().await;
        let told = two.get("/api/v1/notices").await.expect(200)["items"][0].clone();
        let starts = json!({"from": booking["steps"][0]["start"], "to": moved["steps"][0]["start"]});
        assert_eq!((&told["kind"], &told["moved"]), (&json!("moved_by_rule"), &starts));
        let page = async || two.get(&format!("/en/bookings/{}", id(&booking))).await.text;
        let shown = page().await;
        for words in [
            "Materials are due on Mon 14 Dec 2026; since the move, ",
            "may be moved inside this window by rule",
            "no more than was agreed before the move, with 10% off for the plan window",
        ] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        // The same day, said again of where it stands now, is news.
        world.act(two, id(&booking), "materials", json!({"materials_on": "2026-12-14"})).await.expect(200);
        let shown = page().await;
        assert!(shown.contains("Materials arrive on Mon 14 Dec 2026") && !shown.contains("since the move"), "{shown}");
        world.settle().await;
        assert_eq!(world.notices(&world.operator).await[0], "materials_changed");

        // Once it is given up nothing of it moves any more.
        let quote = two.get(&format!("/api/v1/bookings/{}/cancellation", id(&booking))).await;
        let order = json!({"quoted_fee_fen": quote.expect(200)["fee_fen"]});
        world.act(two, id(&booking), "cancel", order).await.expect(200);
        let over = page().await;
        assert!(over.contains("nothing is moved any more") && !over.contains("moved inside this window"), "{over}");
        world.close(&database).await;
    }

    async fn a_rule_moves_nothing_to_where_it_would_be_frozen_or_lack_its_materials(database: TestDatabase) {
        let (world, booking) = free_until_the_fifteenth(&database).await;
        let (one, two) = (&world.one.member, &world.two.member);
        // All that is left of its window lies before the day on which its materials arrive.
        let late = planned(&world, two, 28, (2, 28), &json!({"materials_on": "2026-12-23"})).await;
        close(&world, 23, 27).await;
        assert!(is_none(&make_room(one, &day(28), "C").await));
        // Seven days after the ninth the sixteenth begins.
        world.app.clock.set(begin(9));
        assert!(is_none(&make_room(one, &day(22), "A").await));
        for booking in [&booking, &late] {
            assert_eq!(world.booking(two, id(booking)).await["steps"], booking["steps"]);
        }
        world.close(&database).await;
    }

    async fn materials_may_not_come_so_late_that_nothing_can_move_any_more(database: TestDatabase) {
        let (world, booking) = free_until_the_fifteenth(&database).await;
        let two = &world.two.member;
        let on = |day: &str| json!({"materials_on": day});
        // As much is left of the window as whoever holds for the lower price must leave: a day more than it takes.
        let late = world.act(two, id(&booking), "materials", on("2026-12-22")).await;
        late.invalid("materials_on", "pins_window");
        assert!(late.text.contains("2026-12-21"), "{}", late.text);
        for (language, words) in [("en", "too little of the plan window"), ("zh", "计划窗口余下的部分不足以改期")] {
            let form = json!({"id": id(&booking), "materials_on": "2026-12-22",
                "here": format!("/{language}/bookings/{}", id(&booking)), "key": uuid::Uuid::now_v7()});
            let answer = two.post_form("/do/change-materials", &form).await;
            answer.expect(422);
            assert!(answer.text.contains(words), "{words}: {}", answer.text);
        }
        world.act(two, id(&booking), "materials", on("2026-12-21")).await.expect(200);
        world.act(two, id(&booking), "materials", on("2026-12-15")).await.expect(200);
        // Once it moves no more by rule, the first step alone bounds it.
        world.app.clock.set(begin(16));
        world.act(two, id(&booking), "materials", on("2026-12-22")).await.expect(200);
        world.close(&database).await;
    }

    async fn nobody_is_asked_until_the_minute_in_which_what_moves_by_rule_begins(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let policy = Policy {
            version: 2,
            min_notice: 0,
            max_holds: 1_000,
            plan_discount_percent: 10,
            plan_freeze_days: 0,
            ..Policy::default()
        };
        save_policy(&world, policy).await;
        // One that is never frozen begins on the evening of the tenth, and behind it another is firm.
        let closed = json!({"line": world.plant.line(0), "start": "2026-11-24T16:00:00Z", "end": "2026-12-10T10:00:00Z", "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        let wide = with(&query(10, 20), &json!({"batches": 2}));
        let offer = world.offers(two, &wide).await.remove(0);
        let flexible = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
        world.act(two, id(&flexible), "request", details()).await.expect(200);
        world.act(&world.qa, id(&flexible), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        world.act(&world.operator, id(&flexible), "approve", Value::Null).await.expect(200);
        let start = seconds(&flexible["steps"][0]["start"]);
        assert!(begin(10) < start && start < begin(11), "{flexible}");
        let firm = world.confirmed_for(two, &with(&query(11, 12), &json!({"batches": 2})), "C").await;
        assert!(seconds(&firm["steps"][0]["start"]) < begin(12), "{firm}");
        // Both are in the way of whoever wants the eleventh: the day before it is asked up to midnight.
        world.app.clock.set(begin(9) + 3_600);
        let repair = make_room(one, &day(11), "A").await.expect(201)["repair"].clone();
        assert_eq!((&repair["cost"]["consents"], &repair["cost"]["moves"]), (&json!(1), &json!(2)), "{repair}");
        assert_eq!(seconds(&repair["answer_by"]), begin(10));
        one.ask("DELETE", &format!("/api/v1/repairs/{}", id(&repair)), None).await.expect(204);
        world.app.clock.set(begin(10) + 60);
        assert!(is_none(&make_room(one, &day(11), "A").await));
        world.close(&database).await;
    }

    async fn whoever_agreed_to_a_window_is_asked_beyond_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        offer_plans(&world).await;
        world.hold_best(one, &day(11), "C").await;
        let booking = planned(&world, two, 10, (10, 11), &json!({})).await;
        let answer = make_room(one, &day(10), "A").await.expect(201).clone();
        assert_eq!(answer["booking"], Value::Null, "nothing moves out of its window unasked");
        let ask = asks(two).await.remove(0);
        assert_eq!((&ask["booking"], &ask["from"]), (&booking["id"], &booking["steps"]));
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        assert_eq!(repairs(one).await[0]["state"], "made");
        let moved = world.booking(two, id(&booking)).await;
        assert_eq!((&moved["steps"], &moved["price_fen"], &moved["plan"]), (&ask["to"], &booking["price_fen"], &Value::Null));
        world.close(&database).await;
    }

    async fn what_freezes_before_all_have_agreed_moves_by_no_rule(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        offer_plans(&world).await;
        let flexible = planned(&world, two, 20, (20, 29), &json!({})).await;
        let fixed = world.confirmed_for(two, &day(21), "C").await;
        let freezes = seconds(&world.booking(two, id(&flexible)).await["plan"]["freezes_at"]);
        world.app.clock.set(freezes - 3600);
        let both = with(&query(20, 21), &json!({"batches": 4}));
        let repair = make_room(one, &both, "A").await.expect(201)["repair"].clone();
        assert_eq!((&repair["cost"]["consents"], &repair["cost"]["moves"]), (&json!(1), &json!(2)), "one goes by rule");
        let ask = asks(two).await.remove(0);
        assert_eq!(ask["booking"], fixed["id"], "the other is asked");
        world.app.clock.set(freezes);
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "over");
        assert_eq!(repairs(one).await[0]["state"], "overtaken");
        for booking in [&flexible, &fixed] {
            assert_eq!(world.booking(two, id(booking)).await["steps"], booking["steps"]);
        }
        world.close(&database).await;
    }

    async fn a_campaign_with_a_window_can_be_swapped_with(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        offer_plans(&world).await;
        let mine = world.confirmed_for(one, &day(10), "A").await;
        let theirs = planned(&world, two, 20, (20, 22), &json!({})).await;
        let order = json!({"booking": mine["id"], "from": "2026-12-19T16:00:00Z", "to": "2026-12-20T16:00:00Z"});
        one.ask_once("POST", "/api/v1/swaps", Some(order)).await.expect(201);
        let ask = asks(two).await.remove(0);
        assert_eq!((&ask["kind"], &ask["booking"]), (&json!("swap"), &theirs["id"]));
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        let swap = one.get("/api/v1/swaps").await.expect(200)["items"][0].clone();
        let (moved, other) = (world.booking(one, id(&mine)).await, world.booking(two, id(&theirs)).await);
        assert_eq!((&moved["steps"], &other["steps"]), (&swap["to"], &mine["steps"]));
        world.close(&database).await;
    }

    async fn a_campaign_is_swapped_inside_the_window_that_it_is_cheaper_for(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        offer_plans(&world).await;
        let mine = planned(&world, one, 10, (10, 14), &json!({})).await;
        world.confirmed_for(two, &day(13), "B").await;
        world.confirmed_for(two, &day(20), "B").await;
        let offer = async |from: u8, to: u8| {
            let order = json!({"booking": mine["id"], "from": format!("2026-12-{:02}T16:00:00Z", from - 1),
                "to": format!("2026-12-{to:02}T16:00:00Z")});
            one.ask_once("POST", "/api/v1/swaps", Some(order)).await
        };
        assert_eq!(offer(20, 20).await.problem(422, "refused")["refusal"]["reason"], "swap_leaves_plan");
        offer(13, 13).await.expect(201);
        say(two, &asks(two).await[0], "accept").await.expect(200);
        let moved = world.booking(one, id(&mine)).await;
        assert_eq!((&moved["price_fen"], &moved["plan"]["percent"]), (&mine["price_fen"], &json!(10)));
        assert_ne!(moved["steps"], mine["steps"]);
        world.close(&database).await;
    }

    async fn a_window_is_a_day_longer_than_the_run_or_no_plan_window(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        offer_plans(&world).await;
        let offer = world.offers(two, &day(5)).await.remove(0);
        hold_flexibly(two, &day(5), &offer, "B").await.invalid("flexible", "too_narrow");
        // Three batches take more than a day.
        let three = with(&query(5, 6), &json!({"batches": 3}));
        let offer = world.offers(two, &three).await.remove(0);
        hold_flexibly(two, &three, &offer, "B").await.invalid("flexible", "too_narrow");
        let two_days = with(&query(5, 6), &json!({"batches": 2}));
        let offer = world.offers(two, &two_days).await.remove(0);
        hold_flexibly(two, &two_days, &offer, "B").await.expect(201);
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 1);
        world.close(&database).await;
    }
}
