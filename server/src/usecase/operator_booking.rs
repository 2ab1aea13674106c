//! An operator's booking: for a company that phoned, or for the platform's own production. It enters as a request
//! without a deadline; quality assurance confirms its hazards and the operator approves, like any other.

use std::sync::Arc;

use app::contract::{
    BookingView, Complaints, Failure, Instant, OperatorOrder, OrganisationView, RequestDetails, TextView,
    field,
};
use domain::{OrganisationId, booking::Status};
use serde_json::json;
use uuid::Uuid;

use super::{
    Caller, IdempotencyKey, Member,
    booking::{self, Campaign, Loaded, Side},
    client, people,
    placing::{self, Placing},
    products::{self, Product},
    protocol::{self, Attempt, Beside, Decision, Note, Scene, Stop},
    reference::reference,
    waitlist,
};
use crate::{
    state::AppState,
    store::{
        Tx,
        tables::{self, organisation, waiter},
    },
};

/// Books on the caller's own platform. A client that waits for just this is behind those alone who are ahead of it on
/// the list, which it leaves with the booking.
///
/// # Errors
/// [`Failure::Forbidden`] but for operators, [`Failure::Invalid`], [`Failure::Conflict`] with ranked alternatives, with
/// the reason `waiters_first` where it had just become free and went to one who waited, `client_given` where that is
/// the client itself; [`Failure::Refused`], [`Failure::KeyReused`].
pub async fn book(
    state: &AppState,
    caller: &Caller,
    order: OperatorOrder,
    key: &IdempotencyKey,
) -> Result<BookingView, Failure> {
    let (member, _) = caller.own_platform()?;
    let attempt = Attempt::new(member, key, "operator_booking", Uuid::nil(), &order);
    attempt.once(state, carry_out(state, member, &order, &attempt)).await
}

/// Whom an operator means who books for `said`, name or credit code.
///
/// # Errors
/// [`Failure::Forbidden`] but for operators, [`Failure::Invalid`] naming `company`.
pub async fn client(state: &AppState, caller: &Caller, said: &str) -> Result<OrganisationView, Failure> {
    caller.own_platform()?;
    people::organisation_view(client::find(state, said).await?)
}

async fn carry_out(
    state: &AppState,
    member: &Member,
    order: &OperatorOrder,
    attempt: &Attempt,
) -> Result<BookingView, Failure> {
    let mut complaints = Complaints::default();
    let client = complaints.hear(match order.company.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(said) => client::find(state, said).await.map(Some),
    });
    let details = complaints.hear(order.details.checked());
    let request = complaints.hear(order.query.request());
    let ahead = complaints.hear(waitlist::ahead(order.ahead.as_deref()));
    complaints.answer()?;
    let (client, details, mut request, ahead) = (client?, details?, request?, ahead?);
    let owner = client.as_ref().map_or(member.organisation, |client| OrganisationId(client.id));
    request.platform = member.platform();
    let code = order.product_code.as_deref().unwrap_or_default();
    let product = products::of_order(state, owner, code, order.query.product).await?;
    request.product = product.id;
    let placing = Placing::of(state, member, &order.query, request.clone(), &order.offer).await?;
    if Some(placing.route.platform) != member.platform() {
        return Err(field::unknown("offer", "platform"));
    }
    let (touched, wanted, since) = (placing.touched(), placing.wanted(), state.clock.now());
    let own = match &client {
        Some(_) => waitlist::own_entry(state, owner, &placing, &product).await?,
        None => None,
    };
    let booked_for = client.as_ref().map(|client| client.id);
    let plan =
        Arc::new(Plan { member: member.clone(), client, owner, own, details, placing, product, ahead });
    let done = waitlist::those_ahead_first(state, plan.own.as_ref(), |others_first| {
        let plan = Arc::clone(&plan);
        protocol::run(state, Some(attempt), touched.clone(), move |tx, scene| {
            let plan = Arc::clone(&plan);
            Box::pin(async move { plan.book(tx, scene, others_first).await })
        })
    });
    match done.await {
        Ok(view) => Ok(view),
        Err(Stop::Refused(why)) => {
            let asked = (&request, &wanted);
            Err(waitlist::refused(state, member, &order.query, asked, (&why, since), booked_for).await)
        }
        Err(stop) => Err(stop.failure(|_| Failure::Busy)),
    }
}

