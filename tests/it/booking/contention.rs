//! Many at one slot: exactly one wins, the others learn what is free instead.

use futures::future::join_all;
use sea_orm::ConnectionTrait;
use serde_json::json;
use tests::{Engine, on_both_databases};

use super::{World, world::query};

/// At once.
const CLIENTS: usize = 32;
const ROUNDS: u8 = 6;

on_both_databases! {
    async fn of_many_at_one_slot_exactly_one_wins(database: TestDatabase) {
        let world = World::new(&database, 2).await;
        for round in 0..ROUNDS {
            let wish = query(1 + round, 1 + round);
            let offers = world.offers(&world.one.member, &wish).await;
            let tries = (0..CLIENTS).map(|n| {
                let company = if n % 2 == 0 { &world.one } else { &world.two };
                world.hold(&company.member, &wish, &offers[0], "P")
            });
            let answers = join_all(tries).await;
            let winners: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
            assert_eq!(winners.len(), 1, "round {round}: {:?}", answers.iter().map(|a| a.status).collect::<Vec<_>>());
            let won = answers.iter().position(|answer| answer.status == 201).expect("a winner");
            for (n, loser) in answers.iter().enumerate().filter(|(_, answer)| answer.status != 201) {
                let problem = loser.problem(409, "conflict");
                // Who lost to a colleague is told so; a rival is busy.
                let own = json!([["reference", winners[0].body["reference"]], ["booking", winners[0].body["id"]]]);
                let (why, facts) = if n % 2 == won % 2 { ("own_booking", own) } else { ("busy", json!([])) };
                assert_eq!((&problem["refusal"]["reason"], &problem["refusal"]["facts"]), (&json!(why), &facts));
                let alternatives = problem["alternatives"].as_array().expect("alternatives");
                assert!(!alternatives.is_empty(), "the other line is free");
                let same = |other: &&serde_json::Value| {
                    other["steps"][0]["line"] == offers[0]["steps"][0]["line"]
                        && other["steps"][0]["start"] == offers[0]["steps"][0]["start"]
                };
                assert!(alternatives.iter().find(same).is_none(), "the slot itself is no alternative");
            }
            let id = winners[0].string("id");
            let owner = if world.one.member.get(&format!("/api/v1/bookings/{id}")).await.status == 200 {
                &world.one.member
            } else {
                &world.two.member
            };
            // Keeps the number of holds below the limit, and lets the alternative be taken for real.
            world.act(owner, &id, "withdraw", json!({})).await.expect(200);
        }
        world.close(&database).await;
    }

    async fn a_hold_that_the_database_lets_nobody_write_is_answered_clearly_and_booked_later(database: TestDatabase) {
        let world = World::new(&database, 1).await;
        let wish = query(3, 3);
        let offer = world.offers(&world.one.member, &wish).await.remove(0);
        // Whatever is tried, the database says that somebody else was there first: PostgreSQL with a serialization
        // failure, SQLite by being busy.
        let (fails, works) = match database.engine() {
            Engine::Postgres => (
                vec![
                    "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
                     $$BEGIN RAISE EXCEPTION 'spoilt' USING ERRCODE = 'serialization_failure'; END$$",
                    "CREATE TRIGGER spoil BEFORE INSERT ON booking FOR EACH ROW EXECUTE FUNCTION spoil()",
                ],
                "DROP TRIGGER spoil ON booking",
            ),
            Engine::Sqlite => (vec!["BEGIN IMMEDIATE"], "ROLLBACK"),
        };
        let other = database.connect(1).await;
        for sql in fails {
            other.execute_unprepared(sql).await.expect("it is spoilt");
        }
        let key = uuid::Uuid::now_v7().to_string();
        let order = json!({"query": wish, "offer": offer["key"], "product_code": "P"});
        let refused = world.one.member.post_once("/api/v1/holds", &key, order.clone()).await;
        refused.problem(503, "busy");
        assert_eq!(database.number("SELECT count(*) FROM booking").await, 0, "nothing is half written");
        other.execute_unprepared(works).await.expect("it works again");
        // Under the same key, as whoever tries again does.
        let held = world.one.member.post_once("/api/v1/holds", &key, order.clone()).await;
        let again = world.one.member.post_once("/api/v1/holds", &key, order).await;
        assert_eq!(held.expect(201)["id"], again.expect(201)["id"]);
        world.close(&database).await;
    }

    async fn a_deadlock_within_a_hold_is_tried_again(database: TestDatabase) {
        if database.engine() == Engine::Sqlite {
            // It has one writer, and no deadlocks.
            return;
        }
        let world = World::new(&database, 1).await;
        let wish = query(3, 3);
        let offer = world.offers(&world.one.member, &wish).await.remove(0);
        let once = "CREATE SEQUENCE tries";
        let function = "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
            $$BEGIN IF nextval('tries') < 4 THEN RAISE EXCEPTION 'spoilt' USING ERRCODE = 'deadlock_detected'; END IF;
            RETURN NEW; END$$";
        let trigger = "CREATE TRIGGER spoil BEFORE INSERT ON booking FOR EACH ROW EXECUTE FUNCTION spoil()";
        for sql in [once, function, trigger] {
            database.connection().execute_unprepared(sql).await.expect("it is spoilt");
        }
        world.hold(&world.one.member, &wish, &offer, "P").await.expect(201);
        assert_eq!(database.number("SELECT last_value FROM tries").await, 4, "three failures, then done");
        world.close(&database).await;
    }

    async fn a_shared_pool_is_never_overbooked(database: TestDatabase) {
        // Three lines, and a crew for two of them a day.
        let world = World::new(&database, 3).await;
        let wish = query(3, 3);
        let offers = world.offers(&world.one.member, &wish).await;
        let tries = offers.iter().cycle().take(24).enumerate().map(|(n, offer)| {
            let company = if n % 2 == 0 { &world.one } else { &world.two };
            world.hold(&company.member, &wish, offer, "P")
        });
        let answers = join_all(tries).await;
        let won = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(won, 2, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
        assert!(answers.iter().all(|answer| matches!(answer.status, 201 | 409)));
        world.close(&database).await;
    }
}
