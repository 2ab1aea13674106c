//! Whoever is moved for others leaves for a week as if it had stayed: never for less, which `late` is about, and until
//! then not for more.

use app::contract::field;
use domain::{policy::Policy, use_or_lose::UseOrLose};
use serde_json::{Value, json};
use server::clock::Clock;
use tests::{TestDatabase, Visitor, app::BEGINNING, on_both_databases};

use super::{
    World,
    changing::save_policy,
    late::{cancel, standing},
    outages::{asks, day, id, say},
    plans::hold_flexibly,
    repairing::{make_room, repairs},
    world::{details, seconds, with},
};

const DAY: i64 = 86_400;

/// The plant day so many days after the first.
fn date(days: i64) -> String {
    field::plant_date(BEGINNING / 60 + days * 1440).to_string()
}

/// When it begins.
fn midnight(days: i64) -> String {
    format!("{}T16:00:00Z", date(days - 1))
}

/// Two batches on it.
fn on(days: i64) -> Value {
    with(&day(1), &json!({"from": date(days), "to": date(days)}))
}

/// Two firms at a platform that limits those who give up late: 121 days ahead leaving costs nothing, a day sooner it
/// does.
async fn world(database: &TestDatabase) -> World {
    let world = World::new(database, 1).await;
    let policy = Policy {
        version: 2,
        use_or_lose: Some(UseOrLose { times: 2, within: 90 * 1440, horizon: 14 * 1440 }),
        max_holds: 1_000,
        plan_discount_percent: 10,
        plan_freeze_days: 7,
        ..Policy::default()
    };
    save_policy(&world, policy).await;
    world
}

/// A hold of company two on the last day of a window in which it may be moved by rule.
async fn at_the_end(world: &World) -> Value {
    let two = &world.two.member;
    let wide = with(&on(121), &json!({"from": date(116)}));
    let offer = world.offers(two, &on(121)).await.remove(0);
    hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone()
}

