//! An allocation round without JavaScript: the platform opens a call, a firm wishes, the rule decides, the platform
//! puts one wish elsewhere and publishes, and the firm finds its hold and the reason.

use domain::Second;
use server::usecase::{relay::relay, sweep::sweep};

use super::{Scripts, Tongue, conversation::give_credentials, operator::Plant, stage::SECRET};

/// Longer than the form's usual three weeks.
const WEEKS: Second = 22 * 24 * 3600;

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_opened_wished_in_decided_adjusted_and_published_in_english() {
    whole_round(Tongue::English).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_opened_wished_in_decided_adjusted_and_published_in_chinese() {
    whole_round(Tongue::Chinese).await;
}

async fn whole_round(tongue: Tongue) {
    let plant = Plant::new().await;
    let segment = tongue.segment();
    let shot = |name: &str| format!("round-{name}-{segment}");
    let operator = plant.at_desk("operator", Scripts::Off, tongue).await;
    operator.go(&format!("/{segment}/desk/calls/new")).await;
    operator.fill("#title", "Q1 2027 固体制剂 🧪").await;
    operator.click("#lines input[name=all_lines]").await;
    // Points without criteria are told at their field, and nothing typed is lost.
    operator.click("#rule input[value=score_with_ageing]").await;
    operator.shoot(&shot("new")).await;
    operator.click("main form.book-form > button").await;
    operator.see("#criteria-problem").await;
    operator.fill("#criteria", "Ten points for each batch of a registration campaign.").await;
    operator.click("main form.book-form > button").await;
    // What every firm will read is looked at before it is published.
    operator.see("#foreseen").await;
    operator.says("section.foreseen", "Ten points for each batch").await;
    operator.shoot(&shot("foreseen")).await;
    operator.click("section.foreseen form button").await;
    operator.see(".status.requested").await;
    let page = operator.path().await;
    let call = page.rsplit('/').next().expect("an id").split(['?', '#']).next().expect("an id").to_owned();

    let firm = plant.stage.browser(Scripts::Off, tongue).await;
    firm.go(&format!("/{segment}/sign-in?next=/{segment}/calls")).await;
    give_credentials(&firm, 1, SECRET).await;
    firm.see("#calls tbody tr").await;
    firm.shoot(&shot("calls")).await;
    firm.click("#calls tbody th a").await;
    for (number, (rank, product)) in (1..).zip([("2", "ZS-R1"), ("1", "ZS-R2")]) {
        firm.choose("#offering", "TAB").await;
        firm.fill("#batch_size", "20").await;
        firm.choose("#unit", "kilogram").await;
        firm.fill("#product_code", product).await;
        firm.fill("#rank", rank).await;
        firm.click(".wish-foot button").await;
        // The page that is left has a row less.
        firm.see(&format!("#wishes tbody tr:nth-child({number})")).await;
    }
    assert_eq!(firm.count("#wishes tbody tr").await, 2);
    assert!(firm.text("#wishes tbody tr:first-child").await.contains("ZS-R2"), "as it ranks them");
    firm.shoot(&shot("wishes")).await;
    // One is changed: a rank of none is told at its field.
    firm.click("#wishes tbody tr:last-child a.button").await;
    firm.fill("#rank", "3").await;
    firm.click(".wish-foot button").await;
    firm.says("#wishes tbody tr:last-child", "3").await;

    operator.go(&format!("/{segment}/desk/calls/{call}")).await;
    assert_eq!(operator.count("table[aria-labelledby=wishes]").await, 0, "sealed until the closing");
    plant.stage.app.clock.advance(WEEKS);
    sweep(&plant.stage.app.state).await.expect("a sweep");
    operator.go(&format!("/{segment}/desk/calls/{call}")).await;
    operator.fill("form.scores input[type=number]", "40").await;
    operator.click("form.scores button:not([value=decide])").await;
    operator.see(".note.good").await;
    operator.shoot(&shot("closed")).await;
    operator.click("form.scores button[value=decide]").await;
    operator.see("#draft").await;
    operator.shoot(&shot("draft")).await;
    operator.click("table a[href*='wish=']").await;
    operator.see("#adjust").await;
    operator.fill("#adjust-reason", "The raw material comes a week later.").await;
    operator.shoot(&shot("adjust")).await;
    operator.click("section[aria-labelledby=adjust] button[value=put]").await;
    operator.see(".changes li").await;
    operator.shoot(&shot("adjusted")).await;
    operator.click("#draft form.act button").await;
    operator.see(".note.good").await;
    operator.shoot(&shot("published")).await;

    relay(&plant.stage.app.state).await.expect("a relay");
    firm.go(&format!("/{segment}/calls/{call}")).await;
    firm.shoot(&shot("result")).await;
    assert_eq!(firm.count("#wishes .decided a.button").await, 2);
    assert_eq!(firm.count("#wishes .decided .said").await, 1, "the reason of what was put elsewhere");
    assert!(firm.text(".sealed").await.len() > 3);
    firm.click("#wishes .decided a.button").await;
    firm.see(".booking .status.held").await;
    firm.go(&format!("/{segment}/notices")).await;
    assert!(firm.count(".notices .row").await >= 2);
    operator.close().await;
    firm.close().await;
}
