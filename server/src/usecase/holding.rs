//! Making a hold: what whoever takes an offer, and whoever is given one from the waiting list or in a call, have in
//! common.

use app::contract::{Failure, FieldProblem, RequestDetails, field};
use domain::{
    BookingId, Interval, Minutes, OrganisationId, ProductId, Second,
    booking::Status,
    plan::{LEAST_SLACK, PlanWindow},
    policy::Policy,
    refusal::Refusal,
    snapshot::Snapshot,
};
use sea_orm::{ConnectionTrait, Value};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{
    Member,
    booking::{self, Campaign, Loaded, NewStep},
    ground, late,
    placing::{self, Placed, Placing},
    products::Product,
    protocol::{self, Beside, Decision, Effects, Note, Scene, Stop},
    reference::reference,
    verified::verified,
    waitlist::due,
};
use crate::{
    state::AppState,
    store::{Catalogue, Tx, statement, tables},
};

/// What the installation lets a company have at once. Both are counted under the lock of its row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Most {
    pub holds: u32,
    /// Holds and requests that nobody has answered, together: else who requests what it holds could hold without end.
    pub unconfirmed: u32,
}

impl Most {
    /// As the settings have it.
    pub fn of(state: &AppState) -> Self {
        let limits = &state.settings.limits;
        Self { holds: limits.holds_per_company, unconfirmed: limits.unconfirmed_per_company }
    }
}

/// A place to be held for a company.
#[derive(Clone, Debug)]
pub(crate) struct Holding {
    pub company: OrganisationId,
    /// For whom of the company.
    pub account: Uuid,
    /// Who decides; `None`: the system, by the rule of the waiting list.
    pub by: Option<Member>,
    /// `None`: however many there are, since the platform gives it by a published rule and the company doesn't take it.
    pub most: Option<Most>,
    /// Whether it stops where others wait who haven't had their turn at what has become free.
    pub others_first: bool,
    /// How long it lasts, where the policy doesn't say.
    pub lasts: Option<Minutes>,
    pub placing: Placing,
    pub product: Product,
    /// Whether the request's window is agreed to as a plan window.
    pub flexible: bool,
}

/// A hold that the kernel granted, to be written.
struct Made {
    booking: Loaded,
    effects: Effects,
    steps: Vec<NewStep>,
    expires_at: Second,
}

impl Holding {
    /// Holds the place, if the kernel still says yes and the company has holds left.
    ///
    /// # Errors
    /// [`Refusal::Unverified`], [`Refusal::TooManyHolds`], [`Refusal::TooManyUnconfirmed`], [`Refusal::UseOrLose`], the
    /// kernel's refusal, the database's failure.
    pub async fn take(&self, tx: &Tx<'_>, scene: &Scene) -> Result<Loaded, Stop> {
        let snapshot = scene.snapshot(&self.placing.route(scene)?);
        self.take_on(tx, scene, &snapshot, Effects::default(), None).await
    }

    /// The same on `snapshot`, which is what the scene will be once `before` is written; that is written with it.
    /// `considered` is what the resolver found the place among, for the record.
    ///
    /// # Errors
    /// As [`Self::take`].
    pub async fn take_on(
        &self,
        tx: &Tx<'_>,
        scene: &Scene,
        snapshot: &Snapshot,
        before: Effects,
        considered: Option<Json>,
    ) -> Result<Loaded, Stop> {
        let platform = self.placing.route.platform;
        self.within_limit(tx, scene, &ground::policy(&scene.catalogue, platform), 1).await?;
        let reference = reference(Uuid::new_v4());
        let product = self.product.ensure(tx, self.company, &reference, scene.now).await?;
        let mut made = self.make(scene, snapshot, product, reference)?;
        made.effects.merge(before);
        std::mem::take(&mut made.effects).apply(tx, scene).await?;
        self.write(tx, scene, &made, (None, considered)).await?;
        Ok(made.booking)
    }

