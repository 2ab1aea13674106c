//! Putting a campaign on its lines: what hold, operator's booking and move have in common. All that can be computed is
//! computed before the lock; under it the kernel is asked again and the rows are made.

use std::sync::Arc;

use app::contract::{Failure, OfferQuery, field};
use domain::{
    Interval, OccupancyId, ProductId, Second, StepId,
    availability::{self, Offer, Placement},
    refusal::Refusal,
    request::Request,
    resolve::alternatives::Wanted,
    route::Route,
    snapshot::Snapshot,
};
use uuid::Uuid;

use super::{
    Member,
    booking::{NewStep, Piece},
    ground,
    offer_key::OfferKey,
    own_booking::own_booking,
    protocol::{Effects, Scene, Stop, Touched},
    refusal, search,
};
use crate::state::AppState;

/// A campaign with the place that was offered to it.
#[derive(Clone, Debug)]
pub(crate) struct Placing {
    pub request: Request,
    pub route: Arc<Route>,
    pub placement: Placement,
}

/// A place that an offer's key names, and why it can't be any more.
#[derive(Clone, Debug)]
pub(crate) struct Missed {
    pub wanted: Wanted,
    pub why: Refusal,
}

/// What the kernel granted under the lock.
#[derive(Debug)]
pub(crate) struct Placed {
    pub offer: Offer,
    pub effects: Effects,
    pub steps: Vec<NewStep>,
    pub intervals: Vec<Interval>,
}

impl Placing {
    /// Reads the offer's key for `request`.
    ///
    /// # Errors
    /// [`Failure::Invalid`] if it isn't a key or belongs to another offering, else as [`Self::refused`].
    pub async fn of(
        state: &AppState,
        member: &Member,
        query: &OfferQuery,
        request: Request,
        key: &str,
    ) -> Result<Self, Failure> {
        match Self::read(state, request.clone(), key).await? {
            Ok(placing) => Ok(placing),
            Err(missed) => Err(refused(state, member, query, &request, &missed.wanted, &missed.why).await),
        }
    }

    /// Reads the offer's key for `request`, looking for nothing else if there is no such place any more.
    ///
    /// # Errors
    /// [`Failure::Invalid`] if it isn't a key or belongs to another offering.
    pub async fn read(
        state: &AppState,
        request: Request,
        key: &str,
    ) -> Result<Result<Self, Missed>, Failure> {
        let key = OfferKey::decode(key).ok_or_else(|| field::unknown("offer", key))?;
        let mut ground = ground::remembered(state).await?;
        if ground.catalogue.offered(key.route).is_none() {
            // Another server may have offered it.
            ground = ground::ground(state).await?;
        }
        let route = ground.catalogue.offered(key.route).filter(|route| route.offering == request.offering);
        let route = Arc::clone(route.ok_or_else(|| field::unknown("offer", "route"))?);
        match availability::place(&ground.snapshot, &request, route.id, &key.steps) {
            Ok(placement) => Ok(Ok(Self { request, route, placement })),
            Err(why) => Ok(Err(Missed { wanted: Wanted { route: route.id, steps: key.steps }, why })),
        }
    }

    /// The same for `product`.
    #[must_use]
    pub fn of_product(&self, product: ProductId) -> Self {
        let mut own = self.clone();
        own.request.product = product;
        own
    }

    /// The place itself, for whoever looks for another.
    pub fn wanted(&self) -> Wanted {
        Wanted { route: self.route.id, steps: self.placement.starts() }
    }

    /// The stretches that must be locked and read.
    pub fn touched(&self) -> Touched {
        self.touched_by(&self.route)
    }

    fn touched_by(&self, route: &Route) -> Touched {
        let mut touched = Touched::default();
        for (step, placed) in route.steps.iter().zip(&self.placement.steps) {
            touched.line(placed.line, placed.interval);
            for share in &step.uses {
                touched.pool(share.pool, placed.interval);
            }
        }
        touched
    }

