//! What a visitor is to find without waiting for it: a round that is decided and one that is open, a line that is down
//! with what that leaves open, and a swap that is offered. All of it by the use cases, at set times before the end, and
//! by no chance: the rest of the history is drawn as it would be without.

use app::contract::{
    BookingView, CallOrder, CallRule, DecideOrder, Failure, HoldOrder, Instant, OfferQuery, OutageOrder,
    PageQuery, PublishOrder, ReviewOrder, Role, SwapOrder, WishOrder,
};
use domain::{
    Interval, LineId, Second, availability,
    calendar::{DAY, DAY_SECONDS, plant_date},
};
use uuid::Uuid;

use super::{Actors, Director, campaign::Campaign, campaign::Fate, event::Event};
use crate::{
    demo::people::{Firm, Product},
    usecase::{
        Caller, Visit, approve,
        ground::ground,
        hazards, hold, outage, repair, request,
        rounds::{self, draft, publish, submit},
        search,
    },
};

/// The platform that a visitor sees as its operator. The first of the products below is of the firm that a visitor is.
const PLATFORM: &str = "hayao";
/// Products of tablets that it makes, of the visitor's firm and of others.
const TABLETS: [&str; 5] = ["JIA-01", "RN-1", "CX-7", "CH-04", "GUI-13"];

/// What happens, and how many hours before the end of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scene {
    /// The first call opens, is answered, and is decided a week later.
    FirstCall,
    FirstWishes,
    FirstRound,
    /// Campaigns that the later scenes are about.
    Campaigns,
    /// The second call opens and gathers wishes; it is still open in the end.
    SecondCall,
    SecondWishes,
    /// Work is planned on a line over the visitor's campaign: an answer is awaited.
    Down,
    /// On another line too; that firm keeps its place.
    DownToo,
    Declined,
    /// The visitor's firm would swap.
    Swap,
    /// A line breaks down, which nobody can know beforehand.
    Broken,
}

const SCENES: [(Scene, Second); 11] = [
    (Scene::FirstCall, 40 * 24),
    (Scene::FirstWishes, 38 * 24),
    (Scene::FirstRound, 32 * 24),
    (Scene::Campaigns, 20 * 24),
    (Scene::SecondCall, 5 * 24),
    (Scene::SecondWishes, 4 * 24),
    (Scene::Down, 26),
    (Scene::DownToo, 25),
    (Scene::Declined, 12),
    (Scene::Swap, 9),
    (Scene::Broken, 5),
];

/// What the scenes remember of each other.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    calls: Vec<Uuid>,
    /// With the firm whose it is.
    campaigns: Vec<(Uuid, BookingView)>,
}

impl Director {
    /// Puts the scenes into the queue.
    pub(super) fn stage(&mut self) {
        for (scene, hours) in SCENES {
            self.queue.put(self.until - hours * 3600, Event::Scene(scene));
        }
    }

    pub(super) async fn scene(&mut self, scene: Scene) -> Result<(), Failure> {
        match scene {
            Scene::FirstCall => {
                let title = "秋季片剂试制 Autumn tablets（示例）";
                self.call(title, (CallRule::FirstCome, ""), (7, [60, 100])).await
            }
            Scene::FirstWishes => {
                // More than a week holds, and one who waits longer: some get a place, and some are told why not.
                let weeks = self.weeks_with_room(&TABLETS, 60).await?;
                self.wishes(0, &TABLETS, [60, 60 + 7 * weeks]).await?;
                self.wishes(0, &["YI-B"], [60, 96]).await
            }
            Scene::FirstRound => self.round(0).await,
            Scene::Campaigns => self.campaigns().await,
            Scene::SecondCall => {
                let title = "早春共享周 Early spring（示例）";
                let criteria = "临床或注册批次 60 分；首次使用本平台 20 分；小企业 20 分（示例） / \
                                clinical or registration batches 60; first time here 20; small firms 20 (example)";
                let rule = (CallRule::ScoreWithAgeing { per_call: 5 }, criteria);
                self.call(title, rule, (14, [45, 90])).await
            }
            Scene::SecondWishes => self.wishes(1, &TABLETS[..4], [45, 75]).await,
            Scene::Down => {
                self.down(0, "更换制粒机主轴承（示例） / new main bearing for the granulator (example)").await
            }
            Scene::DownToo => {
                self.down(1, "压片机控制系统升级（示例） / new control system for the press (example)").await
            }
            Scene::Declined => self.decline_move(1).await,
            Scene::Swap => self.swap(2, 3).await,
            Scene::Broken => self.breaks().await,
        }
    }

