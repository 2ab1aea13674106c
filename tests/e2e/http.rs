//! What pages are to those who look beneath them.

use serde_json::json;

use super::{
    Stage,
    stage::{SECRET, TABLETS, member},
};

#[tokio::test(flavor = "multi_thread")]
async fn an_address_without_a_language_leads_to_the_readers_own() {
    let stage = Stage::set().await;
    let ask = async |path: &str, accepted: &str, cookie: &str| {
        let visitor = stage.app.visitor();
        let request =
            visitor.request("GET", path).header("accept", "text/html").header("accept-language", accepted);
        let answer = visitor.send(request.header("cookie", cookie)).await;
        answer.expect(303);
        answer.header("location").to_owned()
    };
    assert_eq!(ask("/", "", "").await, "/zh");
    assert_eq!(ask("/", "ru, en;q=0.5", "").await, "/en");
    assert_eq!(ask("/", "en", "language=zh").await, "/zh");
    assert_eq!(ask("/?offering=TAB", "en", "").await, "/en?offering=TAB");
    assert_eq!(ask("/bookings/1?x=y", "en", "").await, "/en/bookings/1?x=y");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_its_language_and_remembers_it() {
    let stage = Stage::set().await;
    let visitor = stage.app.visitor();
    for (path, tag) in [("/zh", "zh-CN"), ("/en", "en")] {
        let page = visitor.get(path).await;
        page.expect(200);
        assert!(page.text.contains(&format!("<html lang=\"{tag}\"")), "{}", page.text);
        assert!(page.header("set-cookie").starts_with(&format!("language={};", &path[1..])));
        assert_eq!(visitor.get(path).await.header("set-cookie"), "", "it is remembered already");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_inline_script_carries_the_nonce_of_its_own_answer() {
    let stage = Stage::set().await;
    let visitor = stage.app.visitor();
    let mut seen = Vec::new();
    for _ in 0..2 {
        let page = visitor.get("/en").await;
        let policy = page.header("content-security-policy").to_owned();
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .expect("a nonce")
            .to_owned();
        let scripts: Vec<&str> = page.text.split("<script").skip(1).collect();
        assert!(!scripts.is_empty(), "the browser half is not built: run `cargo xtask site`");
        for script in scripts {
            assert!(script.contains(&format!("nonce=\"{nonce}\"")), "{script}");
        }
        assert!(!page.text.contains(" style=\""), "the policy forbids inline styles");
        seen.push(nonce);
    }
    assert_ne!(seen[0], seen[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_pages_load_is_compressed_and_kept_for_good() {
    let stage = Stage::set().await;
    let visitor = stage.app.visitor();
    let page = visitor.get("/en").await.text;
    let names: Vec<&str> =
        page.split("/assets/").skip(1).filter_map(|rest| rest.split(['"', '\'']).next()).collect();
    assert!(names.len() >= 3, "the browser half is not built: run `cargo xtask site`");
    for name in names {
        let path = format!("/assets/{name}");
        let small = visitor.send(visitor.request("GET", &path).header("accept-encoding", "gzip, br")).await;
        small.expect(200);
        assert_eq!(small.header("content-encoding"), "br");
        assert!(small.header("cache-control").contains("immutable"));
        let plain = visitor.get(&path).await;
        assert_eq!((plain.status, plain.header("content-encoding")), (200, ""));
        assert_eq!(plain.header("content-type"), small.header("content-type"));
    }
    visitor.get("/assets/app.0000000000000000.js").await.problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_are_not_there_say_so_in_the_readers_language() {
    let stage = Stage::set().await;
    let visitor = stage.app.visitor();
    for (path, words) in [
        ("/zh/nowhere", "没有找到"),
        ("/en/nowhere/at/all", "There is nothing here"),
        ("/en/bookings/not-an-id", "There is nothing here"),
    ] {
        let page = visitor.get(path).await;
        page.expect(404);
        assert!(page.text.contains(words), "{path}: {}", page.text);
    }
    // Of another's booking nobody learns that it exists, nor does a visitor of any.
    let booking = visitor.get("/en/bookings/0190a0a0-0000-7000-8000-000000000000").await;
    assert!(matches!(booking.status, 403 | 404), "{}", booking.status);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_field_is_named_beside_it_and_above_the_form() {
    let stage = Stage::set().await;
    let visitor = stage.app.visitor();
    for (from, to, field) in [
        ("batch_size=20", "batch_size=many", "batch_size"),
        ("unit=kilogram", "unit=barrel", "unit"),
        ("offering=TAB", "offering=NOSUCH", "offering"),
        ("from=2026-12-01", "from=yesterday", "from"),
    ] {
        let page = visitor.get(&format!("/en{}", TABLETS.replace(from, to))).await;
        page.expect(422);
        assert!(page.text.contains("role=\"alert\""), "{}", page.text);
        assert!(page.text.contains(&format!("href=\"#{field}\"")), "{field}: {}", page.text);
        if field != "unit" {
            assert!(page.text.contains(&format!("id=\"{field}-problem\"")), "{field}: {}", page.text);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_form_says_why_in_the_other_language_and_is_not_carried_out_by_that() {
    let stage = Stage::with_firms(1).await;
    let visitor = stage.app.visitor();
    visitor.sign_in(&member(1), SECRET).await.expect(201);
    let form = |days: &str| json!({"name": "ERP", "days": days, "key": "one", "here": "/en/account"});
    let refused = visitor.post_form("/do/make-token", &form("1000")).await;
    refused.expect(422);
    assert!(refused.text.contains("id=\"token-days-problem\""), "{}", refused.text);
    // The header leads to the same answer in the other language.
    let told =
        refused.text.split("name=\"told-before\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let told = told.expect("what it was told").replace("&quot;", "\"");
    assert!(refused.text.contains("name=\"here\" value=\"/zh/account\""), "{}", refused.text);
    // Be what is typed right by now or not, it is shown and not carried out.
    for days in ["1000", "30"] {
        let mut again = form(days);
        again["here"] = json!("/zh/account");
        again["told-before"] = json!(told);
        let again = visitor.post_form("/do/make-token", &again).await;
        again.expect(422);
        assert!(again.text.contains("<html lang=\"zh-CN\""), "{}", again.text);
        assert!(again.text.contains("id=\"token-days-problem\""), "{}", again.text);
        assert!(again.text.contains(&format!("value=\"{days}\"")), "{}", again.text);
    }
    assert_eq!(*visitor.get("/api/v1/tokens").await.expect(200), json!([]));
    let nonsense = json!({"name": "ERP", "days": "30", "here": "/en/account", "told-before": "?"});
    visitor.post_form("/do/make-token", &nonsense).await.expect(400);
    assert_eq!(*visitor.get("/api/v1/tokens").await.expect(200), json!([]));

    // Nothing secret stands in the page for that.
    let stranger = stage.app.visitor();
    let wrong = json!({"email": member(1), "password": "not-the-password", "here": "/en/sign-in"});
    let wrong = stranger.post_form("/do/sign-in", &wrong).await;
    wrong.expect(401);
    assert!(wrong.text.contains("told-before") && !wrong.text.contains("not-the-password"), "{}", wrong.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_from_the_address_are_never_markup() {
    let stage = Stage::set().await;
    let page = stage
        .app
        .visitor()
        .get("/en?offering=%3Cscript%3Ealert(1)%3C/script%3E&batch_size=%22%3E%3Cb%3E&from=x")
        .await;
    assert!(!page.text.contains("<script>alert") && !page.text.contains("\"><b>"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_one_time_link_leads_to_a_password_once() {
    let stage = Stage::set().await;
    let link = server::usecase::people::make_administrator(
        &stage.app.state,
        "second@district.example",
        "Wang Guan",
        "示例新区",
    )
    .await
    .expect("a link");
    let visitor = stage.app.visitor();
    let path = link.link.strip_prefix(&stage.app.address).expect("a link to this server").to_owned();
    let page = visitor.get(&format!("/en{path}")).await;
    page.expect(200);
    assert!(page.text.contains(&link.token), "the form carries the token: {}", page.text);
    let choose = async |password: &str| {
        let form = [("token", link.token.as_str()), ("password", password), ("next", "/en/sign-in")];
        let body: String = form.map(|(name, value)| format!("{name}={value}")).join("&");
        let request = visitor
            .request("POST", "/do/choose-password")
            .header("origin", &stage.app.address)
            .header("referer", format!("{}/en{path}", stage.app.address))
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        visitor.send(request).await
    };
    // What fails is answered by the form's own page, which keeps the link and never the password.
    let short = choose("short").await;
    short.expect(422);
    assert!(
        short.text.contains("aria-invalid=\"true\"") && short.text.contains(&link.token),
        "{}",
        short.text
    );
    assert!(!short.text.contains("value=\"short\"") && short.header("location").is_empty());
    let chosen = choose("correct-horse-battery").await;
    chosen.expect(303);
    assert_eq!(chosen.header("location"), "/en/sign-in");
    choose("correct-horse-battery-2").await.expect(404);
    visitor.sign_in("second@district.example", "correct-horse-battery").await.expect(201);
}
