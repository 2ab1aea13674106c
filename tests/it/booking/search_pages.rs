//! What pages say of a search that can't be made: at its field, with what was typed, and why.

use domain::calendar::Shift;
use serde_json::{Value, json};
use server::clock::Clock;
use tests::{
    Plant, Visitor,
    app::{Answer, bare_platform},
    on_both_databases,
};
use uuid::Uuid;

use super::{
    World,
    changing::{save_line, save_route},
    world::{query, search_path, seconds, with},
};

/// The page of a search.
async fn searched(visitor: &Visitor, query: &Value) -> Answer {
    visitor.get(&search_path(query).replace("/api/v1/offers", "/en")).await
}

/// Asserts that `answer` complains of `field`, above the form and beside it.
fn complains(answer: &Answer, field: &str) {
    answer.expect(422);
    for part in [format!("href=\"#{field}\""), format!("id=\"{field}\""), format!("id=\"{field}-problem\"")] {
        assert!(answer.text.contains(&part), "{part}: {}", answer.text);
    }
}

on_both_databases! {
    async fn what_was_found_is_come_to_without_going_through_the_form(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let found = searched(client, &query(1, 10)).await;
        for part in ["action=\"/en#results\"", "href=\"#results\"", "id=\"results\""] {
            assert!(found.text.contains(part), "{part}: {}", found.text);
        }
        // Why it can't be made is come to as well; and where nothing was asked there is only the page.
        let wrong = searched(client, &with(&query(1, 10), &json!({"batches": "2.5"}))).await;
        assert!(wrong.text.contains("id=\"results\""), "{}", wrong.text);
        let first = client.get("/en").await;
        assert!(first.text.contains("href=\"#content\""), "{}", first.text);
        world.close(&database).await;
    }

    async fn what_cannot_be_read_of_an_address_is_complained_of_and_not_left_out(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        for (change, field) in [
            (json!({"oeb": "high"}), "oeb"),
            (json!({"batches": "2.5"}), "batches"),
            (json!({"platform": "here"}), "platform"),
            (json!({"platform": Uuid::now_v7()}), "platform"),
            (json!({"gmp": "perhaps"}), "gmp"),
        ] {
            complains(&searched(client, &with(&query(1, 10), &change)).await, field);
        }
        let typed = searched(client, &with(&query(1, 10), &json!({"batches": "2.5", "oeb": "high"}))).await;
        complains(&typed, "batches");
        complains(&typed, "oeb");
        assert!(typed.text.contains("value=\"2.5\""), "{}", typed.text);
        // The API says the same of a platform that there isn't.
        let nowhere = with(&query(1, 10), &json!({"platform": Uuid::now_v7()}));
        world.search(client, &nowhere).await.invalid("platform", "unknown");
        // A box that is denied is not ticked.
        let ticked = "name=\"gmp\" value=\"true\" checked";
        for (gmp, is_ticked) in [(true, true), (false, false)] {
            let page = searched(client, &with(&query(1, 10), &json!({"gmp": gmp}))).await;
            page.expect(200);
            assert_eq!(page.text.contains(ticked), is_ticked, "{}", page.text);
        }
        world.close(&database).await;
    }

    async fn a_platform_that_does_not_make_it_is_said_to_be_the_reason(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let elsewhere = bare_platform(&database, "two").await;
        // Whoever imports a platform counts the catalogue up.
        save_line(&world, world.plant.lines[0].clone()).await;
        let wish = with(&query(1, 10), &json!({"platform": elsewhere}));
        let told = world.search(client, &wish).await;
        assert_eq!(told.problem(422, "refused")["refusal"]["reason"], "not_offered_here");
        let page = searched(client, &wish).await;
        complains(&page, "platform");
        assert!(page.text.contains("The platform chosen doesn’t offer this"), "{}", page.text);
        let before = page.text.split("The same search on all platforms").next().unwrap_or_default();
        let link = before.rsplit("href=\"").next().and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let all = client.get(&link.replace("&amp;", "&")).await;
        all.expect(200);
        assert!(!link.contains("platform") && all.text.contains("class=\"offer-head\""), "{link}: {}", all.text);
        world.close(&database).await;
    }

    async fn days_that_cannot_be_searched_for_a_move_are_complained_of(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let held = world.hold_best(client, &query(10, 10), "P").await;
        let path = format!("/en/bookings/{}/move", held["id"].as_str().expect("an id"));
        client.get(&path).await.expect(200);
        let wrong = client.get(&format!("{path}?from=yesterday&to=2026-12-20")).await;
        complains(&wrong, "from");
        assert!(wrong.text.contains("value=\"yesterday\""), "{}", wrong.text);
        complains(&client.get(&format!("{path}?from=2026-12-20&to=2026-12-10")).await, "to");
        complains(&client.get(&format!("{path}?to=2026-12-20")).await, "from");
        world.close(&database).await;
    }

    async fn what_is_drawn_of_an_offers_lines_is_told_in_words_too(database: TestDatabase) {
        let mut plant = Plant::new(1);
        let shift = Shift { start: 480, end: 1200 };
        plant.pattern.week = std::array::from_fn(|day| if day == 6 { vec![] } else { vec![shift] });
        let world = World::of(&database, plant, None).await;
        world.hold_best(&world.one.member, &query(2, 4), "SECRET").await;
        let page = searched(&world.two.member, &query(1, 10)).await;
        page.expect(200);
        let words = page.text.split("aria-label=\"On the lines\"").nth(1).and_then(|rest| rest.split("<figure").next());
        let words = words.expect("the lines in words");
        for part in ["<li>taken ", "<li>this schedule ", "<li>free ", "<li>closed "] {
            assert!(words.contains(part), "{part}: {words}");
        }
        assert!(!page.text.contains("SECRET") && !page.text.contains("Example Pharma 1"), "{}", page.text);
        // When it is closed is drawn apart from when it is taken.
        for part in ["class=\"off\"", "class=\"key off\"", "class=\"key busy\""] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        // Of a long window the nights are neither drawn nor told.
        let long = searched(&world.two.member, &query(1, 31)).await;
        assert!(long.text.contains("closed for a day or longer") && long.text.contains("<li>closed 5 Dec 20:00 – 7 Dec 08:00, "), "{}", long.text);
        // Visitors aren't told when a line is taken, and of its shifts no more than before.
        let visitor = searched(&world.app.visitor(), &query(1, 10)).await;
        visitor.expect(200);
        for part in ["aria-label=\"On the lines\"", "class=\"off\"", "class=\"key busy\""] {
            assert!(!visitor.text.contains(part), "{part}: {}", visitor.text);
        }
        world.close(&database).await;
    }

    async fn parts_that_come_while_a_page_is_open_are_there_before(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let held = world.hold_best(client, &query(10, 10), "P").await;
        let page = client.get("/en/campaigns").await.text;
        for part in ["waiting", "room", "past", "asked-to-move", "campaigns"] {
            assert!(page.contains(&format!("id=\"{part}\" data-live")), "{part}: {page}");
        }
        assert!(!page.contains("<details class=\"past\""), "{page}");
        // Of a stage that is left open there is one, so that it isn't marked as needed.
        let path = format!("/en/bookings/{}", held["id"].as_str().expect("an id"));
        let form = client.get(&path).await.text;
        assert!(form.contains(">Project *<") && !form.contains(">Stage *<"), "{form}");
        world.close(&database).await;
    }

    async fn a_batch_is_of_one_size_in_grams_and_in_kilograms(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let in_grams = with(&query(1, 10), &json!({"batch_size": "20000", "unit": "gram"}));
        let held = world.hold_best(client, &in_grams, "G").await;
        assert_eq!((&held["batch_size"], &held["unit"]), (&json!("20000"), &json!("gram")));
        // As people write it.
        let page = searched(client, &with(&query(1, 10), &json!({"batch_size": "20,000 g", "unit": "gram"}))).await;
        page.expect(200);
        assert!(page.text.contains("class=\"offer-head\"") && page.text.contains("20,000 g"), "{}", page.text);
        let wrong = searched(client, &with(&query(1, 10), &json!({"batch_size": "12,5"}))).await;
        complains(&wrong, "batch_size");
        assert!(wrong.text.contains("at most three decimals"), "{}", wrong.text);
        world.close(&database).await;
    }

    async fn what_is_past_of_a_window_is_left_out_and_not_counted(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let today = app::words::day(app::contract::Instant(world.app.clock.now()), 0);
        let from = |from: &str| with(&query(1, 10), &json!({"from": from}));
        let finish = world.offers(client, &from(&today)).await[0]["finish_minutes"].clone();
        assert_eq!(world.offers(client, &from("2026-10-01")).await[0]["finish_minutes"], finish);
        for (first, is_told) in [("2026-10-01", true), (today.as_str(), false)] {
            let page = searched(client, &from(first)).await;
            page.expect(200);
            assert_eq!(page.text.contains("what is past is left out"), is_told, "{}", page.text);
        }
        world.close(&database).await;
    }

    async fn that_nothing_fits_instead_is_said_only_by_who_has_looked(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let held = world.hold_best(client, &query(10, 10), "P").await;
        world.app.clock.set(seconds(&held["hold_expires_at"]) + 60);
        world.settle().await;
        save_route(&world, &world.plant, false).await;
        let page = client.get(&format!("/en/bookings/{}", held["id"].as_str().expect("an id"))).await;
        page.expect(200);
        assert!(page.text.contains("No platform offers this dosage form or process now"), "{}", page.text);
        assert!(!page.text.contains("Nothing fits in this window"), "{}", page.text);
        world.close(&database).await;
    }
}
