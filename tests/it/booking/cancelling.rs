//! Cancelling: for a stated fee, and always possible, even where it leaves a gap that its neighbours don't fit.

use serde_json::{Value, json};
use tests::{Visitor, app::Answer, on_both_databases};

use super::{
    World,
    outages::{asks, dealt_with, say},
    world::{query, seconds, with},
};

/// A day that holds one campaign of two batches and no more.
fn of_day(day: u8, hazards: &str, oeb: Option<u8>) -> Value {
    with(&query(day, day), &json!({"hazards": hazards, "oeb": oeb, "batches": 2}))
}

fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}

async fn cancel(world: &World, client: &Visitor, booking: &Value) {
    let quote = client.get(&format!("/api/v1/bookings/{}/cancellation", id(booking))).await;
    let order = json!({"quoted_fee_fen": quote.expect(200)["fee_fen"]});
    world.act(client, id(booking), "cancel", order).await.expect(200);
}

/// Campaigns of company one on the tenth and the fifteenth that don't fit each other, and what the desk has of the
/// cleaning between them.
async fn gap(world: &World) -> (Value, Value, Value) {
    let before = world.confirmed(&of_day(10, "high_activity", None), "A").await;
    let between = world.confirmed(&of_day(12, "hormone", None), "B").await;
    let behind = world.confirmed(&of_day(15, "", None), "C").await;
    cancel(world, &world.one.member, &between).await;
    (before, behind, conflicts(world).await.remove(0))
}

async fn conflicts(world: &World) -> Vec<Value> {
    let page = world.operator.get("/api/v1/conflicts").await;
    page.expect(200)["items"].as_array().expect("a list").clone()
}

async fn options(world: &World, conflict: &Value) -> Vec<Value> {
    let desk = world.operator.get(&format!("/api/v1/conflicts/{}", id(conflict))).await;
    desk.expect(200)["options"].as_array().expect("a list").clone()
}

async fn resolve(world: &World, conflict: &Value, option: &Value) -> Answer {
    let path = format!("/api/v1/conflicts/{}/resolve", id(conflict));
    world.operator.ask_once("POST", &path, Some(json!({"option": option["key"]}))).await
}

async fn leave(visitor: &Visitor, conflict: &Value) -> Answer {
    let path = format!("/api/v1/conflicts/{}/settle", id(conflict));
    visitor.ask_once("POST", &path, Some(json!({"reason": "两侧项目均不便改期"}))).await
}

