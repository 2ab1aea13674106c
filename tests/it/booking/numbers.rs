//! The district's numbers, and lists by pages.

use serde_json::{Value, json};
use tests::{app::People, on_both_databases};

use super::{
    World,
    world::{details, query, search_path, with},
};

const MONTH: &str = "from=2026-12-01&to=2026-12-31";
const QUARTER: &str = "/api/v1/occupancy?quarter=2026-4";

/// Committed minutes of a platform's weeks.
fn weeks(platform: &Value) -> Vec<Option<i64>> {
    let weeks = platform["weeks"].as_array().expect("weeks");
    weeks.iter().map(|week| week["committed_minutes"].as_i64()).collect()
}

on_both_databases! {
    async fn small_cells_are_not_published(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        world.confirmed(&query(1, 1), "P").await;
        let report = world.district.get(QUARTER).await;
        let platform = &report.expect(200)["platforms"][0];
        assert_eq!(platform["quarter"]["bookable_minutes"], 14 * 7 * 1440);
        assert_eq!(platform["quarter"]["committed_minutes"], Value::Null, "one client is too few");
        assert_eq!(report.body["committed_minutes"], Value::Null);
        let tablets = &report.body["offerings"][0];
        assert_eq!((&tablets["code"], &tablets["committed_minutes"]), (&json!("TAB"), &Value::Null));
        // The week is hidden, and another with it, or the quarter less the others would tell.
        let hidden = weeks(platform).into_iter().filter(Option::is_none).count();
        assert!(hidden >= 1, "{platform}");
        for visitor in [&world.one.member, &world.operator] {
            visitor.get(QUARTER).await.problem(403, "forbidden");
        }
        // The platform knows its own: ten hours of process, two of changeover.
        let path = format!("/api/v1/platforms/{}/utilisation?{MONTH}", world.plant.platform);
        let own = world.operator.get(&path).await;
        assert_eq!(own.expect(200)[0]["process_minutes"], 600);
        assert_eq!(own.body[0]["calendar_minutes"], 31 * 1440);
        world.district.get(&path).await.problem(403, "forbidden");
        world.one.member.get(&path).await.problem(403, "forbidden");
        world.district.get("/api/v1/occupancy?quarter=2026-5").await.invalid("quarter", "malformed");
        world.close(&database).await;
    }

    async fn an_outage_is_unscheduled_down_time_apart_from_closures(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        world.confirmed(&query(1, 1), "P").await;
        let line = world.plant.line(0);
        let closure = json!({"line": line, "start": "2026-12-04T16:00:00Z", "end": "2026-12-05T16:00:00Z", "kind": "hvac"});
        world.operator.ask_once("POST", "/api/v1/closures", Some(closure)).await.expect(201);
        let path = format!("/api/v1/platforms/{}/utilisation?{MONTH}", world.plant.platform);
        let before = world.operator.get(&path).await.expect(200)[0].clone();
        assert_eq!((&before["unscheduled_down_minutes"], &before["downtime_minutes"]), (&json!(0), &json!(1440)));
        // Twelve hours before the closure and eight into it.
        let outage = json!({"line": line, "from": "2026-12-04T04:00:00Z", "until": "2026-12-05T00:00:00Z",
            "kind": "utilities", "reason": "停水"});
        let marked = world.operator.ask_once("POST", "/api/v1/outages", Some(outage)).await.expect(201).clone();
        let after = world.operator.get(&path).await.expect(200)[0].clone();
        assert_eq!((&after["unscheduled_down_minutes"], &after["downtime_minutes"]), (&json!(12 * 60), &json!(1440)));
        for name in ["bookable_minutes", "process_minutes", "changeover_minutes", "available_minutes"] {
            assert_eq!(after[name], before[name], "{name}");
        }
        let path_end = format!("/api/v1/outages/{}/end", marked["outage"]["id"].as_str().expect("an id"));
        let sooner = json!({"until": "2026-12-04T10:00:00Z"});
        world.operator.ask_once("POST", &path_end, Some(sooner)).await.expect(200);
        let ended = world.operator.get(&path).await.expect(200)[0].clone();
        assert_eq!(ended["unscheduled_down_minutes"], json!(6 * 60));

        // What is planned over bookings is planned down time, as a closure is.
        let planned = json!({"line": line, "from": "2026-12-07T16:00:00Z", "until": "2026-12-07T20:00:00Z",
            "kind": "planned", "reason": "再确认"});
        world.operator.ask_once("POST", "/api/v1/outages", Some(planned)).await.expect(201);
        let after = world.operator.get(&path).await.expect(200)[0].clone();
        assert_eq!(after["unscheduled_down_minutes"], json!(6 * 60));
        assert_eq!(after["downtime_minutes"], json!(1440 + 4 * 60));
        world.close(&database).await;
    }

    async fn what_three_clients_share_is_published_and_what_one_has_alone_is_not(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        // Founding again signs the first administrator out.
        let people = People::found(&world.app).await;
        let district = people.district_admin.clone();
        // Three firms in the week of 7 December, one of them in the week of 14 December too.
        let three = [people.company(3).await, people.company(4).await, people.company(5).await];
        let (mut minutes, mut made) = (0, Vec::new());
        for (firm, day) in [(0, 7), (1, 9), (2, 11), (0, 15)] {
            made.push((firm, world.hold_best(&three[firm].member, &query(day, day), "P").await));
            let report = district.get(QUARTER).await;
            let held = &report.expect(200)["platforms"][0]["quarter"]["held_minutes"];
            assert_eq!(*held, report.body["offerings"][0]["held_minutes"]);
            if day >= 11 {
                assert!(held.as_i64().expect("three clients are enough") > minutes);
                minutes = held.as_i64().unwrap_or_default();
            } else {
                assert_eq!(*held, Value::Null, "fewer than three clients");
            }
        }
        for (firm, booking) in made {
            let id = booking["id"].as_str().expect("an id");
            world.act(&three[firm].member, id, "request", details()).await.expect(200);
            world.act(&world.qa, id, "confirm-hazards", json!({"reason": "SDS 4711"})).await.expect(200);
            world.act(&world.operator, id, "approve", Value::Null).await.expect(200);
        }
        let report = district.get(QUARTER).await;
        let platform = &report.expect(200)["platforms"][0];
        let total = platform["quarter"]["committed_minutes"].as_i64();
        assert_eq!(total, Some(minutes), "three clients are enough: {platform}");
        // Weeks 40 to 53: that of 7 December is the eleventh, that of 14 December the twelfth.
        let weeks = weeks(platform);
        assert_eq!(weeks[11], None, "one client's week");
        let unknown: Vec<_> = weeks.iter().filter(|week| week.is_none()).collect();
        assert!(unknown.len() > 1, "what is left of the quarter is that week: {weeks:?}");
        world.close(&database).await;
    }

    async fn a_hold_that_expired_is_counted_no_more(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let people = People::found(&world.app).await;
        let district = people.district_admin.clone();
        for (number, day) in [(3, 7), (4, 9), (5, 11)] {
            world.hold_best(&people.company(number).await.member, &query(day, day), "P").await;
        }
        let held = async || {
            let report = district.get(QUARTER).await;
            report.expect(200)["platforms"][0]["quarter"]["held_minutes"].clone()
        };
        assert!(held().await.as_i64().is_some_and(|minutes| minutes > 0));
        // Nobody has swept: the rows still stand, and the report was made of them before.
        world.app.clock.advance(4 * 86_400);
        assert_eq!(held().await, json!(0));
        world.close(&database).await;
    }

    async fn free_time_is_what_the_public_calendar_leaves(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let free = |report: &Value| report[0]["parts"][0]["free_minutes"].as_i64().expect("minutes");
        let before = world.district.get("/api/v1/free-capacity").await;
        let part = &before.expect(200)[0]["parts"][0];
        assert_eq!(part["bookable_minutes"], 30 * 1440);
        assert_eq!(before.body[0]["parts"].as_array().map(Vec::len), Some(3));
        world.hold_best(&world.one.member, &query(1, 1), "P").await;
        let after = world.district.get("/api/v1/free-capacity").await;
        assert!(free(after.expect(200)) < free(&before.body), "{}", after.text);
        world.close(&database).await;
    }

    async fn searches_are_on_record_for_the_district(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        world.offers(&world.one.member, &query(1, 2)).await;
        world.offers(&world.two.member, &query(1, 2)).await;
        let count = "SELECT count(*) FROM search_record WHERE first_start IS NOT NULL AND minutes = 600";
        for _ in 0..200 {
            if database.number(count).await == 2 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(database.number(count).await, 2);
        let demand = world.district.get("/api/v1/demand?quarter=2026-4").await;
        assert_eq!(demand.expect(200)["offerings"], json!([]), "two clients are too few");
        assert_eq!(demand.body["searched"], true);
        let before = world.district.get("/api/v1/demand?quarter=2025-4").await;
        assert_eq!(before.expect(200)["searched"], false, "nobody did");
        world.one.member.get("/api/v1/demand?quarter=2026-4").await.problem(403, "forbidden");
        world.close(&database).await;
    }

    async fn a_visitor_who_loads_the_page_again_is_known_as_one(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let visitor = world.app.visitor();
        // Whatever it says that it is.
        for agent in ["Firefox", "Chrome", "curl/8.5.0"] {
            let search = visitor.request("GET", &search_path(&query(1, 2))).header("user-agent", agent);
            visitor.send(search).await.expect(200);
        }
        world.offers(&world.one.member, &query(1, 2)).await;
        world.app.state.searches.finish().await;
        let named = "SELECT count(*) FROM search_record WHERE visitor IS NOT NULL AND organisation IS NULL";
        assert_eq!(database.number(named).await, 3, "but for the firm's own");
        assert_eq!(database.number("SELECT count(DISTINCT visitor) FROM search_record").await, 1);
        world.close(&database).await;
    }

    async fn searches_that_cannot_be_recorded_yet_are_recorded_later(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        database.execute("ALTER TABLE search_record RENAME TO away", vec![]).await.expect("it is away");
        world.offers(&world.one.member, &query(1, 2)).await;
        // Long enough for a first try.
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        database.execute("ALTER TABLE away RENAME TO search_record", vec![]).await.expect("it is back");
        world.app.state.searches.finish().await;
        assert_eq!(database.number("SELECT count(*) FROM search_record").await, 1);
        let ready = world.one.member.get("/readyz").await;
        assert!(ready.expect(200).is_null() && ready.text.contains("searches not recorded: 0"), "{}", ready.text);
        world.close(&database).await;
    }

    async fn searches_that_can_never_be_recorded_are_counted(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        database.execute("ALTER TABLE search_record RENAME TO away", vec![]).await.expect("it is away");
        world.offers(&world.one.member, &query(1, 2)).await;
        world.app.state.searches.finish().await;
        let ready = world.one.member.get("/readyz").await;
        assert!(ready.text.contains("searches not recorded: 1"), "{}", ready.text);
        database.execute("ALTER TABLE away RENAME TO search_record", vec![]).await.expect("it is back");
        world.close(&database).await;
    }

    async fn only_companies_are_clients_and_a_move_is_no_new_demand(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let people = People::found(&world.app).await;
        let district = people.district_admin.clone();
        let third = people.company(3).await;
        let held = world.hold_best(&world.one.member, &query(1, 2), "P").await;
        let moving = with(&query(1, 2), &json!({"moving": held["id"], "stage": "release"}));
        world.offers(&world.one.member, &moving).await;
        for other in [&world.two.member, &world.operator, &district] {
            world.offers(other, &query(1, 2)).await;
        }
        let count = "SELECT count(*) FROM search_record";
        let recorded = async |number: i64| {
            for _ in 0..200 {
                if database.number(count).await >= number {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            assert_eq!(database.number(count).await, number, "all but the move");
        };
        recorded(4).await;
        let demand = district.get("/api/v1/demand?quarter=2026-4").await;
        assert_eq!(demand.expect(200)["offerings"], json!([]), "two companies are too few");
        world.offers(&third.member, &query(1, 2)).await;
        recorded(5).await;
        let demand = district.get("/api/v1/demand?quarter=2026-4").await;
        assert_eq!(demand.expect(200)["offerings"][0]["searches"], 3, "a campaign of each company");
        world.close(&database).await;
    }

    async fn bookings_come_in_pages_newest_first(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let mut made = Vec::new();
        for day in 1..=5 {
            let held = world.hold_best(&world.one.member, &query(day * 3, day * 3), "P").await;
            made.push(held["reference"].clone());
        }
        made.reverse();
        world.hold_best(&world.two.member, &query(20, 22), "Q").await;
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = world.one.member.get(&format!("/api/v1/bookings?limit=2&cursor={cursor}")).await;
            let items = page.expect(200)["items"].as_array().expect("items").clone();
            assert!(items.len() <= 2);
            seen.extend(items.iter().map(|item| item["reference"].clone()));
            match page.body["next"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(seen, made);
        let held = world.operator.get("/api/v1/bookings?status=held&offering=TAB").await;
        assert_eq!(held.expect(200)["items"].as_array().map(Vec::len), Some(6));
        world.district.get("/api/v1/bookings").await.problem(403, "forbidden");
        world.close(&database).await;
    }
}
