//! What a firm wants that the desk is about: an entry of the waiting list, or room that nobody made.

use std::sync::Arc;

use app::contract::{ConflictView, Failure, RefusalView, RepairOrder, TextView, WaitOrder};
use domain::{
    OrganisationId, PlatformId,
    availability::{Offer, Placement},
    request::Request,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    state::AppState,
    store::{
        Catalogue, StoreError,
        tables::{organisation, proposal, waiter},
    },
    usecase::{
        Member, ground,
        holding::{Holding, Most},
        placing::Placing,
        products::Product,
        refusal::{self, Audience},
        repair::{declined_for_room, document},
        waitlist,
        wanted::still_wanted,
    },
};

/// A wish as it can be granted now, on the desk's platform.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// The entry's or the proposal's.
    pub id: Uuid,
    /// Whether it is for room that nobody made.
    pub proposal: bool,
    pub firm: Member,
    pub company: TextView,
    pub request: Request,
    /// The place that others would have made room for.
    pub place: Option<Placement>,
    /// Bookings whose owners have declined to move for its firm in that time.
    pub declined: Vec<Uuid>,
    order: RepairOrder,
    product: Product,
}

impl Wish {
    /// The wish in words.
    pub fn order(&self) -> RepairOrder {
        // Whichever place was wanted first, any in the window will do, and whoever must be asked for it.
        RepairOrder { offer: None, consents: None, ..self.order.clone() }
    }

    /// A hold at a place for it, given by `member`; with its plan window only where it lies `inside` what was wanted,
    /// the platform offers that, and it can still move there.
    pub fn holding(
        &self,
        (state, catalogue): (&AppState, &Catalogue),
        member: &Member,
        placing: Placing,
        inside: bool,
    ) -> Holding {
        let holding = Holding {
            company: self.firm.organisation,
            account: self.firm.account,
            by: Some(member.clone()),
            most: Some(Most::of(state)),
            others_first: false,
            lasts: None,
            placing,
            product: self.product.clone(),
            flexible: self.order.flexible && inside,
        };
        holding.where_offered(catalogue, state.clock.now())
    }

    /// What a hold at `offer` would cost its firm, in fen: less where the window is agreed to as a plan window.
    pub fn price(&self, (state, catalogue): (&AppState, &Catalogue), member: &Member, offer: &Offer) -> i64 {
        let Some(route) = catalogue.offered(offer.placement.route).map(Arc::clone) else {
            return offer.price_fen;
        };
        let policy = ground::policy(catalogue, route.platform);
        let placing = Placing { request: self.request.clone(), route, placement: offer.placement.clone() };
        let holding = self.holding((state, catalogue), member, placing, true);
        let plan = policy.plan(self.request.window).filter(|_| holding.flexible);
        plan.map_or(offer.price_fen, |plan| plan.price(offer.price_fen))
    }

    /// What keeps its firm from a hold there now, of itself: as many holds as it may have, or a rule about giving up
    /// late.
    ///
    /// # Errors
    /// The database fails.
    pub async fn blocked(
        &self,
        (state, catalogue): (&AppState, &Catalogue),
        member: &Member,
        place: &Placement,
    ) -> Result<Option<RefusalView>, Failure> {
        let Some(route) = catalogue.offered(place.route).map(Arc::clone) else { return Ok(None) };
        let placing = Placing { request: self.request.clone(), route, placement: place.clone() };
        let why = self.holding((state, catalogue), member, placing, true).hindrance(state, catalogue).await?;
        Ok(why.map(|why| refusal::view(&why, Audience::Operators, catalogue)))
    }
}

/// The wishes that a conflict is about, in the order of their turns, the first `most` of them. What isn't on offer any
/// more, and what a firm that isn't verified any more wants, is none.
pub(super) async fn of(
    state: &AppState,
    conflict: &ConflictView,
    platform: PlatformId,
    most: usize,
) -> Result<Vec<Wish>, Failure> {
    let read = state.store.read();
    if conflict.kind == "repair" {
        let row = proposal::Entity::find_by_id(conflict.id).one(read).await.map_err(StoreError::from)?;
        let row = row.ok_or(Failure::NotFound)?;
        let place: Option<Placement> = Some(document(&row.place)?);
        let order: RepairOrder = document(&row.wish)?;
        let firm = Member::within(row.account, OrganisationId(row.organisation));
        let wish = one(state, (row.id, true), firm, order, platform).await?;
        let wish = wish.map(|wish| Wish { place, ..wish });
        return Ok(wish.into_iter().collect());
    }
    let rows = waiter::Entity::find()
        .filter(waiter::Column::Id.is_in(conflict.waiters.iter().map(|entry| entry.id)))
        .all(read)
        .await
        .map_err(StoreError::from)?;
    let mut wishes = Vec::new();
    for id in waitlist::ranked(state, &rows).await? {
        if wishes.len() >= most {
            break;
        }
        let Some(row) = rows.iter().find(|row| row.id == id) else { continue };
        let wanted = waitlist::wish(row)?;
        let WaitOrder { query, product_code, flexible } = wanted;
        let order = RepairOrder { query, offer: None, product_code, flexible, consents: None };
        let firm = Member::within(row.account, OrganisationId(row.organisation));
        wishes.extend(one(state, (row.id, false), firm, order, platform).await?);
    }
    Ok(wishes)
}

async fn one(
    state: &AppState,
    (id, proposal): (Uuid, bool),
    firm: Member,
    order: RepairOrder,
    platform: PlatformId,
) -> Result<Option<Wish>, Failure> {
    let company = organisation::Entity::find_by_id(firm.organisation.0).one(state.store.read()).await;
    let company = company.map_err(StoreError::from)?.filter(|company| company.verified_at.is_some());
    let Some(company) = company else { return Ok(None) };
    let wanted = still_wanted(state, &firm, &order.query, order.product_code.as_deref()).await?;
    let Some((request, product)) = wanted else { return Ok(None) };
    let request = Request { platform: Some(platform), ..request };
    let company = TextView { zh: company.name_zh, en: company.name_en };
    let declined = declined_for_room(state.store.read(), firm.organisation, request.window).await?;
    Ok(Some(Wish { id, proposal, firm, company, request, place: None, declined, order, product }))
}
