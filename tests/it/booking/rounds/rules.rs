//! The published rules decide as they say.

use domain::{policy::Policy, resolve::allocation::Round, use_or_lose::UseOrLose};
use serde_json::{Value, json};
use tests::{
    app::{Answer, People},
    on_both_databases,
};

use super::{
    super::{
        World,
        changing::save_policy,
        world::{seconds, with},
    },
    close, day, draft, drafted, first_come, id, of, open_call, order, outcome, publish, reason, replayed,
    wish, wishes,
};

async fn scored(world: &World, wish: &Value, points: u32) -> Answer {
    let (path, body) = (format!("/api/v1/wishes/{}/points", id(wish)), json!({"points": points}));
    world.operator.ask("POST", &path, Some(body)).await
}

/// Whether a field of an answer is called an innovation score, or is one of `scores`. Whole fields: a score's digits
/// come up in an id by chance.
fn tells(answer: &Value, scores: &[&str]) -> bool {
    match answer {
        Value::Object(fields) => {
            fields.iter().any(|(name, field)| name.contains("innovation") || tells(field, scores))
        }
        Value::Array(list) => list.iter().any(|one| tells(one, scores)),
        Value::String(text) => scores.contains(&text.as_str()),
        other => scores.contains(&other.to_string().as_str()),
    }
}

