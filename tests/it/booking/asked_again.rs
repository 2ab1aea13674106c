//! Whom a firm leaves alone, and how often it may ask: questions cost those who are asked something, and an ally's
//! question moves a campaign for nothing.

use app::contract::field;
use serde_json::{Value, json};
use tests::{
    Visitor,
    app::{Answer, BEGINNING, People},
    on_both_databases,
};
use uuid::Uuid;

use super::{
    World,
    outages::{asks, day, id, say},
    plans::{hold_flexibly, offer_plans},
    repairing::{make_room, repairs},
    world::{details, encoded, search_path, seconds, with},
};

const DAY: i64 = 86_400;

/// Two batches on the plant day so many days after the first.
fn on(days: i64) -> Value {
    let date = field::plant_date(BEGINNING / 60 + days * 1440).to_string();
    with(&day(1), &json!({"from": date, "to": date}))
}

/// The same on the day on which a campaign of `firm` stands by now.
async fn there(world: &World, firm: &Visitor, booking: &Value) -> Value {
    let now = world.booking(firm, id(booking)).await;
    let [start, end] = ["start", "end"].map(|at| seconds(&now["steps"][0][at]));
    let date = field::plant_date(i64::midpoint(start, end) / 60).to_string();
    with(&day(1), &json!({"from": date, "to": date}))
}

/// A third firm.
async fn third(world: &World) -> Visitor {
    People::found(&world.app).await.company(3).await.member
}

