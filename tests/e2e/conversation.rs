//! What people do in several tests.

use super::{
    Browser,
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
