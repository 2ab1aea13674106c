//! A double click does once what it asks for. Where scripts run the second one isn't sent, and the button says that the
//! first is on its way; where they don't, both arrive, and the key in the form makes them one deed.

use serde_json::json;

use super::{
    Browser, Scripts, Stage, Tongue,
    conversation::sign_in,
    firm::value,
    stage::{SECRET, TABLETS, member},
};

/// The button that holds the best offer.
const HOLD: &str = "article.offer.first form.hold button";
/// Writes down, for the page that follows too, of each time that a form is sent whether it goes and whether its button
/// says so. It listens after the page's own script has.
const WATCH: &str = "addEventListener('submit', event => {
    const sent = JSON.parse(sessionStorage.getItem('sent') ?? '[]');
    sent.push([!event.defaultPrevented, event.submitter?.getAttribute('aria-busy') === 'true']);
    sessionStorage.setItem('sent', JSON.stringify(sent));
});
return true;";
const WATCHED: &str = "return JSON.parse(sessionStorage.getItem('sent') ?? '[]');";

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_is_sent_once() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go(&format!("/en{TABLETS}")).await;
    sign_in(&browser, 1).await;
    browser.see(HOLD).await;
    assert!(browser.run::<bool>(WATCH, vec![]).await);
    double_click(&browser).await;
    browser.see(".booking .status.held").await;
    let sent: Vec<(bool, bool)> = browser.run(WATCHED, vec![]).await;
    let (first, more) = sent.split_first().expect("it was sent");
    assert_eq!(*first, (true, true), "it goes, and its button is busy");
    assert!(more.iter().all(|(goes, _)| !goes), "sent twice: {sent:?}");
    holds_one(&browser, Tongue::English).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_holds_once_without_scripts() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::Off, Tongue::Chinese).await;
    browser.go(&format!("/zh{TABLETS}")).await;
    sign_in(&browser, 1).await;
    let [search, offer, key] =
        ["search", "offer", "key"].map(|name| format!(".offer.first form.hold [name={name}]"));
    let (search, offer) = (value(&browser, &search).await, value(&browser, &offer).await);
    let key = value(&browser, &key).await;
    double_click(&browser).await;
    browser.see(".booking .status.held").await;
    let booking = browser.path().await;
    holds_one(&browser, Tongue::Chinese).await;

    // However late a second one arrives, and however it was sent: it is answered as the first was.
    let same = stage.app.visitor();
    same.sign_in(&member(1), SECRET).await.expect(201);
    let form = json!({"search": search, "offer": offer, "key": key, "here": "/zh"});
    let again = same.post_form("/do/hold", &form).await;
    again.expect(303);
    assert_eq!(again.header("location"), booking);
    holds_one(&browser, Tongue::Chinese).await;
    browser.close().await;
}

async fn double_click(browser: &Browser) {
    let button = browser.see(HOLD).await;
    button.scroll_into_view().await.expect("it scrolls");
    browser.driver.action_chain().double_click_element(&button).perform().await.expect("a double click");
}

/// The firm has one campaign.
async fn holds_one(browser: &Browser, tongue: Tongue) {
    browser.go(&format!("/{}/campaigns", tongue.segment())).await;
    browser.see("#campaigns").await;
    assert_eq!(browser.count("#campaigns tbody tr").await, 1);
}
