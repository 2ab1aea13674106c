//! From the schema of before to the newest: also by several servers that start at once.

use domain::booking::Status;
use futures::future::join_all;
use migration::Migrator;
use sea_orm_migration::MigratorTrait;
use server::store::{Store, StoreOptions};
use tests::{
    Plant, Row, TestDatabase,
    booking::write_booking,
    chain::careless,
    on_both_databases,
    plant::{BEGIN, DAY},
    rows::upsert,
};
use uuid::Uuid;

on_both_databases! {
    async fn decisions_of_before_get_the_side_that_is_known_best(latest: TestDatabase) {
        let db = TestDatabase::empty(latest.engine()).await;
        Migrator::up(db.connection(), Some(9)).await.expect("the schema of before");
        let plant = Plant::new(1);
        plant.write(&db).await;
        let row = Row::campaign(Uuid::now_v7(), plant.line(0), (BEGIN + DAY, BEGIN + 2 * DAY), 0, plant.product(0));
        let read = Row::live_of(db.connection(), plant.line(0)).await.expect("rows are read");
        upsert(db.connection(), &careless(&plant, &read, &[], vec![row.clone()]).in_order()).await.expect("a row");
        write_booking(db.connection(), &plant, Status::Held, &row).await.expect("a booking");
        let (operator, client) = (Uuid::now_v7(), plant.account);
        let account = "INSERT INTO account (id, email, name, locale, created_at) VALUES ($1, 'o@x.example', 'O', 'en', 0)";
        db.execute(account, vec![operator.into()]).await.expect("an operator");
        let member = "INSERT INTO membership (account, organisation, role) VALUES ($1, $2, 'operator')";
        db.execute(member, vec![operator.into(), plant.platform.0.into()]).await.expect("a membership");
        for by in [client, operator] {
            let sql = "INSERT INTO decision (id, at, account, booking, action, inputs, rule, versions, outcome)
                       SELECT $1, 1, $2, id, 'test', '{}', 'test', '[]', '{}' FROM booking";
            db.execute(sql, vec![Uuid::now_v7().into(), by.into()]).await.expect("a decision");
        }
        Migrator::up(db.connection(), None).await.expect("the newest schema");
        let sides = db.rows("SELECT side FROM decision ORDER BY id", vec![]).await.expect("rows");
        let sides: Vec<Option<String>> = sides.iter().map(|row| row.try_get_by_index(0).expect("a side")).collect();
        assert_eq!(sides, [None, Some("company".into()), Some("platform".into())]);
        // And its step says when it runs.
        let timed = "SELECT count(*) FROM step s JOIN occupancy o ON o.id = s.occupancy \
                     WHERE s.starts_at = o.starts_at AND s.ends_at = o.ends_at";
        assert_eq!(db.number(timed).await, 1);
        // As its booking does.
        assert_eq!(db.number("SELECT begins_at FROM booking").await, (BEGIN + DAY) * 60);
    }

    async fn what_was_settled_before_is_off_the_desk_of_whoever_settled_it(latest: TestDatabase) {
        let db = TestDatabase::empty(latest.engine()).await;
        Migrator::up(db.connection(), Some(25)).await.expect("the schema of before");
        let plant = Plant::new(1);
        plant.write(&db).await;
        let operator = Uuid::now_v7();
        let account = "INSERT INTO account (id, email, name, locale, created_at) VALUES ($1, 'o@x.example', 'O', 'en', 0)";
        db.execute(account, vec![operator.into()]).await.expect("an operator");
        let member = "INSERT INTO membership (account, organisation, role) VALUES ($1, $2, 'operator')";
        db.execute(member, vec![operator.into(), plant.platform.0.into()]).await.expect("a membership");
        // By somebody who has left since, too.
        for by in [operator, plant.account] {
            let sql = "INSERT INTO conflict_settled (subject, how, at, by_account, reason) VALUES ($1, 'open', 1, $2, 'x')";
            db.execute(sql, vec![Uuid::now_v7().into(), by.into()]).await.expect("a mark");
        }
        Migrator::up(db.connection(), None).await.expect("the newest schema");
        let kept = db.rows("SELECT platform, by_account FROM conflict_settled", vec![]).await.expect("rows");
        let kept: Vec<(Uuid, Uuid)> = kept
            .iter()
            .map(|row| (row.try_get_by_index(0).expect("a platform"), row.try_get_by_index(1).expect("an account")))
            .collect();
        assert_eq!(kept, [(plant.platform.0, operator)]);
    }

    async fn what_was_asked_and_given_up_before_is_kept(latest: TestDatabase) {
        let db = TestDatabase::empty(latest.engine()).await;
        Migrator::up(db.connection(), Some(37)).await.expect("the schema of before");
        let plant = Plant::new(1);
        plant.write(&db).await;
        let row = Row::campaign(Uuid::now_v7(), plant.line(0), (BEGIN + DAY, BEGIN + 2 * DAY), 0, plant.product(0));
        let read = Row::live_of(db.connection(), plant.line(0)).await.expect("rows are read");
        upsert(db.connection(), &careless(&plant, &read, &[], vec![row.clone()]).in_order()).await.expect("a row");
        write_booking(db.connection(), &plant, Status::Held, &row).await.expect("a booking");
        let ask = "INSERT INTO proposal (id, kind, cause, organisation, account, wish, place, price_fen, created_at, expires_at)
                   SELECT $1, 'rescue', id, platform, created_by, 'null', 'null', 0, 0, 1 FROM booking";
        db.execute(ask, vec![Uuid::now_v7().into()]).await.expect("a proposal");
        let one = "INSERT INTO proposal_move (id, proposal, booking, organisation, from_place, to_place, lapse)
                   SELECT $1, p.id, b.id, b.organisation, 'x', 'y', 'place' FROM proposal p JOIN booking b ON b.id = p.cause";
        db.execute(one, vec![Uuid::now_v7().into()]).await.expect("its move");
        let left = "INSERT INTO late_leaving (booking, platform, organisation, at, agreed)
                    SELECT id, platform, organisation, 5, TRUE FROM booking";
        db.execute(left, vec![]).await.expect("what was given up");
        Migrator::up(db.connection(), None).await.expect("the newest schema");
        let asked = "SELECT count(*) FROM proposal p JOIN proposal_move m ON m.proposal = p.id \
                     WHERE p.kind = 'rescue' AND p.cleaning IS NULL AND m.to_place = 'y' AND m.lapse = 'place'";
        assert_eq!(db.number(asked).await, 1);
        let given_up = "SELECT count(*) FROM late_leaving WHERE id = booking AND NOT moved AND agreed AND at = 5";
        assert_eq!(db.number(given_up).await, 1);
    }

    async fn who_turned_a_company_away_before_is_known_by_where_they_are(latest: TestDatabase) {
        let db = TestDatabase::empty(latest.engine()).await;
        Migrator::up(db.connection(), Some(46)).await.expect("the schema of before");
        let plant = Plant::new(1);
        plant.write(&db).await;
        let operator = Uuid::now_v7();
        let account = "INSERT INTO account (id, email, name, locale, created_at) VALUES ($1, 'o@x.example', 'O', 'en', 0)";
        db.execute(account, vec![operator.into()]).await.expect("an operator");
        let member = "INSERT INTO membership (account, organisation, role) VALUES ($1, $2, 'operator')";
        db.execute(member, vec![operator.into(), plant.platform.0.into()]).await.expect("a membership");
        // Of whom nobody knows where they are, it stays unknown.
        for (kind, by) in [("platform", operator), ("company", plant.account)] {
            let sql = "INSERT INTO rejection (organisation, at, account, reason)
                       SELECT id, 1, $1, 'x' FROM organisation WHERE kind = $2";
            db.execute(sql, vec![by.into(), kind.into()]).await.expect("a rejection");
        }
        Migrator::up(db.connection(), None).await.expect("the newest schema");
        let known = "SELECT count(*) FROM rejection r JOIN organisation o ON o.id = r.by_organisation WHERE o.kind = 'platform'";
        assert_eq!(db.number(known).await, 1);
        assert!(db.number("SELECT count(*) FROM rejection WHERE by_organisation IS NULL").await > 0);
    }

    async fn what_leaving_cost_before_room_was_made_is_owed_for_good(latest: TestDatabase) {
        let db = TestDatabase::empty(latest.engine()).await;
        Migrator::up(db.connection(), Some(47)).await.expect("the schema of before");
        let plant = Plant::new(1);
        plant.write(&db).await;
        let at = |day: i64| Row::campaign(Uuid::now_v7(), plant.line(0), (BEGIN + day * DAY, BEGIN + (day + 1) * DAY), 0, plant.product(0));
        let rows = [at(1), at(4), at(7)];
        let read = Row::live_of(db.connection(), plant.line(0)).await.expect("rows are read");
        upsert(db.connection(), &careless(&plant, &read, &[], rows.to_vec()).in_order()).await.expect("rows");
        for (row, status) in rows.iter().zip([Status::Requested, Status::Held, Status::Confirmed]) {
            write_booking(db.connection(), &plant, status, row).await.expect("a booking");
        }
        db.execute("UPDATE booking SET confirmed_at = 1 WHERE status = 'confirmed'", vec![]).await.expect("it is confirmed");
        // For what is only held, and for what was confirmed, of which it was said that it counts no more.
        for (moved, hold, fee) in [("requested", "held", 70_i64), ("held", "confirmed", 90)] {
            let sql = "INSERT INTO room_move (id, booking, hold, at, fee_fen)
                       SELECT $1, m.id, h.id, 5, $2 FROM booking m JOIN booking h ON m.status = $3 AND h.status = $4";
            let values = vec![Uuid::now_v7().into(), fee.into(), moved.into(), hold.into()];
            db.execute(sql, values).await.expect("a move");
        }
        Migrator::up(db.connection(), None).await.expect("the newest schema");
        for (status, owed) in [("requested", 70), ("held", 0), ("confirmed", 0)] {
            let kept = format!("SELECT left_fee_fen + notice_at FROM booking WHERE status = '{status}'");
            assert_eq!(db.number(&kept).await, owed, "{status}");
        }
        assert_eq!(db.number("SELECT count(*) FROM room_move WHERE NOT agreed AND at = 5").await, 2);
    }

    async fn servers_that_start_together_do_not_collide(migrated: TestDatabase) {
        let all = migrated.number("SELECT count(*) FROM seaql_migrations").await;
        for _ in 0..3 {
            let db = TestDatabase::empty(migrated.engine()).await;
            let mut stores = Vec::new();
            for _ in 0..4 {
                stores.push(Store::open(&StoreOptions::new(db.url())).await.expect("the database opens"));
            }
            for done in join_all(stores.iter().map(Store::migrate)).await {
                done.expect("it is done, by whomever");
            }
            assert_eq!(db.number("SELECT count(*) FROM seaql_migrations").await, all, "each once");
            assert_eq!(db.number("SELECT version FROM catalogue").await, 0);
            for store in &stores {
                assert!(store.pending_migrations().await.expect("an answer").is_empty());
                store.close().await;
            }
        }
    }
}
