//! `zhongshi verify`: it passes a healthy database and names what is wrong with every sick one.

use domain::{booking::Status, calendar::Shift};
use sea_orm::{ConnectionTrait, Value};
use serde_json::json;
use server::store::verify::{Fault, Verified, verify};
use tests::{
    Plant, Row, TestDatabase, audit,
    booking::{claim, write_booking},
    chain::careless,
    on_both_databases,
    plant::{BEGIN, DAY},
    rows::upsert,
    unguarded::remove_guard,
};
use uuid::Uuid;

/// Two lines with campaigns in several states, closures, a cleaning, a released row and claims of a pool.
async fn healthy(db: &TestDatabase) -> Plant {
    let plant = Plant::new(2);
    plant.write(db).await;
    let at = |from: i64, to: i64| (BEGIN + from * DAY, BEGIN + to * DAY);
    let campaign = |line, from, to, class, product| {
        Row::campaign(Uuid::now_v7(), plant.line(line), at(from, to), class, plant.product(product))
    };
    let held = Row { expires_at: Some(4711), ..campaign(0, 5, 6, 1, 1) };
    let gone = campaign(0, 3, 4, 0, 3);
    let cleaning = Row { kind: "cleaning".into(), batches: 0, ..campaign(0, 20, 21, 1, 2) };
    let closures = [8, 9].map(|day| Row::closure(Uuid::now_v7(), plant.line(0), at(day, day + 1)));
    let (first, done) = (campaign(0, 1, 2, 0, 0), campaign(0, 12, 14, 1, 2));
    let other = campaign(1, 1, 3, 2, 0);
    let mut rows = vec![first.clone(), gone.clone(), held.clone(), done.clone(), cleaning];
    rows.extend(closures.clone());
    let write = async |line: usize, release: &[Uuid], add: Vec<Row>| {
        let read = Row::live_of(db.connection(), plant.line(line)).await.expect("rows are read");
        let rows = careless(&plant, &read, release, add).in_order();
        upsert(db.connection(), &rows).await.expect("rows are written");
    };
    write(0, &[], rows).await;
    write(0, &[gone.id], vec![]).await;
    write(1, &[], vec![other.clone()]).await;
    let states = [
        (Status::Confirmed, &first),
        (Status::Held, &held),
        (Status::Completed, &done),
        (Status::Expired, &gone),
        (Status::Running, &other),
    ];
    for (status, row) in states {
        write_booking(db.connection(), &plant, status, row).await.expect("a booking is written");
    }
    for (row, day) in [(&first, 1), (&other, 1), (&other, 2), (&held, 5), (&done, 12), (&done, 13)] {
        claim(db.connection(), row.id, plant.pools[0].id.0, BEGIN + day * DAY, 1)
            .await
            .expect("there is room");
    }
    for row in &closures {
        db.execute(
            "INSERT INTO closure (id, line, occupancy, kind, note, created_by, created_at)
             VALUES ($1, $2, $3, 'maintenance', '', $4, 0)",
            vec![Uuid::now_v7().into(), row.line.into(), row.id.into(), plant.account.into()],
        )
        .await
        .expect("a closure is written");
    }
    assert_eq!(audit(db).await, []);
    plant
}

/// One booking of two steps on two lines, half a day apart.
async fn two_steps(db: &TestDatabase) -> Plant {
    let mut plant = Plant::new(2);
    let mut second = plant.route.steps[0].clone();
    plant.route.steps[0].lines.truncate(1);
    second.lines.remove(0);
    (second.min_lag, second.max_lag) = (60, Some(1440));
    plant.route.steps.push(second);
    plant.write(db).await;
    let at = |from: i64, to: i64| (BEGIN + from * DAY / 2, BEGIN + to * DAY / 2);
    let campaign =
        |line, from, to| Row::campaign(Uuid::now_v7(), plant.line(line), at(from, to), 0, plant.product(0));
    let rows = [campaign(0, 2, 4), campaign(1, 5, 6)];
    for (line, row) in rows.iter().enumerate() {
        let read = Row::live_of(db.connection(), plant.line(line)).await.expect("rows are read");
        let rows = careless(&plant, &read, &[], vec![row.clone()]).in_order();
        upsert(db.connection(), &rows).await.expect("rows are written");
    }
    let step = write_booking(db.connection(), &plant, Status::Confirmed, &rows[0]).await.expect("a booking");
    db.execute(
        "INSERT INTO step (id, booking, seq, occupancy, live, status)
         SELECT $1, booking, 1, $2, $3, status FROM step WHERE id = $4",
        vec![Uuid::now_v7().into(), rows[1].id.into(), plant.line(1).into(), step.into()],
    )
    .await
    .expect("a second step");
    for (row, day) in [(&rows[0], 1), (&rows[1], 2)] {
        claim(db.connection(), row.id, plant.pools[0].id.0, BEGIN + day * DAY, 1)
            .await
            .expect("there is room");
    }
    plant
}

