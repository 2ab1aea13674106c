//! On paper: what a page is about, and nothing that can only be clicked.

use serde_json::json;

use super::{
    Browser, Scripts, Tongue,
    conversation::give_credentials,
    operator::{Plant, text},
    stage::SECRET,
};

/// Which of the selectors have something that is seen.
const SEEN: &str =
    "const seen = css => [...document.querySelectorAll(css)].some(one => one.checkVisibility());
    return arguments[0].filter(seen);";
/// What surrounds every page in a demonstration.
const AROUND: [&str; 3] = [".ways", ".masthead-nav", ".colophon a"];
/// What is said around every page, on paper too: that it is invented, and whose clock the times are by.
const SAID: [&str; 2] = [".banner p", ".colophon > p:first-child"];

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_and_a_lines_week_are_printed_without_what_is_clicked() {
    let plant = Plant::new().await;
    let booking = plant.request("2026-12-01", "ZS-041").await;
    let step = &booking["steps"][0];
    let day = &text(step, "start")[..10];

    let firm = plant.stage.browser(Scripts::On, Tongue::Chinese).await;
    firm.go(&format!("/zh/sign-in?next=/zh/bookings/{}", text(&booking, "id"))).await;
    give_credentials(&firm, 1, SECRET).await;
    firm.see(".booking .status.requested").await;
    // What is folded away can't be opened on paper.
    let only_there = [".only-print", ".terms .terms-list li", ".terms tbody td"];
    let everywhere = [
        "h1",
        ".booking .status",
        "#facts dd",
        "#times .steps tbody td",
        "#timeline li",
        "[aria-labelledby=details] dd",
    ];
    printed(&firm, &[".actions", ".onwards", "#materials > details"], &only_there, &everywhere).await;
    firm.close().await;

    let operator = plant.at_desk("operator", Scripts::On, Tongue::English).await;
    operator.go(&format!("/en/lines/{}?week={day}", text(step, "line"))).await;
    let row = operator.text("table[aria-labelledby=pieces]").await;
    assert!(row.contains(text(&booking, "reference")), "{row}");
    let clicked = [".desk-ways", ".crumb", ".window-bar nav", "table[aria-labelledby=pieces] td:last-child"];
    let everywhere =
        ["h1", ".window-bar h2", "#weeks .lane rect.piece", "table[aria-labelledby=pieces] td a"];
    printed(&operator, &clicked, &[".only-print"], &everywhere).await;
    operator.close().await;
}

/// Puts the page on paper: `clicked` and what surrounds it are only seen on the screen, `only_there` on paper alone.
async fn printed(browser: &Browser, clicked: &[&str], only_there: &[&str], everywhere: &[&str]) {
    let clicked: Vec<&str> = clicked.iter().chain(&AROUND).copied().collect();
    let everywhere: Vec<&str> = everywhere.iter().chain(&SAID).copied().collect();
    let seen = async |css: &[&str]| browser.run::<Vec<String>>(SEEN, vec![json!(css)]).await;
    for css in [&clicked[..], &everywhere] {
        assert_eq!(seen(css).await, css, "on the screen");
    }
    assert_eq!(seen(only_there).await, [""; 0], "on the screen");
    browser.pretend("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    for css in [only_there, &everywhere] {
        assert_eq!(seen(css).await, css, "on paper");
    }
    assert_eq!(seen(&clicked).await, [""; 0], "on paper");
}
