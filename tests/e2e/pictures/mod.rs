//! Every page as it looks, at the width of a desk and of a hand, beside the committed picture of it.
//!
//! `ZHONGSHI_PICTURES=accept cargo xtask test pictures` writes them anew: look at them before they are committed.

mod likeness;

use std::{collections::BTreeSet, env, path::PathBuf};

use super::{
    Browser, Scripts, Tongue,
    routes::{missing, route},
    stage::{COMPARING, HOLDING, LAST, ROOM, Stage, TABLETS, TOO_SHORT},
};

/// A page: its picture's name, and how one comes to it from the one before.
type Page = (&'static str, Way);

/// How one comes to a page.
#[derive(Clone, Copy)]
enum Way {
    /// By its address, without the language.
    To(&'static str),
    /// By the first link to an address that contains this.
    Link(&'static str),
    /// By clicking these one after the other.
    Click(&'static [&'static str]),
    /// By its address, then by clicking these.
    From(&'static str, &'static [&'static str]),
    /// By writing the second into the first, then clicking the third.
    Write(&'static str, &'static str, &'static str),
    /// It is the one before, in the dark.
    Dark,
}
use Way::{Click, Dark, From, Link, To, Write};

/// The lines in a week in which something runs.
const BUSY: &str = "/lines?week=2026-12-07";

/// By who sees them; visitors first.
const CHINESE: &[(Option<&str>, &[Page])] = &[
    (
        None,
        &[
            ("first-page", To("")),
            ("first-page-dark", Dark),
            ("offers", To(TABLETS)),
            ("nothing-fits", To(TOO_SHORT)),
            ("glossary", To("/glossary")),
            ("sign-in", To("/sign-in")),
            ("register", To("/register")),
            ("join", To("/join")),
            ("reset", To("/reset")),
            ("design", To("/design")),
            ("nothing-here", To("/nowhere")),
        ],
    ),
    (
        Some("firm"),
        &[
            ("campaigns", To("/campaigns")),
            ("booking", Click(&[LAST])),
            ("move", Link("/move")),
            ("move-question", Link("/move/ask")),
            ("cancel", From("/campaigns", &[LAST, "main a[href*='/cancel']"])),
            ("campaigns-month", To("/campaigns?view=month")),
            ("company", To("/company")),
            ("verification", To("/verification")),
            ("account", To("/account")),
            ("notices", To("/notices")),
            ("calls", To("/calls")),
            ("call", Link("/calls/")),
            ("firm-offers", To(TABLETS)),
            ("compare", Click(&COMPARING)),
            ("room", To(ROOM)),
            ("firm-offers-again", To(TABLETS)),
            ("request", Click(&[HOLDING])),
            ("request-dark", Dark),
        ],
    ),
    (
        Some("operator"),
        &[
            ("desk", To("/desk")),
            ("desk-dark", Dark),
            ("desk-request", Link("/desk/requests/")),
            ("desk-book", To("/desk/book")),
            ("desk-bookings", To("/desk/bookings")),
            ("desk-companies", To("/desk/companies")),
            ("conflicts", To("/desk/conflicts")),
            ("conflict", Link("/desk/conflicts?open=")),
            ("desk-fairness", To("/desk/fairness")),
            ("desk-calls", To("/desk/calls")),
            ("desk-call", From("/desk/calls", &["main a[href*='/desk/calls/']:not([href$='/new'])"])),
            ("desk-call-new", To("/desk/calls/new")),
            ("lines", To(BUSY)),
            ("lines-month", Click(&[".window-bar .split a:last-child"])),
            ("line", From(BUSY, &["main tbody tr:nth-child(6) a"])),
            ("line-close", Link("/close")),
            ("line-down", From("/lines", &["main a[href*='/lines/']", "main a[href*='/down']"])),
            ("setup", To("/setup")),
            ("setup-part", Link("/setup/part")),
            ("setup-again", To("/setup")),
            ("setup-matrix", Link("sort=matrix&code")),
            ("setup-look", Write("#f-clean_hold", "9d", ".setup-form .form-foot button")),
        ],
    ),
    (
        Some("district"),
        &[
            ("district", To("/district")),
            ("district-companies", Link("/district/companies")),
            ("district-waiting", To("/district/waiting")),
        ],
    ),
];

/// The same pages are laid out the same way: a few tell whether English words fit.
const ENGLISH: &[(Option<&str>, &[Page])] = &[
    (None, &[("first-page", To("")), ("offers", To(TABLETS)), ("nothing-fits", To(TOO_SHORT))]),
    (
        Some("firm"),
        &[
            ("campaigns", To("/campaigns")),
            ("booking", Click(&[LAST])),
            ("move", Link("/move")),
            ("move-question", Link("/move/ask")),
            ("firm-offers", To(TABLETS)),
            ("compare", Click(&COMPARING)),
            ("firm-offers-again", To(TABLETS)),
            ("request", Click(&[HOLDING])),
        ],
    ),
    (
        Some("operator"),
        &[
            ("desk", To("/desk")),
            ("desk-request", Link("/desk/requests/")),
            ("lines", To(BUSY)),
            ("line", Click(&["main tbody tr:nth-child(6) a"])),
            ("setup", To("/setup")),
            ("setup-matrix", Link("sort=matrix&code")),
        ],
    ),
    (Some("district"), &[("district", To("/district"))]),
];

#[tokio::test(flavor = "multi_thread")]
async fn pages_look_like_their_pictures_in_chinese() {
    let seen = compare(Tongue::Chinese, CHINESE).await;
    let missing = missing(&seen);
    assert!(missing.is_empty(), "pages without a picture: {missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_look_like_their_pictures_in_english() {
    compare(Tongue::English, ENGLISH).await;
}

/// Compares the pages, and answers which there were, each as the router names it.
async fn compare(tongue: Tongue, seats: &[(Option<&str>, &[Page])]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let stage = Stage::with_history().await;
    let browser = stage.browser(Scripts::On, tongue).await;
    let mut unlike = Vec::new();
    for (seat, pages) in seats {
        if let Some(seat) = seat {
            browser.go(&format!("/{}", tongue.segment())).await;
            browser.click(&format!("form:has(input[value={seat}]) button")).await;
            browser.see(".who").await;
        }
        for (name, way) in *pages {
            match way {
                To(path) => browser.go(&format!("/{}{path}", tongue.segment())).await,
                Link(part) => {
                    let link = browser.see(&format!("main a[href*='{part}']")).await;
                    let target = link.attr("href").await.expect("a page").expect("an address");
                    browser.go(&target).await;
                }
                Click(selectors) => {
                    for selector in *selectors {
                        browser.click(selector).await;
                    }
                }
                From(path, selectors) => {
                    browser.go(&format!("/{}{path}", tongue.segment())).await;
                    for selector in *selectors {
                        browser.click(selector).await;
                    }
                }
                Write(field, text, button) => {
                    browser.fill(field, text).await;
                    browser.click(button).await;
                }
                Dark => {}
            }
            scheme(&browser, if matches!(way, Dark) { "dark" } else { "light" }).await;
            browser.see("main h1").await;
            seen.insert(route(&browser.path().await));
            unlike.extend(look(&browser, tongue, name).await);
        }
    }
    browser.close().await;
    stage.app.stop().await;
    let fresh = likeness::fresh();
    assert!(
        unlike.is_empty(),
        "{} pages look different; what was seen is in {}. If that is how they should look, accept them with \
         ZHONGSHI_PICTURES=accept.\n{}",
        unlike.len(),
        fresh.display(),
        unlike.join("\n")
    );
    seen
}

/// Pixels of a page that are looked at, from its top: what is longer repeats itself.
const HEIGHT: u32 = 5000;
/// How high the page is in a window that is lower.
const HIGH: &str = "return document.documentElement.scrollHeight";
/// References are drawn by lot, as is what a call commits to, and their letters differ in width: all read the same
/// here.
const SAME_REFERENCES: &str = "const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode())
        texts.currentNode.data = texts.currentNode.data.replace(/ZS-[0-9A-Z]{5}-[0-9A-Z]{5}/g, 'ZS-00000-00000')
            .replace(/[0-9a-f]{64}/g, '0'.repeat(64));";

/// Every colour follows the scheme, so the page shows either without another visit.
async fn scheme(browser: &Browser, scheme: &str) {
    let set = format!("document.documentElement.style.colorScheme = '{scheme}'");
    browser.driver.execute(set, Vec::new()).await.expect("a scheme");
}

/// What is unlike about a page at either width.
async fn look(browser: &Browser, tongue: Tongue, name: &str) -> Vec<String> {
    let mut unlike = Vec::new();
    for width in [1440, 390] {
        let window =
            async |height| browser.driver.set_window_rect(0, 0, width, height).await.expect("a window");
        window(600).await;
        let high: u32 = browser.run(HIGH, Vec::new()).await;
        window(high.min(HEIGHT)).await;
        // Each time anew, since a page that keeps itself fresh brings the others back.
        browser.driver.execute(SAME_REFERENCES, Vec::new()).await.expect("it runs");
        let seen = browser.see("body").await.screenshot_as_png().await.expect("a picture");
        let file = PathBuf::from(format!("{}/{name}-{width}.jpeg", tongue.segment()));
        if env::var_os("ZHONGSHI_PICTURES").is_some_and(|wish| wish == "accept") {
            likeness::accept(&file, &seen);
        } else if let Err(difference) = likeness::check(&file, &seen) {
            unlike.push(format!("{}: {difference}", file.display()));
        }
    }
    unlike
}