    /// Holds two runs of one product, the second where it fits once the first stands; both or neither. Each decision
    /// names the other.
    ///
    /// # Errors
    /// As [`Self::take`], of either; [`Refusal::TooManyHolds`] or [`Refusal::TooManyUnconfirmed`] if the company hasn't
    /// two left.
    pub async fn take_both(parts: [&Self; 2], tx: &Tx<'_>, scene: &Scene) -> Result<[Loaded; 2], Stop> {
        let [one, two] = parts;
        for part in parts {
            let policy = ground::policy(&scene.catalogue, part.placing.route.platform);
            part.within_limit(tx, scene, &policy, 2).await?;
        }
        let mut snapshot = scene.snapshot(&one.placing.route(scene)?);
        let other = two.placing.route(scene)?;
        if snapshot.routes.iter().all(|known| known.id != other.id) {
            snapshot.routes.push(other);
        }
        let named = reference(Uuid::new_v4());
        let product = one.product.ensure(tx, one.company, &named, scene.now).await?;
        let mut first = one.make(scene, &snapshot, product, named)?;
        snapshot.put(&first.booking.campaign.request, &one.placing.placement, scene.now)?;
        let mut second = two.make(scene, &snapshot, product, reference(Uuid::new_v4()))?;
        let mut effects = std::mem::take(&mut first.effects);
        effects.merge(std::mem::take(&mut second.effects));
        effects.apply(tx, scene).await?;
        one.write(tx, scene, &first, (Some(second.booking.row.id), None)).await?;
        two.write(tx, scene, &second, (Some(first.booking.row.id), None)).await?;
        Ok([first.booking, second.booking])
    }

    /// Asks the kernel on `snapshot`, and makes the booking and its rows; writes nothing.
    fn make(
        &self,
        scene: &Scene,
        snapshot: &Snapshot,
        product: ProductId,
        reference: String,
    ) -> Result<Made, Stop> {
        let policy = ground::policy(&scene.catalogue, self.placing.route.platform);
        let plan = self.plan(&policy, scene.now)?;
        let lasts = self.lasts.unwrap_or(policy.hold_minutes);
        let expires_at = hold_until(lasts, self.placing.first_start(), scene.now);
        let placing = self.placing.of_product(product);
        let mut placed = placing.place(scene, snapshot, Some(expires_at))?;
        let mut booking = self.booking(scene, placing, &placed, reference, expires_at)?;
        if let Some(plan) = plan {
            booking.row.price_fen = plan.price(booking.row.price_fen);
            booking.plan = Some(plan);
        }
        let effects = std::mem::take(&mut placed.effects);
        Ok(Made { booking, effects, steps: placed.steps, expires_at })
    }

    /// Writes the booking whose rows have been written, with its decision and its note. `twin` is the other run of a
    /// split, `considered` what else there was to choose from where room was made for it.
    async fn write(
        &self,
        tx: &Tx<'_>,
        scene: &Scene,
        made: &Made,
        (twin, considered): (Option<Uuid>, Option<Json>),
    ) -> Result<(), Stop> {
        let Made { booking, steps, expires_at, .. } = made;
        booking::insert(tx, &booking.row, steps);
        if let Some(plan) = &booking.plan {
            booking::insert_plan(tx, booking.row.id, plan);
        }
        let mut inputs = json!({ "request": booking.campaign.request, "placement": self.placing.placement });
        if let Some(twin) = twin {
            inputs["split_with"] = json!(twin);
        }
        if let Some(considered) = considered {
            inputs["considered"] = considered;
        }
        let decision = Decision {
            by: self.by.as_ref(),
            booking: Some(booking.row.id),
            action: "hold",
            inputs,
            rule: "availability/1",
            versions: &scene.versions(),
            outcome: json!({ "status": Status::Held, "price_fen": booking.row.price_fen,
                "expires_at": expires_at, "plan": booking.plan }),
        };
        protocol::decide(tx, decision, scene.now).await?;
        let note = Note {
            kind: "booking_held".into(),
            to: vec![self.placing.route.platform.0],
            booking: Some(booking.row.id),
            reference: Some(booking.row.reference.clone()),
            reason: None,
        };
        protocol::tell_with(tx, &note, &Beside::place(booking), scene.now).await
    }

