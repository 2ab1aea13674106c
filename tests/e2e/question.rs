//! The platform asks back, and the firm answers from its booking's page.

use server::usecase::relay::relay;

use super::{
    Browser, Scripts, Tongue,
    conversation::give_credentials,
    operator::{Plant, text},
    stage::SECRET,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_in_chinese() {
    asked_and_answered(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_in_english_without_scripts() {
    asked_and_answered(Scripts::Off, Tongue::English).await;
}

async fn asked_and_answered(scripts: Scripts, tongue: Tongue) {
    let plant = Plant::new().await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };
    let shot = |name: &str| format!("{name}-{}-{scripts:?}", tongue.segment());
    let booking = plant.request("2026-12-01", "ZS-011").await;
    let id = text(&booking, "id");
    let desk = format!("/{}/desk/requests/{id}", tongue.segment());
    let operator = plant.at_desk("operator", scripts, tongue).await;
    let firm = plant.stage.browser(scripts, tongue).await;
    let page = format!("/{}/bookings/{id}", tongue.segment());
    firm.go(&format!("/{}/sign-in?next={page}", tongue.segment())).await;
    give_credentials(&firm, 1, SECRET).await;
    firm.see(".booking .status.requested").await;
    assert_eq!(firm.count(".question").await, 0);

    operator.go(&desk).await;
    operator.click(".act-more:has(#question) summary").await;
    operator.fill("#question", "哪一批的 OEL 报告？ Which batch?").await;
    operator.click("form[action='/do/ask-back'] button").await;
    operator.see("#questions .tag.warn").await;

    // It stands first on the firm's page, with what is next; an open page hears of it by itself.
    if scripts == Scripts::Off {
        firm.go(&page).await;
    }
    let asked = firm.text(".question.warn").await;
    assert!(asked.contains("Which batch?"), "{asked}");
    assert!(asked.contains(say("平台在等您的回答", "It waits for your answer")), "{asked}");
    assert!(firm.text(".timeline .now").await.contains(say("请回答平台的提问", "Answer the platform")));
    firm.shoot(&shot("question")).await;

    // Blanks are no answer: the form comes back as it was typed, with the complaint at its field.
    firm.fill(".question textarea", "   ").await;
    firm.click(".question form button").await;
    firm.see(".question .complaint").await;
    assert_eq!(typed(&firm).await, "   ");
    firm.fill(".question textarea", "24-07，见附录 3. See annex 3").await;
    firm.click(".question form button").await;
    assert!(firm.text(".question.good").await.contains("See annex 3"));
    firm.arrive(&format!("{page}#questions")).await;
    assert!(firm.text(".timeline").await.contains(say("回答提问", "Question answered")));
    firm.shoot(&shot("question-answered")).await;

    if scripts == Scripts::Off {
        operator.go(&desk).await;
    }
    assert!(operator.text("#questions .answer").await.contains("See annex 3"));
    operator.shoot(&shot("question-desk")).await;
    operator.go(&format!("/{}/desk", tongue.segment())).await;
    let row = operator.text("table[aria-labelledby=requests]").await;
    assert!(row.contains(say("企业已回答", "client answered")), "{row}");
    relay(&plant.stage.app.state).await.expect("a relay");
    operator.go(&format!("/{}/notices", tongue.segment())).await;
    let told = operator.text(".notices").await;
    assert!(
        told.contains("See annex 3") && told.contains(say("企业已回答您的提问", "has answered")),
        "{told}"
    );
    operator.shoot(&shot("notices-answered")).await;

    // What is typed while the platform decides comes too late, and is still there to be sent another way.
    firm.click(".question summary").await;
    firm.fill(".question textarea", "annex 4 as well").await;
    operator.go(&desk).await;
    operator.click(".act-more:has(#decline-reason) summary").await;
    operator.fill("#decline-reason", "附录不足 not enough").await;
    operator.click("form[action='/do/decline'] button").await;
    operator.see(".status.declined").await;
    firm.click(".question form button").await;
    firm.see(".question [role=alert]").await;
    assert_eq!(typed(&firm).await, "annex 4 as well");
    firm.see(".booking .status.declined").await;
    firm.close().await;
    operator.close().await;
}

/// What stands in the answer's field.
async fn typed(browser: &Browser) -> String {
    browser.see(".question textarea").await.value().await.expect("a field").unwrap_or_default()
}
