//! The guided first booking of the demonstration, walked to its end: every page on the way says which step it is, and
//! leads to the next one.

use super::{
    Browser, Scripts, Stage, Tongue,
    firm::complete,
    stage::{HOLDING, TABLETS},
};

/// Takes the seat that the strip offers for the next step.
const ONWARDS: &str = ".tour-strip form:not(.tour-close) button";

#[tokio::test(flavor = "multi_thread")]
async fn the_first_booking_is_guided_to_its_end() {
    let stage = Stage::with_history().await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    // Whoever only searches is not guided.
    browser.go(&format!("/en{TABLETS}")).await;
    browser.see("article.offer").await;
    assert_eq!(browser.count(".tour-strip").await, 0);
    browser.go("/en").await;
    browser.click(".first-booking > summary").await;
    assert_eq!(browser.count(".first-booking > ol > li").await, 7);
    browser.click(".first-booking a[href*='offering=TAB']").await;

    // A visitor searches, the firm holds what was found and asks for it.
    step(&browser, 1).await;
    browser.click(ONWARDS).await;
    browser.see("form.hold").await;
    step(&browser, 3).await;
    browser.fill("article.offer.first form.hold [name=product_code]", "TOUR-1").await;
    browser.click(HOLDING).await;
    browser.see(".booking .status.held").await;
    step(&browser, 4).await;
    assert_eq!(browser.count(ONWARDS).await, 0, "nobody else has anything to do yet");
    browser.fill("#project", "P-tour").await;
    complete(&browser).await;
    browser.click("#request .form-foot button:not([formaction])").await;
    browser.see(".booking .status.requested").await;
    browser.says(".told", "Your request is sent").await;
    step(&browser, 5).await;
    let booking = browser.path().await;
    let id = booking.rsplit('/').next().expect("an id").to_owned();

    // Quality assurance confirms the hazards, the operator approves.
    browser.click(ONWARDS).await;
    browser.click(&format!("table[aria-labelledby=hazards] a[href$='{id}']")).await;
    step(&browser, 5).await;
    browser.fill("#evidence-seen", "SDS 4711").await;
    browser.click("form[action='/do/confirm-hazards'] button").await;
    browser.see("main:not(:has(form[action='/do/confirm-hazards']))").await;
    browser.says(".told", "The hazards are confirmed.").await;
    step(&browser, 6).await;
    browser.click(ONWARDS).await;
    browser.see("form[action='/do/approve']").await;
    step(&browser, 6).await;
    assert_eq!(browser.count(ONWARDS).await, 0, "nobody else has anything to do yet");
    browser.click("form[action='/do/approve'] button").await;
    browser.see(".booking-head .status.confirmed").await;
    browser.says(".told", "Approved").await;
    step(&browser, 7).await;

    // The district looks on, where the way ends with a closing word, and the firm finds its campaign confirmed.
    browser.click(ONWARDS).await;
    browser.arrive("/district?tour=end").await;
    step(&browser, 7).await;
    browser.says(".tour-end", "That was the whole way.").await;
    browser.click(ONWARDS).await;
    browser.see(&format!("#campaigns tr:has(a[href$='{id}']) .status.confirmed")).await;

    // Who has seen enough closes it.
    browser.go(&format!("/en{TABLETS}")).await;
    step(&browser, 3).await;
    browser.click(".tour-close button").await;
    browser.see("body:not(:has(.tour-strip)) article.offer").await;
    browser.close().await;
    stage.app.stop().await;
}

/// Waits until the page says that it is this step.
async fn step(browser: &Browser, number: u8) {
    browser.says(".tour-strip", &format!("Step {number} of 7")).await;
}
