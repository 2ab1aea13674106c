//! The life of a booking after its hold.

use app::contract::{CancelOrder, Failure, MoveOrder, OfferQuery, Reason, ReviewOrder, Role};
use domain::{
    booking::Action,
    calendar::{DAY, DAY_SECONDS, plant_date},
};
use rand::RngExt;
use uuid::Uuid;

use super::{
    Director,
    campaign::{Campaign, Fate},
    event::{Event, Turn},
};
use crate::usecase::{Caller, approve, cancel, decline, hazards, relocate, request, run, withdraw};

fn reason(text: &str) -> Reason {
    Reason { reason: text.to_owned() }
}

fn review(text: &str) -> ReviewOrder {
    ReviewOrder { reason: text.to_owned(), version: None }
}

impl Director {
    /// The next turn in the life of `booking`.
    pub(super) async fn turn(&mut self, booking: Uuid, turn: Turn) -> Result<(), Failure> {
        let Some(campaign) = self.campaigns.get(&booking).cloned() else { return Ok(()) };
        let next = match turn {
            Turn::Send => self.send(booking, &campaign).await?,
            Turn::ConfirmHazards => self.confirm_hazards(booking, &campaign).await?,
            Turn::Answer => self.answer(booking, &campaign).await?,
            Turn::Withdraw => {
                let why = reason("项目推迟（示例） / project postponed (example)");
                let withdrawn =
                    withdraw::withdraw(&self.state, &self.owner(&campaign), booking, &why, None).await;
                self.allowed(withdrawn)?;
                None
            }
            Turn::Move => self.relocate(booking, &campaign).await?,
            Turn::Cancel => {
                self.cancel(booking, &campaign).await?;
                None
            }
            Turn::Start => self.start(booking, &campaign).await?,
            Turn::Complete => self.run(booking, &campaign, Action::Complete, Turn::Close).await?,
            Turn::Close => {
                self.run(booking, &campaign, Action::Close, Turn::Close).await?;
                None
            }
        };
        if let Some((at, turn)) = next {
            self.queue.put(at, Event::Turn { booking, turn });
        }
        Ok(())
    }

    fn owner(&self, campaign: &Campaign) -> Caller {
        match campaign.firm {
            Some(firm) => self.actors.caller(firm, Role::CompanyMember),
            None => self.operator(campaign),
        }
    }

    fn operator(&self, campaign: &Campaign) -> Caller {
        self.actors.caller(campaign.platform, Role::Operator)
    }

    async fn send(&mut self, booking: Uuid, campaign: &Campaign) -> Result<Option<(i64, Turn)>, Failure> {
        let details = campaign.details(self.keys);
        let sent = request::send(&self.state, &self.owner(campaign), booking, (&details, None), None).await;
        if self.allowed(sent)?.is_none() {
            return Ok(None);
        }
        let turn = if campaign.fate == Fate::Withdraw { Turn::Withdraw } else { Turn::ConfirmHazards };
        Ok(Some((self.later(2, 20), turn)))
    }

    async fn confirm_hazards(
        &mut self,
        booking: Uuid,
        campaign: &Campaign,
    ) -> Result<Option<(i64, Turn)>, Failure> {
        let qa = self.actors.caller(campaign.platform, Role::Qa);
        let why = review("资料核对一致（示例）");
        let confirmed = hazards::confirm(&self.state, &qa, booking, &why, None).await;
        if self.allowed(confirmed)?.is_none() {
            return Ok(None);
        }
        Ok((campaign.fate != Fate::Wait).then(|| (self.later(1, 20), Turn::Answer)))
    }

