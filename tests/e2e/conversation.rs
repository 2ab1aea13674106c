//! What people do in several tests.

use super::{
    Browser, Tongue,
    stage::{SECRET, member},
};

/// Signs firm `number`'s member in from the page shown, and returns to it.
pub async fn sign_in(browser: &Browser, number: u32) {
    browser.click(".masthead-nav a.button").await;
    give_credentials(browser, number, SECRET).await;
    browser.see(".who").await;
}

/// Fills in the sign-in page and sends it.
pub async fn give_credentials(browser: &Browser, number: u32, password: &str) {
    browser.fill("#email", &member(number)).await;
    browser.fill("#password", password).await;
    browser.click("main form button").await;
}

/// Signs in again in another window, and comes back to this one as it is.
pub async fn sign_in_elsewhere(browser: &Browser, tongue: Tongue, email: &str) {
    let here = browser.driver.window().await.expect("a window");
    let other = browser.driver.new_tab().await.expect("a tab");
    browser.driver.switch_to_window(other).await.expect("the tab");
    browser.go(&format!("/{}/sign-in", tongue.segment())).await;
    browser.fill("#email", email).await;
    browser.fill("#password", SECRET).await;
    browser.click("main form button").await;
    browser.see(".who").await;
    browser.driver.switch_to_window(here).await.expect("the first window");
}