    /// What the company agrees to; refused as the field `flexible` where the window leaves too little to move in, or
    /// what is left of it at `now` does, be it that it was enough when the place was asked for.
    fn plan(&self, policy: &Policy, now: Second) -> Result<Option<PlanWindow>, Stop> {
        if !self.flexible {
            return Ok(None);
        }
        let (window, span) = (self.placing.request.window, self.placing.placement.span());
        let least = span.map_or(0, Interval::minutes) + LEAST_SLACK;
        let plan = policy.plan(window).ok_or_else(|| Failure::refused("no_plan_windows"))?;
        if window.minutes() < least {
            return Err(field::invalid("flexible", FieldProblem::TooNarrow { minutes: least }).into());
        }
        if span.is_some_and(|span| !plan.leaves_room(span, now)) {
            return Err(field::invalid("flexible", FieldProblem::Frozen { days: plan.freeze_days }).into());
        }
        Ok(Some(plan))
    }

    /// Refuses a plan window that leaves nothing to move in: for what is asked for now.
    ///
    /// # Errors
    /// [`Failure::Invalid`] at the field `flexible`.
    pub async fn leaves_room(&self, state: &AppState) -> Result<(), Failure> {
        if !self.flexible {
            return Ok(());
        }
        let catalogue = ground::known_catalogue(state).await?;
        match self.stuck(&catalogue, state.clock.now()) {
            Some(plan) => Err(field::invalid("flexible", FieldProblem::Frozen { days: plan.freeze_days })),
            None => Ok(()),
        }
    }

    /// The plan window that it would have, if at `now` that leaves nothing to move in. One that is too narrow whenever
    /// it is booked is refused as that.
    pub fn stuck(&self, catalogue: &Catalogue, now: Second) -> Option<PlanWindow> {
        let plan =
            ground::policy(catalogue, self.placing.route.platform).plan(self.placing.request.window)?;
        let span = self.placing.placement.span()?;
        let wide = plan.window.minutes() >= span.minutes() + LEAST_SLACK;
        (wide && !plan.leaves_room(span, now)).then_some(plan)
    }

    /// The same, its window agreed to as a plan window only where that can be had at `now`: for what was agreed to
    /// before anybody knew where it would be.
    pub fn where_offered(&self, catalogue: &Catalogue, now: Second) -> Self {
        let policy = ground::policy(catalogue, self.placing.route.platform);
        let flexible = self.plan(&policy, now).is_ok_and(|plan| plan.is_some());
        Self { flexible, ..self.clone() }
    }

    /// Refuses who isn't verified any more, one hold too many, and what begins too late for a company that often gives
    /// up late: for what is given some time after it was asked for.
    ///
    /// # Errors
    /// [`Refusal::Unverified`], [`Refusal::TooManyHolds`], [`Refusal::TooManyUnconfirmed`], [`Refusal::UseOrLose`];
    /// [`Failure::Invalid`] for a plan window in which nothing can be moved any more; the database's failure.
    pub async fn may_hold(&self, tx: &Tx<'_>, scene: &Scene) -> Result<(), Stop> {
        verified(tx, self.company.0).await?;
        let policy = ground::policy(&scene.catalogue, self.placing.route.platform);
        self.plan(&policy, scene.now)?;
        self.within_limit(tx, scene, &policy, 1).await
    }

    /// Refuses who isn't verified any more, `more` holds if that is too many, and what begins too late for a company
    /// that often gives up late; stops where others are to be asked first. Holds of one company queue, and what it
    /// gives up late with them. What a call gives is bound by its own rule alone. What an operator booked for the
    /// company has no deadline, and isn't counted: the company didn't take it.
    async fn within_limit(&self, tx: &Tx<'_>, scene: &Scene, policy: &Policy, more: u32) -> Result<(), Stop> {
        let Some(most) = self.most else { return Ok(()) };
        late::queue(tx, self.company.0).await?;
        let others = self.others_first.then(|| due(scene, self.company, &self.placing.placement)).flatten();
        self.admitted(tx, (policy, most, more), others, scene.now).await
    }

