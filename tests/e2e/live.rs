//! An open page stays fresh, and what is being typed stays typed.

use serde_json::json;
use tests::app::People;

use super::{
    Scripts, Stage, Tongue,
    operator::{Plant, text},
    stage::SECRET,
};

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_hears_of_what_changed_and_leaves_what_is_typed_alone() {
    let stage = Stage::set().await;
    let people = People::found(&stage.app).await;
    let (company, _) = people.unverified_company(1).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go("/en/sign-in?next=/en/verification").await;
    browser.fill("#email", "admin@company1.example").await;
    browser.fill("#password", SECRET).await;
    browser.click("main form button").await;
    assert_eq!(browser.text("#state .note-title").await, "Waiting to be verified");
    // Somebody types within one of the page's parts.
    let field = "document.querySelector('#progress').append(Object.assign(document.createElement('input'), {id: 'typed'}))";
    browser.driver.execute(field, vec![]).await.expect("a field");
    browser.fill("#typed", "half a sentence").await;
    browser.click("h1").await;

    let verified = format!("/api/v1/organisations/{company}/verification");
    people.district_admin.ask("POST", &verified, None).await.expect(200);
    browser.see("#state.good").await;
    assert_eq!(browser.text("#state .note-title").await, "Verified");
    let typed = browser.see("#typed").await.value().await.expect("the field is still there");
    assert_eq!(typed.as_deref(), Some("half a sentence"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_session_has_ended_says_so_and_where_to_sign_in() {
    let plant = Plant::new().await;
    let browser = plant.at_desk("operator", Scripts::On, Tongue::English).await;
    browser.see("main:has(+ .cut #signed-out[hidden])").await;
    // Ended in another window; the page comes to the front again.
    let leave = "fetch('/api/v1/sessions/current', {method: 'DELETE'})\
        .then(() => document.dispatchEvent(new Event('visibilitychange', {bubbles: true})))";
    browser.driver.execute(leave, vec![]).await.expect("it is asked");
    browser.see("#signed-out:not([hidden])").await;
    assert_eq!(browser.count("#cut-off:not([hidden])").await, 0);
    let way = browser.see("#signed-out a").await.attr("href").await.expect("an address").expect("an address");
    assert!(way.contains("/en/sign-in?next=%2Fen%2Fdesk"), "{way}");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_a_request_and_a_line_stay_fresh_at_the_desk() {
    let plant = Plant::new().await;
    let browser = plant.at_desk("operator", Scripts::On, Tongue::English).await;
    browser.see(".note.good").await;
    let booking = plant.request("2026-12-01", "ZS-020").await;
    let row = browser.text("table[aria-labelledby=requests]").await;
    assert!(row.contains(text(&booking, "reference")), "{row}");
    assert_eq!(browser.count(".note.good").await, 0, "something needs somebody now");

    // A request in which somebody writes a reason, while a colleague asks back.
    browser.click("table[aria-labelledby=requests] th a").await;
    browser.click(".act-more:has(#decline-reason) summary").await;
    browser.fill("#decline-reason", "half a reason").await;
    let path = format!("/api/v1/bookings/{}", text(&booking, "id"));
    let question = Some(json!({"reason": "Which batch?"}));
    plant.operator.ask_once("POST", &format!("{path}/ask"), question).await.expect(200);
    assert!(browser.text("#questions .asked").await.contains("Which batch?"));
    assert!(browser.text(".request-history").await.contains("Which batch?"));
    let typed = async || browser.see("#decline-reason").await.value().await.expect("a field");
    assert_eq!(typed().await.as_deref(), Some("half a reason"));
    // That something is held back is said, and it is shown on demand, with what was typed.
    browser.see("#held-back:not([hidden])").await;
    browser.click("#show-new").await;
    let version = plant.operator.get(&path).await.expect(200)["version"].clone();
    browser.see(&format!("form:has(#decline-reason) input[name=version][value='{version}']")).await;
    browser.see("main:has(+ .cut #held-back[hidden])").await;
    assert_eq!(typed().await.as_deref(), Some("half a reason"));

    // A line in its month, which a colleague closes and opens again.
    let line = text(&booking["steps"][0], "line");
    browser.go(&format!("/en/lines/{line}?month=2027-02")).await;
    browser.see("#weeks .timeline").await;
    let order = json!({"line": line, "start": "2027-02-22T00:00:00Z", "end": "2027-02-23T10:00:00Z",
        "kind": "fumigation", "note": "VHP"});
    let closed = plant.operator.ask_once("POST", "/api/v1/closures", Some(order)).await.expect(201).clone();
    browser.see("table[aria-labelledby=pieces] .status.closure").await;
    assert!(browser.text("table[aria-labelledby=pieces]").await.contains("VHP"));
    browser.see("#weeks .piece.closure").await;
    let closure = format!("/api/v1/closures/{}", text(&closed["closure"], "id"));
    plant.operator.delete(&closure).await.expect(200);
    browser.see("#everything:not(:has(.status.closure))").await;
    browser.close().await;
}
