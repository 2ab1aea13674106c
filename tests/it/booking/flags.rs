//! Bookings that a late change left where they no longer fit: the desk shows them until somebody has looked.

use serde_json::{Value, json};
use server::setup::{self, Plan, Source};
use tests::{Plant, TestDatabase, Visitor, on_both_databases};

use super::{
    World,
    outages::{asks, fee, id, say},
    world::{query, seconds, with},
};

/// A world whose lines rest on holidays.
async fn resting(database: &TestDatabase) -> World {
    let mut plant = Plant::new(1);
    plant.pattern.observes_holidays = true;
    World::of(database, plant, None).await
}

/// The year's holidays are these days of December.
async fn holidays(world: &World, days: &[u8]) -> Plan {
    let days: Vec<String> = days
        .iter()
        .map(|day| format!("{{ from = 2026-12-{day:02}, zh = \"临时\", en = \"Late\" }}"))
        .collect();
    let text = format!("[[holidays]]\nyear = 2026\nofficial = true\noff = [{}]\n", days.join(", "));
    let read = setup::read(&[Source::new("late", text)]).expect("it reads");
    let now = world.app.state.clock.now();
    setup::apply(&world.app.state.store, read, "late".into(), now).await.expect("imported")
}

async fn desk(visitor: &Visitor) -> String {
    let page = visitor.get("/en/desk").await;
    page.expect(200);
    page.text
}

/// Sends the form at `/do/settle-flag` as the page would.
async fn settle(world: &World, visitor: &Visitor, id: &str, reason: &str, key: &str) -> tests::app::Answer {
    let body = format!("id={id}&reason={reason}&key={key}&next=/en/desk&here=/en/desk");
    let request = visitor
        .request("POST", "/do/settle-flag")
        .header("origin", &world.app.address)
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    visitor.send(request).await
}

/// The flag that a page shows.
fn flag(page: &str) -> String {
    let rest = page.split("id=\"settle-").nth(1).expect("a flag");
    rest.split('"').next().unwrap_or_default().to_owned()
}

