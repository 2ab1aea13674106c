//! Attempts are limited.

use serde_json::json;
use tests::{
    App, Visitor,
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

    async fn nobody_keeps_another_from_signing_in(database: TestDatabase) {
        let app = App::start_with(&database, |settings| {
            settings.limits.sign_in_per_email = 3;
            settings.http.trust_proxy = true;
        })
        .await;
        app.visitor().post("/api/v1/organisations", People::registration(1)).await.expect(201);
        let visitor = app.visitor();
        let from = |address: &str, password: &str| {
            let who = json!({"email": "admin@company1.example", "password": password});
            let request = visitor.request("POST", "/api/v1/sessions");
            visitor.send(request.header("x-forwarded-for", address.to_owned()).json(&who))
        };
        for _ in 0..3 {
            from("192.0.2.1", "a wrong guess").await.problem(401, "wrong-credentials");
        }
        for _ in 0..40 {
            from("192.0.2.1", "a wrong guess").await.problem(429, "too-many");
        }
        from("192.0.2.2", PASSWORD).await.expect(201);
    }

    async fn changing_passwords_counts_by_address_and_not_for_everybody_together(database: TestDatabase) {
        let app = App::start_with(&database, |settings| {
            settings.limits.sign_in_per_address = 3;
            settings.http.trust_proxy = true;
        })
        .await;
        let from = |visitor: &Visitor, method: &str, path: &str, address: &str, body| {
            let request = visitor.request(method, path).header("origin", visitor.address());
            visitor.send(request.header("x-forwarded-for", address.to_owned()).json(&body))
        };
        let (first, second) = (app.visitor(), app.visitor());
        for (visitor, number, address) in [(&first, 1, "192.0.2.1"), (&second, 2, "192.0.2.2")] {
            let new = People::registration(number);
            let who = json!({"email": new["email"], "password": PASSWORD});
            from(visitor, "POST", "/api/v1/organisations", address, new).await.expect(201);
            from(visitor, "POST", "/api/v1/sessions", address, who).await.expect(201);
        }
        let change = json!({"current": PASSWORD, "new": PASSWORD});
        let path = "/api/v1/accounts/me/password";
        from(&first, "POST", path, "192.0.2.1", change.clone()).await.expect(204);
        from(&first, "POST", path, "192.0.2.1", change.clone()).await.problem(429, "too-many");
        // Somebody elsewhere isn't kept from it by that.
        from(&second, "POST", path, "192.0.2.2", change).await.expect(204);
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
