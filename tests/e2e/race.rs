//! Two firms go for one schedule.

use super::{Browser, Scripts, Stage, Tongue, conversation::sign_in, stage::TABLETS};

#[tokio::test(flavor = "multi_thread")]
async fn the_slower_firm_is_offered_the_next_best_and_takes_it() {
    the_slower_takes_the_next_best(Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_slower_firm_takes_the_next_best_without_scripts() {
    the_slower_takes_the_next_best(Scripts::Off).await;
}

async fn the_slower_takes_the_next_best(scripts: Scripts) {
    let stage = Stage::with_firms(2).await;
    let faster = stage.browser(scripts, Tongue::Chinese).await;
    let slower = stage.browser(scripts, Tongue::English).await;
    for (browser, number) in [(&faster, 1), (&slower, 2)] {
        browser.go(&format!("/{}{TABLETS}", if number == 1 { "zh" } else { "en" })).await;
        sign_in(browser, number).await;
        browser.see("article.offer.first form.hold").await;
    }

    slower.fill("article.offer.first form.hold [name=product_code]", "BING-88").await;
    faster.click("article.offer.first form.hold button").await;
    faster.see(".booking .status.held").await;
    slower.click("article.offer.first form.hold button").await;

    // Not an error page: what fits instead, best first, each a click away.
    assert_eq!(slower.text("#conflict").await, "Somebody was faster");
    assert!(slower.text(".conflict .hint").await.contains("taken"), "it says why");
    slower.see(".conflict .note:focus").await;
    slower.see(".conflict ~ form.search").await;
    assert!(slower.count(".conflict article.offer form.hold").await > 0);
    slower.shoot(&format!("conflict-{scripts:?}")).await;
    slower.click(".conflict article.offer.first form.hold button").await;
    slower.see(".booking .status.held").await;

    // What was typed before is of what is held now.
    assert!(slower.text(".facts").await.contains("BING-88"), "the product is lost");
    assert_ne!(when(&faster).await, when(&slower).await, "both hold the same");
    faster.close().await;
    slower.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fourth_schedule_is_not_ticked_beside_three() {
    let stage = Stage::set().await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go(&format!("/en{TABLETS}")).await;
    let tick = |place: usize| format!("article.offer:nth-of-type({place}) .tick-tag input");
    for place in 1..=3 {
        browser.click(&tick(place)).await;
    }
    browser.see(&format!("{}:disabled", tick(4))).await;
    browser.click(&tick(2)).await;
    browser.click(&tick(4)).await;
    browser.click("#compare button").await;
    browser.see("table.compared").await;
    assert_eq!(browser.count("table.compared thead th").await, 3);
    browser.close().await;
}

/// Platform, lines and times of the booking shown, in English.
async fn when(browser: &Browser) -> String {
    let mut path = browser.path().await;
    path.replace_range(..3, "/en");
    browser.go(&path).await;
    let platform = browser.text(".facts dd").await;
    format!("{platform}: {}", browser.text(".steps tbody").await)
}
