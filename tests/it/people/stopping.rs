//! Stopping in order.

use serde_json::json;
use tests::{App, app::PASSWORD, on_both_databases};

on_both_databases! {
    async fn requests_under_way_finish(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        let asked = tokio::spawn({
            let visitor = visitor.clone();
            async move { visitor.sign_in("nobody@district.example", PASSWORD).await }
        });
        // Until the server has the request: its password is being hashed then, nobody's as slowly as in earnest.
        while app.state.passwords.idle() {
            tokio::task::yield_now().await;
        }
        app.stop().await;
        asked.await.expect("an answer").expect(401);
        let refused = visitor.request("POST", "/api/v1/tokens").json(&json!({})).send().await;
        assert!(refused.is_err(), "nobody listens any more");
    }

    async fn searches_just_answered_are_still_recorded(database: TestDatabase) {
        let app = App::start(&database).await;
        let query = "offering=TAB&batch_size=1&unit=kilogram&batches=1&from=2026-12-01&to=2026-12-20";
        for _ in 0..3 {
            // Nobody offers anything here, which is an outcome too.
            app.visitor().get(&format!("/api/v1/offers?{query}")).await.problem(422, "refused");
        }
        app.stop().await;
        assert_eq!(database.number("SELECT count(*) FROM search_record").await, 3);
    }
}