/// A calendar with ten minutes a day, too few for any changeover.
async fn shorten_the_days(db: &TestDatabase, plant: &Plant) {
    let mut pattern = plant.pattern.clone();
    pattern.week = std::array::from_fn(|_| vec![Shift { start: 480, end: 490 }]);
    let document = serde_json::to_string(&pattern).expect("a pattern has a document");
    db.execute("UPDATE calendar SET document = $1", vec![document.into()]).await.expect("it is changed");
}

/// An import that touched every line, each as its change number `version`.
async fn import_on_record(db: &TestDatabase, plant: &Plant, version: i64) {
    let lines: serde_json::Map<_, _> =
        plant.lines.iter().map(|line| (line.id.0.to_string(), json!(version))).collect();
    let versions = json!({"catalogue": 1, "lines": lines});
    db.execute(
        "INSERT INTO decision (id, at, action, inputs, rule, versions, outcome)
         VALUES ($1, 100, 'import', '{}', 'import', $2, '{}')",
        vec![Uuid::now_v7().into(), versions.to_string().into()],
    )
    .await
    .expect("an import is on record");
}

/// Makes a healthy database without guard, spoils it with `sql` (`$1`: the first line), and reads what the audit says.
async fn spoiled(db: &TestDatabase, sql: &str) -> String {
    let db = TestDatabase::migrated(db.engine()).await;
    remove_guard(&db).await;
    let plant = healthy(&db).await;
    spoil(&db, &plant, sql).await
}

/// Spoils with `sql`, and reads what the audit says.
async fn spoil(db: &TestDatabase, plant: &Plant, sql: &str) -> String {
    let connection = db.lawless().await;
    let values: Vec<Value> = if sql.contains("$1") { vec![plant.line(0).into()] } else { vec![] };
    let changed = connection.execute_raw(db.statement(sql, values)).await;
    let changed = changed.unwrap_or_else(|error| panic!("{sql}: {error}")).rows_affected();
    assert!(changed > 0, "{sql} changed nothing");
    said(db, sql).await
}

/// What the audit says after `sql`.
async fn said(db: &TestDatabase, sql: &str) -> String {
    match verify(&db.store().await).await {
        Ok(fine) => panic!("{sql}: {fine:?}"),
        Err(Fault::Unreadable(error)) => panic!("{sql}: {error}"),
        Err(Fault::Found(finding)) => {
            assert!(!finding.zh.is_empty() && !finding.subject.is_nil());
            finding.en
        }
    }
}

async fn each(db: &TestDatabase, cases: &[(&str, &str)]) {
    for (sql, words) in cases {
        let said = spoiled(db, sql).await;
        assert!(said.contains(words), "{sql}\nsaid: {said}\nnot: {words}");
    }
}