on_both_databases! {
    async fn the_fee_is_stated_before_and_charged_as_stated(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let booking = world.confirmed(&query(20, 20), "P").await;
        let id = booking["id"].as_str().expect("an id");
        let quoted = client.get(&format!("/api/v1/bookings/{id}/cancellation")).await;
        let quote = quoted.expect(200);
        assert_eq!((&quote["notice_days"], &quote["percent"]), (&json!(27), &json!(75)));
        assert_eq!(quote["fee_fen"], 750_000);
        let wrong = world.act(client, id, "cancel", json!({"quoted_fee_fen": 500_000})).await;
        assert_eq!(wrong.problem(422, "refused")["refusal"]["reason"], "fee_changed");
        // The fee follows the plant's calendar: with fourteen days of notice it is the whole price.
        world.app.clock.set(seconds(&booking["steps"][0]["start"]) - 14 * 86_400);
        let late = world.act(client, id, "cancel", json!({"quoted_fee_fen": 750_000})).await;
        assert_eq!(late.problem(422, "refused")["refusal"]["facts"], json!([["fee_fen", "1000000"]]));
        world.act(client, id, "cancel", json!({"quoted_fee_fen": 1_000_000})).await.expect(200);
        let cancelled = world.booking(client, id).await;
        assert_eq!((&cancelled["status"], &cancelled["fee_fen"]), (&json!("cancelled"), &json!(1_000_000)));
        client.get(&format!("/api/v1/bookings/{id}/cancellation")).await.problem(422, "refused");
        world.close(&database).await;
    }

    async fn a_gap_that_is_too_short_keeps_its_time_for_the_operator(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        // From highly active straight to harmless there is no way, by a hormone there is.
        let first = world.confirmed(&of_day(1, "high_activity", None), "A").await;
        let between = world.confirmed(&of_day(3, "hormone", None), "B").await;
        let last = world.confirmed(&of_day(6, "", None), "C").await;
        let id = between["id"].as_str().expect("an id");
        let path = format!("/api/v1/bookings/{id}/cancellation");
        let fee = world.one.member.get(&path).await.expect(200)["fee_fen"].clone();
        let cancelled = world.act(&world.one.member, id, "cancel", json!({"quoted_fee_fen": fee})).await;
        assert_eq!(cancelled.expect(200)["status"], "cancelled", "a client's cancellation always succeeds");
        let cleanings = world.operator.get("/api/v1/cleanings").await;
        let cleaning = cleanings.expect(200)["items"][0].clone();
        assert_eq!(cleaning["start"], between["steps"][0]["start"]);
        assert_eq!(cleaning["end"], between["steps"][0]["end"]);
        assert_eq!(cleaning["removable"], false);
        world.one.member.get("/api/v1/cleanings").await.problem(403, "forbidden");
        let path = format!("/api/v1/cleanings/{}", cleaning["id"].as_str().expect("an id"));
        world.operator.delete(&path).await.problem(422, "refused");
        world.one.member.delete(&path).await.problem(404, "not-found");
        world.settle().await;
        assert!(world.notices(&world.operator).await.contains(&"cleaning_left".to_owned()));
        // Once a neighbour has gone too, the operator may remove it.
        let id = last["id"].as_str().expect("an id");
        let path_of_last = format!("/api/v1/bookings/{id}/cancellation");
        let fee = world.one.member.get(&path_of_last).await.expect(200)["fee_fen"].clone();
        world.act(&world.one.member, id, "cancel", json!({"quoted_fee_fen": fee})).await.expect(200);
        // Pressed twice, the second press is answered as the first.
        let form = json!({"id": cleaning["id"], "key": "one", "next": "/en/desk", "here": "/en/desk"});
        for _ in 0..2 {
            let removed = world.operator.post_form("/do/remove-cleaning", &form).await;
            removed.expect(303);
            assert_eq!(removed.header("location"), "/en/desk");
        }
        world.operator.delete(&path).await.problem(422, "refused");
        assert_eq!(world.operator.get("/api/v1/cleanings").await.expect(200)["items"], json!([]));
        assert_eq!(world.booking(&world.one.member, first["id"].as_str().expect("an id")).await["status"], "confirmed");
        world.close(&database).await;
    }

    async fn a_cleaning_goes_once_a_neighbour_has_moved(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        world.confirmed(&of_day(10, "high_activity", None), "A").await;
        let between = world.confirmed(&of_day(12, "hormone", None), "B").await;
        world.confirmed(&of_day(15, "", None), "C").await;
        let id = |value: &Value| value["id"].as_str().expect("an id").to_owned();
        let quote = client.get(&format!("/api/v1/bookings/{}/cancellation", id(&between))).await;
        let fee = json!({"quoted_fee_fen": quote.expect(200)["fee_fen"]});
        world.act(client, &id(&between), "cancel", fee).await.expect(200);
        let page = world.operator.get("/api/v1/conflicts").await.expect(200)["items"].clone();
        let case = page[0].clone();
        assert_eq!((page.as_array().map(Vec::len), &case["kind"]), (Some(1), &json!("cleaning")));
        let path = format!("/api/v1/conflicts/{}", id(&case));
        let options = async || world.operator.get(&path).await.expect(200)["options"].as_array().expect("a list").clone();
        let ways = options().await;
        let way = ways.first().expect("a neighbour can go elsewhere").clone();
        assert!(way["reference"].is_string() && way["asks"].as_array().map(Vec::len) == Some(1), "{way}");
        let take = async |key: &Value| {
            world.operator.ask_once("POST", &format!("{path}/resolve"), Some(json!({"option": key}))).await
        };
        take(&json!(format!("neighbour.{}.x", id(&between)))).await.problem(422, "invalid");
        let stranger = way["key"].as_str().expect("a key").replacen(&way["key"].as_str().expect("a key")[10..46], &id(&between), 1);
        take(&json!(stranger)).await.problem(422, "invalid");
        assert_eq!(take(&way["key"]).await.expect(200)["state"], "asked");
        let asks = client.get("/api/v1/proposals").await.expect(200)["items"].clone();
        client.ask_once("POST", &format!("/api/v1/proposals/{}/accept", id(&asks[0])), None).await.expect(200);
        let ways = options().await;
        assert_eq!(ways.iter().map(|way| &way["kind"]).collect::<Vec<_>>(), ["remove"], "it can go now");
        // A double click removes it once.
        let (key, order) = (uuid::Uuid::now_v7().to_string(), json!({"option": ways[0]["key"]}));
        for _ in 0..2 {
            let done = world.operator.post_once(&format!("{path}/resolve"), &key, order.clone()).await;
            assert_eq!(done.expect(200)["state"], "done");
        }
        let again = world.operator.get(&path).await;
        assert_eq!(again.problem(422, "refused")["refusal"]["reason"], "conflict_settled");
        world.close(&database).await;
    }

    async fn whoever_stands_beside_a_cleaning_can_stay_and_is_asked_so(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let (before, _, case) = gap(&world).await;
        let ways = options(&world, &case).await;
        let way = ways.into_iter().find(|way| way["reference"] == before["reference"]).expect("the first can go");
        assert_eq!(resolve(&world, &case, &way).await.expect(200)["state"], "asked");
        let ask = asks(client).await.remove(0);
        assert_eq!((&ask["kind"], &ask["state"], &ask["to"]), (&json!("platform"), &json!("open"), &way["steps"]));
        // Of what lies on the other side of a cleaning it reads nothing, nor that there is one.
        assert!(!ask.to_string().contains("cleaning"), "{ask}");
        for (segment, words) in [("en", "Your campaign can run where it is."), ("zh", "您的项目可以按原排期进行。")] {
            let page = client.get(&format!("/{segment}/bookings/{}", ask["booking"].as_str().expect("an id"))).await.text;
            assert!(page.contains(words), "{page}");
        }
        // The desk shows that, and whom it asks, and asks nobody else meanwhile.
        let asked = conflicts(&world).await.remove(0);
        assert_eq!((&asked["kind"], &asked["state"]), (&json!("cleaning"), &json!("asked")));
        assert_eq!((&asked["answer_by"], &asked["company_name"]["en"]), (&ask["answer_by"], &json!("Example Pharma 1")));
        assert_eq!(options(&world, &case).await, Vec::<Value>::new());
        world.app.clock.advance(1);
        assert_eq!(resolve(&world, &case, &way).await.problem(422, "refused")["refusal"]["reason"], "already_asked");
        let page = world.operator.get("/en/desk/conflicts").await.text;
        assert!(page.contains("The owner of a campaign beside it is being asked") && page.contains("Withdraw the proposal"), "{page}");

        let proposal = format!("/api/v1/repairs/{}", asked["proposal"].as_str().expect("it is asked"));
        client.ask("DELETE", &proposal, None).await.problem(404, "not-found");
        world.operator.ask("DELETE", &proposal, None).await.expect(204);
        assert_eq!(conflicts(&world).await[0]["state"], "open");
        world.settle().await;
        let told = world.notices(client).await;
        assert!(told.contains(&"move_asked".to_owned()) && told.contains(&"move_not_needed".to_owned()), "{told:?}");
        assert!(!told.iter().any(|kind| kind.starts_with("rescue")), "{told:?}");
        // What was declined is asked again for a reason alone.
        assert_eq!(resolve(&world, &case, &way).await.expect(200)["state"], "asked");
        let again = asks(client).await.into_iter().find(|ask| ask["state"] == "open").expect("asked again");
        assert_eq!(say(client, &again, "decline").await.expect(200)["state"], "declined");
        assert_eq!(conflicts(&world).await[0]["state"], "declined");
        resolve(&world, &case, &way).await.invalid("reason", "missing");

        // Answers count up to the midnight before it begins; from then on nobody is asked, nor about what has begun.
        let midnight = seconds(&json!("2026-12-09T16:00:00Z"));
        world.app.clock.set(midnight - 23 * 3_600);
        let order = json!({"option": way["key"], "reason": "电话中已同意"});
        let path = format!("/api/v1/conflicts/{}/resolve", id(&case));
        assert_eq!(world.operator.ask_once("POST", &path, Some(order)).await.expect(200)["state"], "asked");
        let late = asks(client).await.into_iter().find(|ask| ask["state"] == "open").expect("asked once more");
        assert_eq!((&late["booking"], seconds(&late["answer_by"])), (&before["id"], midnight));
        world.app.clock.set(midnight);
        world.settle().await;
        assert_eq!(conflicts(&world).await[0]["state"], "expired");
        assert_eq!(options(&world, &case).await, Vec::<Value>::new());
        assert_eq!(world.booking(client, id(&before)).await["steps"], before["steps"]);
        world.close(&database).await;
    }

    async fn a_cleaning_that_is_removed_needs_nobody_to_go(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let (before, behind, case) = gap(&world).await;
        let ways = options(&world, &case).await;
        let way = ways.iter().find(|way| way["reference"] == before["reference"]).expect("the first can go");
        assert_eq!(resolve(&world, &case, way).await.expect(200)["state"], "asked");
        cancel(&world, client, &behind).await;
        // It can go by itself now, whatever is answered.
        let ways = options(&world, &case).await;
        assert_eq!(ways.iter().map(|way| &way["kind"]).collect::<Vec<_>>(), ["remove"]);
        let ask = asks(client).await.remove(0);
        let (removed, said) = tokio::join!(resolve(&world, &case, &ways[0]), say(client, &ask, "accept"));
        let now = world.booking(client, id(&before)).await;
        if said.status == 200 && said.body["state"] == "moved" {
            assert_eq!(now["steps"], ask["to"], "{}", removed.text);
        } else {
            assert_eq!(removed.expect(200)["state"], "done");
            assert!(said.status == 422 || said.body["state"] == "over", "{}", said.text);
            assert_eq!(now["steps"], before["steps"], "nobody goes for what is gone");
        }
        if removed.status != 200 {
            resolve(&world, &case, &ways[0]).await.expect(200);
        }
        assert_eq!(conflicts(&world).await, Vec::<Value>::new());
        assert_eq!(world.operator.get("/api/v1/cleanings").await.expect(200)["items"], json!([]));
        assert_eq!(database.number("SELECT count(*) FROM proposal WHERE closed_at IS NULL").await, 0);
        world.close(&database).await;
    }

    async fn a_cleaning_that_cannot_go_is_left_until_it_ends(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let (before, behind, case) = gap(&world).await;
        let way = options(&world, &case).await.remove(0);
        resolve(&world, &case, &way).await.expect(200);
        leave(&world.qa, &case).await.problem(403, "forbidden");
        let path = format!("/api/v1/conflicts/{}/settle", id(&case));
        world.operator.ask_once("POST", &path, Some(json!({"reason": " "}))).await.invalid("reason", "missing");
        leave(&world.operator, &case).await.expect(204);
        dealt_with(&leave(&world.operator, &case).await);
        assert_eq!(conflicts(&world).await, Vec::<Value>::new());
        assert_eq!(asks(client).await[0]["state"], "over", "nobody is asked any more");
        // It keeps its time all the same.
        let kept = world.operator.get("/api/v1/cleanings").await.expect(200)["items"].clone();
        assert_eq!((kept.as_array().map(Vec::len), &kept[0]["id"]), (Some(1), &case["id"]));
        // Once it can go it is back, and can be left once more.
        cancel(&world, client, &behind).await;
        let back = conflicts(&world).await.remove(0);
        assert_eq!((&back["id"], &back["cleaning"]["removable"]), (&case["id"], &json!(true)));
        leave(&world.operator, &back).await.expect(204);
        assert_eq!(conflicts(&world).await, Vec::<Value>::new());
        assert_eq!(world.booking(client, id(&before)).await["steps"], before["steps"]);
        let told = "SELECT count(*) FROM decision WHERE action = 'settle_conflict' AND inputs LIKE '%cleaning%'";
        assert_eq!(database.number(told).await, 2);
        world.close(&database).await;
    }

    async fn cleanings_come_in_pages(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        for first in [1, 11] {
            let mut between = String::new();
            for (day, hazards, product) in [(first, "high_activity", "A"), (first + 2, "hormone", "B"), (first + 5, "", "C")] {
                let held = world.hold_best(&world.one.member, &of_day(day, hazards, None), product).await;
                if hazards == "hormone" {
                    held["id"].as_str().expect("an id").clone_into(&mut between);
                }
            }
            world.act(&world.one.member, &between, "withdraw", json!({})).await.expect(200);
        }
        let all = world.operator.get("/api/v1/cleanings").await.expect(200)["items"].clone();
        assert_eq!(all.as_array().map(Vec::len), Some(2));
        let first = world.operator.get("/api/v1/cleanings?limit=1").await;
        assert_eq!(first.expect(200)["items"], json!([all[0]]));
        let rest = world.operator.get(&format!("/api/v1/cleanings?cursor={}", first.string("next"))).await;
        assert_eq!((&rest.expect(200)["items"], &rest.body["next"]), (&json!([all[1]]), &Value::Null));
        world.close(&database).await;
    }

    async fn a_hold_that_comes_too_late_is_told_what_is_left_of_its_window(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        // Eighteen hours in a window of a day.
        let wish = with(&query(10, 10), &json!({"batches": 2}));
        let offer = world.offers(&world.one.member, &wish).await.remove(0);
        let start = seconds(&offer["steps"][0]["start"]);
        let late = async |hours: i64| {
            world.app.clock.set(start - hours * 3600);
            let held = world.hold(&world.one.member, &wish, &offer, "P").await;
            held.problem(409, "conflict")["refusal"].clone()
        };
        // Of the day's notice twenty hours are left, so twenty of the window.
        assert_eq!(late(20).await["reason"], "too_soon");
        let refusal = late(10).await;
        assert_eq!(refusal["reason"], "rest_too_short");
        let facts = json!([["earliest", "2026-12-10T06:00:00Z"], ["length", "1080 min"]]);
        assert_eq!(refusal["facts"], facts);
        world.close(&database).await;
    }

    async fn nobody_came_costs_the_whole_price(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let booking = world.confirmed(&query(10, 10), "P").await;
        let id = booking["id"].as_str().expect("an id");
        let early = world.act(&world.operator, id, "no-show", Value::Null).await;
        assert_eq!(early.problem(422, "refused")["refusal"]["reason"], "not_begun");
        world.app.clock.set(seconds(&booking["steps"][0]["start"]));
        let gone = world.act(&world.operator, id, "no-show", Value::Null).await;
        assert_eq!((&gone.expect(200)["status"], &gone.body["fee_fen"]), (&json!("no_show"), &json!(1_000_000)));
        world.close(&database).await;
    }
}
