//! What is asked for: a firm's product, or a platform's own production, in some window.

use app::contract::{BookingView, Failure, HoldOrder, OfferQuery, OperatorOrder, Role};
use domain::calendar::{DAY, plant_date};
use rand::{RngExt, seq::IndexedRandom};
use uuid::Uuid;

use super::{
    Actors, Director,
    campaign::{Campaign, Fate},
    event::{Event, Turn},
};
use crate::{
    demo::people::{Firm, Product},
    usecase::{Caller, Visit, hold, operator_booking, search},
};

impl Director {
    /// Somebody asks for a campaign, and books one of the best offers.
    pub(super) async fn ask(&mut self) -> Result<(), Failure> {
        // One campaign in eight is the platform's own; of the others, one in ten is phoned in.
        if self.chance(12) {
            return self.own_production().await;
        }
        let Some(firm) = Actors::firms().choose(&mut self.rng).copied() else { return Ok(()) };
        let Some(product) = firm.products.choose(&mut self.rng) else { return Ok(()) };
        let query = self.query(product, None);
        if let Some(view) = self.hold(firm, product, &query).await? {
            let fate = self.fate();
            self.begin(&view, Some(firm), product, query.gmp, fate);
        }
        Ok(())
    }

    /// A firm asks one platform, and still waits for its answer when the history ends.
    pub(super) async fn ask_late(&mut self, platform: usize) -> Result<(), Failure> {
        let Some(platform) = self.actors.platforms().get(platform).copied() else { return Ok(()) };
        let Some((firm, product)) = self.actors.clients(platform).choose(&mut self.rng).copied() else {
            return Ok(());
        };
        let query = self.query(product, Some(platform));
        if let Some(view) = self.hold(firm, product, &query).await? {
            self.begin(&view, Some(firm), product, query.gmp, Fate::Wait);
        }
        Ok(())
    }

    /// Somebody of `firm` holds one of the best offers, if there is any.
    async fn hold(
        &mut self,
        firm: &Firm,
        product: &Product,
        query: &OfferQuery,
    ) -> Result<Option<BookingView>, Failure> {
        let caller = self.actors.caller(firm.id(), Role::CompanyMember);
        let Some(offer) = self.offer(&caller, query).await? else { return Ok(None) };
        let key = self.key()?;
        let order = HoldOrder {
            query: query.clone(),
            offer,
            product_code: Some(product.code.to_owned()),
            flexible: false,
        };
        let held = hold::hold(&self.state, &caller, order, &key).await;
        self.allowed(held)
    }

    async fn own_production(&mut self) -> Result<(), Failure> {
        let Some(platform) = self.actors.platforms().choose(&mut self.rng).copied() else { return Ok(()) };
        let Some(product) = self.actors.makes(platform).choose(&mut self.rng).copied() else { return Ok(()) };
        let query = self.query(product, Some(platform));
        let caller = self.actors.caller(platform, Role::Operator);
        let Some(offer) = self.offer(&caller, &query).await? else { return Ok(()) };
        let key = self.key()?;
        let (gmp, fate) = (query.gmp, Fate::Run);
        let whole =
            Campaign { firm: None, platform, product, gmp, fate, starts: 0, ends: 0 }.details(self.keys);
        // What it makes for itself it has, and calls by its own name.
        let details = app::contract::RequestDetails {
            product_code: String::new(),
            storage: "none".to_owned(),
            materials_on: String::new(),
            ..whole
        };
        let order = OperatorOrder {
            query: query.clone(),
            offer,
            product_code: Some(format!("OWN-{}", product.offering)),
            company: None,
            details,
            ahead: None,
        };
        let booked = operator_booking::book(&self.state, &caller, order, &key).await;
        if let Some(view) = self.allowed(booked)? {
            self.begin(&view, None, product, query.gmp, Fate::Run);
        }
        Ok(())
    }

    /// Remembers the booking and what comes next.
    fn begin(
        &mut self,
        view: &BookingView,
        firm: Option<&Firm>,
        product: &'static Product,
        gmp: bool,
        fate: Fate,
    ) {
        self.report.bookings += 1;
        let firm = firm.map(Firm::id);
        let platform = view.platform;
        let mut campaign = Campaign { firm, platform, product, gmp, fate, starts: 0, ends: 0 };
        campaign.at(view);
        let (turn, at) = match view.status.as_str() {
            "confirmed" => (Turn::Start, campaign.starts),
            "requested" => (Turn::ConfirmHazards, self.later(2, 20)),
            _ if fate == Fate::Wait => (Turn::Send, self.later(1, 6)),
            _ => (Turn::Send, self.later(1, 40)),
        };
        self.campaigns.insert(view.id, campaign);
        if fate != Fate::Lapse {
            self.queue.put(at, Event::Turn { booking: view.id, turn });
        }
    }

    fn fate(&mut self) -> Fate {
        match self.rng.random_range(0..100) {
            0..6 => Fate::Lapse,
            6..9 => Fate::Withdraw,
            9..13 => Fate::Decline,
            13..21 => Fate::Cancel,
            21..27 => Fate::Move,
            27..29 => Fate::NoShow,
            _ => Fate::Run,
        }
    }

    fn query(&mut self, product: &Product, platform: Option<Uuid>) -> OfferQuery {
        let today = self.today();
        // Most ask a month or three ahead, some half a year.
        let lead =
            if self.chance(70) { self.rng.random_range(6..75) } else { self.rng.random_range(60..150) };
        let gmp = self.chance(35);
        let size = product.sizes.choose(&mut self.rng).copied().unwrap_or("1");
        let stage = if gmp {
            "registration"
        } else if self.chance(50) {
            "sample_trial"
        } else {
            "scale_up"
        };
        let long = matches!(product.offering, "CELL" | "MCB" | "VEC" | "PEP");
        OfferQuery {
            offering: product.offering.to_owned(),
            batch_size: size.to_owned(),
            unit: product.unit.to_owned(),
            batches: if long {
                1
            } else if gmp {
                3
            } else {
                self.rng.random_range(1..=2)
            },
            from: plant_date(today + lead * DAY).to_string(),
            to: plant_date(today + (lead + 45) * DAY).to_string(),
            hazards: product.hazards.to_owned(),
            oeb: product.oeb,
            gmp,
            stage: Some(stage.to_owned()),
            platform,
            product: None,
            moving: None,
        }
    }

    /// The minute that it is.
    pub(super) fn today(&self) -> domain::Minute {
        crate::clock::Clock::minute(&*self.clock)
    }

    /// The key of one of the three best offers.
    pub(super) async fn offer(
        &mut self,
        caller: &Caller,
        query: &OfferQuery,
    ) -> Result<Option<String>, Failure> {
        let found = search::search(&self.state, caller, &Visit::default(), query).await;
        let Some(answer) = self.allowed(found)? else { return Ok(None) };
        let best = answer.offers.get(..answer.offers.len().min(3)).unwrap_or_default();
        let chosen = best.choose(&mut self.rng).map(|offer| offer.key.clone());
        if chosen.is_none() {
            self.report.unplaced += 1;
        }
        Ok(chosen)
    }
}
