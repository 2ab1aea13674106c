//! The operator's way: a request arrives, quality assurance confirms its hazards, it is approved, started, finished;
//! another is declined; a closure that would hit a booking is refused and names it.

use serde_json::{Value, json};
use tests::{
    Visitor,
    app::{CompanyStaff, PASSWORD, People},
};
use uuid::Uuid;

use super::{Browser, Scripts, Stage, Tongue};

/// A platform's people and a firm that asks it for time.
pub struct Plant {
    pub stage: Stage,
    pub firm: CompanyStaff,
    pub operator: Visitor,
    pub qa: Visitor,
    pub platform: Uuid,
}

impl Plant {
    pub async fn new() -> Self {
        let stage = Stage::lasting().await;
        let people = People::found(&stage.app).await;
        let firm = people.company(1).await;
        let platforms = firm.member.get("/api/v1/platforms").await;
        let hayao = platforms.expect(200).as_array().expect("a list").iter();
        let hayao =
            hayao.clone().find(|platform| platform["code"] == "hayao").expect("the platform")["id"].clone();
        let platform: Uuid = hayao.as_str().expect("an id").parse().expect("a UUID");
        let operator = people.staff(platform, "operator", "operator@hayao.example").await;
        let qa = people.staff(platform, "qa", "qa@hayao.example").await;
        drop(people);
        Self { stage, firm, operator, qa, platform }
    }

    /// Somebody of the platform at the desk.
    pub async fn at_desk(&self, role: &str, scripts: Scripts, tongue: Tongue) -> Browser {
        let browser = self.stage.browser(scripts, tongue).await;
        let desk = format!("/{}/desk", tongue.segment());
        browser.go(&format!("/{}/sign-in?next={desk}", tongue.segment())).await;
        browser.fill("#email", &format!("{role}@hayao.example")).await;
        browser.fill("#password", PASSWORD).await;
        browser.click("main form button").await;
        browser.see(".desk-head").await;
        browser
    }

    /// The firm asks for tablets from a day on.
    pub async fn request(&self, from: &str, product: &str) -> Value {
        let firm = &self.firm.member;
        let query = json!({"offering": "TAB", "batch_size": "20", "unit": "kilogram", "batches": 1, "from": from,
            "to": "2027-02-28", "hazards": "", "gmp": true, "stage": "scale_up", "platform": self.platform});
        let path = format!(
            "/api/v1/offers?offering=TAB&batch_size=20&unit=kilogram&batches=1&from={from}&to=2027-02-28&hazards=\
             &gmp=true&stage=scale_up&platform={}",
            self.platform
        );
        let offers = firm.get(&path).await;
        let order =
            json!({"query": query, "offer": offers.expect(200)["offers"][0]["key"], "product_code": product});
        let held = firm.ask_once("POST", "/api/v1/holds", Some(order)).await;
        held.expect(201);
        let path = format!("/api/v1/bookings/{}/request", held.string("id"));
        firm.ask_once("POST", &path, Some(details())).await.expect(200).clone()
    }

    /// How far a booking is, as the firm sees it.
    pub async fn status(&self, booking: &Value) -> Value {
        let path = format!("/api/v1/bookings/{}", booking["id"].as_str().expect("an id"));
        self.firm.member.get(&path).await.expect(200)["status"].clone()
    }
}

fn details() -> Value {
    json!({"project": "P-7 🧪", "molecule": "small_molecule", "strength": "5 mg", "container": "HDPE 100",
        "market": "cn,ru", "materials_on": "2026-11-27", "storage": "ambient", "confidentiality": true,
        "quality": true, "contact_name": "王小明", "contact_phone": "+86 451 0000 0000", "order_number": "PO-17",
        "remark": "首批请在白班开始。"})
}

pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// Seconds since 1970 of an instant on the wire.
pub fn seconds(instant: &Value) -> i64 {
    serde_json::from_value::<app::contract::Instant>(instant.clone()).expect("an instant").0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_confirmed_approved_run_and_finished_in_chinese() {
    from_request_to_finish(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_confirmed_approved_run_and_finished_in_english_without_scripts() {
    from_request_to_finish(Scripts::Off, Tongue::English).await;
}

async fn from_request_to_finish(scripts: Scripts, tongue: Tongue) {
    let plant = Plant::new().await;
    let say = |zh: &'static str, en: &'static str| if tongue == Tongue::Chinese { zh } else { en };
    let shot = |name: &str| format!("{name}-{}-{scripts:?}", tongue.segment());
    let operator = plant.at_desk("operator", scripts, tongue).await;
    assert!(operator.text(".note-title").await.contains(say("没有需要您处理", "Nothing needs you")));
    operator.shoot(&shot("desk-empty")).await;

    let booking = plant.request("2026-12-01", "ZS-001").await;
    let (id, reference) = (text(&booking, "id"), text(&booking, "reference"));
    let page = format!("/{}/desk/requests/{id}", tongue.segment());
    operator.go(&format!("/{}/desk", tongue.segment())).await;
    assert!(operator.text("table[aria-labelledby=requests]").await.contains(reference));
    operator.shoot(&shot("desk")).await;
    operator.click("table[aria-labelledby=requests] th a").await;
    operator.arrive(&page).await;
    assert_eq!(operator.count("form[action='/do/approve']").await, 0, "its hazards are unconfirmed");
    assert!(operator.text(".request-facts").await.contains("ZS-001"));

    // Asking back changes nothing but the record.
    operator.click(".act-more summary").await;
    operator.fill("#question", "何时到料？ When does it arrive?").await;
    operator.click("form[action='/do/ask-back'] button").await;
    assert!(operator.text(".request-history").await.contains("When does it arrive?"));
    operator.shoot(&shot("request")).await;

    let qa = plant.at_desk("qa", scripts, tongue).await;
    qa.shoot(&shot("desk-qa")).await;
    qa.click("table[aria-labelledby=hazards] th a").await;
    qa.fill("#evidence-seen", "SDS 4711, §8").await;
    qa.click("form[action='/do/confirm-hazards'] button").await;
    assert!(qa.text(".request-facts").await.contains("SDS 4711"));
    qa.close().await;

    operator.go(&page).await;
    operator.click("form[action='/do/approve'] button").await;
    assert_eq!(operator.text(".booking-head .status").await, say("已确认", "Confirmed"));
    operator.says(".told", say("已批准", "Approved")).await;
    assert_eq!(plant.status(&booking).await, "confirmed");

    // On the day it stands in the queue.
    plant.stage.app.clock.set(seconds(&booking["steps"][0]["start"]));
    operator.go(&format!("/{}/desk", tongue.segment())).await;
    operator.shoot(&shot("desk-runs")).await;
    operator.click("table[aria-labelledby=runs] form button[value=start]").await;
    operator.see("main:not(:has(button[value=start]))").await;
    assert_eq!(plant.status(&booking).await, "running");
    let last = booking["steps"].as_array().and_then(|steps| steps.last()).expect("a step");
    plant.stage.app.clock.set(seconds(&last["end"]));
    operator.go(&format!("/{}/desk", tongue.segment())).await;
    operator.click("table[aria-labelledby=runs] form button[value=complete]").await;
    operator.see("table[aria-labelledby=to-settle] form button[value=close]").await;
    assert_eq!(plant.status(&booking).await, "completed");
    operator.click("table[aria-labelledby=to-settle] form button[value=close]").await;
    operator.see(".note.good").await;
    assert_eq!(plant.status(&booking).await, "closed");
    operator.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_declined_with_a_reason_in_english() {
    declined(Scripts::On, Tongue::English).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_declined_with_a_reason_in_chinese_without_scripts() {
    declined(Scripts::Off, Tongue::Chinese).await;
}

async fn declined(scripts: Scripts, tongue: Tongue) {
    let plant = Plant::new().await;
    let booking = plant.request("2026-12-01", "ZS-002").await;
    let operator = plant.at_desk("operator", scripts, tongue).await;
    operator.go(&format!("/{}/desk/requests/{}", tongue.segment(), text(&booking, "id"))).await;
    operator.click(".act-more:has(#decline-reason) summary").await;
    // Blanks are no reason: the form comes back open, with the complaint at its field.
    operator.fill("#decline-reason", "   ").await;
    operator.click("form[action='/do/decline'] button").await;
    operator.see("#decline-reason-problem").await;
    let kept = operator.see("#decline-reason").await.value().await.expect("a field");
    assert_eq!(kept.as_deref(), Some("   "), "what was typed is still there");
    assert_eq!(plant.status(&booking).await, "requested");
    operator.fill("#decline-reason", "压片机需大修 the press is being overhauled").await;
    operator.click("main form[action='/do/decline'] button").await;
    operator.see(".status.declined").await;
    assert!(operator.text(".request-history").await.contains("the press is being overhauled"));
    assert_eq!(plant.status(&booking).await, "declined");
    operator.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closure_that_would_hit_a_booking_names_it_in_chinese() {
    closing(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closure_that_would_hit_a_booking_names_it_in_english_without_scripts() {
    closing(Scripts::Off, Tongue::English).await;
}

async fn closing(scripts: Scripts, tongue: Tongue) {
    let plant = Plant::new().await;
    let booking = plant.request("2026-12-01", "ZS-003").await;
    let shot = |name: &str| format!("{name}-{}-{scripts:?}", tongue.segment());
    let operator = plant.at_desk("operator", scripts, tongue).await;
    let step = &booking["steps"][0];
    let line = text(step, "line");
    let day = &text(step, "start")[..10];
    operator.go(&format!("/{}/lines?week={day}", tongue.segment())).await;
    operator.shoot(&shot("lines-week")).await;
    operator.go(&format!("/{}/lines?month={}", tongue.segment(), &day[..7])).await;
    operator.shoot(&shot("lines-month")).await;
    operator.go(&format!("/{}/lines/{line}?week={day}", tongue.segment())).await;
    assert!(operator.text("table[aria-labelledby=pieces]").await.contains(text(&booking, "reference")));
    operator.click(".desk-ways a[href*='/close']").await;

    // Over the booking: named, and nothing to press.
    let dates = |name: &str, day: &str| format!("document.getElementById('{name}').value = '{day}'");
    let ask = async |start: &str, end: &str| {
        let path = format!(
            "/{}/lines/{line}/close?kind=maintenance&start={start}&start_time=08:00&end={end}&end_time=18:00&note=VHP",
            tongue.segment()
        );
        if scripts == Scripts::On {
            for set in [dates("start", start), dates("end", end)] {
                operator.driver.execute(set, Vec::new()).await.expect("a date is set");
            }
            operator.fill("#note", "VHP").await;
            operator.click(".close-form[method=get] button").await;
        } else {
            operator.go(&path).await;
        }
    };
    ask(day, "2026-12-20").await;
    assert!(operator.text(".hits").await.contains(text(&booking, "reference")));
    assert_eq!(operator.count("form[action='/do/close-line']").await, 0);
    operator.shoot(&shot("closure-hits")).await;

    // Over nothing: made, shown on the line, lifted.
    ask("2027-02-22", "2027-02-23").await;
    operator.see(".hits.good").await;
    operator.shoot(&shot("closure-free")).await;
    operator.click("form[action='/do/close-line'] button").await;
    assert!(operator.text("table[aria-labelledby=pieces]").await.contains("VHP"));
    operator.shoot(&shot("line-closed")).await;
    operator.click("form[action='/do/lift-closure'] button").await;
    operator.see("main:not(:has(form[action='/do/lift-closure']))").await;
    operator.go(&format!("/{}/lines/{line}?month={}", tongue.segment(), &day[..7])).await;
    operator.shoot(&shot("line-month")).await;
    operator.go(&format!("/{}/lines/{line}?week={day}", tongue.segment())).await;
    operator.shoot(&shot("line-week")).await;
    operator.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_books_for_a_company_that_phoned_in_english() {
    booking_by_phone(Scripts::On, Tongue::English).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_books_own_production_in_chinese_without_scripts() {
    booking_by_phone(Scripts::Off, Tongue::Chinese).await;
}

/// With scripts for a company, without them for the platform itself.
async fn booking_by_phone(scripts: Scripts, tongue: Tongue) {
    let plant = Plant::new().await;
    let shot = |name: &str| format!("{name}-{}-{scripts:?}", tongue.segment());
    let operator = plant.at_desk("operator", scripts, tongue).await;
    operator.click(".desk-ways a.button:not(.quiet)").await;
    operator.choose("#offering", "TAB").await;
    operator.fill("#batch_size", "20").await;
    operator.choose("#unit", "kilogram").await;
    operator.fill("#product_code", "PHONED-1").await;
    // What is wrong is said at its field, and nothing typed is lost.
    operator.fill("#company", "nobody").await;
    operator.click(".book-form > button").await;
    operator.see("#company-problem").await;
    assert_eq!(operator.count("#found").await, 0, "nothing is offered for nobody");
    let kept = operator.see("#product_code").await.value().await.expect("a field");
    assert_eq!(kept.as_deref(), Some("PHONED-1"));
    operator.shoot(&shot("book-for")).await;
    let company = if scripts == Scripts::On { tests::app::credit_code(1) } else { String::new() };
    operator.fill("#company", &company).await;
    operator.click(".book-form > button").await;
    operator.see("main:not(:has(#company-problem))").await;
    let booked = operator.text("#found").await;
    let whom = if scripts == Scripts::On { "Example Pharma 1" } else { "将预约：自有生产" };
    assert!(booked.contains(whom) && booked.contains("PHONED-1"), "{booked}");
    if scripts == Scripts::On {
        // What is typed after the search isn't what was searched for.
        operator.fill("#company", "somebody else").await;
        operator.see("[data-outdated]:not([hidden])").await;
        assert_eq!(operator.count(".book-offers button:not(:disabled)").await, 0);
        operator.fill("#company", &company).await;
        operator.see("#found:has([data-outdated][hidden])").await;
    }
    if scripts == Scripts::On {
        // What they said stands with the offers, in no address; Enter in it books nothing.
        operator.fill("#contact_phone", "not a number").await;
        operator.see("#contact_phone").await.send_keys("\n").await.expect("a key");
        assert!(operator.path().await.contains("/desk/book"));
        operator.click(".book-offers .offer:nth-of-type(1) button").await;
        operator.see("#contact_phone-problem").await;
        assert_eq!(
            operator.see("#contact_phone").await.value().await.expect("a field").as_deref(),
            Some("not a number")
        );
        operator.fill("#contact_phone", "0451 1234567").await;
    } else {
        assert_eq!(operator.count("#contact_phone").await, 0, "nobody calls for own production");
    }
    operator.click(".book-offers .offer:nth-of-type(1) button").await;
    operator.see(".booking-head .status.requested").await;
    let whose = operator.text(".desk-company").await;
    let expected = if scripts == Scripts::On { "Example Pharma 1" } else { "自有生产" };
    assert_eq!(whose, expected);
    let mine = own(&plant.firm.member).await;
    assert_eq!(mine, usize::from(scripts == Scripts::On), "only what is booked for it is the firm's");
    operator.close().await;
}

async fn own(firm: &Visitor) -> usize {
    firm.get("/api/v1/bookings").await.expect(200)["items"].as_array().expect("a list").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changeover_is_changed_in_its_cell_in_chinese() {
    editing(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changeover_is_changed_in_its_cell_in_english_without_scripts() {
    editing(Scripts::Off, Tongue::English).await;
}

async fn editing(scripts: Scripts, tongue: Tongue) {
    let plant = Plant::new().await;
    let shot = |name: &str| format!("{name}-{}-{scripts:?}", tongue.segment());
    let operator = plant.at_desk("operator", scripts, tongue).await;
    let setup = format!("/{}/setup", tongue.segment());
    operator.go(&setup).await;
    operator.shoot(&shot("setup")).await;
    operator.go(&format!("{setup}/part?sort=matrix&code=coating")).await;
    operator.shoot(&shot("setup-matrix")).await;

    // What is wrong is told at its cell, and what was typed stays.
    operator.fill("#f-cells-aqueous-enteric-other", "soon").await;
    operator.fill("#f-clean_hold", "12d").await;
    operator.click(".setup-form .form-foot button").await;
    operator.see("#f-cells-aqueous-enteric-other-problem").await;
    operator.see("#f-cells-aqueous-enteric-other[aria-invalid=true]").await;
    let at = operator.text(".note.bad a[href='#f-cells-aqueous-enteric-other']").await;
    assert_eq!(
        at,
        match tongue {
            Tongue::English => "Aqueous coat → Enteric or retard coat · Another product",
            Tongue::Chinese => "水性包衣 → 肠溶与缓释包衣 · 更换产品",
        }
    );
    let kept = operator.see("#f-clean_hold").await.value().await.expect("a field");
    assert_eq!(kept.as_deref(), Some("12d"));
    operator.shoot(&shot("setup-matrix-wrong")).await;

    // Then it is looked at, and written.
    operator.fill("#f-cells-aqueous-enteric-other", "13h").await;
    operator.click(".setup-form .form-foot button").await;
    let (name, was, is) = match tongue {
        Tongue::English => ("Coater cleaning", "12 h + 1 d", "13 h + 1 d"),
        Tongue::Chinese => ("包衣清洁", "12 小时 + 1 天", "13 小时 + 1 天"),
    };
    assert!(operator.text(".note.warn").await.contains(name));
    // First in the order of paths: the cell, then how long a line stays clean.
    let cell = operator.text(".changed tbody tr:first-child").await;
    assert!(cell.contains(was) && cell.contains(is), "{cell}");
    assert_eq!(operator.count(".changed tbody tr").await, 2);
    operator.shoot(&shot("setup-matrix-look")).await;
    operator.click(".note.warn form button").await;
    operator.arrive(&format!("{setup}?saved=yes")).await;
    let saved = if tongue == Tongue::Chinese { "已保存" } else { "Saved" };
    assert!(operator.text(".note.good").await.contains(saved));
    assert!(operator.text("main").await.contains(is));

    // A row more, without a word lost; a part that is new.
    operator.go(&format!("{setup}/part?sort=policy&code=policy")).await;
    operator.fill("#f-max_holds", "7").await;
    operator.click("#f-ladder > button").await;
    operator.see("#f-ladder-4").await;
    let kept = operator.see("#f-max_holds").await.value().await.expect("a field");
    assert_eq!(kept.as_deref(), Some("7"));
    // It goes along to the text, and back.
    operator.click(".setup-form .form-foot button[formaction]").await;
    let written = operator.see("#text").await.value().await.expect("a field").unwrap_or_default();
    assert!(written.contains("max_holds = 7"), "{written}");
    operator.click(".form-foot button[formaction]").await;
    let kept = operator.see("#f-max_holds").await.value().await.expect("a field");
    assert_eq!(kept.as_deref(), Some("7"));
    for (sort, code) in [
        ("line", "gran-2"),
        ("calendar", "one-shift"),
        ("route", "coated-tablet"),
        ("pool", "qc"),
        ("line", ""),
    ] {
        operator.go(&format!("{setup}/part?sort={sort}&code={code}")).await;
        operator.shoot(&shot(&format!("setup-{sort}-{code}"))).await;
    }
    operator.close().await;
}