    /// The route as the scene's catalogue has it, which may have changed since the offer was made.
    ///
    /// # Errors
    /// Refused as no longer offered, or as stale if the campaign would take other times by it; [`Stop::Widen`] if it
    /// claims what isn't locked yet.
    pub fn route(&self, scene: &Scene) -> Result<Arc<Route>, Stop> {
        let offering = &self.request.offering;
        let route = scene.catalogue.offered(self.route.id).filter(|route| route.offering == *offering);
        let route = Arc::clone(route.ok_or_else(|| Refusal::NotOffered { code: offering.clone() })?);
        if route != self.route {
            let snapshot = scene.snapshot(&route);
            let again = availability::place(&snapshot, &self.request, route.id, &self.placement.starts());
            if again.as_ref() != Ok(&self.placement) {
                return Err(Refusal::Stale.into());
            }
            scene.covers(&self.touched_by(&route))?;
        }
        Ok(route)
    }

    /// Asks the kernel on `snapshot`, which is the scene's, perhaps without what is to move; and makes the rows.
    /// `expires_at` is until when the rows are held; `None`: they are firm.
    ///
    /// # Errors
    /// The kernel's refusal.
    pub fn place(
        &self,
        scene: &Scene,
        snapshot: &Snapshot,
        expires_at: Option<Second>,
    ) -> Result<Placed, Refusal> {
        let offer = availability::check(snapshot, &self.request, &self.placement, scene.now)?;
        let mut effects = Effects::default();
        let steps = lay(snapshot, (&self.request, &self.placement), expires_at, &mut effects)?;
        let intervals = self.placement.steps.iter().map(|step| step.interval).collect();
        Ok(Placed { offer, effects, steps, intervals })
    }

    /// Start of the first step, in UTC minutes.
    pub fn first_start(&self) -> i64 {
        self.placement.steps.iter().map(|step| step.interval.start).min().unwrap_or(i64::MAX)
    }
}

/// Gathers the rows and shares of a campaign put where the placement says, until `expires_at` or, for `None`, for good.
/// Whether they fit has been asked.
///
/// # Errors
/// As [`availability::rows`].
pub(crate) fn lay(
    snapshot: &Snapshot,
    (request, placement): (&Request, &Placement),
    expires_at: Option<Second>,
    effects: &mut Effects,
) -> Result<Vec<NewStep>, Refusal> {
    let claims = availability::claims(snapshot, placement);
    let mut fresh = || OccupancyId(Uuid::now_v7());
    let rows = availability::rows(snapshot, request, placement, expires_at, &mut fresh)?;
    let mut steps = Vec::with_capacity(rows.len());
    for (row, seq) in rows.into_iter().zip(0..) {
        effects.add(row);
        for claim in claims.iter().filter(|claim| claim.step == seq) {
            effects.claim(row.id, *claim);
        }
        steps.push(NewStep {
            id: StepId(Uuid::now_v7()),
            seq,
            occupancy: row.id,
            line: row.line,
            interval: row.interval,
        });
    }
    Ok(steps)
}

/// New steps as if loaded again.
pub(crate) fn pieces(steps: &[NewStep], intervals: &[Interval]) -> Vec<Piece> {
    let piece = |(step, interval): (&NewStep, &Interval)| Piece {
        step: step.id,
        seq: step.seq,
        occupancy: step.occupancy,
        line: step.line,
        interval: *interval,
        live: true,
    };
    steps.iter().zip(intervals).map(piece).collect()
}

/// A refusal as the asker may know it: with what is free instead if others were first.
pub(crate) async fn refused(
    state: &AppState,
    member: &Member,
    query: &OfferQuery,
    request: &Request,
    wanted: &Wanted,
    why: &Refusal,
) -> Failure {
    let Ok(catalogue) = ground::catalogue(state).await else { return Failure::Busy };
    let view = match own_booking(state, member, why, &catalogue).await {
        Ok(Some(own)) => own,
        Ok(None) => refusal::view(why, search::audience(Some(member), request), &*catalogue),
        Err(error) => return error.into(),
    };
    if search::is_taken(why) {
        search::conflict(state, member, query, request, wanted, view).await
    } else {
        Failure::Refused { refusal: view }
    }
}
