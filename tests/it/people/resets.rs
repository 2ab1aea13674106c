//! New passwords.

use serde_json::json;
use tests::{
    App, Visitor,
    app::{PASSWORD, People},
    on_both_databases,
};

const NEW: &str = "another long password";

on_both_databases! {
    async fn a_link_sets_a_new_password_once(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let company = people.company(1).await;
        let order = json!({"email": "member@company1.example"});
        company.member.post("/api/v1/password-resets", order.clone()).await.problem(403, "forbidden");
        let made = company.admin.post("/api/v1/password-resets", order.clone()).await;
        made.expect(201);
        let api = company.member.post("/api/v1/tokens", json!({"name": "ERP"})).await.string("secret");
        let program = company.member.with_token(&api);
        program.get("/api/v1/sessions/current").await.expect(200);
        let colleague = company.admin.post("/api/v1/tokens", json!({"name": "ERP"})).await.string("secret");
        let new = json!({"token": made.string("token"), "password": NEW});
        let short = json!({"token": made.string("token"), "password": "short"});
        app.visitor().post("/api/v1/password-resets/use", short).await.invalid("password", "too_short");
        app.visitor().post("/api/v1/password-resets/use", new.clone()).await.expect(204);
        app.visitor().post("/api/v1/password-resets/use", new).await.problem(404, "not-found");

        company.member.get("/api/v1/sessions/current").await.problem(401, "unauthenticated");
        program.get("/api/v1/sessions/current").await.problem(401, "unauthenticated");
        company.admin.with_token(&colleague).get("/api/v1/sessions/current").await.expect(200);
        let old = app.visitor().sign_in("member@company1.example", PASSWORD).await;
        old.problem(401, "wrong-credentials");
        app.visitor().sign_in("member@company1.example", NEW).await.expect(201);

        let late = company.admin.post("/api/v1/password-resets", order).await.string("token");
        app.clock.advance(72 * 3600);
        let late = json!({"token": late, "password": NEW});
        app.visitor().post("/api/v1/password-resets/use", late).await.problem(404, "not-found");
    }

    async fn whose_password_a_form_is_about_is_told_to_what_keeps_passwords(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let company = people.company(1).await;
        let order = json!({"email": "member@company1.example"});
        let reset = company.admin.post("/api/v1/password-resets", order).await.string("token");
        let order = json!({"email": "new@company1.example", "role": "company_member"});
        let join = company.admin.post("/api/v1/invitations", order).await.string("token");
        for (visitor, path, email) in [
            (&company.member, "/en/account".to_owned(), "member@company1.example"),
            (&app.visitor(), format!("/en/reset?token={reset}"), "member@company1.example"),
            (&app.visitor(), format!("/en/join?token={join}"), "new@company1.example"),
        ] {
            let page = visitor.get(&path).await.text;
            let tag = page.split('<').find(|tag| tag.contains("autocomplete=\"username\""));
            let tag = tag.unwrap_or_else(|| panic!("{path}: {page}"));
            assert!(tag.contains(email) && tag.contains("hidden") && !tag.contains("name=\""), "{path}: {tag}");
        }
        // A link that was used tells no address.
        let used = json!({"token": reset, "password": NEW});
        app.visitor().post("/api/v1/password-resets/use", used).await.expect(204);
        let page = app.visitor().get(&format!("/en/reset?token={reset}")).await.text;
        assert!(!page.contains("member@company1.example"), "{page}");
        // Without a link there is nothing to fill in, and it is said who makes one.
        let page = app.visitor().get("/en/reset").await.text;
        assert!(page.contains("needs the link") && !page.contains("/do/choose-password"), "{page}");
    }

    async fn nobody_resets_their_way_into_another_organisation(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let first = people.company(1).await;
        let second = people.company(2).await;
        let both = json!({"email": "member@company1.example"});
        second.admin.post("/api/v1/password-resets", both.clone()).await.problem(404, "not-found");
        let unknown = json!({"email": "nobody@company1.example"});
        second.admin.post("/api/v1/password-resets", unknown).await.problem(404, "not-found");

        let order = json!({"email": "member@company1.example", "role": "company_member"});
        let token = second.admin.post("/api/v1/invitations", order).await.string("token");
        let accept = json!({"token": token, "password": PASSWORD});
        first.member.post("/api/v1/invitations/accept", accept).await.expect(201);
        for admin in [&first.admin, &second.admin] {
            admin.post("/api/v1/password-resets", both.clone()).await.problem(403, "forbidden");
        }
        people.district_admin.post("/api/v1/password-resets", both).await.expect(201);
    }

    async fn a_link_is_void_once_its_account_or_its_maker_is_elsewhere(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (first, second) = (people.company(1).await, people.company(2).await);
        let email = "member@company1.example";
        let link = async |by: &Visitor| by.post("/api/v1/password-resets", json!({"email": email})).await.string("token");
        let void = async |token: &str| {
            let new = json!({"token": token, "password": NEW});
            app.visitor().post("/api/v1/password-resets/use", new).await.problem(404, "not-found");
            app.visitor().sign_in(email, PASSWORD).await.expect(201);
        };
        let account = first.member.get("/api/v1/accounts/me").await.string("id");
        let join = async |host: &Visitor| {
            let order = json!({"email": email, "role": "company_member"});
            let token = host.post("/api/v1/invitations", order).await.string("token");
            let accept = json!({"token": token, "password": PASSWORD});
            app.visitor().post("/api/v1/invitations/accept", accept).await.expect(201);
        };
        let leave = async |host: &Visitor| {
            host.delete(&format!("/api/v1/organisations/own/members/{account}")).await.expect(204);
        };

        // The membership is put where it was behind the back of whoever voids links: the link itself is looked at.
        let token = link(&first.admin).await;
        let belong = "INSERT INTO membership (account, organisation, role) VALUES ($1, $2, 'company_member')";
        let row = || vec![account.parse::<uuid::Uuid>().expect("an id").into(), second.organisation.into()];
        database.execute(belong, row()).await.expect("a second membership");
        void(&token).await;
        database.execute("DELETE FROM membership WHERE account = $1 AND organisation = $2", row()).await.expect("gone");

        // The district may for anyone, until the account becomes another way in, or is turned out.
        let token = link(&people.district_admin).await;
        join(&second.admin).await;
        void(&token).await;
        let token = link(&people.district_admin).await;
        leave(&second.admin).await;
        void(&token).await;
        // What was made before stays void when everything is as it was.
        let token = link(&first.admin).await;
        join(&second.admin).await;
        leave(&second.admin).await;
        void(&token).await;

        // A link is no better than the right of whoever made it.
        let token = link(&first.admin).await;
        let demoted = "UPDATE membership SET role = 'company_member' WHERE organisation = $1";
        database.execute(demoted, vec![first.organisation.into()]).await.expect("no administrator");
        void(&token).await;
    }

    async fn changing_the_own_password_ends_the_other_sessions_and_tokens(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, here) = people.unverified_company(1).await;
        let elsewhere = app.visitor();
        elsewhere.sign_in("admin@company1.example", PASSWORD).await.expect(201);
        let api = here.post("/api/v1/tokens", json!({"name": "ERP"})).await.string("secret");
        let program = here.with_token(&api);
        let path = "/api/v1/accounts/me/password";
        let wrong = json!({"current": "not the password", "new": NEW});
        here.post(path, wrong).await.problem(401, "wrong-credentials");
        here.post(path, json!({"current": PASSWORD, "new": "short"})).await.invalid("new", "too_short");
        program.get("/api/v1/sessions/current").await.expect(200);
        here.post(path, json!({"current": PASSWORD, "new": NEW})).await.expect(204);
        program.get("/api/v1/sessions/current").await.problem(401, "unauthenticated");
        assert_eq!(here.get("/api/v1/tokens").await.expect(200), &json!([]));
        here.get("/api/v1/sessions/current").await.expect(200);
        elsewhere.get("/api/v1/sessions/current").await.problem(401, "unauthenticated");
        elsewhere.sign_in("admin@company1.example", NEW).await.expect(201);
    }
}
