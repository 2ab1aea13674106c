//! Stopping in order.

use serde_json::json;
use tests::{
    App,
    app::{PASSWORD, People},
    on_both_databases,
};

on_both_databases! {
    async fn requests_under_way_finish(database: TestDatabase) {
        let app = App::start(&database).await;
        People::found(&app).await;
        let visitor = app.visitor();
        let asked = tokio::spawn({
            let visitor = visitor.clone();
            async move { visitor.sign_in("admin@district.example", PASSWORD).await }
        });
        // Until the server has the request: its password is being hashed then.
        while app.state.passwords.idle() {
            tokio::task::yield_now().await;
        }
        app.stop().await;
        asked.await.expect("an answer").expect(201);
        let refused = visitor.request("POST", "/api/v1/tokens").json(&json!({})).send().await;
        assert!(refused.is_err(), "nobody listens any more");
    }
}
