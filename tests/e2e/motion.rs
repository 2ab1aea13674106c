//! Whoever asks for no motion sees none; whoever doesn't loses nothing by it.

use serde_json::json;

use super::{
    Browser, Scripts, Stage, Tongue,
    conversation::give_credentials,
    firm::hold,
    stage::{SECRET, TABLETS},
};

/// Whether the reader asks for less motion, as pages are told.
const ASKED: &str = "return matchMedia('(prefers-reduced-motion: reduce)').matches";
/// The names of what is in motion.
const MOVING: &str = "return document.getAnimations()
    .filter(one => one.playState === 'running' && one.effect.getComputedTiming().duration > 0)
    .map(one => one.animationName ?? one.transitionProperty);";
/// Does what sets something in motion: sends a form as far as scripts can tell, and renews a part of the page. The same
/// script says what moves, before it has arrived.
const MOVE: &str = "const form = document.querySelector('main form');
    const submitter = form.querySelector('button[type=submit]');
    form.dispatchEvent(new SubmitEvent('submit', {bubbles: true, cancelable: true, submitter}));
    document.querySelector('h1').dataset.fresh = '';
    if (!submitter.hasAttribute('aria-busy')) return ['not sent'];";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_for_whoever_asks_for_that() {
    let stage = Stage::with_firms(1).await;
    // The browsers of all tests ask for it.
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    for path in ["", TABLETS, "/glossary", "/design", "/sign-in"] {
        browser.go(&format!("/en{path}")).await;
        browser.see("main h1").await;
        assert!(browser.run::<bool>(ASKED, vec![]).await);
        assert_eq!(moving(&browser, "").await, [""; 0], "on {path}");
    }
    assert_eq!(moving(&browser, MOVE).await, [""; 0], "what is on its way or new");

    let motion = json!({"features": [{"name": "prefers-reduced-motion", "value": "no-preference"}]});
    browser.pretend("Emulation.setEmulatedMedia", motion).await;
    browser.go("/en/sign-in?next=/en/campaigns").await;
    browser.see("main form").await;
    assert!(!browser.run::<bool>(ASKED, vec![]).await);
    let all = moving(&browser, MOVE).await;
    for name in ["fresh", "on-its-way"] {
        assert!(all.iter().any(|one| one == name), "{name}: {all:?}");
    }
    browser.go("/en/sign-in?next=/en/campaigns").await;
    give_credentials(&browser, 1, SECRET).await;
    browser.see(".who").await;
    hold(&browser, Tongue::English, "ZS-060").await;
    browser.close().await;
}

/// What is in motion once `first` has been done.
async fn moving(browser: &Browser, first: &str) -> Vec<String> {
    browser.run(&format!("{first}\n{MOVING}"), vec![]).await
}
