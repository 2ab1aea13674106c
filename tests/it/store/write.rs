//! What is answered was committed, and what failed left nothing, however many are committed together.

use futures::future::join_all;
use sea_orm::{ConnectionTrait, DbBackend};
use server::store::{Store, StoreError, StoreOptions, Tx, statement};
use tests::{Engine, TestDatabase, on_both_databases};

async fn open(db: &TestDatabase) -> Store {
    Store::open(&StoreOptions::new(db.url())).await.expect("the database opens")
}

async fn note(tx: &Tx<'_>, key: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO meta (key, value) VALUES (?, 'x')";
    tx.execute_raw(statement(tx, sql, [key.into()])).await?;
    Ok(())
}

fn refused() -> StoreError {
    StoreError::NotFound("anything")
}

on_both_databases! {
    async fn each_of_a_group_stands_or_falls_alone(db: TestDatabase) {
        let store = open(&db).await;
        let writes = (0..200).map(|n: u32| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        Box::pin(async move {
                            note(tx, &format!("n{n}")).await?;
                            if n.is_multiple_of(3) { Err(refused()) } else { Ok(n) }
                        })
                    })
                    .await
            })
        });
        let answers = join_all(writes).await;
        for (n, answer) in (0..).zip(answers) {
            match answer.expect("the task ran") {
                Ok(number) => assert!(number == n && n % 3 != 0),
                Err(error) => assert!(n % 3 == 0, "{n}: {error}"),
            }
        }
        assert_eq!(db.number("SELECT count(*) FROM meta").await, 133);
        assert_eq!(db.number("SELECT count(*) FROM meta WHERE key = 'n3'").await, 0);
    }

    async fn a_swallowed_error_is_not_answered_as_done(db: TestDatabase) {
        let store = open(&db).await;
        let answer: Result<(), StoreError> = store
            .write(|tx| {
                Box::pin(async move {
                    note(tx, "kept").await?;
                    let _swallowed = note(tx, "kept").await;
                    Ok(())
                })
            })
            .await;
        let error = answer.expect_err("the second note broke it");
        assert!(error.is_conflict_on("meta_key"), "{error}");
        assert_eq!(db.number("SELECT count(*) FROM meta").await, 0);
    }

    async fn a_panic_undoes_its_own_work_only(db: TestDatabase) {
        let store = open(&db).await;
        let panics = store.write(|tx| {
            Box::pin(async move {
                note(tx, "panic").await?;
                if tx.get_database_backend() != DbBackend::MySql {
                    panic!("on purpose");
                }
                Ok::<(), StoreError>(())
            })
        });
        let fine = store.write(|tx| Box::pin(async move { note(tx, "fine").await }));
        let (panics, fine) = futures::join!(panics, fine);
        assert!(matches!(panics, Err(StoreError::Internal(_))));
        fine.expect("the other one is committed");
        assert_eq!(db.number("SELECT count(*) FROM meta").await, 1);
    }

    async fn reading_connections_refuse_to_write(db: TestDatabase) {
        let store = open(&db).await;
        let sql = "INSERT INTO meta (key, value) VALUES ('k', 'v')";
        store.read().execute_unprepared(sql).await.expect_err("it is for reading");
    }

    async fn a_constraint_has_the_same_name_on_both(db: TestDatabase) {
        let store = open(&db).await;
        let refused = |sql: &'static str| {
            let store = store.clone();
            async move {
                let answer: Result<(), StoreError> = store
                    .write(move |tx| {
                        Box::pin(async move {
                            tx.execute_unprepared(sql).await?;
                            Ok(())
                        })
                    })
                    .await;
                match answer {
                    Err(StoreError::Conflict { constraint }) => constraint,
                    other => panic!("{sql}: {other:?}"),
                }
            }
        };
        assert_eq!(refused("INSERT INTO catalogue (id, version) VALUES (1, 0)").await, "catalogue_key");
        assert_eq!(refused("INSERT INTO catalogue (id, version) VALUES (2, 0)").await, "catalogue_single");
        assert_eq!(refused("INSERT INTO meta (key, value) VALUES ('', 'v')").await, "meta_key_length");
        let holiday = "INSERT INTO holiday (date, kind, name_zh, name_en, official) \
                       VALUES ('2026-10-01', 'maybe', '', '', TRUE)";
        assert_eq!(refused(holiday).await, "holiday_kind");
    }

    async fn what_waits_is_inserted_in_order_and_in_time(db: TestDatabase) {
        let store = open(&db).await;
        let account = uuid::Uuid::now_v7();
        let answer: Result<i64, StoreError> = store
            .write(move |tx| {
                Box::pin(async move {
                    // The second needs the first, and there are more than go at once.
                    tx.insert_later(
                        "INSERT INTO account (id, email, name, locale, created_at) VALUES (?, 'a@b.c', 'A', 'en', 0)",
                        [account.into()],
                    );
                    for n in 0..1_000 {
                        tx.insert_later(
                            "INSERT INTO idempotency (account, key, body_hash, status, response, created_at) \
                             VALUES (?, ?, ?, 200, '', ?)",
                            [account.into(), n.to_string().into(), vec![1_u8].into(), 0_i64.into()],
                        );
                    }
                    let sql = "SELECT count(*) FROM idempotency";
                    let row = tx.query_one_raw(statement(tx, sql, [])).await?.ok_or(refused())?;
                    Ok(row.try_get_by_index(0)?)
                })
            })
            .await;
        assert_eq!(answer.expect("it is written"), 1_000);
    }

    async fn what_waits_to_the_end_can_still_fail(db: TestDatabase) {
        let store = open(&db).await;
        for conflict in [false, true] {
            let answer: Result<(), StoreError> = store
                .write(move |tx| {
                    Box::pin(async move {
                        note(tx, if conflict { "second" } else { "first" }).await?;
                        for key in ["a", if conflict { "a" } else { "b" }] {
                            tx.insert_later("INSERT INTO meta (key, value) VALUES (?, 'x')", [key.into()]);
                        }
                        Ok(())
                    })
                })
                .await;
            match answer {
                Ok(()) => assert!(!conflict),
                Err(error) => assert!(conflict && error.is_conflict_on("meta_key"), "{error}"),
            }
        }
        assert_eq!(db.number("SELECT count(*) FROM meta").await, 3);
    }

    async fn what_waits_is_forgotten_when_the_work_fails(db: TestDatabase) {
        let store = open(&db).await;
        let answer: Result<(), StoreError> = store
            .write(|tx| {
                Box::pin(async move {
                    tx.insert_later("INSERT INTO meta (key, value) VALUES (?, 'x')", ["a".into()]);
                    Err(refused())
                })
            })
            .await;
        answer.expect_err("it failed");
        assert_eq!(db.number("SELECT count(*) FROM meta").await, 0);
    }
}

/// Far fewer pages than those at which a commit would copy them itself.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_committed_is_copied_into_the_file_beside_the_writer() {
    let db = TestDatabase::migrated(Engine::Sqlite).await;
    let store = open(&db).await;
    let url = db.url();
    let path = url.strip_prefix("sqlite://").and_then(|url| url.split('?').next()).expect("a path");
    let size = || std::fs::metadata(path).expect("the file").len();
    let before = size();
    for n in 0..250 {
        let write = store.write(move |tx| {
            Box::pin(async move {
                let sql = "INSERT INTO meta (key, value) VALUES (?, ?)";
                tx.execute_raw(statement(tx, sql, [format!("n{n}").into(), "x".repeat(4096).into()])).await?;
                Ok::<(), StoreError>(())
            })
        });
        write.await.expect("it is committed");
    }
    for _ in 0..200 {
        if size() > before + 4096 * 150 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the file has {} bytes, {before} before", size());
}
