//! The number of unread notices stands beside the way to them, on every page, and stays true while the page is open.

use serde_json::json;

use super::{
    Scripts, Tongue,
    conversation::give_credentials,
    operator::{Plant, text},
    stage::{SECRET, TABLETS},
};

#[tokio::test(flavor = "multi_thread")]
async fn the_number_of_unread_notices_stays_true() {
    let plant = Plant::new().await;
    let browser = plant.stage.browser(Scripts::On, Tongue::English).await;
    let booking = plant.request("2026-12-01", "ZS-012").await;
    let ask = async |question: &str| {
        let path = format!("/api/v1/bookings/{}/ask", text(&booking, "id"));
        plant.operator.ask_once("POST", &path, Some(json!({"reason": question}))).await.expect(200);
    };
    browser.go("/en/sign-in?next=/en/notices").await;
    give_credentials(&browser, 1, SECRET).await;
    browser.see(".notices").await;
    // Nothing delivers notices here but the pages that hear of them.
    ask("Which batch?").await;
    browser.see("#unread .sr").await;
    // All that is unread must be here before it is said to be read.
    browser.says(".notices .unread", "Which batch?").await;
    browser.shoot("notices-unread").await;
    browser.click("#read-all button").await;
    browser.see("main:not(:has(.unread))").await;
    assert_eq!(browser.count("#unread *").await, 0);

    // On a page of another subject, half a search typed in.
    browser.go(&format!("/en{TABLETS}")).await;
    browser.fill("#batch_size", "7").await;
    ask("何时到料？").await;
    assert_eq!(browser.text("#unread span[aria-hidden]").await, "1");
    assert_eq!(browser.text("#unread .sr").await, "1 unread");
    let typed = browser.see("#batch_size").await.value().await.expect("a field");
    assert_eq!(typed.as_deref(), Some("7"));

    // Going to see is reading.
    browser.click(".ways a[href$='/notices']").await;
    assert!(browser.text(".notices .unread").await.contains("何时到料？"));
    browser.click(".notices .unread .link").await;
    browser.see(".booking .status.requested").await;
    assert_eq!(browser.count("#unread *").await, 0);
    browser.close().await;
}