    fn platform(&self) -> Uuid {
        self.actors.organisation(PLATFORM)
    }

    fn staff(&self, role: Role) -> Caller {
        self.actors.caller(self.platform(), role)
    }

    /// Opens a call of all the platform's lines, for `open` days, for the days from one to another after today.
    async fn call(
        &mut self,
        title: &str,
        (rule, criteria): (CallRule, &str),
        (open, [from, to]): (i64, [i64; 2]),
    ) -> Result<(), Failure> {
        let platform = self.platform();
        let lines = self.actors.lines.iter().filter(|line| line.platform.0 == platform);
        let order = CallOrder {
            title: title.to_owned(),
            from: self.day(from),
            to: self.day(to),
            lines: lines.map(|line| line.id.0).collect(),
            opens_at: None,
            closes_at: Instant(self.now() + open * DAY_SECONDS),
            result_by: None,
            rule,
            criteria: criteria.to_owned(),
            hold_days: 45,
        };
        let key = self.key()?;
        let opened = rounds::open(&self.state, &self.staff(Role::Operator), &order, &key).await;
        if let Some(call) = self.allowed(opened)? {
            self.scenes.calls.push(call.id);
        }
        Ok(())
    }

    /// Every firm of these products hands in a wish, an hour after the other, for overlapping weeks.
    async fn wishes(&mut self, call: usize, products: &[&str], [from, to]: [i64; 2]) -> Result<(), Failure> {
        let Some(call) = self.scenes.calls.get(call).copied() else { return Ok(()) };
        for code in products {
            let Some((firm, product)) = product(code) else { continue };
            let order = WishOrder {
                query: self.tablets(product, [from, to], 3),
                otherwise: Vec::new(),
                product_code: Some(product.code.to_owned()),
                rank: 1,
                flexible: false,
            };
            let (caller, key) = (self.actors.caller(firm.id(), Role::CompanyMember), self.key()?);
            let handed = submit(&self.state, &caller, call, &order, &key).await;
            self.allowed(handed)?;
            self.pass(3600);
        }
        Ok(())
    }

    /// The fewest weeks from a day after today on, of up to four, in which each of these products has a place now: how
    /// many depends on the season and its holidays.
    async fn weeks_with_room(&self, products: &[&str], from: i64) -> Result<i64, Failure> {
        let ground = ground(&self.state).await?;
        let has_room = |code: &str, weeks: i64| {
            let Some((_, product)) = product(code) else { return Ok(true) };
            let request = self.tablets(product, [from, from + 7 * weeks], 3).request()?;
            let found = availability::search(&ground.snapshot, &request, self.now());
            Ok(found.is_ok_and(|outcome| !outcome.offers.is_empty()))
        };
        for weeks in 1..4 {
            let room: Vec<bool> =
                products.iter().map(|code| has_room(code, weeks)).collect::<Result<_, Failure>>()?;
            if room.iter().all(|room| *room) {
                return Ok(weeks);
            }
        }
        Ok(4)
    }

