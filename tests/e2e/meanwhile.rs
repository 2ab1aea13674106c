//! What happens while a page is open or left: the back button, another window, time running out, the server starting
//! anew. Nothing is done twice, nothing typed is lost, and the page says what is so.

use std::{net::SocketAddr, time::Duration};

use serde_json::json;
use server::usecase::sweep::sweep;
use tests::app::People;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use super::{
    Browser, Scripts, Stage, Tongue,
    conversation::{give_credentials, sign_in},
    firm::{approve, complete, hold, value},
    operator::{Plant, text},
    stage::{SECRET, TABLETS, member},
};

/// The button that sends the request.
const SEND: &str = "#request .form-foot button:not([formaction])";
/// From now on nothing is saved but by the button.
const KEEPS_NO_DRAFT: &str = "const note = document.querySelector('[data-draft]');
    note?.removeAttribute('data-draft');
    return !!note;";

#[tokio::test(flavor = "multi_thread")]
async fn going_back_after_a_hold_shows_what_is_free_now() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go(&format!("/en{TABLETS}")).await;
    sign_in(&browser, 1).await;
    let taken = browser.see("article.offer.first form.hold input[name=offer]").await.value().await;
    let taken = taken.expect("a field").expect("a key");
    browser.click("article.offer.first form.hold button").await;
    browser.see(".booking .status.held").await;
    browser.driver.back().await.expect("the page before");
    browser.see(&format!("main:not(:has(input[value='{taken}'])) article.offer.first form.hold")).await;
    browser.driver.forward().await.expect("the booking");
    browser.see(".booking .status.held").await;
    assert_eq!(campaigns(&browser).await, 1);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_sent_again_after_going_back_is_the_same_hold_without_scripts() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::Off, Tongue::Chinese).await;
    browser.go(&format!("/zh{TABLETS}")).await;
    sign_in(&browser, 1).await;
    browser.click("article.offer.first form.hold button").await;
    browser.see(".booking .status.held").await;
    let booking = browser.path().await;
    browser.driver.back().await.expect("the page before");
    browser.click("article.offer.first form.hold button").await;
    browser.see(".booking .status.held").await;
    assert_eq!(browser.path().await, booking);
    assert_eq!(campaigns(&browser).await, 1);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn going_back_after_a_cancellation_says_that_it_is_cancelled() {
    back_after_cancelling(Scripts::On, Tongue::English).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancellation_sent_again_after_going_back_costs_nothing_more_without_scripts() {
    back_after_cancelling(Scripts::Off, Tongue::Chinese).await;
}

async fn back_after_cancelling(scripts: Scripts, tongue: Tongue) {
    let stage = Stage::set().await;
    let people = People::found(&stage.app).await;
    let firm = people.company(1).await;
    let browser = stage.browser(scripts, tongue).await;
    browser.go(&format!("/{}", tongue.segment())).await;
    sign_in(&browser, 1).await;
    hold(&browser, tongue, "ZS-013").await;
    browser.fill("#project", "P-13").await;
    complete(&browser).await;
    browser.click(SEND).await;
    browser.see(".booking .status.requested").await;
    let booking = browser.path().await;
    approve(&people, &booking[4..]).await;
    browser.go(&format!("{booking}/cancel")).await;
    browser.fill("#reason", "no material").await;
    browser.click(".form-foot button").await;
    browser.see(".booking .status.cancelled").await;
    let path = format!("/api/v1/{}", &booking[4..]);
    let fee = firm.member.get(&path).await.expect(200)["fee_fen"].clone();

    browser.driver.back().await.expect("the page before");
    if scripts == Scripts::On {
        browser.see(".past .status.cancelled").await;
        assert_eq!(browser.count(".form-foot button").await, 0);
        browser.shoot("cancelled-already").await;
        browser.click(".past a.button").await;
    } else {
        // The browser shows the page as it was; what it sends again is answered as it was.
        browser.click(".form-foot button").await;
    }
    browser.see(".booking .status.cancelled").await;
    browser.arrive(&booking).await;
    assert_eq!(firm.member.get(&path).await.expect(200)["fee_fen"], fee);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_windows_says_what_the_first_has_done() {
    two_windows(Scripts::On, Tongue::English).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_windows_says_what_the_first_has_done_without_scripts() {
    two_windows(Scripts::Off, Tongue::Chinese).await;
}

async fn two_windows(scripts: Scripts, tongue: Tongue) {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(scripts, tongue).await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };
    browser.go(&format!("/{}", tongue.segment())).await;
    sign_in(&browser, 1).await;
    hold(&browser, tongue, "ZS-014").await;
    let booking = browser.path().await;
    // Half of it is filled in here, when the other window sends its own; saved by itself it would be the first.
    if scripts == Scripts::On {
        let kept: bool = browser.run(KEEPS_NO_DRAFT, vec![]).await;
        assert!(kept, "the form has a draft");
    }
    browser.fill("#project", "P-second").await;
    let second = browser.driver.window().await.expect("a window");
    let first = browser.driver.new_tab().await.expect("a tab");
    browser.driver.switch_to_window(first).await.expect("the tab");
    browser.go(&booking).await;
    browser.fill("#project", "P-first").await;
    complete(&browser).await;
    browser.click(SEND).await;
    browser.see(".booking .status.requested").await;

    browser.driver.switch_to_window(second).await.expect("the second window");
    if scripts == Scripts::On {
        // It hears of it by itself, and leaves the form alone.
        browser.see("#state.requested").await;
    }
    assert_eq!(value(&browser, "#project").await, "P-second");
    complete(&browser).await;
    browser.click(SEND).await;
    let said = browser.text(".overtaken").await;
    assert!(said.contains(say("提交申请", "Request sent")), "{said}");
    assert!(said.contains(say("贵企业", "your company")), "{said}");
    assert!(!said.contains("requested"), "codes are no words: {said}");
    assert!(said.contains("P-second"), "what was typed here is still there: {said}");
    browser.see(".booking .status.requested").await;
    let all = browser.text("#asked").await;
    assert!(all.contains("P-first") && !all.contains("P-second"), "{all}");
    browser.shoot(&format!("overtaken-{}", tongue.segment())).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_in_one_window_is_not_sent_from_another() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::Off, Tongue::English).await;
    browser.go("/en").await;
    sign_in(&browser, 1).await;
    hold(&browser, Tongue::English, "ZS-015").await;
    let booking = browser.path().await;
    browser.fill("#project", "P-15").await;
    complete(&browser).await;
    let second = browser.driver.window().await.expect("a window");
    let first = browser.driver.new_tab().await.expect("a tab");
    browser.driver.switch_to_window(first).await.expect("the tab");
    browser.go(&booking).await;
    browser.click("details.action summary").await;
    browser.click("details.action button").await;
    browser.see(".booking .status.withdrawn").await;
    browser.driver.switch_to_window(second).await.expect("the second window");
    browser.click(SEND).await;
    let said = browser.text(".overtaken").await;
    assert!(said.contains("Withdrawn") && said.contains("P-15"), "{said}");
    browser.see(".booking .status.withdrawn").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_left_open_says_that_its_hold_has_expired_and_keeps_what_is_typed() {
    let stage = Stage::lasting().await;
    let people = People::found(&stage.app).await;
    people.company(1).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go("/en").await;
    sign_in(&browser, 1).await;
    hold(&browser, Tongue::English, "ZS-016").await;
    let first = browser.path().await;
    browser.fill("#project", "P-16").await;
    stage.app.clock.advance(72 * 3600 + 1);
    sweep(&stage.app.state).await.expect("a sweep");
    browser.see("#state.expired").await;
    let said = browser.text("#next").await;
    assert!(said.contains("What you have typed below is not lost"), "{said}");
    browser.shoot("expired-meanwhile").await;
    assert_eq!(value(&browser, "#project").await, "P-16");
    complete(&browser).await;
    browser.click(SEND).await;
    browser.click(".instead article.offer.first button").await;
    browser.see(".booking .status.held").await;
    assert_ne!(browser.path().await, first);
    assert_eq!(value(&browser, "#project").await, "P-16");
    assert_eq!(value(&browser, "#container").await, "HDPE 100");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_left_open_without_typing_offers_what_fits_instead() {
    let stage = Stage::lasting().await;
    let people = People::found(&stage.app).await;
    people.company(1).await;
    let browser = stage.browser(Scripts::On, Tongue::Chinese).await;
    browser.go("/zh").await;
    sign_in(&browser, 1).await;
    hold(&browser, Tongue::Chinese, "ZS-017").await;
    stage.app.clock.advance(72 * 3600 + 1);
    sweep(&stage.app.state).await.expect("a sweep");
    browser.see(".instead article.offer.first form.hold").await;
    assert_eq!(browser.count("#request").await, 0);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_filled_in_while_the_server_starts_anew_is_sent_to_the_new_one() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go("/en").await;
    sign_in(&browser, 1).await;
    hold(&browser, Tongue::English, "ZS-018").await;
    browser.fill("#project", "P-18").await;
    // A gateway answers for the server that is gone: the page has to try again by itself.
    let stage = stage.restart(|address| turn_away(address, "/live")).await;
    complete(&browser).await;
    assert_eq!(value(&browser, "#project").await, "P-18");
    // The page hears of the new server what it missed.
    let path = format!("/api/v1/{}", &browser.path().await[4..]);
    let elsewhere = stage.app.visitor();
    elsewhere.sign_in(&member(1), SECRET).await.expect(201);
    elsewhere
        .ask("PUT", &format!("{path}/details"), Some(json!({"project": "P-colleague"})))
        .await
        .expect(200);
    browser.click(SEND).await;
    // What the colleague has saved isn't taken back unseen.
    assert!(browser.text("#request .note.warn").await.contains("P-colleague"));
    assert_eq!(value(&browser, "#project").await, "P-18");
    browser.click(SEND).await;
    browser.see(".booking .status.requested").await;
    assert!(browser.text("#asked").await.contains("P-18"));
    elsewhere.ask_once("POST", &format!("{path}/withdraw"), Some(json!({"reason": ""}))).await.expect(200);
    browser.see("#state.withdrawn").await;
    // While the server was away nobody answered.
    let away = |complaint: &str| {
        complaint.contains("/live")
            || complaint.contains("ERR_CONNECTION_REFUSED")
            || complaint.contains("422")
    };
    browser.close_but_for(away).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_open_when_the_server_started_anew_hears_of_what_it_missed() {
    let plant = Plant::new().await;
    let booking = plant.request("2026-12-01", "ZS-019").await;
    let Plant { stage, operator, .. } = plant;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go(&format!("/en/sign-in?next=/en/bookings/{}", text(&booking, "id"))).await;
    give_credentials(&browser, 1, SECRET).await;
    browser.see("#state.requested").await;
    let _stage = stage.restart(|address| turn_away(address, "/live")).await;
    let path = format!("/api/v1/bookings/{}/ask", text(&booking, "id"));
    operator.ask_once("POST", &path, Some(json!({"reason": "Which batch?"}))).await.expect(200);
    assert!(browser.text(".question").await.contains("Which batch?"));
    let away = |complaint: &str| complaint.contains("/live") || complaint.contains("ERR_CONNECTION_REFUSED");
    browser.close_but_for(away).await;
}

/// Answers as a gateway does whose server is gone, until it was asked for `path`.
async fn turn_away(address: SocketAddr, path: &str) {
    let listener = TcpListener::bind(address).await.expect("the port is free");
    let asked = format!("GET {path}");
    let turning = async {
        loop {
            let (mut visitor, _) = listener.accept().await.expect("a visitor");
            let mut request = [0; 2048];
            let read = visitor.read(&mut request).await.unwrap_or(0);
            let answer = b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            // Whoever has gone meanwhile needs no answer.
            let _ = visitor.write_all(answer).await;
            if request[..read].starts_with(asked.as_bytes()) {
                return;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), turning).await.expect("the page tries again");
}

/// How many campaigns the firm has.
async fn campaigns(browser: &Browser) -> usize {
    let language = browser.path().await[..3].to_owned();
    browser.go(&format!("{language}/campaigns")).await;
    browser.see("#campaigns").await;
    browser.count("#campaigns tbody tr").await
}