    /// What keeps the company from the hold now, of itself: for whoever is shown it before it is taken, when it is
    /// asked again.
    ///
    /// # Errors
    /// The database fails.
    pub async fn hindrance(
        &self,
        state: &AppState,
        catalogue: &Catalogue,
    ) -> Result<Option<Refusal>, Failure> {
        let Some(most) = self.most else { return Ok(None) };
        let policy = ground::policy(catalogue, self.placing.route.platform);
        let (read, now) = (state.store.read(), state.clock.now());
        match self.admitted(read, (&policy, most, 1), None, now).await {
            Ok(()) => Ok(None),
            Err(Stop::Refused(why)) => Ok(Some(why)),
            Err(stop) => Err(stop.failure(|_| Failure::Busy)),
        }
    }

    /// As [`Self::within_limit`], whether the company is queued or not; `others` asks who would come first.
    async fn admitted(
        &self,
        connection: &impl ConnectionTrait,
        (policy, most, more): (&Policy, Most, u32),
        others: Option<(String, Vec<Value>)>,
        now: Second,
    ) -> Result<(), Stop> {
        let company = self.company.0;
        // All of it in one question, as everybody's hold asks it.
        let (others, asked) =
            others.map_or_else(Default::default, |(sql, values)| (format!(", ({sql}) AS others"), values));
        let sql = format!(
            "SELECT o.verified_at, (SELECT COUNT(*) FROM booking b \
               WHERE b.organisation = o.id AND b.status = 'held' AND b.hold_expires_at > ?) AS held, \
             (SELECT COUNT(*) FROM booking r \
               WHERE r.organisation = o.id AND r.status = 'requested' AND r.reply_by > ?) AS requested\
             {others} FROM organisation o WHERE o.id = ?"
        );
        let values = [now.into(), now.into()].into_iter().chain(asked).chain([company.into()]);
        let row = connection.query_one_raw(statement(connection, &sql, values)).await?;
        let row = row.ok_or(Failure::NotFound)?;
        if row.try_get::<Option<Second>>("", "verified_at")?.is_none() {
            return Err(Refusal::Unverified.into());
        }
        let (held, requested): (i64, i64) = (row.try_get("", "held")?, row.try_get("", "requested")?);
        let max = policy.max_holds.min(most.holds);
        if held + i64::from(more) > i64::from(max) {
            return Err(Refusal::TooManyHolds { max }.into());
        }
        if held + requested + i64::from(more) > i64::from(most.unconfirmed) {
            return Err(Refusal::TooManyUnconfirmed { max: most.unconfirmed }.into());
        }
        if !others.is_empty() && row.try_get::<i64>("", "others")? > 0 {
            return Err(Stop::OthersFirst);
        }
        let whose = (self.company, self.placing.route.platform);
        late::admit(connection, policy, whose, self.placing.first_start(), now).await
    }

    fn booking(
        &self,
        scene: &Scene,
        placing: Placing,
        placed: &Placed,
        reference: String,
        expires_at: Second,
    ) -> Result<Loaded, Stop> {
        let id = BookingId(Uuid::now_v7());
        let campaign = Campaign {
            request: placing.request,
            granted: None,
            details: RequestDetails::default(),
            materials_for: None,
            notice_until: None,
            saved_by: None,
            hazard_note: None,
            questions: Vec::new(),
        };
        let row = tables::booking::Model {
            id: id.0,
            reference,
            platform: self.placing.route.platform.0,
            organisation: Some(self.company.0),
            product: campaign.request.product.0,
            route: self.placing.route.id.0,
            offering: campaign.request.offering.clone(),
            status: Status::Held.name().into(),
            begins_at: booking::begins_at(&placed.steps).unwrap_or_default(),
            created_by: self.account,
            created_at: scene.now,
            hold_expires_at: Some(expires_at),
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
        Ok(Loaded {
            row,
            status: Status::Held,
            campaign,
            steps: placing::pieces(&placed.steps, &placed.intervals),
            product_code: self.product.code.clone(),
            company: None,
            plan: None,
            broken_off: false,
        })
    }
}

/// Until when a hold lasts: so long, but not beyond the first start.
fn hold_until(lasts: Minutes, first_start: i64, now: Second) -> Second {
    (now + lasts * 60).min(first_start * 60)
}