async fn request(world: &World, firm: &Visitor, held: &Value) {
    world.act(firm, id(held), "request", details()).await.expect(200);
    world.act(&world.qa, id(held), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
}

async fn confirm(world: &World, firm: &Visitor, held: &Value) {
    request(world, firm, held).await;
    world.act(&world.operator, id(held), "approve", Value::Null).await.expect(200);
}

async fn quote(firm: &Visitor, booking: &Value, what: &str) -> Value {
    firm.get(&format!("/api/v1/bookings/{}/{what}", id(booking))).await.expect(200).clone()
}

/// Closes the line from the 116th day until six in the evening of the 120th, but from one moment to the other.
async fn leave_free(world: &World, (from, until): (String, String)) {
    for (start, end) in [(midnight(116), from), (until, format!("{}T10:00:00Z", date(120)))] {
        let closed = json!({"line": world.plant.line(0), "start": start, "end": end, "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
    }
}

fn start(booking: &Value) -> &Value {
    &booking["steps"][0]["start"]
}

/// That company two leaves `was` for nothing, as on the 121st day, though it stands sooner by now.
async fn as_before(world: &World, was: &Value) {
    let two = &world.two.member;
    let now = world.booking(two, id(was)).await;
    assert!(seconds(start(&now)) < seconds(start(was)), "{now}");
    let told = quote(two, was, "cancellation").await;
    let seen = [&told["fee_fen"], &told["left_fee_fen"], &told["notice_days"], &told["notice_from"]];
    assert_eq!(seen, [&json!(0), &json!(0), &json!(121), start(was)], "{told}");
}

on_both_databases! {
    async fn a_rival_makes_leaving_no_dearer_nor_late(database: TestDatabase) {
        let world = world(&database).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = at_the_end(&world).await;
        confirm(&world, two, &held).await;
        assert_eq!(quote(two, &held, "cancellation").await["notice_from"], Value::Null);
        let made = make_room(one, &on(121), "A").await.expect(201)["booking"].clone();
        as_before(&world, &held).await;
        world.act(one, id(&made), "withdraw", json!({})).await.expect(200);
        as_before(&world, &held).await;
        for (path, words) in [
            ("en/bookings/{}/cancel", "Notice is counted to"),
            ("en/bookings/{}/cancel", "till then cancelling and moving cost no more than if it had stayed"),
            ("zh/bookings/{}/cancel", "提前天数算至"),
            ("en/bookings/{}", "cancelling today costs nothing"),
        ] {
            let page = two.get(&format!("/{}", path.replace("{}", id(&held)))).await.text;
            assert!(page.contains(words), "{path}: {page}");
        }
        // A day later it would have cost something there, too.
        world.app.clock.advance(DAY);
        let told = quote(two, &held, "cancellation").await;
        assert_eq!((&told["notice_days"], &told["percent"]), (&json!(120), &json!(25)));
        world.close(&database).await;
    }

    async fn what_it_was_moved_to_for_nothing_is_left_for_nothing(database: TestDatabase) {
        let world = world(&database).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = at_the_end(&world).await;
        confirm(&world, two, &held).await;
        make_room(one, &on(121), "A").await.expect(201);
        assert_eq!(cancel(&world, two, &held).await, 0);
        assert_eq!(standing(two).await["counted"], 0, "being moved makes nothing late");
        world.close(&database).await;
    }

    async fn whoever_agreed_to_go_sooner_leaves_for_no_more(database: TestDatabase) {
        let world = world(&database).await;
        let (one, two) = (&world.one.member, &world.two.member);
        // Behind it the line is closed.
        let closed = json!({"line": world.plant.line(0), "start": midnight(122), "end": midnight(150), "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        let booking = world.confirmed_for(two, &on(121), "B").await;
        make_room(one, &on(121), "A").await.expect(201);
        let ask = asks(two).await.remove(0);
        assert_eq!(ask["leaving_fen"], Value::Null, "it is told of nothing that it would cost");
        let page = two.get(&format!("/en/bookings/{}", id(&booking))).await.text;
        assert!(page.contains("no less than today, and for 7 days no more than if it stayed"), "{page}");
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        as_before(&world, &booking).await;
        let hold = repairs(one).await[0]["booking"].as_str().expect("a hold").to_owned();
        world.act(one, &hold, "withdraw", json!({})).await.expect(200);
        as_before(&world, &booking).await;
        world.close(&database).await;
    }

    async fn a_week_after_the_move_its_notice_is_that_of_where_it_stands(database: TestDatabase) {
        let world = world(&database).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = at_the_end(&world).await;
        confirm(&world, two, &held).await;
        let first = world.app.clock.now();
        make_room(one, &on(121), "A").await.expect(201);
        let moved = world.booking(two, id(&held)).await;
        world.app.clock.set(first + 7 * DAY - 1);
        let told = quote(two, &held, "cancellation").await;
        assert_eq!((&told["notice_from"], seconds(&told["notice_until"])), (start(&held), first + 7 * DAY), "{told}");
        world.app.clock.advance(1);
        let after = quote(two, &held, "cancellation").await;
        assert_eq!((&after["notice_from"], &after["notice_until"]), (&Value::Null, &Value::Null), "{after}");
        let sooner = told["notice_days"].as_i64().zip(after["notice_days"].as_i64()).expect("days of notice");
        assert!(sooner.1 < sooner.0, "{told}, then {after}");
        assert!(seconds(start(&moved)) < seconds(start(&held)));
        let page = two.get(&format!("/en/bookings/{}/cancel", id(&held))).await.text;
        assert!(!page.contains("Notice is counted to"), "{page}");
        world.close(&database).await;
    }

    async fn its_free_move_lasts_as_long_as_where_it_stood(database: TestDatabase) {
        let world = world(&database).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = at_the_end(&world).await;
        confirm(&world, two, &held).await;
        world.app.clock.set(BEGINNING + 58 * DAY);
        let made = make_room(one, &on(121), "A").await.expect(201)["booking"].clone();
        world.act(one, id(&made), "withdraw", json!({})).await.expect(200);
        // Sixty days before it would have begun, and fewer before it does, it moves for nothing.
        world.app.clock.set(BEGINNING + 61 * DAY);
        let told = quote(two, &held, "move").await;
        assert_eq!((&told["fee_fen"], &told["notice_days"], &told["notice_from"]), (&json!(0), &json!(60), start(&held)));
        // From its own move on, notice is that of where it stands; what leaving cost before is kept.
        let wish = with(&on(118), &json!({"moving": id(&held)}));
        let target = world.offers(two, &wish).await.remove(0);
        let order = json!({"query": wish, "offer": target["key"], "quoted_fee_fen": 0});
        world.act(two, id(&held), "move", order).await.expect(200);
        let told = quote(two, &held, "cancellation").await;
        assert_eq!((&told["notice_days"], &told["notice_from"]), (&json!(57), &Value::Null), "{told}");
        assert!(quote(two, &held, "move").await["fee_fen"].as_i64() > Some(0), "the free move is used");
        world.close(&database).await;
    }

    async fn what_was_moved_before_has_the_notice_of_where_it_is_confirmed(database: TestDatabase) {
        let world = world(&database).await;
        let two = &world.two.member;
        // Before it is confirmed, inside the window that was asked for.
        let held = at_the_end(&world).await;
        request(&world, two, &held).await;
        let wish = with(&on(118), &json!({"moving": id(&held)}));
        let target = world.offers(&world.operator, &wish).await.remove(0);
        let order = json!({"query": wish, "offer": target["key"], "quoted_fee_fen": 0});
        world.act(&world.operator, id(&held), "move", order).await.expect(200);
        world.act(&world.operator, id(&held), "approve", Value::Null).await.expect(200);
        let told = quote(two, &held, "cancellation").await;
        assert_eq!((&told["notice_days"], &told["notice_from"]), (&json!(118), &Value::Null), "{told}");
        assert!(told["fee_fen"].as_i64() > Some(0), "{told}");
        world.close(&database).await;
    }

    async fn whom_an_outage_drives_sooner_leaves_for_no_more(database: TestDatabase) {
        let world = world(&database).await;
        let held = at_the_end(&world).await;
        confirm(&world, &world.two.member, &held).await;
        let order = json!({"line": world.plant.line(0), "from": start(&held), "until": midnight(125),
            "kind": "breakdown", "reason": "主电机烧毁"});
        world.operator.ask_once("POST", "/api/v1/outages", Some(order)).await.expect(201);
        world.settle().await;
        as_before(&world, &held).await;
        world.close(&database).await;
    }

    async fn whoever_makes_room_for_itself_has_moved_its_campaign_by_itself(database: TestDatabase) {
        let world = world(&database).await;
        let two = &world.two.member;
        let held = at_the_end(&world).await;
        confirm(&world, two, &held).await;
        leave_free(&world, (midnight(118), midnight(119))).await;
        assert!(make_room(two, &on(121), "C").await.expect(201)["booking"].is_object());
        let moved = world.booking(two, id(&held)).await;
        assert!(seconds(start(&moved)) < seconds(start(&held)), "{moved}");
        assert_eq!((&moved["moves"], &moved["price_fen"]), (&json!(1), &held["price_fen"]), "{moved}");
        let told = quote(two, &held, "move").await;
        assert_eq!(told["notice_from"], Value::Null);
        assert!(told["fee_fen"].as_i64() > Some(0), "the free move is used: {told}");
        assert_eq!(database.number("SELECT count(*) FROM room_move").await, 0, "that shields it from nobody");
        world.close(&database).await;
    }

    async fn for_itself_a_firm_moves_nothing_to_where_it_would_be_dearer(database: TestDatabase) {
        let world = world(&database).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let held = at_the_end(&world).await;
        confirm(&world, two, &held).await;
        // Where it reaches into a second day, it costs one more.
        let noon = |days: i64| format!("{}T04:00:00Z", date(days));
        leave_free(&world, (noon(117), noon(118))).await;
        let none = make_room(two, &on(121), "C").await.problem(422, "refused")["refusal"]["reason"].clone();
        assert!(none.as_str().is_some_and(|none| none.starts_with("no_repair")), "{none}");
        assert_eq!(world.booking(two, id(&held)).await["steps"], held["steps"]);
        // For others it goes there, at the price that it has.
        assert!(make_room(one, &on(121), "A").await.expect(201)["booking"].is_object());
        let moved = world.booking(two, id(&held)).await;
        assert_eq!((&moved["price_fen"], &moved["moves"]), (&held["price_fen"], &json!(0)), "{moved}");
        assert_ne!(moved["steps"], held["steps"]);
        world.close(&database).await;
    }
}
