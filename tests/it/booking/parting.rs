//! A line goes down under a campaign of many batches: those that fit stay, the others become a booking of their own, if
//! its owner agrees; in every race both or neither.

use domain::{calendar::DAY, policy::Policy};
use serde_json::{Value, json};
use tests::{TestDatabase, Visitor, on_both_databases};

use super::{
    World,
    changing::save_policy,
    late::{cancel, rule, standing},
    outages::{asks, fee, id, say},
    world::{query, seconds, with},
};

const HOUR: i64 = 3600;

/// Nine batches take two hours and three days.
fn long() -> Value {
    with(&query(10, 15), &json!({"batches": 9}))
}

/// As an instant on the wire.
fn instant(at: i64) -> Value {
    serde_json::to_value(app::contract::Instant(at)).expect("an instant")
}

/// Its line is down from so many hours after its start on, for half a day.
async fn down(world: &World, booking: &Value, after: i64) -> Value {
    let step = &booking["steps"][0];
    let from = seconds(&step["start"]) + after * HOUR;
    let order = json!({"line": step["line"], "from": instant(from), "until": instant(from + 12 * HOUR),
        "kind": "breakdown", "reason": "主电机烧毁"});
    world.operator.ask_once("POST", "/api/v1/outages", Some(order)).await.expect(201)["outage"].clone()
}

async fn bookings(database: &TestDatabase) -> i64 {
    database.number("SELECT count(*) FROM booking").await
}

/// The campaign of company two, hit in its last batch, with what is asked of it.
async fn asked(world: &World) -> (Value, Value, Value) {
    let booking = world.confirmed_for(&world.two.member, &long(), "B").await;
    let outage = down(world, &booking, 68).await;
    (booking, outage, asks(&world.two.member).await.remove(0))
}

/// It is up again.
async fn end(world: &World, outage: &Value) {
    let over = Some(json!({"until": "2026-12-01T00:00:00Z"}));
    world.operator.ask_once("POST", &format!("/api/v1/outages/{}/end", id(outage)), over).await.expect(200);
}

/// Both parts of what was one, by the answer that parted it.
async fn parts(world: &World, visitor: &Visitor, answer: &Value, before: &Value) -> [Value; 2] {
    let rest = answer["parted"]["booking"].as_str().expect("a booking of the others");
    let (stays, goes) = (world.booking(visitor, id(before)).await, world.booking(visitor, rest).await);
    let fen = |booking: &Value| booking["price_fen"].as_i64().expect("fen");
    assert_eq!(fen(&stays) + fen(&goes), fen(before), "both together cost what the whole did");
    let count = |booking: &Value| booking["batches"].as_i64().expect("a number");
    assert_eq!(count(&stays) + count(&goes), count(before));
    for name in ["offering", "product_code", "hazards", "hazards_confirmed", "details", "fee_fen"] {
        assert_eq!(goes[name], before[name], "{name}");
    }
    assert_eq!(
        (&goes["status"], &goes["terms"]["version"]),
        (&json!("confirmed"), &before["terms"]["version"])
    );
    [stays, goes]
}

