//! A platform's calendars: a line is set up, and free, when the search says so.

use domain::{
    calendar::{DAY, Shift},
    changeover::Changeover,
};
use serde_json::{Value, json};
use tests::{Plant, on_both_databases};

use super::{World, desk::page, world::query};

/// A shift of eight hours on workdays, in which a batch takes all of it; a set-up takes one too, and then a day.
fn plant() -> Plant {
    let mut plant = Plant::new(1);
    let day = vec![Shift { start: 480, end: 960 }];
    plant.pattern.week = std::array::from_fn(|number| if number < 5 { day.clone() } else { Vec::new() });
    for cell in &mut plant.matrix.cells {
        cell.changeover = Changeover { crew: 480, wait: DAY };
    }
    for figures in &mut plant.route.steps[0].lines {
        (figures.setup, figures.batch) = (120, 360);
    }
    plant
}

/// Whom closing the line between these instants would hit, by reference.
async fn hit(world: &World, from: &str, until: &str) -> Vec<Value> {
    let line = world.plant.line(0);
    let order = json!({"line": line, "start": from, "end": until, "kind": "maintenance", "dry_run": true});
    let said = world.operator.ask_once("POST", "/api/v1/closures", Some(order)).await;
    let hits = said.expect(200)["hits"].as_array().expect("a list").clone();
    hits.iter().map(|hit| hit["reference"].clone()).collect()
}

on_both_databases! {
    async fn a_line_is_set_up_in_shifts_and_what_is_free_is_free_to_be_closed(database: TestDatabase) {
        let world = World::of(&database, plant(), None).await;
        // On a Friday; behind it the crew works on Monday, and after a day, on Wednesday, the next one can begin.
        let first = world.confirmed(&query(4, 4), "A").await;
        let second = world.confirmed(&query(7, 9), "B").await;
        assert_eq!(second["steps"][0]["start"], "2026-12-09T00:00:00Z");

        let line = world.plant.line(0);
        let set_up = "4 Dec 16:00 – 8 Dec 16:00";
        let week = page(&world.operator, &format!("/lines/{line}?week=2026-12-07")).await;
        assert!(week.contains(set_up) && week.contains("10 Dec 08:00 – 11 Dec 16:00"), "{week}");
        assert!(!week.contains(">7 Dec 08:00") && !week.contains(">8 Dec 08:00"), "nothing is free between them: {week}");
        let before = page(&world.operator, &format!("/lines/{line}?week=2026-11-30")).await;
        assert!(before.contains(">30 Nov 08:00 – 1 Dec 16:00<"), "{before}");
        assert!(before.contains("kept for it from 2 Dec 08:00"), "{before}");
        let lines = page(&world.operator, "/lines?week=2026-12-07").await;
        assert!(lines.contains(">16 h<"), "of two days: {lines}");
        let request = format!("/desk/requests/{}", second["id"].as_str().expect("an id"));
        for path in [request, format!("/lines/{line}?month=2026-12")] {
            let drawn = page(&world.operator, &path).await;
            assert!(drawn.contains(set_up), "{path}: {drawn}");
        }

        assert!(hit(&world, "2026-11-30T00:00:00Z", "2026-12-01T08:00:00Z").await.is_empty(), "it is free");
        let [first, second] = [first, second].map(|booking| booking["reference"].clone());
        assert_eq!(hit(&world, "2026-12-02T00:00:00Z", "2026-12-02T01:00:00Z").await, [first]);
        assert_eq!(hit(&world, "2026-12-07T00:00:00Z", "2026-12-07T04:00:00Z").await, [second]);
        world.close(&database).await;
    }
}
