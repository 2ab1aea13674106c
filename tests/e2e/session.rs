//! A session that ends while a form is filled in: what was typed is kept until its writer has signed in again, in
//! another window, and is then sent from where it is.

use super::{
    Browser, Scripts, Stage, Tongue,
    conversation::{sign_in, sign_in_elsewhere},
    firm::{complete, hold, value},
    operator::{Plant, text},
    stage::member,
};

/// Sends again what was kept.
const AGAIN: &str = "main form button";

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_a_request_is_filled_in_loses_nothing_in_english() {
    request(Scripts::On, Tongue::English).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_a_request_is_filled_in_loses_nothing_in_chinese_without_scripts() {
    request(Scripts::Off, Tongue::Chinese).await;
}

async fn request(scripts: Scripts, tongue: Tongue) {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(scripts, tongue).await;
    browser.go(&format!("/{}", tongue.segment())).await;
    sign_in(&browser, 1).await;
    hold(&browser, tongue, "ZS-010").await;
    let booking = browser.path().await;
    browser.fill("#project", "P-10").await;
    complete(&browser).await;
    browser.driver.delete_all_cookies().await.expect("no cookies");
    browser.click("#request .form-foot button:not([formaction])").await;
    kept(&browser, &format!("resume-{}-{scripts:?}", tongue.segment())).await;

    sign_in_elsewhere(&browser, tongue, &member(1)).await;
    browser.click(AGAIN).await;
    browser.see(".booking .status.requested").await;
    assert_eq!(browser.path().await, booking);
    assert!(browser.text(".booking").await.contains("P-10"));
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_a_request_is_declined_loses_no_reason_in_chinese_without_scripts() {
    declined(Scripts::Off, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_a_request_is_declined_loses_no_reason_in_english() {
    declined(Scripts::On, Tongue::English).await;
}

async fn declined(scripts: Scripts, tongue: Tongue) {
    let plant = Plant::new().await;
    let booking = plant.request("2026-12-01", "ZS-011").await;
    let page = format!("/{}/desk/requests/{}", tongue.segment(), text(&booking, "id"));
    let operator = plant.at_desk("operator", scripts, tongue).await;
    operator.go(&page).await;
    operator.click(".act-more:has(#decline-reason) summary").await;
    operator.fill("#decline-reason", "压片机需大修 the press is being overhauled").await;
    operator.driver.delete_all_cookies().await.expect("no cookies");
    operator.click("form[action='/do/decline'] button").await;
    kept(&operator, &format!("resume-decline-{}-{scripts:?}", tongue.segment())).await;
    assert_eq!(plant.status(&booking).await, "requested", "nothing is done for nobody");

    sign_in_elsewhere(&operator, tongue, "operator@hayao.example").await;
    operator.click(AGAIN).await;
    operator.see(".status.declined").await;
    assert!(operator.text(".request-history").await.contains("the press is being overhauled"));
    assert_eq!(plant.status(&booking).await, "declined");
    operator.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_the_set_up_is_edited_loses_nothing_in_chinese_without_scripts() {
    let plant = Plant::new().await;
    let operator = plant.at_desk("operator", Scripts::Off, Tongue::Chinese).await;
    operator.go("/zh/setup/part?sort=policy&code=policy").await;
    let most = value(&operator, "#f-move_most").await;
    operator.fill("#f-max_holds", "7").await;
    operator.fill("#f-move_most", "far").await;
    operator.driver.delete_all_cookies().await.expect("no cookies");
    operator.click(".setup-form .form-foot button").await;
    kept(&operator, "resume-setup-zh-Off").await;

    // What was wrong with it is told where it was typed, once somebody may hear it.
    sign_in_elsewhere(&operator, Tongue::Chinese, "operator@hayao.example").await;
    operator.click(AGAIN).await;
    operator.see("#f-move_most-problem").await;
    assert_eq!(value(&operator, "#f-max_holds").await, "7");
    assert_eq!(value(&operator, "#f-move_most").await, "far");
    operator.fill("#f-move_most", &most).await;
    operator.click(".setup-form .form-foot button").await;
    operator.click(".note.warn form button").await;
    operator.arrive("/zh/setup?saved=yes").await;
    operator.close().await;
}

/// The page says that what was typed is kept, and leads to signing in beside it.
async fn kept(browser: &Browser, shot: &str) {
    browser.see("main a[target=_blank]").await;
    browser.shoot(shot).await;
}
