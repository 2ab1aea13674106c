//! Room is made by the pages: by rule at once, with another firm's consent, and by a swap of days.

use serde_json::{Value, json};
use tests::{Engine, TestDatabase, Visitor};

use super::{Browser, Scripts, Tongue, access, conversation::give_credentials, stage::SECRET};
use crate::booking::{
    World,
    plans::offer_plans,
    world::{query, search_path, with},
};

/// Leads from a search in which nothing is free to the ways of making room.
const WAYS: &str = "form[action$='/room'] button";
/// What the firm calls its product, beside the first of these ways.
const PRODUCT: &str = "article.offer form[action='/do/make-room'] [name=product_code]";
/// Takes that way.
const TAKE: &str = "article.offer form[action='/do/make-room'] button";
/// Agrees to what the owner of a campaign is asked.
const AGREE: &str = "#asked-to-move form:has([value=accept]) button";
/// What stands there once it has been answered.
const ANSWERED: &str = "#asked-to-move .note:not(.warn)";

#[tokio::test(flavor = "multi_thread")]
async fn room_is_made_and_days_are_swapped_in_chinese() {
    room_and_swap(Scripts::On, Tongue::Chinese).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn room_is_made_and_days_are_swapped_in_english_without_scripts() {
    room_and_swap(Scripts::Off, Tongue::English).await;
}

async fn room_and_swap(scripts: Scripts, tongue: Tongue) {
    let database = TestDatabase::migrated(Engine::Sqlite).await;
    let world = World::new(&database, 1).await;
    offer_plans(&world).await;
    // By the bare address one comes to the language of one's account.
    let spoken = if tongue == Tongue::Chinese { "zh-CN" } else { "en" };
    let all = "UPDATE account SET locale = $1";
    database.execute(all, vec![spoken.into()]).await.expect("they speak it");
    let meeting = Meeting {
        one: signed_in(&world, 1, scripts, tongue).await,
        two: signed_in(&world, 2, scripts, tongue).await,
        world,
        scripts,
        tongue,
    };
    meeting.by_rule().await;
    meeting.by_consent().await;
    meeting.by_swap().await;
    meeting.one.close().await;
    meeting.two.close().await;
    meeting.world.close(&database).await;
}

async fn signed_in(world: &World, number: u32, scripts: Scripts, tongue: Tongue) -> Browser {
    let browser = Browser::open(&world.app.address, scripts, tongue).await;
    let segment = tongue.segment();
    browser.go(&format!("/{segment}/sign-in?next=/{segment}/campaigns")).await;
    give_credentials(&browser, number, SECRET).await;
    browser.see(".who").await;
    browser
}

/// Two batches take eighteen hours, and the line two to change: a day holds one of these.
fn day(day: u8) -> Value {
    with(&query(day, day), &json!({"batches": 2}))
}

fn id(booking: &Value) -> &str {
    booking["id"].as_str().expect("an id")
}

/// Two firms on a plant of one line.
struct Meeting {
    world: World,
    one: Browser,
    two: Browser,
    scripts: Scripts,
    tongue: Tongue,
}

impl Meeting {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.tongue == Tongue::Chinese { zh } else { en }
    }

    async fn search(&self, browser: &Browser, query: &Value) {
        let segment = self.tongue.segment();
        browser.go(&search_path(query).replace("/api/v1/offers", &format!("/{segment}"))).await;
    }

    async fn go(&self, browser: &Browser, path: &str) {
        browser.go(&format!("/{}{path}", self.tongue.segment())).await;
    }

    async fn shoot(&self, browser: &Browser, name: &str) {
        browser.shoot(&format!("room-{name}-{}-{:?}", self.tongue.segment(), self.scripts)).await;
    }

    /// Whoever agreed to a window with the hold makes room unasked.
    async fn by_rule(&self) {
        let (one, two) = (&self.one, &self.two);
        self.search(two, &with(&query(5, 14), &json!({"batches": 2}))).await;
        two.fill("article.offer.first form.hold [name=product_code]", "PLAN-1").await;
        two.click("article.offer.first form.hold [name=flexible]").await;
        two.click("article.offer.first form.hold button").await;
        two.see(".booking .status.held").await;
        let (page, place) = (two.path().await, two.text(".steps tbody").await);
        let held = booked(&self.world.two.member, "PLAN-1").await;
        assert!(held["plan"].is_object(), "the window that was ticked is agreed to: {held}");

        self.search(one, &day(5)).await;
        one.click(WAYS).await;
        one.says(TAKE, self.say("按规则改期", "Move by rule")).await;
        if self.scripts == Scripts::On {
            let wrong = access::complaints(one, &access::axe()).await;
            assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        }
        self.shoot(one, "by-rule").await;
        one.fill(PRODUCT, "ROOM-1").await;
        one.click(TAKE).await;
        one.see(".booking .status.held").await;
        assert!(one.text(".facts").await.contains("ROOM-1"));

        two.go(&page).await;
        assert_ne!(two.text(".steps tbody").await, place, "it has made room");
        let moved = self.world.booking(&self.world.two.member, id(&held)).await;
        assert_ne!(moved["steps"], held["steps"]);
        self.shoot(two, "moved-by-rule").await;
    }

    /// A fixed campaign moves once its owner has agreed.
    async fn by_consent(&self) {
        let (one, two) = (&self.one, &self.two);
        let fixed = self.world.confirmed_for(&self.world.two.member, &day(20), "FIXED-1").await;
        self.search(one, &day(20)).await;
        one.click(WAYS).await;
        one.says(TAKE, self.say("请求此排期", "Ask for this place")).await;
        one.fill(PRODUCT, "ROOM-2").await;
        one.click(TAKE).await;
        one.arrive("/campaigns#room").await;
        one.see("#room .status.requested").await;
        assert!(one.text("#room").await.contains("ROOM-2"));
        self.shoot(one, "asking").await;
        let unmoved = self.world.booking(&self.world.two.member, id(&fixed)).await;
        assert_eq!(unmoved["steps"], fixed["steps"], "nothing moves before");

        self.go(two, &format!("/bookings/{}", id(&fixed))).await;
        self.shoot(two, "asked").await;
        two.click(AGREE).await;
        two.see(ANSWERED).await;
        let moved = self.world.booking(&self.world.two.member, id(&fixed)).await;
        assert_ne!(moved["steps"], fixed["steps"]);

        self.go(one, "/campaigns").await;
        one.click("#room td a").await;
        one.see(".booking .status.held").await;
        assert!(one.text(".facts").await.contains("ROOM-2"));
    }

    /// Two confirmed campaigns change places.
    async fn by_swap(&self) {
        let (one, two) = (&self.one, &self.two);
        let mine = self.world.confirmed(&day(24), "SWAP-1").await;
        let theirs = self.world.confirmed_for(&self.world.two.member, &day(28), "SWAP-2").await;
        self.go(one, &format!("/bookings/{}", id(&mine))).await;
        one.set_date("#swap-from", "2026-12-28").await;
        one.set_date("#swap-to", "2026-12-28").await;
        one.click("#swap form.act button").await;
        one.says("#swap .note", self.say("已找到互换对象", "A partner was found")).await;
        self.shoot(one, "swap-offered").await;

        self.go(two, &format!("/bookings/{}", id(&theirs))).await;
        two.click(AGREE).await;
        two.see(ANSWERED).await;
        self.go(one, &format!("/bookings/{}", id(&mine))).await;
        one.says("#swap .note", self.say("已互换", "Swapped")).await;
        self.shoot(one, "swapped").await;
        let now = self.world.booking(&self.world.one.member, id(&mine)).await;
        assert!(now["steps"][0]["start"].as_str() > mine["steps"][0]["start"].as_str(), "{now}");
        let now = self.world.booking(&self.world.two.member, id(&theirs)).await;
        assert!(now["steps"][0]["start"].as_str() < theirs["steps"][0]["start"].as_str(), "{now}");
    }
}

/// The firm's booking of this product.
async fn booked(firm: &Visitor, product: &str) -> Value {
    let page = firm.get("/api/v1/bookings").await;
    let mut all = page.expect(200)["items"].as_array().expect("a list").iter();
    all.find(|one| one["product_code"] == product).expect("a booking of it").clone()
}