async fn confirm(world: &World, firm: &Visitor, held: &str) {
    world.act(firm, held, "request", details()).await.expect(200);
    world.act(&world.qa, held, "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
    world.act(&world.operator, held, "approve", Value::Null).await.expect(200);
}

/// A confirmed campaign of company two, which has agreed to make room for a hold of company one, with that.
async fn moved(world: &World) -> (Value, String) {
    let (one, two) = (&world.one.member, &world.two.member);
    let booking = world.confirmed_for(two, &on(60), "B").await;
    make_room(one, &on(60), "A").await.expect(201);
    assert_eq!(say(two, &asks(two).await[0], "accept").await.expect(200)["state"], "moved");
    let hold = repairs(one).await[0]["booking"].as_str().expect("a hold").to_owned();
    (booking, hold)
}

fn why(answer: &Answer) -> Value {
    answer.problem(422, "refused")["refusal"]["reason"].clone()
}

async fn take_back(firm: &Visitor, made: &Value) {
    firm.ask("DELETE", &format!("/api/v1/repairs/{}", id(&made["repair"])), None).await.expect(204);
}

on_both_databases! {
    async fn whoever_agreed_in_vain_isnt_asked_for_a_month(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, other) = (&world.one.member, &world.two.member, third(&world).await);
        let (booking, hold) = moved(&world).await;
        world.act(one, &hold, "withdraw", json!({})).await.expect(200);
        let wish = there(&world, two, &booking).await;
        // Whoever wants its place now isn't told why it can't be asked.
        for firm in [one, &other] {
            assert_eq!(why(&make_room(firm, &wish, "C").await), "no_repair_found");
        }
        world.app.clock.advance(DAY);
        assert_eq!(why(&make_room(&other, &wish, "C").await), "no_repair_found");
        world.app.clock.advance(29 * DAY - 1);
        assert_eq!(why(&make_room(&other, &wish, "C").await), "no_repair_found");
        assert_eq!(asks(two).await.len(), 1, "it was asked once");
        world.app.clock.advance(1);
        assert_eq!(make_room(&other, &wish, "C").await.expect(201)["repair"]["state"], "asking");
        world.close(&database).await;
    }

    async fn whoever_agreed_to_what_was_wanted_is_asked_again_a_day_later(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, other) = (&world.one.member, &world.two.member, third(&world).await);
        let (booking, hold) = moved(&world).await;
        confirm(&world, one, &hold).await;
        let wish = there(&world, two, &booking).await;
        assert_eq!(why(&make_room(&other, &wish, "C").await), "no_repair_found");
        world.app.clock.advance(DAY - 1);
        assert_eq!(why(&make_room(&other, &wish, "C").await), "no_repair_found");
        world.app.clock.advance(1);
        assert_eq!(make_room(&other, &wish, "C").await.expect(201)["repair"]["state"], "asking");
        world.close(&database).await;
    }

    async fn what_was_moved_by_rule_isnt_asked_at_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two, other) = (&world.one.member, &world.two.member, third(&world).await);
        let wide = with(&on(60), &json!({"to": on(70)["to"]}));
        let offer = world.offers(two, &on(60)).await.remove(0);
        let held = hold_flexibly(two, &wide, &offer, "B").await.expect(201).clone();
        confirm(&world, two, id(&held)).await;
        let made = make_room(one, &on(60), "A").await.expect(201)["booking"].clone();
        world.act(one, id(&made), "withdraw", json!({})).await.expect(200);
        let wish = there(&world, two, &held).await;
        assert_eq!(why(&make_room(&other, &wish, "C").await), "moved_lately");
        assert_eq!(asks(two).await, Vec::<Value>::new());
        // By rule it goes a day later, though nobody wanted what it made room for: it is no plan window else.
        world.app.clock.advance(DAY);
        assert!(make_room(&other, &wish, "C").await.expect(201)["booking"].is_object());
        world.close(&database).await;
    }

    async fn whoever_takes_a_question_back_asks_it_again_a_day_later(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two, other) = (&world.one.member, &world.two.member, third(&world).await);
        world.confirmed_for(two, &on(60), "B").await;
        take_back(one, make_room(one, &on(60), "A").await.expect(201)).await;
        let path = search_path(&on(60)).replace("/api/v1/offers", "/api/v1/repairs/ways");
        for refused in [make_room(one, &on(60), "A").await, one.get(&path).await] {
            assert_eq!(why(&refused), "asked_lately");
        }
        let search = search_path(&on(60)).replace("/api/v1/offers", "");
        for (language, words) in [("en", "it took that question back"), ("zh", "贵企业撤回了该请求")] {
            let page = one.get(&format!("/{language}/room?search={}", encoded(&search))).await;
            assert!(page.text.contains(words), "{}", page.text);
        }
        // That is nobody else's.
        take_back(&other, make_room(&other, &on(60), "C").await.expect(201)).await;
        world.app.clock.advance(DAY - 1);
        assert_eq!(why(&make_room(one, &on(60), "A").await), "asked_lately");
        assert_eq!(asks(two).await.len(), 2);
        world.app.clock.advance(1);
        let again = make_room(one, &on(60), "A").await.expect(201)["repair"].clone();
        // Nor once the time for an answer has run out.
        world.app.clock.set(seconds(&again["answer_by"]));
        world.settle().await;
        assert_eq!(repairs(one).await[0]["state"], "expired");
        assert_eq!(why(&make_room(one, &on(60), "A").await), "asked_lately");
        world.app.clock.advance(DAY);
        make_room(one, &on(60), "A").await.expect(201);
        world.close(&database).await;
    }

    async fn the_questions_of_a_day_are_bounded(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for date in [10, 14, 18, 22] {
            world.confirmed_for(two, &day(date), "B").await;
        }
        let mine = world.confirmed(&day(26), "M").await;
        let first = make_room(one, &day(10), "A").await.expect(201).clone();
        take_back(one, &first).await;
        // As if it had asked nineteen times, of twenty.
        let asked: Uuid = id(&first["repair"]).parse().expect("an id");
        let copy = "INSERT INTO proposal (id, kind, cause, organisation, account, wish, place, price_fen, created_at, \
                    expires_at, closed_at, outcome, booking) SELECT $1, kind, cause, organisation, account, wish, place, \
                    price_fen, created_at, expires_at, closed_at, outcome, booking FROM proposal WHERE id = $2";
        for _ in 0..18 {
            database.execute(copy, vec![Uuid::now_v7().into(), asked.into()]).await.expect("one more");
        }
        world.app.clock.advance(3_600);
        // Two at once: one is the last.
        let days = [day(14), day(18)];
        let (left, right) = tokio::join!(make_room(one, &days[0], "A"), make_room(one, &days[1], "A"));
        let (put, over) = if left.status == 201 { (left, right) } else { (right, left) };
        put.expect(201);
        let refusal = over.problem(422, "refused")["refusal"].clone();
        assert_eq!((&refusal["reason"], &refusal["facts"][0]), (&json!("too_many_questions"), &json!(["max", "20"])));
        let until = seconds(&refusal["facts"][1][1]);
        assert_eq!(until, seconds(&first["repair"]["asked_at"]) + DAY, "until the first counts no more");
        // A swap is one, too.
        let swap = json!({"booking": mine["id"], "from": "2026-12-21T16:00:00Z", "to": "2026-12-22T16:00:00Z"});
        assert_eq!(why(&one.ask_once("POST", "/api/v1/swaps", Some(swap)).await), "too_many_questions");
        world.app.clock.set(until - 1);
        assert_eq!(why(&make_room(one, &day(22), "A").await), "too_many_questions");
        world.app.clock.set(until);
        make_room(one, &day(22), "A").await.expect(201);
        let copies = "DELETE FROM proposal WHERE id NOT IN (SELECT proposal FROM proposal_move)";
        database.execute(copies, vec![]).await.expect("they are gone");
        world.close(&database).await;
    }
}
