//! A form on its way shows it, and isn't sent twice.

use super::{Scripts, Stage, Tongue};

/// Sends the form as far as scripts can tell, without leaving the page: whether it goes, and whether its button is busy
/// then.
const SEND: &str =
    "const form = document.querySelector('main form'), submitter = form.querySelector('button[type=submit]');
    const goes = form.dispatchEvent(new SubmitEvent('submit', {bubbles: true, cancelable: true, submitter}));
    return [goes, submitter.getAttribute('aria-busy') === 'true'];";
/// The page is shown again as the browser has put it aside.
const SHOW: &str = "window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    return document.querySelectorAll('[aria-busy]').length;";

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_busy_until_it_is_answered_or_shown_again() {
    let stage = Stage::with_firms(1).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go("/en/sign-in").await;
    browser.see("main form").await;
    let send = async || -> (bool, bool) {
        let sent = browser.driver.execute(SEND, Vec::new()).await.expect("it runs");
        sent.convert().expect("two answers")
    };
    assert_eq!(send().await, (true, true), "it goes, and says so");
    assert_eq!(send().await, (false, true), "sent twice");
    let shown = browser.driver.execute(SHOW, Vec::new()).await.expect("it runs");
    assert_eq!(shown.convert::<u32>().expect("a number"), 0);
    assert_eq!(send().await, (true, true), "a page that is shown again can be sent again");
    browser.close().await;
}