    /// The call has closed: it is drafted and published.
    async fn round(&mut self, call: usize) -> Result<(), Failure> {
        let Some(call) = self.scenes.calls.get(call).copied() else { return Ok(()) };
        self.tick().await?;
        let operator = self.staff(Role::Operator);
        let key = self.key()?;
        let drafted = draft(&self.state, &operator, call, DecideOrder::default(), &key).await;
        let Some(seen) = self.allowed(drafted)? else { return Ok(()) };
        let key = self.key()?;
        let order = PublishOrder { version: seen.version };
        let published = publish(&self.state, &operator, call, order, &key).await;
        if self.allowed(published)?.is_some() {
            let wishes = rounds::wishes(&self.state, &operator, call).await?;
            let held =
                wishes.iter().filter(|wish| wish.result.as_ref().is_some_and(|one| one.booking.is_some()));
            let held = u32::try_from(held.count()).unwrap_or(0);
            self.report.bookings += held;
            self.report.given += held;
        }
        Ok(())
    }

    /// Confirmed campaigns: the visitor's and another's that a line will fail, and two for a swap.
    async fn campaigns(&mut self) -> Result<(), Failure> {
        // Those to swap are of a size that one granulation train alone takes: else there would be room beside the
        // other.
        for (code, days, batches, size) in [
            ("JIA-01", [34, 60], 3, "10"),
            ("CX-7", [34, 60], 3, "10"),
            ("JIA-01", [75, 90], 1, "30"),
            ("RN-1", [95, 110], 1, "30"),
        ] {
            let Some((firm, product)) = product(code) else { continue };
            let query = OfferQuery { batch_size: size.to_owned(), ..self.tablets(product, days, batches) };
            if let Some(view) = self.confirmed(firm, product, &query).await? {
                self.scenes.campaigns.push((firm.id(), view));
            }
        }
        Ok(())
    }

    /// Holds the best offer, requests it and has it confirmed.
    async fn confirmed(
        &mut self,
        firm: &'static Firm,
        product: &'static Product,
        query: &OfferQuery,
    ) -> Result<Option<BookingView>, Failure> {
        let caller = self.actors.caller(firm.id(), Role::CompanyMember);
        let found = search::search(&self.state, &caller, &Visit::default(), query).await;
        let found = self.allowed(found)?;
        let Some(offer) = found.and_then(|found| Some(found.offers.first()?.key.clone())) else {
            return Ok(None);
        };
        let product_code = Some(product.code.to_owned());
        let order = HoldOrder { query: query.clone(), offer, product_code, flexible: false };
        let key = self.key()?;
        let held = hold::hold(&self.state, &caller, order, &key).await;
        let Some(held) = self.allowed(held)? else { return Ok(None) };
        self.report.bookings += 1;
        let mut campaign = Campaign {
            firm: Some(firm.id()),
            platform: held.platform,
            product,
            gmp: query.gmp,
            fate: Fate::Run,
            starts: 0,
            ends: 0,
        };
        campaign.at(&held);
        self.pass(3600);
        let sent =
            request::send(&self.state, &caller, held.id, (&campaign.details(self.keys), None), None).await;
        self.allowed(sent)?;
        self.pass(3600);
        let why = ReviewOrder { reason: "资料核对一致（示例）".to_owned(), version: None };
        let confirmed = hazards::confirm(&self.state, &self.staff(Role::Qa), held.id, &why, None).await;
        self.allowed(confirmed)?;
        self.pass(3600);
        let (staff, why) = (self.staff(Role::Operator), ReviewOrder::default());
        let approved = approve::approve(&self.state, &staff, held.id, &why, None).await;
        self.allowed(approved)
    }

    /// Work is planned on the line of a campaign's first step, of the second campaign's second, over the second half of
    /// it.
    async fn down(&mut self, campaign: usize, why: &str) -> Result<(), Failure> {
        let Some((_, view)) = self.scenes.campaigns.get(campaign) else { return Ok(()) };
        let Some(step) = view.steps.get(campaign).cloned() else { return Ok(()) };
        let order = OutageOrder {
            line: step.line,
            from: Some(Instant(step.start.0 + (step.end.0 - step.start.0) / 2)),
            until: step.end,
            kind: "planned".to_owned(),
            reason: why.to_owned(),
        };
        self.marks(&order).await
    }

