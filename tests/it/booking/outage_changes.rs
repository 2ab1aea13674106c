//! What is said of an outage changes while campaigns stand in it: it is called off, lasts longer, ends sooner, or what
//! it hits is let stay.

use domain::policy::Policy;
use serde_json::{Value, json};
use server::usecase::waitlist::promote;
use tests::{Visitor, app::Answer, on_both_databases};

use super::{
    World,
    changing::save_policy,
    outages::{asks, day, down, fee, id, say},
    world::{details, query, seconds, with},
};

/// As an instant on the wire.
fn instant(at: i64) -> Value {
    serde_json::to_value(app::contract::Instant(at)).expect("an instant")
}

/// Marks the line of `booking` as down between these hours after its start.
async fn down_between(world: &World, booking: &Value, hours: [i64; 2]) -> Value {
    let step = &booking["steps"][0];
    let [from, until] = hours.map(|hours| instant(seconds(&step["start"]) + hours * 3600));
    let order = json!({"line": step["line"], "from": from, "until": until, "kind": "breakdown", "reason": "主电机烧毁"});
    world.operator.ask_once("POST", "/api/v1/outages", Some(order)).await.expect(201)["outage"].clone()
}

/// Says until when an outage lasts.
async fn until(world: &World, outage: &Value, until: Value) -> Answer {
    let path = format!("/api/v1/outages/{}/end", id(outage));
    world.operator.ask_once("POST", &path, Some(json!({"until": until}))).await
}

async fn conflicts(world: &World) -> Vec<Value> {
    let page = world.operator.get("/api/v1/conflicts").await;
    page.expect(200)["items"].as_array().expect("a list").clone()
}

/// Lets the only conflict's booking stay where it is.
async fn let_stay(world: &World) -> Answer {
    let path = format!("/api/v1/conflicts/{}/settle", id(&conflicts(world).await[0]));
    world.operator.ask_once("POST", &path, Some(json!({"reason": "已修复，按计划进行"}))).await
}

/// What a firm is asked and hasn't answered.
async fn open(visitor: &Visitor) -> Vec<Value> {
    asks(visitor).await.into_iter().filter(|ask| ask["state"] == "open").collect()
}

/// How often a visitor was told so.
async fn told(world: &World, visitor: &Visitor, kind: &str) -> usize {
    world.settle().await;
    world.notices(visitor).await.iter().filter(|known| *known == kind).count()
}

