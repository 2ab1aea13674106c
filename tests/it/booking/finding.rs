//! Finding a booking: by what people know of it, by its state, and by the month in which it begins.

use serde_json::{Value, json};
use tests::{Visitor, on_both_databases};

use super::{
    World,
    desk::page,
    outages::{asks, day, id, say},
    repairing::make_room,
    world::{encoded, query, with},
};

/// The ids of what a filter finds, in its order.
async fn found(visitor: &Visitor, filter: &str) -> Vec<Value> {
    let page = visitor.get(&format!("/api/v1/bookings?{filter}")).await;
    let items = page.expect(200)["items"].as_array().expect("a list");
    items.iter().map(|one| one["id"].clone()).collect()
}

on_both_databases! {
    async fn a_booking_is_found_by_what_people_know_of_it(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (client, operator) = (&world.one.member, &world.operator);
        let one = world.hold_best(client, &query(1, 10), "Heparin-7").await;
        let two = world.hold_best(&world.two.member, &query(12, 20), "other_1").await;
        let part = one["reference"].as_str().expect("a reference")[3..8].to_lowercase();
        for (said, ids) in [
            (part.as_str(), vec![&one["id"]]),
            ("heparin", vec![&one["id"]]),
            (" HEPARIN-7 ", vec![&one["id"]]),
            ("example pharma 2", vec![&two["id"]]),
            ("示例药业2", vec![&two["id"]]),
            // A wildcard of the database is a letter like any other.
            ("_", vec![&two["id"]]),
            ("%", Vec::new()),
            ("nothing such", Vec::new()),
            ("", vec![&two["id"], &one["id"]]),
        ] {
            assert_eq!(found(operator, &format!("find={}", encoded(said))).await.iter().collect::<Vec<_>>(), ids, "{said}");
        }
        // A firm looks for its own alone, whose name is no news to it.
        assert_eq!(found(client, "find=heparin").await, [one["id"].clone()]);
        for said in ["other_1", "Example"] {
            assert!(found(client, &format!("find={said}")).await.is_empty(), "{said}");
        }
        let long = "x".repeat(201);
        operator.get(&format!("/api/v1/bookings?find={long}")).await.invalid("find", "too_long");
        world.close(&database).await;
    }

    async fn bookings_are_read_month_by_month_in_the_order_of_their_starts(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (client, operator) = (&world.one.member, &world.operator);
        let late = world.hold_best(client, &query(20, 25), "A").await;
        let early = world.hold_best(client, &query(1, 5), "B").await;
        let in_january = with(&query(1, 1), &json!({"from": "2027-01-05", "to": "2027-01-08"}));
        let next = world.hold_best(&world.two.member, &in_january, "C").await;
        // What was given up is where it stood.
        world.act(client, id(&early), "withdraw", json!({})).await.expect(200);
        let [late_id, early_id, next_id] = [&late, &early, &next].map(|one| one["id"].clone());
        let december = "month=2026-12&by_start=true";
        assert_eq!(found(operator, &format!("{december}&earliest_first=true")).await, [early_id.clone(), late_id.clone()]);
        assert_eq!(found(operator, december).await, [late_id.clone(), early_id.clone()]);
        assert_eq!(found(operator, &format!("{december}&status=held")).await, std::slice::from_ref(&late_id));
        assert_eq!(found(operator, "month=2027-01").await, std::slice::from_ref(&next_id));
        assert!(found(operator, "month=2026-11").await.is_empty());
        // By pages, either way.
        for (order, ids) in [("true", [&early_id, &late_id, &next_id]), ("false", [&next_id, &late_id, &early_id])] {
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let path = format!("/api/v1/bookings?by_start=true&earliest_first={order}&limit=1&cursor={cursor}");
                let page = operator.get(&path).await.expect(200).clone();
                seen.push(page["items"][0]["id"].clone());
                match page["next"].as_str() {
                    Some(next) => next.clone_into(&mut cursor),
                    None => break,
                }
            }
            assert_eq!(seen.iter().collect::<Vec<_>>(), ids, "{order}");
        }
        // What has moved begins where it went.
        let moving = with(&in_january, &json!({"from": "2027-01-11", "to": "2027-01-14", "moving": late_id}));
        let target = world.offers(client, &moving).await.remove(0);
        let order = json!({"query": moving, "offer": target["key"], "quoted_fee_fen": 0});
        world.act(client, id(&late), "move", order).await.expect(200);
        assert_eq!(found(operator, december).await, [early_id]);
        assert_eq!(found(operator, "month=2027-01&by_start=true").await, [late_id, next_id]);
        for (filter, field, problem) in [
            ("month=soon", "month", "malformed"),
            ("month=2026-12-01", "month", "malformed"),
            ("month=1999-12", "month", "out_of_range"),
            ("status=lost&month=2026-12", "status", "unknown"),
        ] {
            operator.get(&format!("/api/v1/bookings?{filter}")).await.invalid(field, problem);
        }
        world.close(&database).await;
    }

    async fn the_desk_has_a_page_on_which_a_booking_is_found(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let operator = &world.operator;
        let booked = world.confirmed(&query(2, 4), "Heparin-7").await;
        let reference = booked["reference"].as_str().expect("a reference");
        assert!(page(operator, "/desk").await.contains("href=\"/en/desk/bookings\""), "a way leads there");
        // Whoever only looks around sees what begins this month.
        let november = page(operator, "/desk/bookings").await;
        assert!(november.contains("Begin in Nov 2026") && november.contains("Nothing begins in this month"), "{november}");
        assert!(!november.contains(reference) && november.contains("/en/desk/bookings?month=2026%2D12"), "{november}");
        for path in ["/desk/bookings?month=2026-12", "/desk/bookings?find=heparin", "/desk/bookings?status=confirmed"] {
            for who in [operator, &world.qa] {
                let list = page(who, path).await;
                let way = format!("href=\"/en/desk/requests/{}\"", id(&booked));
                assert!(list.contains(reference) && list.contains(&way) && list.contains("Example Pharma 1"), "{path}: {list}");
            }
        }
        let nothing = page(operator, "/desk/bookings?find=heparin&month=2027-01").await;
        assert!(nothing.contains("No booking is like that") && !nothing.contains(reference), "{nothing}");
        // What can't be read is said at its field, and what else was typed stays.
        for (path, field) in [("?month=soon&find=heparin", "month"), ("?status=lost&find=heparin", "status")] {
            let wrong = operator.get(&format!("/en/desk/bookings{path}")).await;
            wrong.expect(422);
            assert!(wrong.text.contains(&format!("id=\"{field}-problem\"")), "{path}: {}", wrong.text);
            assert!(wrong.text.contains("value=\"heparin\"") && !wrong.text.contains(reference), "{path}");
        }
        // A month is chosen from a list, in every browser.
        let chosen = page(operator, "/desk/bookings?month=2024-03").await;
        let list = chosen.split("<select id=\"month\"").nth(1).and_then(|rest| rest.split("</select>").next());
        let list = list.expect("a list of months");
        for part in ["<optgroup label=\"2024\">", "value=\"2024-03\" selected", "value=\"2026-11\"", ">Dec 2026<"] {
            assert!(list.contains(part), "{part}: {list}");
        }
        let chinese = operator.get("/zh/desk/bookings?find=heparin").await;
        chinese.expect(200);
        assert!(chinese.text.contains("检索预约") && chinese.text.contains(reference), "{}", chinese.text);
        // A firm has a page of its own.
        let mine = page(&world.one.member, "/campaigns?find=heparin").await;
        assert!(mine.contains(reference) && mine.contains("value=\"heparin\""), "{mine}");
        let none = page(&world.one.member, "/campaigns?find=insulin").await;
        assert!(none.contains("No campaign matches these filters") && !none.contains(reference), "{none}");
        // Longer than any name, it is complained of at its field, on the page.
        let long = "x".repeat(201);
        for (path, words) in [("en", "may have at most 200 characters."), ("zh", "最多 200 个字符。")] {
            let page = world.one.member.get(&format!("/{path}/campaigns?find={long}&status=held")).await;
            page.expect(422);
            let told = page.text.split("id=\"find-problem\"").nth(1).and_then(|rest| rest.split('<').next());
            assert!(told.is_some_and(|told| told.contains(words)), "{}", page.text);
            for part in [&*format!("value=\"{long}\""), "value=\"held\" selected", "class=\"headline\""] {
                assert!(page.text.contains(part), "{part}: {}", page.text);
            }
        }
        world.close(&database).await;
    }

    async fn a_page_goes_on_behind_a_booking_that_has_left_the_list_meanwhile(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        for day in [3, 6, 9] {
            world.hold_best(client, &query(day, day), &format!("P{day}")).await;
        }
        let mut cursor = String::new();
        for code in ["P9", "P6", "P3"] {
            let path = format!("/api/v1/bookings?status=held&by_start=true&limit=1&cursor={cursor}");
            let page = client.get(&path).await.expect(200).clone();
            let last = &page["items"][0];
            assert_eq!(last["product_code"], code);
            page["next"].as_str().unwrap_or_default().clone_into(&mut cursor);
            if code == "P6" {
                world.act(client, id(last), "withdraw", json!({})).await.expect(200);
            }
        }
        world.close(&database).await;
    }

    async fn past_campaigns_are_listed_by_their_start_and_not_as_they_were_booked(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        for day in [6, 12, 3, 9] {
            let held = world.hold_best(client, &query(day, day), &format!("P{day}")).await;
            world.act(client, id(&held), "withdraw", json!({})).await.expect(200);
        }
        let whole = page(client, "/campaigns").await;
        assert!(whole.contains("By start, the latest first."), "{whole}");
        let list = whole.split_once("id=\"past-campaigns\"").expect("a list").1;
        let places = ["P12", "P9", "P6", "P3"].map(|code| list.find(&format!(">{code}<")).expect(code));
        assert!(places.is_sorted(), "{places:?}");
        world.close(&database).await;
    }

    async fn what_makes_room_is_read_in_the_month_to_which_it_went(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let (one, two) = (&world.one.member, &world.two.member);
        // What is around it is closed, so that it makes room by going into another month.
        let booking = world.confirmed_for(two, &day(28), "B").await;
        for (from, to) in [("2026-11-24T16:00:00Z", "2026-12-27T12:00:00Z"), ("2026-12-28T16:00:00Z", "2027-01-04T16:00:00Z")] {
            let closed = json!({"line": world.plant.line(0), "start": from, "end": to, "kind": "hvac"});
            world.operator.ask_once("POST", "/api/v1/closures", Some(closed)).await.expect(201);
        }
        make_room(one, &day(28), "A").await.expect(201);
        assert_eq!(say(two, &asks(two).await[0], "accept").await.expect(200)["state"], "moved");
        assert!(!found(&world.operator, "month=2026-12").await.contains(&booking["id"]));
        assert_eq!(found(&world.operator, "month=2027-01").await, std::slice::from_ref(&booking["id"]));
        world.close(&database).await;
    }

    async fn what_is_typed_as_it_is_written_is_found(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let client = &world.one.member;
        let one = world.hold_best(client, &query(1, 10), "Ω-1").await;
        assert_eq!(found(client, "find=%CE%A9-1").await, std::slice::from_ref(&one["id"]));
        world.close(&database).await;
    }
}