    /// A line breaks down now, until tomorrow. Nothing stands on it meanwhile, so that nobody is asked anything by it.
    async fn breaks(&mut self) -> Result<(), Failure> {
        let (platform, now) = (self.platform(), self.today());
        let meanwhile = Interval { start: now, end: now + DAY };
        let ground = ground(&self.state).await?;
        let is_idle = |line: &LineId| {
            let state = ground.snapshot.lines.get(line);
            state.is_some_and(|state| state.rows().iter().all(|row| !row.interval.overlaps(meanwhile)))
        };
        let of_platform = self.actors.lines.iter().filter(|line| line.platform.0 == platform);
        let Some(line) = of_platform.map(|line| line.id).find(is_idle) else { return Ok(()) };
        let order = OutageOrder {
            line: line.0,
            from: None,
            until: Instant::from_minute(meanwhile.end),
            kind: "breakdown".to_owned(),
            reason: "主电机故障（示例） / main motor failed (example)".to_owned(),
        };
        self.marks(&order).await
    }

    async fn marks(&mut self, order: &OutageOrder) -> Result<(), Failure> {
        let key = self.key()?;
        let marked = outage::mark(&self.state, &self.staff(Role::Operator), order, &key).await;
        self.allowed(marked)?;
        Ok(())
    }

    /// The owner of a campaign would rather keep its place.
    async fn decline_move(&mut self, campaign: usize) -> Result<(), Failure> {
        let Some((firm, view)) = self.scenes.campaigns.get(campaign).cloned() else { return Ok(()) };
        let owner = self.actors.caller(firm, Role::CompanyMember);
        let asked = repair::asked(&self.state, &owner, &PageQuery::default(), Some(view.id)).await;
        let Some(asks) = self.allowed(asked)? else { return Ok(()) };
        for ask in asks.items.iter().filter(|ask| ask.state == "open") {
            let key = self.key()?;
            let said = repair::answer(&self.state, &owner, ask.id, repair::Answer::Decline, &key).await;
            self.allowed(said)?;
        }
        Ok(())
    }

    /// One campaign's owner would rather have the time of the other.
    async fn swap(&mut self, own: usize, partner: usize) -> Result<(), Failure> {
        let campaigns = &self.scenes.campaigns;
        let (Some((firm, own)), Some((_, partner))) = (campaigns.get(own).cloned(), campaigns.get(partner))
        else {
            return Ok(());
        };
        let owner = self.actors.caller(firm, Role::CompanyMember);
        let start = partner.steps.iter().map(|step| step.start.0).min().unwrap_or_default();
        let end = partner.steps.iter().map(|step| step.end.0).max().unwrap_or_default();
        let order =
            SwapOrder { booking: own.id, from: Instant(start - DAY_SECONDS), to: Instant(end + DAY_SECONDS) };
        let key = self.key()?;
        let offered = repair::offer_swap(&self.state, &owner, &order, &key).await;
        self.allowed(offered)?;
        Ok(())
    }

    /// Some batches of a product between two days after today, on the platform.
    fn tablets(&self, product: &Product, [from, to]: [i64; 2], batches: u32) -> OfferQuery {
        OfferQuery {
            offering: product.offering.to_owned(),
            batch_size: product.sizes.first().copied().unwrap_or("1").to_owned(),
            unit: product.unit.to_owned(),
            batches,
            from: self.day(from),
            to: self.day(to),
            hazards: product.hazards.to_owned(),
            oeb: product.oeb,
            gmp: false,
            stage: Some("scale_up".to_owned()),
            platform: Some(self.platform()),
            product: None,
            moving: None,
        }
    }

    fn day(&self, after: i64) -> String {
        plant_date(self.today() + after * DAY).to_string()
    }

    fn now(&self) -> Second {
        crate::clock::Clock::now(&*self.clock)
    }

    fn pass(&self, seconds: Second) {
        self.clock.set(self.now() + seconds);
    }
}

/// The firm with a product of this code.
fn product(code: &str) -> Option<(&'static Firm, &'static Product)> {
    Actors::firms().into_iter().find_map(|firm| {
        firm.products.iter().find(|product| product.code == code).map(|product| (firm, product))
    })
}
