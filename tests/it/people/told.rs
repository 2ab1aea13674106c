//! What is refused before a page or a form is got to: people read it on a page, in their language.

use serde_json::json;
use tests::{
    App,
    app::{Answer, PASSWORD, People},
    on_both_databases,
};

/// That the answer is a page which says all of `words`.
#[track_caller]
fn says(answer: &Answer, status: u16, words: &[&str]) {
    answer.expect(status);
    assert!(answer.header("content-type").starts_with("text/html"), "{}: {}", answer.asked, answer.text);
    assert!(answer.header("content-security-policy").contains("script-src"), "{}", answer.asked);
    for words in words {
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
    }
}

on_both_databases! {
    async fn a_form_that_is_too_large_says_how_large_it_may_be(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, visitor) = people.unverified_company(1).await;
        let large = "x".repeat(300 * 1024);
        let form = json!({"here": "/en/company?x=1", "name_en": large});
        let english = visitor.post_form("/do/change-profile", &form).await;
        let words =
            ["<html lang=\"en\"", "256 KiB at most", "Nothing was carried out", "href=\"/en/company?x=1\"", "Sign out"];
        says(&english, 413, &words);
        // Without a word of the form itself the page that the browser came from tells the language.
        let chinese = visitor
            .request("POST", "/do/change-profile")
            .header("origin", &app.address)
            .header("referer", format!("{}/zh/company", app.address))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(format!("name_en={large}"));
        let words = ["<html lang=\"zh-CN\"", "最多 256 KiB", "未作任何更改", "href=\"/zh/company\"", "退出"];
        says(&visitor.send(chinese).await, 413, &words);
        let own = visitor.get("/api/v1/organisations/own").await;
        assert_eq!(own.expect(200)["name"]["en"], "Example Pharma 1");
        // Programs get what they always got.
        visitor.ask("PATCH", "/api/v1/organisations/own", Some(json!({"name_en": large}))).await.problem(413, "too-large");
    }

    async fn a_form_from_another_site_is_told_so_and_does_nothing(database: TestDatabase) {
        let app = App::start(&database).await;
        let people = People::found(&app).await;
        let (_, visitor) = people.unverified_company(1).await;
        let sent = |languages: &str, body: &str| {
            let request = visitor.request("POST", "/do/change-profile").header("origin", "https://evil.example");
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            request.header("accept-language", languages).body(body.to_owned())
        };
        let english = visitor.send(sent("en-GB,zh;q=0.5", "contact=Mallory")).await;
        says(&english, 403, &["<html lang=\"en\"", "came from another site", "Nothing was carried out", "href=\"/en\""]);
        // The language that was read last would go first.
        let chinese = app.visitor().send(sent("zh-CN", "contact=Mallory")).await;
        says(&chinese, 403, &["<html lang=\"zh-CN\"", "请求来自其他网站", "未作任何更改"]);
        let own = visitor.get("/api/v1/organisations/own").await;
        assert_eq!(own.expect(200)["contact"], "Chen, 0451-0000000");
    }

    async fn what_takes_too_long_may_have_been_carried_out(database: TestDatabase) {
        let app = App::start_with(&database, |settings| settings.http.request_seconds = 0).await;
        // A password takes longer than no time at all.
        let visitor = app.visitor();
        let form = format!("email=li%40example.com&password={}", PASSWORD.replace(' ', "+"));
        let signing_in = visitor.request("POST", "/do/sign-in").header("origin", &app.address);
        let signing_in = signing_in.header("referer", format!("{}/zh/sign-in", app.address));
        let signing_in = signing_in.header("content-type", "application/x-www-form-urlencoded");
        let late = visitor.send(signing_in.body(form)).await;
        let words = ["<html lang=\"zh-CN\"", "系统繁忙", "可能已经生效", "href=\"/zh/sign-in\""];
        says(&late, 503, &words);
        assert!(!late.text.contains("/zh/sign-in?next="), "nobody says that nobody is signed in: {}", late.text);
    }

    async fn an_address_that_takes_no_form_says_so(database: TestDatabase) {
        let app = App::start(&database).await;
        let visitor = app.visitor();
        let answer = visitor.post_form("/zh/account", &json!({})).await;
        says(&answer, 405, &["<html lang=\"zh-CN\"", "此地址不支持该操作"]);
        assert!(answer.header("allow").contains("GET"), "{}", answer.header("allow"));
        let visitor = app.visitor();
        let nowhere = visitor.request("POST", "/do/nothing").header("origin", &app.address);
        says(&visitor.send(nowhere.header("accept-language", "en")).await, 404, &["There is nothing here"]);
    }
}
