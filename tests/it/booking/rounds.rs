//! Allocation rounds: from an open call to the holds that it gives, and every way in which it could go wrong.

use domain::{
    policy::Policy,
    resolve::allocation::{Inputs, Round, Wish, allocate},
    use_or_lose::UseOrLose,
};
use serde_json::{Value, json};
use server::usecase::rounds::{commitment, replay};
use tests::{
    Visitor,
    app::{Answer, People},
    on_both_databases,
};

use super::{
    World,
    changing::save_policy,
    fairness::unmet,
    world::{query, seconds, with},
};

/// A call for the line in December, which closes a day before.
fn order(world: &World, rule: Value) -> Value {
    json!({
        "title": "December 🧪",
        "from": "2026-12-01",
        "to": "2026-12-31",
        "lines": [world.plant.line(0)],
        "closes_at": "2026-11-29T16:00:00Z",
        "rule": rule,
        "criteria": "One point for each batch.",
        "hold_days": 14,
    })
}

pub async fn open_call(world: &World, rule: Value) -> Value {
    let order = order(world, rule);
    world.operator.ask_once("POST", "/api/v1/calls", Some(order)).await.expect(201).clone()
}

fn first_come() -> Value {
    json!({"rule": "first_come"})
}

/// Two batches take eighteen hours, and the line two to change: a day holds one of these.
fn day(day: u8) -> Value {
    with(&query(day, day), &json!({"batches": 2}))
}

async fn wish(visitor: &Visitor, call: &Value, query: Value, rank: u16, product: &str) -> Answer {
    let order = json!({"query": query, "rank": rank, "product_code": product});
    visitor.ask_once("POST", &format!("/api/v1/calls/{}/wishes", id(call)), Some(order)).await
}

fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}

async fn close(world: &World, call: &Value) {
    world.app.clock.set(seconds(&call["closes_at"]));
    world.settle().await;
}

async fn draft(world: &World, call: &Value) -> Answer {
    world.operator.ask_once("POST", &format!("/api/v1/calls/{}/draft", id(call)), None).await
}

async fn publish(world: &World, call: &Value) -> Answer {
    world.operator.ask_once("POST", &format!("/api/v1/calls/{}/publish", id(call)), None).await
}

async fn wishes(visitor: &Visitor, call: &Value) -> Vec<Value> {
    let answer = visitor.get(&format!("/api/v1/calls/{}/wishes", id(call))).await;
    answer.expect(200).as_array().expect("a list").clone()
}

async fn seen(visitor: &Visitor, call: &Value) -> Value {
    visitor.get(&format!("/api/v1/calls/{}", id(call))).await.expect(200).clone()
}

fn reason(answer: &Answer) -> &str {
    answer.problem(422, "refused")["refusal"]["reason"].as_str().expect("a reason")
}

fn outcome(wish: &Value) -> &str {
    wish["result"]["outcome"].as_str().expect("an outcome")
}

/// A call in which two firms want the same day and one of them another besides, closed.
async fn wished(world: &World) -> Value {
    let call = open_call(world, first_come()).await;
    wish(&world.one.member, &call, day(10), 1, "A").await.expect(201);
    world.app.clock.advance(1);
    wish(&world.two.member, &call, day(10), 1, "B").await.expect(201);
    wish(&world.two.member, &call, day(14), 2, "").await.expect(201);
    close(world, &call).await;
    call
}

/// The same, drafted.
async fn drafted(world: &World) -> (Value, Value) {
    let call = wished(world).await;
    let draft = draft(world, &call).await.expect(200).clone();
    (call, draft)
}

fn of<'a>(draft: &'a Value, product: &str) -> &'a Value {
    let wishes = draft["wishes"].as_array().expect("a list");
    let wanted = if product.is_empty() { Value::Null } else { json!(product) };
    wishes.iter().find(|wish| wish["product_code"] == wanted).expect("a wish")
}

/// The findings of running the only published round again.
async fn replayed(world: &World) -> Vec<String> {
    let mut all = replay(&world.app.state.store, None).await.expect("it can be read");
    assert_eq!(all.len(), 1);
    all.remove(0).wrong
}