on_both_databases! {
    async fn a_healthy_database_passes(db: TestDatabase) {
        healthy(&db).await;
        let verified = verify(&db.store().await).await.unwrap_or_else(|fault| panic!("{fault}"));
        let cells = tests::plant::DAYS.unsigned_abs();
        assert_eq!(
            verified,
            Verified { lines: 2, live_rows: 9, bookings: 5, decisions: 5, cells, closures: 2, outdated: 0 }
        );
    }

    async fn rows_that_a_later_calendar_would_refuse_are_counted_and_not_called_wrong(db: TestDatabase) {
        let plant = healthy(&db).await;
        shorten_the_days(&db, &plant).await;
        // Nothing on record says that the calendar changed: then whoever wrote these rows decided wrongly.
        let said = said(&db, "a shorter day").await;
        assert!(said.contains("before the changeover ahead of it is worked off"), "{said}");
        import_on_record(&db, &plant, i64::MAX - 1).await;
        let verified = verify(&db.store().await).await.unwrap_or_else(|fault| panic!("{fault}"));
        assert!(verified.outdated > 0, "ten minutes a day are too few for these changeovers");
    }

    async fn rows_written_since_the_last_import_must_keep_to_it(db: TestDatabase) {
        let plant = healthy(&db).await;
        shorten_the_days(&db, &plant).await;
        import_on_record(&db, &plant, 0).await;
        let said = said(&db, "a shorter day, known to whoever wrote").await;
        assert!(said.contains("before the changeover ahead of it is worked off"), "{said}");
    }

    async fn what_counts_as_given_up_late_was_and_the_other_way_round(db: TestDatabase) {
        each(&db, &[
            ("INSERT INTO late_leaving (id, booking, platform, organisation, at, moved, agreed)
              SELECT id, id, platform, COALESCE(organisation, platform), 0, FALSE, TRUE FROM booking
              WHERE status = 'confirmed'",
                "is on record as given up late, which it wasn't"),
            ("INSERT INTO late_leaving (id, booking, platform, organisation, at, moved, agreed, freed, freed_until)
              SELECT id, id, platform, COALESCE(organisation, platform), 0, TRUE, TRUE, '[]', 1 FROM booking
              WHERE status = 'confirmed'",
                "is on record as given up late, which it wasn't"),
            (r#"UPDATE booking SET status = 'cancelled', fee_fen = 1, leaving_fee_fen = 1, policy = '{"use_or_lose":{}}'
               WHERE status = 'expired'"#,
                "was given up late, and nothing on record counts it"),
            ("INSERT INTO room_move (id, booking, hold, at, agreed)
              SELECT id, id, id, 0, FALSE FROM booking WHERE status = 'confirmed'",
                "is on record as moved for a hold, which it wasn't"),
        ]).await;
    }

    async fn what_only_the_kernel_minds_is_named_too(db: TestDatabase) {
        let plant = healthy(&db).await;
        let change = async |from: &str, to: &str| {
            let sql = format!("UPDATE matrix_version SET document = replace(document, '{from}', '{to}') WHERE version = 2");
            db.execute(&sql, vec![]).await.expect("it is changed");
        };
        // To clean again takes longer than that.
        change("\"reclean\":{\"crew\":0", "\"reclean\":{\"crew\":100000").await;
        change("\"clean_hold\":null", "\"clean_hold\":60").await;
        let told = said(&db, "clean for an hour only").await;
        assert!(told.contains("has stood clean for too long"), "{told}");
        change("\"clean_hold\":60", "\"clean_hold\":null").await;
        verify(&db.store().await).await.unwrap_or_else(|fault| panic!("{fault}"));
        let cap = json!({"max_batches": null, "max_minutes": 60, "full_clean": {"crew": 0, "wait": 0}});
        change("\"cap\":null", &format!("\"cap\":{cap}")).await;
        let told = said(&db, "an hour at most").await;
        assert!(told.contains("longer than the campaign cap"), "{told}");
        drop(plant);
    }

    async fn decisions_that_say_another_place_or_price_are_named(db: TestDatabase) {
        let plant = healthy(&db).await;
        let held = "SELECT o.starts_at, o.ends_at FROM occupancy o WHERE o.expires_at = 4711";
        let row = db.rows(held, vec![]).await.expect("rows").remove(0);
        let (start, end): (i64, i64) =
            (row.try_get_by_index(0).expect("a number"), row.try_get_by_index(1).expect("a number"));
        let decide = async |start: i64, price: i64| {
            let inputs = json!({"placement": {"route": plant.route.id, "steps": [
                {"line": plant.line(0), "interval": {"start": start, "end": end}}]}});
            let sql = "INSERT INTO decision (id, at, booking, action, inputs, rule, versions, outcome)
                 SELECT $1, 0, id, 'move', $2, 'test', '[]', $3 FROM booking WHERE status = 'held'";
            let outcome = json!({"status": "held", "price_fen": price});
            let values = vec![Uuid::now_v7().into(), inputs.to_string().into(), outcome.to_string().into()];
            db.execute(sql, values).await.expect("it is on record");
        };
        decide(start, 0).await;
        verify(&db.store().await).await.unwrap_or_else(|fault| panic!("{fault}"));
        decide(start, 7).await;
        let told = said(&db, "seven fen").await;
        assert!(told.contains("costs 0 fen, but the last decision on it says 7"), "{told}");
        decide(start + 60, 0).await;
        let told = said(&db, "an hour later").await;
        assert!(told.contains("stands elsewhere than the last decision"), "{told}");
    }

    async fn an_empty_database_passes(db: TestDatabase) {
        let verified = verify(&db.store().await).await.unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(verified, Verified::default());
    }

    async fn broken_chains_are_named(db: TestDatabase) {
        each(&db, &[
            ("DELETE FROM occupancy WHERE head = 1 AND line = $1", "has 0 heads"),
            ("DELETE FROM occupancy WHERE kind = 'campaign' AND expires_at = 4711", "remembers of its predecessor"),
            ("UPDATE occupancy SET live = NULL WHERE expires_at = 4711", "remembers of its predecessor"),
            ("UPDATE occupancy SET starts_at = prev_end - 60 WHERE expires_at = 4711", "overlap"),
            ("UPDATE occupancy SET starts_at = ends_at WHERE expires_at = 4711", "ends at or before its start"),
            ("UPDATE occupancy SET starts_at = prev_end + 1 WHERE expires_at = 4711", "The changeover before row"),
            ("UPDATE occupancy SET setup = 0 WHERE expires_at = 4711", "The changeover before row"),
            ("UPDATE occupancy SET version = 77 WHERE expires_at = 4711", "doesn't let row"),
            ("UPDATE occupancy SET leaves = 2 WHERE kind = 'campaign' AND expires_at = 4711", "remembers of its predecessor"),
            ("UPDATE occupancy SET prev_end = prev_end - 1 WHERE expires_at = 4711", "remembers of its predecessor"),
            ("UPDATE occupancy SET needs = NULL WHERE expires_at = 4711", "states no need"),
            ("UPDATE occupancy SET same_product = 1 WHERE expires_at = 4711", "wrong matrix or relation"),
            ("UPDATE occupancy SET setup = 60 WHERE kind = 'closure'", "doesn't leave the state that it found"),
            ("UPDATE occupancy SET kind = 'party' WHERE expires_at = 4711", "is of kind party"),
            ("UPDATE occupancy SET touched = 99 WHERE expires_at = 4711", "was written as change 99"),
        ]).await;
    }

    async fn rows_on_no_line_or_the_wrong_one_are_named(db: TestDatabase) {
        each(&db, &[
            ("UPDATE occupancy SET live = (SELECT id FROM line WHERE id <> $1) WHERE expires_at = 4711", "another line than its own"),
            ("DELETE FROM line WHERE id = $1", "is on no line"),
            ("UPDATE occupancy SET head = 1 WHERE expires_at = 4711 AND live = $1", "has 2 heads"),
            ("UPDATE changeover SET minutes = minutes - 1 WHERE version = 2 AND leaves = 0 AND needs = 1", "its cell doesn't"),
            ("DELETE FROM changeover WHERE version = 1 AND leaves = 0 AND needs = 1", "its cell doesn't"),
            ("DELETE FROM matrix_version WHERE version = 1", "changeover cells, but the matrices have"),
        ]).await;
    }

    async fn broken_pools_and_closures_are_named(db: TestDatabase) {
        each(&db, &[
            ("UPDATE pool_cell SET used = used - 1 WHERE used > 0", "counts 1 as used, but 2 are claimed"),
            ("UPDATE pool_claim SET amount = 2", "counts 2 as used, but 4 are claimed"),
            ("UPDATE pool_cell SET capacity = 1 WHERE used > 0", "is overdrawn: 2 of 1"),
            ("DELETE FROM pool_cell WHERE used > 0", "on a cell that doesn't exist"),
            ("UPDATE pool_claim SET occupancy = (SELECT id FROM occupancy WHERE live IS NULL)
              WHERE occupancy = (SELECT id FROM occupancy WHERE expires_at = 4711)", "without holding a line"),
            ("DELETE FROM closure", "for no closure on record"),
            ("UPDATE closure SET lifted_at = 1", "was lifted, but its time isn't free"),
            ("UPDATE closure SET occupancy = (SELECT id FROM occupancy WHERE live IS NULL)
              WHERE id = (SELECT id FROM closure ORDER BY id LIMIT 1)", "stands on no closed time"),
        ]).await;
    }

    async fn bookings_that_disagree_with_their_routes_are_named(db: TestDatabase) {
        each(&db, &[
            ("UPDATE line SET document = replace(document, '\"TAB\"', '\"SYR\"') WHERE id = $1", "on a line that can't make it"),
            ("UPDATE booking SET request = replace(request, '\"tags\":[]', '\"tags\":[\"penicillin\"]') WHERE status = 'held'",
             "its hazards must not share"),
            ("UPDATE route SET document = replace(document, '\"amount\":1', '\"amount\":2')", "claims other shares of pools"),
            ("UPDATE booking SET offering = 'SYR', request = replace(request, '\"TAB\"', '\"SYR\"') WHERE status = 'held'",
             "doesn't stand on the steps and lines of its route"),
        ]).await;
    }

    async fn steps_too_close_or_too_far_apart_are_named(db: TestDatabase) {
        let plant = two_steps(&db).await;
        verify(&db.store().await).await.unwrap_or_else(|fault| panic!("{fault}"));
        for (from, to) in [("\"max_lag\":1440", "\"max_lag\":719"), ("\"min_lag\":60", "\"min_lag\":721")] {
            let swap = |from: &str, to: &str| format!("UPDATE route SET document = replace(document, '{from}', '{to}')");
            let said = spoil(&db, &plant, &swap(from, to)).await;
            assert!(said.contains("starts 720 minutes after the one before"), "{said}");
            db.execute(&swap(to, from), vec![]).await.expect("it is mended");
        }
        // The ledger's triggers keep the cell right, so that only the booking lacks its share.
        let gone = "DELETE FROM pool_claim WHERE occupancy = (SELECT occupancy FROM step WHERE seq = 1)";
        db.execute(gone, vec![]).await.expect("it is gone");
        let said = said(&db, gone).await;
        assert!(said.contains("Step 1 of booking") && said.contains("other shares of pools"), "{said}");
    }

    async fn a_booking_older_than_the_last_import_of_its_line_is_outdated_and_not_wrong(db: TestDatabase) {
        let plant = two_steps(&db).await;
        db.execute("UPDATE route SET document = replace(document, '\"max_lag\":1440', '\"max_lag\":719')", vec![])
            .await.expect("it is changed");
        import_on_record(&db, &plant, i64::MAX - 1).await;
        let verified = verify(&db.store().await).await.unwrap_or_else(|fault| panic!("{fault}"));
        assert_eq!(verified.outdated, 1);
    }

    async fn bookings_that_disagree_with_rows_are_named(db: TestDatabase) {
        each(&db, &[
            ("DELETE FROM step WHERE status = 'held'", "for no step of any booking"),
            ("UPDATE step SET live = NULL, status = 'expired' WHERE status = 'held'", "for no step of any booking"),
            ("UPDATE step SET live = $1, status = 'confirmed' WHERE status = 'expired'", "no row holds its line"),
            ("UPDATE step SET status = 'cancelled' WHERE status = 'held'", "doesn't fit whether it is active"),
            ("UPDATE step SET status = 'requested' WHERE status = 'held'", "another status than its booking"),
            ("UPDATE step SET occupancy = (SELECT occupancy FROM step WHERE status = 'running'),
              live = (SELECT live FROM step WHERE status = 'running') WHERE status = 'expired'", "more than one step"),
            ("UPDATE booking SET status = 'held', hold_expires_at = 1 WHERE status = 'expired'", "has no active step"),
            ("UPDATE booking SET status = 'cancelled' WHERE status = 'confirmed'", "another status than its booking"),
            ("UPDATE step SET seq = 1 WHERE status = 'held'", "one for each place of its route"),
            ("UPDATE booking SET product = (SELECT product FROM booking WHERE status = 'expired') WHERE status = 'held'", "another product than its booking"),
            ("UPDATE booking SET hold_expires_at = 4712 WHERE status = 'held'", "expires at another time"),
            ("UPDATE booking SET resold_fen = 1 WHERE status = 'expired'", "reduced by more than was charged"),
            ("UPDATE booking SET leaving_fee_fen = 2, fee_fen = 2 WHERE status = 'held'", "charged without its end"),
            ("UPDATE booking SET begins_at = 60 WHERE status = 'held'", "doesn't begin when its first step does"),
            ("UPDATE booking SET begins_at = 60 WHERE status = 'expired'", "doesn't begin when its first step does"),
            ("DELETE FROM booking WHERE status = 'held'", "belongs to no booking"),
            ("DELETE FROM decision WHERE booking = (SELECT id FROM booking WHERE status = 'held')", "No decision tells"),
            ("UPDATE decision SET outcome = '{\"status\":\"held\"}'", "but the last decision on it came to held"),
        ]).await;
    }
}
