//! Forms that make a secret, pressed twice: what they make is one, and the secret that is shown last is good.

use serde_json::{Value, json};
use tests::{
    App,
    app::{Answer, PASSWORD, People},
    on_both_databases,
};

/// The secret that a page shows once.
fn shown(page: &Answer) -> String {
    page.expect(200);
    let field = page.text.split("<textarea").skip(1).find(|tag| tag.contains("readonly"));
    let value = field.and_then(|tag| tag.split('>').nth(1)).and_then(|rest| rest.split('<').next());
    value.expect("a secret").to_owned()
}

/// The secret in a link.
fn token(link: &str) -> &str {
    link.split("token=").nth(1).expect("a token")
}

on_both_databases! {
    async fn a_token_made_by_a_double_click_is_one(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, visitor) = people.unverified_company(1).await;
        let form = |name: &str, key: &str| json!({"name": name, "days": "30", "key": key, "here": "/en/account"});
        let first = shown(&visitor.post_form("/do/make-token", &form("ERP", "one")).await);
        let second = shown(&visitor.post_form("/do/make-token", &form("ERP", "one")).await);
        assert_ne!(first, second);
        let listed = async || visitor.get("/api/v1/tokens").await.expect(200).as_array().expect("a list").len();
        assert_eq!(listed().await, 1);
        // The first one was on a page that nobody has seen.
        visitor.with_token(&first).get("/api/v1/tokens").await.problem(401, "unauthenticated");
        visitor.with_token(&second).get("/api/v1/tokens").await.expect(200);
        // Once it is used, somebody has it: nothing takes it away from them.
        for again in [form("ERP", "one"), form("LIMS", "one")] {
            let again = visitor.post_form("/do/make-token", &again).await;
            again.expect(422);
            assert!(again.text.contains("has already been used"), "{}", again.text);
        }
        visitor.with_token(&second).get("/api/v1/tokens").await.expect(200);
        shown(&visitor.post_form("/do/make-token", &form("ERP", "another")).await);
        assert_eq!(listed().await, 2);
    }

    async fn of_tokens_made_at_the_same_time_under_one_key_one_is_good(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, visitor) = people.unverified_company(1).await;
        let form = json!({"name": "ERP", "days": "30", "key": "one", "here": "/en/account"});
        let clicks = (0..4).map(|_| visitor.post_form("/do/make-token", &form));
        let answers = futures::future::join_all(clicks).await;
        let mut good = 0;
        for answer in &answers {
            let asked = visitor.with_token(&shown(answer)).get("/api/v1/sessions/current").await;
            good += usize::from(asked.status == 200);
        }
        assert_eq!(good, 1);
        assert_eq!(database.number("SELECT count(*) FROM api_token").await, 1);
    }

    async fn an_invitation_made_by_a_double_click_is_one(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, admin) = people.unverified_company(1).await;
        let form = json!({"email": "new@company1.example", "role": "company_member", "key": "one", "here": "/en/company"});
        let [first, second] = [
            shown(&admin.post_form("/do/invite", &form).await),
            shown(&admin.post_form("/do/invite", &form).await),
        ];
        let listed = admin.get("/api/v1/invitations").await;
        assert_eq!(listed.expect(200)["items"].as_array().map(Vec::len), Some(1));
        let accept = |link: &str| json!({"token": token(link), "name": "Wu", "password": PASSWORD});
        app.visitor().post("/api/v1/invitations/accept", accept(&first)).await.problem(404, "not-found");
        app.visitor().post("/api/v1/invitations/accept", accept(&second)).await.expect(201);
        admin.post_form("/do/invite", &form).await.expect(422);
    }

    async fn a_link_to_a_new_password_made_by_a_double_click_is_one(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let company = people.company(1).await;
        let form = json!({"email": "member@company1.example", "key": "one", "here": "/en/company"});
        let [first, second] = [
            shown(&company.admin.post_form("/do/order-reset", &form).await),
            shown(&company.admin.post_form("/do/order-reset", &form).await),
        ];
        let links = "SELECT count(*) FROM invitation WHERE email = 'member@company1.example' AND purpose = 'reset'";
        assert_eq!(database.number(links).await, 1);
        let choose = async |link: &str| -> Answer {
            let chosen: Value = json!({"token": token(link), "password": "another long password"});
            app.visitor().post("/api/v1/password-resets/use", chosen).await
        };
        choose(&first).await.problem(404, "not-found");
        choose(&second).await.expect(204);
    }
}