on_both_databases! {
    async fn what_was_parted_off_is_not_given_up_late(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        rule(&world).await;
        let two = &world.two.member;
        let (booking, _, ask) = asked(&world).await;
        let answer = say(two, &ask, "accept").await.expect(200).clone();
        let [stays, goes] = parts(&world, two, &answer, &booking).await;
        for part in [&stays, &goes] {
            cancel(&world, two, part).await;
        }
        assert_eq!(standing(two).await["counted"], 0);
        // It was one campaign that was asked for and confirmed, and one that was given up.
        let fair = two.get("/api/v1/fairness").await.expect(200)[0].clone();
        let figures = ["requests", "placed", "given_up"].map(|name| fair[name].clone());
        assert_eq!(figures, [1, 1, 1].map(|count| json!(count)), "{fair}");
        world.close(&database).await;
    }

    async fn both_parts_together_keep_what_leaving_cost_before_a_free_move(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let on = |from: &str, to: &str| with(&long(), &json!({"from": from, "to": to}));
        let booking = world.confirmed_for(two, &on("2027-02-10", "2027-02-15"), "B").await;
        let (before, _) = fee(two, &booking, "cancellation").await;
        let far = with(&on("2027-04-20", "2027-04-25"), &json!({"moving": id(&booking)}));
        let target = world.offers(two, &far).await.remove(0);
        let order = json!({"query": far, "offer": target["key"], "quoted_fee_fen": 0});
        let moved = world.act(two, id(&booking), "move", order).await.expect(200).clone();
        assert_eq!(fee(two, &moved, "cancellation").await, (before, false));
        down(&world, &moved, 68).await;
        let ask = asks(two).await.remove(0);
        let answer = say(two, &ask, "accept").await.expect(200).clone();
        let [stays, goes] = parts(&world, two, &answer, &moved).await;
        let (one, other) = (fee(two, &stays, "cancellation").await, fee(two, &goes, "cancellation").await);
        assert!(one.0 > other.0 && other.0 > 0, "each by its share: {one:?} {other:?}");
        assert_eq!((one.0 + other.0, one.1, other.1), (before, false, false));
        world.close(&database).await;
    }

    async fn what_fits_stays_and_the_rest_becomes_a_booking(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let (booking, outage, ask) = asked(&world).await;
        let parted = &ask["parted"];
        assert_eq!((&parted["stays_batches"], &parted["goes_batches"], &parted["booking"]),
            (&json!(8), &json!(1), &Value::Null), "moving all would cost more: {ask}");
        assert_eq!(parted["stays"][0]["start"], booking["steps"][0]["start"]);
        assert_eq!(seconds(&parted["stays"][0]["end"]), seconds(&booking["steps"][0]["start"]) + 66 * HOUR);
        assert!(seconds(&parted["goes"][0]["start"]) >= seconds(&outage["until"]));
        assert_eq!(parted["in_place"], true);
        world.settle().await;
        assert!(world.notices(two).await.contains(&"part_asked".to_owned()));
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"], "it stands until its owner agrees");

        let moved = say(two, &ask, "accept").await.expect(200).clone();
        assert_eq!(moved["state"], "moved");
        let [stays, goes] = parts(&world, two, &moved, &booking).await;
        assert_eq!((&stays["status"], &stays["steps"]), (&json!("confirmed"), &parted["stays"]));
        assert_eq!(goes["steps"], parted["goes"]);
        // Each decision names the other.
        for (mine, other, action) in [(&stays, &goes, "part"), (&goes, &stays, "part_off")] {
            let named = format!("SELECT count(*) FROM decision WHERE action = '{action}' AND inputs LIKE '%\"split_with\":\"{}\"%'", id(other));
            assert_eq!(database.number(&named).await, 1, "{}", id(mine));
        }
        world.settle().await;
        for (visitor, kind) in [(two, "parted"), (two, "parted_off"), (&world.operator, "parted_off")] {
            assert!(world.notices(visitor).await.contains(&kind.to_owned()), "{kind}");
        }
        // Nobody else learns of it.
        world.one.member.get(&format!("/api/v1/bookings/{}", id(&goes))).await.problem(404, "not-found");
        let conflicts = world.operator.get("/api/v1/conflicts").await;
        assert_eq!(conflicts.expect(200)["items"], json!([]));
        world.close(&database).await;
    }

    async fn whoever_would_be_parted_answers_before_it_begins_and_is_asked_as_foretold(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let policy = Policy { version: 2, max_holds: 1_000, ask_answer: 30 * DAY, ..Policy::default() };
        save_policy(&world, policy).await;
        let booking = world.confirmed_for(two, &long(), "B").await;
        let (step, start) = (&booking["steps"][0], seconds(&booking["steps"][0]["start"]));
        let order = json!({"line": step["line"], "start": instant(start + 68 * HOUR), "kind": "maintenance",
            "end": instant(start + 80 * HOUR), "dry_run": true});
        let said = world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await;
        let hit = said.expect(200)["hits"][0].clone();
        down(&world, &booking, 68).await;
        let ask = asks(two).await.remove(0);
        assert_eq!((&hit["way"], &hit["parted"]), (&json!("asked"), &ask["parted"]), "{ask}");
        // Once it had begun as a whole it couldn't be parted so any more.
        assert_eq!(seconds(&ask["answer_by"]), start);
        world.close(&database).await;
    }

    async fn what_has_run_stays_as_it_ran(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &long(), "B").await;
        let start = seconds(&booking["steps"][0]["start"]);
        world.app.clock.set(start);
        world.act(&world.operator, id(&booking), "start", Value::Null).await.expect(200);
        // Three batches are done, the fourth is broken off.
        world.app.clock.set(start + 30 * HOUR);
        let outage = down(&world, &booking, 30).await;
        let ask = asks(two).await.remove(0);
        assert_eq!((&ask["parted"]["stays_batches"], &ask["parted"]["goes_batches"]), (&json!(3), &json!(6)));
        assert!(seconds(&ask["answer_by"]) > start + 30 * HOUR + 60, "there is time to answer");
        let moved = say(two, &ask, "accept").await.expect(200).clone();
        let [stays, goes] = parts(&world, two, &moved, &booking).await;
        assert_eq!((&stays["status"], &stays["steps"][0]["start"]), (&json!("running"), &booking["steps"][0]["start"]));
        assert_eq!(seconds(&stays["steps"][0]["end"]), start + 26 * HOUR);
        assert!(seconds(&goes["steps"][0]["start"]) >= seconds(&outage["until"]));
        world.act(&world.operator, id(&stays), "complete", Value::Null).await.expect(200);
        let begins = seconds(&goes["steps"][0]["start"]);
        world.app.clock.set(begins);
        world.act(&world.operator, id(&goes), "start", Value::Null).await.expect(200);
        world.close(&database).await;
    }

    async fn whoever_declines_keeps_all_of_it_and_the_desk_offers_it_again(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let (booking, _, ask) = asked(&world).await;
        assert_eq!(say(two, &ask, "decline").await.expect(200)["state"], "declined");
        let before = bookings(&database).await;
        let conflict = world.operator.get("/api/v1/conflicts").await.expect(200)["items"][0].clone();
        let desk = world.operator.get(&format!("/api/v1/conflicts/{}", id(&conflict))).await.expect(200).clone();
        let options = desk["options"].as_array().expect("options");
        let part = options.iter().find(|option| option["kind"] == "part").expect("in parts");
        assert_eq!((&part["parted"]["stays_batches"], part["asks"].as_array().map(Vec::len)), (&json!(8), Some(1)));
        let path = format!("/api/v1/conflicts/{}/resolve", id(&conflict));
        // Other numbers than the kernel would give are no option.
        let key = part["key"].as_str().expect("a key");
        let wrong = key.replacen("part.8.", "part.9.", 1);
        world.operator.ask_once("POST", &path, Some(json!({"option": wrong}))).await.problem(422, "invalid");
        let all = key.replacen("part.8.", "part.2.", 1);
        world.operator.ask_once("POST", &path, Some(json!({"option": all}))).await.expect(200);
        let again = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("asked again");
        assert_eq!(again["parted"]["stays_batches"], 2, "fewer may stay, if somebody says so");
        say(two, &again, "decline").await.expect(200);
        // What was declined is asked once more for a reason alone.
        let order = json!({"option": key, "reason": "客户已电话同意"});
        let taken = world.operator.ask_once("POST", &path, Some(order)).await;
        assert_eq!(taken.expect(200)["state"], "asked");
        assert_eq!(bookings(&database).await, before, "nothing is parted until its owner agrees");
        let open = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("asked again");
        let moved = say(two, &open, "accept").await.expect(200).clone();
        parts(&world, two, &moved, &booking).await;
        world.close(&database).await;
    }

    async fn two_acceptances_part_it_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let (booking, _, ask) = asked(&world).await;
        let before = bookings(&database).await;
        let (one, other) = tokio::join!(say(two, &ask, "accept"), say(&world.two.admin, &ask, "accept"));
        for answer in [one, other] {
            assert_eq!(answer.expect(200)["state"], "moved");
        }
        assert_eq!(bookings(&database).await, before + 1);
        assert_eq!(world.booking(two, id(&booking)).await["batches"], 8);
        world.close(&database).await;
    }

    async fn an_outage_that_has_ended_parts_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let (booking, outage, ask) = asked(&world).await;
        end(&world, &outage).await;
        assert_eq!(say(two, &ask, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        world.close(&database).await;
    }

    async fn an_outage_that_ends_at_that_moment_comes_before_or_behind(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let (booking, outage, ask) = asked(&world).await;
        let ((), said) = tokio::join!(end(&world, &outage), say(two, &ask, "accept"));
        let parted = said.status == 200;
        assert!(parted || said.problem(422, "refused")["refusal"]["reason"] == "proposal_over");
        let now = world.booking(two, id(&booking)).await;
        assert_eq!((&now["batches"], now["steps"] == booking["steps"]), (&json!(if parted { 8 } else { 9 }), !parted));
        assert_eq!(bookings(&database).await, if parted { 2 } else { 1 });
        world.close(&database).await;
    }

    async fn a_move_at_that_moment_takes_all_of_it_or_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let (booking, _, ask) = asked(&world).await;
        let elsewhere = with(&query(18, 26), &json!({"batches": 9, "moving": id(&booking)}));
        let target = world.offers(two, &elsewhere).await.remove(0);
        let order = json!({"query": elsewhere, "offer": target["key"], "quoted_fee_fen": 0});
        let (moved, said) =
            tokio::join!(world.act(two, id(&booking), "move", order.clone()), say(two, &ask, "accept"));
        let (now, count) = (world.booking(two, id(&booking)).await, bookings(&database).await);
        if moved.status == 200 {
            let (starts, wanted) = (&now["steps"][0]["start"], &target["steps"][0]["start"]);
            assert_eq!((&now["batches"], starts, count), (&json!(9), wanted, 1), "{}", said.text);
            assert_ne!(said.body["state"], "moved", "what has moved is parted no more");
        } else {
            assert_eq!(said.expect(200)["state"], "moved", "{}", moved.text);
            assert_eq!((&now["batches"], count), (&json!(8), 2));
            // Nor later: the place is one for more batches than it has.
            let late = world.act(two, id(&booking), "move", order).await;
            assert!((400..500).contains(&late.status), "{}", late.text);
            assert_eq!(world.booking(two, id(&booking)).await["steps"], now["steps"]);
        }
        world.close(&database).await;
    }

    async fn a_place_that_is_gone_parts_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let (booking, _, ask) = asked(&world).await;
        let before = bookings(&database).await;
        // Somebody else takes what was proposed for the last batch.
        let offers = world.offers(&world.one.member, &query(13, 15)).await;
        let offer = offers.first().expect("nothing is held while somebody is asked");
        world.hold(&world.one.member, &query(13, 15), offer, "A").await.expect(201);
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "over");
        assert_eq!(bookings(&database).await, before + 1, "the other's hold alone");
        let now = world.booking(two, id(&booking)).await;
        assert_eq!((&now["batches"], &now["steps"]), (&json!(9), &booking["steps"]));
        let outcome = "SELECT count(*) FROM proposal WHERE outcome = 'overtaken'";
        assert_eq!(database.number(outcome).await, 1);
        world.close(&database).await;
    }
}