on_both_databases! {
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
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 1);
        world.close(&database).await;
    }

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
        assert_eq!((unmet(one).await, unmet(two).await, unmet(&world.operator).await), (0, 1, 1));
        let other = world.booking(two, theirs[1]["result"]["booking"].as_str().expect("a hold")).await;
        assert_eq!(other["product_code"], Value::Null, "it has none until it is requested");
        // What it was given the firm requests as any hold.
        world.act(one, id(&hold), "request", super::world::details()).await.expect(200);
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
        publish(&world, &call).await.expect(200);
        let hold = wishes(one, &call).await[0]["result"]["booking"].as_str().expect("a hold").to_owned();
        let elsewhere = with(&query(20, 24), &json!({"moving": hold}));
        let target = world.offers(one, &elsewhere).await.remove(0);
        let order = json!({"query": elsewhere, "offer": target["key"], "quoted_fee_fen": 0});
        let moved = world.act(one, &hold, "move", order).await.expect(200).clone();
        let most = server::clock::Clock::now(&*world.app.clock) + Policy::default().hold_minutes * 60;
        assert_eq!(seconds(&moved["hold_expires_at"]), most);
        world.close(&database).await;
    }

    async fn the_seed_is_told_at_the_end_and_is_the_one_committed_to(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let call = open_call(&world, json!({"rule": "lottery"})).await;
        let committed = call["commitment"].as_str().expect("from the beginning").to_owned();
        for (product, rank) in [("A", 1), ("B", 2), ("C", 3)] {
            wish(one, &call, day(10), rank, product).await.expect(201);
        }
        wish(&world.two.member, &call, day(10), 1, "D").await.expect(201);
        let before = seen(one, &call).await;
        assert_eq!((&before["seed"], &before["salt"], &before["wishes"]), (&Value::Null, &Value::Null, &Value::Null));
        close(&world, &call).await;
        let first = draft(&world, &call).await.expect(200).clone();
        assert_eq!(seen(&world.operator, &call).await["seed"], Value::Null, "the platform isn't told either");
        world.app.clock.advance(60);
        let again = draft(&world, &call).await.expect(200).clone();
        assert_eq!(first["wishes"], again["wishes"], "the same wishes and seed give the same");
        publish(&world, &call).await.expect(200);
        let after = seen(one, &call).await;
        let (seed, salt) = (after["seed"].as_str().expect("told"), after["salt"].as_str().expect("told"));
        assert_eq!(commitment(seed, salt), committed);
        assert_eq!(after["commitment"], json!(committed));
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn a_record_that_was_tampered_with_is_found(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, _) = drafted(&world).await;
        publish(&world, &call).await.expect(200);
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        let kept = |column: &str| format!("SELECT {column} FROM call_draft");
        let read = async |column: &str| -> String {
            let rows = database.rows(&kept(column), vec![]).await.expect("rows");
            rows[0].try_get_by_index(0).expect("a text")
        };
        let write = async |column: &str, text: &str| {
            database.execute(&format!("UPDATE call_draft SET {column} = $1"), vec![text.into()]).await.expect("written");
        };
        let (round, inputs) = (read("round").await, read("inputs").await);
        // The other firm is put first.
        let mut other: Round = serde_json::from_str(&round).expect("a round");
        for wish in &mut other.wishes {
            wish.asked_at = 5_000_000_000 - wish.asked_at;
        }
        write("round", &serde_json::to_string(&other).expect("text")).await;
        let wrong = replayed(&world).await;
        assert!(wrong.iter().any(|one| one.contains("other wishes")) && wrong.iter().any(|one| one.contains("another result")), "{wrong:?}");
        // A wish was narrowed, or scored otherwise, and decided so.
        let kept: Inputs = serde_json::from_str(&inputs).expect("inputs");
        let spoil: [fn(&mut Wish); 2] = [|wish| wish.choices[0].window.end -= 60, |wish| wish.points += 9];
        for spoil in spoil {
            let mut other: Round = serde_json::from_str(&round).expect("a round");
            spoil(&mut other.wishes[0]);
            let by = (other.seed, other.attempts);
            let again = allocate(&kept.snapshot(), &other.wishes, other.rule, by, other.now);
            write("round", &serde_json::to_string(&again).expect("text")).await;
            let wrong = replayed(&world).await;
            assert!(wrong.iter().any(|one| one.contains("other wishes")), "{wrong:?}");
            assert!(!wrong.iter().any(|one| one.contains("another result")), "{wrong:?}");
        }
        write("round", &round).await;
        // A line that was full.
        let mut full: Inputs = serde_json::from_str(&inputs).expect("inputs");
        full.routes.clear();
        write("inputs", &serde_json::to_string(&full).expect("text")).await;
        assert!(replayed(&world).await.iter().any(|one| one.contains("another result")));
        write("inputs", &inputs).await;
        for (spoil, mend, told) in [
            ("UPDATE call SET seed = '7'", "UPDATE call SET seed = $1", "not the one committed to"),
            ("UPDATE wish SET outcome = NULL WHERE booking IS NULL", "", "told something else"),
        ] {
            let seed: String = database.rows("SELECT seed FROM call", vec![]).await.expect("rows")[0].try_get_by_index(0).expect("a seed");
            database.execute(spoil, vec![]).await.expect("spoiled");
            let wrong = replayed(&world).await;
            assert!(wrong.iter().any(|one| one.contains(told)), "{told}: {wrong:?}");
            if !mend.is_empty() {
                database.execute(mend, vec![seed.into()]).await.expect("mended");
            }
        }
        // The server's own audit sees that too.
        let found = server::store::verify::verify(&world.app.state.store).await.expect_err("it is spoiled");
        assert!(found.to_string().contains("has an outcome though"), "{found}");
        world.app.stop().await;
    }

    async fn what_was_decided_while_a_line_was_down_is_decided_so_again(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let call = wished(&world).await;
        let order = json!({"line": world.plant.line(0), "from": "2026-12-09T00:00:00Z", "until": "2026-12-11T16:00:00Z",
            "kind": "breakdown", "reason": "主电机烧毁"});
        world.operator.ask_once("POST", "/api/v1/outages", Some(order)).await.expect(201);
        let drafted = draft(&world, &call).await.expect(200).clone();
        assert_ne!(outcome(of(&drafted, "A")), "placed");
        assert_eq!(outcome(of(&drafted, "")), "placed");
        publish(&world, &call).await.expect(200);
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn published_at_once_it_is_published_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, _) = drafted(&world).await;
        let (yes, no) = tokio::join!(publish(&world, &call), publish(&world, &call));
        let (won, lost) = if yes.status == 200 { (yes, no) } else { (no, yes) };
        won.expect(200);
        assert_eq!(reason(&lost), "call_published");
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 2);
        assert_eq!(database.number("SELECT count(*) FROM decision WHERE action = 'publish_call'").await, 1);
        assert_eq!(reason(&publish(&world, &call).await), "call_published");
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn what_does_not_fit_any_more_is_named_and_nothing_is_written(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, _) = drafted(&world).await;
        // Somebody books the day of the second placed wish while the draft stands.
        let taken = world.hold_best(&world.one.member, &day(14), "Z").await;
        let late = publish(&world, &call).await;
        let problem = late.problem(422, "refused");
        assert_eq!(problem["refusal"]["reason"], "draft_outdated");
        let facts = problem["refusal"]["facts"].to_string();
        let name = seen_name(&world).await;
        assert!(facts.contains(&name), "{facts} names {name}");
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 1, "all or nothing");
        assert_eq!(database.number("SELECT count(*) FROM wish WHERE outcome IS NOT NULL").await, 0);
        let look = world.operator.get(&format!("/api/v1/calls/{}/draft", id(&call))).await;
        assert_eq!(look.expect(200)["unfit"]["reason"], "draft_outdated");
        // Decided anew, or without it, it can be.
        let again = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&again, "A")), outcome(of(&again, ""))), ("placed", "booked"));
        publish(&world, &call).await.expect(200);
        assert_eq!(wishes(&world.two.member, &call).await.iter().map(outcome).collect::<Vec<_>>(), ["outranked", "booked"]);
        let why = wishes(&world.two.member, &call).await[1]["result"]["refusals"].to_string();
        assert!(why.contains("no_room") && !why.contains(id(&taken)), "{why}");
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn an_expired_hold_is_no_hindrance(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let call = open_call(&world, first_come()).await;
        wish(&world.one.member, &call, day(10), 1, "A").await.expect(201);
        let stands = world.hold_best(&world.two.member, &day(10), "B").await;
        // The hold has run out by the closing, and nobody has swept.
        world.app.clock.set(seconds(&call["closes_at"]));
        assert!(seconds(&stands["hold_expires_at"]) <= seconds(&call["closes_at"]));
        let draft = draft(&world, &call).await.expect(200).clone();
        assert_eq!(outcome(of(&draft, "A")), "placed");
        publish(&world, &call).await.expect(200);
        assert_eq!(world.booking(&world.two.member, id(&stands)).await["status"], "expired");
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }

    async fn what_the_platform_changes_is_on_record_with_its_reason(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, draft) = drafted(&world).await;
        let (first, second, third) = (of(&draft, "A"), of(&draft, "B"), of(&draft, ""));
        let adjust = async |wish: &Value, order: Value| {
            world.operator.ask_once("POST", &format!("/api/v1/wishes/{}/adjust", id(wish)), Some(order)).await
        };
        let places = async |wish: &Value| -> Vec<Value> {
            let found = world.operator.get(&format!("/api/v1/wishes/{}/places", id(wish))).await;
            found.expect(200).as_array().expect("a list").clone()
        };
        assert_eq!(places(second).await, Vec::<Value>::new(), "its day is taken");
        adjust(first, json!({"place": null})).await.problem(422, "invalid");
        adjust(second, json!({"place": "1.nonsense", "reason": "why not"})).await.problem(422, "invalid");
        let out = adjust(first, json!({"reason": "The material is late."})).await.expect(200).clone();
        assert_eq!(outcome(of(&out, "A")), "taken_out");
        let free = places(second).await;
        assert!(!free.is_empty(), "now there is room");
        let put = adjust(second, json!({"place": free[0]["key"], "reason": "It is next."})).await.expect(200).clone();
        assert_eq!((outcome(of(&put, "B")), &of(&put, "B")["result"]["steps"]), ("moved", &free[0]["steps"]));
        assert_eq!(put["adjustments"].as_array().map(Vec::len), Some(2));
        assert_eq!(put["adjustments"][0]["reason"], "The material is late.");
        // It can't go back where the other is now.
        assert_eq!(places(first).await, Vec::<Value>::new());
        assert_eq!(outcome(of(&put, "")), outcome(third));
        publish(&world, &call).await.expect(200);
        let mine = wishes(&world.one.member, &call).await;
        assert_eq!((outcome(&mine[0]), &mine[0]["result"]["reason"]), ("taken_out", &json!("The material is late.")));
        let theirs = wishes(&world.two.member, &call).await;
        assert_eq!(theirs.iter().map(outcome).collect::<Vec<_>>(), ["moved", "placed"]);
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 2);
        assert_eq!(reason(&adjust(first, json!({"reason": "too late"})).await), "call_published");
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        // A change that isn't on record any more leaves what was told without a cause.
        database.execute("DELETE FROM call_adjustment", vec![]).await.expect("gone");
        assert!(replayed(&world).await.iter().any(|one| one.contains("told something else")));
        world.close(&database).await;
    }

    async fn adjusting_and_publishing_at_once_end_in_one_way(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (call, draft) = drafted(&world).await;
        let path = format!("/api/v1/wishes/{}/adjust", id(of(&draft, "A")));
        let out = world.operator.ask_once("POST", &path, Some(json!({"reason": "late"})));
        let (published, adjusted) = tokio::join!(publish(&world, &call), out);
        match (published.status, adjusted.status) {
            (200, 422) => assert_eq!(outcome(&wishes(&world.one.member, &call).await[0]), "placed"),
            (422, 200) => assert_eq!(reason(&published), "call_changed"),
            (200, 200) => assert_eq!(outcome(&wishes(&world.one.member, &call).await[0]), "taken_out"),
            other => panic!("{other:?}: {} {}", published.text, adjusted.text),
        }
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

    async fn a_wish_and_the_closing_at_once_agree(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let call = open_call(&world, first_come()).await;
        wish(&world.one.member, &call, day(12), 1, "A").await.expect(201);
        world.app.clock.set(seconds(&call["closes_at"]) - 1);
        let late = async {
            world.app.clock.advance(1);
            world.settle().await;
        };
        let (wished, ()) = tokio::join!(wish(&world.two.member, &call, day(10), 1, "B"), late);
        let stands = i64::from(wished.status == 201);
        if stands == 0 {
            assert_eq!(reason(&wished), "call_not_open");
        }
        let draft = draft(&world, &call).await.expect(200).clone();
        assert_eq!(draft["wishes"].as_array().map(Vec::len).unwrap_or_default() as i64, 1 + stands);
        world.close(&database).await;
    }

    async fn points_and_shares_decide_as_published(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let missing = with(&order(&world, json!({"rule": "score_with_ageing", "per_call": 5})), &json!({"criteria": ""}));
        world.operator.ask_once("POST", "/api/v1/calls", Some(missing)).await.problem(422, "invalid");
        let call = open_call(&world, json!({"rule": "score_with_ageing", "per_call": 5})).await;
        wish(one, &call, day(10), 1, "A").await.expect(201);
        wish(two, &call, day(10), 1, "B").await.expect(201);
        let scored = async |wish: &Value, points: u32| {
            let (path, body) = (format!("/api/v1/wishes/{}/points", id(wish)), json!({"points": points}));
            world.operator.ask("POST", &path, Some(body)).await
        };
        let mine = wishes(one, &call).await.remove(0);
        assert_eq!(reason(&scored(&mine, 10).await), "call_still_open");
        close(&world, &call).await;
        for (product, points) in [("A", 10), ("B", 11)] {
            let all = wishes(&world.operator, &call).await;
            let one = all.iter().find(|wish| wish["product_code"] == product).expect("a wish").clone();
            scored(&one, points).await.expect(204);
        }
        scored(&mine, 101).await.problem(422, "invalid");
        let first = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&first, "A")), outcome(of(&first, "B"))), ("outranked", "placed"));
        // Other points, and the draft counts no more.
        scored(&mine, 12).await.expect(204);
        assert_eq!(reason(&publish(&world, &call).await), "no_draft");
        let again = draft(&world, &call).await.expect(200).clone();
        assert_eq!((outcome(of(&again, "A")), outcome(of(&again, "B"))), ("placed", "outranked"));
        publish(&world, &call).await.expect(200);
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

    async fn what_can_never_be_is_refused_at_once(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let one = &world.one.member;
        let call = open_call(&world, first_come()).await;
        let outside = with(&day(10), &json!({"to": "2027-01-05"}));
        let problem = wish(one, &call, outside, 1, "A").await;
        assert_eq!(problem.problem(422, "invalid")["field"], "to");
        let huge = with(&day(10), &json!({"batch_size": "99999"}));
        assert_eq!(reason(&wish(one, &call, huge, 1, "A").await), "batch_out_of_range");
        wish(one, &call, day(10), 0, "A").await.problem(422, "invalid");
        let order = json!({"query": day(10), "rank": 1, "otherwise": [{"from": "2026-12-20", "to": "2027-02-01"}]});
        let path = format!("/api/v1/calls/{}/wishes", id(&call));
        assert_eq!(one.ask_once("POST", &path, Some(order)).await.problem(422, "invalid")["field"], "else_to");
        for rank in 1..=10 {
            wish(one, &call, day(10), rank, "A").await.expect(201);
        }
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
            assert!(!draft.to_string().contains("innovation") && !draft.to_string().contains("401"), "no platform reads any");
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
        publish(&world, &call).await.expect(200);
        assert_eq!(replayed(&world).await, Vec::<String>::new());
        world.close(&database).await;
    }
}

/// Company two, as the platform knows it.
async fn seen_name(world: &World) -> String {
    let own = world.two.admin.get("/api/v1/organisations/own").await;
    own.expect(200)["name"]["zh"].as_str().expect("a name").to_owned()
}