on_both_databases! {
    async fn points_and_shares_decide_as_published(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let missing = with(&order(&world, json!({"rule": "score_with_ageing", "per_call": 5})), &json!({"criteria": ""}));
        world.operator.ask_once("POST", "/api/v1/calls", Some(missing)).await.problem(422, "invalid");
        let call = open_call(&world, json!({"rule": "score_with_ageing", "per_call": 5})).await;
        wish(one, &call, day(10), 1, "A").await.expect(201);
        wish(two, &call, day(10), 1, "B").await.expect(201);
        let mine = wishes(one, &call).await.remove(0);
        assert_eq!(reason(&scored(&world, &mine, 10).await), "call_still_open");
        close(&world, &call).await;
        for (product, points) in [("A", 10), ("B", 11)] {
            let all = wishes(&world.operator, &call).await;
            let one = all.iter().find(|wish| wish["product_code"] == product).expect("a wish").clone();
            scored(&world, &one, points).await.expect(204);
        }
        scored(&world, &mine, 101).await.problem(422, "invalid");
        let first = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&first, "A")), outcome(of(&first, "B"))), ("outranked", "placed"));
        // Other points, and the draft counts no more.
        scored(&world, &mine, 12).await.expect(204);
        assert_eq!(reason(&publish(&world, &call).await), "no_draft");
        let again = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&again, "A")), outcome(of(&again, "B"))), ("placed", "outranked"));
        // The platform reads what counted, but no firm's innovation score; the firm reads its own alone.
        let counted = json!({"place": null, "points": 11, "waited": 0, "waited_points": 0, "newcomer": null, "small": null});
        assert_eq!(of(&again, "B")["result"]["counted"], counted);
        // While it is being decided its firm doesn't read what it was given: that may still be another.
        assert_eq!(wishes(two, &call).await[0]["points"], Value::Null);
        assert_eq!(of(&json!({"wishes": wishes(&world.operator, &call).await}), "B")["points"], 11);
        publish(&world, &call).await.expect(200);
        let theirs = wishes(two, &call).await;
        assert_eq!(theirs[0]["points"], 11);
        assert_eq!(theirs[0]["result"]["counted"], with(&counted, &json!({"innovation": 0})));
        let page = two.get(&format!("/en/calls/{}", id(&call))).await.text;
        for words in ["they rank before yours or are worth at least as much together", "Points with which it counted: 11", "No earlier call without anything"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        world.settle().await;
        assert!(world.notices(two).await.contains(&"wish_outweighed".to_owned()));
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn who_got_nothing_before_ages_and_a_share_is_a_share(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (before, _) = drafted(&world).await;
        let first = of(&draft(&world, &before).await.expect(200).clone(), "").clone();
        let out = format!("/api/v1/wishes/{}/adjust", id(&first));
        world.operator.ask_once("POST", &out, Some(json!({"reason": "late"}))).await.expect(200);
        publish(&world, &before).await.expect(200);
        // The second firm has got nothing, so that its wish is worth five more.
        let january = json!({"from": "2027-01-04", "to": "2027-01-31", "closes_at": "2026-12-30T00:00:00Z"});
        let later = with(&order(&world, json!({"rule": "score_with_ageing", "per_call": 5})), &january);
        let call = world.operator.ask_once("POST", "/api/v1/calls", Some(later)).await.expect(201).clone();
        let on = |day: &str| with(&self::day(1), &json!({"from": day, "to": day}));
        wish(one, &call, on("2027-01-12"), 1, "A").await.expect(201);
        wish(two, &call, on("2027-01-12"), 1, "B").await.expect(201);
        close(&world, &call).await;
        let decided = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&decided, "A")), outcome(of(&decided, "B"))), ("outranked", "placed"));
        let counted = |wish: &Value| ["points", "waited", "waited_points"].map(|name| wish["result"]["counted"][name].clone());
        assert_eq!(counted(of(&decided, "A")), [json!(1), json!(0), json!(0)]);
        assert_eq!(counted(of(&decided, "B")), [json!(6), json!(1), json!(5)]);
        let shares = with(&order(&world, json!({"rule": "shares", "per_firm": 3, "reserved": 0})), &json!({
            "from": "2027-03-01", "to": "2027-03-31", "closes_at": "2027-02-27T00:00:00Z"}));
        let call = world.operator.ask_once("POST", "/api/v1/calls", Some(shares)).await.expect(201).clone();
        assert_eq!(call["offered_minutes"], 31 * 1440);
        wish(one, &call, on("2027-03-09"), 1, "A").await.expect(201);
        wish(one, &call, on("2027-03-16"), 2, "C").await.expect(201);
        close(&world, &call).await;
        let decided = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&decided, "A")), outcome(of(&decided, "C"))), ("placed", "share_firm"));
        world.close(&database).await;
    }

    async fn why_a_wish_has_no_place_is_said_as_it_is_after_a_change(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let on = |day: &str| with(&self::day(1), &json!({"from": day, "to": day}));
        let shares = with(&order(&world, json!({"rule": "shares", "per_firm": 3, "reserved": 0})), &json!({
            "from": "2027-03-01", "to": "2027-03-31", "closes_at": "2027-02-27T00:00:00Z"}));
        let call = world.operator.ask_once("POST", "/api/v1/calls", Some(shares)).await.expect(201).clone();
        wish(one, &call, on("2027-03-09"), 1, "A").await.expect(201);
        wish(one, &call, on("2027-03-16"), 2, "C").await.expect(201);
        wish(two, &call, on("2027-03-16"), 1, "B").await.expect(201);
        close(&world, &call).await;
        let decided = draft(&world, &call).await.expect(200).clone();
        let told = |draft: &Value| ["A", "C", "B"].map(|code| outcome(of(draft, code)).to_owned());
        assert_eq!(told(&decided), ["placed", "share_firm", "placed"]);
        let out = format!("/api/v1/wishes/{}/adjust", id(of(&decided, "A")));
        let changed = world.operator.ask_once("POST", &out, Some(json!({"reason": "late"}))).await.expect(200).clone();
        // Its firm has its whole share again, and no room for what the other has.
        assert_eq!(told(&changed), ["taken_out", "outranked", "placed"]);
        assert_eq!(changed["adjustments"].as_array().map(Vec::len), Some(1));
        publish(&world, &call).await.expect(200);
        let mine: Vec<String> = wishes(one, &call).await.iter().map(|wish| outcome(wish).to_owned()).collect();
        assert_eq!(mine, ["taken_out", "outranked"]);
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn the_time_on_offer_is_all_that_isnt_published_as_taken(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booked = world.confirmed(&with(&day(1), &json!({"from": "2027-03-10", "to": "2027-03-10"})), "A").await;
        let shares = with(&order(&world, json!({"rule": "shares", "per_firm": 3, "reserved": 0})), &json!({
            "from": "2027-03-01", "to": "2027-03-31", "closes_at": "2027-02-27T00:00:00Z"}));
        let call = world.operator.ask_once("POST", "/api/v1/calls", Some(shares)).await.expect(201).clone();
        let path = format!("/api/v1/lines/{}/free-busy?from=2027-03-01&to=2027-03-31", world.plant.line(0));
        let shown = world.two.member.get(&path).await;
        let minutes = |piece: &Value| (seconds(&piece["end"]) - seconds(&piece["start"])) / 60;
        let taken: i64 = shown.expect(200)["busy"].as_array().expect("pieces").iter().map(minutes).sum();
        assert!(taken > minutes(&booked["steps"][0]), "with the time to change, which is nobody else's to know");
        assert_eq!(call["offered_minutes"], json!(31 * 1440 - taken));
        world.close(&database).await;
    }

    async fn a_call_that_had_no_room_for_a_wish_ages_nobody(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let call = open_call(&world, first_come()).await;
        wish(one, &call, day(10), 1, "A").await.expect(201);
        world.confirmed_for(two, &day(10), "H").await;
        close(&world, &call).await;
        let decided = draft(&world, &call).await.expect(200).clone();
        assert_eq!(outcome(of(&decided, "A")), "booked");
        publish(&world, &call).await.expect(200);
        let january = json!({"from": "2027-01-04", "to": "2027-01-31", "closes_at": "2026-12-30T00:00:00Z"});
        let later = with(&order(&world, json!({"rule": "score_with_ageing", "per_call": 5})), &january);
        let call = world.operator.ask_once("POST", "/api/v1/calls", Some(later)).await.expect(201).clone();
        let same_day = with(&day(1), &json!({"from": "2027-01-12", "to": "2027-01-12"}));
        wish(one, &call, same_day.clone(), 1, "A").await.expect(201);
        wish(two, &call, same_day, 1, "B").await.expect(201);
        close(&world, &call).await;
        // Two points beat the one that a wish counts at least; one that aged would have five. A lot would decide a tie.
        let mut all = wishes(&world.operator, &call).await.into_iter();
        let other = all.find(|wish| wish["product_code"] == "B").expect("a wish");
        scored(&world, &other, 2).await.expect(204);
        let decided = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&decided, "A")), outcome(of(&decided, "B"))), ("outranked", "placed"));
        world.close(&database).await;
    }

    async fn whoever_took_another_window_gets_the_better_one_before_who_comes_later(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let call = open_call(&world, first_come()).await;
        wish(one, &call, day(10), 1, "A").await.expect(201);
        world.app.clock.advance(1);
        let order = json!({"query": day(10), "rank": 1, "product_code": "B", "otherwise": [{"from": "2026-12-15", "to": "2026-12-16"}]});
        two.ask_once("POST", &format!("/api/v1/calls/{}/wishes", id(&call)), Some(order)).await.expect(201);
        world.app.clock.advance(1);
        wish(one, &call, day(10), 2, "C").await.expect(201);
        close(&world, &call).await;
        let decided = draft(&world, &call).await.expect(200).clone();
        let told = |draft: &Value| ["A", "B", "C"].map(|code| outcome(of(draft, code)).to_owned());
        // Nobody else is in the third's way but its own firm's first.
        assert_eq!(told(&decided), ["placed", "placed", "own_wish"]);
        let out = format!("/api/v1/wishes/{}/adjust", id(of(&decided, "A")));
        let changed = world.operator.ask_once("POST", &out, Some(json!({"reason": "late"}))).await.expect(200).clone();
        assert_eq!(told(&changed), ["taken_out", "filled", "outranked"]);
        assert_eq!(of(&changed, "B")["result"]["choice"], 1);
        let kinds: Vec<&Value> = changed["adjustments"].as_array().expect("a list").iter().map(|one| &one["kind"]).collect();
        assert_eq!(kinds, [&json!("take_out"), &json!("lifted")]);
        let page = world.operator.get(&format!("/en/desk/calls/{}", id(&call))).await.text;
        assert!(page.contains("Got a window that it wants more, by the rule"), "{page}");
        publish(&world, &call).await.expect(200);
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn another_window_is_taken_where_the_first_is_full(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let call = open_call(&world, first_come()).await;
        wish(one, &call, day(10), 1, "A").await.expect(201);
        world.app.clock.advance(1);
        let order = json!({"query": day(10), "rank": 1, "product_code": "B", "otherwise": [{"from": "2026-12-15", "to": "2026-12-16"}]});
        two.ask_once("POST", &format!("/api/v1/calls/{}/wishes", id(&call)), Some(order)).await.expect(201);
        close(&world, &call).await;
        let draft = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&draft, "B")), &of(&draft, "B")["result"]["choice"]), ("placed", &json!(2)));
        publish(&world, &call).await.expect(200);
        world.close(&database).await;
    }

    async fn of_equal_wishes_the_higher_score_wins_and_the_record_keeps_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let people = People::found(&world.app).await;
        let score = async |organisation: uuid::Uuid, score: u16| {
            let path = format!("/api/v1/organisations/{organisation}/innovation");
            let body = json!({"score": score, "assessed_on": "2026-06-30"});
            people.district_admin.ask("PUT", &path, Some(body)).await.expect(200);
        };
        score(world.one.organisation, 400).await;
        score(world.two.organisation, 401).await;
        let call = open_call(&world, json!({"rule": "score_with_ageing", "per_call": 1})).await;
        wish(&world.one.member, &call, day(10), 1, "A").await.expect(201);
        wish(&world.two.member, &call, day(10), 1, "B").await.expect(201);
        close(&world, &call).await;
        let (a, b) = {
            let draft = draft(&world, &call).await.expect(200).clone();
            assert_eq!((outcome(of(&draft, "A")), outcome(of(&draft, "B"))), ("outranked", "placed"));
            assert!(!tells(&draft, &["400", "401"]), "no platform reads any: {draft}");
            (of(&draft, "A").clone(), of(&draft, "B").clone())
        };
        // One point more outweighs every score.
        for (wish, points) in [(&a, 11), (&b, 10)] {
            let path = format!("/api/v1/wishes/{}/points", id(wish));
            world.operator.ask("POST", &path, Some(json!({"points": points}))).await.expect(204);
        }
        let again = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&again, "A")), outcome(of(&again, "B"))), ("placed", "outranked"));
        publish(&world, &call).await.expect(200);
        // What is on record later is of no matter to what was decided.
        score(world.one.organisation, 0).await;
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        let rows = database.rows("SELECT c.round FROM call_draft c JOIN call k ON k.draft = c.id", vec![]).await.expect("rows");
        let kept: Round = serde_json::from_str(&rows[0].try_get_by_index::<String>(0).expect("a text")).expect("a round");
        let mut scores: Vec<u16> = kept.wishes.iter().map(|wish| wish.innovation).collect();
        scores.sort_unstable();
        assert_eq!(scores, [400, 401]);
        world.close(&database).await;
    }

    async fn a_size_that_is_stated_once_the_call_has_closed_does_not_count(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let call = open_call(&world, json!({"rule": "shares", "per_firm": 100, "reserved": 50})).await;
        let state = async |size: &str| {
            let stated = Some(json!({"size": size}));
            world.one.admin.ask("PATCH", "/api/v1/organisations/own", stated).await.expect(200);
        };
        state("large").await;
        wish(&world.one.member, &call, day(10), 1, "A").await.expect(201);
        wish(&world.two.member, &call, day(12), 1, "B").await.expect(201);
        close(&world, &call).await;
        state("micro").await;
        let draft = draft(&world, &call).await.expect(200).clone();
        for (product, size, small) in [("A", "large", false), ("B", "small", true)] {
            let wish = of(&draft, product);
            assert_eq!((&wish["firm"]["size"], &wish["result"]["counted"]["small"]), (&json!(size), &json!(small)));
        }
        world.close(&database).await;
    }

    async fn the_reserve_is_not_for_those_who_often_give_up_late(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let rule = UseOrLose { times: 1, within: 90 * 1440, horizon: 10 * 1440 };
        save_policy(&world, Policy { version: 2, use_or_lose: Some(rule), ..Policy::default() }).await;
        // Both are small and new to the line; all of it is reserved for such firms.
        let call = open_call(&world, json!({"rule": "shares", "per_firm": 100, "reserved": 100})).await;
        let left = world.confirmed(&day(20), "L").await;
        let quote = world.one.member.get(&format!("/api/v1/bookings/{}/cancellation", id(&left))).await;
        let leave = json!({"quoted_fee_fen": quote.expect(200)["fee_fen"]});
        world.act(&world.one.member, id(&left), "cancel", leave).await.expect(200);
        wish(&world.one.member, &call, day(10), 1, "A").await.expect(201);
        wish(&world.two.member, &call, day(12), 1, "B").await.expect(201);
        close(&world, &call).await;
        let draft = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&draft, "A")), outcome(of(&draft, "B"))), ("share_unreserved", "placed"));
        for (product, part) in [("A", false), ("B", true)] {
            let counted = &of(&draft, product)["result"]["counted"];
            assert_eq!((&counted["newcomer"], &counted["small"]), (&json!(part), &json!(part)), "{product}");
        }
        publish(&world, &call).await.expect(200);
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }
}
