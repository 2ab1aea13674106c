//! The district's numbers, and lists by pages.

use serde_json::{Value, json};
use tests::on_both_databases;

use super::{World, world::query};

const MONTH: &str = "from=2026-12-01&to=2026-12-31";

on_both_databases! {
    async fn small_cells_are_not_published(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        world.confirmed(&query(1, 1), "P").await;
        let report = world.district.get(&format!("/api/v1/occupancy?{MONTH}")).await;
        let platform = &report.expect(200)["platforms"][0];
        assert_eq!(platform["bookable_minutes"], 31 * 1440);
        assert_eq!(platform["committed_minutes"], Value::Null, "one client is too few");
        assert_eq!(report.body["committed_minutes"], Value::Null);
        for visitor in [&world.one.member, &world.operator] {
            visitor.get(&format!("/api/v1/occupancy?{MONTH}")).await.problem(403, "forbidden");
        }
        // The platform knows its own: ten hours of process, two of changeover.
        let path = format!("/api/v1/platforms/{}/utilisation?{MONTH}", world.plant.platform);
        let own = world.operator.get(&path).await;
        assert_eq!(own.expect(200)[0]["process_minutes"], 600);
        assert_eq!(own.body[0]["calendar_minutes"], 31 * 1440);
        world.district.get(&path).await.problem(403, "forbidden");
        world.one.member.get(&path).await.problem(403, "forbidden");
        world.district.get("/api/v1/occupancy?from=2026-12-31&to=2026-12-01").await.invalid("to", "out_of_range");
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
        let demand = world.district.get("/api/v1/demand?from=2026-11-01&to=2026-11-30").await;
        assert_eq!(demand.expect(200), &json!([]), "two clients are too few");
        world.one.member.get(&format!("/api/v1/demand?{MONTH}")).await.problem(403, "forbidden");
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