on_both_databases! {
    async fn the_desk_shows_what_a_late_holiday_left_until_somebody_has_looked(database: TestDatabase) {
        let world = resting(&database).await;
        let long = with(&query(2, 12), &json!({"batches": 4}));
        let booked = world.confirmed(&long, "P").await;
        let reference = booked["reference"].as_str().expect("a reference").to_owned();
        assert!(desk(&world.operator).await.contains("Nothing needs you now"));

        let plan = holidays(&world, &[3, 20]).await;
        assert_eq!(plan.affected.len(), 1, "{:?}", plan.affected);
        world.settle().await;
        assert_eq!(world.notices(&world.operator).await[0], "booking_affected");
        let page = desk(&world.operator).await;
        assert!(page.contains(&reference) && page.contains("it takes longer than its slot"), "{page}");
        assert!(page.contains("only its owner may move it"));
        let looking = desk(&world.qa).await;
        assert!(looking.contains(&reference) && !looking.contains("/do/settle-flag"));

        // It can't run as it stands, and that is the platform's doing: its client owes nothing until somebody has
        // looked.
        let client = &world.one.member;
        for what in ["cancellation", "move"] {
            assert_eq!(fee(client, &booked, what).await, (0, true), "{what}");
        }

        // Somebody says what came of it, once, in words.
        let id = flag(&page);
        let silent = settle(&world, &world.operator, &id, "", "k-1").await;
        silent.expect(422);
        assert!(silent.text.contains(&format!("settle-{id}-problem")), "{}", silent.text);
        for stranger in [&world.one.member, &world.district, &world.qa] {
            let refused = settle(&world, stranger, &id, "x", "k-2").await;
            assert!(matches!(refused.status, 403 | 404), "{}", refused.status);
        }
        for _ in 0..2 {
            settle(&world, &world.operator, &id, "an+extra+shift", "k-3").await.expect(303);
        }
        assert!(!desk(&world.operator).await.contains(&reference));
        let (fee_fen, waived) = fee(client, &booked, "cancellation").await;
        assert!(fee_fen > 0 && !waived, "it is well where it stands");
        let decided = "SELECT count(*) FROM decision WHERE action = 'settle_flag' AND inputs LIKE '%an extra shift%'";
        assert_eq!(database.number(decided).await, 1, "a double click is one deed");
        let late = settle(&world, &world.operator, &id, "again", "k-4").await;
        late.expect(422);
        assert!(late.text.contains("This conflict has been dealt with already (by operator, "), "{}", late.text);
        // The client's history tells nothing of the platform's own look.
        let events = world.one.member.get(&format!("/api/v1/bookings/{}/history", booked["id"].as_str().expect("an id"))).await;
        assert!(!events.text.contains("settle"), "{}", events.text);
        world.close(&database).await;
    }

    async fn whoever_is_well_where_it_stands_is_asked_no_more(database: TestDatabase) {
        let world = resting(&database).await;
        let client = &world.one.member;
        let booked = world.confirmed(&with(&query(2, 12), &json!({"batches": 4})), "P").await;
        holidays(&world, &[3, 20]).await;
        let conflicts = async || world.operator.get("/api/v1/conflicts").await.expect(200)["items"].clone();
        let path = format!("/api/v1/conflicts/{}", id(&conflicts().await[0]));
        let option = world.operator.get(&path).await.expect(200)["options"][0]["key"].clone();
        let asked = world.operator.ask_once("POST", &format!("{path}/resolve"), Some(json!({"option": option}))).await;
        assert_eq!(asked.expect(200)["state"], "asked");
        let ask = asks(client).await.remove(0);
        let settle = world.operator.ask_once("POST", &format!("{path}/settle"), Some(json!({"reason": "加班"}))).await;
        settle.expect(204);
        assert_eq!(say(client, &ask, "accept").await.problem(422, "refused")["refusal"]["reason"], "proposal_over");
        assert_eq!(world.booking(client, id(&booked)).await["steps"], booked["steps"]);
        world.settle().await;
        assert!(world.notices(client).await.contains(&"booking_stays".to_owned()));
        world.close(&database).await;
    }

    async fn whoever_fits_again_is_asked_no_more(database: TestDatabase) {
        let world = resting(&database).await;
        let client = &world.one.member;
        let booked = world.confirmed(&with(&query(2, 12), &json!({"batches": 4})), "P").await;
        holidays(&world, &[3, 20]).await;
        let conflicts = world.operator.get("/api/v1/conflicts").await.expect(200)["items"].clone();
        let path = format!("/api/v1/conflicts/{}", id(&conflicts[0]));
        let option = world.operator.get(&path).await.expect(200)["options"][0]["key"].clone();
        let asked = world.operator.ask_once("POST", &format!("{path}/resolve"), Some(json!({"option": option}))).await;
        assert_eq!(asked.expect(200)["state"], "asked");
        let ask = asks(client).await.remove(0);
        // The answer counts before it would begin where it stands.
        assert!(seconds(&ask["answer_by"]) <= seconds(&booked["steps"][0]["start"]), "{ask}");
        // The holiday is taken back: at once nobody can say yes any more, and the sweep tells everybody.
        holidays(&world, &[20]).await;
        let now = asks(client).await.remove(0);
        assert_eq!((&now["state"], &now["lapse"]), (&json!("lapsed"), &json!("needless")));
        world.settle().await;
        let now = asks(client).await.remove(0);
        assert_eq!((&now["state"], &now["lapse"]), (&json!("over"), &json!("withdrawn")));
        assert!(world.notices(client).await.contains(&"booking_stays".to_owned()));
        let page = world.operator.get(&format!("/en/desk/requests/{}", id(&booked))).await.text;
        assert!(page.contains("The firm was asked to move") && page.contains("It fits again"), "{page}");
        world.close(&database).await;
    }

    async fn what_fits_again_or_has_moved_needs_no_look(database: TestDatabase) {
        let world = resting(&database).await;
        let long = with(&query(2, 12), &json!({"batches": 4}));
        let held = world.hold_best(&world.one.member, &long, "P").await;
        let reference = held["reference"].as_str().expect("a reference").to_owned();
        let shown = async || desk(&world.operator).await.contains(&reference);
        assert!(!shown().await);
        holidays(&world, &[3, 20]).await;
        assert!(shown().await);
        // The holiday is taken back.
        holidays(&world, &[20]).await;
        assert!(!shown().await);
        // It comes again, and the firm moves its campaign.
        holidays(&world, &[3, 20]).await;
        assert!(shown().await);
        let id = held["id"].as_str().expect("an id");
        world.app.clock.set(world.app.state.clock.now() + 60);
        let wish = with(&with(&query(8, 20), &json!({"batches": 4})), &json!({"moving": id}));
        let offers = world.offers(&world.one.member, &wish).await;
        let quote = world.one.member.get(&format!("/api/v1/bookings/{id}/move")).await;
        let fee = quote.expect(200)["fee_fen"].clone();
        let order = json!({"query": wish, "offer": offers[0]["key"], "quoted_fee_fen": fee});
        world.act(&world.one.member, id, "move", order).await.expect(200);
        assert!(!shown().await);
        world.close(&database).await;
    }

    async fn a_line_that_is_up_again_says_nothing_to_whom_something_else_keeps(database: TestDatabase) {
        let world = resting(&database).await;
        let booked = world.confirmed(&with(&query(2, 12), &json!({"batches": 4})), "P").await;
        assert_eq!(holidays(&world, &[3]).await.affected.len(), 1);
        let step = &booked["steps"][0];
        let order = json!({"line": step["line"], "from": step["start"], "until": step["end"], "kind": "breakdown",
            "reason": "主电机烧毁"});
        let outage = world.operator.ask_once("POST", "/api/v1/outages", Some(order)).await.expect(201)["outage"].clone();
        let end = json!({"until": "2026-11-01T00:00:00Z"});
        let path = format!("/api/v1/outages/{}/end", id(&outage));
        world.operator.ask_once("POST", &path, Some(end.clone())).await.expect(200);
        world.settle().await;
        let told = world.notices(&world.one.member).await;
        assert!(!told.contains(&"line_up".to_owned()), "{told:?}");
        let again = world.operator.ask_once("POST", &path, Some(end)).await;
        assert_eq!(again.problem(422, "refused")["refusal"]["reason"], "outage_over");
        world.close(&database).await;
    }

    async fn a_campaign_that_is_broken_off_leaves_the_steps_that_were_to_follow(database: TestDatabase) {
        let mut plant = Plant::new(2);
        let first = plant.route.steps[0].clone();
        let mut second = first.clone();
        (plant.route.steps[0].lines, second.lines) = (vec![first.lines[0]], vec![first.lines[1]]);
        second.code = "coat".into();
        plant.route.steps.push(second);
        let world = World::of(&database, plant, None).await;
        let booked = world.confirmed(&with(&query(2, 12), &json!({"batches": 2})), "P").await;
        let id = booked["id"].as_str().expect("an id");
        assert_eq!(booked["steps"].as_array().expect("a list").len(), 2);
        world.app.clock.set(seconds(&booked["steps"][0]["start"]) + 3600);
        world.act(&world.operator, id, "start", Value::Null).await.expect(200);
        let over = world.act(&world.operator, id, "abort", json!({"reason": "断料"})).await.expect(200).clone();
        assert_eq!(over["steps"].as_array().expect("a list").len(), 1, "{over}");
        assert_eq!(world.booking(&world.one.member, id).await["steps"], over["steps"]);
        let live = "SELECT count(*) FROM occupancy WHERE live IS NOT NULL AND kind = 'campaign'";
        assert_eq!(database.number(live).await, 1);
        let claimed = "SELECT count(*) FROM pool_claim c JOIN occupancy o ON o.id = c.occupancy WHERE o.live IS NULL";
        assert_eq!(database.number(claimed).await, 0);
        world.act(&world.operator, id, "close", Value::Null).await.expect(200);
        world.close(&database).await;
    }
}