    async fn answer(&mut self, booking: Uuid, campaign: &Campaign) -> Result<Option<(i64, Turn)>, Failure> {
        let operator = self.operator(campaign);
        if campaign.fate == Fate::Decline {
            let why = review("人员不足（示例） / not enough crew (example)");
            let declined = decline::decline(&self.state, &operator, booking, &why, None).await;
            self.allowed(declined)?;
            return Ok(None);
        }
        let approved = approve::approve(&self.state, &operator, booking, &ReviewOrder::default(), None).await;
        if self.allowed(approved)?.is_none() {
            return Ok(None);
        }
        let now = self.today() * 60;
        let ahead = (campaign.starts - now - DAY_SECONDS).max(1);
        let between = now + self.rng.random_range(0..ahead);
        Ok(Some(match campaign.fate {
            Fate::Cancel => (between, Turn::Cancel),
            Fate::Move => (between, Turn::Move),
            _ => (campaign.starts, Turn::Start),
        }))
    }

    async fn cancel(&mut self, booking: Uuid, campaign: &Campaign) -> Result<(), Failure> {
        let owner = self.owner(campaign);
        let quoted = cancel::quote(&self.state, &owner, booking).await;
        let Some(quote) = self.allowed(quoted)? else { return Ok(()) };
        let order = CancelOrder {
            quoted_fee_fen: quote.fee_fen,
            version: None,
            reason: "项目终止（示例） / project ended (example)".to_owned(),
        };
        let cancelled = cancel::cancel(&self.state, &owner, booking, &order, None).await;
        self.allowed(cancelled)?;
        Ok(())
    }

    /// Moves it some weeks later, once; whether that succeeds or not, it is run then.
    async fn relocate(&mut self, booking: Uuid, campaign: &Campaign) -> Result<Option<(i64, Turn)>, Failure> {
        let owner = self.owner(campaign);
        let later = campaign.starts.div_euclid(60) + self.rng.random_range(7..40) * DAY;
        let query = OfferQuery {
            offering: campaign.product.offering.to_owned(),
            batch_size: campaign.product.sizes.first().copied().unwrap_or("1").to_owned(),
            unit: campaign.product.unit.to_owned(),
            batches: 1,
            from: plant_date(later).to_string(),
            to: plant_date(later + 45 * DAY).to_string(),
            hazards: campaign.product.hazards.to_owned(),
            oeb: campaign.product.oeb,
            gmp: campaign.gmp,
            stage: None,
            platform: Some(campaign.platform),
            product: None,
            moving: Some(booking),
        };
        let mut starts = campaign.starts;
        if let Some(offer) = self.offer(&owner, &query).await? {
            let quoted = relocate::quote(&self.state, &owner, booking).await;
            if let Some(quote) = self.allowed(quoted)? {
                let key = self.key()?;
                let quoted_fee_fen = quote.fee_fen;
                let order = MoveOrder { query, offer, quoted_fee_fen, version: None, ahead: None };
                let moved = relocate::relocate(&self.state, &owner, booking, order, &key).await;
                if let (Some(view), Some(campaign)) = (self.allowed(moved)?, self.campaigns.get_mut(&booking))
                {
                    campaign.at(&view);
                    starts = campaign.starts;
                }
            }
        }
        Ok(Some((starts, Turn::Start)))
    }

    async fn start(&mut self, booking: Uuid, campaign: &Campaign) -> Result<Option<(i64, Turn)>, Failure> {
        if campaign.fate == Fate::NoShow {
            let gone = run::no_show(&self.state, &self.operator(campaign), booking, None).await;
            self.allowed(gone)?;
            return Ok(None);
        }
        self.run(booking, campaign, Action::Start, Turn::Complete).await
    }

    /// Starts, completes or closes; then comes `then`.
    async fn run(
        &mut self,
        booking: Uuid,
        campaign: &Campaign,
        action: Action,
        then: Turn,
    ) -> Result<Option<(i64, Turn)>, Failure> {
        let done = run::run(&self.state, &self.operator(campaign), booking, action, None).await;
        if self.allowed(done)?.is_none() {
            return Ok(None);
        }
        let at = if then == Turn::Complete { campaign.ends } else { self.later(48, 400) };
        Ok(Some((at, then)))
    }
}
