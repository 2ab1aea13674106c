//! What a hold costs the one writer: a statement more is a decision, not an accident.

use std::sync::{Arc, Mutex, PoisonError};

use server::store::Observer;
use tests::on_both_databases;

use super::{World, world::query};

on_both_databases! {
    async fn a_hold_takes_few_statements(database: TestDatabase) {
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let note = Arc::clone(&seen);
        let observer = Observer(Arc::new(move |statement| {
            note.lock().unwrap_or_else(PoisonError::into_inner).push(statement.sql.clone());
        }));
        let world = World::observed(&database, 1, Some(observer)).await;
        let wish = query(1, 20);
        // The first hold makes the product; the second one is what holds usually are.
        world.hold_best(&world.one.member, &wish, "P").await;
        let offers = world.offers(&world.one.member, &wish).await;
        world.settle().await;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
        world.hold(&world.one.member, &wish, &offers[0], "P").await.expect(201);
        let statements = seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let most = if database.engine() == tests::Engine::Sqlite { MOST } else { MOST + QUEUE };
        assert!(statements.len() <= most, "{} statements: {statements:#?}", statements.len());
        assert!(statements.len() > 4, "the observer sees them: {statements:#?}");
        world.close(&database).await;
    }
}

/// With a pool: line and pool locked and read, holds counted, rows, cells and claims, booking with all that
/// belongs to it, the answer included. Without a pool four less.
const MOST: usize = 9;
/// Holds of one company queue at its row on PostgreSQL.
const QUEUE: usize = 1;
