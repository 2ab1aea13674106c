//! How firms fare by their size: for the district without what would tell of few, for a platform as it is.

use serde_json::{Value, json};
use tests::{
    Visitor,
    app::{CompanyStaff, People},
    on_both_databases,
};

use super::{
    World,
    outages::{day, id},
    plans::{hold_flexibly, offer_plans},
    repairing::make_room,
    world::{details, query, seconds},
};

const SIZES: &str = "/api/v1/fairness/sizes";

/// The figures of firms of this size, in the order of the report; `None`: withheld.
fn of(sizes: &Value, size: &str) -> [Option<i64>; 8] {
    let row = sizes.as_array().expect("sizes").iter().find(|row| row["size"] == size).expect("the size");
    let bookings = ["requests", "placed", "unmet", "shifts_asked", "shifts_granted", "moved_by_rule"];
    let [requests, placed, unmet, asked, granted, by_rule] = bookings.map(|name| row[name].as_i64());
    let [given_up, late] = ["given_up", "given_up_late"].map(|name| row[name].as_i64());
    [requests, placed, unmet, asked, granted, by_rule, given_up, late]
}

/// What ended with nothing, of all firms that a visitor reads of.
pub async fn unmet(visitor: &Visitor) -> i64 {
    let firms = visitor.get("/api/v1/fairness").await.expect(200).clone();
    firms.as_array().expect("a list").iter().map(|firm| firm["unmet"].as_i64().expect("a number")).sum()
}

/// Requests a day, so that it is asked for and not placed.
async fn request(world: &World, firm: &CompanyStaff, on: u8) {
    let held = world.hold_best(&firm.member, &day(on), "R").await;
    world.act(&firm.member, id(&held), "request", details()).await.expect(200);
}