on_both_databases! {
    async fn an_outage_called_off_before_it_begins_hits_nobody(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        // It stands around the start of the outage.
        let outage = down_between(&world, &booking, [12, 40]).await;
        assert_eq!(fee(two, &booking, "cancellation").await, (0, true));
        until(&world, &outage, json!("2026-11-01T00:00:00Z")).await.expect(200);
        assert_eq!(conflicts(&world).await, Vec::<Value>::new());
        let (fee_fen, waived) = fee(two, &booking, "cancellation").await;
        assert!(fee_fen > 0 && !waived, "it runs as planned: {fee_fen}");
        assert_eq!(told(&world, two, "line_up").await, 1);
        assert!(asks(two).await.iter().all(|ask| ask["state"] == "over"), "nobody is asked to go");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        world.close(&database).await;
    }

    async fn whoever_was_let_stay_is_hit_again_by_what_is_added(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        let outage = down_between(&world, &booking, [-2, 2]).await;
        let_stay(&world).await.expect(204);
        assert_eq!(conflicts(&world).await, Vec::<Value>::new());
        let longer = instant(seconds(&booking["steps"][0]["start"]) + 30 * 3600);
        assert_eq!(until(&world, &outage, longer).await.expect(200)["hit"], json!(1));
        assert_eq!(conflicts(&world).await.len(), 1, "it can't stay for all of that");
        assert_eq!(fee(two, &booking, "cancellation").await, (0, true));
        assert_eq!(told(&world, two, "line_down").await, 2);
        assert_eq!(asks(two).await.iter().filter(|ask| ask["state"] == "open").count(), 1);
        world.close(&database).await;
    }

    async fn whoever_was_let_stay_and_is_out_of_what_is_added_stays(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        let outage = down_between(&world, &booking, [2, 20]).await;
        let_stay(&world).await.expect(204);
        let longer = instant(seconds(&booking["steps"][0]["start"]) + 30 * 3600);
        assert_eq!(until(&world, &outage, longer).await.expect(200)["hit"], json!(0));
        assert_eq!(conflicts(&world).await, Vec::<Value>::new(), "nothing is new for it");
        world.close(&database).await;
    }

    async fn whoever_went_just_behind_an_outage_learns_that_it_lasts_longer(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        let outage = down(&world, &booking, 11).await.expect(201)["outage"].clone();
        assert_eq!(say(two, &asks(two).await[0], "accept").await.expect(200)["state"], "moved");
        assert_eq!(told(&world, two, "line_down").await, 1);
        let moved = world.booking(two, id(&booking)).await;
        assert!(seconds(&moved["steps"][0]["start"]) >= seconds(&outage["until"]));
        let changed = until(&world, &outage, instant(seconds(&moved["steps"][0]["end"]))).await;
        assert_eq!(changed.expect(200)["hit"], json!(1));
        assert_eq!(told(&world, two, "line_down").await, 2);
        let ask = asks(two).await.into_iter().find(|ask| ask["state"] == "open").expect("asked anew");
        assert_eq!(ask["from"], moved["steps"]);
        assert_eq!(conflicts(&world).await[0]["state"], "asked");
        world.close(&database).await;
    }

    async fn whoever_is_let_stay_is_asked_no_more_and_learns_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        down(&world, &booking, 11).await.expect(201);
        let ask = asks(two).await.remove(0);
        let_stay(&world).await.expect(204);
        assert_eq!(asks(two).await[0]["state"], "over");
        assert_eq!(say(two, &ask, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        assert_eq!(world.booking(two, id(&booking)).await["steps"], booking["steps"]);
        assert!(!fee(two, &booking, "cancellation").await.1, "and leaving costs what it does");
        assert_eq!(told(&world, two, "booking_stays").await, 1);
        world.close(&database).await;
    }

    async fn let_stay_and_agreed_to_at_once_end_in_one_way(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        down(&world, &booking, 11).await.expect(201);
        let ask = asks(two).await.remove(0);
        let (stays, said) = tokio::join!(let_stay(&world), say(two, &ask, "accept"));
        let moved = world.booking(two, id(&booking)).await["steps"] != booking["steps"];
        assert_eq!((stays.status, said.status), if moved { (422, 200) } else { (204, 422) });
        assert_eq!(told(&world, two, "booking_stays").await, usize::from(!moved));
        world.close(&database).await;
    }

    async fn a_consent_in_the_last_day_before_the_new_start_is_in_time(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        save_policy(&world, Policy { version: 2, ask_answer: 60 * 1440, ..Policy::default() }).await;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        down(&world, &booking, 13).await.expect(201);
        let ask = asks(two).await.remove(0);
        world.app.clock.set(seconds(&ask["answer_by"]) - 60);
        assert_eq!(asks(two).await[0]["state"], "open");
        assert_eq!(say(two, &ask, "accept").await.expect(200)["state"], "moved");
        world.close(&database).await;
    }

    async fn nothing_is_rescued_from_an_outage_that_is_over(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        // They may move by rule, one after the other.
        let mut held = Vec::new();
        for _ in 0..5 {
            held.push(world.hold_best(one, &query(2, 28), "A").await);
        }
        let marked = async {
            down(&world, &held[0], 10).await.expect(201);
        };
        let outages = format!("/api/v1/outages?line={}", world.plant.line(0));
        let over = async {
            loop {
                let known = world.operator.get(&outages).await.expect(200).clone();
                if let Some(outage) = known["items"].as_array().and_then(|all| all.first()) {
                    until(&world, outage, json!("2026-11-01T00:00:00Z")).await.expect(200);
                    break;
                }
            }
        };
        tokio::join!(marked, over);
        let late = "SELECT count(*) FROM decision r JOIN decision e ON e.action = 'line_down_until' AND e.id < r.id \
                    WHERE r.action = 'rescue'";
        assert_eq!(database.number(late).await, 0, "the line was up again");
        world.close(&database).await;
    }

    async fn what_an_outage_leaves_is_first_of_all_theirs_who_wait(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, wish) = (&world.one.member, &world.two.member, day(10));
        let offer = world.offers(one, &wish).await.remove(0);
        let held = world.hold(one, &wish, &offer, "FILL").await.expect(201).clone();
        let order = json!({"query": wish, "product_code": "B"});
        two.ask_once("POST", "/api/v1/waitlist", Some(order)).await.expect(201);
        let outage = down(&world, &held, 12).await.expect(201)["outage"].clone();
        world.act(one, id(&held), "withdraw", json!({})).await.expect(200);
        assert_eq!(promote(&world.app.state).await.expect("a turn"), 0, "the line is down");
        until(&world, &outage, held["steps"][0]["start"].clone()).await.expect(200);
        // Nobody has had a turn yet.
        world.hold(one, &wish, &offer, "A").await.problem(409, "conflict");
        let waits = two.get("/api/v1/waitlist").await.expect(200)["items"][0].clone();
        let hold = waits["hold"].as_str().expect("it is held for whoever waits");
        assert_eq!(world.booking(two, hold).await["steps"], held["steps"]);
        world.close(&database).await;
    }

    async fn of_two_outages_each_counts_until_it_ends(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        let first = down_between(&world, &booking, [-2, 6]).await;
        let asked = open(two).await;
        assert_eq!(asked.len(), 1);
        let second = down_between(&world, &booking, [4, 60]).await;
        let anew = open(two).await;
        assert_eq!(anew.len(), 1, "where it was asked to go the line is down too");
        assert_ne!(anew[0]["id"], asked[0]["id"]);
        let shown = conflicts(&world).await;
        assert!(shown.len() == 2 && shown.iter().all(|one| one["state"] == "asked"), "{shown:?}");
        let goes = &anew[0]["to"][0];
        assert!(
            seconds(&goes["start"]) >= seconds(&second["until"]) || seconds(&goes["end"]) <= seconds(&first["from"]),
            "{goes}"
        );
        until(&world, &first, json!("2026-11-01T00:00:00Z")).await.expect(200);
        assert_eq!(told(&world, two, "line_up").await, 0, "it can't run yet");
        assert_eq!(open(two).await, anew, "nor is it asked the same again");
        let path = format!("/api/v1/bookings/{}/outages", id(&booking));
        let known = two.get(&path).await.expect(200).clone();
        assert_eq!(known.as_array().map(Vec::len), Some(1));
        assert_eq!((&known[0]["id"], &known[0]["reason"]), (&second["id"], &json!("主电机烧毁")));
        world.one.member.get(&path).await.problem(404, "not-found");
        until(&world, &second, json!("2026-11-01T00:00:00Z")).await.expect(200);
        assert_eq!(told(&world, two, "line_up").await, 1);
        assert_eq!((open(two).await, two.get(&path).await.expect(200)), (Vec::new(), &json!([])));
        world.close(&database).await;
    }

    async fn what_was_asked_for_and_may_stay_can_be_confirmed(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let held = world.hold_best(two, &day(10), "B").await;
        world.act(two, id(&held), "request", details()).await.expect(200);
        world.act(&world.qa, id(&held), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        down_between(&world, &held, [2, 20]).await;
        let approve = async || world.act(&world.operator, id(&held), "approve", Value::Null).await;
        assert_eq!(approve().await.problem(422, "refused")["refusal"]["reason"], "line_down");
        let_stay(&world).await.expect(204);
        assert_eq!(approve().await.expect(200)["status"], "confirmed");
        world.close(&database).await;
    }

    async fn who_agreed_in_vain_is_found_another_place(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let booking = world.confirmed_for(two, &day(10), "B").await;
        down(&world, &booking, 11).await.expect(201);
        let asked = open(two).await.remove(0);
        for on in [11, 12] {
            let wish = with(&day(on), &json!({"batches": 2}));
            if !world.offers(one, &wish).await.is_empty() {
                world.hold_best(one, &wish, "X").await;
            }
        }
        assert_eq!(say(two, &asked, "accept").await.expect(200)["state"], "over");
        world.settle().await;
        let anew = open(two).await;
        assert_eq!(anew.len(), 1);
        assert_ne!(anew[0]["to"], asked["to"]);
        world.close(&database).await;
    }

    async fn what_stays_as_it_was_is_not_asked_again_nor_what_was_declined(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let two = &world.two.member;
        let booking = world.confirmed_for(two, &day(10), "B").await;
        let outage = down(&world, &booking, 11).await.expect(201)["outage"].clone();
        let asked = open(two).await;
        until(&world, &outage, outage["until"].clone()).await.expect(200);
        assert_eq!(open(two).await, asked);
        assert_eq!(told(&world, two, "rescue_asked").await, 1);
        say(two, &asked[0], "decline").await.expect(200);
        until(&world, &outage, outage["until"].clone()).await.expect(200);
        assert_eq!(open(two).await, Vec::<Value>::new());
        assert_eq!(conflicts(&world).await.len(), 1, "it is the operator's to speak with the firm");
        world.close(&database).await;
    }
}