struct Plan {
    member: Member,
    /// `None`: the platform's own production.
    client: Option<organisation::Model>,
    owner: OrganisationId,
    /// The client's entry on the waiting list that is for just this.
    own: Option<waiter::Model>,
    details: RequestDetails,
    placing: Placing,
    product: Product,
    /// Why it goes ahead of those who wait.
    ahead: Option<String>,
}

impl Plan {
    async fn book(&self, tx: &Tx<'_>, scene: Scene, others_first: bool) -> Result<BookingView, Stop> {
        let snapshot = scene.snapshot(&self.placing.route(&scene)?);
        let place = (self.owner, &self.placing.placement);
        let by = (self.ahead.as_deref(), others_first);
        let ahead = waitlist::goes_ahead(tx, &scene, place, self.own.as_ref(), by).await?;
        let reference = reference(Uuid::new_v4());
        let product = self.product.ensure(tx, self.owner, &reference, scene.now).await?;
        let placing = self.placing.of_product(product);
        let placed = placing.place(&scene, &snapshot, None)?;
        let campaign = Campaign {
            request: placing.request,
            granted: None,
            details: self.details.clone(),
            materials_for: Some(self.placing.first_start()),
            notice_until: None,
            saved_by: None,
            hazard_note: None,
            questions: Vec::new(),
        };
        let row = tables::booking::Model {
            id: Uuid::now_v7(),
            reference,
            platform: self.placing.route.platform.0,
            organisation: self.client.as_ref().map(|client| client.id),
            product: product.0,
            route: self.placing.route.id.0,
            offering: campaign.request.offering.clone(),
            status: Status::Requested.name().into(),
            begins_at: booking::begins_at(&placed.steps).unwrap_or_default(),
            created_by: self.member.account,
            created_at: scene.now,
            hold_expires_at: None,
            reply_by: None,
            requested_at: None,
            confirmed_at: None,
            price_fen: placed.offer.price_fen,
            policy: None,
            request: campaign.to_document()?,
            client_size: None,
            client_in_district: None,
            hazards_confirmed_by: None,
            hazards_confirmed_at: None,
            fee_fen: None,
            leaving_fee_fen: None,
            left_fee_fen: 0,
            notice_at: 0,
            resold_fen: None,
            freed: None,
            freed_until: None,
            moves: 0,
            version: 1,
        };
        placed.effects.apply(tx, &scene).await?;
        booking::insert(tx, &row, &placed.steps);
        let mut inputs = json!({ "request": campaign.request, "placement": self.placing.placement });
        if let Some(reason) = ahead {
            inputs["ahead_of_waiters"] = json!(reason);
        }
        let decision = Decision {
            by: Some(&self.member),
            booking: Some(row.id),
            action: "operator_booking",
            inputs,
            rule: "availability/1",
            versions: &scene.versions(),
            outcome: json!({ "status": Status::Requested, "price_fen": placed.offer.price_fen }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        if let Some(client) = &self.client {
            let waited = match &self.own {
                Some(own) => waitlist::served(tx, &scene, own, (&self.member, row.id)).await?,
                None => false,
            };
            let note = Note {
                kind: if waited { "waited_booked" } else { "booked_for_you" }.into(),
                to: vec![client.id],
                booking: Some(row.id),
                reference: Some(row.reference.clone()),
                reason: None,
            };
            let starts = Some(Instant::from_minute(self.placing.first_start()));
            let beside = Beside { starts, ..Beside::default() };
            protocol::tell_with(tx, &note, &beside, scene.now).await?;
        }
        let booking = Loaded {
            status: Status::Requested,
            campaign,
            steps: placing::pieces(&placed.steps, &placed.intervals),
            product_code: self.product.code.clone(),
            company: self
                .client
                .as_ref()
                .map(|client| TextView { zh: client.name_zh.clone(), en: client.name_en.clone() }),
            plan: None,
            broken_off: false,
            row,
        };
        Ok(booking::view(&scene.catalogue, &booking, &self.member, Side::Platform, scene.now))
    }
}
