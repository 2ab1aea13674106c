//! A call from its opening to the holds that it gives, and who sees what until then.

use domain::policy::Policy;
use serde_json::{Value, json};
use server::{clock::Clock, usecase::rounds::commitment};
use tests::on_both_databases;

use super::{
    super::{
        World,
        fairness::unmet,
        world::{details, query, seconds, with},
    },
    close, day, draft, drafted, first_come, id, of, open_call, order, outcome, publish, reason, replayed,
    seen, wish, wishes,
};

/// What the page of a call draws of its line, in words.
async fn charted(world: &World, call: &Value) -> Vec<String> {
    let page = world.operator.get(&format!("/en/desk/calls/{}", id(call))).await.text;
    let rows = page.split("<li>").filter_map(|row| row.split('<').next());
    let drawn = rows.filter(|row| row.starts_with("Booked before ") || row.starts_with("This call "));
    drawn.map(str::to_owned).collect()
}

on_both_databases! {
    async fn a_call_goes_all_the_way_to_holds(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let (call, draft) = drafted(&world).await;
        assert_eq!((outcome(of(&draft, "A")), outcome(of(&draft, "B")), outcome(of(&draft, ""))), ("placed", "outranked", "placed"));
        assert_eq!(draft["unfit"], Value::Null);
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 0, "a draft holds nothing");
        assert_eq!(world.offers(one, &day(10)).await.len(), 1);

        let published = publish(&world, &call).await.expect(200).clone();
        assert_eq!(published["state"], "published");
        let mine = wishes(one, &call).await;
        assert_eq!(mine.len(), 1);
        let hold = world.booking(one, mine[0]["result"]["booking"].as_str().expect("a hold")).await;
        assert_eq!((&hold["status"], &hold["product_code"]), (&json!("held"), &json!("A")));
        assert_eq!(hold["steps"], of(&draft, "A")["result"]["steps"]);
        assert_eq!(seconds(&hold["hold_expires_at"]), seconds(&published["ended_at"]).saturating_add(14 * 86_400).min(seconds(&hold["steps"][0]["start"])));
        let theirs = wishes(two, &call).await;
        assert_eq!(theirs.iter().map(outcome).collect::<Vec<_>>(), ["outranked", "placed"]);
        assert_eq!(theirs[0]["result"]["booking"], Value::Null);
        let places: Vec<&Value> = mine.iter().chain(&theirs).map(|wish| &wish["result"]["counted"]["place"]).collect();
        assert_eq!(places, [1, 2, 3], "in the order in which they came");
        let page = two.get(&format!("/en/calls/{}", id(&call))).await.text;
        assert!(page.contains("rank before yours under the published rule") && page.contains("Place 2 in the order"), "{page}");
        assert_eq!((unmet(one).await, unmet(two).await, unmet(&world.operator).await), (0, 1, 1));
        let other = world.booking(two, theirs[1]["result"]["booking"].as_str().expect("a hold")).await;
        assert_eq!(other["product_code"], Value::Null, "it has none until it is requested");
        // What it was given the firm requests as any hold.
        world.act(one, id(&hold), "request", details()).await.expect(200);
        world.settle().await;
        assert!(world.notices(one).await.contains(&"wish_placed".to_owned()));
        let told = world.notices(two).await;
        assert!(told.contains(&"wish_placed".to_owned()) && told.contains(&"wish_outranked".to_owned()), "{told:?}");
        assert!(world.notices(&world.operator).await.contains(&"call_closed".to_owned()));
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn elsewhere_what_a_call_gave_is_a_hold_like_any_other(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let (call, _) = drafted(&world).await;
        // Until it is published it waits on the platform's queue.
        let desk = world.operator.get("/en/desk").await.text;
        let link = format!("/en/desk/calls/{}", id(&call));
        assert!(desk.contains("id=\"rounds\"") && desk.contains(&link), "{desk}");
        publish(&world, &call).await.expect(200);
        let desk = world.operator.get("/en/desk").await.text;
        assert!(!desk.contains("id=\"rounds\"") && !desk.contains(&link), "{desk}");
        let hold = wishes(one, &call).await[0]["result"]["booking"].as_str().expect("a hold").to_owned();
        // Its history names the call that it came from, and leads there.
        let history = one.get(&format!("/api/v1/bookings/{hold}/history")).await.expect(200)["items"].clone();
        assert_eq!((&history[0]["action"], &history[0]["call"]["id"]), (&json!("hold"), &call["id"]));
        let page = one.get(&format!("/en/bookings/{hold}")).await.text;
        assert!(page.contains(&format!("/en/calls/{}", id(&call))) && page.contains("From the call"), "{page}");
        let elsewhere = with(&query(20, 24), &json!({"moving": hold}));
        let target = world.offers(one, &elsewhere).await.remove(0);
        let order = json!({"query": elsewhere, "offer": target["key"], "quoted_fee_fen": 0});
        let moved = world.act(one, &hold, "move", order).await.expect(200).clone();
        let most = world.app.clock.now() + Policy::default().hold_minutes * 60;
        assert_eq!(seconds(&moved["hold_expires_at"]), most);
        world.close(&database).await;
    }

    async fn what_a_round_gave_is_not_what_was_booked_before_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        world.confirmed(&query(20, 20), "Z").await;
        let (call, drafted) = drafted(&world).await;
        // Booked while it is reviewed, and before the rule decides the last time.
        world.hold_best(&world.one.member, &query(22, 22), "Y").await;
        let path = format!("/api/v1/wishes/{}/adjust", id(of(&drafted, "A")));
        world.operator.ask_once("POST", &path, Some(json!({"reason": "Not needed."}))).await.expect(200);
        let reviewed = charted(&world, &call).await;
        let begins = |name: &str| reviewed.iter().filter(|row| row.starts_with(name)).count();
        assert_eq!((begins("Booked before "), begins("This call ")), (2, 2), "{reviewed:?}");
        publish(&world, &call).await.expect(200);
        assert_eq!(charted(&world, &call).await, reviewed, "what it gave is booked now");
        world.hold_best(&world.one.member, &query(24, 24), "X").await;
        assert_eq!(charted(&world, &call).await, reviewed, "what is booked later was not there");
        world.close(&database).await;
    }

    async fn nobody_is_given_a_hold_who_is_not_verified_any_more(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, drafted) = drafted(&world).await;
        let path = format!("/api/v1/organisations/{}/verification", world.one.organisation);
        world.district.ask("DELETE", &path, None).await.expect(200);
        let outdated = publish(&world, &call).await;
        assert_eq!(reason(&outdated), "draft_outdated");
        let facts = outdated.body["refusal"]["facts"].to_string();
        assert!(facts.contains("unverified"), "{facts}");
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 0, "nothing is written then");
        // Taken out with a reason, it is in nobody's way.
        let out = json!({"reason": "Not verified any more."});
        let path = format!("/api/v1/wishes/{}/adjust", id(of(&drafted, "A")));
        world.operator.ask_once("POST", &path, Some(out)).await.expect(200);
        publish(&world, &call).await.expect(200);
        // What it was to have went to the next.
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 2);
        world.close(&database).await;
    }

    async fn nobody_sees_anothers_wishes(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let call = open_call(&world, first_come()).await;
        let made = wish(one, &call, day(10), 1, "SECRET-1").await.expect(201).clone();
        wish(two, &call, day(10), 1, "B").await.expect(201);
        assert_eq!(wishes(two, &call).await.len(), 1);
        assert!(!seen(two, &call).await.to_string().contains("SECRET-1"));
        let path = format!("/api/v1/wishes/{}", id(&made));
        two.ask("PUT", &path, Some(json!({"query": day(11), "rank": 1}))).await.problem(404, "not-found");
        two.ask("DELETE", &path, None).await.problem(404, "not-found");
        // Sealed for the platform too until it closes: it only knows how many there are.
        let sealed = world.operator.get(&format!("/api/v1/calls/{}/wishes", id(&call))).await;
        assert_eq!(reason(&sealed), "wishes_sealed");
        assert_eq!(seen(&world.operator, &call).await["wishes"], 2);
        close(&world, &call).await;
        assert_eq!(wishes(&world.operator, &call).await.len(), 2);
        draft(&world, &call).await.expect(200);
        // While it is reviewed firms learn nothing of it.
        assert_eq!((&seen(two, &call).await["state"], &wishes(two, &call).await[0]["result"]), (&json!("closed"), &Value::Null));
        two.get(&format!("/api/v1/calls/{}/draft", id(&call))).await.problem(404, "not-found");
        publish(&world, &call).await.expect(200);
        let theirs = wishes(two, &call).await;
        let (text, rival) = (theirs[0].to_string(), world.one.organisation.to_string());
        assert_eq!(outcome(&theirs[0]), "outranked");
        assert!(!text.contains("SECRET-1") && !text.contains(&rival) && !text.contains(id(&made)) && !text.contains("\"by\""), "{text}");
        world.close(&database).await;
    }

    async fn wishes_count_only_while_the_call_is_open(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let opens = json!({"opens_at": "2026-11-25T00:00:00Z"});
        let later = with(&order(&world, first_come()), &opens);
        let call = world.operator.ask_once("POST", "/api/v1/calls", Some(later)).await.expect(201).clone();
        assert_eq!(call["state"], "announced");
        assert_eq!(reason(&wish(one, &call, day(10), 1, "A").await), "call_not_open");
        world.app.clock.set(seconds(&call["opens_at"]));
        let made = wish(one, &call, day(10), 2, "A").await.expect(201).clone();
        // Another rank leaves it where it was, another day doesn't.
        world.app.clock.advance(60);
        let path = format!("/api/v1/wishes/{}", id(&made));
        let ranked = one.ask("PUT", &path, Some(json!({"query": day(10), "rank": 1, "product_code": "A"}))).await.expect(200).clone();
        assert_eq!((&ranked["rank"], &ranked["asked_at"]), (&json!(1), &made["asked_at"]));
        let moved = one.ask("PUT", &path, Some(json!({"query": day(11), "rank": 1, "product_code": "A"}))).await.expect(200).clone();
        assert_ne!(moved["asked_at"], made["asked_at"]);
        let gone = wish(one, &call, day(12), 2, "B").await.expect(201).clone();
        one.ask("DELETE", &format!("/api/v1/wishes/{}", id(&gone)), None).await.expect(204);
        one.ask("DELETE", &format!("/api/v1/wishes/{}", id(&gone)), None).await.expect(204);
        assert_eq!(wishes(one, &call).await.len(), 1);
        assert_eq!(reason(&draft(&world, &call).await), "call_still_open", "an operator closes nothing early");
        // At its very second, though nobody has swept.
        world.app.clock.set(seconds(&call["closes_at"]));
        assert_eq!(reason(&wish(one, &call, day(12), 2, "B").await), "call_not_open");
        assert_eq!(reason(&one.ask("DELETE", &path, None).await), "call_not_open");
        assert_eq!(reason(&one.ask("PUT", &path, Some(json!({"query": day(10), "rank": 1}))).await), "call_not_open");
        world.close(&database).await;
    }

    async fn what_can_never_be_is_refused_at_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let call = open_call(&world, first_come()).await;
        let outside = with(&day(10), &json!({"to": "2027-01-05"}));
        let problem = wish(one, &call, outside, 1, "A").await;
        assert_eq!(problem.problem(422, "invalid")["field"], "to");
        let huge = with(&day(10), &json!({"batch_size": "99999"}));
        wish(one, &call, huge, 1, "A").await.invalid("batch_size", "refused");
        wish(one, &call, day(10), 0, "A").await.problem(422, "invalid");
        let order = json!({"query": day(10), "rank": 1, "otherwise": [{"from": "2026-12-20", "to": "2027-02-01"}]});
        let path = format!("/api/v1/calls/{}/wishes", id(&call));
        assert_eq!(one.ask_once("POST", &path, Some(order)).await.problem(422, "invalid")["field"], "else_to");
        let elsewhere = with(&day(10), &json!({"platform": world.one.organisation}));
        assert_eq!(wish(one, &call, elsewhere, 1, "A").await.problem(422, "invalid")["field"], "platform");
        for rank in 1..=10 {
            wish(one, &call, day(10), rank, "A").await.expect(201);
        }
        // Its ranks are an order.
        let all = wishes(one, &call).await;
        let order = json!({"query": day(10), "rank": 2, "product_code": "A"});
        let again = one.ask("PUT", &format!("/api/v1/wishes/{}", id(&all[4])), Some(order)).await;
        assert_eq!(again.problem(422, "invalid")["field"], "rank");
        assert_eq!(reason(&wish(one, &call, day(10), 11, "A").await), "too_many_wishes");
        for (change, field) in [
            (json!({"closes_at": "2026-12-02T00:00:00Z"}), "closes_at"),
            (json!({"lines": []}), "lines"),
            (json!({"lines": [uuid::Uuid::nil()]}), "lines"),
            (json!({"hold_days": 0}), "hold_days"),
            (json!({"title": " "}), "title"),
            (json!({"to": "2026-11-30"}), "to"),
            (json!({"rule": {"rule": "shares", "per_firm": 0, "reserved": 10}}), "per_firm"),
        ] {
            let wrong = with(&self::order(&world, first_come()), &change);
            let answer = world.operator.ask_once("POST", "/api/v1/calls", Some(wrong)).await;
            assert_eq!(answer.problem(422, "invalid")["field"], field);
        }
        // What is seconds past is told when it is, and not on which day.
        let now = json!(app::contract::Instant(world.app.clock.now()));
        let past = with(&self::order(&world, first_come()), &json!({"closes_at": app::contract::Instant(world.app.clock.now() - 5)}));
        let answer = world.operator.ask_once("POST", "/api/v1/calls", Some(past)).await;
        answer.problem(422, "invalid");
        assert!(answer.text.contains(now.as_str().expect("an instant")), "{}", answer.text);
        world.close(&database).await;
    }

    async fn what_was_taken_back_is_adjusted_no_more(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let call = open_call(&world, first_come()).await;
        wish(one, &call, day(10), 1, "A").await.expect(201);
        let gone = wish(one, &call, day(12), 2, "B").await.expect(201).clone();
        one.ask("DELETE", &format!("/api/v1/wishes/{}", id(&gone)), None).await.expect(204);
        close(&world, &call).await;
        draft(&world, &call).await.expect(200);
        let path = |what: &str| format!("/api/v1/wishes/{}/{what}", id(&gone));
        let out = world.operator.ask_once("POST", &path("adjust"), Some(json!({"reason": "late"}))).await;
        assert_eq!(reason(&out), "wish_withdrawn");
        assert_eq!(reason(&world.operator.get(&path("places")).await), "wish_withdrawn");
        assert_eq!(database.number("SELECT count(*) FROM call_adjustment").await, 0);
        world.close(&database).await;
    }

    async fn a_cancelled_call_gives_nothing_and_says_why(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, _) = drafted(&world).await;
        let path = format!("/api/v1/calls/{}/cancel", id(&call));
        world.operator.ask_once("POST", &path, Some(json!({"reason": ""}))).await.problem(422, "invalid");
        world.operator.ask_once("POST", &path, Some(json!({"reason": "The press is down."}))).await.expect(204);
        assert_eq!(reason(&publish(&world, &call).await), "call_cancelled");
        assert_eq!(reason(&draft(&world, &call).await), "call_cancelled");
        let told = seen(&world.one.member, &call).await;
        assert_eq!((&told["state"], &told["reason"]), (&json!("cancelled"), &json!("The press is down.")));
        assert_eq!(commitment(told["seed"].as_str().expect("told"), told["salt"].as_str().expect("told")), told["commitment"].as_str().expect("kept"));
        world.settle().await;
        for firm in [&world.one.member, &world.two.member] {
            assert!(world.notices(firm).await.contains(&"call_cancelled".to_owned()));
        }
        world.close(&database).await;
    }
}
