//! Names are read whole, however long they are, and push nothing beside the screen.

use serde_json::json;

use super::{
    Scripts, Stage, Tongue,
    conversation::{give_credentials, sign_in},
    operator::{Plant, text},
    stage::{SECRET, member},
};

/// Whether something of the name in the header isn't seen.
const CUT: &str = "const name = document.querySelector('.who-name');
    return name.scrollWidth > name.clientWidth || name.scrollHeight > name.clientHeight;";

#[tokio::test(flavor = "multi_thread")]
async fn a_name_is_read_whole_in_the_header_or_in_its_menu() {
    let stage = Stage::with_firms(1).await;
    let visitor = stage.app.visitor();
    visitor.sign_in(&member(1), SECRET).await.expect(201);
    let rename = async |name: &str| {
        visitor.ask("PATCH", "/api/v1/accounts/me", Some(json!({"name": name}))).await.expect(200);
    };
    let name = "Konstantin Alexandrovich Preobrazhensky";
    rename(name).await;
    let browser = stage.browser(Scripts::On, Tongue::English).await;
    browser.go("/en").await;
    sign_in(&browser, 1).await;
    assert_eq!(browser.text(".who-name").await, name);
    let cut = browser.driver.execute(CUT, Vec::new()).await.expect("it runs");
    assert!(!cut.convert::<bool>().expect("an answer"), "it is cut");

    // What is longer than two lines is whole in the menu.
    let longer = [name; 4].join(" ");
    rename(&longer).await;
    browser.go("/en/campaigns").await;
    browser.click(".who").await;
    assert_eq!(browser.text(".who-full").await, longer);
    browser.shoot("long-name").await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_products_code_without_a_break_widens_no_page() {
    let plant = Plant::new().await;
    // As long as a code may be, of the widest letter.
    let code = "W".repeat(80);
    let booking = plant.request("2026-12-01", &code).await;
    let (id, step) = (text(&booking, "id"), &booking["steps"][0]);
    let (line, day) = (text(step, "line"), &text(step, "start")[..10]);

    // Every shot is of both widths, and asserts that nothing lies beside the screen.
    let firm = plant.stage.browser(Scripts::Off, Tongue::Chinese).await;
    firm.go(&format!("/zh/sign-in?next=/zh/bookings/{id}")).await;
    give_credentials(&firm, 1, SECRET).await;
    assert!(firm.text(".facts").await.contains(&code));
    for (name, path) in [
        ("booking", format!("/bookings/{id}")),
        ("campaigns", "/campaigns".to_owned()),
        ("month", format!("/campaigns?view=month&month={}", &day[..7])),
        ("move", format!("/bookings/{id}/move")),
    ] {
        firm.go(&format!("/zh{path}")).await;
        firm.see("main h1").await;
        firm.shoot(&format!("long-code-{name}")).await;
    }
    firm.close().await;

    let operator = plant.at_desk("operator", Scripts::Off, Tongue::English).await;
    for (name, path) in [
        ("desk", "/desk".to_owned()),
        ("request", format!("/desk/requests/{id}")),
        ("lines", format!("/lines?week={day}")),
        ("line", format!("/lines/{line}?week={day}")),
        (
            "closure",
            format!(
                "/lines/{line}/close?kind=maintenance&start={day}&start_time=08:00&end=2026-12-20&end_time=18:00&note="
            ),
        ),
    ] {
        operator.go(&format!("/en{path}")).await;
        assert!(operator.text("main").await.contains(&code) || name == "lines", "it is on {name}");
        operator.shoot(&format!("long-code-{name}")).await;
    }
    operator.close().await;
}
