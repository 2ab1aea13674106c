//! Attempts are limited.

use serde_json::json;
use tests::{
    App,
    app::{PASSWORD, People},
    on_both_databases,
};

on_both_databases! {
    async fn guessing_one_persons_password_is_slow(database: TestDatabase) {
        let app = App::start_with(&database, |settings| settings.limits.sign_in_per_email = 3).await;
        app.visitor().post("/api/v1/organisations", People::registration(1)).await.expect(201);
        for _ in 0..3 {
            let guess = app.visitor().sign_in("admin@company1.example", "a wrong guess").await;
            guess.problem(401, "wrong-credentials");
        }
        let refused = app.visitor().sign_in("ADMIN@company1.example", PASSWORD).await;
        let seconds = refused.problem(429, "too-many")["retry_after_seconds"].as_i64().expect("seconds");
        assert_eq!(refused.header("retry-after"), seconds.to_string());
        assert_eq!(seconds, 20);
        app.clock.advance(seconds);
        app.visitor().sign_in("admin@company1.example", PASSWORD).await.expect(201);
    }

    async fn guessing_links_is_slow_too(database: TestDatabase) {
        let app = App::start_with(&database, |settings| settings.limits.sign_in_per_address = 5).await;
        let paths = ["/api/v1/password-resets/use", "/api/v1/invitations/accept"];
        for path in [paths[0], paths[1], paths[0], paths[1], paths[0]] {
            let guess = json!({"token": "guess", "password": PASSWORD});
            app.visitor().post(path, guess).await.problem(404, "not-found");
        }
        for path in paths {
            let guess = json!({"token": "guess", "password": PASSWORD});
            app.visitor().post(path, guess).await.problem(429, "too-many");
        }
        app.visitor().post("/api/v1/organisations", People::registration(1)).await.problem(429, "too-many");
        app.visitor().sign_in("a@b.example", PASSWORD).await.problem(429, "too-many");
    }

    async fn behind_a_proxy_the_clients_address_counts(database: TestDatabase) {
        let app = App::start_with(&database, |settings| {
            settings.limits.sign_in_per_address = 1;
            settings.http.trust_proxy = true;
        })
        .await;
        let visitor = app.visitor();
        let from = |address: &str| {
            let guess = json!({"email": "a@b.example", "password": PASSWORD});
            visitor.send(visitor.request("POST", "/api/v1/sessions").header("x-forwarded-for", address).json(&guess))
        };
        from("192.0.2.1").await.problem(401, "wrong-credentials");
        from("spoofed, 192.0.2.1").await.problem(429, "too-many");
        from("192.0.2.1, 192.0.2.2").await.problem(401, "wrong-credentials");
    }
}
