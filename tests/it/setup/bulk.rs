//! A made-up database for measuring is a valid one.

use server::{
    demo::{Bulk, fill},
    store::{Store, StoreOptions, verify::verify},
};
use tests::on_both_databases;

/// 2026-11-23T00:00Z.
const NOW: i64 = 1_795_392_000;

on_both_databases! {
    async fn made_up_bookings_verify_clean(db: TestDatabase) {
        let store = Store::open(&StoreOptions::new(db.url())).await.expect("the database opens");
        let bulk = Bulk { lines: 13, bookings: 3_000, seed: 7, now: NOW, password: "benchmark-only".into() };
        assert_eq!(fill(&store, &bulk).await.expect("filled"), 3_000);
        let verified = verify(&store).await.expect("in order");
        assert_eq!((verified.lines, verified.bookings), (13, 3_000));
        assert_eq!(verified.live_rows, 3_000 + 13);
        let shares = "SELECT max(n) - min(n) FROM (SELECT count(*) AS n FROM occupancy WHERE head IS NULL GROUP BY line) t";
        assert!(db.number(shares).await <= 1, "shared out evenly");
        for status in ["closed", "completed", "confirmed"] {
            let found = db.number(&format!("SELECT count(*) FROM booking WHERE status = '{status}'")).await;
            assert!(found > 0, "none {status}");
        }
        assert!(fill(&store, &bulk).await.is_err(), "a database with data is never touched");
        store.close().await;
    }
}