on_both_databases! {
    async fn the_district_reads_sizes_and_nothing_of_few(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let people = People::found(&world.app).await;
        let district = people.district_admin.clone();
        // Three small firms have a booking confirmed, one of them and a large one have asked for more.
        let small = [people.company(3).await, people.company(4).await, people.company(5).await];
        let large = people.company(6).await;
        large.admin.ask("PATCH", "/api/v1/organisations/own", Some(json!({"size": "large"}))).await.expect(200);
        for (firm, on) in small.iter().zip([2, 4, 6]) {
            world.confirmed_for(&firm.member, &day(on), "C").await;
        }
        let report = district.get(SIZES).await;
        let total = report.expect(200)["total"].clone();
        assert_eq!(of(&total, "small"), [Some(3), Some(3), Some(0), Some(0), Some(0), Some(0), Some(0), Some(0)]);
        assert_eq!(of(&total, "all"), of(&total, "small"));
        assert_eq!(report.body["quarter"]["quarter"], "2026-4");
        assert_eq!(report.body["platforms"][0]["sizes"], total);

        request(&world, &large, 10).await;
        let total = district.get(SIZES).await.expect(200)["total"].clone();
        assert_eq!(of(&total, "large")[0], None, "one firm's");
        assert_eq!(of(&total, "large")[1], None, "of what is withheld no part is told: {total}");
        // All less the others would tell of it.
        let hidden = ["micro", "small", "medium", "unstated", "all"].into_iter().filter(|size| of(&total, size)[0].is_none());
        assert!(hidden.count() >= 1, "{total}");

        request(&world, &small[0], 12).await;
        let total = district.get(SIZES).await.expect(200)["total"].clone();
        let [requests, placed, ..] = of(&total, "small");
        assert!(requests.is_none() || placed.is_none(), "the difference is one firm's: {total}");

        // Another quarter's report is another quarter's.
        let later = district.get(&format!("{SIZES}?quarter=2027-1")).await;
        assert_eq!(of(&later.expect(200)["total"], "all")[0], Some(0));
        district.get(&format!("{SIZES}?quarter=2027-5")).await.invalid("quarter", "malformed");

        // The platform knows each firm on it.
        let own = world.operator.get(SIZES).await;
        assert_eq!(of(&own.expect(200)["total"], "small"), [Some(4), Some(3), Some(0), Some(0), Some(0), Some(0), Some(0), Some(0)]);
        assert_eq!(of(&own.body["total"], "large")[0], Some(1));
        assert_eq!(of(&own.body["total"], "all")[0], Some(5));
        assert_eq!(own.body["quarter"], Value::Null);
        assert_eq!(own.body["platforms"].as_array().map(Vec::len), Some(1));
        small[0].member.get(SIZES).await.problem(403, "forbidden");
        world.close(&database).await;
    }

    async fn what_moves_by_rule_is_counted_apart_but_not_for_ones_own_sake(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        offer_plans(&world).await;
        let (one, two) = (&world.one.member, &world.two.member);
        for (firm, on) in [(two, 5), (one, 20)] {
            let wide = query(on, on + 9);
            let offer = world.offers(firm, &wide).await.remove(0);
            hold_flexibly(firm, &wide, &offer, "B").await.expect(201);
            // Until midnight, so that it goes to another day and costs no more there: else its own firm must not.
            let closed = json!({
                "line": world.plant.line(0), "kind": "hvac",
                "start": format!("2026-12-{on:02}T10:30:00Z"), "end": format!("2026-12-{on:02}T16:00:00Z"),
            });
            world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
            let room = make_room(one, &day(on), "A").await.expect(201).clone();
            assert!(room["booking"].is_object(), "nobody is asked");
        }
        for (firm, count) in [(two, 1), (one, 0)] {
            let fair = firm.get("/api/v1/fairness").await.expect(200)[0].clone();
            assert_eq!((&fair["moved_by_rule"], &fair["shifts_asked"]), (&json!(count), &json!(0)), "{fair}");
        }
        let own = world.operator.get(SIZES).await;
        assert_eq!(of(&own.expect(200)["total"], "all")[5], Some(1));
        let page = world.operator.get("/en/desk/fairness").await;
        assert!(page.text.contains("Moved by rule") && page.text.contains("#word-fair_by_rule"), "{}", page.text);
        for desk in ["/en/desk", "/en/desk/conflicts"] {
            assert!(world.operator.get(desk).await.text.contains("href=\"/en/desk/fairness\""), "{desk}");
        }
        for (visitor, status) in [(one, 403), (&world.app.visitor(), 403), (&world.qa, 200)] {
            visitor.get("/en/desk/fairness").await.expect(status);
        }
        world.close(&database).await;
    }

    async fn what_the_platform_declines_or_leaves_unanswered_got_nothing(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        let mut all = Vec::new();
        for (firm, on) in [(one, 4), (one, 8), (one, 10), (two, 12)] {
            let held = world.hold_best(firm, &day(on), "R").await;
            all.push(world.act(firm, id(&held), "request", details()).await.expect(200).clone());
        }
        world.act(&world.operator, id(&all[0]), "decline", json!({"reason": "no crew"})).await.expect(200);
        world.act(one, id(&all[1]), "withdraw", json!({"reason": "no money"})).await.expect(200);
        assert_eq!((unmet(one).await, unmet(two).await, unmet(&world.operator).await), (1, 0, 1));
        // What nobody answers in time is declined as well.
        let answer_by = [&all[2], &all[3]].map(|request| seconds(&request["reply_by"]));
        world.app.clock.set(answer_by.into_iter().max().expect("a deadline"));
        world.settle().await;
        assert_eq!((unmet(one).await, unmet(two).await, unmet(&world.operator).await), (2, 1, 3));
        let fair = one.get("/api/v1/fairness").await.expect(200)[0].clone();
        assert_eq!((&fair["requests"], &fair["placed"]), (&json!(3), &json!(0)), "{fair}");
        let own = world.operator.get(SIZES).await;
        assert_eq!(of(&own.expect(200)["total"], "all")[2], Some(3));
        let words = world.operator.get("/en/glossary").await.text;
        assert!(words.contains("declined or didn’t answer in time"), "{words}");
        world.close(&database).await;
    }

    async fn what_an_operator_was_phoned_for_is_asked_for_and_placed(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let offer = world.offers(&world.operator, &day(2)).await.remove(0);
        let phoned = json!({"query": day(2), "offer": offer["key"], "product_code": "O",
            "company": tests::app::credit_code(1)});
        let made = world.operator.ask_once("POST", "/api/v1/operator-bookings", Some(phoned)).await.expect(201).clone();
        world.act(&world.qa, id(&made), "confirm-hazards", json!({"reason": "SDS"})).await.expect(200);
        let despite = json!({"reason": "signed, on paper"});
        world.act(&world.operator, id(&made), "approve", despite).await.expect(200);
        let fair = world.one.member.get("/api/v1/fairness").await.expect(200)[0].clone();
        assert_eq!((&fair["requests"], &fair["placed"]), (&json!(1), &json!(1)), "{fair}");
        world.close(&database).await;
    }
}
